// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/mockserver_support.h"

/// Expectations of MockServer, answered as MockServer's documentation and sources say.
namespace understudy::formats::mockserver {
namespace {

TEST(MockServer, IsRecognisedByContent)
{
    for (const std::string text : {R"({"httpRequest": {"path": "/a"}, "httpResponse": {}})",
                                   R"([{"httpRequest": {}, "httpForward": {"host": "a"}}])",
                                   R"([{"httpResponse": {"statusCode": 204}}])",
                                   R"({"specUrlOrPayload": "file:api.json"})"}) {
        const LoadOutcome outcome = loadText(text, "a.json");
        ASSERT_EQ(outcome.servers.size(), 1u) << text;
        EXPECT_EQ(outcome.servers[0].format, "mockserver") << text;
    }
}

TEST(MockServer, AnswersAsTheResponseSays)
{
    const LoadedServer loaded = imported(R"([{
        "httpRequest": {"method": "GET", "path": "/some/path"},
        "httpResponse": {"statusCode": 418, "reasonPhrase": "Short and stout",
            "headers": {"X-One": ["a", "b"]}, "cookies": {"session": "abc"},
            "body": {"type": "JSON", "json": {"b": 1.50, "a": [true]}}}},
        {"httpRequest": {"path": "/list"},
         "httpResponse": {"headers": [{"name": "X-Two", "values": ["c"]}],
                          "cookies": [{"name": "n", "value": "v"}],
                          "body": {"type": "STRING", "string": "text", "contentType": "text/csv"}}}
    ])");
    const ServedEnvironment served(loaded.server);
    const Answer first = served.ask("GET", "/some/path");
    EXPECT_EQ(first.status, 418);
    EXPECT_EQ(first.body, R"({"b":1.50,"a":[true]})");
    for (const char *part : {"418 Short and stout", "X-One: a\r\n", "X-One: b\r\n",
                             "Set-Cookie: session=abc", "Content-Type: application/json"})
        EXPECT_THAT(first.head, HasSubstr(part));
    const Answer second = served.ask("DELETE", "/list");
    EXPECT_EQ(second.status, 200);
    EXPECT_THAT(second.head, HasSubstr("X-Two: c"));
    EXPECT_THAT(second.head, HasSubstr("Set-Cookie: n=v"));
    EXPECT_THAT(second.head, HasSubstr("Content-Type: text/csv"));
    EXPECT_EQ(served.ask("GET", "/other").status, 404);
    EXPECT_EQ(allMessages(loaded.problems), "");
}

TEST(MockServer, BodiesOfEveryKindAreSent)
{
    const LoadedServer loaded = imported(R"([
        {"httpRequest": {"path": "/bytes"},
         "httpResponse": {"body": {"type": "BINARY", "base64Bytes": "AAH/"}}},
        {"httpRequest": {"path": "/xml"}, "httpResponse": {"body": {"type": "XML", "xml": "<a/>"}}},
        {"httpRequest": {"path": "/json"},
         "httpResponse": {"body": {"type": "JSON", "json": "{ \"a\": 1 }"}}},
        {"httpRequest": {"path": "/bare"}, "httpResponse": {"body": {"a": 1}}},
        {"httpRequest": {"path": "/file"},
         "httpResponse": {"body": {"type": "FILE", "filePath": "../secret"}}}
    ])");
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/bytes").body, std::string("\0\1\xFF", 3));
    EXPECT_THAT(served.ask("GET", "/xml").head, HasSubstr("application/xml"));
    EXPECT_EQ(served.ask("GET", "/json").body, R"({ "a": 1 })");
    EXPECT_EQ(served.ask("GET", "/bare").body, R"({"a":1})");
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("expectations.json:9:35: ANY /file: the "
                                                        "file '../secret' is not below"));
}

