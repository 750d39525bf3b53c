// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/hoverfly_support.h"

/// Simulations of Hoverfly, answered as its documentation and sources say.
namespace understudy::formats::hoverfly {
namespace {

TEST(Hoverfly, AnswersAsTheResponseSays)
{
    const LoadedServer loaded = imported(simulation(
        R"({"request": {"path": [{"matcher": "exact", "value": "/a"}],
                        "method": [{"matcher": "exact", "value": "GET"}]},
            "response": {"status": 201, "body": "eyJhIjoxfQ==", "encodedBody": true,
                         "headers": {"Content-Type": ["application/json"], "X": ["1", "2"]},
                         "templated": false}})"));
    const Answer answer = ServedEnvironment(loaded.server).ask("GET", "/a");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, R"({"a":1})");
    EXPECT_THAT(answer.head, HasSubstr("Content-Type: application/json"));
    EXPECT_THAT(answer.head, HasSubstr("X: 1\r\nX: 2"));
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("POST", "/a").status, 404);
    EXPECT_EQ(allMessages(loaded.problems), "");
}

TEST(Hoverfly, PathsByEveryMatcher)
{
    EXPECT_TRUE(meets(R"("path": )" + matcher("glob", "/api/*/x"), "GET", "/api/1/2/x"));
    EXPECT_FALSE(meets(R"("path": )" + matcher("glob", "/api/*/x"), "GET", "/api/1/y"));
    EXPECT_TRUE(meets(R"("path": )" + matcher("regex", "us.rs"), "GET", "/a/users/1"));
    EXPECT_TRUE(meets(R"("path": )" + matcher("regex", "^/users$"), "GET", "/users"));
    EXPECT_FALSE(meets(R"("path": )" + matcher("regex", "^/users$"), "GET", "/users/1"));
    EXPECT_FALSE(meets(R"("path": )" + matcher("exact", "/a*"), "GET", "/ab"));
    EXPECT_TRUE(meets(R"("path": [{"matcher": "glob", "value": "/a*"},
                                  {"matcher": "glob", "value": "*z"}])",
                      "GET", "/abz"));
    EXPECT_FALSE(meets(R"("path": [{"matcher": "glob", "value": "/a*"},
                                   {"matcher": "glob", "value": "*z"}])",
                       "GET", "/ab"));
    EXPECT_TRUE(meets(R"("method": )" + matcher("glob", "P*"), "PUT", "/"));
    EXPECT_FALSE(meets(R"("method": )" + matcher("glob", "P*"), "GET", "/"));
}

TEST(Hoverfly, HeadersAndQueries)
{
    const std::string header = R"("headers": {"X-A": )" + matcher("glob", "ab*") + "}";
    EXPECT_TRUE(meets(header, "GET", "/", "x-a: abc\r\n"));
    EXPECT_FALSE(meets(header, "GET", "/"));
    const std::string query = R"("query": {"a": )" + matcher("exact", "1;2") + "}";
    EXPECT_TRUE(meets(query, "GET", "/?a=1&a=2&b=3"));
    EXPECT_FALSE(meets(query, "GET", "/?a=1"));
    const std::string array = R"("query": {"a": [{"matcher": "array", "value": ["1", "2"],
        "config": {"ignoreUnknown": true, "ignoreOrder": true, "ignoreOccurrences": true}}]})";
    EXPECT_TRUE(meets(array, "GET", "/?a=2&a=3&a=1"));
    EXPECT_FALSE(meets(array, "GET", "/?a=2"));
    EXPECT_TRUE(meets(R"("deprecatedQuery": )" + matcher("exact", "a=1&b=2"), "GET", "/?b=2&a=1"));
    EXPECT_FALSE(meets(R"("deprecatedQuery": )" + matcher("exact", ""), "GET", "/?b=2"));
    EXPECT_TRUE(meets(R"("deprecatedQuery": )" + matcher("glob", "a=*"), "GET", "/x?a=7"));
    EXPECT_FALSE(meets(R"("deprecatedQuery": )" + matcher("glob", "a=*"), "GET", "/x?b=7"));
    EXPECT_TRUE(meets(R"("query": {"a": )" + matcher("negate", "1") + "}", "GET", "/?a=2"));
    EXPECT_FALSE(meets(R"("query": {"a": )" + matcher("negate", "1") + "}", "GET", "/?a=1"));
}

