// SPDX-License-Identifier: Apache-2.0
#include "core/template/utf16.h"

#include "core/base/text.h"
#include "core/base/utf8.h"

#include <algorithm>

namespace understudy::handlebars {

namespace {

constexpr char16_t kReplacement = 0xFFFD;

bool isHigh(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool isLow(char16_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

} // namespace

std::u16string toUtf16(std::string_view text)
{
    std::string mended;
    if (!text::isUtf8(text)) {
        mended = text::asUtf8(std::string(text));
        text = mended;
    }
    std::u16string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t code = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < text.size(); ++k)
            code = (code << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        i += size;
        if (code >= 0x10000) {
            code -= 0x10000;
            out += static_cast<char16_t>(0xD800U + (code >> 10U));
            out += static_cast<char16_t>(0xDC00U + (code & 0x3FFU));
        } else {
            out += static_cast<char16_t>(code);
        }
    }
    return out;
}

std::string fromUtf16(std::u16string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint32_t code = text[i];
        if (isHigh(text[i]) && i + 1 < text.size() && isLow(text[i + 1]))
            code = 0x10000U + ((code - 0xD800U) << 10U) + (text[++i] - 0xDC00U);
        else if (isHigh(text[i]) || isLow(text[i]))
            code = kReplacement;
        text::appendUtf8(out, code);
    }
    return out;
}

std::size_t utf16Length(std::string_view text)
{
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xC0U) != 0x80U ? 1 : 0;
        units += byte >= 0xF0U ? 1 : 0;
    }
    return units;
}

} // namespace understudy::handlebars