TEST(MockServer, PrioritiesThenTheOrderOfTheFile)
{
    const LoadedServer loaded
        = imported("[" + expectation(R"("path": "/a.*")", "first") + ","
                   + expectation(R"("path": "/abc")", "second") + ","
                   + expectation(R"("path": "/abd")", "third", R"(, "priority": 10)") + "]");
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/abc").body, "first");
    EXPECT_EQ(served.ask("GET", "/abd").body, "third");
    EXPECT_EQ(served.ask("GET", "/ax").body, "first");
}

TEST(MockServer, TimesAreCountedAndThenTheNextAnswers)
{
    const LoadedServer loaded = imported(
        "[" + expectation(R"("path": "/a")", "once", R"(, "times": {"remainingTimes": 1})") + ","
        + expectation(R"("path": "/a")", "then", R"(, "times": {"unlimited": true},
            "timeToLive": {"timeUnit": "SECONDS", "timeToLive": 60})")
        + "]");
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/a").body, "once");
    EXPECT_EQ(served.ask("GET", "/a").body, "then");
    EXPECT_EQ(served.ask("GET", "/a").body, "then");
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("'timeToLive' has no effect"));
}

TEST(MockServer, DelaysAndConnections)
{
    const LoadedServer loaded = imported(R"([
        {"httpResponse": {"delay": {"timeUnit": "SECONDS", "value": 2},
                          "connectionOptions": {"closeSocket": true, "chunkSize": 10,
                                                "contentLengthHeaderOverride": 3}}},
        {"httpResponse": {"delay": {"timeUnit": "MILLISECONDS",
                          "distribution": {"type": "UNIFORM", "min": 10, "max": 20}}}},
        {"httpError": {"dropConnection": true}},
        {"httpError": {"dropConnection": true, "responseBytes": "AAEC"}},
        {"httpResponse": {"delay": {"timeUnit": "FORTNIGHTS", "value": 2}}}
    ])");
    const auto response = [&](std::size_t i) { return endpointAt(loaded, i).responses.at(0); };
    EXPECT_EQ(response(0).behaviour.latency.head,
              LatencyModel(FixedLatency{std::chrono::seconds(2)}));
    EXPECT_EQ(response(0).headers,
              (http::HeaderList{{"Connection", "close"}, {"Transfer-Encoding", "chunked"}}));
    EXPECT_EQ(
        response(1).behaviour.latency.head,
        LatencyModel(UniformLatency{std::chrono::milliseconds(10), std::chrono::milliseconds(20)}));
    ASSERT_EQ(response(2).behaviour.faults.size(), 1u);
    EXPECT_EQ(response(2).behaviour.faults[0].kind, FaultKind::Close);
    EXPECT_EQ(response(3).behaviour.faults.at(0).kind, FaultKind::Garbage);
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("expectations.json:4:49: ANY any path: "
                                "'contentLengthHeaderOverride' of 'connectionOptions'"));
    EXPECT_THAT(said, HasSubstr("expectations.json:9:36: ANY any path: a delay has a 'timeUnit'"));
}

