// SPDX-License-Identifier: Apache-2.0
// What a raw client sees of every fault, and what the journal says about it.
#include "tests/server/faults_support.h"

#include <gmock/gmock.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace understudy::test::faults {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

std::string post(std::size_t size)
{
    return "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
}

} // namespace

TEST(Faults, CloseAtTheHeadSendsNothing)
{
    RunningMock server(withFault("{kind: close, at: head}"));
    const Seen seen(server);
    EXPECT_EQ(seen.bytes, "");
    EXPECT_FALSE(seen.isReset);
    const auto exchange = server.exchange();
    EXPECT_EQ(exchange->status, 0);
    EXPECT_EQ(exchange->responseHead, "");
    ASSERT_TRUE(exchange->behaviour && exchange->behaviour->fault);
    EXPECT_EQ(exchange->behaviour->fault->effect,
              "the connection was closed before the first byte of the answer");
}

TEST(Faults, CloseInTheBodySendsSoManyBytes)
{
    RunningMock server(withFault("{kind: close, at: body, offset: 3B}"));
    const Seen seen(server);
    EXPECT_THAT(seen.bytes, HasSubstr("Content-Length: 10\r\n"));
    EXPECT_THAT(seen.bytes, EndsWith("\r\n\r\n012"));
    EXPECT_FALSE(seen.isReset);
    const auto exchange = server.exchange();
    EXPECT_EQ(exchange->status, 200);
    EXPECT_EQ(*exchange->responseBody.content, "012");
}

TEST(Faults, ResetComesAfterWhatWasSent)
{
    RunningMock atHead(withFault("{kind: reset, at: head}"));
    EXPECT_TRUE(Seen(atHead).isReset);
    RunningMock inBody(withFault("{kind: reset, at: body, offset: 5B}"));
    const Seen seen(inBody);
    EXPECT_TRUE(seen.isReset);
    EXPECT_THAT(seen.bytes, EndsWith("\r\n\r\n01234"));
}

TEST(Faults, ResetAtTheRequestDoesNotWaitForTheBody)
{
    RunningMock server(withFault("{kind: reset, at: request}"));
    const Seen seen(server, post(1'000'000));
    EXPECT_TRUE(seen.isReset);
    EXPECT_EQ(server.exchange()->behaviour->fault->effect,
              "the connection was reset when the head of the request had arrived");
}

TEST(Faults, StallKeepsTheConnectionForItsTime)
{
    RunningMock server(withFault("{kind: stall, at: body, offset: 2B, for: 80ms}"));
    const auto begin = std::chrono::steady_clock::now();
    const Seen seen(server);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 80ms);
    EXPECT_THAT(seen.bytes, EndsWith("\r\n\r\n01"));
}

TEST(Faults, StallEndsWhenTheClientLeaves)
{
    RunningMock server(withFault("{kind: stall}"));
    {
        LoopbackClient client(server.port());
        client.send(kGet);
        EXPECT_EQ(server.exchange()->status, 0); // it is in the journal while it lasts
    }
    EXPECT_TRUE(server.waitForNoConnections());
}

TEST(Faults, RefuseResetsAndThenNobodyListensForAWhile)
{
    RunningMock server(withFault("{kind: refuse, for: 100ms, first: 1}"));
    const std::uint16_t port = server.port();
    EXPECT_TRUE(Seen(server).isReset);
    int refused = 0;
    ASSERT_TRUE(waitFor([&] {
        const bool isBack = LoopbackClient(port).isConnected();
        refused += isBack ? 0 : 1;
        return isBack;
    }));
    EXPECT_GT(refused, 0);
    EXPECT_EQ(bodyOf(get(port, "/ok")), "fine");
}

/// Whether a program that asks for nothing special could take a port of the loopback interface.
bool canBeTaken(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int bound = bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    close(socket);
    return bound == 0;
}

TEST(Faults, RefuseKeepsThePort)
{
    RunningMock server(withFault("{kind: refuse, for: 1h, first: 1}"));
    EXPECT_TRUE(Seen(server).isReset);
    ASSERT_TRUE(waitFor([&] { return !LoopbackClient(server.port()).isConnected(); }));
    EXPECT_FALSE(canBeTaken(server.port()));
}

TEST(Faults, RefuseByScheduleNeedsNoRequest)
{
    RunningMock server(
        withFault("", "behaviour: {faults: [{kind: refuse, during: {from: 0ms, to: 150ms}}]}\n"));
    const std::uint16_t port = server.port();
    ASSERT_TRUE(waitFor([&] { return LoopbackClient(port).isConnected(); }));
    EXPECT_EQ(bodyOf(get(port, "/ok")), "fine");
}

TEST(Faults, BlackholeAnswersNobodyForAWhile)
{
    RunningMock server(withFault("{kind: blackhole, for: 150ms, first: 1}"));
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(Seen(server).bytes, "");
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 150ms);
    EXPECT_EQ(bodyOf(get(server.port(), "/ok")), "fine");
}

