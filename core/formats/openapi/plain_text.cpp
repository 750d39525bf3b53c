// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/plain_text.h"

namespace understudy::formats::openapi {

std::string cleanText(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool isControl = static_cast<unsigned char>(c) < ' ' || c == 0x7F;
        if (!isControl || c == '\n' || c == '\t')
            out += c;
    }
    const std::size_t first = out.find_first_not_of(" \t\n");
    if (first == std::string::npos)
        return {};
    return out.substr(first, out.find_last_not_of(" \t\n") - first + 1);
}

std::string oneLineOf(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool isBlank = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
        if (!isBlank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.ends_with(' '))
        out.pop_back();
    return out;
}

} // namespace understudy::formats::openapi
