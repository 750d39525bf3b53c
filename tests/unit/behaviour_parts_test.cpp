// SPDX-License-Identifier: Apache-2.0
// The small parts of behaviour: conditions, quotas, the token bucket, switches, the words.
#include "core/behaviour/conditions.h"
#include "core/behaviour/fault_switches.h"
#include "core/behaviour/rate_limiter.h"
#include "core/behaviour/slicer.h"
#include "core/behaviour/token_bucket.h"
#include "core/traffic/behaviour_record.h"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

using namespace understudy;
using namespace std::chrono_literals;

namespace {

/// The numbers from 1 to 12 that the conditions of a fault let through.
std::vector<int> counted(const Fault &fault)
{
    std::vector<int> out;
    for (int n = 1; n <= 12; ++n) {
        if (holdsForCount(fault, static_cast<std::uint64_t>(n)))
            out.push_back(n);
    }
    return out;
}

} // namespace

TEST(FaultConditions, CountRequests)
{
    using testing::ElementsAre;
    Fault first;
    first.first = 3;
    EXPECT_THAT(counted(first), ElementsAre(1, 2, 3));
    Fault every;
    every.every = 4;
    EXPECT_THAT(counted(every), ElementsAre(4, 8, 12));
    Fault after;
    after.after = 9;
    EXPECT_THAT(counted(after), ElementsAre(10, 11, 12));
    Fault until;
    until.until = 2;
    EXPECT_THAT(counted(until), ElementsAre(1, 2));
    Fault all;
    all.after = 2;
    all.until = 9;
    all.every = 3;
    EXPECT_THAT(counted(all), ElementsAre(3, 6, 9));
}

TEST(FaultConditions, OpenAWindowOnce)
{
    const FaultWindow once{10s, 40s, std::nullopt};
    EXPECT_FALSE(isOpen(once, 9999ms));
    EXPECT_TRUE(isOpen(once, 10s));
    EXPECT_TRUE(isOpen(once, 39999ms));
    EXPECT_FALSE(isOpen(once, 40s));
    EXPECT_FALSE(isOpen(once, 100s));
    EXPECT_EQ(untilChange(once, 4s), 6s);
    EXPECT_EQ(untilChange(once, 12s), 28s);
    EXPECT_EQ(untilChange(once, 40s), std::nullopt);
}

TEST(FaultConditions, OpenAWindowAgainAndAgain)
{
    const FaultWindow window{10s, 40s, 60s};
    EXPECT_FALSE(isOpen(window, 5s));
    EXPECT_TRUE(isOpen(window, 10s));
    EXPECT_FALSE(isOpen(window, 45s));
    EXPECT_FALSE(isOpen(window, 69999ms));
    EXPECT_TRUE(isOpen(window, 70s));
    EXPECT_TRUE(isOpen(window, 99s));
    EXPECT_FALSE(isOpen(window, 100s));
    EXPECT_EQ(untilChange(window, 41s), 29s);
    EXPECT_EQ(untilChange(window, 71s), 29s);
}

TEST(RateLimiter, LetsExactlyTheLimitThroughAWindow)
{
    RateLimiter limiter;
    const auto allowed = [&](Duration now) { return !limiter.take("", 2, 10s, now).isExceeded; };
    EXPECT_TRUE(allowed(1s));
    EXPECT_TRUE(allowed(2s));
    EXPECT_FALSE(allowed(3s));
    EXPECT_FALSE(allowed(10999ms));
    EXPECT_TRUE(allowed(11s)); // the window began at 1 s
}

TEST(RateLimiter, SaysWhatIsLeft)
{
    RateLimiter limiter;
    const Quota first = limiter.take("", 3, 10s, 1s);
    EXPECT_EQ(first.remaining, 2U);
    EXPECT_EQ(first.resetIn, 10s);
    limiter.take("", 3, 10s, 2s);
    const Quota third = limiter.take("", 3, 10s, 4s);
    EXPECT_EQ(third.remaining, 0U);
    EXPECT_FALSE(third.isExceeded);
    EXPECT_EQ(limiter.take("", 3, 10s, 5s).resetIn, 6s);
}

TEST(RateLimiter, CountsEachKeyForItself)
{
    RateLimiter limiter;
    EXPECT_FALSE(limiter.take("ada", 1, 10s, 0s).isExceeded);
    EXPECT_FALSE(limiter.take("bob", 1, 10s, 0s).isExceeded);
    EXPECT_TRUE(limiter.take("ada", 1, 10s, 1s).isExceeded);
}