TEST(Hoverfly, BodiesAreCompared)
{
    struct Row
    {
        std::string body;
        const char *same;
        const char *other;
        const char *headers = "";
    };
    const Row rows[]{
        {matcher("exact", "some"), "some", "other"},
        {matcher("exact", ""), "", "other"},
        {matcher("regex", "o[m]e"), "some", "soe"},
        {matcher("json", R"({\"a\":[1,2]})"), R"({"a": [1, 2]})", R"({"a": [2, 1]})"},
        {matcher("jsonPartial", R"({\"b\":1})"), R"({"a": [{"b": 1, "c": 2}]})", R"({"a": 1})"},
        {matcher("jsonpath", "$.a[?(@.b == 1)]"), R"({"a": [{"b": 1}]})", R"({"a": []})"},
        {matcher("jsonpath", "$.user.id", R"(, "doMatch": {"matcher": "exact", "value": "1"})"),
         R"({"user": {"id": 1}})", R"({"user": {"id": 2}})"},
        {matcher("jsonpath", "$.a", R"(, "doMatch": {"matcher": "glob", "value": "x*"})"),
         R"({"a": "xyz"})", R"({"a": "yz"})"},
        {matcher("xml", "<a b='1'/>"), R"(<a b="1"></a>)", "<a/>"},
        {matcher("xpath", "/a/b[text()='1']"), "<a><b>1</b></a>", "<a><b>2</b></a>"},
        {matcher("xpath", "/a/b", R"(, "doMatch": {"matcher": "regex", "value": "^1"})"),
         "<a><b>12</b></a>", "<a><b>2</b></a>"},
        {R"([{"matcher": "form", "value": {"a": [{"matcher": "glob", "value": "1*"}]}}])",
         "b=2&a=12", "a=2", "Content-Type: application/x-www-form-urlencoded\r\n"},
    };
    for (const Row &row : rows) {
        const std::string request = R"("body": )" + row.body;
        EXPECT_TRUE(meets(request, "POST", "/", row.headers, row.same)) << row.body;
        EXPECT_FALSE(meets(request, "POST", "/", row.headers, row.other)) << row.body;
    }
}

TEST(Hoverfly, ClaimsOfAToken)
{
    // {"alg":"none"} . {"name":"Ada","admin":true} . x
    const char *token = "Authorization: Bearer "
                        "eyJhbGciOiJub25lIn0.eyJuYW1lIjoiQWRhIiwiYWRtaW4iOnRydWV9.x\r\n";
    const auto asked = [](const std::string &claim) {
        return R"("headers": {"Authorization": )"
               + matcher("jwt", R"({\"payload\":{)" + claim + "}}") + "}";
    };
    EXPECT_TRUE(meets(asked(R"(\"name\":\"Ada\")"), "GET", "/", token));
    EXPECT_FALSE(meets(asked(R"(\"name\":\"Bob\")"), "GET", "/", token));
}

TEST(Hoverfly, TheStrongestMatchAnswersAndOfEqualOnesTheLast)
{
    const std::string path = R"("path": )" + matcher("exact", "/a");
    const LoadedServer loaded = imported(simulation(
        pair(path, "first") + ","
        + pair(path + R"(, "query": {"q": )" + matcher("exact", "1") + "}", "strong") + ","
        + pair(R"("path": )" + matcher("glob", "/*"), "weak") + "," + pair(path, "last")));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/a?q=1").body, "strong");
    EXPECT_EQ(served.ask("GET", "/a").body, "last");
    EXPECT_EQ(served.ask("GET", "/b").body, "weak");
}

TEST(Hoverfly, StatesAreScenarios)
{
    const std::string path = R"("path": )" + matcher("exact", "/a");
    const LoadedServer loaded = imported(
        simulation(pair(path + R"(, "requiresState": {"sequence:1": "1"})", "one",
                        R"(, "transitionsState": {"sequence:1": "2"})")
                   + ","
                   + pair(path + R"(, "requiresState": {"sequence:1": "2"})", "two",
                          R"(, "transitionsState": {"basket": "full", "other": "x"})")
                   + ","
                   + pair(R"("path": )" + matcher("exact", "/b")
                              + R"(, "requiresState": {"basket": "full", "sequence:1": "2"})",
                          "full", R"(, "removesState": ["basket"])")));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/b").status, 404);
    EXPECT_EQ(served.ask("GET", "/a").body, "one");
    EXPECT_EQ(served.ask("GET", "/a").body, "two");
    EXPECT_EQ(served.ask("GET", "/b").body, "full");
    EXPECT_EQ(served.ask("GET", "/b").status, 404);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("'other' stays as it is"));
}

TEST(Hoverfly, TemplatesThatHaveAWordAreRendered)
{
    const std::string path = R"("path": )" + matcher("glob", "/users/*");
    const LoadedServer loaded = imported(simulation(
        pair(path, "{{ Request.Path.[1] }} {{Request.QueryParam.q}} {{ Request.Method }}",
             R"(, "templated": true)")));
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/users/ada?q=7").body, "ada 7 GET");
    const LoadedServer other
        = imported(simulation(pair(path, "{{ State.basket }}", R"(, "templated": true)")));
    EXPECT_EQ(ServedEnvironment(other.server).ask("GET", "/users/1").body, "{{ State.basket }}");
    EXPECT_THAT(allMessages(other.problems), HasSubstr("'State.basket' has no word here"));
}

