// SPDX-License-Identifier: Apache-2.0
// What Mockoon 9 answers to the same environment and request; each row was asked of it.
#include "tests/formats/mockoon_environment.h"

#include "core/formats/format.h"
#include "core/formats/mockoon/lookup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::formats::mockoon {
namespace {

using namespace test;
using testing::HasSubstr;
namespace json = boost::json;

struct PeerCase
{
    std::string target;
    std::string modifier;
    std::string op;
    std::string value;
    std::string type;
    std::string body;
    bool holds;
    std::string headers = {};
    std::string url = "/p/7";
};

json::object peerEnvironment(const PeerCase &c)
{
    const json::object rule{{"target", c.target},
                            {"modifier", c.modifier},
                            {"operator", c.op},
                            {"value", c.value},
                            {"invert", false}};
    return environment(
        {route("all", "p/:id",
               {json::object{{"body", "yes"}, {"rules", json::array{rule}}, {"statusCode", 200}},
                json::object{{"body", "no"}, {"default", true}, {"statusCode", 200}}})});
}

bool mentions(const std::vector<Problem> &problems, const std::string &part)
{
    return std::any_of(problems.begin(), problems.end(), [&](const Problem &p) {
        return p.error.message.find(part) != std::string::npos;
    });
}

const std::vector<PeerCase> &peerCases()
{
    static const std::string js = "application/json";
    static const std::string form = "application/x-www-form-urlencoded";
    static const std::string xml = "application/xml";
    static const std::vector<PeerCase> cases{
        {"body", "a", "equals", "1", js, R"({"a":1.0})", true},
        {"body", "a", "equals", "1.0", js, R"({"a":1.0})", false},
        {"body", "a", "equals", "1.0", js, R"({"a":"1.0"})", true},
        {"body", "a", "equals", "1", js, R"({"a":"1.0"})", false},
        {"body", "a", "equals", "1", js, R"({"a":"1"})", true},
        {"body", "a", "equals", "0.5", js, R"({"a":5e-1})", true},
        {"body", "a", "equals", "1e3", js, R"({"a":1e3})", false},
        {"body", "a", "equals", "1000", js, R"({"a":1e3})", true},
        {"body", "a", "equals", "2", js, R"({"a":[1.0,2.0]})", true},
        {"body", "ids.1", "equals", "6", js, R"({"ids":[5,6]})", true},
        {"body", "ids.1", "equals", "5", js, R"({"ids":[5,6]})", false},
        {"body", "a.length", "equals", "2", js, R"({"a":[1,2]})", true},
        {"body", "a.length", "equals", "3", js, R"({"a":[1,2]})", false},
        {"body", "a.length", "equals", "0", js, R"({"a":[]})", true},
        {"body", "a.length", "equals", "7", js, R"({"a":{"length":7}})", true},
        {"body", "b.a.length", "equals", "1", js, R"({"b":{"a":[1]}})", true},
        {"body", "a", "equals", "1", form, "a[]=1&a[]=2", true},
        {"body", "a", "equals", "2", form, "a%5B%5D=1&a%5B%5D=2", true},
        {"body", "a", "equals", "3", form, "a[]=1&a[]=2", false},
        {"body", "a.b._text", "equals", "t", xml, "<a><b>t</b></a>", true},
        {"body", "a.b.0._text", "equals", "t", xml, "<a><b>t</b><b>u</b></a>", true},
        {"body", "a.b.1._text", "equals", "u", xml, "<a><b>t</b><b>u</b></a>", true},
        {"body", "a.b.1._text", "equals", "t", xml, "<a><b>t</b><b>u</b></a>", false},
        {"body", "a.b._text", "equals", "t", xml, "<a><b>t</b><b>u</b></a>", false},
        {"body", "a._attributes.x", "equals", "1", xml, "<a x='1'><b>t</b></a>", true},
        {"body", "a._attributes.y", "equals", "1", xml, "<a x='1'><b>t</b></a>", false},
        {"body", "foo", "equals", "hello", "text/plain", "hello", true},
        {"body", "foo", "equals", "hello", js, R"({"foo":"hullo"})", false},
        {"body", "", "regex", "^a$", "text/plain", "a\n", false},
        {"body", "", "regex", "^a$", "text/plain", "a", true},
        {"body", "", "regex", "^a.b$", "text/plain", "a\rb", false},
        {"body", "", "regex", "^\\w$", "text/plain", "é", false},
        {"body", "", "regex", "^\\d$", "text/plain", "٣", false},
        {"body", "", "regex", "^[\\w-a]+$", "text/plain", "x-y", true},
        {"body", "", "regex", "\\ud83d\\ude00", "text/plain", "😀", true},
        {"body", "", "regex", "^\\y\\-$", "text/plain", "y-", true},
        {"body", "", "regex", "^[^]$", "text/plain", "\n", true},
        {"body", "", "regex", "^[.$]+$", "text/plain", "$.", true},
        {"cookie", "c", "equals", "a b", "", "", true, "Cookie: c=a%20b\r\n"},
        {"cookie", "c", "equals", "a/b", "", "", true, "Cookie: c=a%2fb\r\n"},
        {"cookie", "c", "equals", "a/b", "", "", true, "Cookie: c=a/b\r\n"},
        {"cookie", "c", "equals", "é", "", "", true, "Cookie: c=%C3%A9\r\n"},
        {"cookie", "c", "equals", "a b", "", "", false, "Cookie: c=a%20bc\r\n"},
        {"query", "a", "equals", "2", "", "", true, "", "/p/7?a[]=1&a[]=2"},
        {"params", "id", "equals", "7", "", "", true, "", "//p///7"},
        {"params", "id", "equals", "a/b", "", "", true, "", "/p/a%2Fb"},
    };
    return cases;
}

} // namespace

