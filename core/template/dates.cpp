// SPDX-License-Identifier: Apache-2.0
#include "core/template/dates.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <ctime>
#include <vector>

namespace understudy::handlebars {

namespace {

using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr int kMinutesOfHour = 60;

/// Beyond it the calendar of the standard library ends.
constexpr std::int64_t kMostYear = 30'000;

Instant bounded(Instant time)
{
    constexpr milliseconds kMost = std::chrono::hours(24) * 365 * kMostYear;
    return std::clamp(time, Instant(-kMost), Instant(kMost));
}

int offsetAt(Instant time)
{
    const std::time_t whole = floor<seconds>(time).time_since_epoch().count();
    std::tm parts{};
    localtime_r(&whole, &parts);
    return static_cast<int>(parts.tm_gmtoff / kMinutesOfHour);
}

/// Reads the parts of a date one after the other.
class DateReader
{
public:
    explicit DateReader(std::string_view text)
        : m_text(text)
    {}

    bool isAtEnd() const { return m_at >= m_text.size(); }
    char peek() const { return isAtEnd() ? '\0' : m_text[m_at]; }
    bool skip(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void skipAny(std::string_view chars)
    {
        while (!isAtEnd() && chars.find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }
    /// Exactly `count` digits.
    std::optional<int> digits(std::size_t count)
    {
        if (m_at + count > m_text.size())
            return std::nullopt;
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = m_text[m_at + i];
            if (c < '0' || c > '9')
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        m_at += count;
        return value;
    }
    std::string_view word()
    {
        const std::size_t begin = m_at;
        while (!isAtEnd() && std::isalpha(static_cast<unsigned char>(m_text[m_at])))
            ++m_at;
        return m_text.substr(begin, m_at - begin);
    }
    std::string_view number()
    {
        const std::size_t begin = m_at;
        while (!isAtEnd() && m_text[m_at] >= '0' && m_text[m_at] <= '9')
            ++m_at;
        return m_text.substr(begin, m_at - begin);
    }
    /// "+01:00", "+0100", "+01"; nothing if it is none.
    std::optional<int> offset()
    {
        const int sign = peek() == '-' ? -1 : 1;
        if (!skip('+') && !skip('-'))
            return std::nullopt;
        const auto hours = digits(2);
        if (!hours)
            return std::nullopt;
        skip(':');
        return sign * (*hours * kMinutesOfHour + digits(2).value_or(0));
    }
    void skipParenthesis()
    {
        if (peek() == '(')
            m_at = std::min(m_text.find(')', m_at), m_text.size() - 1) + 1;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

struct TimeOfDay
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    int millisecond = 0;
};

std::optional<TimeOfDay> readTime(DateReader &reader)
{
    TimeOfDay time;
    const auto hour = reader.digits(2);
    if (!hour || !reader.skip(':'))
        return std::nullopt;
    const auto minute = reader.digits(2);
    if (!minute || *hour > 24 || *minute > 59)
        return std::nullopt;
    time.hour = *hour;
    time.minute = *minute;
    if (reader.skip(':')) {
        const auto second = reader.digits(2);
        if (!second || *second > 59)
            return std::nullopt;
        time.second = *second;
        if (reader.skip('.') || reader.skip(',')) {
            std::string digits(reader.number());
            if (digits.empty())
                return std::nullopt;
            digits.resize(3, '0');
            std::from_chars(digits.data(), digits.data() + 3, time.millisecond);
        }
    }
    if (time.hour == 24 && (time.minute != 0 || time.second != 0))
        return std::nullopt;
    return time;
}

bool isDay(std::int64_t year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= 31
           && std::chrono::year_month_day(std::chrono::year(static_cast<int>(year)),
                                          std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day)))
                  .ok();
}

std::optional<Instant> parseIso(std::string_view text)
{
    DateReader reader(text);
    const auto year = reader.digits(4);
    if (!year)
        return std::nullopt;
    int month = 1;
    int day = 1;
    if (reader.skip('-')) {
        month = reader.digits(2).value_or(0);
        if (reader.skip('-'))
            day = reader.digits(2).value_or(0);
    }
    if (!isDay(*year, month, day))
        return std::nullopt;
    if (reader.isAtEnd())
        return instantOf(*year, month, day, 0, 0, 0, 0, 0);
    if (!reader.skip('T') && !reader.skip('t') && !reader.skip(' '))
        return std::nullopt;
    const auto time = readTime(reader);
    if (!time)
        return std::nullopt;
    reader.skipAny(" ");
    std::optional<int> offset;
    if (reader.skip('Z') || reader.skip('z'))
        offset = 0;
    else if (!reader.isAtEnd() && !(offset = reader.offset()))
        return std::nullopt;
    if (!reader.isAtEnd())
        return std::nullopt;
    return offset ? instantOf(*year, month, day, time->hour, time->minute, time->second,
                              time->millisecond, *offset)
                  : localInstantOf(*year, month, day, time->hour, time->minute, time->second,
                                   time->millisecond);
}

int monthNamed(std::string_view word)
{
    const std::string lower = text::toLower(word.substr(0, 3));
    for (std::size_t i = 0; i < kMonths.size() && word.size() >= 3; ++i) {
        if (text::toLower(kMonths[i].substr(0, 3)) == lower)
            return static_cast<int>(i) + 1;
    }
    return 0;
}

/// "Tue, 01 Feb 2022 10:00:00 GMT", "Feb 1, 2022", "Tue Feb 01 2022 10:00:00 GMT+0100 (CET)",
/// "2/1/2022".
std::optional<Instant> parseWords(std::string_view text)
{
    DateReader reader(text);
    int month = 0;
    std::vector<int> numbers;
    std::optional<TimeOfDay> time;
    std::optional<int> offset;
    while (!reader.isAtEnd()) {
        reader.skipAny(" ,/");
        reader.skipParenthesis();
        if (reader.isAtEnd())
            break;
        if (const std::string_view word = reader.word(); !word.empty()) {
            if (const int named = monthNamed(word); named > 0 && month == 0)
                month = named;
            else if (text::equalsIgnoreCase(word, "GMT") || text::equalsIgnoreCase(word, "UTC")
                     || word == "Z")
                offset = reader.peek() == '+' || reader.peek() == '-' ? reader.offset() : 0;
            continue;
        }
        if (time && (reader.peek() == '+' || reader.peek() == '-')) {
            offset = reader.offset();
            continue;
        }
        DateReader ahead = reader;
        const std::string_view digits = ahead.number();
        if (digits.empty())
            return std::nullopt;
        if (ahead.peek() == ':') {
            time = readTime(reader);
            if (!time)
                return std::nullopt;
            continue;
        }
        int value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        numbers.push_back(value);
        reader = ahead;
        reader.skip('-');
    }
    if (month == 0 && numbers.size() == 3) {
        month = numbers.front();
        numbers.erase(numbers.begin());
    }
    if (numbers.size() != 2 || !isDay(numbers[1], month, numbers[0]))
        return std::nullopt;
    const TimeOfDay clock = time.value_or(TimeOfDay{});
    return offset ? instantOf(numbers[1], month, numbers[0], clock.hour, clock.minute, clock.second,
                              0, *offset)
                  : localInstantOf(numbers[1], month, numbers[0], clock.hour, clock.minute,
                                   clock.second, 0);
}

} // namespace

CivilTime civilTime(Instant time, int offsetMinutes)
{
    CivilTime out;
    out.instant = time;
    out.offset = offsetMinutes;
    const Instant shifted = bounded(time) + minutes(offsetMinutes);
    const auto day = floor<std::chrono::days>(shifted);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss<milliseconds> clock(shifted - day);
    out.year = static_cast<int>(date.year());
    out.month = static_cast<int>(static_cast<unsigned>(date.month()));
    out.day = static_cast<int>(static_cast<unsigned>(date.day()));
    out.hour = static_cast<int>(clock.hours().count());
    out.minute = static_cast<int>(clock.minutes().count());
    out.second = static_cast<int>(clock.seconds().count());
    out.millisecond = static_cast<int>(clock.subseconds().count());
    out.weekday = static_cast<int>(std::chrono::weekday(day).c_encoding());
    out.dayOfYear = static_cast<int>((day - sys_days(date.year() / 1 / 1)).count()) + 1;
    return out;
}

CivilTime localTime(Instant time) { return civilTime(time, offsetAt(time)); }

Instant instantOf(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t hour,
                  std::int64_t minute, std::int64_t second, std::int64_t millisecond,
                  int offsetMinutes)
{
    const auto part = [](std::int64_t value) {
        constexpr std::int64_t kMost = 1'000'000'000;
        return std::clamp(value, -kMost, kMost);
    };
    const std::int64_t monthsFromZero
        = std::clamp(part(year) * 12 + (part(month) - 1), -kMostYear * 12, kMostYear * 12);
    const std::int64_t wholeYear
        = (monthsFromZero >= 0 ? monthsFromZero : monthsFromZero - 11) / 12;
    const auto first = sys_days(std::chrono::year(static_cast<int>(wholeYear))
                                / static_cast<unsigned>(monthsFromZero - wholeYear * 12 + 1) / 1U);
    const auto time = first + std::chrono::days(part(day) - 1) + std::chrono::hours(part(hour))
                      + minutes(part(minute)) + seconds(part(second)) + milliseconds(millisecond)
                      - minutes(offsetMinutes);
    return bounded(time);
}

Instant localInstantOf(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t hour,
                       std::int64_t minute, std::int64_t second, std::int64_t millisecond)
{
    const Instant asUtc = instantOf(year, month, day, hour, minute, second, millisecond, 0);
    // The offset depends on the instant, which depends on the offset: twice is enough but for the
    // hour that a clock change leaves out.
    const Instant guess = asUtc - minutes(offsetAt(asUtc));
    return asUtc - minutes(offsetAt(guess));
}

std::optional<Instant> parseDate(std::string_view text)
{
    const std::string_view trimmed = text::trim(text);
    if (auto iso = parseIso(trimmed))
        return iso;
    return parseWords(trimmed);
}

std::string javaScriptDate(Instant time)
{
    const CivilTime local = localTime(time);
    std::string out = formatDate(local, "EEE MMM dd yyyy HH:mm:ss 'GMT'xx");
    if (local.offset == 0)
        out += " (Coordinated Universal Time)";
    return out;
}

} // namespace understudy::handlebars
