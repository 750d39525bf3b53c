// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/template_text.h"

#include "core/base/text.h"

namespace understudy::formats::mockoon {

std::optional<std::string> literalArgument(std::string_view text)
{
    const char quote = text.find('\'') == std::string_view::npos ? '\'' : '"';
    if (text.find(quote) != std::string_view::npos || text.ends_with('\\'))
        return std::nullopt;
    return quote + std::string(text) + quote;
}

std::optional<std::string> templateArgument(std::string_view text)
{
    std::string parts;
    while (!text.empty()) {
        const std::size_t open = text.find("{{");
        const std::string_view before = text.substr(0, open);
        if (!before.empty()) {
            const auto literal = literalArgument(before);
            if (!literal)
                return std::nullopt;
            parts += ' ' + *literal;
        }
        if (open == std::string_view::npos)
            break;
        text.remove_prefix(open + 2);
        const bool isTriple = text.starts_with('{');
        const std::string_view end = isTriple ? "}}}" : "}}";
        text.remove_prefix(isTriple ? 1 : 0);
        const std::size_t close = text.find(end);
        if (close == std::string_view::npos)
            return std::nullopt;
        const std::string_view call = text::trim(text.substr(0, close));
        if (call.empty()
            || std::string_view("#/^>!&*~@{").find(call.front()) != std::string_view::npos)
            return std::nullopt;
        parts += " (" + std::string(call) + ')';
        text.remove_prefix(close + end.size());
    }
    return parts.empty() ? "''" : "(concat ''" + parts + ')';
}

} // namespace understudy::formats::mockoon
