// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy {

/// A number of bytes; a type of its own so that it is never mistaken for a count of something else.
struct ByteCount
{
    std::uint64_t value = 0;
    auto operator<=>(const ByteCount &) const = default;
};

/// The scalars of the mock file (format.md): durations `50ms`, `1.5s`, `2m`, `1h`; sizes `100B`,
/// `64kB`, `1MiB`; rates `50kB/s` (bytes per second); shares `20%` or `0.2`. Each parser takes the
/// whole text, or says what it expected.
Result<Duration> parseDuration(std::string_view text);
Result<ByteCount> parseSize(std::string_view text);
Result<ByteCount> parseByteRate(std::string_view text);
Result<double> parseShare(std::string_view text);

/// For which an answer is kept back; longer than any client waits.
inline constexpr Duration kLongestDelay = std::chrono::hours(1);
/// A time that an answer is kept back for, as templates make it: a duration, or a bare number of
/// milliseconds. Errors: Invalid where it is none, is negative or longer than kLongestDelay.
Result<Duration> parseDelay(std::string_view text);

/// The shortest text that the parser above reads back as the same value.
std::string formatDuration(Duration duration);
std::string formatSize(ByteCount size);
std::string formatByteRate(ByteCount bytesPerSecond);
std::string formatShare(double share);

} // namespace understudy
