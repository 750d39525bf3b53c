// SPDX-License-Identifier: Apache-2.0
#include "core/template/faker/faker.h"
#include "core/template/faker/words.h"

#include <array>
#include <cmath>

namespace understudy::faker {

using handlebars::Value;

namespace {

constexpr auto kStreetEndings
    = std::to_array<std::string_view>({"Street", "Road", "Avenue", "Lane", "Way", "Court"});
constexpr auto kStates = std::to_array<std::string_view>(
    {"Alabama", "Arizona", "California", "Colorado", "Florida", "Georgia", "Idaho", "Kansas",
     "Maine", "Montana", "Nevada", "Ohio", "Oregon", "Texas", "Utah", "Vermont", "Wyoming"});
constexpr auto kStateCodes
    = std::to_array<std::string_view>({"AL", "AZ", "CA", "CO", "FL", "GA", "ID", "KS", "ME", "MT",
                                       "NV", "OH", "OR", "TX", "UT", "VT", "WY"});
constexpr auto kCountries = std::to_array<std::string_view>(
    {"Argentina", "Australia", "Austria", "Brazil",  "Canada", "Chile", "Denmark",
     "Egypt",     "Finland",   "France",  "Germany", "Ghana",  "India", "Ireland",
     "Italy",     "Japan",     "Kenya",   "Mexico",  "Norway", "Peru",  "Poland",
     "Portugal",  "Spain",     "Sweden",  "Vietnam"});
constexpr auto kCountryCodes = std::to_array<std::string_view>(
    {"AR", "AU", "AT", "BR", "CA", "CL", "DK", "EG", "FI", "FR", "DE", "GH", "IN",
     "IE", "IT", "JP", "KE", "MX", "NO", "PE", "PL", "PT", "ES", "SE", "VN"});
constexpr auto kZones = std::to_array<std::string_view>(
    {"Africa/Cairo", "America/Chicago", "America/Lima", "Asia/Tokyo", "Asia/Kolkata",
     "Australia/Sydney", "Europe/Berlin", "Europe/Lisbon", "Pacific/Auckland"});
constexpr auto kCardinal = std::to_array<std::string_view>({"North", "East", "South", "West"});
constexpr auto kOrdinal
    = std::to_array<std::string_view>({"Northeast", "Northwest", "Southeast", "Southwest"});

std::string streetOf(const Arguments &a)
{
    return std::string(a.pick(words::kLastNames)) + ' ' + std::string(a.pick(kStreetEndings));
}

Value city(const Arguments &a) { return a.pick(words::kCities); }
Value street(const Arguments &a) { return streetOf(a); }
Value buildingNumber(const Arguments &a) { return std::to_string(a.draw(1, 9999)); }
Value streetAddress(const Arguments &a)
{
    std::string number = std::to_string(a.draw(1, 9999));
    return number + ' ' + streetOf(a);
}
Value secondaryAddress(const Arguments &a) { return a.digits("Apt. ###"); }
Value zipCode(const Arguments &a)
{
    const Value format = a.option("format").isUndefined() ? a.place(0) : a.option("format");
    return a.digits(format.isText() ? format.text() : std::string("#####"));
}
Value state(const Arguments &a)
{
    return a.option("abbreviated").isTruthy() ? a.pick(kStateCodes) : a.pick(kStates);
}
Value county(const Arguments &a) { return std::string(a.pick(words::kCities)) + " County"; }
Value country(const Arguments &a) { return a.pick(kCountries); }
Value countryCode(const Arguments &a)
{
    const std::string variant
        = a.place(0).isText() ? a.place(0).text() : a.option("variant").text();
    if (variant == "alpha-3")
        return std::string(a.pick(kCountryCodes)) + 'X';
    return variant == "numeric" ? Value(a.digits("###")) : Value(a.pick(kCountryCodes));
}
Value continent(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"Africa", "Antarctica", "Asia", "Australia", "Europe", "North America", "South America"});
    return a.pick(kWords);
}

double degrees(const Arguments &a, double most)
{
    const double max = a.number("max", most);
    const double min = a.number("min", -most);
    const double parts = std::pow(10.0, a.number("precision", 4));
    return std::floor((min + (max - min) * a.unit()) * parts) / parts;
}

Value latitude(const Arguments &a) { return degrees(a, 90); }
Value longitude(const Arguments &a) { return degrees(a, 180); }
Value nearby(const Arguments &a)
{
    return Value(JsonArray{JsonValue(degrees(a, 90)), JsonValue(degrees(a, 180))});
}
Value timeZone(const Arguments &a) { return a.pick(kZones); }
Value cardinal(const Arguments &a) { return a.pick(kCardinal); }
Value ordinal(const Arguments &a) { return a.pick(kOrdinal); }
Value direction(const Arguments &a)
{
    return a.unit() < 0.5 ? a.pick(kCardinal) : a.pick(kOrdinal);
}

constexpr std::array kMethods{
    Method{"location.city", city},
    Method{"location.street", street},
    Method{"location.streetAddress", streetAddress},
    Method{"location.secondaryAddress", secondaryAddress},
    Method{"location.buildingNumber", buildingNumber},
    Method{"location.zipCode", zipCode},
    Method{"location.state", state},
    Method{"location.county", county},
    Method{"location.country", country},
    Method{"location.countryCode", countryCode},
    Method{"location.continent", continent},
    Method{"location.latitude", latitude},
    Method{"location.longitude", longitude},
    Method{"location.nearbyGPSCoordinate", nearby},
    Method{"location.timeZone", timeZone},
    Method{"location.direction", direction},
    Method{"location.cardinalDirection", cardinal},
    Method{"location.ordinalDirection", ordinal},
};

} // namespace

std::span<const Method> placeMethods() { return kMethods; }

} // namespace understudy::faker