TEST(Hoverfly, Delays)
{
    const LoadedServer loaded = imported(simulation(
        pair(R"("path": )" + matcher("exact", "/a"), "a", R"(, "fixedDelay": 1500)") + ","
            + pair(R"("path": )" + matcher("exact", "/b"), "b",
                   R"(, "logNormalDelay": {"min": 0, "max": 900, "mean": 500, "median": 400})")
            + ","
            + pair(R"("path": )" + matcher("exact", "/c") + R"(, "method": )"
                   + matcher("exact", "POST")),
        R"(, "globalActions": {"delays": [{"urlPattern": "/a", "delay": 1},
            {"urlPattern": "/c", "delay": 20, "httpMethod": "GET"},
            {"urlPattern": "/c$", "delay": 30}, {"urlPattern": "(", "delay": 3}]})"));
    const auto latency = [&](const std::string &path) {
        for (const Item &item : loaded.server.items) {
            if (item.endpoint()->path == path)
                return item.endpoint()->responses.at(0).behaviour.latency.head;
        }
        return std::optional<LatencyModel>();
    };
    using std::chrono::milliseconds;
    EXPECT_EQ(latency("/a"), LatencyModel(FixedLatency{milliseconds(1500)}));
    EXPECT_EQ(latency("/c"), LatencyModel(FixedLatency{milliseconds(30)}));
    const auto drawn = std::get<LognormalLatency>(latency("/b").value());
    EXPECT_EQ(drawn.median, milliseconds(400));
    EXPECT_EQ(drawn.max, milliseconds(900));
    EXPECT_NEAR(drawn.sigma.value(), 0.668, 0.001); // sqrt(2 ln 1.25)
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("is no regular expression"));
}

TEST(Hoverfly, OlderSchemas)
{
    const LoadedServer loaded = imported(simulation(
        R"({"request": {"path": {"exactMatch": "/a"}, "method": {"exactMatch": "GET"},
             "query": {"exactMatch": "q=1"}, "headers": {"X": ["a*"]}},
            "response": {"status": 200, "body": "old", "headers": {}}})",
        {}, "v4"));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/a?q=1", "X: ab\r\n").body, "old");
    EXPECT_EQ(served.ask("GET", "/a?q=2", "X: ab\r\n").status, 404);
    EXPECT_EQ(served.ask("GET", "/a?q=1").status, 404);
    for (const std::string &version : {std::string("v1"), std::string("v2")}) {
        const LoadOutcome outcome = loadText(simulation("", {}, version), kName);
        ASSERT_EQ(outcome.errors.size(), 1u);
        EXPECT_EQ(outcome.errors[0].error.text(),
                  "simulation.json:1:51: simulations of schema " + version
                      + " are not read: import it into Hoverfly 1.0 or later and export it again, "
                        "as v5");
    }
}

TEST(Hoverfly, WhatHasNoWordIsOffAndSaid)
{
    for (const std::string &request :
         {R"("path": )" + matcher("regex", "(["), R"("body": )" + matcher("xmltemplated", "<a/>"),
          R"("body": )" + matcher("json", "{"),
          R"("headers": {"X": )" + matcher("xpath", "/a") + "}",
          R"("headers": {"X": )" + matcher("jwt", "{}") + "}",
          R"("body": )"
              + matcher("xpath", "/a", R"(, "doMatch": {"matcher": "xml", "value": ""})")}) {
        const LoadedServer loaded = imported(simulation(pair(request)));
        EXPECT_FALSE(endpointAt(loaded, 0).enabled) << request;
        EXPECT_THAT(allMessages(loaded.problems), HasSubstr("switched off")) << request;
    }
    const LoadedServer loaded = imported(simulation(
        pair(R"("colour": [])", "x", R"(, "postServeAction": "hook", "bodyFile": "/etc/passwd")"),
        R"(, "literals": [{"name": "a", "value": 1}])", "v9"));
    const std::string said = allMessages(loaded.problems);
    for (const char *part :
         {"'colour' of a request", "'postServeAction' of a response", "'literals' has no effect",
          "'/etc/passwd' is not below", "the schema 'v9' is not known"})
        EXPECT_THAT(said, HasSubstr(part));
}

TEST(Hoverfly, WhatIsNoneIsRefusedWithACure)
{
    const LoadOutcome outcome = loadText(R"({"data": {"pairs": 1}})", kName);
    ASSERT_EQ(outcome.errors.size(), 1u);
    EXPECT_THAT(outcome.errors[0].error.text(),
                HasSubstr("simulation.json:1:1: this is no simulation of Hoverfly"));
}

TEST(Hoverfly, OtherAnswersWithPairsAreNone)
{
    EXPECT_TRUE(loadText(R"({"data": {"pairs": [{"id": "0x1"}]}})", "x.json").servers.empty());
}

TEST(Hoverfly, WhatIsExactIsStrongerThanAPattern)
{
    const LoadedServer loaded
        = imported(simulation(pair(R"("path": )" + matcher("exact", "/a"), "exact") + ","
                              + pair(R"("path": )" + matcher("glob", "/*"), "glob")));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/a").body, "exact");
    EXPECT_EQ(served.ask("GET", "/b").body, "glob");
}

} // namespace
} // namespace understudy::formats::hoverfly
