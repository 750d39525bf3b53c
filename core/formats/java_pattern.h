// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Regular expressions of Java, which tools written in it match against the whole of a text.
namespace understudy::formats {

/// The expression for `matches`, which searches.
std::string wholeMatch(std::string_view pattern);
/// It matches nothing but itself.
bool isPlainPattern(std::string_view pattern);

} // namespace understudy::formats
