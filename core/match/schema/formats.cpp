// SPDX-License-Identifier: Apache-2.0
#include "core/match/schema/formats.h"

#include "core/base/decimal.h"
#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/http/uri.h"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace understudy::json_schema {

namespace {

// Formats that an expression describes. Letter case does not count in any of them.
constexpr char kEmail[]
    = R"((?:[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"(?:[^"\\]|\\.)*"))"
      R"(@(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)"
      R"(|\[(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}\])"
      R"(|\[IPv6:[0-9a-f:.]+\]))";
constexpr char kIdnEmail[] = R"([^@\s]+@[^@\s.]+(?:\.[^@\s.]+)*)";
constexpr char kHostname[] = R"((?=.{1,253}\.?\z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)"
                             R"((?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)";
constexpr char kIdnHostname[]
    = R"((?=.{1,253}\z)[^\s.\-/:?#@\x{0}-\x{2C}](?:[^\s./:?#@\x{0}-\x{2C}]*)"
      R"([^\s.\-/:?#@\x{0}-\x{2C}])?(?:\.[^\s.\-/:?#@\x{0}-\x{2C}])"
      R"((?:[^\s./:?#@\x{0}-\x{2C}]*[^\s.\-/:?#@\x{0}-\x{2C}])?)*)";
constexpr char kUuid[] = R"((?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})";
constexpr char kDuration[] = R"(P(?!\z)(?:[0-9]+W|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?)"
                             R"(|[0-9]+M(?:[0-9]+D)?|[0-9]+D)?)"
                             R"((?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?)"
                             R"(|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?))";
constexpr char kJsonPointer[] = R"((?:/(?:[^~/]|~[01])*)*)";
constexpr char kRelativeJsonPointer[] = R"((?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*))";
constexpr char kUriTemplate[]
    = R"((?:[^\x{0}-\x{20}"'<>%\\^`{|}]|%[0-9a-f]{2}|\{[+#./;?&=,!@|]?)"
      R"((?:[a-z0-9_]|%[0-9a-f]{2})(?:\.?(?:[a-z0-9_]|%[0-9a-f]{2}))*(?::[1-9][0-9]{0,3}|\*)?)"
      R"((?:,(?:[a-z0-9_]|%[0-9a-f]{2})(?:\.?(?:[a-z0-9_]|%[0-9a-f]{2}))*)"
      R"((?::[1-9][0-9]{0,3}|\*)?)*\})*)";

template<const char *Pattern>
bool fits(std::string_view text)
{
    static const Result<Regex> regex
        = Regex::compile(Pattern, Regex::Anchoring::Whole, true, Regex::Flavour::IRegexp);
    return regex && regex->matches(text);
}

bool isAny(std::string_view) { return true; }

/// Takes `count` digits off the front.
std::optional<int> takeDigits(std::string_view &text, std::size_t count)
{
    if (text.size() < count)
        return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view &text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

/// RFC 3339 full-date.
bool takeDate(std::string_view &text)
{
    const auto year = takeDigits(text, 4);
    if (!year || !take(text, '-'))
        return false;
    const auto month = takeDigits(text, 2);
    if (!month || !take(text, '-'))
        return false;
    const auto day = takeDigits(text, 2);
    if (!day)
        return false;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok();
}

/// RFC 3339 full-time, up to the end; a leap second only where it is 23:59 in UTC.
bool isTimeOfDay(std::string_view text, bool mayLackZone)
{
    const auto hour = takeDigits(text, 2);
    if (!hour || *hour > 23 || !take(text, ':'))
        return false;
    const auto minute = takeDigits(text, 2);
    if (!minute || *minute > 59 || !take(text, ':'))
        return false;
    const auto second = takeDigits(text, 2);
    if (!second || *second > 60)
        return false;
    if (take(text, '.')) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        if (digits == 0)
            return false;
        text.remove_prefix(digits);
    }
    int offset = 0;
    if (text == "Z" || text == "z" || (text.empty() && mayLackZone)) {
        text = {};
    } else {
        const bool isWest = take(text, '-');
        if (!isWest && !take(text, '+'))
            return false;
        const auto hours = takeDigits(text, 2);
        if (!hours || *hours > 23 || (!take(text, ':') && text.empty()))
            return false;
        const auto minutes = takeDigits(text, 2);
        if (!minutes || *minutes > 59 || !text.empty())
            return false;
        offset = (*hours * 60 + *minutes) * (isWest ? 1 : -1);
    }
    constexpr int kDay = 24 * 60;
    return *second < 60 || (*hour * 60 + *minute + offset + kDay) % kDay == kDay - 1;
}

bool isDate(std::string_view text) { return takeDate(text) && text.empty(); }
bool isTime(std::string_view text) { return isTimeOfDay(text, false); }
bool isLocalTime(std::string_view text) { return isTimeOfDay(text, true); }

bool isMoment(std::string_view text, bool mayLackZone)
{
    return takeDate(text) && (take(text, 'T') || take(text, 't') || take(text, ' '))
           && isTimeOfDay(text, mayLackZone);
}
bool isDateTime(std::string_view text) { return isMoment(text, false); }
bool isLocalDateTime(std::string_view text) { return isMoment(text, true); }

bool isIpv4(std::string_view text) { return boost::urls::parse_ipv4_address(text).has_value(); }
bool isIpv6(std::string_view text) { return boost::urls::parse_ipv6_address(text).has_value(); }
bool isUri(std::string_view text) { return boost::urls::parse_uri(text).has_value(); }
bool isUriReference(std::string_view text)
{
    return boost::urls::parse_uri_reference(text).has_value();
}

/// What is not ASCII is percent-encoded (RFC 3987 section 3.1).
std::string asUri(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += static_cast<unsigned char>(c) < 0x80 ? std::string(1, c)
                                                    : http::percentEncode({&c, 1});
    return out;
}
bool isIri(std::string_view text) { return text::isUtf8(text) && isUri(asUri(text)); }
bool isIriReference(std::string_view text)
{
    return text::isUtf8(text) && isUriReference(asUri(text));
}

bool isUrl(std::string_view text)
{
    const auto url = boost::urls::parse_uri(text);
    if (!url)
        return false;
    const std::string scheme = text::toLower(std::string(url->scheme()));
    return (scheme == "http" || scheme == "https" || scheme == "ftp")
           && !url->encoded_host().empty();
}

/// RFC 4648 section 4, with its padding.
bool isBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return false;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    text.remove_suffix(padding);
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
               || c == '+' || c == '/';
    });
}

