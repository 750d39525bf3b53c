// SPDX-License-Identifier: Apache-2.0
#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

/// Expectations of MockServer, answered as MockServer's documentation and sources say.
namespace understudy::formats::mockserver {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char *kName = "expectations.json";

LoadedServer imported(const std::string &text)
{
    LoadedServer loaded = loadedOne(text, kName);
    EXPECT_EQ(loaded.format, "mockserver");
    expectWhole(loaded.server);
    return loaded;
}

std::string expectation(const std::string &request, const std::string &body = "yes",
                        const std::string &more = {})
{
    return R"({"httpRequest": {)" + request + R"(}, "httpResponse": {"body": ")" + body + "\"}"
           + more + "}";
}

/// Whether a request with that in front of its headers and this body meets the expectation.
bool meets(const std::string &request, std::string_view method, std::string_view target,
           std::string_view headers = {}, std::string_view body = {})
{
    const LoadedServer loaded = imported(expectation(request));
    return ServedEnvironment(loaded.server).ask(method, target, headers, body).status == 200;
}

const Endpoint &endpointAt(const LoadedServer &loaded, std::size_t place)
{
    return *loaded.server.items.at(place).endpoint();
}

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

TEST(MockServer, TextsAreExpressionsWhateverTheCase)
{
    EXPECT_TRUE(meets(R"("path": "/some.*")", "GET", "/somewhere/else"));
    EXPECT_FALSE(meets(R"("path": "/some.*")", "GET", "/other"));
    EXPECT_FALSE(meets(R"("path": "/some")", "GET", "/some/more"));
    EXPECT_TRUE(meets(R"("path": "/Some")", "GET", "/sOME"));
    EXPECT_TRUE(meets(R"("path": "!/some")", "GET", "/other"));
    EXPECT_FALSE(meets(R"("path": "!/some")", "GET", "/some"));
    EXPECT_TRUE(meets(R"("path": {"not": true, "value": "/some"})", "GET", "/other"));
    EXPECT_TRUE(meets(R"("method": "P.*", "path": "/a")", "PUT", "/a"));
    EXPECT_FALSE(meets(R"("method": "P.*", "path": "/a")", "GET", "/a"));
    EXPECT_TRUE(meets(R"("method": "get|put", "path": "/a")", "PUT", "/a"));
    EXPECT_FALSE(meets(R"("method": "!GET", "path": "/a")", "GET", "/a"));
    // A text that is no expression is compared as it is.
    EXPECT_TRUE(meets(R"("headers": {"X": "a(b"})", "GET", "/", "X: a(b\r\n"));
    EXPECT_TRUE(meets(R"x("headers": {"X": "Mozilla/5.0 (X11)"})x", "GET", "/",
                      "X: Mozilla/5.0 (X11)\r\n"));
}

TEST(MockServer, HeadersAndParametersInBothNotations)
{
    for (const char *named :
         {R"("queryStringParameters": {"cart": ["[A-Z0-9-]+"], "n": "1"})",
          R"("queryStringParameters": [{"name": "cart", "values": ["[A-Z0-9-]+"]}, )"
          R"({"name": "n", "values": ["1"]}])"}) {
        EXPECT_TRUE(meets(named, "GET", "/?n=1&cart=055CA455-1DF7")) << named;
        EXPECT_FALSE(meets(named, "GET", "/?cart=055CA455-1DF7")) << named;
        EXPECT_FALSE(meets(named, "GET", "/?n=1&cart=_")) << named;
    }
    EXPECT_TRUE(meets(R"("headers": {"Accept": ["application/json"]})", "GET", "/",
                      "accept: Application/JSON\r\n"));
    EXPECT_TRUE(meets(R"("headers": {"!X-No": [".*"]})", "GET", "/"));
    EXPECT_FALSE(meets(R"("headers": {"!X-No": [".*"]})", "GET", "/", "X-No: 1\r\n"));
    EXPECT_TRUE(meets(R"("headers": {"X": ["!a"]})", "GET", "/", "X: b\r\n"));
    EXPECT_FALSE(meets(R"("headers": {"X": ["!a"]})", "GET", "/"));
    EXPECT_TRUE(meets(R"("headers": {"?X": ["a"]})", "GET", "/"));
    EXPECT_FALSE(meets(R"("headers": {"?X": ["a"]})", "GET", "/", "X: b\r\n"));
    EXPECT_TRUE(meets(R"("cookies": {"s": "[0-9]+"})", "GET", "/", "Cookie: s=12\r\n"));
    EXPECT_FALSE(meets(R"("cookies": [{"name": "s", "value": "1"}])", "GET", "/"));
    EXPECT_TRUE(meets(R"("queryStringParameters": {"a.*": ["1"]})", "GET", "/?abc=1"));
    EXPECT_FALSE(meets(R"("queryStringParameters": {"a.*": ["1"]})", "GET", "/?abc=2"));
}

TEST(MockServer, PathParametersAndSchemas)
{
    const char *request
        = R"("path": "/cart/{cartId}/item", "pathParameters": {"cartId": ["[0-9]+"]})";
    EXPECT_TRUE(meets(request, "GET", "/cart/12/item"));
    EXPECT_FALSE(meets(request, "GET", "/cart/x/item"));
    EXPECT_FALSE(meets(request, "GET", "/cart/12"));
    const char *schema
        = R"("queryStringParameters": {"n": {"schema": {"type": "integer", "minimum": 5}}})";
    EXPECT_TRUE(meets(schema, "GET", "/?n=5"));
    EXPECT_FALSE(meets(schema, "GET", "/?n=4"));
    EXPECT_FALSE(meets(schema, "GET", "/?n=x"));
    const char *text = R"("headers": {"X": [{"schema": {"type": "string", "pattern": "^a+$"}}]})";
    EXPECT_TRUE(meets(text, "GET", "/", "X: aa\r\n"));
    EXPECT_FALSE(meets(text, "GET", "/", "X: b\r\n"));
}

TEST(MockServer, BodiesAreCompared)
{
    struct Row
    {
        const char *body;
        const char *same;
        const char *other;
        const char *headers = "";
    };
    const Row rows[]{
        {R"("some text")", "some text", "some texts"},
        {R"({"type": "STRING", "string": "some", "subString": true})", "awesome!", "so me"},
        {R"({"type": "STRING", "string": "some", "not": true})", "other", "some"},
        {R"({"type": "REGEX", "regex": "a.+"})", "abc", "bc"},
        {R"({"type": "JSON", "json": {"a": 1, "l": [1, 2]}, "matchType": "STRICT"})",
         R"({"l": [1, 2], "a": 1})", R"({"a": 1, "l": [1, 2], "more": 1})"},
        {R"({"type": "JSON", "json": "{\"a\": [1]}"})", R"({"a": [2, 1], "b": 1})",
         R"({"a": [2]})"},
        {R"({"a": 1})", R"({"a": 1, "b": 2})", R"({"a": 2})"},
        {R"([1])", R"([2, 1])", R"([2])"},
        {R"({"json": {"a": "${json-unit.any-string}"}})", R"({"a": "x"})", R"({"a": 1})"},
        {R"({"type": "JSON_SCHEMA", "jsonSchema": {"type": "object", "required": ["a"]}})",
         R"({"a": 1})", R"({"b": 1})"},
        {R"({"type": "JSON_PATH", "jsonPath": "$.a[?(@.b == 1)]"})", R"({"a": [{"b": 1}]})",
         R"({"a": [{"b": 2}]})"},
        {R"({"type": "XML", "xml": "<a x='1' y='2'><b/></a>"})", R"(<a y="2" x="1"> <b/></a>)",
         "<a/>"},
        {R"({"type": "XPATH", "xpath": "/a[b = 1]"})", "<a><b>1</b></a>", "<a><b>2</b></a>"},
        {R"({"type": "XPATH", "xpath": "/p:a", "namespacePrefixes": {"p": "urn:x"}})",
         "<q:a xmlns:q='urn:x'/>", "<p:a xmlns:p='urn:y'/>"},
        {R"({"type": "PARAMETERS", "parameters": {"a": ["1.*"]}})", "a=12&b=3", "a=2",
         "Content-Type: application/x-www-form-urlencoded\r\n"},
        {R"({"type": "BINARY", "base64Bytes": "AAH/"})", "\x01", "x"},
        {R"({"type": "JSON", "json": {"a": 1}, "optional": true})", "", R"({"a": 2})"},
    };
    for (const Row &row : rows) {
        const std::string request = R"("body": )" + std::string(row.body);
        std::string same = row.same;
        if (same == "\x01")
            same = std::string("\0\1\xFF", 3);
        EXPECT_TRUE(meets(request, "POST", "/", row.headers, same)) << row.body;
        EXPECT_FALSE(meets(request, "POST", "/", row.headers, row.other)) << row.body;
    }
}

