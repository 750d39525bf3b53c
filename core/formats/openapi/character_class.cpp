// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/character_class.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace understudy::formats::openapi {

void CharacterClass::add(std::uint32_t from, std::uint32_t to)
{
    for (std::uint32_t c = from; c <= to && c < ascii.size(); ++c)
        ascii.set(c);
    if (to >= ascii.size())
        beyond = std::max<std::uint32_t>(from, 0xA1); // the first that is seen
}

void CharacterClass::addAll(std::string_view members)
{
    for (const char c : members)
        ascii.set(static_cast<unsigned char>(c));
}

CharacterClass CharacterClass::inverted() const
{
    CharacterClass out;
    for (std::size_t c = ' '; c < 127; ++c)
        out.ascii.set(c, !ascii.test(c));
    return out;
}

std::string CharacterClass::pick(std::size_t number) const
{
    constexpr std::size_t kSmall = 26;
    for (const std::string_view some :
         {kLetters.substr(0, kSmall), kLetters.substr(kSmall), kDigits}) {
        std::string choice;
        for (const char c : some) {
            if (ascii.test(static_cast<unsigned char>(c)))
                choice += c;
        }
        if (!choice.empty())
            return std::string(1, choice[number % choice.size()]);
    }
    for (std::size_t c = 0; c < ascii.size(); ++c) {
        if (ascii.test(c))
            return std::string(1, static_cast<char>(c));
    }
    std::string out;
    if (beyond != 0)
        text::appendUtf8(out, beyond);
    return out;
}

} // namespace understudy::formats::openapi
