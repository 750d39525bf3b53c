// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace understudy::formats {

/// Characters that have a meaning in regular expressions, whoever reads them.
inline constexpr std::string_view kPatternCharacters = R"(\.[]{}()*+?^$|)";

/// A text as an expression that matches it alone. PCRE2, Java and JavaScript read it alike.
inline std::string asPattern(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (kPatternCharacters.find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return out;
}

} // namespace understudy::formats
