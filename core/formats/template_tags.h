// SPDX-License-Identifier: Apache-2.0
#pragma once

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
        const std::size_t close = open == std::string::npos ? open : text.find("}}", open);
        if (close == std::string::npos)
            return out.append(text, at);
        out.append(text, at, open + 2 - at);
        out.append(translate(std::string_view(text).substr(open + 2, close - open - 2)));
        out.append("}}");
        at = close + 2;
    }
}

} // namespace understudy::formats
