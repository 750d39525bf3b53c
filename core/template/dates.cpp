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

constexpr std::array<std::string_view, 12> kMonths{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> kDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                "Thursday", "Friday", "Saturday"};
constexpr int kMinutesOfHour = 60;

std::string padded(std::int64_t value, std::size_t width)
{
    std::string digits = std::to_string(value < 0 ? -value : value);
    if (digits.size() < width)
        digits.insert(0, width - digits.size(), '0');
    return value < 0 ? '-' + digits : digits;
}

std::string ordinal(std::int64_t value)
{
    const std::int64_t tens = value % 100;
    const std::int64_t ones = value % 10;
    const std::string_view ending = tens >= 11 && tens <= 13 ? "th"
                                    : ones == 1              ? "st"
                                    : ones == 2              ? "nd"
                                    : ones == 3              ? "rd"
                                                             : "th";
    return std::to_string(value).append(ending);
}

int offsetAt(WallTime time)
{
    const std::time_t whole = std::chrono::system_clock::to_time_t(
        std::chrono::time_point_cast<std::chrono::system_clock::duration>(floor<seconds>(time)));
    std::tm parts{};
    localtime_r(&whole, &parts);
    return static_cast<int>(parts.tm_gmtoff / kMinutesOfHour);
}

/// ISO 8601: weeks begin on Monday, the first one has the year's first Thursday.
std::pair<std::int64_t, int> isoWeek(const CivilTime &time)
{
    const int fromMonday = (time.weekday + 6) % 7;
    const auto thursday = sys_days(std::chrono::year(static_cast<int>(time.year))
                                   / static_cast<unsigned>(time.month)
                                   / static_cast<unsigned>(time.day))
                          + std::chrono::days(3 - fromMonday);
    const std::chrono::year_month_day date(thursday);
    const auto first = sys_days(date.year() / 1 / 1);
    return {static_cast<int>(date.year()), static_cast<int>((thursday - first).count() / 7 + 1)};
}

/// The week as America counts: from Sunday, the first one has January 1.
std::pair<std::int64_t, int> localWeek(const CivilTime &time)
{
    const auto day = sys_days(std::chrono::year(static_cast<int>(time.year))
                              / static_cast<unsigned>(time.month)
                              / static_cast<unsigned>(time.day));
    const auto sundayOf = [](sys_days of) {
        return of - std::chrono::days(std::chrono::weekday(of).c_encoding());
    };
    const int year = static_cast<int>(time.year);
    const auto firstOf
        = [&](int of) { return sundayOf(sys_days(std::chrono::year(of) / 1 / 1)); };
    const int own = day >= firstOf(year + 1) ? year + 1 : year;
    return {own, static_cast<int>((sundayOf(day) - firstOf(own)).count() / 7 + 1)};
}

std::string offsetText(int offset, std::string_view between)
{
    const int size = offset < 0 ? -offset : offset;
    std::string out(offset < 0 ? "-" : "+");
    out += padded(size / kMinutesOfHour, 2);
    out.append(between);
    return out + padded(size % kMinutesOfHour, 2);
}

/// One run of the same letter of a pattern.
class TokenWriter
{
public:
    TokenWriter(const CivilTime &time, std::string &out)
        : m_time(time)
        , m_out(out)
    {}

    void write(char letter, std::size_t count, bool isOrdinal)
    {
        m_count = count;
        m_isOrdinal = isOrdinal;
        switch (letter) {
        case 'y':
        case 'u':
            return year(m_time.year);
        case 'Y':
            return year(localWeek(m_time).first);
        case 'R':
            return year(isoWeek(m_time).first);
        case 'Q':
        case 'q':
            return quarter();
        case 'M':
        case 'L':
            return named(m_time.month, kMonths[static_cast<std::size_t>(m_time.month - 1)]);
        case 'w':
            return number(localWeek(m_time).second);
        case 'I':
            return number(isoWeek(m_time).second);
        case 'd':
            return number(m_time.day);
        case 'D':
            return number(m_time.dayOfYear);
        case 'E':
            m_count = std::max<std::size_t>(m_count, 3);
            return named(0, dayName());
        case 'i':
            return named((m_time.weekday + 6) % 7 + 1, dayName());
        case 'e':
        case 'c':
            return named(m_time.weekday + 1, dayName());
        default:
            return clock(letter);
        }
    }

private:
    std::string_view dayName() const { return kDays[static_cast<std::size_t>(m_time.weekday)]; }

