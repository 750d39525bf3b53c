// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/rule_parts.h"

#include "core/formats/mockoon/lookup.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockoon {

Rule isObject(RuleTarget target)
{
    JsonObject anyFields;
    anyFields.set("ignoreExtraFields", true);
    return leaf(std::move(target), RuleOperator::Json, JsonObject(), std::move(anyFields));
}

std::string percentPattern(std::string_view text, bool isForm)
{
    std::string out;
    for (const char c : text) {
        const std::string encoded = http::percentEncode(std::string_view(&c, 1));
        // What need not be encoded may be.
        static constexpr std::string_view kDigits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        const std::string hex{kDigits[byte >> 4U], kDigits[byte & 15U]};
        if (encoded.size() == 1) {
            out += (c == '.' ? "\\" : "") + std::string(1, c);
        } else if (byte >= 0x80) {
            out += "%(?i:" + hex + ')';
        } else {
            out.append("(?:\\x").append(hex).append("|%(?i:").append(hex);
            out += isForm && c == ' ' ? ")|\\+)" : "))";
        }
    }
    // The bytes of a character beyond ASCII are its escapes, or itself.
    const bool isAscii = std::all_of(text.begin(), text.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (isAscii)
        return out;
    std::string plain;
    for (const char c : text)
        plain += (static_cast<unsigned char>(c) < 0x80 && !(c >= '0' && c <= '9')
                          && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')
                      ? "\\"
                      : "")
                 + std::string(1, c);
    return "(?:" + out + '|' + plain + ')';
}

namespace {

constexpr std::string_view kFieldOpen = "(?:\\[|%5[Bb])";
constexpr std::string_view kFieldClose = "(?:\\]|%5[Dd])";
constexpr std::string_view kFieldBegin = "(?:\\A|&)";
constexpr std::string_view kFieldEnd = "(?:&|\\z)";

std::string text(std::string_view part) { return std::string(part); }

} // namespace

FormField::FormField(const std::vector<std::string> &steps)
    : m_name(steps.front())
    , m_pattern(percentPattern(steps.front(), true))
{
    for (std::size_t i = 1; i < steps.size(); ++i) {
        m_name += '[' + steps[i] + ']';
        m_pattern += text(kFieldOpen) + percentPattern(steps[i], true) + text(kFieldClose);
    }
    m_field = m_pattern + "(?:" + text(kFieldOpen) + "[0-9]*" + text(kFieldClose) + ")?=";
    m_other = "(?!" + m_field + ")[^&]++" + text(kFieldEnd);
}

Rule FormField::found(const std::string &pattern) const
{
    return leaf(RuleTarget::Kind::Body, {}, RuleOperator::Matches, pattern);
}

Rule FormField::numberedIs(std::string_view value) const
{
    return found(text(kFieldBegin) + m_pattern + text(kFieldOpen) + "[0-9]+" + text(kFieldClose)
                 + '=' + percentPattern(value, true) + text(kFieldEnd));
}

/// The text in front of the `index`-th field.
std::string FormField::upTo(std::size_t index) const
{
    if (index == 0)
        return "\\A(?:" + m_other + ")*+";
    // PCRE2 copies what is repeated so many times, and an expression has its largest size; so the
    // pieces are named once.
    return "(?(DEFINE)(?<field>" + m_field + ")(?<others>(?:(?!(?&field))[^&]++" + text(kFieldEnd)
           + ")*+))\\A(?&others)(?:(?&field)[^&]*+" + text(kFieldEnd) + "(?&others)){"
           + std::to_string(index) + '}';
}

Rule FormField::isAt(std::size_t index, std::string_view value) const
{
    return found(upTo(index) + m_field + percentPattern(value, true) + text(kFieldEnd));
}

Rule FormField::hasAt(std::size_t index) const { return found(upTo(index) + m_field); }

Rule FormField::listHas(std::string_view value) const
{
    // One field without brackets is a text.
    const JsonValue one = std::string(value);
    return anyOf({leaf(RuleTarget::Kind::Form, m_name + "[]", RuleOperator::Equals, one),
                  numberedIs(value),
                  allOf({leaf(RuleTarget::Kind::Form, m_name, RuleOperator::Equals, one),
                         noneOf({leaf(RuleTarget::Kind::Form, m_name, RuleOperator::HasExactly,
                                      JsonArray{one})})})});
}

Rule FormField::hasLength(std::size_t length) const
{
    const Rule isSoMany = found(upTo(length) + "\\z");
    const Rule isText = allOf({leaf(RuleTarget::Kind::Form, m_name, RuleOperator::Matches,
                                    "\\A[\\s\\S]{" + std::to_string(length) + "}\\z"),
                               noneOf({hasAt(1)})});
    if (length != 1)
        return anyOf({allOf({hasAt(1), isSoMany}), isText});
    return anyOf({allOf({hasMembers(), isSoMany}), isText});
}

Rule FormField::hasMembers() const
{
    return found(text(kFieldBegin) + m_pattern + text(kFieldOpen));
}

Rule FormField::isObject() const
{
    return found(text(kFieldBegin) + m_pattern + text(kFieldOpen) + "(?![0-9]*" + text(kFieldClose)
                 + ')');
}

std::optional<XmlPath> XmlPath::parse(const std::vector<std::string> &steps)
{
    XmlPath out;
    if (steps.front() == "_declaration") {
        if (steps.size() == 2 || steps.size() > 3
            || (steps.size() == 3 && (steps[1] != "_attributes" || !isXmlName(steps[2]))))
            return std::nullopt;
        out.m_isDeclaration = true;
        out.m_isElement = steps.size() == 1;
        if (steps.size() == 3)
            out.m_declaration = steps[2];
        return out;
    }
    if (auto path = xPathOf(steps)) {
        out.m_path = *std::move(path);
        return out;
    }
    if (auto path = xPathOfElement(steps)) {
        out.m_path = *std::move(path);
        out.m_isElement = true;
        return out;
    }
    return std::nullopt;
}

std::optional<Rule> XmlPath::declares(std::string_view value) const
{
    if (m_declaration.empty())
        return std::nullopt;
    std::string escaped;
    for (const char c : value)
        escaped
            += (std::string_view("\\^$.|?*+()[]{}").find(c) == std::string_view::npos ? "" : "\\")
               + std::string(1, c);
    return leaf(RuleTarget::Kind::Body, {}, RuleOperator::Matches,
                "\\A\\s*<\\?xml\\s(?:[^>]*\\s)?" + m_declaration + "\\s*=\\s*([\"'])" + escaped
                    + "\\1");
}

Rule XmlPath::exists() const
{
    if (!m_isDeclaration)
        return leaf(RuleTarget::Kind::BodyXPath, m_path, RuleOperator::Absent, false);
    const std::string attribute
        = m_declaration.empty() ? "" : "(?:[^>]*\\s)?" + m_declaration + "\\s*=\\s*(?!\"\"|'')";
    return leaf(RuleTarget::Kind::Body, {}, RuleOperator::Matches, "\\A\\s*<\\?xml\\s" + attribute);
}

Rule XmlPath::hasCount(std::size_t count) const
{
    return leaf(RuleTarget::Kind::Body, {}, RuleOperator::XPath,
                "count(" + m_path + ") = " + std::to_string(count));
}

std::optional<RuleTarget> XmlPath::texts() const
{
    if (m_isDeclaration || m_isElement)
        return std::nullopt;
    return RuleTarget{RuleTarget::Kind::BodyXPath, m_path, {}};
}

Rule isXml()
{
    return leaf(RuleTarget::Kind::Header, "Content-Type", RuleOperator::Matches,
                "(?i)(?:application|application/soap\\+|text)/?xml");
}

Rule isUnparsed()
{
    return noneOf(
        {leaf(RuleTarget::Kind::Header, "Content-Type", RuleOperator::Matches,
              "(?i)application/(.*\\+)?json|x-www-form-urlencoded|multipart/form-data|(application|"
              "application/soap\\+|text)/?xml")});
}

} // namespace understudy::formats::mockoon
