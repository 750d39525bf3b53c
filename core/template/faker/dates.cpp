// SPDX-License-Identifier: Apache-2.0
#include "core/template/dates.h"

#include "core/template/faker/faker.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace understudy::faker {

using handlebars::Instant;
using handlebars::Value;

namespace {

using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::milliseconds;

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60 * 1000;
constexpr std::int64_t kYear = 365 * kDay;

Instant reference(const Arguments &a)
{
    const Value given = a.option("refDate");
    if (const auto parsed = given.isText() ? handlebars::parseDate(given.text()) : std::nullopt)
        return *parsed;
    return std::chrono::floor<milliseconds>(a.scope().now);
}

Value at(const Arguments &a, std::int64_t from, std::int64_t to)
{
    return reference(a) + milliseconds(a.draw(from, to));
}

std::int64_t amount(const Arguments &a, std::string_view name, double otherwise)
{
    double value = a.number(name, otherwise);
    if (a.place(0).isNumber())
        value = *a.place(0).ifNumber();
    return static_cast<std::int64_t>(std::min(std::max(value, 0.0), 10'000.0));
}

Value past(const Arguments &a) { return at(a, -amount(a, "years", 1) * kYear, -1000); }
Value future(const Arguments &a) { return at(a, 1000, amount(a, "years", 1) * kYear); }
Value recent(const Arguments &a) { return at(a, -amount(a, "days", 1) * kDay, -1000); }
Value soon(const Arguments &a) { return at(a, 1000, amount(a, "days", 1) * kDay); }
Value anytime(const Arguments &a) { return at(a, -kYear, kYear); }

std::optional<Instant> bound(const Arguments &a, std::string_view name, std::size_t place)
{
    Value value = a.option(name);
    if (value.isUndefined())
        value = a.place(place);
    if (const Instant *date = value.ifDate())
        return *date;
    return value.isText() ? handlebars::parseDate(value.text()) : std::nullopt;
}

Value between(const Arguments &a)
{
    const auto from = bound(a, "from", 0);
    const auto to = bound(a, "to", 1);
    if (!from || !to)
        return anytime(a);
    return *from + milliseconds(a.draw(0, duration_cast<milliseconds>(*to - *from).count()));
}

Value birthdate(const Arguments &a)
{
    const auto least = handlebars::wholeNumber(std::clamp(a.number("min", 18), 0.0, 1000.0));
    const auto most = handlebars::wholeNumber(std::clamp(a.number("max", 80), 0.0, 1000.0));
    if (a.option("mode").text() == "year")
        return handlebars::instantOf(a.draw(least, most), a.draw(1, 12), a.draw(1, 28), 0, 0, 0, 0,
                                     0);
    return at(a, -(most + 1) * kYear, -least * kYear);
}

Value month(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"});
    const std::string_view word = a.pick(kWords);
    return a.option("abbreviated").isTruthy() ? word.substr(0, 3) : word;
}

Value weekday(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"});
    const std::string_view word = a.pick(kWords);
    return a.option("abbreviated").isTruthy() ? word.substr(0, 3) : word;
}

constexpr std::array kMethods{
    Method{"date.past", past},           Method{"date.future", future},
    Method{"date.recent", recent},       Method{"date.soon", soon},
    Method{"date.anytime", anytime},     Method{"date.between", between},
    Method{"date.birthdate", birthdate}, Method{"date.month", month},
    Method{"date.weekday", weekday},
};

} // namespace

std::span<const Method> dateMethods() { return kMethods; }

} // namespace understudy::faker
