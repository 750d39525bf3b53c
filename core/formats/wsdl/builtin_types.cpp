// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wsdl/builtin_types.h"

#include "core/base/decimal.h"
#include "core/base/regex.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace understudy::formats::wsdl {

namespace {

struct BuiltinRow
{
    std::string_view type;
    std::string_view value;
};

constexpr std::array kBuiltins{
    BuiltinRow{"string", "string"},
    BuiltinRow{"normalizedString", "string"},
    BuiltinRow{"token", "token"},
    BuiltinRow{"language", "en"},
    BuiltinRow{"Name", "name"},
    BuiltinRow{"NCName", "name"},
    BuiltinRow{"NMTOKEN", "token"},
    BuiltinRow{"ID", "id1"},
    BuiltinRow{"IDREF", "id1"},
    BuiltinRow{"QName", "name"},
    BuiltinRow{"anyURI", "https://example.com/"},
    BuiltinRow{"boolean", "true"},
    BuiltinRow{"decimal", "1.5"},
    BuiltinRow{"float", "1.5"},
    BuiltinRow{"double", "1.5"},
    BuiltinRow{"integer", "1"},
    BuiltinRow{"long", "1"},
    BuiltinRow{"int", "1"},
    BuiltinRow{"short", "1"},
    BuiltinRow{"byte", "1"},
    BuiltinRow{"nonNegativeInteger", "1"},
    BuiltinRow{"positiveInteger", "1"},
    BuiltinRow{"nonPositiveInteger", "-1"},
    BuiltinRow{"negativeInteger", "-1"},
    BuiltinRow{"unsignedLong", "1"},
    BuiltinRow{"unsignedInt", "1"},
    BuiltinRow{"unsignedShort", "1"},
    BuiltinRow{"unsignedByte", "1"},
    BuiltinRow{"date", "2024-01-31"},
    BuiltinRow{"dateTime", "2024-01-31T12:00:00Z"},
    BuiltinRow{"time", "12:00:00Z"},
    BuiltinRow{"duration", "P1D"},
    BuiltinRow{"gYear", "2024"},
    BuiltinRow{"gYearMonth", "2024-01"},
    BuiltinRow{"gMonth", "--01"},
    BuiltinRow{"gMonthDay", "--01-31"},
    BuiltinRow{"gDay", "---31"},
    BuiltinRow{"base64Binary", "AAEC"},
    BuiltinRow{"hexBinary", "000102"},
};

constexpr std::size_t kLongestSample = 1'000;

std::size_t lengthIn(const XmlElement &restriction, std::string_view facet, std::size_t otherwise,
                     std::size_t most = kLongestSample)
{
    const XmlElement *node = restriction.child(facet);
    if (!node)
        return otherwise;
    const std::string_view text = node->value("value");
    std::size_t out = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return std::min(out, most);
}

/// The bound itself where the value is on the wrong side of it.
void keepBound(const XmlElement &restriction, std::string_view facet, bool isLower,
               std::string &value)
{
    const XmlElement *node = restriction.child(facet);
    const auto bound = node ? Decimal::parse(node->value("value")) : std::nullopt;
    const auto number = Decimal::parse(value);
    if (bound && number && (isLower ? *number < *bound : *bound < *number))
        value = node->value("value");
}

} // namespace

std::string builtinValue(std::string_view type)
{
    const auto *const found = std::find_if(kBuiltins.begin(), kBuiltins.end(),
                                           [&](const BuiltinRow &row) { return row.type == type; });
    return std::string(found == kBuiltins.end() ? std::string_view() : found->value);
}

std::string restricted(const XmlElement &restriction, std::string value)
{
    if (const XmlElement *first = restriction.child("enumeration"))
        return std::string(first->value("value"));
    keepBound(restriction, "minInclusive", true, value);
    keepBound(restriction, "maxInclusive", false, value);
    const bool isNumber = Decimal::parse(value).has_value();
    if (isNumber || value.empty())
        return value;
    const std::size_t exact = lengthIn(restriction, "length", value.size());
    const std::size_t least = lengthIn(restriction, "minLength", exact);
    const std::size_t most = lengthIn(restriction, "maxLength", std::max(exact, least));
    if (restriction.child("length"))
        value.resize(exact, 'x');
    else if (value.size() < least)
        value.resize(least, 'x');
    else if (value.size() > most)
        value.resize(most);
    return value;
}

std::string brokenFacet(const XmlElement &restriction, const std::string &value)
{
    const auto number = Decimal::parse(value);
    // Patterns of one restriction are alternatives.
    const XmlElement *pattern = nullptr;
    for (const XmlElement &facet : restriction.children) {
        const std::string &kind = facet.name.local;
        const auto bound = number ? Decimal::parse(facet.value("value")) : std::nullopt;
        const bool isOutside = bound
                               && ((kind == "minExclusive" && *number <= *bound)
                                   || (kind == "maxExclusive" && *number >= *bound));
        const bool isShort
            = kind == "minLength" && value.size() < lengthIn(restriction, kind, 0, SIZE_MAX);
        if (isOutside || isShort)
            return kind + ' ' + std::string(facet.value("value"));
        if (kind != "pattern")
            continue;
        const auto regex = Regex::compile(facet.value("value"), Regex::Anchoring::Whole);
        if (regex && regex->matches(value))
            return {};
        pattern = &facet;
    }
    return pattern ? "pattern " + std::string(pattern->value("value")) : std::string();
}

} // namespace understudy::formats::wsdl
