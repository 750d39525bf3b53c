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
    EXPECT_TRUE(finds("(*pla:-+[^x])[a-c]*?-", "-k"));
    EXPECT_TRUE(finds("(*positive_lookahead:-+[^x])[a-c]*?-", "-k"));
}

TEST(Regex, SaysAtOnceThatItIsTooLarge)
{
    // It fits as it is, and not any more with what counts its work.
    const auto repeated = Regex::compile("(?:[a-c]x?y?z?){2500}");
    ASSERT_FALSE(repeated);
    EXPECT_NE(repeated.error().message.find("too large"), std::string::npos)
        << repeated.error().message;
    EXPECT_TRUE(Regex::compile("(?:[a-c]x?y?z?){50}"));
}

TEST(Regex, CountsWhatManyShortTextsCost)
{
    const Regex regex = Regex::compile("(?:x+x+)+[yz]").value();
    const std::string text(200, 'x');
    WorkBudget budget(kConditionWork);
    int decided = 0;
    while (decided < 5000 && regex.match(text, budget) != MatchVerdict::Undecided)
        ++decided;
    EXPECT_LT(decided, 5000) << "each costs more than its length";
    const Regex plain = Regex::compile("^[a-z]+$").value();
    WorkBudget other(kConditionWork);
    for (int i = 0; i < 50'000; ++i)
        ASSERT_EQ(plain.match(text, other), MatchVerdict::Yes) << i;
}
