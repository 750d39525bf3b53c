// SPDX-License-Identifier: Apache-2.0
// What a client sees of HTTP/1.1 and 1.0 (RFC 9110, RFC 9112), byte by byte.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

const std::string kHello = mock(R"(
- path: /hello
  responses:
  - {headers: {X-One: "1", Set-Cookie: [a=1, b=2]}, body: "Hello"}
- path: /empty
  responses:
  - {status: 204, body: "never sent"}
- path: /chunked
  responses:
  - headers: {Transfer-Encoding: chunked, Trailer: X-Sum, X-Sum: abc}
    body: "0123456789"
- path: /echo
  method: ANY
  responses:
  - {body: "ok"}
)");

std::string request(std::string_view line, std::string_view more = {})
{
    return std::string(line) + "\r\nHost: h\r\n" + std::string(more) + "\r\n";
}

} // namespace

TEST(Http, AnswersWhatTheFileSays)
{
    RunningMock server(kHello);
    const std::string answer = get(server.port(), "/hello");
    EXPECT_THAT(
        answer,
        StartsWith("HTTP/1.1 200 OK\r\nX-One: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 5\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nDate: "));
    EXPECT_EQ(bodyOf(answer), "Hello");
}

TEST(Http, KeepsConnectionsOpenAndClosesWhenAsked)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    for (int i = 0; i < 3; ++i) {
        client.send(request("GET /hello HTTP/1.1"));
        EXPECT_THAT(client.readAnswer(), Not(HasSubstr("Connection:")));
    }
    client.send(request("GET /hello HTTP/1.1", "Connection: close\r\n"));
    EXPECT_THAT(client.readAnswer(), HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_EQ(client.readAll(), "");
}

TEST(Http, AnswersPipelinedRequestsInOrder)
{
    RunningMock server(mock(R"(
- path: /slow
  responses: [{body: slow, behaviour: {latency: 30ms}}]
- path: /fast
  responses: [{body: fast}]
)"));
    LoopbackClient client(server.port());
    client.send(request("GET /slow HTTP/1.1") + request("GET /fast HTTP/1.1")
                + request("GET /slow HTTP/1.1"));
    EXPECT_EQ(bodyOf(client.readAnswer()), "slow");
    EXPECT_EQ(bodyOf(client.readAnswer()), "fast");
    EXPECT_EQ(bodyOf(client.readAnswer()), "slow");
}

TEST(Http, ReadsARequestThatComesByteByByte)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    for (const char c : request("POST /echo HTTP/1.1", "Content-Length: 3\r\n") + "abc")
        ASSERT_TRUE(client.send({&c, 1}));
    EXPECT_EQ(bodyOf(client.readAnswer()), "ok");
    EXPECT_EQ(*server.exchange()->requestBody.content, "abc");
}

TEST(Http, Version10ClosesUnlessAskedToKeepAlive)
{
    RunningMock server(kHello);
    LoopbackClient closing(server.port());
    closing.send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(bodyOf(closing.readAll()), "Hello");
    LoopbackClient keeping(server.port());
    keeping.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(keeping.readAnswer(), HasSubstr("\r\nConnection: keep-alive\r\n"));
    keeping.send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(bodyOf(keeping.readAnswer()), "Hello");
}

TEST(Http, HeadIsAnsweredByTheGetEndpointWithoutBody)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    client.send(request("HEAD /hello HTTP/1.1") + request("GET /hello HTTP/1.1"));
    const std::string head = client.readAnswer(true);
    EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 5\r\n"));
    EXPECT_EQ(bodyOf(client.readAnswer()), "Hello");
}

TEST(Http, BodilessStatusesHaveNeitherBodyNorLength)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    client.send(request("GET /empty HTTP/1.1") + request("GET /hello HTTP/1.1"));
    const std::string answer = client.readAnswer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 204 No Content\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
    EXPECT_EQ(bodyOf(client.readAnswer()), "Hello");
}

