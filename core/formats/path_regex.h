// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/path_pattern.h"

#include <string>
#include <string_view>

/// Paths as other tools see them, who look at what was sent and not at what it stands for.
namespace understudy::formats {

/// A part of a path as clients send it (RFC 3986 section 3.3).
std::string asSent(std::string_view text);

/// A path template as a regular expression for all of a path, without anchors. PCRE2, Java and
/// JavaScript read it alike, but for what stands in a `{name:regex}`. Not for `regex:` paths.
std::string pathAsRegex(const PathPattern &path, bool ignoreTrailingSlash);

} // namespace understudy::formats
