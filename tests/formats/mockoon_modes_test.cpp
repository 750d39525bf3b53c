// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/mockoon_environment.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace understudy::formats::mockoon {
namespace {

using namespace test;
namespace json = boost::json;

// Modes (reference/mockoon.md section 3.3).

json::array onQuery(std::string_view value)
{
    return {json::object{
        {"target", "query"}, {"modifier", "q"}, {"operator", "equals"}, {"value", value}}};
}

json::object withMode(std::string_view mode, json::array responses)
{
    json::object r = route("get", "r", std::move(responses));
    r["responseMode"] = mode.empty() ? json::value(nullptr) : json::value(mode);
    return r;
}

TEST(MockoonModes, DefaultAnswersWhateverItsPlace)
{
    const ServedEnvironment served(environment({withMode(
        "", {answer("first"), answer("default", true), answer("rules", false, onQuery("1"))})}));
    EXPECT_EQ(served.ask("GET", "/r").body, "default");
    EXPECT_EQ(served.ask("GET", "/r?q=1").body, "rules");
}

TEST(MockoonModes, DefaultWithRulesKeepsItsPlaceAmongTheOthers)
{
    const ServedEnvironment served(environment({withMode(
        "", {answer("default", true, onQuery("1")), answer("other", false, onQuery("1"))})}));
    EXPECT_EQ(served.ask("GET", "/r?q=1").body, "default");
    EXPECT_EQ(served.ask("GET", "/r?q=2").body, "default");
}

TEST(MockoonModes, FallbackGoesOnWithTheNextRoute)
{
    const ServedEnvironment served(environment(
        {withMode("FALLBACK", {answer("default", true), answer("one", false, onQuery("1"))}),
         route("get", "*", {answer("any", true)})}));
    EXPECT_EQ(served.ask("GET", "/r?q=1").body, "one");
    EXPECT_EQ(served.ask("GET", "/r").body, "any");
}

TEST(MockoonModes, SequentialIgnoresRulesAndBeginsAgain)
{
    const ServedEnvironment served(environment(
        {withMode("SEQUENTIAL", {answer("a", true), answer("b", false, onQuery("1"))})}));
    EXPECT_EQ(served.ask("GET", "/r").body, "a");
    EXPECT_EQ(served.ask("GET", "/r").body, "b");
    EXPECT_EQ(served.ask("GET", "/r").body, "a");
}

TEST(MockoonModes, RandomTakesAnyOfThem)
{
    const LoadedServer loaded = imported(
        environment({withMode("RANDOM", {answer("a", true), answer("b", false, onQuery("1"))})}));
    const Endpoint &endpoint = *loaded.server.items.at(0).endpoint();
    EXPECT_EQ(endpoint.select, Selection::Random);
    EXPECT_FALSE(endpoint.responses.at(1).when.has_value());
    EXPECT_TRUE(endpoint.responses.at(1).extensions.contains("x-mockoon-rules"));
}

TEST(MockoonModes, DisabledRulesLeaveTheDefaultAlone)
{
    const ServedEnvironment served(environment(
        {withMode("DISABLE_RULES", {answer("a", false, onQuery("1")), answer("b", true)})}));
    EXPECT_EQ(served.ask("GET", "/r?q=1").body, "b");
}

} // namespace
} // namespace understudy::formats::mockoon
