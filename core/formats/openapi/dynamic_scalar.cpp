// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/dynamic_scalar.h"

#include "core/base/text.h"
#include "core/formats/openapi/sample_scalar.h"
#include "core/formats/yaml/node.h"

#include <algorithm>
#include <array>
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

/// A value as a literal of a template; nothing for a text that would have to be escaped there.
std::optional<std::string> literal(const yaml::Node &node)
{
    const JsonValue value = yaml::scalarToJson(node);
    if (const JsonNumber *number = value.ifNumber()) {
        const bool isPlain = number->text.find_first_of("eE") == std::string::npos;
        return isPlain ? std::optional(number->text) : std::nullopt;
    }
    const std::string *text = value.ifString();
    if (!text || text->find_first_of("'\"\\{}\n") != std::string::npos)
        return std::nullopt;
    return "'" + *text + "'";
}

std::string ofEnum(Element all)
{
    constexpr std::size_t kMost = 100;
    std::string out = "oneOf (array";
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(all.size(), kMost); ++i) {
        const Element one = all.entry(i);
        const auto text = one.isScalar() && !one.node->isNull() ? literal(*one.node) : std::nullopt;
        if (text) {
            out.append(" ").append(*text);
            ++count;
        }
    }
    return count < 2 ? std::string() : out + ")";
}

std::string ofInteger(const NumberBounds &bounds)
{
    // Beyond these a double, and JavaScript, leaves whole numbers out.
    constexpr double kLargest = 9e15;
    constexpr double kRange = 1'000;
    const double edge = bounds.isAbove ? std::floor(bounds.least) + 1 : std::ceil(bounds.least);
    const double end = bounds.isBelow ? std::ceil(bounds.most) - 1 : std::floor(bounds.most);
    const bool isOpenBelow = !std::isfinite(edge);
    const bool isOpenAbove = !std::isfinite(end);
    const double least = isOpenBelow ? (isOpenAbove || end > 1 ? 1 : end - kRange) : edge;
    const double most = isOpenAbove ? std::max(least, 0.0) + kRange : std::min(end, kLargest);
    const bool isWhole = bounds.step == std::floor(bounds.step);
    if (least > most || std::abs(least) > kLargest || !isWhole)
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
    return "faker 'number.float' min=" + yaml::doubleText(least) + " max=" + yaml::doubleText(most)
           + " fractionDigits=2";
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

std::string dynamicExpression(const SchemaParts &parts, std::string_view name)
{
    if (parts.first("const"))
        return {};
    if (const Element all = parts.first("enum"))
        return all.isList() ? ofEnum(all) : std::string();
    const std::string type = parts.type();
    if (type == "string")
        return ofText(parts, name);
    if (type == "integer")
        return ofInteger(boundsOf(parts));
    if (type == "number")
        return ofNumber(boundsOf(parts));
    return type == "boolean" ? "faker 'datatype.boolean'" : std::string();
}

} // namespace understudy::formats::openapi
