// SPDX-License-Identifier: Apache-2.0
#include "core/template/wiremock/java_dates.h"

#include "core/base/text.h"
#include "core/template/dates.h"
#include "core/template/time_zone.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace understudy::wiremock {

using handlebars::CivilTime;
using handlebars::Instant;

namespace {

/// A run of one letter, or what stands between such runs.
struct Token
{
    char letter = 0; ///< 0: `text` as it is
    std::size_t count = 0;
    std::string text{};
};

std::vector<Token> tokensOf(std::string_view pattern)
{
    std::vector<Token> out;
    for (std::size_t i = 0; i < pattern.size();) {
        const char c = pattern[i];
        if (c == '\'') {
            Token quoted;
            for (++i; i < pattern.size(); ++i) {
                if (pattern[i] != '\'')
                    quoted.text += pattern[i];
                else if (i + 1 < pattern.size() && pattern[i + 1] == '\'' && !quoted.text.empty())
                    quoted.text += pattern[i++];
                else
                    break;
            }
            if (quoted.text.empty())
                quoted.text = "'"; // two of them stand for one
            ++i;
            out.push_back(std::move(quoted));
        } else if (std::isalpha(static_cast<unsigned char>(c))) {
            std::size_t count = 1;
            while (i + count < pattern.size() && pattern[i + count] == c)
                ++count;
            out.push_back({c, count});
            i += count;
        } else {
            out.push_back({0, 0, std::string(1, c)});
            ++i;
        }
    }
    return out;
}

std::string padded(std::int64_t value, std::size_t width)
{
    std::string out = std::to_string(value);
    return out.size() < width ? out.insert(0, width - out.size(), '0') : out;
}

std::optional<std::string> written(const Token &token, const CivilTime &time, std::string_view zone)
{
    const auto asToken = [&](char letter, std::size_t count) {
        return handlebars::formatDate(time, std::string(count, letter));
    };
    switch (token.letter) {
    case 'y':
    case 'Y':
    case 'u':
        if (token.letter == 'Y')
            return asToken('Y', token.count); // of the week
        if (token.letter == 'u' && token.count == 1)
            return std::to_string(time.weekday == 0 ? 7 : time.weekday); // SimpleDateFormat's
        return token.count == 2 ? asToken('y', 2) : padded(time.year, token.count);
    case 'M':
    case 'L':
        return asToken('M', std::min<std::size_t>(token.count, 4));
    case 'd':
    case 'H':
    case 'h':
    case 'K':
    case 'k':
    case 'm':
    case 's':
        return asToken(token.letter, token.count);
    case 'E':
        return asToken('E', token.count > 3 ? 4 : 3);
    case 'a':
        return time.hour >= 12 ? "PM" : "AM";
    case 'D':
        return padded(time.dayOfYear, token.count);
    case 'F':
        return padded((time.day - 1) / 7 + 1, token.count);
    case 'w':
        return padded(std::stoi(asToken('w', 1)), token.count);
    case 'G':
        return "AD";
    case 'S':
        return padded(time.millisecond, token.count);
    case 'Z':
        return handlebars::formatDate(time, "xx");
    case 'X':
        return handlebars::formatDate(time,
                                      std::string(std::min<std::size_t>(token.count, 3), 'X'));
    case 'z':
        return std::string(zone);
    default:
        return std::nullopt;
    }
}

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

/// A text that is read from its begin.
class DateReader
{
public:
    explicit DateReader(std::string_view text)
        : m_rest(text)
    {}

    bool read(const Token &token, bool isBeforeDigits)
    {
        if (token.letter == 0) {
            const bool isThere = m_rest.starts_with(token.text);
            m_rest.remove_prefix(isThere ? token.text.size() : 0);
            return isThere;
        }
        const std::size_t most = isBeforeDigits ? token.count : 9;
        switch (token.letter) {
        case 'y':
        case 'u':
            return number(year, token.count == 2 ? 2 : most) && century(token.count);
        case 'M':
        case 'L':
            return token.count > 2 ? monthName(token.count) : number(month, 2);
        case 'd':
            return number(day, 2);
        case 'H':
        case 'k':
        case 'h':
        case 'K':
            return number(hour, 2);
        case 'm':
            return number(minute, 2);
        case 's':
            return number(second, 2);
        case 'S':
            return fraction();
        case 'a':
            return half();
        case 'E':
            return letters();
        case 'Z':
        case 'X':
        case 'x':
        case 'z':
        case 'V':
        case 'O':
            return zone();
        default:
            return false;
        }
    }

