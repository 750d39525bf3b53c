// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/dynamic_scalar.h"

#include "core/base/decimal.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/openapi/sample.h"
#include "core/formats/openapi/sample_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace understudy::formats::openapi {

namespace {

/// What a text is invented with.
struct Invention
{
    std::string_view name; ///< of a format, or of a property in small letters
    std::string_view expression;
    std::size_t most = 40; ///< characters of the longest
};

constexpr std::array kByFormat{
    Invention{"date", "date '2020-01-01' '2030-12-31' 'yyyy-MM-dd'", 10},
    Invention{"date-time", "faker 'date.anytime'", 24},
    Invention{"uuid", "faker 'string.uuid'", 36},
    Invention{"guid", "faker 'string.uuid'", 36},
    Invention{"email", "faker 'internet.exampleEmail'", 60},
    Invention{"idn-email", "faker 'internet.exampleEmail'", 60},
    Invention{"uri", "faker 'internet.url'", 60},
    Invention{"url", "faker 'internet.url'", 60},
    Invention{"iri", "faker 'internet.url'", 60},
    Invention{"hostname", "faker 'internet.domainName'", 60},
    Invention{"ipv4", "faker 'internet.ipv4'", 15},
    Invention{"ip", "faker 'internet.ipv4'", 15},
    Invention{"ipv6", "faker 'internet.ipv6'", 39},
    Invention{"password", "faker 'internet.password'", 15},
    Invention{"phone", "faker 'phone.number'", 30},
};

constexpr std::array kByName{
    Invention{"email", "faker 'internet.exampleEmail'", 60},
    Invention{"emailaddress", "faker 'internet.exampleEmail'", 60},
    Invention{"firstname", "faker 'person.firstName'"},
    Invention{"givenname", "faker 'person.firstName'"},
    Invention{"lastname", "faker 'person.lastName'"},
    Invention{"surname", "faker 'person.lastName'"},
    Invention{"familyname", "faker 'person.lastName'"},
    Invention{"fullname", "faker 'person.fullName'"},
    Invention{"jobtitle", "faker 'person.jobTitle'", 60},
    Invention{"username", "faker 'internet.username'"},
    Invention{"login", "faker 'internet.username'"},
    Invention{"password", "faker 'internet.password'"},
    Invention{"company", "faker 'company.name'", 60},
    Invention{"companyname", "faker 'company.name'", 60},
    Invention{"city", "faker 'location.city'"},
    Invention{"country", "faker 'location.country'", 60},
    Invention{"countrycode", "faker 'location.countryCode'", 2},
    Invention{"state", "faker 'location.state'"},
    Invention{"street", "faker 'location.streetAddress'", 60},
    Invention{"address", "faker 'location.streetAddress'", 60},
    Invention{"zip", "faker 'location.zipCode'", 10},
    Invention{"zipcode", "faker 'location.zipCode'", 10},
    Invention{"postcode", "faker 'location.zipCode'", 10},
    Invention{"postalcode", "faker 'location.zipCode'", 10},
    Invention{"phone", "faker 'phone.number'", 30},
    Invention{"phonenumber", "faker 'phone.number'", 30},
    Invention{"url", "faker 'internet.url'", 60},
    Invention{"website", "faker 'internet.url'", 60},
    Invention{"avatar", "faker 'image.avatar'", 200},
    Invention{"currency", "faker 'finance.currencyCode'", 3},
    Invention{"color", "faker 'color.human'"},
    Invention{"id", "faker 'string.uuid'", 36},
    Invention{"description", "faker 'lorem.sentence'", 200},
    Invention{"summary", "faker 'lorem.sentence'", 200},
    Invention{"comment", "faker 'lorem.sentence'", 200},
    Invention{"message", "faker 'lorem.sentence'", 200},
};

template<std::size_t N>
const Invention *inventionFor(const std::array<Invention, N> &all, std::string_view name)
{
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Invention &one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

/// "first_name", "first-name" and "firstName" are one.
std::string plainName(std::string_view name)
{
    std::string out = text::toLower(name);
    std::erase_if(out, [](char c) { return c == '_' || c == '-' || c == ' '; });
    return out;
}

/// Whether a template, which has doubles, answers with this number and no other.
bool isKeptByDoubles(const JsonNumber &number)
{
    constexpr double kLargestExact = 9'007'199'254'740'992.0; // 2^53
    const auto decimal = Decimal::parse(number.text);
    if (!decimal || std::abs(decimal->toDouble()) > kLargestExact)
        return false;
    return Decimal::parse(jsonNumber(decimal->toDouble())) == decimal;
}

/// A value as a literal of a template; nothing for a text that would have to be escaped there, and
/// for what is no text and no number.
std::optional<std::string> literal(const JsonValue &value)
{
    if (const JsonNumber *number = value.ifNumber()) {
        const bool isPlain = number->text.find_first_of("eE") == std::string::npos;
        return isPlain && isKeptByDoubles(*number) ? std::optional(number->text) : std::nullopt;
    }
    const std::string *text = value.ifString();
    if (!text || text->find_first_of("'\"\\{}\n") != std::string::npos)
        return std::nullopt;
    return "'" + *text + "'";
}

/// Whether the only thing that is said of a text is which ones there are. Long lists of countries
/// and the like are: each question about them takes as many steps as they are long.
bool isEnumOfTextsAlone(const SchemaParts &parts)
{
    constexpr std::array kSayNothing{"type",       "enum",     "title",     "description",
                                     "default",    "example",  "examples",  "nullable",
                                     "deprecated", "readOnly", "writeOnly", "xml"};
    if (parts.parts.size() != 1)
        return false;
    const Element schema = parts.parts.front().schema;
    for (std::size_t i = 0; i < schema.size(); ++i) {
        const std::string_view key = schema.key(i);
        if (!key.starts_with("x-")
            && std::find(kSayNothing.begin(), kSayNothing.end(), key) == kSayNothing.end())
            return false;
    }
    return schema.text("type") == "string";
}

/// Of the first part that has an enum, what all schemas of the place allow.
std::string ofEnum(const ScalarPlace &place)
{
    constexpr std::size_t kMost = 100;
    const auto part
        = std::find_if(place.parts.parts.begin(), place.parts.parts.end(),
                       [](const SchemaParts::Part &one) { return bool(one.schema.at("enum")); });
    const Element all = part->schema.at("enum");
    const bool isAlone = isEnumOfTextsAlone(place.parts);
    std::string out = "oneOf (array";
    std::size_t count = 0;
    for (std::size_t i = 0; all.isList() && i < std::min(all.size(), kMost); ++i) {
        const JsonValue value = writtenValue(place.document, part->schema, *all.entry(i).node);
        const auto text = literal(value);
        // These lead to all parts: through references, allOf and the branches that were chosen.
        const auto fits = [&] {
            return std::none_of(place.schemas.begin(), place.schemas.end(), [&](Element schema) {
                return place.check.misfit(schema, value).has_value();
            });
        };
        if (text && ((isAlone && value.ifString()) || fits())) {
            out.append(" ").append(*text);
            ++count;
        }
    }
    return count < 2 ? std::string() : out + ")";
}

/// What an integer of a format lies between.
struct FormatRange
{
    std::string_view format;
    double least = 0;
    double most = 0;
};

constexpr std::array kIntegerRanges{
    FormatRange{"int8", -128, 127},
    FormatRange{"uint8", 0, 255},
    FormatRange{"int16", -32'768, 32'767},
    FormatRange{"uint16", 0, 65'535},
    FormatRange{"int32", -2'147'483'648.0, 2'147'483'647},
    FormatRange{"uint32", 0, 4'294'967'295},
    FormatRange{"int64", -9'223'372'036'854'775'808.0, 9'223'372'036'854'775'807.0},
    FormatRange{"uint64", 0, 18'446'744'073'709'551'615.0},
};

/// What all formats of the parts have in common; nothing where none is of integers.
std::optional<FormatRange> integerRange(const SchemaParts &parts)
{
    std::optional<FormatRange> out;
    for (const SchemaParts::Part &part : parts.parts) {
        const std::string format = part.schema.text("format");
        const auto known
            = std::find_if(kIntegerRanges.begin(), kIntegerRanges.end(),
                           [&](const FormatRange &range) { return range.format == format; });
        if (known == kIntegerRanges.end())
            continue;
        if (!out)
            out = *known;
        out->least = std::max(out->least, known->least);
        out->most = std::min(out->most, known->most);
    }
    return out;
}

std::string ofInteger(const NumberBounds &bounds, const std::optional<FormatRange> &range)
{
    // Beyond these a double, and JavaScript, leaves whole numbers out.
    constexpr double kLargest = 9e15;
    constexpr double kRange = 1'000;
    const double edge = bounds.isAbove ? std::floor(bounds.least) + 1 : std::ceil(bounds.least);
    const double end = bounds.isBelow ? std::ceil(bounds.most) - 1 : std::floor(bounds.most);
    const bool isOpenBelow = !std::isfinite(edge);
    const bool isOpenAbove = !std::isfinite(end);
    double least = isOpenBelow ? (isOpenAbove || end > 1 ? 1 : end - kRange) : edge;
    double most = isOpenAbove ? std::max(least, 0.0) + kRange : std::min(end, kLargest);
    if (range) {
        least = std::max(least, range->least);
        most = std::min(most, range->most);
    }
    const bool isWhole = bounds.step == std::floor(bounds.step);
    if (least > most || std::abs(least) > kLargest || !isWhole || bounds.step > kLargest)
        return {};
    const auto whole = [](double value) { return std::to_string(static_cast<long long>(value)); };
    std::string out = "faker 'number.int' min=" + whole(least) + " max=" + whole(most);
    if (bounds.step > 1) {
        if (std::floor(most / bounds.step) * bounds.step < least)
            return {};
        out += " multipleOf=" + whole(bounds.step);
    }
    return out;
}

/// A number of two decimals at most without an exponent, which templates do not know.
std::string hundredthsText(double value)
{
    std::array<char, 40> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                            value == 0 ? 0.0 : value, std::chars_format::fixed);
    return {buffer.data(), end};
}

std::string ofNumber(const NumberBounds &bounds)
{
    constexpr double kRange = 1'000;
    constexpr double kLargest = 1e12;
    if (bounds.step > 0)
        return {};
    const bool isOpenBelow = !std::isfinite(bounds.least);
    const bool isOpenAbove = !std::isfinite(bounds.most);
    double least
        = isOpenBelow ? (isOpenAbove || bounds.most > 1 ? 1 : bounds.most - kRange) : bounds.least;
    double most = isOpenAbove ? std::max(least, 0.0) + kRange : bounds.most;
    // Two decimals are drawn, so that a bound that is left out is kept away from by one of them.
    least = std::ceil(least * 100 + (bounds.isAbove ? 1 : 0)) / 100;
    most = std::floor(most * 100 - (bounds.isBelow ? 1 : 0)) / 100;
    if (least > most || std::abs(least) > kLargest || std::abs(most) > kLargest)
        return {};
    return "faker 'number.float' min=" + hundredthsText(least) + " max=" + hundredthsText(most)
           + " fractionDigits=2";
}

bool hasSeveralSteps(const SchemaParts &parts)
{
    return std::count_if(parts.parts.begin(), parts.parts.end(),
                         [](const auto &part) { return bool(part.schema.at("multipleOf")); })
           > 1;
}

std::string ofText(const SchemaParts &parts, std::string_view name)
{
    constexpr std::size_t kUsualLength = 10;
    if (parts.first("pattern"))
        return {};
    const std::size_t least = largestCount(parts, "minLength").value_or(0);
    const std::size_t most
        = smallestCount(parts, "maxLength").value_or(std::numeric_limits<std::size_t>::max());
    if (const Element format = parts.first("format"); format.isScalar()) {
        const Invention *known = inventionFor(kByFormat, format.node->text);
        const bool fits = known && known->most <= most && least <= 1;
        return fits ? std::string(known->expression) : std::string();
    }
    const Invention *known = inventionFor(kByName, plainName(name));
    if (known && known->most <= most && least <= 1)
        return std::string(known->expression);
    if (least > 1 || most < 2 * kUsualLength) {
        const std::size_t length = std::max(least, std::min(most, kUsualLength));
        return length == 0 || length > 1'000 || length > most
                   ? std::string()
                   : "faker 'string.alpha' " + std::to_string(length);
    }
    return "faker 'word.noun'";
}

} // namespace

std::string dynamicExpression(const ScalarPlace &place)
{
    const SchemaParts &parts = place.parts;
    if (parts.first("const") || parts.first("not") || parts.first("if") || hasSeveralSteps(parts))
        return {};
    if (parts.first("enum"))
        return ofEnum(place);
    const std::string type = parts.type();
    if (type == "string")
        return ofText(parts, place.name);
    if (type == "integer" || type == "number") {
        const std::optional<FormatRange> range = integerRange(parts);
        return type == "integer" || range ? ofInteger(boundsOf(parts), range)
                                          : ofNumber(boundsOf(parts));
    }
    return type == "boolean" ? "faker 'datatype.boolean'" : std::string();
}

} // namespace understudy::formats::openapi