    void number(std::int64_t value)
    {
        m_out += m_isOrdinal ? ordinal(value) : padded(value, m_count);
    }

    void year(std::int64_t value)
    {
        if (m_count == 2)
            m_out += padded(value % 100, 2);
        else
            number(value);
    }

    void quarter()
    {
        const int value = (m_time.month + 2) / 3;
        if (m_count == 3)
            m_out += 'Q' + std::to_string(value);
        else if (m_count == 4)
            m_out += ordinal(value) + " quarter";
        else
            number(value);
    }

    /// `M`, `MM` as numbers, `MMM` short, `MMMM` whole, `MMMMM` one letter, six two.
    void named(int value, std::string_view name)
    {
        if (m_count <= 2)
            number(value);
        else
            m_out.append(name.substr(0, m_count == 3   ? 3
                                        : m_count == 4 ? name.size()
                                        : m_count == 5 ? 1
                                                       : 2));
    }

    void period(bool hasNoon)
    {
        const bool isPm = m_time.hour >= 12;
        if (hasNoon && m_time.hour == 12 && m_time.minute == 0)
            m_out += m_count == 5 ? "n" : "noon";
        else if (hasNoon && m_time.hour == 0 && m_time.minute == 0)
            m_out += m_count == 5 ? "mi" : "midnight";
        else if (m_count == 5)
            m_out += isPm ? "p" : "a";
        else if (m_count == 4)
            m_out += isPm ? "p.m." : "a.m.";
        else if (m_count == 3)
            m_out += isPm ? "pm" : "am";
        else
            m_out += isPm ? "PM" : "AM";
    }

    void dayPeriod()
    {
        const int hour = m_time.hour;
        m_out += hour >= 17   ? "in the evening"
                 : hour >= 12 ? "in the afternoon"
                 : hour >= 4  ? "in the morning"
                              : "at night";
    }

    void clock(char letter)
    {
        const auto sinceEpoch
            = std::chrono::duration_cast<milliseconds>(m_time.instant.time_since_epoch()).count();
        switch (letter) {
        case 'a':
            return period(false);
        case 'b':
            return period(true);
        case 'B':
            return dayPeriod();
        case 'h':
            return number((m_time.hour + 11) % 12 + 1);
        case 'H':
            return number(m_time.hour);
        case 'K':
            return number(m_time.hour % 12);
        case 'k':
            return number(m_time.hour == 0 ? 24 : m_time.hour);
        case 'm':
            return number(m_time.minute);
        case 's':
            return number(m_time.second);
        case 'S': {
            std::string digits = padded(m_time.millisecond, 3);
            digits.resize(m_count, '0');
            m_out += digits;
            return;
        }
        case 'X':
        case 'x':
            return offset(letter == 'X');
        case 'O':
        case 'z':
            return greenwich();
        case 't':
            m_out += std::to_string(sinceEpoch / 1000);
            return;
        case 'T':
            m_out += std::to_string(sinceEpoch);
            return;
        case 'P':
            return localised(true);
        case 'p':
            return localised(false);
        default:
            m_out.append(m_count, letter);
        }
    }

    void offset(bool hasZ)
    {
        if (hasZ && m_time.offset == 0) {
            m_out += 'Z';
        } else if (m_count == 1) {
            std::string text = offsetText(m_time.offset, "");
            if (text.ends_with("00"))
                text.resize(3);
            m_out += text;
        } else {
            m_out += offsetText(m_time.offset, m_count == 2 || m_count == 4 ? "" : ":");
        }
    }

    void greenwich()
    {
        m_out += "GMT";
        if (m_count == 4) {
            m_out += offsetText(m_time.offset, ":");
            return;
        }
        const int size = m_time.offset < 0 ? -m_time.offset : m_time.offset;
        m_out += m_time.offset < 0 ? '-' : '+';
        m_out += std::to_string(size / kMinutesOfHour);
        if (size % kMinutesOfHour != 0)
            m_out += ':' + padded(size % kMinutesOfHour, 2);
    }