TEST(Http, AnInterimStatusAsAnswerClosesTheConnection)
{
    RunningMock server(mock("- {path: /x, responses: [{status: 102}]}\n"));
    LoopbackClient client(server.port());
    client.send(request("GET /x HTTP/1.1"));
    EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 102 Processing\r\n"));
}

TEST(Http, SendsChunksAndTrailersWhenTheFileAsksForThem)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    client.send(request("GET /chunked HTTP/1.1"));
    const std::string answer = client.readAnswer();
    EXPECT_THAT(answer, HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
    EXPECT_THAT(answer, testing::EndsWith("a\r\n0123456789\r\n0\r\nX-Sum: abc\r\n\r\n"));
    EXPECT_EQ(*server.exchange()->responseBody.content, "0123456789");
    // HTTP/1.0 knows no chunks.
    LoopbackClient old(server.port());
    old.send("GET /chunked HTTP/1.0\r\n\r\n");
    const std::string plain = old.readAll();
    EXPECT_THAT(plain, Not(HasSubstr("chunked")));
    EXPECT_EQ(bodyOf(plain), "0123456789");
}

TEST(Http, ReceivesChunksAndTrailers)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    client.send(request("POST /echo HTTP/1.1", "Transfer-Encoding: chunked\r\n")
                + "3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n" + request("GET /hello HTTP/1.1"));
    EXPECT_EQ(bodyOf(client.readAnswer()), "ok");
    EXPECT_EQ(bodyOf(client.readAnswer()), "Hello");
    EXPECT_EQ(*server.exchange()->requestBody.content, "abc");
}

TEST(Http, SaysContinueToThoseWhoWaitForIt)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    client.send(request("POST /echo HTTP/1.1", "Content-Length: 3\r\nExpect: 100-continue\r\n"));
    EXPECT_EQ(client.readBytes(25), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    EXPECT_EQ(bodyOf(client.readAnswer()), "ok");
}

TEST(Http, KeepsOddTargetsAsTheyWereSent)
{
    RunningMock server(mock("- {path: 'regex:.*', method: ANY, responses: [{body: x}]}\n"));
    LoopbackClient client(server.port());
    std::uint64_t count = 0;
    for (const std::string target :
         {"/a%2Fb//c?x=1&x=2|\"q\"", "http://other.example/abs?y", "/%zz", "/.."}) {
        client.send(request("GET " + target + " HTTP/1.1"));
        ASSERT_EQ(bodyOf(client.readAnswer()), "x") << target;
        EXPECT_EQ(server.exchange(++count)->request.target(), target);
    }
    client.send(request("OPTIONS * HTTP/1.1"));
    client.readAnswer();
    EXPECT_EQ(server.exchange(++count)->request.target(), "*");
}

TEST(Http, TakesAnyMethodToken)
{
    RunningMock server(mock("- {path: /x, method: [PURGE, my-METHOD], responses: [{body: m}]}\n"));
    LoopbackClient client(server.port());
    client.send(request("PURGE /x HTTP/1.1"));
    EXPECT_EQ(bodyOf(client.readAnswer()), "m");
    client.send(request("my-METHOD /x HTTP/1.1"));
    EXPECT_EQ(bodyOf(client.readAnswer()), "m");
    client.send(request("MY-METHOD /x HTTP/1.1"));
    EXPECT_THAT(client.readAnswer(), StartsWith("HTTP/1.1 404"));
}

