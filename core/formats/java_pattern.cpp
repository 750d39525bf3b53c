// SPDX-License-Identifier: Apache-2.0
#include "core/formats/java_pattern.h"

#include "core/formats/as_pattern.h"

namespace understudy::formats {

std::string wholeMatch(std::string_view pattern)
{
    const bool mayBeginLate = pattern.find('|') != std::string_view::npos;
    if (!mayBeginLate && pattern.starts_with('^'))
        pattern.remove_prefix(1);
    std::size_t backslashes = 0;
    while (backslashes + 1 < pattern.size() && pattern[pattern.size() - 2 - backslashes] == '\\')
        ++backslashes;
    if (!mayBeginLate && pattern.ends_with('$') && backslashes % 2 == 0)
        pattern.remove_suffix(1);
    const std::string dots = pattern.find('.') == std::string_view::npos ? "" : "(?s)";
    const std::string inner(pattern);
    return dots + '^' + (mayBeginLate ? "(?:" + inner + ')' : inner) + "\\z";
}

std::string searchPattern(std::string_view expression)
{
    const bool hasChoice = expression.find('|') != std::string_view::npos;
    const bool isBegun = !hasChoice && expression.starts_with('^');
    const bool isEnded = !hasChoice && expression.ends_with('$') && !expression.ends_with("\\$");
    return std::string(isBegun ? "" : ".*") + "(?:" + std::string(expression) + ")"
           + (isEnded ? "" : ".*");
}

bool isPlainPattern(std::string_view pattern)
{
    return pattern.find_first_of(kPatternCharacters) == std::string_view::npos;
}

} // namespace understudy::formats
