// SPDX-License-Identifier: Apache-2.0
#include "core/engine/route_index.h"
#include "core/http/request_parser.h"

#include <gtest/gtest.h>

using namespace understudy;

namespace {

struct Entry
{
    std::string method;
    std::string path;
    int priority = 5;
};

class RouteIndexTest : public testing::Test
{
protected:
    void build(const std::vector<Entry> &entries, RouteIndex::Options options = {})
    {
        std::vector<Route> routes;
        for (std::uint32_t i = 0; i < entries.size(); ++i) {
            auto pattern = parsePathPattern(entries[i].path);
            ASSERT_TRUE(pattern) << pattern.error().message;
            routes.push_back({i, {entries[i].method}, *pattern, entries[i].priority});
        }
        auto built = RouteIndex::build(std::move(routes), options);
        ASSERT_TRUE(built) << built.error().message;
        m_index = *std::move(built);
    }

    http::Request parse(const std::string &method, const std::string &target)
    {
        http::RequestParser parser;
        parser.feed(method + ' ' + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
        EXPECT_TRUE(parser.isComplete()) << target;
        return parser.take();
    }

    std::vector<std::uint32_t> find(const std::string &method, const std::string &target)
    {
        const http::Request request = parse(method, target);
        const RequestView view(request, m_facts);
        return m_index.find(view).endpoints;
    }

    NamedValues parameters(std::uint32_t endpoint, const std::string &target)
    {
        const http::Request request = parse("GET", target);
        const RequestView view(request, m_facts);
        return m_index.parameters(endpoint, view);
    }

    using Found = std::vector<std::uint32_t>;
    ConnectionFacts m_facts;
    RouteIndex m_index = *RouteIndex::build({}, {});
};

} // namespace

TEST_F(RouteIndexTest, FindsAnEndpointInSeveralWays)
{
    std::vector<Route> routes;
    for (const char *path : {"/api/users/{id}", "/users/{id}", "/{any}/{id}"})
        routes.push_back({0, {"GET"}, *parsePathPattern(path), 5});
    m_index = *RouteIndex::build(std::move(routes), {});
    EXPECT_EQ(find("GET", "/api/users/7"), Found{0});
    EXPECT_EQ(find("GET", "/users/7"), Found{0}); // in two ways, and once
    EXPECT_EQ(parameters(0, "/api/users/7"), (NamedValues{{"id", "7"}}));
    EXPECT_EQ(parameters(0, "/users/8"), (NamedValues{{"id", "8"}}));
}

TEST_F(RouteIndexTest, OrdersExactParametersWildcardsRegexes)
{
    build({{"GET", "regex:/users/.*"},
           {"GET", "/users/*"},
           {"GET", "/users/{id}"},
           {"GET", "/users/me"},
           {"GET", "/users/{x}"}});
    EXPECT_EQ(find("GET", "/users/me"), (Found{3, 2, 4, 1, 0}));
    EXPECT_EQ(find("GET", "/users/7"), (Found{2, 4, 1, 0}));
}

TEST_F(RouteIndexTest, PriorityComesBeforeEverything)
{
    build({{"GET", "/users/me"}, {"GET", "/users/{id}", 1}});
    EXPECT_EQ(find("GET", "/users/me"), (Found{1, 0}));
}

TEST_F(RouteIndexTest, TellsMethodsApart)
{
    build({{"GET", "/x"}, {"POST", "/x"}, {"ANY", "/x"}, {"HEAD", "/y"}, {"GET", "/y"}});
    EXPECT_EQ(find("POST", "/x"), (Found{1, 2}));
    EXPECT_EQ(find("HEAD", "/x"), (Found{0, 2})) << "GET serves HEAD";
    EXPECT_EQ(find("HEAD", "/y"), (Found{3})) << "unless HEAD is named";
    EXPECT_EQ(find("get", "/x"), (Found{2})) << "methods are case-sensitive";
}

TEST_F(RouteIndexTest, ReportsPathsOfOtherMethods)
{
    build({{"GET", "/x"}});
    const http::Request request = parse("PUT", "/x");
    const RequestView view(request, m_facts);
    EXPECT_EQ(m_index.find(view).otherMethods, (Found{0}));
}

TEST_F(RouteIndexTest, ParametersTakeOneSegmentAndAreDecoded)
{
    build({{"GET", "/files/{name}.json"},
           {"GET", "/v{version:[0-9]+}/x"},
           {"GET", "/all/{rest*}"},
           {"GET", "/{a}/{b}/end"}});
    EXPECT_EQ(parameters(0, "/files/a%20b.json"), (NamedValues{{"name", "a b"}}));
    EXPECT_EQ(find("GET", "/files/.json"), Found{}) << "a parameter is not empty";
    EXPECT_EQ(find("GET", "/files/a/b.json"), Found{});
    EXPECT_EQ(parameters(1, "/v12/x"), (NamedValues{{"version", "12"}}));
    EXPECT_EQ(find("GET", "/vx/x"), Found{});
    EXPECT_EQ(parameters(2, "/all/a/b/"), (NamedValues{{"rest", "a/b/"}}));
    EXPECT_EQ(find("GET", "/all/"), Found{});
    EXPECT_EQ(parameters(3, "/a%2Fb/c/end"), (NamedValues{{"a", "a/b"}, {"b", "c"}}));
}

TEST_F(RouteIndexTest, TrailingSlashesAndLetterCaseCountUnlessToldOtherwise)
{
    const std::vector<Entry> entries{{"GET", "/Users"}, {"GET", "/Users/"}, {"GET", "/"}};
    build(entries);
    EXPECT_EQ(find("GET", "/Users"), (Found{0}));
    EXPECT_EQ(find("GET", "/Users/"), (Found{1}));
    EXPECT_EQ(find("GET", "/users"), Found{});
    EXPECT_EQ(find("GET", "/"), (Found{2}));
    build(entries, {true, true});
    EXPECT_EQ(find("GET", "/uSERS/"), (Found{0, 1}));
}

TEST_F(RouteIndexTest, RegexesMatchTheWholePathAndNameParameters)
{
    build({{"GET", "regex:/v(?<major>[0-9]+)/.*"}});
    EXPECT_EQ(parameters(0, "/v2/x"), (NamedValues{{"major", "2"}}));
    EXPECT_EQ(find("GET", "/a/v2/x"), Found{});
}

TEST_F(RouteIndexTest, AbsoluteTargetsMatchByTheirPath)
{
    build({{"GET", "/x"}, {"GET", "/"}});
    EXPECT_EQ(find("GET", "http://host/x?y"), (Found{0}));
    EXPECT_EQ(find("GET", "http://host"), (Found{1}));
    EXPECT_EQ(find("OPTIONS", "*"), Found{});
}

TEST_F(RouteIndexTest, BrokenRegexesAreRefusedWithTheirPosition)
{
    auto pattern = parsePathPattern("/{id:[0-9}");
    ASSERT_TRUE(pattern);
    const auto built = RouteIndex::build({{0, {"GET"}, *pattern, 5}}, {});
    ASSERT_FALSE(built);
    EXPECT_NE(built.error().message.find("position"), std::string::npos) << built.error().message;
}

TEST(RouteIndex, ASlashThatIsDataBelongsToItsSegment)
{
    auto index = RouteIndex::build({{0, {"GET"}, *parsePathPattern("/m2/{n:[^/]+}"), 5}}, {});
    ASSERT_TRUE(index);
    const ConnectionFacts facts{"127.0.0.1", 80, false, "", ""};
    http::RequestParser parser;
    parser.feed("GET /m2/a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n");
    const http::Request request = parser.take();
    const RequestView view(request, facts);
    EXPECT_EQ(index->find(view).endpoints, std::vector<std::uint32_t>{0});
    EXPECT_EQ(index->parameters(0, view), (NamedValues{{"n", "a/b"}}));
}
