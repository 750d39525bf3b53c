// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::formats::openapi {

inline constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
inline constexpr std::string_view kDigits = "1234567890";

/// Characters of a regular expression to choose from: those of ASCII, or one beyond.
struct CharacterClass
{
    std::bitset<128> ascii;
    std::uint32_t beyond = 0; ///< 0: none

    void add(std::uint32_t from, std::uint32_t to);
    void addAll(std::string_view members);
    /// Printable ones that are not there.
    CharacterClass inverted() const;
    /// One of them, as UTF-8, another one for each number: small letters before large ones before
    /// digits before all else. Empty where there is none.
    std::string pick(std::size_t number) const;
};

} // namespace understudy::formats::openapi
