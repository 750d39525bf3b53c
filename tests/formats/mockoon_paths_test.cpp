// SPDX-License-Identifier: Apache-2.0
#include "core/formats/endpoint_order.h"
#include "core/formats/mockoon/paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::formats::mockoon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Paths = std::vector<std::string>;

struct Row
{
    std::string endpoint;
    Paths paths;
    std::string base = {};
};

TEST(MockoonPaths, FollowTheTranslationTable)
{
    const std::vector<Row> rows{
        {"users/:id", {"/users/{id}"}},
        {"users/:id?", {"/users", "/users/{id}"}},
        {"a/:id?/edit", {"/a/edit", "/a/{id}/edit"}},
        {"files/:path+", {"/files/{path*}"}},
        {"files/:path*", {"/files", "/files/{path*}"}},
        {"files/*", {"/files/{wildcard0*}"}},
        {"*", {"/{wildcard0*}"}},
        {"v1/*/x/*", {"regex:/v1/(?<wildcard0>.+)/x/(?<wildcard1>.+)/?"}},
        {"files/*rest", {"/files/{rest*}"}},
        {"a*b", {"regex:/a(?<b>.+)/?"}},
        {"files/*.png", {"regex:/files/(?<wildcard0>.+)\\.png/?"}},
        {"a/:from-:to", {"regex:/a/(?<from>[^/]+)-(?<to>[^/]+)/?"}},
        {"a/:n.:ext", {"regex:/a/(?<n>[^/]+)\\.(?<ext>[^/]+)/?"}},
        {"a/:n.json", {"/a/{n}.json"}},
        {"a/:n.:ext?", {"/a/{n}", "regex:/a/(?<n>[^/]+)\\.(?<ext>[^/]+)/?"}},
        {":user-id", {"/{user}-id"}},
        {"test(data)", {"/test", "/testdata"}},
        {"test(data)?", {"/test", "/testdata"}},
        {"a(/:id)", {"/a", "/a/{id}"}},
        {"q/:x(/:y)?", {"/q/{x}", "/q/{x}/{y}"}},
        {"a/:b+c", {"/a/{bc*}"}},
        {"a/*?", {"/a/{wildcard0*}"}},
        {"ab?cd", {"/acd", "/abcd"}},
        {"ab+cd", {"/abcd", "/abbcd"}},
        {"a{x}", {"/a", "/ax"}},
        {"test\\(data\\)", {"/test(data)"}},
        {"a\\:b", {"/a:b"}},
        {"a/\\*", {"/a/%2A"}},
        {"a\\?", {"/a?"}},
        {"a\\{b\\}", {"/a%7Bb%7D"}},
        {"", {"/"}},
        {"", {"/"}, "/api"},
        {"trail/", {"/trail/"}},
        {"items/:id/sub/:id", {"/items/{id_1}/sub/{id}"}},
        {"a//b", {"/a/b"}},
        {"files/*.png", {"regex:/api\\.v1/files/(?<wildcard0>.+)\\.png/?"}, "/api.v1"},
        {"api/v:version?", {"/api/v{versio}", "/api/v{versio}n"}},
        {"docs(':key')", {"/docs", "/docs'{key}'"}},
    };
    for (const Row &row : rows) {
        const PathTranslation translation = translatePath(row.endpoint, row.base);
        EXPECT_EQ(translation.texts(), row.paths) << row.endpoint;
        EXPECT_TRUE(translation.isValid) << row.endpoint;
        for (const std::string &path : translation.texts())
            EXPECT_TRUE(parsePathPattern(path, row.base).hasValue()) << path;
    }
}

TEST(MockoonPaths, ReadWhatTheAuthorMeantAndSaySo)
{
    const std::vector<Row> rows{
        {"users/:id(\\d+)", {"/users/{id:\\d+}"}},
        {"users/:id([0-9]{2})?", {"/users", "/users/{id:[0-9]{2}}"}},
        {":id(foo|bar)", {"/{id:foo|bar}"}},
        {"users?x=1", {"/users"}},
        {"users/:id?x=1&y=2", {"/users/{id}"}},
        {"é", {"/é"}},
        {"trail/", {"/trail/"}},
        {"items/:id/:id", {"/items/{id_1}/{id}"}},
    };
    for (const Row &row : rows) {
        const PathTranslation translation = translatePath(row.endpoint);
        EXPECT_EQ(translation.texts(), row.paths) << row.endpoint;
        EXPECT_TRUE(translation.isValid) << row.endpoint;
        EXPECT_EQ(translation.notes.size(), 1u) << row.endpoint;
    }
}

