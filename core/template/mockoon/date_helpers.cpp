// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/template/dates.h"
#include "core/template/mockoon/helpers.h"

#include <cmath>

namespace understudy::mockoon {

using handlebars::CivilTime;
using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Instant;
using handlebars::Value;

namespace {

constexpr std::string_view kDefaultFormat = "yyyy-MM-dd'T'HH:mm:ss.SSSxxx";

std::string written(Instant time, std::string_view format)
{
    return handlebars::formatDate(handlebars::localTime(time),
                                  format.empty() ? kDefaultFormat : format);
}

std::optional<Instant> dateOf(const Value &value)
{
    if (const Instant *date = value.ifDate())
        return *date;
    constexpr double kMostMilliseconds = 8.64e15; // ECMA-262 TimeClip
    if (const double *number = value.ifNumber(); number && std::fabs(*number) <= kMostMilliseconds)
        return Instant(std::chrono::milliseconds(static_cast<std::int64_t>(*number)));
    return value.isText() ? handlebars::parseDate(value.text()) : std::nullopt;
}

Instant nowOf(HelperCall &call)
{
    return call.scope() ? std::chrono::floor<std::chrono::milliseconds>(call.scope()->now)
                        : Instant();
}

Value invalid(HelperCall &call) { return call.fail("Invalid time value"); }

Value now(HelperCall &call)
{
    return written(nowOf(call), call[0].isText() ? call[0].text() : std::string());
}

Value dateFormat(HelperCall &call)
{
    if (!call[1].isText() || (!call[0].isText() && !call[0].ifDate()))
        return "";
    const auto date = dateOf(call[0]);
    return date ? Value(written(*date, call[1].text())) : invalid(call);
}

std::int64_t amount(HelperCall &call, std::string_view name)
{
    const double number = call.option(name).number();
    constexpr double kMost = 1e9;
    return std::isnan(number) || std::fabs(number) > kMost ? 0 : static_cast<std::int64_t>(number);
}

Value dateTimeShift(HelperCall &call)
{
    const Value &given = call.option("date");
    const auto from = given.isMissing() ? std::optional(nowOf(call)) : dateOf(given);
    if (!from)
        return invalid(call);
    // In the order that the reference names: days, months, years, then the clock.
    const CivilTime first = handlebars::localTime(*from);
    const auto shifted
        = [](const CivilTime &t, std::int64_t days, std::int64_t months, std::int64_t years,
             std::int64_t hours, std::int64_t minutes, std::int64_t seconds) {
              return handlebars::localTime(handlebars::localInstantOf(
                  t.year + years, t.month + months, t.day + days, t.hour + hours,
                  t.minute + minutes, t.second + seconds, t.millisecond));
          };
    CivilTime time = shifted(first, amount(call, "days"), 0, 0, 0, 0, 0);
    time = shifted(time, 0, amount(call, "months"), 0, 0, 0, 0);
    time = shifted(time, 0, 0, amount(call, "years"), 0, 0, 0);
    time = shifted(time, 0, 0, 0, amount(call, "hours"), amount(call, "minutes"),
                   amount(call, "seconds"));
    return written(time.instant, call.option("format").text());
}

Value date(HelperCall &call)
{
    if (!call[0].isText() || !call[1].isText() || !call.scope())
        return "";
    const auto from = dateOf(call[0]);
    const auto to = dateOf(call[1]);
    if (!from || !to)
        return call[2].isText() ? invalid(call) : Value("Invalid Date");
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(*to - *from).count();
    const Instant drawn = *from + std::chrono::milliseconds(call.scope()->random(0, span));
    return call[2].isText() ? Value(written(drawn, call[2].text()))
                            : Value(handlebars::javaScriptDate(drawn));
}

Value time(HelperCall &call)
{
    if (!call.scope())
        return "";
    const bool hasRange = call.size() > 1 && call[0].isText() && call[1].isText();
    const auto at
        = [&](const std::string &clock) { return handlebars::parseDate("1970-01-01T" + clock); };
    const auto from = at(hasRange ? call[0].text() : "00:00");
    const auto to = at(hasRange ? call[1].text() : "23:59");
    if (!from || !to)
        return invalid(call);
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(*to - *from).count();
    const Instant drawn = *from + std::chrono::milliseconds(call.scope()->random(0, span));
    return written(drawn, call[2].isText() ? call[2].text() : std::string("HH:mm"));
}

constexpr std::array kHelpers{
    Helper{"now", "[format]", "The time now.", now},
    Helper{"dateFormat", "date format", "A date in another form.", dateFormat},
    Helper{"dateTimeShift",
           "[date=] [format=] [days=] [months=] [years=] [hours=] [minutes=] [seconds=]",
           "A date, or now, moved by so much.", dateTimeShift},
    Helper{"date", "from to [format]", "A date between two, drawn.", date},
    Helper{"time", "[from to] [format]", "A time of day, drawn.", time},
};

} // namespace

std::span<const Helper> dateHelpers() { return kHelpers; }

} // namespace understudy::mockoon
