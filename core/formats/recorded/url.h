// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::formats::recorded {

/// An absolute URL of http or https, its parts as they stand there.
struct Url
{
    std::string origin; ///< "https://shop.example:8443": in lower case, without user and the
                        ///< scheme's own port
    std::string path;   ///< begins with a slash
    std::string query;  ///< without the question mark
    bool isSecure = false;
};

/// Nothing for other schemes and for what is no URL. A fragment, which servers never see, is left
/// out.
std::optional<Url> parseUrl(std::string_view url);

/// The path of an endpoint that answers this path of a URL and no other: braces and stars are
/// escaped, as is what cannot stand in a line. A slash is put in front where there is none.
std::string literalPath(std::string_view path);
/// One segment of it.
std::string literalSegment(std::string_view segment);

} // namespace understudy::formats::recorded
