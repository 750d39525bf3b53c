// SPDX-License-Identifier: Apache-2.0
#include "core/formats/yaml/node.h"

#include "core/base/json_text.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace understudy::formats::yaml {

namespace json = boost::json;

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

/// `0o17` or `0x1F`: the digits' value where they fit, and whether it is such a number at all.
struct Based
{
    bool is = false;
    std::optional<std::uint64_t> value;
};

Based based(std::string_view text)
{
    if (text.size() < 3 || text[0] != '0' || (text[1] != 'x' && text[1] != 'o'))
        return {};
    const int base = text[1] == 'x' ? 16 : 8;
    std::uint64_t value = 0;
    const auto [end, ec] = std::from_chars(text.data() + 2, text.data() + text.size(), value, base);
    if (end != text.data() + text.size())
        return {};
    if (ec != std::errc{})
        return {true, std::nullopt};
    return {true, value};
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

double toDouble(std::string_view text)
{
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    // Out of range: from_chars leaves the value; what is too small is 0, what is too large stays
    // finite.
    if (ec == std::errc::result_out_of_range) {
        const bool tiny = text.find("e-") != std::string_view::npos
                          || text.find("E-") != std::string_view::npos
                          || text.find('.') < text.find_first_of("123456789");
        value = tiny ? 0.0 : std::numeric_limits<double>::max();
        return text.front() == '-' ? -value : value;
    }
    return value;
}

json::value integerToJson(std::string_view text)
{
    if (const Based number = based(text); number.is) {
        if (!number.value)
            return json::value(std::string(text));
        if (*number.value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return static_cast<std::int64_t>(*number.value);
        return *number.value;
    }
    const std::string_view digits = text.front() == '+' ? text.substr(1) : text;
    std::int64_t number = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc{})
        return number;
    std::uint64_t large = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), large).ec == std::errc{})
        return large;
    return toDouble(text);
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
    if (isDecimal(text) || based(text).is)
        return ScalarType::Integer;
    if (isFloat(text) || isNonFinite(text))
        return ScalarType::Float;
    return ScalarType::Text;
}

json::value scalarToJson(const Node &scalar)
{
    const std::string_view text = scalar.text;
    if (scalar.style == Node::Style::Plain) {
        switch (plainType(text)) {
        case ScalarType::Null:
            return nullptr;
        case ScalarType::Bool:
            return text.front() == 't' || text.front() == 'T';
        case ScalarType::Integer:
            return integerToJson(text);
        case ScalarType::Float:
            if (!isNonFinite(text))
                return toDouble(text);
            break;
        case ScalarType::Text:
            break;
        }
    }
    return json::value(text);
}

json::value toJson(const Node &node)
{
    if (node.isScalar())
        return scalarToJson(node);
    if (node.isList()) {
        json::array out;
        out.reserve(node.items.size());
        for (const Node &item : node.items)
            out.push_back(toJson(item));
        return out;
    }
    json::object out;
    out.reserve(node.items.size());
    for (std::size_t i = 0; i < node.items.size(); ++i)
        out.emplace(node.keys[i].text, toJson(node.items[i]));
    return out;
}

std::string doubleText(double value) { return jsonNumber(value); }

Node fromJson(const json::value &value)
{
    switch (value.kind()) {
    case json::kind::null:
        return Node::ofPlain("null");
    case json::kind::bool_:
        return Node::ofPlain(value.get_bool() ? "true" : "false");
    case json::kind::int64:
        return Node::ofPlain(std::to_string(value.get_int64()));
    case json::kind::uint64:
        return Node::ofPlain(std::to_string(value.get_uint64()));
    case json::kind::double_:
        return Node::ofPlain(doubleText(value.get_double()));
    case json::kind::string:
        return Node::ofText(std::string_view(value.get_string()));
    case json::kind::array: {
        Node out = Node::list();
        for (const json::value &item : value.get_array())
            out.items.push_back(fromJson(item));
        return out;
    }
    case json::kind::object:
        break;
    }
    Node out = Node::map();
    for (const auto &[key, item] : value.get_object())
        out.add(key, fromJson(item));
    return out;
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