TEST(MockoonPeer, RulesHoldAsThere)
{
    for (const PeerCase &c : peerCases()) {
        const ServedEnvironment served(peerEnvironment(c));
        const std::string headers
            = c.headers + (c.type.empty() ? "" : "Content-Type: " + c.type + "\r\n");
        EXPECT_EQ(served.ask(c.body.empty() ? "GET" : "POST", c.url, headers, c.body).body,
                  c.holds ? "yes" : "no")
            << json::serialize(peerEnvironment(c)) << c.body << c.headers << c.url;
    }
}

TEST(MockoonPeer, ABrokenExpressionSwitchesItsRuleOffAndNothingElse)
{
    for (const std::string expression : {"(", "(?<=a+)b", "[b-a]", "a**", "\\2(?<n>"}) {
        const PeerCase c{"body", "", "regex", expression, "text/plain", "b", false};
        const LoadedServer loaded = imported(peerEnvironment(c));
        EXPECT_TRUE(mentions(loaded.problems, "the rule counts as not holding")) << expression;
        EXPECT_EQ(ServedEnvironment(loaded.server).ask("POST", "/p/7", {}, "b").body, "no");
    }
    // A broken constraint of a path switches its route off.
    const LoadedServer loaded = imported(environment(
        {route("get", "a/:id((?<=b+)c)", {json::object{{"body", "a"}, {"statusCode", 200}}}),
         route("get", "b", {json::object{{"body", "b"}, {"statusCode", 200}}})}));
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/b").body, "b");
}

TEST(MockoonPeer, WhatIsNotServedIsSaid)
{
    const LoadedServer loaded
        = imported(peerEnvironment({"query", "ids.1", "equals", "6", "", "", false}));
    EXPECT_TRUE(mentions(loaded.problems, "looks into repeated parameters"));
}

TEST(MockoonPeer, ARouteFromTheClipboardIsImported)
{
    const json::object one
        = route("get", "hello", {json::object{{"body", "hi"}, {"statusCode", 200}}});
    for (const std::string &text :
         {json::serialize(one),
          json::serialize(json::object{
              {"source", "mockoon:1.2.3"},
              {"data", json::array{json::object{{"type", "route"}, {"item", one}}}}})}) {
        ASSERT_TRUE(recognise(text));
        const LoadOutcome outcome = formats::loadText(text, "clip.json");
        ASSERT_EQ(outcome.errors.size(), 0u);
        ASSERT_EQ(outcome.servers.size(), 1u);
        EXPECT_EQ(outcome.servers[0].server.name, "clip");
        EXPECT_TRUE(outcome.servers[0].problems.empty());
        EXPECT_EQ(ServedEnvironment(outcome.servers[0].server).ask("GET", "/hello").body, "hi");
    }
}

