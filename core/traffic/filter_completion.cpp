// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/filter_completion.h"

#include "core/base/text.h"
#include "core/traffic/filter_node.h"

#include <algorithm>

namespace understudy::filter {

TypedPart typedPart(std::string_view text, std::size_t cursor)
{
    text = text.substr(0, cursor);
    TypedPart part;
    bool isQuoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isQuoted && c == '\\')
            ++i;
        else if (c == '"')
            isQuoted = !isQuoted;
        else if (isQuoted)
            continue;
        else if (c == ' ' || c == '\t' || (c == '(' && part.key.empty()))
            part = {i + 1, {}, {}};
        else if (c == ':' && part.key.empty() && isKey(text.substr(part.from, i - part.from)))
            part = {i + 1, text::toLower(text.substr(part.from, i - part.from)), {}};
        else if ((c == '-' && part.from == i) || ((c == ',' || c == '|') && takesList(part.key)))
            part.from = i + 1;
    }
    part.from = std::min(part.from, text.size());
    part.typed = text.substr(part.from);
    if (part.typed.starts_with('"'))
        part.typed.erase(0, 1);
    return part;
}

} // namespace understudy::filter
