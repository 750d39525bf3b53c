// SPDX-License-Identifier: Apache-2.0
#include "core/base/regex.h"

#include <gtest/gtest.h>

using namespace understudy;

TEST(Regex, FindsWhatALookaheadAtTheBeginHasSeen)
{
    const auto finds = [](std::string_view pattern, std::string_view text) {
        return Regex::compile(pattern).value().matches(text);
    };
    EXPECT_TRUE(finds("(?=-+[^x])[a-c]*?-", "-k"));
    EXPECT_TRUE(finds("(?=a+?)[a-z]??a", "x\na"));
    EXPECT_TRUE(finds("^(?=.*\\d)(?=.*[a-z]).{4,8}$", "abc1"));
    EXPECT_FALSE(finds("(?=-+[^x])[a-c]*?-", "-x"));
}
