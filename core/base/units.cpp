// SPDX-License-Identifier: Apache-2.0
#include "core/base/units.h"

#include "core/base/text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace understudy {

namespace {

struct Unit
{
    std::string_view name;
    double factor;
};

constexpr std::array kDurations{Unit{"us", 1}, Unit{"ms", 1e3}, Unit{"s", 1e6}, Unit{"m", 6e7},
                                Unit{"h", 3.6e9}};
constexpr std::array kSizes{Unit{"B", 1},           Unit{"kB", 1e3},      Unit{"KiB", 1024},
                            Unit{"MB", 1e6},        Unit{"MiB", 1048576}, Unit{"GB", 1e9},
                            Unit{"GiB", 1073741824}};

template<std::size_t N>
std::optional<double> quantity(std::string_view text, const std::array<Unit, N> &units)
{
    text = text::trim(text);
    double number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc{} || !std::isfinite(number) || number < 0)
        return std::nullopt;
    const std::string_view name
        = text::trim({end, static_cast<std::size_t>(text.data() + text.size() - end)});
    for (const Unit &unit : units) {
        if (unit.name == name && number * unit.factor < 9e18)
            return number * unit.factor;
    }
    return std::nullopt;
}

std::string plainNumber(double value)
{
    std::array<char, 64> buffer{};
    const auto [end, ec] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end};
}

} // namespace

Result<Duration> parseDuration(std::string_view text)
{
    const auto micro = quantity(text, kDurations);
    if (!micro) {
        return Error{ErrorCode::Invalid,
                     "'" + std::string(text)
                         + "' is not a duration; write a number with ms, s, m or h, such as 50ms",
                     {}};
    }
    // Beyond this, adding to a moment of the clock would overflow.
    constexpr double kLongest = 100.0 * 365.25 * 24 * 3600 * 1e6;
    if (std::abs(*micro) > kLongest)
        return Error{ErrorCode::Invalid,
                     "'" + std::string(text) + "' is too long; 100 years are the most",
                     {}};
    return Duration(std::llround(*micro));
}

Result<Duration> parseDelay(std::string_view text)
{
    const bool isBare = !text.empty() && text.find_first_not_of("0123456789.") == text.npos;
    auto delay = parseDuration(isBare ? std::string(text) + "ms" : std::string(text));
    if (!delay || (*delay >= Duration{} && *delay <= kLongestDelay))
        return delay;
    return Error{ErrorCode::Invalid,
                 *delay < Duration{} ? "'" + std::string(text) + "' is before the request"
                                     : "an answer is kept back for an hour at most",
                 {}};
}

Result<ByteCount> parseSize(std::string_view text)
{
    const auto bytes = quantity(text, kSizes);
    if (!bytes) {
        return Error{ErrorCode::Invalid,
                     "'" + std::string(text)
                         + "' is not a size; write a number with B, kB, KiB, MB, MiB, GB or GiB, "
                           "such as 64kB",
                     {}};
    }
    return ByteCount{static_cast<std::uint64_t>(std::llround(*bytes))};
}

Result<ByteCount> parseByteRate(std::string_view text)
{
    const std::string_view trimmed = text::trim(text);
    if (trimmed.ends_with("/s")) {
        if (auto size = parseSize(trimmed.substr(0, trimmed.size() - 2)))
            return size;
    }
    return Error{ErrorCode::Invalid,
                 "'" + std::string(text)
                     + "' is not a rate; write a size per second, such as 50kB/s",
                 {}};
}

Result<double> parseShare(std::string_view text)
{
    const Error error{ErrorCode::Invalid,
                      "'" + std::string(text) + "' is not a share; write 0% to 100%, or 0 to 1",
                      {}};
    std::string_view number = text::trim(text);
    const bool percent = number.ends_with('%');
    if (percent)
        number = text::trim(number.substr(0, number.size() - 1));
    double value = 0;
    const auto [end, ec] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (ec != std::errc{} || end != number.data() + number.size() || !std::isfinite(value))
        return error;
    if (percent)
        value /= 100;
    if (value < 0 || value > 1)
        return error;
    return value;
}

std::string formatDuration(Duration duration)
{
    const auto micro = duration.count();
    if (micro == 0)
        return "0ms";
    if (micro % 3'600'000'000 == 0)
        return std::to_string(micro / 3'600'000'000) + "h";
    if (micro % 60'000'000 == 0)
        return std::to_string(micro / 60'000'000) + "m";
    if (micro % 1'000'000 == 0)
        return std::to_string(micro / 1'000'000) + "s";
    if (micro % 1'000 == 0)
        return std::to_string(micro / 1'000) + "ms";
    return plainNumber(static_cast<double>(micro) / 1000) + "ms";
}

std::string formatSize(ByteCount size)
{
    const std::uint64_t bytes = size.value;
    if (bytes == 0)
        return "0B";
    constexpr std::array whole{
        std::pair{std::uint64_t{1073741824}, "GiB"}, std::pair{std::uint64_t{1000000000}, "GB"},
        std::pair{std::uint64_t{1048576}, "MiB"},    std::pair{std::uint64_t{1000000}, "MB"},
        std::pair{std::uint64_t{1024}, "KiB"},       std::pair{std::uint64_t{1000}, "kB"}};
    for (const auto &[factor, name] : whole) {
        if (bytes % factor == 0)
            return std::to_string(bytes / factor) + name;
    }
    return std::to_string(bytes) + "B";
}

std::string formatByteRate(ByteCount bytesPerSecond) { return formatSize(bytesPerSecond) + "/s"; }

std::string formatShare(double share)
{
    // 0.07 * 100 is not 7; the shortest text that reads back the same is looked for among few
    // digits.
    for (int digits = 0; digits <= 12; ++digits) {
        std::array<char, 64> buffer{};
        const auto [end, ec] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                             share * 100, std::chars_format::fixed, digits);
        std::string text = std::string(buffer.data(), end) + "%";
        if (const auto back = parseShare(text); back && *back == share)
            return text;
    }
    return plainNumber(share);
}

} // namespace understudy