TEST(Faults, HalfCloseStillReads)
{
    RunningMock server(withFault("{kind: half-close}"));
    LoopbackClient client(server.port());
    client.send(kGet);
    EXPECT_THAT(client.readAll(), EndsWith("\r\n\r\n01234"));
    EXPECT_FALSE(client.isReset());
    EXPECT_TRUE(client.send("more"));
    EXPECT_TRUE(client.send("and more"));
    EXPECT_EQ(server.bench().status(server.id())->connections, 1U);
}

TEST(Faults, GarbageIsTheSameForTheSameSeed)
{
    const std::string yaml = withFault("{kind: garbage}", "seed: 7\n");
    RunningMock first(yaml);
    RunningMock second(yaml);
    const Seen seen(first);
    EXPECT_EQ(seen.bytes.size(), 256U);
    EXPECT_EQ(Seen(second).bytes, seen.bytes);
    EXPECT_EQ(first.exchange()->status, 0);
    EXPECT_EQ(*first.exchange()->responseBody.content, seen.bytes);
}

TEST(Faults, DribbleSendsByteByByte)
{
    RunningMock server(withFault("{kind: dribble, pace: 5ms}"));
    const auto begin = std::chrono::steady_clock::now();
    LoopbackClient client(server.port());
    client.send(kGet);
    EXPECT_EQ(bodyOf(client.readAnswer()), "0123456789");
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 50ms);
    const auto exchange = server.exchange();
    EXPECT_EQ(exchange->timings.plannedTransfer, 50ms);
    EXPECT_GE(exchange->timings.complete - exchange->timings.firstByteOut, 50ms);
}

TEST(Faults, SlowReadTakesItsTimeForTheBody)
{
    RunningMock server(withFault("{kind: slow-read, upload: 10kB/s}"));
    const auto begin = std::chrono::steady_clock::now();
    LoopbackClient client(server.port());
    client.send(post(1000) + std::string(1000, 'a'));
    EXPECT_EQ(bodyOf(client.readAnswer()), "0123456789");
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 100ms);
    EXPECT_EQ(server.exchange()->requestBody.size, 1000U);
}

TEST(Faults, NoReadAnswersBeforeTheBodyIsThere)
{
    RunningMock server(withFault("{kind: no-read}"));
    LoopbackClient client(server.port());
    client.send(post(1'000'000));
    EXPECT_THAT(client.readAll(), EndsWith("0123456789"));
    EXPECT_TRUE(client.isReset());
}

TEST(Faults, KeepaliveRaceResetsOnTheNextRequest)
{
    RunningMock server(withFault("{kind: keepalive-race}"));
    LoopbackClient client(server.port());
    client.send(kGet);
    const std::string answer = client.readAnswer();
    EXPECT_EQ(bodyOf(answer), "0123456789");
    EXPECT_THAT(answer, testing::Not(HasSubstr("Connection: close")));
    client.send(kGet);
    EXPECT_EQ(client.readAll(), "");
    EXPECT_TRUE(client.isReset());
    const auto second = server.exchange(2);
    EXPECT_EQ(second->match, MatchKind::NoRequest);
    EXPECT_EQ(second->behaviour->fault->kind, FaultKind::KeepaliveRace);
}

