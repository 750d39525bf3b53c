// SPDX-License-Identifier: Apache-2.0
#include "core/http/mime_type.h"

#include "core/base/text.h"

#include <array>
#include <utility>

namespace understudy::http {

std::string_view mimeTypeOf(std::string_view fileName)
{
    using Entry = std::pair<std::string_view, std::string_view>;
    static constexpr std::array kTypes{
        Entry{"json", "application/json"},
        Entry{"html", "text/html; charset=utf-8"},
        Entry{"htm", "text/html; charset=utf-8"},
        Entry{"txt", "text/plain; charset=utf-8"},
        Entry{"css", "text/css; charset=utf-8"},
        Entry{"csv", "text/csv; charset=utf-8"},
        Entry{"js", "text/javascript; charset=utf-8"},
        Entry{"mjs", "text/javascript; charset=utf-8"},
        Entry{"md", "text/markdown; charset=utf-8"},
        Entry{"xml", "application/xml"},
        Entry{"yaml", "application/yaml"},
        Entry{"yml", "application/yaml"},
        Entry{"pdf", "application/pdf"},
        Entry{"zip", "application/zip"},
        Entry{"gz", "application/gzip"},
        Entry{"wasm", "application/wasm"},
        Entry{"ndjson", "application/x-ndjson"},
        Entry{"bin", "application/octet-stream"},
        Entry{"svg", "image/svg+xml"},
        Entry{"png", "image/png"},
        Entry{"jpg", "image/jpeg"},
        Entry{"jpeg", "image/jpeg"},
        Entry{"gif", "image/gif"},
        Entry{"webp", "image/webp"},
        Entry{"avif", "image/avif"},
        Entry{"ico", "image/vnd.microsoft.icon"},
        Entry{"mp3", "audio/mpeg"},
        Entry{"ogg", "audio/ogg"},
        Entry{"wav", "audio/wav"},
        Entry{"mp4", "video/mp4"},
        Entry{"webm", "video/webm"},
        Entry{"woff", "font/woff"},
        Entry{"woff2", "font/woff2"},
        Entry{"ttf", "font/ttf"},
    };
    const std::size_t dot = fileName.rfind('.');
    if (dot == std::string_view::npos)
        return {};
    const std::string ending = text::toLower(fileName.substr(dot + 1));
    for (const auto &[name, type] : kTypes) {
        if (name == ending)
            return type;
    }
    return {};
}

} // namespace understudy::http
