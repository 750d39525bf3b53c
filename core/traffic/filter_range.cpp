// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/filter_range.h"

#include "core/base/text.h"
#include "core/base/units.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::filter {

namespace {

std::optional<std::uint64_t> readStatus(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc{} || end != text.data() + text.size() || number > 999)
        return std::nullopt;
    return number;
}

struct Comparison
{
    std::string_view sign;
    std::string_view operand;
};

Comparison splitSign(std::string_view text)
{
    for (const std::string_view sign : {">=", "<=", "!=", ">", "<", "="}) {
        if (text.starts_with(sign))
            return {sign, text.substr(sign.size())};
    }
    return {{}, text};
}

Range rangeOf(std::string_view sign, std::uint64_t number)
{
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
    if (sign == ">")
        return {number == kMax ? kMax : number + 1, kMax};
    if (sign == "<")
        return number == 0 ? Range{1, 0} : Range{0, number - 1};
    if (sign == "<=")
        return {0, number};
    if (sign == "=")
        return {number, number};
    return {number, kMax};
}

/// "404", "5xx", "40x"; a shorter number may still become one of these.
Result<Range> readStatusPattern(const Value &value)
{
    const std::string text = text::toLower(value.text);
    const bool isDigits = text.find_first_not_of("0123456789x") == std::string::npos
                          && text.find_first_of("0123456789") != std::string::npos;
    if (text == "0")
        return Range{0, 0};
    if (isDigits && text.size() < 3)
        return unfinished("a status has three digits, such as 404 or 5xx", value.column);
    const std::size_t wild = std::min(text.find('x'), text.size());
    const auto digits = readStatus(std::string_view(text).substr(0, wild));
    const bool endsInWildcards = text.find_first_not_of('x', wild) == std::string::npos;
    if (!isDigits || text.size() != 3 || !digits || !endsInWildcards) {
        return syntaxError("'" + value.text
                               + "' is not a status; write 404, 5xx, >=400 or 400..499",
                           value.column);
    }
    const std::uint64_t factor = wild == 1 ? 100 : wild == 2 ? 10 : 1;
    return Range{*digits * factor, *digits * factor + factor - 1};
}

} // namespace

std::optional<std::uint64_t> readDuration(std::string_view text)
{
    const bool bare = text.back() >= '0' && text.back() <= '9';
    const auto parsed = parseDuration(bare ? std::string(text) + "ms" : std::string(text));
    if (!parsed)
        return std::nullopt;
    return static_cast<std::uint64_t>(parsed->count());
}

std::optional<std::uint64_t> readSize(std::string_view text)
{
    // The file format wants exact units; someone who types a filter gets away with 1k, 1KB, 1kib.
    const std::size_t split = text.find_first_not_of("0123456789.");
    const std::string number(text.substr(0, split));
    const std::string unit
        = split == std::string_view::npos ? "" : text::toLower(text.substr(split));
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kUnits{
        {{"", "B"},
         {"b", "B"},
         {"k", "kB"},
         {"kb", "kB"},
         {"kib", "KiB"},
         {"m", "MB"},
         {"mb", "MB"},
         {"mib", "MiB"},
         {"g", "GB"},
         {"gb", "GB"},
         {"gib", "GiB"}}};
    for (const auto &[typed, exact] : kUnits) {
        if (typed == unit) {
            const auto parsed = parseSize(number + std::string(exact));
            return parsed ? std::optional(parsed->value) : std::nullopt;
        }
    }
    return std::nullopt;
}

Result<Range> readRange(const Value &value, ReadNumber read, std::string_view example)
{
    const auto bad = [&](std::string_view part) {
        return syntaxError("'" + std::string(part) + "' cannot be read; write for example "
                               + std::string(example),
                           value.column);
    };
    const std::size_t dots = value.text.find("..");
    if (dots != std::string::npos) {
        const std::string low = value.text.substr(0, dots);
        const std::string high = value.text.substr(dots + 2);
        if (low.empty())
            return bad(value.text);
        if (high.empty())
            return unfinished("the upper end of the range is missing", value.column + dots + 2);
        const auto from = read(low);
        const auto to = read(high);
        if (!from || !to)
            return bad(from ? high : low);
        return Range{*from, *to};
    }
    const Comparison comparison = splitSign(value.text);
    if (comparison.operand.empty())
        return unfinished("a value is missing behind '" + std::string(comparison.sign) + "'",
                          value.column + comparison.sign.size());
    const auto number = read(comparison.operand);
    if (!number || comparison.sign == "!=")
        return bad(value.text);
    return rangeOf(comparison.sign, *number);
}

Result<StatusRange> readStatusRange(const Value &value)
{
    const Comparison comparison = splitSign(value.text);
    const bool isPattern
        = comparison.sign.empty() || comparison.sign == "=" || comparison.sign == "!=";
    const std::size_t column = value.column + comparison.sign.size();
    Result<Range> range = Range{};
    if (value.text.find("..") != std::string::npos || !isPattern)
        range = readRange(value, readStatus, "404, 5xx, >=400 or 400..499");
    else if (comparison.operand.empty())
        range = unfinished("a status is missing", column);
    else
        range = readStatusPattern({std::string(comparison.operand), false, column});
    if (!range)
        return range.error();
    return StatusRange{*range, comparison.sign == "!="};
}

} // namespace understudy::filter
