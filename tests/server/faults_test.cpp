// SPDX-License-Identifier: Apache-2.0
// What a raw client sees of every fault, and what the journal says about it.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

const std::string kGet = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

std::string withFault(const std::string &fault, const std::string &more = {})
{
    return mock("- {path: /x, behaviour: {faults: [" + fault
                    + "]}, responses: [{body: 0123456789}]}\n"
                      "- {path: /ok, responses: [{body: fine}]}\n",
                more);
}

/// Everything the client gets for one GET, up to the end of the connection.
struct Seen
{
    explicit Seen(const RunningMock &server, const std::string &request = kGet)
    {
        LoopbackClient client(server.port());
        client.send(request);
        bytes = client.readAll();
        isReset = client.isReset();
    }
    std::string bytes;
    bool isReset = false;
};

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
    LoopbackClient client(server.port());
    const auto begin = std::chrono::steady_clock::now();
    client.send(kGet);
    client.readAnswer();
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 60ms);
    client.send(kGet);
    client.readAnswer();
    ASSERT_TRUE(server.exchange(1)->behaviour);
    EXPECT_EQ(server.exchange(1)->behaviour->latencies[0].place, LatencyPlace::Connect);
    EXPECT_FALSE(server.exchange(2)->behaviour);
}

class Interrupted : public testing::TestWithParam<const char *>
{};

INSTANTIATE_TEST_SUITE_P(
    All, Interrupted,
    testing::Values("faults: [{kind: stall}]", "faults: [{kind: stall, at: body}]",
                    "faults: [{kind: dribble, pace: 10s}]", "faults: [{kind: half-close}]",
                    "faults: [{kind: blackhole, for: 1h}]", "faults: [{kind: refuse, for: 1h}]",
                    "latency: 1h", "latency: {body: 1h}", "throttle: {download: 1B/s}",
                    "throttle: {chunks: 2, over: 1h}", "faults: [{kind: keepalive-race}]"));

// Stopping and reloading in the middle of any of them: nothing hangs, leaks or crashes.
TEST_P(Interrupted, AStopEndsEverything)
{
    RunningMock server(mock("- {path: /x, behaviour: {" + std::string(GetParam())
                            + "}, responses: [{body: 0123456789}]}\n"
                              "- {path: /ok, responses: [{body: fine}]}\n"));
    LoopbackClient client(server.port());
    client.send(kGet);
    ASSERT_TRUE(server.waitForHit("any-x"));
    ASSERT_TRUE(server.update(mock("- {path: /x, responses: [{body: new}]}\n")));
    const auto begin = std::chrono::steady_clock::now();
    server.bench().stopAll(50ms);
    client.readAll();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 8s) << "the client waited for its own end";
    EXPECT_EQ(server.bench().status(server.id())->connections, 0U);
    EXPECT_TRUE(server.bench().start(server.id()));
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), "new");
}

namespace {

/// What each request of an endpoint met, by its number there.
std::map<std::uint64_t, std::string> outcomes(unsigned threads, int clients)
{
    RunningMock server(mock("- {path: /x, behaviour: {latency: {uniform: [0ms, 2ms]}, faults: "
                            "[{kind: status, status: 503, rate: 30%}, {kind: status, status: 500, "
                            "every: 7}]}, responses: [{}]}\n",
                            "seed: 99\n"),
                       {.threads = threads});
    constexpr int kEach = 25;
    std::vector<std::thread> pool;
    for (int c = 0; c < clients; ++c) {
        pool.emplace_back([&server] {
            LoopbackClient client(server.port());
            for (int i = 0; i < kEach; ++i) {
                client.send(kGet);
                client.readAnswer();
            }
        });
    }
    for (std::thread &thread : pool)
        thread.join();
    std::map<std::uint64_t, std::string> out;
    for (std::uint64_t n = 1; n <= static_cast<std::uint64_t>(clients * kEach); ++n) {
        const auto exchange = server.exchange(n);
        out[exchange->ordinal] = std::to_string(exchange->status) + ' '
                                 + formatDuration(exchange->timings.plannedLatency);
    }
    return out;
}

} // namespace

TEST(Reproducible, TheSameSeedDrawsTheSameWithOneAndFourThreads)
{
    const auto one = outcomes(1, 4);
    EXPECT_EQ(one.size(), 100U);
    EXPECT_EQ(outcomes(4, 4), one);
    EXPECT_EQ(outcomes(4, 1).at(25), one.at(25));
}

TEST(Reproducible, CountsAreExactUnderParallelClients)
{
    RunningMock server(withFault("{kind: status, status: 500, first: 100}, {kind: status, status: "
                                 "501, every: 10}, {kind: rate-limit, limit: 700, per: 1h}"),
                       {.threads = 2});
    std::map<int, int> statuses;
    std::mutex mutex;
    std::vector<std::thread> pool;
    for (int c = 0; c < 64; ++c) {
        pool.emplace_back([&] {
            LoopbackClient client(server.port());
            for (int i = 0; i < 20; ++i) {
                client.send(kGet);
                const int status = std::stoi(client.readAnswer().substr(9, 3));
                const std::lock_guard lock(mutex);
                ++statuses[status];
            }
        });
    }
    for (std::thread &thread : pool)
        thread.join();
    // 1,280 requests: 100 first; every tenth of the other 1,180; 700 pass the quota of the rest.
    EXPECT_THAT(statuses,
                testing::UnorderedElementsAre(testing::Pair(500, 100), testing::Pair(501, 118),
                                              testing::Pair(200, 700), testing::Pair(429, 362)));
}

TEST(Reproducible, RestartingBeginsTheSequenceAgain)
{
    RunningMock server(withFault("{kind: status, status: 503, rate: 50%}", "seed: 5\n"));
    const auto pattern = [&] {
        std::string out;
        for (int i = 0; i < 30; ++i)
            out += get(server.port(), "/x").substr(9, 3) + ' ';
        return out;
    };
    const std::string first = pattern();
    server.bench().resetState(server.id());
    EXPECT_EQ(pattern(), first);
    server.bench().stopAll(1s);
    ASSERT_TRUE(server.bench().start(server.id()));
    EXPECT_EQ(pattern(), first);
    ASSERT_TRUE(server.bench().setSeed(server.id(), 6));
    server.bench().resetState(server.id());
    EXPECT_NE(pattern(), first);
    EXPECT_EQ(server.bench().status(server.id())->seed, 6U);
}

TEST(Reproducible, SwitchesTurnFaultsOffWhileTheServerRuns)
{
    RunningMock server(withFault("{kind: status, status: 503}"));
    EXPECT_EQ(get(server.port(), "/x").substr(9, 3), "503");
    server.bench().faultSwitches().setOff({server.id(), {}, "any-x"}, true);
    EXPECT_EQ(get(server.port(), "/x").substr(9, 3), "200");
    server.bench().faultSwitches().setOff({server.id(), {}, "any-x"}, false);
    EXPECT_EQ(get(server.port(), "/x").substr(9, 3), "503");
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
