// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/filter.h"
#include "core/traffic/filter_completion.h"

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::filter;

namespace {

struct CompletionCase
{
    std::string text; ///< the cursor stands at its end
    std::size_t from;
    std::string key;
    std::string typed;
};

} // namespace

TEST(FilterCompletion, FindsWhatIsBeingTyped)
{
    const std::vector<CompletionCase> cases{{"", 0, "", ""},
                                            {"sta", 0, "", "sta"},
                                            {"orders sta", 7, "", "sta"},
                                            {"-sta", 1, "", "sta"},
                                            {"(sta", 1, "", "sta"},
                                            {"status:", 7, "status", ""},
                                            {"STATUS:40", 7, "status", "40"},
                                            {"-is:un", 4, "is", "un"},
                                            {"status:404,5", 11, "status", "5"},
                                            {"status:404|5", 11, "status", "5"},
                                            {"body:a,b", 5, "body", "a,b"}, // takes no list
                                            {"server:\"Shop A", 7, "server", "Shop A"},
                                            {"server:\"Shop, A", 7, "server", "Shop, A"},
                                            {"\"two words", 0, "", "two words"},
                                            {"status:404 ", 11, "", ""},
                                            {"nokey:a", 0, "", "nokey:a"},
                                            {"NOT (a OR fau", 10, "", "fau"}};
    for (const CompletionCase &c : cases) {
        const TypedPart part = typedPart(c.text, c.text.size());
        EXPECT_EQ(part.from, c.from) << c.text;
        EXPECT_EQ(part.key, c.key) << c.text;
        EXPECT_EQ(part.typed, c.typed) << c.text;
    }
}

TEST(FilterCompletion, LooksNoFurtherThanTheCursor)
{
    const TypedPart part = typedPart("status:404 path:/x", 9);
    EXPECT_EQ(part.key, "status");
    EXPECT_EQ(part.typed, "40");
}

TEST(FilterCompletion, OffersOnlyWhatTheLanguageKnows)
{
    for (const std::string_view name : propertyNames())
        EXPECT_TRUE(TrafficFilter::parse("is:" + std::string(name))) << name;
    for (const std::string_view key : keyNames()) {
        const auto unfinished = TrafficFilter::parse(std::string(key) + ":");
        ASSERT_FALSE(unfinished) << key;
        EXPECT_EQ(unfinished.error().code, ErrorCode::Cancelled) << key;
    }
}