TEST(RateLimiter, IsExactForParallelRequests)
{
    RateLimiter limiter;
    std::atomic<int> passed{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i)
                passed += limiter.take("", 1234, 10s, 1s).isExceeded ? 0 : 1;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(passed, 1234);
}

TEST(TokenBucket, PassesAtItsRate)
{
    // 100 kB/s in pieces of a hundredth of a second; a wake-up is always 1 ms late.
    SteadyTime now{};
    const SteadyTime begin = now;
    TokenBucket bucket(ByteCount{100'000}, now);
    EXPECT_EQ(bucket.piece(), 1000U);
    for (int left = 1'000'000; left > 0; left -= 1000) {
        const SteadyTime ready = bucket.readyFor(1000, now);
        if (ready > now)
            now = ready + 1ms;
        bucket.take(1000, now);
    }
    EXPECT_NEAR(std::chrono::duration<double>(now - begin).count(), 10.0, 0.1);
}

TEST(TokenBucket, MakesADebtOfBytesThatHavePassed)
{
    const SteadyTime now{};
    TokenBucket bucket(ByteCount{1000}, now);
    bucket.take(500, now);
    EXPECT_EQ(bucket.readyFor(0, now), now + 500ms);
}

TEST(TokenBucket, DoesNotSaveUpInIdleTimes)
{
    SteadyTime now{};
    TokenBucket bucket(ByteCount{1000}, now);
    now += 60s;
    bucket.take(20, now);
    EXPECT_GE(bucket.readyFor(10, now), now + 10ms);
}

TEST(Slicer, GivesTheRestToTheLastPiece)
{
    const SteadyTime begin{};
    Slicer slicer({3, 10ms, 3}, 10, begin);
    EXPECT_EQ(slicer.due(), begin + 10ms);
    EXPECT_EQ(slicer.take(), 3U);
    EXPECT_EQ(slicer.due(), begin + 20ms);
    EXPECT_EQ(slicer.take(), 3U);
    EXPECT_EQ(slicer.due(), begin + 30ms);
    EXPECT_EQ(slicer.take(), 4U);
}

TEST(Slicer, CutsIntoSlicesOfOneSize)
{
    const SteadyTime begin{};
    Slicer slicer({4, 5ms, 0}, 10, begin);
    EXPECT_EQ(slicer.take(), 4U);
    EXPECT_EQ(slicer.take(), 4U);
    EXPECT_EQ(slicer.due(), begin + 15ms);
    EXPECT_EQ(slicer.take(), 2U);
}

TEST(Slicer, LetsEverythingGoAtOnceWithoutSlices)
{
    const SteadyTime begin{};
    Slicer slicer({}, 10, begin);
    EXPECT_EQ(slicer.due(), begin);
    EXPECT_EQ(slicer.take(), 10U);
}

TEST(FaultSwitches, KnowEachScopeForItself)
{
    FaultSwitches switches;
    switches.setOff({"shop", {}, {}}, true);
    EXPECT_TRUE(switches.isOff({"shop", {}, {}}));
    EXPECT_FALSE(switches.isOff({}));
    EXPECT_FALSE(switches.isOff({"shop", {}, "get-x"}));
    EXPECT_THAT(switches.off(), testing::ElementsAre(FaultScope{"shop", {}, {}}));
    switches.reset();
    EXPECT_TRUE(switches.off().empty());
}

TEST(BehaviourRecord, ExplainsItselfInSentences)
{
    BehaviourRecord record;
    record.latencies.push_back({BehaviourScope::Endpoint,
                                {},
                                LatencyPlace::Head,
                                "log-normal, median 200ms, p99 2s",
                                0.6,
                                213ms});
    record.latencies.push_back(
        {BehaviourScope::Folder, "users", LatencyPlace::Head, "50ms", std::nullopt, 50ms});
    record.fault = FaultDraw{FaultKind::Reset,
                             "reset at body",
                             BehaviourScope::Server,
                             {},
                             1,
                             "20%",
                             0.2,
                             0.134,
                             "the connection was reset after 100 bytes of the body"};
    EXPECT_EQ(behaviourSentence(record),
              "Slow on purpose: 213 ms of the endpoint (log-normal, median 200ms, p99 2s) + 50 ms "
              "of folder users. Broken on purpose: reset at body, fault 2 of the server, 20% (drew "
              "13.4 %): the connection was reset after 100 bytes of the body.");
}

TEST(BehaviourRecord, SaysNothingAboutNothing)
{
    EXPECT_EQ(behaviourSentence(BehaviourRecord{}), "");
}
