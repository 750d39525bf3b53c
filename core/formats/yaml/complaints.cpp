// SPDX-License-Identifier: Apache-2.0
#include "core/formats/yaml/complaints.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace understudy::formats::yaml {

namespace {

/// Four or eight hexadecimal digits behind `\u` or `\U`.
std::optional<std::uint32_t> escapedCode(std::string_view text, std::size_t at)
{
    if (at + 1 >= text.size() || text[at] != '\\' || (text[at + 1] != 'u' && text[at + 1] != 'U'))
        return std::nullopt;
    const std::string_view digits = text.substr(at + 2, text[at + 1] == 'u' ? 4 : 8);
    std::uint32_t code = 0;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    const bool isWhole
        = digits.size() == (text[at + 1] == 'u' ? 4U : 8U) && end == digits.data() + digits.size();
    return ec == std::errc{} && isWhole ? std::optional(code) : std::nullopt;
}

bool isHigh(std::uint32_t code) { return code >= 0xD800 && code < 0xDC00; }
bool isLow(std::uint32_t code) { return code >= 0xDC00 && code < 0xE000; }

std::string joinedEscape(std::uint32_t high, std::uint32_t low)
{
    const std::uint32_t code = 0x10000 + ((high - 0xD800) << 10U) + (low - 0xDC00);
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), code, 16);
    std::string hex(digits.data(), end.ptr);
    std::transform(hex.begin(), hex.end(), hex.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return "\\U" + std::string(8 - hex.size(), '0') + hex;
}

bool isPair(std::string_view text, std::size_t at)
{
    const auto high = escapedCode(text, at);
    const auto low = escapedCode(text, at + 6);
    return high && low && isHigh(*high) && isLow(*low) && text[at + 1] == 'u';
}

std::string writtenAt(std::string_view text, std::size_t at)
{
    return std::string(text.substr(at, text[at + 1] == 'u' ? 6 : 10));
}

/// The escape that a reader stumbled over: it says where it stopped, in it or behind it.
std::optional<std::size_t> escapeNear(std::string_view text, std::size_t offset)
{
    constexpr std::size_t kReach = 10;
    for (std::size_t back = 0; back <= std::min(offset, kReach); ++back) {
        const std::size_t at = offset - back;
        const auto code = escapedCode(text, at);
        if (code && (isHigh(*code) || isLow(*code) || *code > 0x10FFFF))
            return at >= 6 && isPair(text, at - 6) ? at - 6 : at;
    }
    return std::nullopt;
}

/// The first half without the other from `at` on, as JSON joins them.
std::optional<std::size_t> loneHalf(std::string_view text, std::size_t at)
{
    while (at < text.size()) {
        const auto code = escapedCode(text, at);
        if (isPair(text, at))
            at += 12;
        else if (code && (isHigh(*code) || isLow(*code)))
            return at;
        else
            at += text[at] == '\\' ? 2 : 1;
    }
    return std::nullopt;
}

} // namespace

std::string tooDeep(std::size_t levels)
{
    return "nested more than " + std::to_string(levels)
           + " levels deep, which is a limit of Understudy; put what is so deep into a file of its "
             "own and answer with that (bodyFile)";
}

std::string tooManyValues(std::size_t values)
{
    return "more than " + std::to_string(values)
           + " values in one file, which is a limit of Understudy; put large bodies into files of "
             "their own and answer with those (bodyFile)";
}

std::optional<BrokenEscape> brokenEscape(std::string_view text, std::size_t offset, bool isJson)
{
    const auto stumble = escapeNear(text, offset);
    if (!stumble)
        return std::nullopt;
    if (const std::uint32_t code = *escapedCode(text, *stumble); code > 0x10FFFF)
        return BrokenEscape{*stumble, writtenAt(text, *stumble)
                                          + " is no character; the last one is \\U0010FFFF"};
    const auto lone = isJson ? loneHalf(text, *stumble) : std::nullopt;
    if (!lone && isPair(text, *stumble)) {
        const std::string cause = isJson ? "this is no JSON as it stands (a comma too many, a "
                                           "comment), and "
                                         : "";
        return BrokenEscape{
            *stumble,
            cause + "YAML does not join the halves " + writtenAt(text, *stumble)
                + writtenAt(text, *stumble + 6) + " to a character; write "
                + joinedEscape(*escapedCode(text, *stumble), *escapedCode(text, *stumble + 6))
                + ", or the character itself"};
    }
    const std::size_t at = lone.value_or(*stumble);
    return BrokenEscape{
        at, writtenAt(text, at)
                + " is one half of a character alone (a surrogate), which no text of Understudy "
                  "can hold; write the whole character, or take the escape out"};
}

} // namespace understudy::formats::yaml
