// SPDX-License-Identifier: Apache-2.0
#include "core/engine/gzip.h"

#include "core/base/text.h"
#include "core/match/comparison.h"

#include <zlib.h>

namespace understudy {

namespace {

/// Of a quality ("0.5"); what is not a number counts as 0.
bool isPositive(std::string_view quality)
{
    const auto number = numberOf(quality);
    return number && !number->isZero() && !number->isNegative();
}

} // namespace

std::string gzip(std::string_view bytes)
{
    constexpr int kGzipWindow = 15 + 16; // 16 asks zlib for the gzip wrapper
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY)
        != Z_OK)
        return {};
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

bool acceptsCoding(std::string_view acceptEncoding, std::string_view coding)
{
    bool any = false;
    for (const std::string_view entry : text::split(acceptEncoding, ',')) {
        const std::size_t semicolon = entry.find(';');
        const std::string_view name = text::trim(entry.substr(0, semicolon));
        bool isAccepted = true;
        if (semicolon != std::string_view::npos) {
            const std::string_view parameter = text::trim(entry.substr(semicolon + 1));
            if (parameter.starts_with("q=") || parameter.starts_with("Q="))
                isAccepted = isPositive(parameter.substr(2));
        }
        if (text::equalsIgnoreCase(name, coding))
            return isAccepted;
        if (name == "*")
            any = isAccepted;
    }
    return any;
}

} // namespace understudy
