// SPDX-License-Identifier: Apache-2.0
// A charset, or a Content-Type, in the first line, a text behind it: what comes out is UTF-8, and
// what can be written in the charset comes back.
#include "core/base/text.h"
#include "core/http/charset.h"
#include "core/match/body_decoder.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace understudy;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const std::size_t end = input.find('\n');
    const std::string_view name = input.substr(0, end);
    const std::string_view bytes = end == std::string_view::npos ? "" : input.substr(end + 1);
    for (const auto &text : {http::toUtf8(bytes, name), bodyAsUtf8(name, bytes)}) {
        if (!text)
            continue;
        if (!text::isUtf8(*text))
            std::abort();
        // No charset takes more than a few bytes for what one byte says.
        if (text->size() > 64 + bytes.size() * 8)
            std::abort();
    }
    if (!text::isUtf8(bytes))
        return 0;
    const auto written = http::fromUtf8(bytes, name);
    if (written && written->unrepresentable > bytes.size())
        std::abort();
    return 0;
}
