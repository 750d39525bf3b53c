// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace understudy::wire {

/// What a document would be called as a file: the name that Content-Disposition gives (RFC 6266),
/// else the last segment of the URL's path, else its host; with the ending of its media type where
/// it has none. Never with a slash, a control character or a dot in front.
std::string documentName(std::string_view url, std::string_view disposition,
                         std::string_view contentType);

/// The URL with `name` instead of its last segment.
std::string documentPlace(std::string_view url, std::string_view name);

} // namespace understudy::wire