TEST(MockServer, TheOppositeOfARequest)
{
    const char *request = R"("method": "GET", "path": "/a", "not": true)";
    EXPECT_FALSE(meets(request, "GET", "/a"));
    EXPECT_TRUE(meets(request, "POST", "/a"));
    EXPECT_TRUE(meets(request, "GET", "/b"));
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

constexpr std::string_view kHostile = R"([{"id": "a", "priority": 3,
 "httpRequest": {"method": "!GET", "path": "/a/{b}/c.*", "pathParameters": {"b": ["[0-9]+"]},
  "queryStringParameters": [{"name": "?q.*", "values": ["!x", {"schema": {"type": "integer", "minimum": 1}}]}],
  "headers": {"keyMatchStyle": "MATCHING_KEY", "X-A": ["a|b"]}, "cookies": {"c": "d"}, "secure": true,
  "body": {"type": "JSON", "json": {"a": [1, "${json-unit.any-string}"]}, "matchType": "STRICT", "not": true}},
 "httpResponse": {"statusCode": 201, "reasonPhrase": "R", "headers": {"H": ["1", "2"]}, "cookies": {"s": "t"},
  "body": {"type": "BINARY", "base64Bytes": "AAH/", "contentType": "image/png"},
  "delay": {"timeUnit": "SECONDS", "value": 1}, "connectionOptions": {"closeSocket": true}},
 "times": {"remainingTimes": 2, "unlimited": false}, "timeToLive": {"unlimited": true}},
 {"httpRequest": {"path": "/x", "body": {"type": "XPATH", "xpath": "/a", "namespacePrefixes": {"p": "u"}}},
  "httpError": {"dropConnection": true, "responseBytes": "AA=="}}])";

