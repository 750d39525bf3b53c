// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_samples.h"
#include "ui/services/traffic_feed.h"

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;
using namespace std::chrono_literals;

namespace {

/// A feed with a clock that the test turns, and what it delivered.
struct Fed
{
    explicit Fed(JournalLimits limits = {})
        : journal(limits)
        , feed(journal, nullptr, &clock)
    {
        QObject::connect(&feed, &TrafficFeed::arrived, &feed, [this](const TrafficBatch &batch) {
            ++turns;
            rows += batch.entries.size();
            oldest = batch.oldest;
            if (!batch.entries.empty())
                last = batch.entries.back().sequence;
            clock.advance(cost);
        });
    }

    Journal journal;
    ManualClock clock;
    TrafficFeed feed;
    Duration cost{};
    int turns = 0;
    std::size_t rows = 0;
    quint64 last = 0;
    quint64 oldest = 0;
};

} // namespace

TEST(TrafficFeed, DeliversEverythingInOneSignalPerTurn)
{
    Fed fed;
    understudy::test::fill(fed.journal, 10'000);
    fed.feed.poll();
    EXPECT_EQ(fed.turns, 1);
    EXPECT_EQ(fed.rows, 10'000U);
    EXPECT_EQ(fed.last, 10'000U);
    EXPECT_EQ(fed.oldest, 1U);
    EXPECT_EQ(fed.feed.dropped(), 0U);
}

TEST(TrafficFeed, CountsWhatItCameTooLateFor)
{
    Fed fed({.bytes = 64U << 20, .count = 100, .bodyBytes = 1024});
    understudy::test::fill(fed.journal, 50);
    fed.feed.poll();
    understudy::test::fill(fed.journal, 300);
    fed.feed.poll();
    EXPECT_EQ(fed.feed.dropped(), 200U);
    EXPECT_EQ(fed.rows, 150U);
    EXPECT_EQ(fed.oldest, 251U);
}

TEST(TrafficFeed, DoesNotCountWhatWentBeforeAnybodyLooked)
{
    Fed fed({.bytes = 64U << 20, .count = 100, .bodyBytes = 1024});
    understudy::test::fill(fed.journal, 300);
    fed.feed.poll();
    EXPECT_EQ(fed.feed.dropped(), 0U);
    EXPECT_EQ(fed.rows, 100U);
}

TEST(TrafficFeed, LeavesTheCursorWhereItIsDuringAPause)
{
    Fed fed;
    understudy::test::fill(fed.journal, 10);
    fed.feed.poll();
    fed.feed.setPaused(true);
    understudy::test::fill(fed.journal, 7);
    fed.feed.poll();
    EXPECT_EQ(fed.rows, 10U);
    EXPECT_EQ(fed.feed.waiting(), 7U);
    fed.feed.setPaused(false);
    EXPECT_EQ(fed.rows, 17U);
    EXPECT_EQ(fed.feed.waiting(), 0U);
}

TEST(TrafficFeed, CountsWhatAgedOutDuringAPauseAsEvicted)
{
    Fed fed({.bytes = 64U << 20, .count = 100, .bodyBytes = 1024});
    understudy::test::fill(fed.journal, 10);
    fed.feed.poll();
    fed.feed.setPaused(true);
    understudy::test::fill(fed.journal, 150);
    fed.feed.setPaused(false);
    EXPECT_EQ(fed.feed.dropped(), 0U);
    EXPECT_EQ(fed.feed.agedOut(), 50U);
}

TEST(TrafficFeed, SlowsDownAfterTwoTurnsOverBudgetAndRecoversWhenIdle)
{
    Fed fed;
    fed.cost = 20ms;
    const auto turn = [&fed] {
        understudy::test::fill(fed.journal, 1);
        fed.feed.poll();
        return fed.feed.interval();
    };
    EXPECT_EQ(turn(), 100);
    EXPECT_EQ(turn(), 200);
    turn();
    EXPECT_EQ(turn(), 500);
    turn();
    EXPECT_EQ(turn(), 500);
    fed.feed.poll(); // nothing new
    EXPECT_EQ(fed.feed.interval(), 100);
}

TEST(TrafficFeed, TakesItsTimeWhileTheWindowIsHidden)
{
    Fed fed;
    fed.feed.setHidden(true);
    EXPECT_EQ(fed.feed.interval(), 500);
    fed.feed.setHidden(false);
    EXPECT_EQ(fed.feed.interval(), 100);
}

TEST(TrafficFeed, MeasuresTheRateOverTheLastSecond)
{
    Fed fed;
    fed.feed.poll();
    for (int i = 0; i < 20; ++i) {
        understudy::test::fill(fed.journal, 50);
        fed.clock.advance(100ms);
        fed.feed.poll();
    }
    EXPECT_NEAR(fed.feed.requestsPerSecond(), 500, 1);
}
