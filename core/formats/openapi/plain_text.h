// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace understudy::formats::openapi {

/// A text of several lines, without other control characters and blanks around it.
std::string cleanText(std::string_view text);
/// The same as one line: runs of blanks and line breaks are one blank.
std::string oneLineOf(std::string_view text);

} // namespace understudy::formats::openapi
