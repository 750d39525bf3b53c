// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Regular expressions of other tools: those of Java are mostly matched against the whole of a
/// text, as are our paths; others, and our `matches`, search.
namespace understudy::formats {

/// `\uXXXX` as PCRE2 writes it.
std::string withoutUnicodeEscapes(std::string_view pattern);
/// An expression for the whole of a text as one that is searched for.
std::string wholeMatch(std::string_view pattern);
/// An expression that is searched for as one for the whole of a text.
std::string searchPattern(std::string_view expression);
/// It matches nothing but itself.
bool isPlainPattern(std::string_view pattern);

} // namespace understudy::formats
