// SPDX-License-Identifier: Apache-2.0
// Dates (reference/wiremock.md section 9.6).
#include "core/base/text.h"
#include "core/template/dates.h"
#include "core/template/time_zone.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/java_dates.h"
#include "core/template/wiremock/values.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::wiremock {

using handlebars::CivilTime;
using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Instant;
using handlebars::Value;

namespace {

constexpr std::string_view kIso = "yyyy-MM-dd'T'HH:mm:ssXXX";

Instant nowOf(HelperCall &call)
{
    return call.scope() ? std::chrono::floor<std::chrono::milliseconds>(call.scope()->now)
                        : Instant();
}

/// A date, or what a date is written as with its zone.
std::optional<Instant> dateOf(const Value &value)
{
    if (const Instant *date = value.ifDate())
        return *date;
    return value.isText() ? handlebars::parseDate(value.text()) : std::nullopt;
}

/// With one part of it larger by so much.
Instant moved(Instant from, std::int64_t amount, std::string_view unit)
{
    const CivilTime t = handlebars::civilTime(from, 0);
    const auto by = [&](std::int64_t years, std::int64_t months) {
        // The day stays in its month, as java.time has it.
        const Instant first
            = handlebars::instantOf(t.year + years, t.month + months, 1, 0, 0, 0, 0, 0);
        const CivilTime month = handlebars::civilTime(first, 0);
        const Instant next = handlebars::instantOf(month.year, month.month + 1, 1, 0, 0, 0, 0, 0);
        const auto days = std::chrono::duration_cast<std::chrono::days>(next - first).count();
        return handlebars::instantOf(month.year, month.month, std::min<std::int64_t>(t.day, days),
                                     t.hour, t.minute, t.second, t.millisecond, 0);
    };
    if (unit == "years")
        return by(amount, 0);
    if (unit == "months")
        return by(0, amount);
    if (unit == "days")
        return from + std::chrono::days(amount);
    if (unit == "hours")
        return from + std::chrono::hours(amount);
    if (unit == "minutes")
        return from + std::chrono::minutes(amount);
    return from + std::chrono::seconds(amount);
}

/// `[now] [+|-]n unit`, as "3 days" or "now -2 hours"; the template has failed where it is none.
std::optional<Instant> shifted(HelperCall &call, Instant from)
{
    const Value &given = call.option("offset");
    if (given.isUndefined())
        return from;
    std::string said = text::toLower(textOf(given));
    std::string_view rest = text::trim(said);
    if (rest.starts_with("now"))
        rest = text::trim(rest.substr(3));
    const bool isBack = rest.starts_with('-');
    if (isBack || rest.starts_with('+'))
        rest = text::trim(rest.substr(1));
    std::int64_t amount = 0;
    const char *behind = rest.data() + rest.size();
    const auto [end, error] = std::from_chars(rest.data(), behind, amount);
    std::string unit(text::trim({end, static_cast<std::size_t>(behind - end)}));
    if (!unit.ends_with('s'))
        unit += 's';
    // Ten thousand years, either way, and from years of five digits no further.
    static constexpr std::array<std::pair<std::string_view, std::int64_t>, 6> kUnits{
        {{"seconds", 315'576'000'000},
         {"minutes", 5'259'600'000},
         {"hours", 87'660'000},
         {"days", 3'652'500},
         {"months", 120'000},
         {"years", 10'000}}};
    constexpr std::int64_t kFarthest = 99'999;
    const auto known = std::find_if(kUnits.begin(), kUnits.end(),
                                    [&](const auto &one) { return one.first == unit; });
    const std::int64_t year = handlebars::civilTime(from, 0).year;
    if (error != std::errc() || known == kUnits.end() || amount < 0 || amount > known->second
        || year > kFarthest || year < -kFarthest) {
        call.fail(
            "the offset '" + textOf(given)
            + "' is none; write it as '3 days' (seconds, minutes, hours, days, months, years)");
        return std::nullopt;
    }
    return moved(from, isBack ? -amount : amount, unit);
}

Value formatted(HelperCall &call, Instant time, std::string_view pattern, int offset,
                std::string_view zone)
{
    auto text = formatJavaDate(time, pattern, offset, zone);
    return text ? Value(*std::move(text)) : call.fail(text.error().message);
}

/// As `format` and `timezone` ask; a date where neither does.
Value rendered(HelperCall &call, Instant time, bool mayHaveZone)
{
    const Value &format = call.option("format");
    const Value &zone = call.option("timezone");
    const std::string name = mayHaveZone && !zone.isMissing() ? textOf(zone) : std::string("UTC");
    const auto offset = handlebars::zoneOffset(name, time);
    if (!offset)
        return call.fail("the time zone '" + name + "' is not known");
    const auto sinceEpoch = time.time_since_epoch().count();
    if (format.isMissing()) {
        return name == "UTC" ? Value(time) : formatted(call, time, kIso, *offset, name);
    }
    const std::string pattern = textOf(format);
    constexpr std::int64_t kSecond = 1000;
    if (pattern == "epoch")
        return std::to_string(sinceEpoch);
    if (pattern == "unix")
        return std::to_string(sinceEpoch / kSecond);
    return formatted(call, time, pattern, *offset, name);
}

Value now(HelperCall &call)
{
    const auto time = shifted(call, nowOf(call));
    return time ? rendered(call, *time, true) : Value();
}

Value date(HelperCall &call)
{
    const auto given = dateOf(call[0]);
    const auto time = shifted(call, given.value_or(nowOf(call)));
    return time ? rendered(call, *time, !given) : Value();
}

Value parseDate(HelperCall &call)
{
    const std::string said = textOf(call[0]);
    const Value &format = call.option("format");
    if (format.isMissing()) {
        // Only forms with a zone.
        const bool hasZone = said.ends_with('Z') || said.ends_with("GMT")
                             || said.find_last_of("+-") > said.find('T');
        const auto parsed = hasZone ? handlebars::parseDate(said) : std::nullopt;
        const auto zone = handlebars::zoneOffset(said.substr(std::max(said.size(), 6UL) - 6),
                                                 parsed.value_or(Instant()));
        // The zone is kept where it is written.
        if (parsed && zone.value_or(0) != 0)
            return formatted(call, *parsed, kIso, *zone, "");
        return parsed ? Value(*parsed) : Value();
    }
    const std::string pattern = textOf(format);
    if (pattern == "epoch" || pattern == "unix") {
        const double number = handlebars::numberOf(said);
        constexpr std::int64_t kSecond = 1000;
        const std::int64_t whole = handlebars::wholeNumber(number);
        return Value(
            Instant(std::chrono::milliseconds(pattern == "epoch" ? whole : whole * kSecond)));
    }
    const auto parsed = parseJavaDate(said, pattern);
    return parsed ? Value(*parsed) : Value();
}

std::optional<Instant> truncated(const CivilTime &t, std::string_view kind)
{
    const auto at = [](std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t hour,
                       std::int64_t minute) {
        return handlebars::instantOf(year, month, day, hour, minute, 0, 0, 0);
    };
    if (kind == "first second of minute")
        return at(t.year, t.month, t.day, t.hour, t.minute);
    if (kind == "first minute of hour")
        return at(t.year, t.month, t.day, t.hour, 0);
    if (kind == "first hour of day")
        return at(t.year, t.month, t.day, 0, 0);
    if (kind == "first day of month")
        return at(t.year, t.month, 1, 0, 0);
    if (kind == "first day of next month")
        return at(t.year, t.month + 1, 1, 0, 0);
    if (kind == "last day of month")
        return at(t.year, t.month + 1, 0, 0, 0);
    if (kind == "first day of year")
        return at(t.year, 1, 1, 0, 0);
    if (kind == "first day of next year")
        return at(t.year + 1, 1, 1, 0, 0);
    if (kind == "last day of year")
        return at(t.year, 12, 31, 0, 0);
    return std::nullopt;
}

Value truncateDate(HelperCall &call)
{
    if (call.size() < 2)
        return inlineError("Truncation type must be specified as the first parameter to "
                           "truncateDate");
    const auto time = dateOf(call[0]);
    if (!time)
        return inlineError("A date object must be passed to the truncateDate helper");
    std::string kind = text::toLower(textOf(call[1]));
    std::replace(kind.begin(), kind.end(), '_', ' ');
    const auto cut = truncated(handlebars::civilTime(*time, 0), kind);
    return cut ? Value(*cut) : call.fail("there is no truncation '" + kind + '\'');
}

/// Java's styles, in English.
std::string patternOf(std::string_view style)
{
    if (style == "full")
        return "EEEE, MMMM d, yyyy";
    if (style == "long")
        return "MMMM d, yyyy";
    if (style == "medium")
        return "MMM d, yyyy";
    if (style == "short")
        return "M/d/yy";
    return std::string(style);
}

std::string timePatternOf(std::string_view style)
{
    if (style == "full" || style == "long")
        return "h:mm:ss a z";
    return style == "medium" ? "h:mm:ss a" : "h:mm a";
}

Value dateFormat(HelperCall &call)
{
    const auto time = dateOf(call[0]);
    if (!time)
        return call.fail("'dateFormat' takes a date, got '" + textOf(call[0]) + '\'');
    std::string pattern
        = patternOf(call.size() > 1 ? textOf(call[1]) : optionOr(call, "format", "medium"));
    if (const Value &style = call.option("time"); !style.isUndefined())
        pattern += ", " + timePatternOf(textOf(style));
    const std::string zone = optionOr(call, "tz", call.size() > 2 ? textOf(call[2]) : "UTC");
    const auto offset = handlebars::zoneOffset(zone, *time);
    return offset ? formatted(call, *time, pattern, *offset, zone)
                  : call.fail("the time zone '" + zone + "' is not known");
}

constexpr std::array kHelpers{
    Helper{"now", "[format=] [offset=] [timezone=]", "The time now, or so much away.", now},
    Helper{"date", "[date] [offset=] [format=]", "A date, or now, in another form.", date},
    Helper{"parseDate", "text [format=]", "The date that a text says.", parseDate},
    Helper{"truncateDate", "date kind", "The begin or end of what a date is in.", truncateDate},
    Helper{"dateFormat", "date [pattern | full | long | medium | short] [tz=] [time=]",
           "A date in another form.", dateFormat},
};

} // namespace

std::span<const Helper> dateHelpers() { return kHelpers; }

} // namespace understudy::wiremock
