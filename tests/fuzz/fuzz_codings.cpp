// SPDX-License-Identifier: Apache-2.0
// A Content-Encoding in the first line, a body behind it: removing the codings is bounded, and ends
// with the whole content or with an error.
#include "core/match/body_decoder.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace understudy;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t kLimit = 64 * 1024;
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const std::size_t end = input.find('\n');
    const std::string_view codings = input.substr(0, end);
    const std::string_view body = end == std::string_view::npos ? "" : input.substr(end + 1);
    std::string partial;
    const auto plain = removeCodings(codings, body, kLimit, &partial);
    if (partial.size() > kLimit)
        std::abort();
    if (!plain) {
        if (plain.error().message.empty())
            std::abort();
        return 0;
    }
    if (*plain && (*plain)->size() > kLimit)
        std::abort();
    // The same without somebody who wants the part.
    const auto again = removeCodings(codings, body, kLimit);
    if (!again || *again != *plain)
        std::abort();
    return 0;
}
