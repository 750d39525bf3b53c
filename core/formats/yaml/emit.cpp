// SPDX-License-Identifier: Apache-2.0
#include "core/formats/yaml/emit.h"

#include "core/base/json_text.h"
#include "core/base/text.h"

#include <algorithm>

namespace understudy::formats::yaml {

namespace {

constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@`=<";

/// libyaml refuses keys that are longer than 1,024 characters where no `?` stands before them.
constexpr std::size_t kLongestSimpleKey = 500;

bool isWordOfYaml11(std::string_view text)
{
    if (text.size() > 5)
        return false;
    const std::string word = text::toLower(text);
    for (const std::string_view known :
         {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"}) {
        if (word == known)
            return true;
    }
    return false;
}

/// Whether some YAML reader might take the text for a number or a date: YAML 1.1 has octals,
/// binaries, sixties
/// (`1:30`), underscores and dates. Rather quoted once too often.
bool looksNumeric(std::string_view text)
{
    const char first = text.front();
    if (!(first >= '0' && first <= '9') && first != '.' && first != '+' && first != '-')
        return false;
    if (text.find_first_not_of("0123456789.") == std::string_view::npos
        && std::count(text.begin(), text.end(), '.') >= 2)
        return false; // an address such as 127.0.0.1
    if (text.find_first_not_of("0123456789eE_.:+-") == std::string_view::npos)
        return true;
    const std::string_view digits = text.substr(first == '+' || first == '-' ? 1 : 0);
    if (digits.starts_with("0x") || digits.starts_with("0o") || digits.starts_with("0b"))
        return true;
    const std::string word = text::toLower(digits);
    if (word == ".inf" || word == ".nan")
        return true;
    const bool year
        = text.size() >= 8 && text.find_first_not_of("0123456789") == 4 && text[4] == '-';
    return year;
}

/// Characters that stand as they are in plain, quoted and block texts alike; the others need
/// escapes.
bool isPrintable(std::string_view text, bool lineBreaks)
{
    if (!text::isUtf8(text))
        return false; // quoteJson puts U+FFFD in the place of what is not
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 ? !(c == '\t' || (lineBreaks && c == '\n')) : c == 0x7f)
            return false;
        const std::string_view rest = text.substr(i, 3);
        if (c == 0xc2 && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xa0)
            return false; // C1 controls, NEL among them
        if (rest == "\xe2\x80\xa8" || rest == "\xe2\x80\xa9" || rest == "\xef\xbb\xbf"
            || rest == "\xef\xbf\xbe" || rest == "\xef\xbf\xbf")
            return false; // line and paragraph separator, byte order mark, non-characters
    }
    return true;
}

bool canBePlain(std::string_view text, bool flow)
{
    if (text.empty() || kIndicators.find(text.front()) != std::string_view::npos
        || text.front() == ' ' || text.back() == ' ' || text.back() == ':')
        return false;
    if (text.find_first_of("\t\n") != std::string_view::npos || !isPrintable(text, false))
        return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos)
        return false;
    if (flow && text.find_first_of(",[]{}:?#") != std::string_view::npos)
        return false;
    return !isWordOfYaml11(text) && !looksNumeric(text) && text != "..."
           && plainType(text) == ScalarType::Text;
}

bool canBeBlock(std::string_view text)
{
    return text.find('\n') != std::string_view::npos && isPrintable(text, true)
           && text.find_first_not_of(" \n\t") != std::string_view::npos;
}

/// Double quotes with the escapes that YAML shares with JSON.
std::string doubleQuoted(std::string_view text)
{
    std::string out;
    if (isPrintable(text, true))
        return text::quoteJson(text);
    const std::string quoted = text::quoteJson(text);
    for (std::size_t i = 0; i < quoted.size();) {
        const auto c = static_cast<unsigned char>(quoted[i]);
        const std::size_t length = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        const std::string_view one = std::string_view(quoted).substr(i, length);
        i += length;
        if (isPrintable(one, false)) {
            out += one;
        } else if (length == 1) {
            out += "\\u007f"; // quoteJson has escaped the ones below the blank
        } else if (length == 2) {
            constexpr std::string_view kHex = "0123456789abcdef";
            const auto low = static_cast<unsigned char>(one[1]);
            out += std::string("\\u00") + kHex[low >> 4] + kHex[low & 15];
        } else {
            out += one == "\xe2\x80\xa8"   ? "\\u2028"
                   : one == "\xe2\x80\xa9" ? "\\u2029"
                   : one == "\xef\xbb\xbf" ? "\\ufeff"
                   : one == "\xef\xbf\xbe" ? "\\ufffe"
                                           : "\\uffff";
        }
    }
    return out;
}

std::string scalarText(const Node &scalar, bool flow)
{
    if (scalar.style == Node::Style::Plain && plainType(scalar.text) != ScalarType::Text)
        return scalar.text.empty() ? "null" : scalar.text;
    return canBePlain(scalar.text, flow) ? scalar.text : doubleQuoted(scalar.text);
}

std::string keyText(std::string_view key, bool flow)
{
    return canBePlain(key, flow) ? std::string(key) : doubleQuoted(key);
}

class Emitter
{
public:
    std::string run(const Node &node, int indent)
    {
        if (node.isScalar() || isInline(node)) {
            value(node);
            m_out += '\n';
        } else {
            m_out.append(static_cast<std::size_t>(indent), ' ');
            block(node, indent);
        }
        return std::move(m_out);
    }

    void value(const Node &node)
    {
        if (node.isScalar()) {
            m_out += scalarText(node, m_flow > 0);
            return;
        }
        ++m_flow;
        m_out += node.isList() ? '[' : '{';
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            if (i > 0)
                m_out += ", ";
            if (node.isMap())
                m_out += keyText(node.keys[i].text, true) + ": ";
            value(node.items[i]);
        }
        m_out += node.isList() ? ']' : '}';
        --m_flow;
    }

private:
    static bool isInline(const Node &node)
    {
        return node.isScalar() ? !canBeBlock(node.text) || node.style == Node::Style::Plain
                               : node.flow || node.items.empty();
    }

    /// The body of a list, map or block text; what comes first goes on the line that was begun, at
    /// `indent`.
    void block(const Node &node, int indent)
    {
        const std::string blanks(static_cast<std::size_t>(indent), ' ');
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            if (i > 0)
                m_out += blanks;
            if (node.isMap())
                entry(node.keys[i].text, node.items[i], indent);
            else
                item(node.items[i], indent);
        }
    }

    void entry(const std::string &key, const Node &node, int indent)
    {
        const std::string name = keyText(key, false);
        if (name.size() > kLongestSimpleKey)
            m_out += "? " + name + '\n' + std::string(static_cast<std::size_t>(indent), ' ');
        else
            m_out += name;
        m_out += ':';
        if (isInline(node)) {
            m_out += ' ';
            value(node);
            m_out += '\n';
        } else if (node.isScalar()) {
            m_out += ' ';
            literal(node.text, indent + 2);
        } else {
            const int inner = node.isList() ? indent : indent + 2;
            m_out += '\n';
            m_out.append(static_cast<std::size_t>(inner), ' ');
            block(node, inner);
        }
    }

    void item(const Node &node, int indent)
    {
        m_out += "- ";
        if (isInline(node)) {
            value(node);
            m_out += '\n';
        } else if (node.isScalar()) {
            literal(node.text, indent + 2);
        } else {
            block(node, indent + 2);
        }
    }

    /// `|` with the sign that keeps the text's end, and the indent written out where the text
    /// begins with white space.
    void literal(std::string_view text, int indent)
    {
        m_out += '|';
        if (text.front() == ' ' || text.front() == '\t' || text.front() == '\n')
            m_out += '2';
        if (text.back() != '\n')
            m_out += '-';
        else if (text.ends_with("\n\n"))
            m_out += '+';
        m_out += '\n';
        if (text.back() == '\n')
            text.remove_suffix(1);
        for (const std::string_view line : text::split(text, '\n')) {
            if (!line.empty()) {
                m_out.append(static_cast<std::size_t>(indent), ' ');
                m_out += line;
            }
            m_out += '\n';
        }
    }

    std::string m_out;
    int m_flow = 0;
};

void json(const Node &node, int step, int indent, std::string &out)
{
    if (node.isScalar()) {
        out += writeJson(scalarToJson(node));
        return;
    }
    const bool isMap = node.isMap();
    if (node.items.empty()) {
        out += isMap ? "{}" : "[]";
        return;
    }
    out += isMap ? '{' : '[';
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        out += i > 0 ? ",\n" : "\n";
        out.append(static_cast<std::size_t>(indent) + static_cast<std::size_t>(step), ' ');
        if (isMap)
            out += text::quoteJson(node.keys[i].text) + ": ";
        json(node.items[i], step, indent + step, out);
    }
    out += '\n';
    out.append(static_cast<std::size_t>(indent), ' ');
    out += isMap ? '}' : ']';
}

} // namespace

std::string emit(const Node &node, int indent) { return Emitter().run(node, indent); }

std::string emitInline(const Node &scalar) { return scalarText(scalar, false); }

std::string emitJson(const Node &node, int indent)
{
    std::string out;
    json(node, indent, 0, out);
    return out + '\n';
}

} // namespace understudy::formats::yaml