TEST(MockServerHostile, DamagedFilesAreSafe)
{
    expectSafeWhenDamaged(std::string(kHostile), kName, "mockserver", 500);
}

TEST(MockServerHostile, StrangeTypesAreSafe)
{
    expectSafeWhenRetyped(kHostile, kName, "mockserver");
}

TEST(MockServerHostile, ManyExpectationsAndDeepOnesEnd)
{
    std::string many = "[";
    for (int i = 0; i < 12'000; ++i)
        many += expectation(R"("path": "/a/)" + std::to_string(i) + R"(.*")") + ",\n";
    const LoadedServer loaded = loadedOne(many + expectation("") + "]", kName);
    EXPECT_EQ(loaded.server.items.size(), 10'000u);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("more than 10000 expectations"));
    const std::string nested = std::string(150, '[') + std::string(150, ']');
    for (const char *part : {"httpRequest", "httpResponse"})
        expectSafe("{\"" + std::string(part) + R"(": {"body": )" + nested + "}}", kName,
                   "mockserver");
    const std::string deep(100'000, '[');
    expectSafe(R"({"httpRequest": )" + deep, kName, "mockserver");
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

TEST(MockServer, EscapesOfJavaAreRead)
{
    const LoadOutcome outcome = loadText(
        R"({"httpRequest": {"path": "/a", "queryStringParameters": {"q": ["[\\u0041-\\u005A]+"]}},
            "httpResponse": {"body": "capitals"}})",
        "x.json");
    ASSERT_EQ(outcome.servers.size(), 1U);
    ServedEnvironment server(outcome.servers[0].server);
    EXPECT_EQ(server.ask("GET", "/a?q=ABC").body, "capitals");
    EXPECT_EQ(server.ask("GET", "/a?q=1").status, 404);
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

} // namespace
} // namespace understudy::formats::mockserver