    void localised(bool isDate)
    {
        static constexpr std::array<std::string_view, 4> kDates{"MM/dd/yyyy", "MMM d, y",
                                                                "MMMM do, y", "EEEE, MMMM do, y"};
        static constexpr std::array<std::string_view, 4> kTimes{"h:mm a", "h:mm:ss a",
                                                                "h:mm:ss a 'GMT'x",
                                                                "h:mm:ss a 'GMT'xxx"};
        const std::size_t index = std::min<std::size_t>(m_count, 4) - 1;
        m_out += formatDate(m_time, (isDate ? kDates : kTimes)[index]);
    }

    const CivilTime &m_time;
    std::string &m_out;
    std::size_t m_count = 1;
    bool m_isOrdinal = false;
};

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
    return std::chrono::year_month_day(std::chrono::year(static_cast<int>(year)),
                                       std::chrono::month(static_cast<unsigned>(month)),
                                       std::chrono::day(static_cast<unsigned>(day)))
        .ok();
}

std::optional<WallTime> parseIso(std::string_view text)
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
std::optional<WallTime> parseWords(std::string_view text)
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

CivilTime civilTime(WallTime time, int offsetMinutes)
{
    CivilTime out;
    out.instant = time;
    out.offset = offsetMinutes;
    const auto shifted = floor<milliseconds>(time) + minutes(offsetMinutes);
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

CivilTime localTime(WallTime time) { return civilTime(time, offsetAt(time)); }

WallTime instantOf(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t hour,
                   std::int64_t minute, std::int64_t second, std::int64_t millisecond,
                   int offsetMinutes)
{
    const std::int64_t monthsFromZero = year * 12 + (month - 1);
    const std::int64_t wholeYear
        = (monthsFromZero >= 0 ? monthsFromZero : monthsFromZero - 11) / 12;
    const auto first
        = sys_days(std::chrono::year(static_cast<int>(wholeYear))
                   / static_cast<unsigned>(monthsFromZero - wholeYear * 12 + 1) / 1U);
    const auto time = first + std::chrono::days(day - 1) + std::chrono::hours(hour)
                      + minutes(minute) + seconds(second) + milliseconds(millisecond)
                      - minutes(offsetMinutes);
    return std::chrono::time_point_cast<std::chrono::system_clock::duration>(time);
}

WallTime localInstantOf(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t hour,
                        std::int64_t minute, std::int64_t second, std::int64_t millisecond)
{
    const WallTime asUtc = instantOf(year, month, day, hour, minute, second, millisecond, 0);
    // The offset depends on the instant, which depends on the offset: twice is enough but for the
    // hour that a clock change leaves out.
    const WallTime guess = asUtc - minutes(offsetAt(asUtc));
    return asUtc - minutes(offsetAt(guess));
}

std::optional<WallTime> parseDate(std::string_view text)
{
    const std::string_view trimmed = text::trim(text);
    if (auto iso = parseIso(trimmed))
        return iso;
    return parseWords(trimmed);
}

std::string formatDate(const CivilTime &time, std::string_view pattern)
{
    std::string out;
    TokenWriter writer(time, out);
    for (std::size_t i = 0; i < pattern.size();) {
        const char c = pattern[i];
        if (c == '\'') {
            if (i + 1 < pattern.size() && pattern[i + 1] == '\'') {
                out += '\'';
                i += 2;
                continue;
            }
            for (++i; i < pattern.size(); ++i) {
                if (pattern[i] != '\'') {
                    out += pattern[i];
                } else if (i + 1 < pattern.size() && pattern[i + 1] == '\'') {
                    out += '\'';
                    ++i;
                } else {
                    break;
                }
            }
            ++i;
            continue;
        }
        if (!std::isalpha(static_cast<unsigned char>(c))) {
            out += c;
            ++i;
            continue;
        }
        std::size_t count = 1;
        while (i + count < pattern.size() && pattern[i + count] == c)
            ++count;
        const bool isOrdinal = count == 1 && i + 1 < pattern.size() && pattern[i + 1] == 'o';
        writer.write(c, count, isOrdinal);
        i += count + (isOrdinal ? 1 : 0);
    }
    return out;
}

std::string javaScriptDate(WallTime time)
{
    const CivilTime local = localTime(time);
    std::string out = formatDate(local, "EEE MMM dd yyyy HH:mm:ss 'GMT'xx");
    if (local.offset == 0)
        out += " (Coordinated Universal Time)";
    return out;
}

} // namespace understudy::handlebars
