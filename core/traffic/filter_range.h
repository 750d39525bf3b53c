// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/traffic/filter_node.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace understudy::filter {

/// A closed range of whole numbers.
struct Range
{
    std::uint64_t low = 0;
    std::uint64_t high = std::numeric_limits<std::uint64_t>::max();
    bool holds(std::uint64_t value) const { return value >= low && value <= high; }
};

/// What a term measures: reads one number, or says why it cannot. Gets trimmed, non-empty text.
using ReadNumber = std::optional<std::uint64_t> (*)(std::string_view);

/// Microseconds; a number without unit counts milliseconds.
std::optional<std::uint64_t> readDuration(std::string_view text);
/// Bytes: `1k`, `1kB`, `1KiB`, `1000`.
std::optional<std::uint64_t> readSize(std::string_view text);

/// "a..b", ">a", ">=a", "<a", "<=a", "=a", or "a", which means at least a.
Result<Range> readRange(const Value &value, ReadNumber read, std::string_view example);

/// A range of status codes, or with `isExcluded` everything but it.
struct StatusRange
{
    Range range;
    bool isExcluded = false;
};
/// "404", "5xx", "40x", "!=200", "0" (nothing was sent), or a range as above.
Result<StatusRange> readStatusRange(const Value &value);

} // namespace understudy::filter
