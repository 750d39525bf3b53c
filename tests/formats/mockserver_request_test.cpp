// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/mockserver_support.h"

/// What expectations of MockServer ask of requests, as its documentation and sources say.
namespace understudy::formats::mockserver {
namespace {

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

TEST(MockServer, WhatIsNoExpressionIsComparedAsATextAndSaid)
{
    struct Row
    {
        const char *request;
        const char *target;
        const char *headers = "";
        const char *body = "";
        bool isMet = true;
    };
    const Row rows[]{
        {R"("path": "/a(b")", "/a(b"},
        {R"("path": "!/a(b")", "/a(b", "", "", false},
        {R"("path": "/{x}/a(b", "pathParameters": {"x": ["1"]})", "/1/a(b"},
        {R"("headers": {"X": ["a(b"]})", "/", "X: a(b\r\n"},
        {R"("headers": {"X": ["!a(b"]})", "/", "X: a(b\r\n", "", false},
        {R"("cookies": {"c": "a(b"})", "/", "Cookie: c=a(b\r\n"},
        {R"("queryStringParameters": {"q": ["a(b"]})", "/?q=a(b"},
        {R"("queryStringParameters": {"q(": ["1"]})", "/?q(=1"},
        {R"("queryStringParameters": {"q.*": ["a(b"]})", "/?q1=a(b"},
        {R"("body": {"type": "REGEX", "regex": "a(b"})", "/", "", "a(b"},
        {R"("body": {"type": "REGEX", "regex": "a(b", "not": true})", "/", "", "a(b", false},
        {R"("method": {"value": "PO(ST", "not": true})", "/"},
    };
    for (const Row &row : rows) {
        const LoadedServer loaded = imported(expectation(row.request));
        EXPECT_TRUE(endpointAt(loaded, 0).enabled) << row.request;
        EXPECT_THAT(allMessages(loaded.problems),
                    HasSubstr("cannot be read here; it is compared as a text"))
            << row.request;
        const int status = ServedEnvironment(loaded.server)
                               .ask("POST", row.target, row.headers, row.body)
                               .status;
        EXPECT_EQ(status, row.isMet ? 200 : 404) << row.request;
    }
}

TEST(MockServer, EscapesOfJavaAreReadInPathsAndNames)
{
    EXPECT_TRUE(meets(R"("path": "/[\\u0041-\\u005A]+")", "GET", "/ABC"));
    EXPECT_FALSE(meets(R"("path": "/[\\u0041-\\u005A]+")", "GET", "/1"));
    EXPECT_TRUE(meets(R"("path": "/{x}/[\\u0041-\\u005A]+", "pathParameters": {"x": ["1"]})", "GET",
                      "/1/ABC"));
    const char *named = R"("queryStringParameters": {"[\\u0041-\\u005A]+": ["\\u0031+"]})";
    EXPECT_TRUE(meets(named, "GET", "/?ABC=11"));
    EXPECT_FALSE(meets(named, "GET", "/?ABC=2"));
}

} // namespace
} // namespace understudy::formats::mockserver