bool isRegex(std::string_view text)
{
    return Regex::compile(text, Regex::Anchoring::Search, false, Regex::Flavour::IRegexp)
        .hasValue();
}

template<typename Integer>
bool isIntegerOf(std::string_view text)
{
    const auto value = Decimal::parse(text);
    return value && value->isWhole() && *value >= Decimal::of(std::numeric_limits<Integer>::min())
           && *value <= Decimal::of(std::numeric_limits<Integer>::max());
}

constexpr std::array kFormats{
    Format{"binary", false, isAny},
    Format{"byte", false, isBase64},
    Format{"date", false, isDate},
    Format{"date-time", false, isDateTime},
    Format{"double", true, isAny},
    Format{"duration", false, fits<kDuration>},
    Format{"email", false, fits<kEmail>},
    Format{"float", true, isAny},
    Format{"hostname", false, fits<kHostname>},
    Format{"idn-email", false, fits<kIdnEmail>},
    Format{"idn-hostname", false, fits<kIdnHostname>},
    Format{"int32", true, isIntegerOf<std::int32_t>},
    Format{"int64", true, isIntegerOf<std::int64_t>},
    Format{"ipv4", false, isIpv4},
    Format{"ipv6", false, isIpv6},
    Format{"iri", false, isIri},
    Format{"iri-reference", false, isIriReference},
    Format{"iso-date-time", false, isLocalDateTime},
    Format{"iso-time", false, isLocalTime},
    Format{"json-pointer", false, fits<kJsonPointer>},
    Format{"password", false, isAny},
    Format{"regex", false, isRegex, 30'000},
    Format{"relative-json-pointer", false, fits<kRelativeJsonPointer>},
    Format{"time", false, isTime},
    Format{"uri", false, isUri},
    Format{"uri-reference", false, isUriReference},
    Format{"uri-template", false, fits<kUriTemplate>},
    Format{"url", false, isUrl},
    Format{"uuid", false, fits<kUuid>},
};

} // namespace

const Format *findFormat(std::string_view name)
{
    const auto found = std::find_if(kFormats.begin(), kFormats.end(),
                                    [&](const Format &f) { return f.name == name; });
    return found == kFormats.end() ? nullptr : &*found;
}

} // namespace understudy::json_schema
