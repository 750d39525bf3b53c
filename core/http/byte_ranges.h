// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::http {

struct ByteRange
{
    std::uint64_t first = 0;
    std::uint64_t size = 0;
    bool operator==(const ByteRange &) const = default;
};

/// What a Range header asks of a representation of some size (RFC 9110 section 14).
struct RangeRequest
{
    enum class Kind {
        Ignored,      ///< another unit, bad syntax, or so many or overlapping ranges that it harms
        Satisfiable,  ///< `ranges` holds the ones that can be, in the order they were asked for
        Unsatisfiable ///< none can be
    };
    Kind kind = Kind::Ignored;
    std::vector<ByteRange> ranges;
};

RangeRequest parseRanges(std::string_view header, std::uint64_t size);

/// "bytes 2-4/10".
std::string contentRange(const ByteRange &range, std::uint64_t size);

} // namespace understudy::http
