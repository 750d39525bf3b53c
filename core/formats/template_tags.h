// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace understudy::formats {

/// A template with what stands in each of its tags made anew: `translate(inside)` gives a text.
template<class Translate>
std::string withTags(const std::string &text, Translate translate)
{
    std::string out;
    std::size_t at = 0;
    for (;;) {
        const std::size_t open = text.find("{{", at);
        const std::size_t begin = text.find_first_not_of('{', open);
        const std::size_t close
            = open == text.npos || begin == text.npos ? text.npos : text.find("}}", begin);
        if (close == text.npos)
            return out.append(text, at);
        out.append(text, at, begin - at); // two braces, or three where nothing is escaped
        out.append(translate(std::string_view(text).substr(begin, close - begin)));
        at = close;
        while (at < text.size() && text[at] == '}' && at < close + (begin - open))
            out += text[at++];
    }
}

/// A text that renders to itself.
std::string escapedTags(std::string_view text);

/// Tags that end or turn a block: every tool has the same.
bool isSameEverywhere(std::string_view tag);

/// What another tool calls one of our values: "method", or with a dot at its end the beginning of
/// many, "query.".
struct TagName
{
    std::string_view ours;
    std::string_view theirs;
};

/// What a tag that is one of our values alone is called, and the name behind the dot.
struct NamedTag
{
    std::string_view theirs;
    std::string_view name; ///< empty where there is no dot
};
std::optional<NamedTag> findTag(std::string_view tag, std::span<const TagName> names);

} // namespace understudy::formats