TEST(MockServer, WhatCannotBeServedIsOffAndSaid)
{
    const std::pair<const char *, const char *> rows[]{
        {R"("httpForward": {"host": "a"})", "requests are not passed on"},
        {R"("httpOverrideForwardedRequest": {})", "requests are not passed on"},
        {R"("httpResponseTemplate": {"template": "", "templateType": "VELOCITY"})",
         "a template of MockServer"},
        {R"("httpResponseClassCallback": {"callbackClass": "A"})", "made by a Java class"},
        {R"("times": {})", "it has no action"},
        {R"("httpResponse": [])", "'httpResponse' is no object"},
    };
    for (const auto &[action, message] : rows) {
        const LoadedServer loaded
            = imported(R"({"httpRequest": {"path": "/a"}, )" + std::string(action) + "}");
        EXPECT_FALSE(endpointAt(loaded, 0).enabled) << action;
        EXPECT_THAT(allMessages(loaded.problems), HasSubstr(message));
    }
    for (const char *request :
         {R"("path": "a")", R"("headers": {"X-.*": ["a"]})", R"("headers": 7)",
          R"("body": {"type": "GRAPHQL", "query": "{a}"}, "secure": 1, "specUrlOrPayload": "x")",
          R"("body": {"type": "JSON", "json": "{"})"}) {
        const LoadedServer loaded = imported(expectation(request));
        EXPECT_FALSE(endpointAt(loaded, 0).enabled) << request;
        EXPECT_THAT(allMessages(loaded.problems), HasSubstr("switched off")) << request;
    }
}

TEST(MockServer, UnknownKeysAndIdsAreNotLost)
{
    const LoadedServer loaded = imported(
        R"({"id": "my-id", "httpRequest": {"path": "/a", "keepAlive": true, "colour": 1},
            "httpResponse": {"trailers": {}}, "scenarioName": "x"})");
    EXPECT_EQ(endpointAt(loaded, 0).id, "my-id");
    const std::string said = allMessages(loaded.problems);
    for (const char *part : {"'keepAlive' of a request is not compared", "'colour' of a request",
                             "'trailers' of a response", "'scenarioName' of an expectation"})
        EXPECT_THAT(said, HasSubstr(part));
}

TEST(MockServer, WhatHoldsNoneIsRefusedWithACure)
{
    const LoadOutcome outcome = loadText(R"({"a": 1})", kName, {.format = "mockserver"});
    ASSERT_EQ(outcome.errors.size(), 1u);
    EXPECT_EQ(outcome.errors[0].error.text(),
              "expectations.json:1:1: this holds no expectation of MockServer: an expectation has "
              "'httpRequest' and an action such as 'httpResponse', and several stand in a list");
}

TEST(MockServer, AnExpectationTakesThePlaceOfOneWithItsId)
{
    const LoadOutcome outcome = loadText(
        R"([{"id": "a", "httpRequest": {"path": "/a"}, "httpResponse": {"body": "old"}},
            {"id": "a", "httpRequest": {"path": "/a"}, "httpResponse": {"body": "new"}}])",
        "x.json");
    ASSERT_EQ(outcome.servers.size(), 1U);
    ASSERT_EQ(outcome.servers[0].server.items.size(), 1U);
    ServedEnvironment server(outcome.servers[0].server);
    EXPECT_EQ(server.ask("GET", "/a").body, "new");
    EXPECT_THAT(allMessages(outcome.servers[0].problems), HasSubstr("takes its place"));
}

TEST(MockServer, BytesKeepTheCodingThatTheirHeaderNames)
{
    const LoadOutcome outcome = loadText(
        R"({"httpRequest": {"path": "/a"}, "httpResponse": {
            "headers": {"Content-Encoding": ["gzip"], "Date": ["never"]},
            "body": {"type": "BINARY", "base64Bytes": "H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA=="}}})",
        "x.json");
    ASSERT_EQ(outcome.servers.size(), 1U);
    EXPECT_THAT(ServedEnvironment(outcome.servers[0].server).ask("GET", "/a").head,
                HasSubstr("Content-Encoding: gzip"));
    EXPECT_THAT(allMessages(outcome.servers[0].problems), HasSubstr("'Date' is the server's own"));
}

TEST(MockServer, LogsAreNone)
{
    EXPECT_TRUE(
        loadText(R"([{"insertId": "1", "httpRequest": {"requestMethod": "GET"}}])", "x.json")
            .servers.empty());
}

TEST(MockServer, WhatReplacesStandsWhereTheReplacedOneStood)
{
    const LoadedServer loaded
        = imported("[" + expectation(R"("path": "/a.*")", "old", R"(, "id": "a")") + ","
                   + expectation(R"("path": "/a.*")", "second") + ","
                   + expectation(R"("path": "/ab.*")", "new", R"(, "id": "a")") + "]");
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/abc").body, "new");
    EXPECT_EQ(served.ask("GET", "/ax").body, "second");
}

} // namespace
} // namespace understudy::formats::mockserver
