// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace understudy::handlebars {

/// UTF-8 in upper or lower case, whatever the locale: letters of Latin, Greek and Cyrillic that
/// stand in pairs, and sharp s, which is SS in upper case. Others stay.
std::string inCase(std::string_view text, bool upper);

} // namespace understudy::handlebars
