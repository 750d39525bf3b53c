// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace understudy::handlebars {

/// Text as JavaScript counts it: in units of UTF-16. What is no UTF-8 becomes U+FFFD.
std::u16string toUtf16(std::string_view text);
/// Half of a pair becomes U+FFFD.
std::string fromUtf16(std::u16string_view text);
std::size_t utf16Length(std::string_view text);

} // namespace understudy::handlebars