TEST(MockoonPeer, PiecesOfAnEnvironmentAreNamedWithTheCure)
{
    struct PieceCase
    {
        std::string text;
        std::string what;
        std::string cure;
    };
    const std::vector<PieceCase> cases{
        {R"({"uuid": "f", "name": "Pets", "children": [{"type": "route", "uuid": "r"}]})",
         "a folder", "import the environment"},
        {R"({"uuid": "s", "body": "{}", "latency": 0, "statusCode": 200, "label": "", "headers": [],
             "bodyType": "INLINE"})",
         "a response", "copy the route"},
        {R"({"uuid": "b", "id": "a1b2", "name": "Pets", "documentation": "", "value": "[]"})",
         "a data bucket", "import the environment"},
        {R"({"uuid": "c", "id": "a1b2", "name": "C", "method": "post", "uri": "/x", "headers": [],
             "bodyType": "INLINE", "body": ""})",
         "a callback", "import the environment"},
        {R"({"target": "body", "modifier": "a", "value": "1", "invert": false, "operator": "equals"})",
         "a rule", "copy the route"},
        {R"({"environments": [{"uuid": "e", "path": "/x.json"}], "disabledRoutes": {}})",
         "the settings of Mockoon", "import those files"},
    };
    for (const PieceCase &c : cases) {
        const LoadOutcome outcome = formats::loadText(c.text, "clip.json");
        ASSERT_EQ(outcome.errors.size(), 1u) << c.text;
        EXPECT_THAT(outcome.errors[0].error.message, HasSubstr("this is " + c.what)) << c.text;
        EXPECT_THAT(outcome.errors[0].error.message, HasSubstr(c.cure)) << c.text;
        const LoadOutcome listed = formats::loadText(
            R"({"source": "mockoon:1.2.3", "data": [{"type": "piece", "item": )" + c.text + "}]}",
            "clip.json");
        ASSERT_EQ(listed.errors.size(), 1u) << c.text;
        EXPECT_THAT(listed.errors[0].error.message, HasSubstr(c.what)) << c.text;
    }
    const LoadOutcome other = formats::loadText(
        R"({"source": "mockoon:1.2.3", "data": [{"type": "x", "item": {}}]})", "c.json");
    ASSERT_EQ(other.errors.size(), 1u);
    EXPECT_THAT(other.errors[0].error.message, HasSubstr("but 'x'"));
}

TEST(MockoonPeer, AnEnvironmentFromTheClipboardIsImported)
{
    const json::object whole
        = environment({route("get", "hello", {json::object{{"body", "hi"}, {"statusCode", 200}}})});
    const LoadOutcome outcome
        = formats::loadText("\xEF\xBB\xBF  " + json::serialize(whole), "clip");
    ASSERT_EQ(outcome.servers.size(), 1u);
    EXPECT_EQ(ServedEnvironment(outcome.servers[0].server).ask("GET", "/hello").body, "hi");
}

TEST(MockoonPeer, OldLevelsAreReadWithoutNoise)
{
    json::object old{{"lastMigration", 5},      {"name", "Old"},        {"port", 3000},
                     {"hostname", "127.0.0.1"}, {"endpointPrefix", ""}, {"cors", false}};
    old["routes"] = json::array{json::object{{"method", "get"},
                                             {"endpoint", "x"},
                                             {"statusCode", "201"},
                                             {"latency", 0},
                                             {"headers", json::array()},
                                             {"body", "{{body}}"}}};
    const LoadedServer loaded = imported(old);
    for (const Problem &problem : loaded.problems)
        EXPECT_EQ(problem.error.message.find("cannot be"), std::string::npos)
            << problem.error.message;
    EXPECT_FALSE(mentions(loaded.problems, "faker"));
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/x").status, 201);
}

TEST(MockoonPeer, RunsOfSlashesInAPrefixCountAsOne)
{
    json::object old{{"lastMigration", 5},
                     {"name", "Old"},
                     {"port", 3000},
                     {"hostname", "127.0.0.1"},
                     {"endpointPrefix", "//api//v1/"},
                     {"cors", false}};
    old["routes"] = json::array{json::object{{"method", "get"},
                                             {"endpoint", "x"},
                                             {"statusCode", "201"},
                                             {"latency", 0},
                                             {"headers", json::array()},
                                             {"body", "b"}}};
    const LoadedServer loaded = imported(old);
    EXPECT_EQ(loaded.server.base, "/api/v1");
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/api/v1/x").status, 201);
}

TEST(ForeignFiles, AreNamed)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"opencollection: 1.0.0\nitems: []\n", "OpenCollection files of Bruno"},
    };
    for (const auto &[text, what] : cases) {
        const LoadOutcome outcome = formats::loadText(text, "some.json");
        ASSERT_EQ(outcome.errors.size(), 1u) << text;
        EXPECT_EQ(outcome.errors[0].error.message, what + " cannot be imported yet");
    }
    EXPECT_TRUE(formats::loadText("understudy: 1\nopenapi: 3\n", "a.mock.yaml").servers.empty());
}

} // namespace understudy::formats::mockoon
