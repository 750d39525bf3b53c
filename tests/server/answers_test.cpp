// SPDX-License-Identifier: Apache-2.0
// Bodies, files, CORS, latency, fallback and compression as a client sees them.
#include "core/http/date.h"
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Answers, EachKindOfBodyHasItsContentType)
{
    RunningMock server(mock(R"(
- {path: /text, responses: [{body: "plain"}]}
- {path: /json, responses: [{bodyJson: {b: 1, a: [true, null, 1.5]}}]}
- {path: /bytes, responses: [{bodyBase64: AAEC/w==}]}
- {path: /own, responses: [{headers: {content-type: text/css}, body: "a{}"}]}
)"));
    EXPECT_THAT(get(server.port(), "/text"),
                HasSubstr("\r\nContent-Type: text/plain; charset=utf-8\r\n"));
    const std::string json = get(server.port(), "/json");
    EXPECT_THAT(json, HasSubstr("\r\nContent-Type: application/json\r\n"));
    EXPECT_EQ(bodyOf(json), R"({"b":1,"a":[true,null,1.5]})");
    EXPECT_EQ(bodyOf(get(server.port(), "/bytes")), std::string("\0\1\2\xff", 4));
    const std::string own = get(server.port(), "/own");
    EXPECT_THAT(own, HasSubstr("\r\ncontent-type: text/css\r\n"));
    EXPECT_THAT(own, Not(HasSubstr("text/plain")));
}

TEST(Answers, NumbersGoOutAsTheyWereWritten)
{
    RunningMock server(mock("- {path: /x, responses: [{bodyJson: {n: 1236546565217899832645, "
                            "list: [12.90, 1e400, -0, 1.0, 0.10000000000000000000001]}}]}\n"));
    EXPECT_EQ(
        bodyOf(get(server.port(), "/x")),
        R"({"n":1236546565217899832645,"list":[12.90,1e400,-0,1.0,0.10000000000000000000001]})");
}

TEST(Answers, ServerHeadersAreLaidUnderTheResponses)
{
    RunningMock server(
        mock("- {path: /x, responses: [{headers: {x-b: response, Set-Cookie: c=3}, body: x}]}\n",
             "headers: {X-A: server, X-B: server, Set-Cookie: a=1}\n"));
    const std::string answer = get(server.port(), "/x");
    EXPECT_THAT(answer, HasSubstr("\r\nX-A: server\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nx-b: response\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("X-B")));
    EXPECT_THAT(answer, HasSubstr("\r\nSet-Cookie: a=1\r\nx-b: response\r\nSet-Cookie: c=3\r\n"));
}

class FileBodies : public testing::Test
{
protected:
    FileBodies()
        : server(mock(R"(
- {path: /file, responses: [{bodyFile: data.json}]}
- {path: /get, responses: [{bodyFile: data.json, download: true}]}
- {path: /error, responses: [{status: 503, bodyFile: data.json}]}
- {path: /missing, responses: [{bodyFile: nowhere.txt}]}
- {path: /outside, responses: [{bodyFile: ../secret.txt}]}
)"))
    {
        server.folder().write("data.json", "0123456789");
    }
    std::string file(const std::string &headers = {})
    {
        return get(server.port(), "/file", headers);
    }

    RunningMock server;
};

TEST_F(FileBodies, AreServedWithTypeTagAndDate)
{
    const std::string answer = file();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: application/json\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nETag: \""));
    EXPECT_THAT(answer, HasSubstr("\r\nLast-Modified: "));
    EXPECT_EQ(bodyOf(answer), "0123456789");
    EXPECT_THAT(get(server.port(), "/get"),
                HasSubstr("\r\nContent-Disposition: attachment; filename=\"data.json\"\r\n"));
}

TEST_F(FileBodies, AnswerSingleRanges)
{
    const std::vector<std::tuple<std::string, std::string, std::string>> cases{
        {"bytes=2-4", "206", "234"},        {"bytes=7-", "206", "789"},
        {"bytes=-3", "206", "789"},         {"bytes=0-99", "206", "0123456789"},
        {"bytes=10-", "416", ""},           {"bytes=-0", "416", ""},
        {"bytes=4-2", "200", "0123456789"}, {"lines=1-2", "200", "0123456789"},
    };
    for (const auto &[range, status, body] : cases) {
        const std::string answer = file("Range: " + range + "\r\n");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + status)) << range;
        EXPECT_EQ(bodyOf(answer), body) << range;
    }
    EXPECT_THAT(file("Range: bytes=2-4\r\n"), HasSubstr("\r\nContent-Range: bytes 2-4/10\r\n"));
    EXPECT_THAT(file("Range: bytes=10-\r\n"), HasSubstr("\r\nContent-Range: bytes */10\r\n"));
    EXPECT_THAT(get(server.port(), "/error", "Range: bytes=2-4\r\n"), StartsWith("HTTP/1.1 503"));
}

