// SPDX-License-Identifier: Apache-2.0
#include "core/model/path_pattern.h"

#include <gtest/gtest.h>

using namespace understudy;
using Kind = PathSegment::Kind;
using Rank = PathPattern::Rank;

TEST(PathPattern, TellsSegmentsApart)
{
    const auto pattern = parsePathPattern("/a%20b/{id}.json/{n:[0-9]{2,3}}/*/{rest*}");
    ASSERT_TRUE(pattern) << pattern.error().message;
    ASSERT_EQ(pattern->segments.size(), 5U);
    EXPECT_EQ(pattern->segments[0].literal, "a b");
    EXPECT_EQ(pattern->segments[1].suffix, ".json");
    EXPECT_EQ(pattern->segments[2].regex, "[0-9]{2,3}");
    EXPECT_EQ(pattern->segments[3].kind, Kind::Any);
    EXPECT_EQ(pattern->segments[4].kind, Kind::Rest);
    EXPECT_EQ(pattern->parameterNames(), (std::vector<std::string>{"id", "n", "rest"}));
}

TEST(PathPattern, RanksByItsMostGeneralSegment)
{
    EXPECT_EQ(parsePathPattern("/a/b")->rank, Rank::Exact);
    EXPECT_EQ(parsePathPattern("/a/{b}")->rank, Rank::Parameters);
    EXPECT_EQ(parsePathPattern("/{a}/*")->rank, Rank::Wildcards);
    EXPECT_EQ(parsePathPattern("/{a*}")->rank, Rank::Wildcards);
    EXPECT_EQ(parsePathPattern("regex:/a")->rank, Rank::Regex);
}

TEST(PathPattern, PutsTheBaseInFront)
{
    const auto pattern = parsePathPattern("/x", "/api/v1/");
    ASSERT_TRUE(pattern);
    EXPECT_EQ(pattern->segments.size(), 3U);
    EXPECT_EQ(parsePathPattern("/", "/api")->trailingSlash, true);
}

TEST(PathPattern, ASlashInsideARegexIsNoSeparator)
{
    EXPECT_EQ(parsePathPattern("/{a:x/y}/z")->segments.size(), 2U);
}

TEST(PathPattern, RefusesWhatCannotBe)
{
    for (const char *path : {"users", "", "/{", "/a}", "/{}", "/{a:}", "/{a}{b}", "/{a*}/b",
                             "/{a*}x", "/{a}/{a}", "regex:"}) {
        const auto pattern = parsePathPattern(path);
        EXPECT_FALSE(pattern) << path;
        if (!pattern) {
            EXPECT_FALSE(pattern.error().message.empty()) << path;
        }
    }
}