TEST(Faults, ExpectRefuseAnswers417)
{
    RunningMock server(withFault("{kind: expect-refuse}"));
    const Seen seen(server, "POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                            "Content-Length: 10\r\n\r\n");
    EXPECT_THAT(seen.bytes, StartsWith("HTTP/1.1 417 "));
}

TEST(Faults, ExpectRefuseCanStaySilent)
{
    RunningMock server(withFault("{kind: expect-refuse, variant: silent}"));
    LoopbackClient client(server.port());
    client.send("POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    client.send("ab"); // the client has given up waiting
    EXPECT_THAT(client.readAnswer(), StartsWith("HTTP/1.1 200 "));
}

TEST(Faults, DuplicateAnswersArePartOfTheStream)
{
    RunningMock server(withFault("{kind: duplicate}"));
    LoopbackClient client(server.port());
    client.send(kGet);
    EXPECT_EQ(bodyOf(client.readAnswer()), "0123456789");
    EXPECT_EQ(bodyOf(client.readAnswer()), "0123456789");
}

TEST(Faults, ResetAtAcceptIsSeenInTheJournal)
{
    RunningMock server(
        withFault("", "behaviour: {faults: [{kind: reset, at: accept, first: 1}]}\n"));
    LoopbackClient client(server.port());
    EXPECT_EQ(client.readAll(), "");
    EXPECT_TRUE(client.isReset());
    EXPECT_EQ(server.exchange()->match, MatchKind::NoRequest);
    EXPECT_EQ(bodyOf(get(server.port(), "/ok")), "fine");
}

TEST(Faults, StrikeAFileToo)
{
    RunningMock server(mock("- {path: /x, behaviour: {faults: [{kind: truncate, offset: 70kB}]}, "
                            "responses: [{bodyFile: big.bin}]}\n"
                            "- {path: /y, behaviour: {faults: [{kind: corrupt, count: 4}]}, "
                            "responses: [{bodyFile: big.bin}]}\n"));
    const std::string content(100'000, 'a');
    server.folder().write("big.bin", content);
    EXPECT_THAT(Seen(server).bytes, EndsWith("\r\n\r\n" + std::string(70'000, 'a')));
    const std::string corrupted = bodyOf(get(server.port(), "/y"));
    ASSERT_EQ(corrupted.size(), content.size());
    EXPECT_EQ(std::count(corrupted.begin(), corrupted.end(), 'a'), 100'000 - 4);
}

TEST(Faults, ResetOfABigBodyLosesNothingBefore)
{
    RunningMock server(mock("- {path: /x, behaviour: {faults: [{kind: reset, at: body, offset: "
                            "3MB}]}, responses: [{bodyFile: big.bin}]}\n"));
    server.folder().write("big.bin", std::string(4'000'000, 'a'));
    const Seen seen(server);
    EXPECT_TRUE(seen.isReset);
    EXPECT_THAT(seen.bytes, EndsWith("\r\n\r\n" + std::string(3'000'000, 'a')));
}

TEST(Faults, ThrottleTakesItsTimeAndChangesNoByte)
{
    RunningMock server(mock("- {path: /x, behaviour: {throttle: {download: 100kB/s}}, responses: "
                            "[{bodyFile: some.bin}]}\n"));
    std::string content;
    for (int i = 0; i < 10'000; ++i)
        content += static_cast<char>(i * 7);
    server.folder().write("some.bin", content);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), content);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 95ms);
}

TEST(Faults, LatencyBeforeTheFirstReadIsOfTheConnection)
{
    RunningMock server(
        mock("- {path: /x, responses: [{body: a}]}\n", "behaviour: {latency: {connect: 60ms}}\n"));
    const auto begin = std::chrono::steady_clock::now(); // it counts from the accept on
    LoopbackClient client(server.port());
    client.send(kGet);
    client.readAnswer();
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 60ms);
    client.send(kGet);
    client.readAnswer();
    ASSERT_TRUE(server.exchange(1)->behaviour);
    EXPECT_EQ(server.exchange(1)->behaviour->latencies[0].place, LatencyPlace::Connect);
    EXPECT_FALSE(server.exchange(2)->behaviour);
}

TEST(Faults, AThrottledUploadKeepsTheRequestBehindIt)
{
    RunningMock server(
        mock("- {path: /x, behaviour: {throttle: {upload: 2kB/s}}, responses: [{body: "
             "up}]}\n- {path: /behind, responses: [{body: behind}]}\n"
             "- {path: /other, responses: [{body: other}]}\n"),
        {.threads = 1});
    LoopbackClient client(server.port());
    client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 200\r\n\r\n" + std::string(200, 'a')
                + "GET /behind HTTP/1.1\r\nHost: h\r\n\r\n");
    // Other connections use the thread's buffer meanwhile.
    ASSERT_TRUE(waitFor([&] {
        get(server.port(), "/other");
        return server.bench().journal().newest() > 0;
    }));
    EXPECT_EQ(bodyOf(client.readAnswer()), "up");
    EXPECT_EQ(bodyOf(client.readAnswer()), "behind");
}

TEST(Faults, MeanTheBodyAndNotItsChunks)
{
    RunningMock server(mock("- {path: /x, behaviour: {faults: [{kind: bad-charset}]}, responses: "
                            "[{headers: {Transfer-Encoding: chunked}, body: 0123456789}]}\n"
                            "- {path: /y, behaviour: {faults: [{kind: clock-skew, by: 1h}]}, "
                            "responses: [{headers: {Transfer-Encoding: chunked}, body: abc}]}\n"));
    const std::string broken = get(server.port(), "/x");
    EXPECT_THAT(broken, HasSubstr("Content-Length: 10\r\n"));
    EXPECT_THAT(broken, EndsWith("\r\n\r\n\xC3\x28"
                                 "23456789"));
    EXPECT_THAT(get(server.port(), "/y"), HasSubstr("Transfer-Encoding: chunked\r\n"));
}

TEST(Faults, AreKeptWithRequestsThatNeverBecameWhole)
{
    RunningMock server(
        withFault("{kind: expect-refuse, variant: silent}", "limits: {request: 60ms}\n"));
    const Seen seen(server, "POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                            "Content-Length: 10\r\n\r\n");
    EXPECT_THAT(seen.bytes, StartsWith("HTTP/1.1 408 "));
    ASSERT_TRUE(server.exchange()->behaviour);
    EXPECT_EQ(server.exchange()->behaviour->fault->kind, FaultKind::ExpectRefuse);
}

TEST(Faults, ChunksOfAFileArriveWhole)
{
    RunningMock server(mock("- {path: /x, behaviour: {throttle: {chunks: 4, over: 80ms}}, "
                            "responses: [{bodyFile: big.bin}]}\n"));
    server.folder().write("big.bin", std::string(500'000, 'a'));
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), std::string(500'000, 'a'));
    EXPECT_EQ(server.exchange()->timings.plannedTransfer, 80ms);
}

} // namespace understudy::test::faults