TEST(Http, RefusesWithTheRightStatusThenCloses)
{
    RunningMock server(
        mock("- {path: /x, responses: [{body: x}]}\n", "limits: {head: 500B, body: 10B}\n"));
    const std::vector<std::pair<std::string, std::string>> cases{
        {"\x16\x03\x01 garbage\r\n\r\n", "400"},
        {"GET /x HTTP/1.1\r\n\r\n", "400"},
        {request("GET /x HTTP/3.0"), "505"},
        {"GET /" + std::string(600, 'a') + " HTTP/1.1\r\n", "414"},
        {request("GET /x HTTP/1.1", "X: " + std::string(600, 'a') + "\r\n"), "431"},
        {request("POST /x HTTP/1.1", "Content-Length: 11\r\n"), "413"},
        {request("POST /x HTTP/1.1", "Transfer-Encoding: gzip, chunked\r\n"), "501"},
        {request("POST /x HTTP/1.1", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), "400"},
        {request("POST /x HTTP/1.1", "Content-Length: 1\r\nExpect: tea\r\n"), "417"},
    };
    std::uint64_t count = 0;
    for (const auto &[bytes, status] : cases) {
        LoopbackClient client(server.port());
        client.send(bytes);
        client.finish();
        const std::string answer = client.readAll();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + status + ' ')) << bytes.substr(0, 60);
        EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
        const auto exchange = server.exchange(++count);
        EXPECT_EQ(exchange->match, MatchKind::BadRequest);
        EXPECT_FALSE(exchange->error.empty());
    }
}

TEST(Http, AnEndlessHeadIsCutOffWithAnAnswer)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    const std::string block(1 << 20, 'x');
    client.send("GET /hello HTTP/1.1\r\nX: ");
    for (int i = 0; i < 100 && client.send(block); ++i) {
    }
    EXPECT_EQ(get(server.port(), "/hello").substr(0, 15), "HTTP/1.1 200 OK");
    EXPECT_EQ(server.exchange()->status, 431);
}

TEST(Http, SlowSendersGetA408)
{
    RunningMock server(mock("- {path: /x, responses: [{body: x}]}\n", "limits: {request: 80ms}\n"));
    LoopbackClient client(server.port());
    client.send("GET /x HTTP/1.1\r\nHo");
    EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
    EXPECT_EQ(server.exchange()->rawInput, "GET /x HTTP/1.1\r\nHo");
}

TEST(Http, SilentConnectionsAreClosedWithoutAWord)
{
    RunningMock server(mock("- {path: /x, responses: [{body: x}]}\n", "limits: {idle: 80ms}\n"));
    LoopbackClient client(server.port());
    client.send(request("GET /x HTTP/1.1"));
    EXPECT_EQ(bodyOf(client.readAnswer()), "x");
    EXPECT_EQ(client.readAll(), "");
    EXPECT_EQ(server.bench().journal().counters().appended, 1U);
}

TEST(Http, HalfClosedClientsStillGetTheirAnswer)
{
    RunningMock server(
        mock("- {path: /x, responses: [{body: late, behaviour: {latency: 30ms}}]}\n"));
    LoopbackClient client(server.port());
    client.send(request("GET /x HTTP/1.1"));
    client.finish();
    EXPECT_EQ(bodyOf(client.readAll()), "late");
}

TEST(Http, AConnectionThatEndsInsideARequestIsRecorded)
{
    RunningMock server(kHello);
    LoopbackClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
    client.finish();
    EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(server.exchange()->error, HasSubstr("middle of a request"));
}

TEST(Http, SurvivesResets)
{
    RunningMock server(mock("- {path: /x, responses: [{body: x, behaviour: {latency: 20ms}}]}\n"));
    for (int i = 0; i < 50; ++i) {
        LoopbackClient client(server.port());
        client.send(request("GET /x HTTP/1.1"));
        client.reset();
    }
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), "x");
}

TEST(Http, LargeBodiesArriveWhole)
{
    const std::string big(3'000'000, 'b');
    RunningMock server(mock("- {path: /big, responses: [{body: " + big
                            + "}]}\n- {path: /echo, method: POST, responses: [{body: ok}]}\n"));
    EXPECT_EQ(bodyOf(get(server.port(), "/big")), big);
    LoopbackClient client(server.port());
    client.send(request("POST /echo HTTP/1.1", "Content-Length: 3000000\r\n") + big);
    EXPECT_EQ(bodyOf(client.readAnswer()), "ok");
    EXPECT_EQ(server.exchange(2)->requestBody.size, 3'000'000U);
}
