// SPDX-License-Identifier: Apache-2.0
#include "core/formats/yaml/node.h"

#include "core/base/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace understudy::formats::yaml {

namespace {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view withoutSign(std::string_view text)
{
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    return text;
}

std::size_t digitsAt(std::string_view text, std::size_t from)
{
    std::size_t n = 0;
    while (from + n < text.size() && isDigit(text[from + n]))
        ++n;
    return n;
}

bool isDecimal(std::string_view text)
{
    text = withoutSign(text);
    return !text.empty() && digitsAt(text, 0) == text.size();
}

/// `0o17` or `0x1F`.
bool isBased(std::string_view text)
{
    if (text.size() < 3 || text[0] != '0' || (text[1] != 'x' && text[1] != 'o'))
        return false;
    const std::string_view digits = text[1] == 'x' ? "0123456789abcdefABCDEF" : "01234567";
    return text.find_first_not_of(digits, 2) == std::string_view::npos;
}

/// The decimal digits of such a number, of any size that somebody writes by hand.
std::optional<std::string> decimalOf(std::string_view based)
{
    constexpr std::size_t kLongest = 1000;
    if (based.size() > kLongest)
        return std::nullopt;
    const unsigned int base = based[1] == 'x' ? 16 : 8;
    std::string digits = "0"; // the lowest first
    for (const char c : based.substr(2)) {
        unsigned int carry = 0;
        std::from_chars(&c, &c + 1, carry, static_cast<int>(base));
        for (char &digit : digits) {
            carry += static_cast<unsigned int>(digit - '0') * base;
            digit = static_cast<char>('0' + carry % 10);
            carry /= 10;
        }
        for (; carry > 0; carry /= 10)
            digits += static_cast<char>('0' + carry % 10);
    }
    const std::size_t last = digits.find_last_not_of('0');
    digits.erase(last == std::string::npos ? 1 : last + 1);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
bool isFloat(std::string_view text)
{
    text = withoutSign(text);
    const std::size_t whole = digitsAt(text, 0);
    std::size_t at = whole;
    std::size_t fraction = 0;
    if (at < text.size() && text[at] == '.') {
        fraction = digitsAt(text, at + 1);
        at += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+'))
            ++at;
        const std::size_t exponent = digitsAt(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.size();
}

bool isNonFinite(std::string_view text)
{
    constexpr std::array names{".nan", ".NaN", ".NAN"};
    if (std::find(names.begin(), names.end(), text) != names.end())
        return true;
    text = withoutSign(text);
    return text == ".inf" || text == ".Inf" || text == ".INF";
}

/// A decimal of YAML as JSON writes it: no `+`, no leading zeros, digits at both sides of a point.
/// All else stays as it stands.
std::string jsonNumberText(std::string_view text)
{
    std::string out;
    if (text.front() == '-' || text.front() == '+') {
        out = text.front() == '-' ? "-" : "";
        text.remove_prefix(1);
    }
    const std::size_t zeros = std::min(text.find_first_not_of('0'), text.size());
    text.remove_prefix(zeros);
    if (!isDigit(text.empty() ? '.' : text.front()))
        out += '0';
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos)
        return out.append(text);
    out.append(text.substr(0, point + 1));
    if (digitsAt(text, point + 1) == 0)
        out += '0';
    return out.append(text.substr(point + 1));
}

} // namespace

bool Node::isNull() const
{
    return isScalar() && style == Style::Plain && plainType(text) == ScalarType::Null;
}

const Node *Node::find(std::string_view key) const
{
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].text == key)
            return &items[i];
    }
    return nullptr;
}

void Node::add(std::string_view key, Node value)
{
    keys.push_back({std::string(key), {}});
    items.push_back(std::move(value));
}

Node Node::ofText(std::string_view text)
{
    Node node;
    node.style = Style::Quoted;
    node.text = text;
    return node;
}

Node Node::ofPlain(std::string_view text)
{
    Node node;
    node.text = text;
    return node;
}

Node Node::list()
{
    Node node;
    node.kind = Kind::List;
    return node;
}

Node Node::map()
{
    Node node;
    node.kind = Kind::Map;
    return node;
}

ScalarType plainType(std::string_view text)
{
    if (text.empty())
        return ScalarType::Null;
    const char c = text.front();
    if (c == '~' || c == 'n' || c == 'N') {
        const bool null = text == "~" || text == "null" || text == "Null" || text == "NULL";
        return null ? ScalarType::Null : ScalarType::Text;
    }
    if (c == 't' || c == 'T' || c == 'f' || c == 'F') {
        for (const std::string_view word : {"true", "True", "TRUE", "false", "False", "FALSE"}) {
            if (text == word)
                return ScalarType::Bool;
        }
        return ScalarType::Text;
    }
    if (!isDigit(c) && c != '.' && c != '-' && c != '+')
        return ScalarType::Text;
    if (isDecimal(text) || isBased(text))
        return ScalarType::Integer;
    if (isFloat(text) || isNonFinite(text))
        return ScalarType::Float;
    return ScalarType::Text;
}

JsonValue scalarToJson(const Node &scalar)
{
    const std::string_view text = scalar.text;
    if (scalar.style == Node::Style::Plain) {
        switch (plainType(text)) {
        case ScalarType::Null:
            return nullptr;
        case ScalarType::Bool:
            return text.front() == 't' || text.front() == 'T';
        case ScalarType::Integer:
            if (!isBased(text))
                return JsonNumber{jsonNumberText(text)};
            if (auto digits = decimalOf(text))
                return JsonNumber{*std::move(digits)};
            break;
        case ScalarType::Float:
            if (!isNonFinite(text))
                return JsonNumber{jsonNumberText(text)};
            break;
        case ScalarType::Text:
            break;
        }
    }
    return JsonValue(text);
}

JsonValue toJson(const Node &node)
{
    if (node.isScalar())
        return scalarToJson(node);
    if (node.isList()) {
        JsonArray out;
        out.reserve(node.items.size());
        for (const Node &item : node.items)
            out.push_back(toJson(item));
        return out;
    }
    std::vector<JsonMember> members;
    members.reserve(node.items.size());
    for (std::size_t i = 0; i < node.items.size(); ++i)
        members.push_back({node.keys[i].text, toJson(node.items[i])});
    return JsonObject::of(std::move(members));
}

std::string doubleText(double value) { return jsonNumber(value); }

Node fromJson(const JsonValue &value)
{
    if (const JsonObject *object = value.ifObject()) {
        Node out = Node::map();
        for (const auto &[key, item] : *object)
            out.add(key, fromJson(item));
        return out;
    }
    if (const JsonArray *array = value.ifArray()) {
        Node out = Node::list();
        for (const JsonValue &item : *array)
            out.items.push_back(fromJson(item));
        return out;
    }
    if (const std::string *text = value.ifString())
        return Node::ofText(*text);
    return Node::ofPlain(writeJson(value));
}

bool same(const Node &a, const Node &b)
{
    if (a.kind != b.kind || a.items.size() != b.items.size())
        return false;
    if (a.isScalar()) {
        const auto type = [](const Node &n) {
            return n.style == Node::Style::Plain ? plainType(n.text) : ScalarType::Text;
        };
        return a.text == b.text && type(a) == type(b);
    }
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        if (a.isMap() && a.keys[i].text != b.keys[i].text)
            return false;
        if (!same(a.items[i], b.items[i]))
            return false;
    }
    return true;
}

} // namespace understudy::formats::yaml
