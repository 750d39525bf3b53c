// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/sample_scalar.h"

#include "core/formats/openapi/pattern_text.h"
#include "core/formats/openapi/schema_formats.h"
#include "core/formats/yaml/node.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace understudy::formats::openapi {

namespace {

/// Longer texts are not made, whatever a schema asks for.
constexpr std::size_t kLongestSample = 10'000;

std::optional<double> doubleAt(Element schema, std::string_view keyword)
{
    const std::string text = schema.text(keyword);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()
        || !std::isfinite(value))
        return std::nullopt;
    return value;
}

void raise(NumberBounds &bounds, double least, bool isAbove)
{
    if (least < bounds.least || (least == bounds.least && !isAbove))
        return;
    bounds.least = least;
    bounds.isAbove = isAbove;
}

void lower(NumberBounds &bounds, double most, bool isBelow)
{
    if (most > bounds.most || (most == bounds.most && !isBelow))
        return;
    bounds.most = most;
    bounds.isBelow = isBelow;
}

std::string numberText(double value, bool isInteger, const NumberBounds &bounds)
{
    std::array<char, 400> buffer{};
    if (isInteger || bounds.step > 0) {
        std::snprintf(buffer.data(), buffer.size(), "%.*f", isInteger ? 0 : bounds.decimals, value);
        return buffer.data();
    }
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end};
}

/// Longer or shorter, by words that go on.
std::string withLength(std::string text, std::size_t least, std::size_t most)
{
    const std::size_t enough = std::min(least, kLongestSample);
    const bool isShort = text.size() < enough;
    while (text.size() < enough)
        text += " text";
    if (isShort)
        text.resize(enough);
    if (text.size() > most)
        text.resize(most);
    return text;
}

bool hasLength(const std::string &text, std::size_t least, std::size_t most)
{
    return text.size() >= least && text.size() <= most;
}

} // namespace

NumberBounds boundsOf(const SchemaParts &parts)
{
    NumberBounds bounds;
    for (const SchemaParts::Part &part : parts.parts) {
        const Element schema = part.schema;
        if (const auto least = doubleAt(schema, "minimum"))
            raise(bounds, *least, schema.isTrue("exclusiveMinimum"));
        if (const auto most = doubleAt(schema, "maximum"))
            lower(bounds, *most, schema.isTrue("exclusiveMaximum"));
        if (const auto above = doubleAt(schema, "exclusiveMinimum"))
            raise(bounds, *above, true);
        if (const auto below = doubleAt(schema, "exclusiveMaximum"))
            lower(bounds, *below, true);
        if (const auto step = doubleAt(schema, "multipleOf"); step && *step > 0) {
            bounds.step = *step;
            const std::string text = schema.text("multipleOf");
            const std::size_t point = text.find('.');
            constexpr std::size_t kMostDecimals = 12;
            bounds.decimals
                = point == std::string::npos
                      ? 0
                      : static_cast<int>(std::min(text.size() - point - 1, kMostDecimals));
        }
    }
    return bounds;
}

std::optional<std::size_t> largestCount(const SchemaParts &parts, std::string_view keyword)
{
    std::optional<std::size_t> out;
    for (const SchemaParts::Part &part : parts.parts) {
        if (const auto count = countOf(part.schema, keyword))
            out = std::max(out.value_or(*count), *count);
    }
    return out;
}

std::optional<std::size_t> smallestCount(const SchemaParts &parts, std::string_view keyword)
{
    std::optional<std::size_t> out;
    for (const SchemaParts::Part &part : parts.parts) {
        if (const auto count = countOf(part.schema, keyword))
            out = std::min(out.value_or(*count), *count);
    }
    return out;
}

std::string sampleText(const SchemaParts &parts, SchemaCheck &check, std::size_t variant)
{
    const std::size_t least = largestCount(parts, "minLength").value_or(0);
    const std::size_t most = smallestCount(parts, "maxLength").value_or(kLongestSample);
    const Element pattern = parts.first("pattern");
    const Element format = parts.first("format");
    std::string wellKnown
        = format.isScalar() ? textOfFormat(format.node->text, variant) : std::string();
    if (!pattern.isScalar()) {
        if (!wellKnown.empty() && hasLength(wellKnown, least, most))
            return wellKnown;
        const std::string number = variant == 0 ? std::string() : std::to_string(variant + 1);
        // The number goes in front where the text is cut.
        const bool isShort = most < std::string_view("string").size() + number.size();
        return withLength(isShort ? number + "string" : "string" + number, least, most);
    }
    const std::string &regex = pattern.node->text;
    if (!wellKnown.empty() && hasLength(wellKnown, least, most)
        && check.fitsPattern(regex, wellKnown))
        return wellKnown;
    const std::size_t enough = std::min(least, std::size_t{300});
    for (const std::size_t more :
         {std::size_t{3}, std::size_t{1}, std::size_t{0}, std::size_t{6}, enough, enough / 2 + 1}) {
        for (std::size_t other = variant; other < variant + 4; ++other) {
            const auto text = textOfPattern(regex, more, other);
            if (text && hasLength(*text, least, most) && check.fitsPattern(regex, *text))
                return *text;
        }
    }
    return wellKnown.empty() ? withLength("string", least, most) : wellKnown;
}

JsonNumber sampleNumber(const SchemaParts &parts, bool isInteger, std::size_t variant)
{
    const NumberBounds bounds = boundsOf(parts);
    double step = bounds.step > 0 ? bounds.step : 1;
    if (isInteger && step != std::floor(step))
        step = std::ceil(step);
    double value = isInteger || bounds.step > 0 ? step : 1.5;
    if (!bounds.allows(value)) {
        const bool fromBelow = std::isfinite(bounds.least);
        const double edge = fromBelow ? bounds.least : bounds.most;
        if (isInteger || bounds.step > 0) {
            value = (fromBelow ? std::ceil(edge / step) : std::floor(edge / step)) * step;
            if (!bounds.allows(value))
                value += fromBelow ? step : -step;
        } else {
            value = edge;
            if (!bounds.allows(value))
                value = std::isfinite(bounds.least) && std::isfinite(bounds.most)
                            ? bounds.least + (bounds.most - bounds.least) / 2
                            : edge + (fromBelow ? 1 : -1);
        }
    }
    if (!std::isfinite(value))
        return {"1"};
    const double other = value + static_cast<double>(variant) * step;
    if (std::isfinite(other) && bounds.allows(other))
        value = other;
    else if (bounds.allows(value - static_cast<double>(variant) * step))
        value -= static_cast<double>(variant) * step;
    return {numberText(value, isInteger, bounds)};
}

} // namespace understudy::formats::openapi
