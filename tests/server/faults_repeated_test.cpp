// SPDX-License-Identifier: Apache-2.0
// The same faults again: with more threads, after a restart, with switches, and when the server is
// stopped in the middle.
#include "tests/server/faults_support.h"

#include <gmock/gmock.h>

#include <map>
#include <mutex>
#include <thread>

namespace understudy::test::faults {

using namespace std::chrono_literals;

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

} // namespace understudy::test::faults
