// SPDX-License-Identifier: Apache-2.0
#include "core/formats/java_pattern.h"

#include "core/formats/as_pattern.h"

#include <algorithm>

namespace understudy::formats {

namespace {

/// Its last character is the anchor `$`, and not an escaped one.
bool endsInAnchor(std::string_view pattern)
{
    if (!pattern.ends_with('$'))
        return false;
    pattern.remove_suffix(1);
    const std::size_t last = pattern.find_last_not_of('\\');
    const std::size_t backslashes = pattern.size() - (last == pattern.npos ? 0 : last + 1);
    return backslashes % 2 == 0;
}

} // namespace

std::string withoutUnicodeEscapes(std::string_view pattern)
{
    constexpr std::size_t kDigits = 4;
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        out += pattern[i];
        if (pattern[i] != '\\' || i + 1 == pattern.size())
            continue;
        const std::string_view digits = pattern.substr(std::min(i + 2, pattern.size()), kDigits);
        const bool isHex = digits.size() == kDigits
                           && digits.find_first_not_of("0123456789abcdefABCDEF") == digits.npos;
        ++i;
        if (pattern[i] != 'u' || !isHex) {
            out += pattern[i];
            continue;
        }
        out.append("x{").append(digits).append("}");
        i += kDigits;
    }
    return out;
}

std::string wholeMatch(std::string_view written)
{
    const std::string translated = withoutUnicodeEscapes(written);
    std::string_view pattern = translated;
    const bool mayBeginLate = pattern.find('|') != std::string_view::npos;
    if (!mayBeginLate && pattern.starts_with('^'))
        pattern.remove_prefix(1);
    if (!mayBeginLate && endsInAnchor(pattern))
        pattern.remove_suffix(1);
    const std::string dots = pattern.find('.') == std::string_view::npos ? "" : "(?s)";
    const std::string inner(pattern);
    return dots + '^' + (mayBeginLate ? "(?:" + inner + ')' : inner) + "\\z";
}

std::string searchPattern(std::string_view written)
{
    const std::string expression = withoutUnicodeEscapes(written);
    const bool hasChoice = expression.find('|') != std::string_view::npos;
    const bool isBegun = !hasChoice && expression.starts_with('^');
    const bool isEnded = !hasChoice && endsInAnchor(expression);
    return std::string(isBegun ? "" : ".*") + "(?:" + expression + ")" + (isEnded ? "" : ".*");
}

bool isPlainPattern(std::string_view pattern)
{
    return pattern.find_first_of(kPatternCharacters) == std::string_view::npos;
}

} // namespace understudy::formats