TEST_F(FileBodies, AnswerConditionalRequests)
{
    const std::string answer = file();
    const std::size_t at = answer.find("ETag: ") + 6;
    const std::string tag = answer.substr(at, answer.find("\r\n", at) - at);
    const std::string same = file("If-None-Match: \"other\", " + tag + "\r\n");
    EXPECT_THAT(same, StartsWith("HTTP/1.1 304 Not Modified\r\n"));
    EXPECT_EQ(bodyOf(same), "");
    EXPECT_THAT(file("If-None-Match: \"other\"\r\n"), StartsWith("HTTP/1.1 200"));
    const std::string future
        = http::formatDate(std::chrono::system_clock::now() + std::chrono::hours(1));
    EXPECT_THAT(file("If-Modified-Since: " + future + "\r\n"), StartsWith("HTTP/1.1 304"));
    EXPECT_THAT(file("If-Match: \"old\"\r\n"), StartsWith("HTTP/1.1 412"));
    EXPECT_THAT(file("If-Match: " + tag + "\r\n"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(file("If-Range: \"old\"\r\nRange: bytes=0-1\r\n"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(file("If-Range: " + tag + "\r\nRange: bytes=0-1\r\n"), StartsWith("HTTP/1.1 206"));
}

TEST_F(FileBodies, MissingOnesAreAClear500)
{
    const std::string answer = get(server.port(), "/missing");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
    EXPECT_THAT(answer, HasSubstr("body file 'nowhere.txt' is missing"));
    EXPECT_THAT(answer, testing::Not(HasSubstr(server.folder().path().string())));
    EXPECT_THAT(server.exchange()->error, HasSubstr("nowhere.txt"));
    EXPECT_THAT(server.events(), testing::Contains(HasSubstr("nowhere.txt")));
    // As soon as it is there it is served.
    server.folder().write("nowhere.txt", "here");
    EXPECT_EQ(bodyOf(get(server.port(), "/missing")), "here");
}

TEST_F(FileBodies, NeverLeaveTheFolder)
{
    EXPECT_THAT(get(server.port(), "/outside"), StartsWith("HTTP/1.1 500"));
    EXPECT_THAT(server.exchange()->error, HasSubstr("outside"));
}

TEST_F(FileBodies, StreamLargeFiles)
{
    std::string big;
    for (int i = 0; i < 400'000; ++i)
        big += "line " + std::to_string(i) + '\n';
    server.folder().write("data.json", big);
    EXPECT_EQ(bodyOf(file()), big);
    EXPECT_TRUE(server.exchange()->responseBody.cut);
    EXPECT_EQ(server.exchange()->responseBody.size, big.size());
}

TEST(Answers, GzipOnlyForThoseWhoAcceptIt)
{
    RunningMock server(mock("- {path: /z, responses: [{headers: {Content-Encoding: gzip}, body: "
                            + std::string(1000, 'a') + "}]}\n"));
    const std::string plain = get(server.port(), "/z");
    EXPECT_EQ(bodyOf(plain).size(), 1000U);
    EXPECT_THAT(plain, Not(HasSubstr("Content-Encoding")));
    EXPECT_THAT(plain, HasSubstr("\r\nVary: Accept-Encoding\r\n"));
    const std::string packed = get(server.port(), "/z", "Accept-Encoding: br, gzip;q=0.5\r\n");
    EXPECT_THAT(packed, HasSubstr("\r\nContent-Encoding: gzip\r\n"));
    EXPECT_EQ(bodyOf(packed).substr(0, 2), "\x1f\x8b");
    EXPECT_THAT(get(server.port(), "/z", "Accept-Encoding: gzip;q=0\r\n"),
                Not(HasSubstr("Content-Encoding")));
}

TEST(Answers, CorsAllowsWhatAPreflightAsksFor)
{
    RunningMock server(
        mock("- {path: /x, method: [GET, PUT], responses: [{body: x}]}\n", "cors: true\n"));
    LoopbackClient client(server.port());
    client.send("OPTIONS /x HTTP/1.1\r\nHost: h\r\nOrigin: "
                "http://a.example\r\nAccess-Control-Request-Method: PUT\r\n"
                "Access-Control-Request-Headers: X-Token\r\n\r\n");
    const std::string preflight = client.readAnswer();
    EXPECT_THAT(preflight, StartsWith("HTTP/1.1 204"));
    EXPECT_THAT(preflight, HasSubstr("\r\nAccess-Control-Allow-Methods: GET, PUT\r\n"));
    EXPECT_THAT(preflight, HasSubstr("\r\nAccess-Control-Allow-Headers: X-Token\r\n"));
    EXPECT_THAT(preflight, HasSubstr("\r\nAccess-Control-Allow-Origin: http://a.example\r\n"));
    EXPECT_EQ(server.exchange()->match, MatchKind::Preflight);
    EXPECT_THAT(get(server.port(), "/x"), HasSubstr("\r\nAccess-Control-Allow-Origin: *\r\n"));
    EXPECT_THAT(get(server.port(), "/nowhere", "Origin: http://b\r\n"),
                HasSubstr("\r\nAccess-Control-Allow-Origin: http://b\r\n"));
}

TEST(Answers, APreflightIsNotForEndpointsOfAnyMethod)
{
    RunningMock server(mock("- {path: /any, method: ANY, responses: [{body: any}]}\n"
                            "- {path: /own, method: OPTIONS, responses: [{body: own}]}\n",
                            "cors: true\n"));
    const auto ask = [&](const std::string &path) {
        LoopbackClient client(server.port());
        client.send("OPTIONS " + path
                    + " HTTP/1.1\r\nHost: h\r\nOrigin: http://a\r\nAccess-Control-Request-Method: "
                      "PUT\r\n\r\n");
        return client.readAnswer();
    };
    EXPECT_THAT(ask("/any"), StartsWith("HTTP/1.1 204"));
    EXPECT_EQ(bodyOf(ask("/own")), "own");
}

TEST(Answers, LatenciesOfAllScopesAddUp)
{
    RunningMock server(mock(R"(
- folder: f
  behaviour: {latency: 20ms}
  endpoints:
  - path: /x
    behaviour: {latency: 30ms}
    responses: [{body: x, behaviour: {latency: 10ms}}]
)",
                            "behaviour: {latency: 40ms}\n"));
    get(server.port(), "/x");
    const auto exchange = server.exchange();
    EXPECT_EQ(exchange->timings.plannedLatency, std::chrono::milliseconds(100));
    EXPECT_GE(exchange->timings.firstByteOut - exchange->timings.requestComplete,
              std::chrono::milliseconds(100));
}

TEST(Answers, UnmatchedRequestsNameTheNearestEndpoints)
{
    RunningMock server(
        mock("- {path: '/users/{id}', method: POST, responses: [{body: x}]}\n"
             "- {path: /orders, responses: [{when: [{query.page: {equals: 2}}], body: x}]}\n"));
    const std::string text = get(server.port(), "/users/7");
    EXPECT_THAT(text, StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(text, HasSubstr("POST /users/{id}: the path fits, but it answers POST, not GET"));
    const auto exchange = server.exchange();
    EXPECT_EQ(exchange->match, MatchKind::NoEndpoint);
    ASSERT_FALSE(exchange->why->candidates.empty());
    EXPECT_EQ(exchange->why->candidates[0].conditions[0].actual, "GET");

    const std::string json = get(server.port(), "/orders?page=3", "Accept: application/json\r\n");
    EXPECT_THAT(json, HasSubstr("\r\nContent-Type: application/json\r\n"));
    EXPECT_THAT(
        json,
        HasSubstr(R"("subject":"query.page","expected":"equals 2","actual":"3","passed":false)"));
    EXPECT_EQ(server.exchange(2)->match, MatchKind::NoRule);
}

TEST(Answers, AnEndpointWithoutResponsesSaysSo)
{
    RunningMock server(mock("- {path: /x, responses: []}\n"));
    EXPECT_THAT(get(server.port(), "/x"), HasSubstr("the endpoint has no responses"));
}

TEST(Answers, TheFallbackStandsInForThe404)
{
    RunningMock server(
        mock("- {path: /x, responses: [{body: x}]}\n", "fallback: {status: 418, body: teapot}\n"));
    const std::string answer = get(server.port(), "/y");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 418 I'm a teapot\r\n"));
    EXPECT_EQ(bodyOf(answer), "teapot");
    EXPECT_EQ(server.exchange()->match, MatchKind::NoEndpoint);
}

TEST(Answers, BaseStandsBeforeEveryPath)
{
    RunningMock server(mock("- {path: /x, responses: [{body: x}]}\n", "base: /api/v1\n"));
    EXPECT_EQ(bodyOf(get(server.port(), "/api/v1/x")), "x");
    EXPECT_THAT(get(server.port(), "/x"), StartsWith("HTTP/1.1 404"));
}