TEST(MockoonPaths, KeepWhatMockoonRefusesSwitchedOff)
{
    for (const std::string endpoint :
         {"ab*", "a[b]", "a!", "+a", "a/:", ":a:b", "a)", "a(b", "a(b(c)d)", "a/?x", ":", "a\\"}) {
        const PathTranslation translation = translatePath(endpoint);
        EXPECT_FALSE(translation.isValid) << endpoint;
        EXPECT_THAT(translation.notes, ElementsAre(HasSubstr("Mockoon refuses this path")))
            << endpoint;
        ASSERT_EQ(translation.paths.size(), 1u) << endpoint;
        EXPECT_TRUE(parsePathPattern(translation.paths[0].path).hasValue()) << endpoint;
    }
    EXPECT_FALSE(translatePath(std::string(5000, 'a')).isValid);
    EXPECT_FALSE(translatePath(std::string(500, '(') + std::string(500, ')')).isValid);
}

TEST(MockoonPaths, BecomeOneExpressionWhenTheyWouldBeMoreThanEight)
{
    EXPECT_EQ(translatePath("a/:b?/:c?/:d?").paths.size(), 8u);
    const PathTranslation many = translatePath("a/:b?/:c?/:d?/:e?");
    EXPECT_THAT(many.texts(),
                ElementsAre("regex:/a(?:/(?<b>[^/]+))?(?:/(?<c>[^/]+))?(?:/(?<d>[^/]+))?"
                            "(?:/(?<e>[^/]+))?/?"));
}

std::vector<int> priorities(const std::vector<std::string> &endpoints)
{
    std::vector<OrderedEndpoint> ordered;
    for (const std::string &endpoint : endpoints)
        ordered.push_back({{translatePath(endpoint).paths[0].shape}, {"GET"}, 5});
    keepOrder(ordered);
    std::vector<int> out;
    for (const OrderedEndpoint &endpoint : ordered)
        out.push_back(endpoint.priority);
    return out;
}

TEST(MockoonOrder, GivesNoPriorityWhereOurOrderIsTheSame)
{
    EXPECT_THAT(priorities({"a", "b", ":id"}), ElementsAre(5, 5, 5));
    EXPECT_THAT(priorities({":id", "a/b"}), ElementsAre(5, 5));
    EXPECT_THAT(priorities({"a/:id", "b/c"}), ElementsAre(5, 5));
    EXPECT_THAT(priorities({"x-:id", "y-1"}), ElementsAre(5, 5));
}

TEST(MockoonOrder, PutsAnEarlierWiderPathFirst)
{
    EXPECT_THAT(priorities({":id", "a"}), ElementsAre(4, 5));
    EXPECT_THAT(priorities({"*", "a/:id", "a/b"}), ElementsAre(3, 4, 5));
    EXPECT_THAT(priorities({"a", "*", "b"}), ElementsAre(4, 4, 5));
    EXPECT_THAT(priorities({"a/*.png", "a/:name"}), ElementsAre(4, 5));
    EXPECT_THAT(priorities({"other", ":id", "a"}), ElementsAre(4, 4, 5));
}

TEST(MockoonOrder, ShiftsEverythingWhenItNeedsMoreThanFiveSteps)
{
    const std::vector<int> result
        = priorities({"*", "a", "*", "a", "*", "a", "*", "a", "*", "a", "*", "a"});
    for (std::size_t i = 0; i < result.size(); ++i) {
        EXPECT_GE(result[i], 1);
        if (i > 0) {
            EXPECT_LE(result[i - 1], result[i]);
        }
        if (i % 2 == 1) {
            EXPECT_LT(result[i - 1], result[i]);
        }
    }
}

TEST(MockoonOrder, IgnoresOtherMethods)
{
    std::vector<OrderedEndpoint> ordered{{{translatePath(":id").paths[0].shape}, {"GET"}, 5},
                                         {{translatePath("a").paths[0].shape}, {"POST"}, 5},
                                         {{translatePath("b").paths[0].shape}, {"ANY"}, 5}};
    keepOrder(ordered);
    EXPECT_EQ(ordered[0].priority, 4); // because of ANY
    ordered.pop_back();
    ordered[0].priority = 5;
    keepOrder(ordered);
    EXPECT_EQ(ordered[0].priority, 5);
}

} // namespace
} // namespace understudy::formats::mockoon
