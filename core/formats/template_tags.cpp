// SPDX-License-Identifier: Apache-2.0
#include "core/formats/template_tags.h"

namespace understudy::formats {

std::string escapedTags(std::string_view text)
{
    std::string out;
    std::size_t at = 0;
    for (std::size_t open = text.find("{{"); open != text.npos; open = text.find("{{", at)) {
        out.append(text.substr(at, open - at)).append("\\{{");
        at = open + 2;
    }
    return out.append(text.substr(at));
}

bool isSameEverywhere(std::string_view tag)
{
    return tag == "else" || tag == "/if" || tag == "/each" || tag == "/unless" || tag == "/with";
}

std::optional<NamedTag> findTag(std::string_view tag, std::span<const TagName> names)
{
    if (tag.find(' ') != std::string_view::npos)
        return std::nullopt;
    for (const TagName &known : names) {
        if (tag == known.ours)
            return NamedTag{known.theirs, {}};
        if (known.ours.ends_with('.') && tag.starts_with(known.ours))
            return NamedTag{known.theirs, tag.substr(known.ours.size())};
    }
    return std::nullopt;
}

} // namespace understudy::formats
