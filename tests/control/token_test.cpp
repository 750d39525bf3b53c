// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/token.h"

#include <gtest/gtest.h>

namespace understudy::control {
namespace {

TEST(Token, IsLongAndNeverTheSame)
{
    const std::string token = makeToken();
    EXPECT_EQ(token.size(), 48u);
    EXPECT_EQ(token.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_NE(token, makeToken());
}

TEST(Token, IsTheSameOnlyIfEveryByteIs)
{
    EXPECT_TRUE(isSameSecret("abc", "abc"));
    for (const char *other : {"abd", "xbc", "ab", "abcabc", "abca", ""})
        EXPECT_FALSE(isSameSecret(other, "abc")) << other;
}

TEST(Token, AnEmptySecretLetsNobodyIn) { EXPECT_FALSE(isSameSecret("", "")); }

} // namespace
} // namespace understudy::control
