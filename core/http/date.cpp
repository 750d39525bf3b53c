// SPDX-License-Identifier: Apache-2.0
#include "core/http/date.h"

#include "core/base/text.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace understudy::http {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Takes exactly `digits` digits off the front.
bool takeNumber(std::string_view &text, std::size_t digits, int &out)
{
    if (text.size() < digits)
        return false;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + digits, out);
    if (ec != std::errc{} || end != text.data() + digits)
        return false;
    text.remove_prefix(digits);
    return true;
}

bool takeChar(std::string_view &text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<WallTime> makeTime(int y, int mo, int d, int h, int mi, int s)
{
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)},
                              day{static_cast<unsigned>(d)}};
    if (!date.ok() || h > 24 || mi > 59 || s > 60)
        return std::nullopt;
    return sys_days{date} + hours{h} + minutes{mi} + seconds{s};
}

std::optional<WallTime> parseIso(std::string_view text)
{
    int y = 0;
    int mo = 0;
    int d = 0;
    int h = 0;
    int mi = 0;
    int s = 0;
    if (!takeNumber(text, 4, y) || !takeChar(text, '-') || !takeNumber(text, 2, mo)
        || !takeChar(text, '-') || !takeNumber(text, 2, d))
        return std::nullopt;
    microseconds fraction{};
    minutes offset{};
    if (takeChar(text, 'T') || takeChar(text, 't') || takeChar(text, ' ')) {
        if (!takeNumber(text, 2, h) || !takeChar(text, ':') || !takeNumber(text, 2, mi))
            return std::nullopt;
        if (takeChar(text, ':')) {
            if (!takeNumber(text, 2, s))
                return std::nullopt;
            if (takeChar(text, '.')) {
                std::int64_t unit = 100'000;
                if (text.empty() || text[0] < '0' || text[0] > '9')
                    return std::nullopt;
                while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
                    fraction += microseconds{(text[0] - '0') * unit};
                    unit /= 10;
                    text.remove_prefix(1);
                }
            }
        }
        const bool minus = text.starts_with('-');
        if (minus || text.starts_with('+')) {
            text.remove_prefix(1);
            int oh = 0;
            int om = 0;
            if (!takeNumber(text, 2, oh))
                return std::nullopt;
            takeChar(text, ':');
            if (!text.empty() && !takeNumber(text, 2, om))
                return std::nullopt;
            offset = hours{oh} + minutes{om};
            if (minus)
                offset = -offset;
        } else if (!takeChar(text, 'Z')) {
            takeChar(text, 'z');
        }
    }
    if (!text.empty())
        return std::nullopt;
    const auto time = makeTime(y, mo, d, h, mi, s);
    if (!time)
        return std::nullopt;
    return *time + fraction - offset;
}

} // namespace

std::string formatDate(WallTime time)
{
    const auto dayPoint = floor<days>(time);
    const year_month_day date{dayPoint};
    const hh_mm_ss clock{floor<seconds>(time - dayPoint)};
    std::array<char, 64> buffer{};
    const int n = std::snprintf(
        buffer.data(), buffer.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
        kDays[weekday{dayPoint}.c_encoding()].data(), static_cast<unsigned>(date.day()),
        kMonths[static_cast<unsigned>(date.month()) - 1].data(), static_cast<int>(date.year()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return {buffer.data(), static_cast<std::size_t>(n)};
}

std::optional<WallTime> parseDate(std::string_view text)
{
    if (text.size() != 29 || text.substr(3, 2) != ", " || !text.ends_with(" GMT"))
        return std::nullopt;
    std::string_view rest = text.substr(5);
    int d = 0;
    int y = 0;
    int h = 0;
    int mi = 0;
    int s = 0;
    if (!takeNumber(rest, 2, d) || !takeChar(rest, ' '))
        return std::nullopt;
    int mo = 0;
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (rest.starts_with(kMonths[i]))
            mo = static_cast<int>(i) + 1;
    }
    rest.remove_prefix(3);
    if (mo == 0 || !takeChar(rest, ' ') || !takeNumber(rest, 4, y) || !takeChar(rest, ' ')
        || !takeNumber(rest, 2, h) || !takeChar(rest, ':') || !takeNumber(rest, 2, mi)
        || !takeChar(rest, ':') || !takeNumber(rest, 2, s))
        return std::nullopt;
    return makeTime(y, mo, d, h, mi, s);
}

namespace {

int monthOf(std::string_view name)
{
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (name == kMonths[i])
            return static_cast<int>(i) + 1;
    }
    return 0;
}

bool takeClock(std::string_view &text, int &h, int &mi, int &s)
{
    return takeNumber(text, 2, h) && takeChar(text, ':') && takeNumber(text, 2, mi)
           && takeChar(text, ':') && takeNumber(text, 2, s);
}

/// "Sunday, 06-Nov-94 08:49:37 GMT"; a year that seems more than 50 years ahead is past.
std::optional<WallTime> parseRfc850(std::string_view text)
{
    const std::size_t comma = text.find(", ");
    if (comma == std::string_view::npos || !text.ends_with(" GMT"))
        return std::nullopt;
    std::string_view rest = text.substr(comma + 2);
    int d = 0;
    int y = 0;
    int h = 0;
    int mi = 0;
    int s = 0;
    if (!takeNumber(rest, 2, d) || !takeChar(rest, '-') || rest.size() < 4)
        return std::nullopt;
    const int mo = monthOf(rest.substr(0, 3));
    rest.remove_prefix(3);
    if (mo == 0 || !takeChar(rest, '-') || !takeNumber(rest, 2, y) || !takeChar(rest, ' ')
        || !takeClock(rest, h, mi, s) || rest != " GMT")
        return std::nullopt;
    return makeTime(y + (y < 70 ? 2000 : 1900), mo, d, h, mi, s);
}

/// "Sun Nov  6 08:49:37 1994".
std::optional<WallTime> parseAsctime(std::string_view text)
{
    if (text.size() != 24 || text[3] != ' ')
        return std::nullopt;
    const int mo = monthOf(text.substr(4, 3));
    std::string_view rest = text.substr(7);
    int d = 0;
    int y = 0;
    int h = 0;
    int mi = 0;
    int s = 0;
    if (mo == 0 || !takeChar(rest, ' ') || !takeNumber(rest, takeChar(rest, ' ') ? 1 : 2, d)
        || !takeChar(rest, ' ') || !takeClock(rest, h, mi, s) || !takeChar(rest, ' ')
        || !takeNumber(rest, 4, y))
        return std::nullopt;
    return makeTime(y, mo, d, h, mi, s);
}

} // namespace

std::optional<WallTime> parseHttpDate(std::string_view text)
{
    text = text::trim(text);
    if (const auto imf = parseDate(text))
        return imf;
    if (const auto old = parseRfc850(text))
        return old;
    return parseAsctime(text);
}

std::optional<WallTime> parseAnyDate(std::string_view text)
{
    text = text::trim(text);
    if (const auto iso = parseIso(text))
        return iso;
    if (const auto imf = parseDate(text))
        return imf;
    std::int64_t number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc{} || end != text.data() + text.size() || number < 0
        || number > 100'000'000'000'000)
        return std::nullopt;
    // Seconds reach this size in the year 5138.
    return number > 100'000'000'000 ? WallTime(milliseconds(number)) : WallTime(seconds(number));
}

} // namespace understudy::http