    std::optional<Instant> result() const
    {
        const bool isValid = m_rest.empty() && month >= 1 && month <= 12 && day >= 1 && day <= 31
                             && hour <= 24 && minute < 60 && second < 61;
        if (!isValid)
            return std::nullopt;
        const std::int64_t hours = m_isAfternoon ? hour % 12 + (*m_isAfternoon ? 12 : 0) : hour;
        const Instant local
            = handlebars::instantOf(year, month, day, hours, minute, second, millisecond, 0);
        const auto offset
            = m_zone.empty() ? std::optional(0) : handlebars::zoneOffset(m_zone, local);
        if (!offset)
            return std::nullopt;
        return local - std::chrono::minutes(*offset);
    }

private:
    bool number(std::int64_t &into, std::size_t most)
    {
        std::size_t count = 0;
        while (count < std::min(most, m_rest.size()) && m_rest[count] >= '0'
               && m_rest[count] <= '9')
            ++count;
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + count, into);
        m_rest.remove_prefix(count);
        return error == std::errc() && count > 0;
    }

    bool century(std::size_t count)
    {
        constexpr std::int64_t kCentury = 2000;
        year += count == 2 ? kCentury : 0;
        return true;
    }

    bool letters()
    {
        const std::size_t before = m_rest.size();
        while (!m_rest.empty() && std::isalpha(static_cast<unsigned char>(m_rest[0])))
            m_rest.remove_prefix(1);
        return m_rest.size() < before;
    }

    bool monthName(std::size_t count)
    {
        constexpr std::size_t kShort = 3;
        const std::string name = text::toLower(m_rest.substr(0, kShort));
        const auto found = std::find(kMonths.begin(), kMonths.end(), name);
        if (found == kMonths.end())
            return false;
        month = found - kMonths.begin() + 1;
        if (count > kShort)
            return letters();
        m_rest.remove_prefix(kShort);
        return true;
    }

    bool fraction()
    {
        std::string digits;
        while (!m_rest.empty() && m_rest[0] >= '0' && m_rest[0] <= '9') {
            digits += m_rest[0];
            m_rest.remove_prefix(1);
        }
        if (digits.empty())
            return false;
        digits.resize(3, '0');
        millisecond = std::stoi(digits);
        return true;
    }

    bool half()
    {
        const std::string said = text::toLower(m_rest.substr(0, 2));
        if (said != "am" && said != "pm")
            return false;
        m_isAfternoon = said == "pm";
        m_rest.remove_prefix(2);
        return true;
    }

    bool zone()
    {
        std::size_t count = 0;
        while (count < m_rest.size() && m_rest[count] != ' ' && m_rest[count] != ']')
            ++count;
        m_zone = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return count > 0;
    }

    std::string_view m_rest;
    std::string m_zone;
    std::optional<bool> m_isAfternoon;
    std::int64_t year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0;
};

} // namespace

Result<std::string> formatJavaDate(Instant time, std::string_view pattern, int offsetMinutes,
                                   std::string_view zone)
{
    const CivilTime civil = handlebars::civilTime(time, offsetMinutes);
    std::string out;
    for (const Token &token : tokensOf(pattern)) {
        const auto text = token.letter == 0 ? token.text : written(token, civil, zone);
        if (!text)
            return Error{ErrorCode::Invalid,
                         "the date pattern '" + std::string(pattern) + "' has a letter '"
                             + std::string(1, token.letter)
                             + "' that means nothing; texts stand in apostrophes",
                         {}};
        out += *text;
    }
    return out;
}

std::optional<Instant> parseJavaDate(std::string_view text, std::string_view pattern)
{
    DateReader reader(text);
    const auto tokens = tokensOf(pattern);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool isBeforeDigits = i + 1 < tokens.size() && tokens[i + 1].letter != 0;
        if (!reader.read(tokens[i], isBeforeDigits))
            return std::nullopt;
    }
    return reader.result();
}

} // namespace understudy::wiremock
