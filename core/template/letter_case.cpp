// SPDX-License-Identifier: Apache-2.0
#include "core/template/letter_case.h"

#include "core/template/utf16.h"

namespace understudy::handlebars {

namespace {

char16_t otherCase(char16_t c, bool upper)
{
    const auto isIn = [c](char16_t from, char16_t to) { return c >= from && c <= to; };
    if (upper ? isIn(u'a', u'z') : isIn(u'A', u'Z'))
        return static_cast<char16_t>(c ^ 0x20U);
    if (upper ? isIn(0xE0, 0xFE) && c != 0xF7 : isIn(0xC0, 0xDE) && c != 0xD7)
        return static_cast<char16_t>(c ^ 0x20U);
    if (upper ? isIn(0x3B1, 0x3C9) && c != 0x3C2 : isIn(0x391, 0x3A9))
        return static_cast<char16_t>(upper ? c - 0x20 : c + 0x20);
    if (upper ? isIn(0x430, 0x44F) : isIn(0x410, 0x42F))
        return static_cast<char16_t>(upper ? c - 0x20 : c + 0x20);
    if (upper ? isIn(0x450, 0x45F) : isIn(0x400, 0x40F))
        return static_cast<char16_t>(upper ? c - 0x50 : c + 0x50);
    const bool isOddLower = isIn(0x100, 0x137) || isIn(0x14A, 0x177);
    const bool isEvenLower = isIn(0x139, 0x148) || isIn(0x179, 0x17E);
    if (isOddLower && c != 0x130 && c != 0x131 && (c % 2 == 1) == upper)
        return static_cast<char16_t>(upper ? c - 1 : c + 1);
    if (isEvenLower && (c % 2 == 0) == upper)
        return static_cast<char16_t>(upper ? c - 1 : c + 1);
    return c;
}

} // namespace

std::string inCase(std::string_view text, bool upper)
{
    constexpr char16_t kSharpS = 0xDF;
    std::u16string out;
    for (const char16_t c : toUtf16(text)) {
        if (upper && c == kSharpS)
            out += u"SS";
        else
            out += otherCase(c, upper);
    }
    return fromUtf16(out);
}

} // namespace understudy::handlebars
