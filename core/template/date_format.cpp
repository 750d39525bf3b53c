// SPDX-License-Identifier: Apache-2.0
// Dates as the tokens of a pattern say.
#include "core/template/dates.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace understudy::handlebars {

namespace {

using std::chrono::milliseconds;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
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

/// ISO 8601: weeks begin on Monday, the first one has the year's first Thursday.
std::pair<std::int64_t, int> isoWeek(const CivilTime &time)
{
    const int fromMonday = (time.weekday + 6) % 7;
    const auto thursday
        = sys_days(std::chrono::year(static_cast<int>(time.year))
                   / static_cast<unsigned>(time.month) / static_cast<unsigned>(time.day))
          + std::chrono::days(3 - fromMonday);
    const std::chrono::year_month_day date(thursday);
    const auto first = sys_days(date.year() / 1 / 1);
    return {static_cast<int>(date.year()), static_cast<int>((thursday - first).count() / 7 + 1)};
}

/// The week as America counts: from Sunday, the first one has January 1.
std::pair<std::int64_t, int> localWeek(const CivilTime &time)
{
    const auto day
        = sys_days(std::chrono::year(static_cast<int>(time.year))
                   / static_cast<unsigned>(time.month) / static_cast<unsigned>(time.day));
    const auto sundayOf
        = [](sys_days of) { return of - std::chrono::days(std::chrono::weekday(of).c_encoding()); };
    const int year = static_cast<int>(time.year);
    const auto firstOf = [&](int of) { return sundayOf(sys_days(std::chrono::year(of) / 1 / 1)); };
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
        static constexpr std::array<std::string_view, 4> kTimes{
            "h:mm a", "h:mm:ss a", "h:mm:ss a 'GMT'x", "h:mm:ss a 'GMT'xxx"};
        const std::size_t index = std::min<std::size_t>(m_count, 4) - 1;
        m_out += formatDate(m_time, (isDate ? kDates : kTimes)[index]);
    }

    const CivilTime &m_time;
    std::string &m_out;
    std::size_t m_count = 1;
    bool m_isOrdinal = false;
};

} // namespace

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

} // namespace understudy::handlebars
