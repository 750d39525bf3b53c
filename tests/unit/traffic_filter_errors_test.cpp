// SPDX-License-Identifier: Apache-2.0
// What the filter says of a text that it cannot read.
#include "tests/unit/traffic_filter_support.h"

#include <random>

namespace understudy::test::filtering {

TEST(TrafficFilter, TellsUnfinishedText)
{
    struct Unfinished
    {
        const char *text;
        int column;
    };
    for (const auto &[text, column] : std::vector<Unfinished>{{"status:", 8},
                                                              {"abc status:", 12},
                                                              {"status:4", 8},
                                                              {"status:40", 8},
                                                              {"status:>=", 10},
                                                              {"status:404|", 12},
                                                              {"status:404..", 13},
                                                              {"(a", 1},
                                                              {"a (b OR", 8},
                                                              {"(", 2},
                                                              {"()", 2},
                                                              {"a OR ", 6},
                                                              {"a AND", 6},
                                                              {"NOT", 4},
                                                              {"-", 2},
                                                              {"\"abc", 1},
                                                              {"body:\"ab", 6},
                                                              {"dur:>", 6},
                                                              {"is:unm", 4},
                                                              {"header:a=", 10},
                                                              {"since:5", 8}}) {
        const Error error = errorOf(text);
        EXPECT_EQ(error.code, ErrorCode::Cancelled) << text << ": " << error.message;
        EXPECT_EQ(error.where.column, column) << text << ": " << error.message;
        EXPECT_FALSE(error.message.empty()) << text;
    }
}

TEST(TrafficFilter, TellsWrongTextWithItsColumn)
{
    struct Wrong
    {
        const char *text;
        int column;
    };
    for (const auto &[text, column] : std::vector<Wrong>{{"status:abc", 8},
                                                         {"status:4044", 8},
                                                         {"x status:200|20y", 14},
                                                         {"dur:>200q", 5},
                                                         {"dur:..5ms", 5},
                                                         {"size:12parsec", 6},
                                                         {"is:blue", 4},
                                                         {"since:soon", 7},
                                                         {"a)", 2},
                                                         {")", 1},
                                                         {"OR a", 1},
                                                         {"a OR OR b", 6},
                                                         {"staus:404", 1},
                                                         {"x metod:GET", 3},
                                                         {"/a[/", 4},
                                                         {"x body:/(/", 10},
                                                         {"header:=x", 8}}) {
        const Error error = errorOf(text);
        EXPECT_EQ(error.code, ErrorCode::Syntax) << text << ": " << error.message;
        EXPECT_EQ(error.where.column, column) << text << ": " << error.message;
        EXPECT_FALSE(error.message.empty()) << text;
    }
}

TEST(TrafficFilter, NamesTheKeyThatWasMeant)
{
    EXPECT_NE(errorOf("staus:404").message.find("status:"), std::string::npos);
    EXPECT_TRUE(TrafficFilter::parse("localhost:3000 http://a user:bob").hasValue());
}

TEST(TrafficFilter, RefusesNestingThatWouldExhaustTheStack)
{
    EXPECT_EQ(errorOf(std::string(100'000, '(')).code, ErrorCode::Syntax);
    EXPECT_EQ(errorOf(std::string(100'000, '-') + "a").code, ErrorCode::Syntax);
}

TEST(TrafficFilter, SurvivesRandomText)
{
    const std::vector<std::string> pieces{"status:", "404",     "5xx",  ">=",    "..",     "|",
                                          ",",       "\"",      "\\",   "(",     ")",      "-",
                                          "NOT ",    "AND",     "OR",   " ",     "/",      "[",
                                          "header",  ":",       "=",    "body:", "dur:",   "ms",
                                          "*",       "is",      "x",    "\xff",  "since:", "5m",
                                          "/i",      "size:1k", "path:"};
    std::mt19937 random(4711);
    std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
    std::uniform_int_distribution<int> length(0, 12);
    const auto entry = JournalEntry{1, std::make_shared<Exchange>(sample())};
    int parsed = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (int i = length(random); i > 0; --i)
            text += pieces[piece(random)];
        const auto filter = TrafficFilter::parse(text);
        if (filter) {
            static_cast<void>(filter->matches(entry, {.now = noon(), .mark = "red"}));
            ++parsed;
            continue;
        }
        const Error &error = filter.error();
        EXPECT_TRUE(error.code == ErrorCode::Syntax || error.code == ErrorCode::Cancelled) << text;
        EXPECT_GE(error.where.column, 1) << text;
        EXPECT_LE(error.where.column, static_cast<int>(text.size()) + 1) << text;
    }
    EXPECT_GT(parsed, 1000);
}

} // namespace understudy::test::filtering
