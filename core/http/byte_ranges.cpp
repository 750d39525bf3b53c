// SPDX-License-Identifier: Apache-2.0
#include "core/http/byte_ranges.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace understudy::http {

namespace {

// Section 14.2 lets a server ignore what looks like an attack: many ranges, overlapping ones.
constexpr std::size_t kMostRanges = 64;
constexpr std::size_t kMostOverlaps = 2;

std::optional<std::uint64_t> rangeNumber(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end != text.data() + text.size())
        return std::nullopt;
    if (ec == std::errc::result_out_of_range)
        return UINT64_MAX; // beyond the end of everything
    return ec == std::errc{} ? std::optional(value) : std::nullopt;
}

/// One range; a size of 0 cannot be satisfied. Nothing for bad syntax.
std::optional<ByteRange> rangeOf(std::string_view text, std::uint64_t size)
{
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos)
        return std::nullopt;
    const std::string_view from = text.substr(0, dash);
    const std::string_view to = text.substr(dash + 1);
    if (from.empty()) {
        const auto suffix = rangeNumber(to);
        if (!suffix)
            return std::nullopt;
        const std::uint64_t n = std::min(*suffix, size);
        return ByteRange{size - n, n};
    }
    const auto first = rangeNumber(from);
    const auto last = to.empty() ? std::optional<std::uint64_t>(UINT64_MAX) : rangeNumber(to);
    if (!first || !last || *last < *first)
        return std::nullopt;
    if (*first >= size)
        return ByteRange{};
    return ByteRange{*first, std::min(*last, size - 1) - *first + 1};
}

bool isHarmful(std::vector<ByteRange> ranges)
{
    if (ranges.size() > kMostRanges)
        return true;
    std::sort(ranges.begin(), ranges.end(),
              [](const ByteRange &a, const ByteRange &b) { return a.first < b.first; });
    std::size_t overlaps = 0;
    for (std::size_t i = 1; i < ranges.size(); ++i)
        overlaps += ranges[i].first < ranges[i - 1].first + ranges[i - 1].size ? 1 : 0;
    return overlaps >= kMostOverlaps;
}

} // namespace

RangeRequest parseRanges(std::string_view header, std::uint64_t size)
{
    RangeRequest out;
    header = text::trim(header);
    if (header.size() < 6 || !text::equalsIgnoreCase(header.substr(0, 6), "bytes="))
        return out;
    std::vector<ByteRange> ranges;
    std::size_t asked = 0;
    for (std::string_view entry : text::split(header.substr(6), ',')) {
        entry = text::trim(entry);
        if (entry.empty())
            continue; // section 5.6.1: a list may have empty elements
        const auto range = rangeOf(entry, size);
        if (!range)
            return out;
        ++asked;
        if (range->size > 0)
            ranges.push_back(*range);
    }
    if (asked == 0 || isHarmful(ranges))
        return out;
    out.kind = ranges.empty() ? RangeRequest::Kind::Unsatisfiable : RangeRequest::Kind::Satisfiable;
    out.ranges = std::move(ranges);
    return out;
}

std::string contentRange(const ByteRange &range, std::uint64_t size)
{
    return "bytes " + std::to_string(range.first) + '-'
           + std::to_string(range.first + range.size - 1) + '/' + std::to_string(size);
}

} // namespace understudy::http
