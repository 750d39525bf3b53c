// SPDX-License-Identifier: Apache-2.0
// A size in the first line, a Range header behind it: what can be satisfied lies in the
// representation, and is asked for in a way that does no harm.
#include "core/http/byte_ranges.h"

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace understudy;

namespace {

void checkRange(const http::ByteRange &range, std::uint64_t size)
{
    if (range.size == 0 || range.first >= size || range.size > size - range.first)
        std::abort();
    const std::string written = "bytes " + std::to_string(range.first) + '-'
                                + std::to_string(range.first + range.size - 1) + '/'
                                + std::to_string(size);
    if (http::contentRange(range, size) != written)
        std::abort();
    // Asked for alone, it is the same.
    const auto again = http::parseRanges("bytes=" + std::to_string(range.first) + '-'
                                             + std::to_string(range.first + range.size - 1),
                                         size);
    if (again.kind != http::RangeRequest::Kind::Satisfiable || again.ranges.size() != 1
        || !(again.ranges[0] == range))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t end = text.find('\n');
    std::uint64_t whole = 0;
    std::from_chars(text.data(), text.data() + std::min(end, text.size()), whole);
    const std::string_view header = end == std::string_view::npos ? "" : text.substr(end + 1);
    const auto asked = http::parseRanges(header, whole);
    if ((asked.kind == http::RangeRequest::Kind::Satisfiable) == asked.ranges.empty())
        std::abort();
    for (const http::ByteRange &range : asked.ranges)
        checkRange(range, whole);
    return 0;
}
