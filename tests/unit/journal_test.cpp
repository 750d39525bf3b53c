// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/journal.h"

#include <gtest/gtest.h>

#include <thread>

using namespace understudy;

namespace {

const auto kServer = std::make_shared<const std::string>("shop");
const auto kEndpoint = std::make_shared<const std::string>("get-x");

std::shared_ptr<Exchange> exchange(std::size_t body = 0, int status = 200)
{
    auto e = std::make_shared<Exchange>();
    e->serverId = kServer;
    e->status = status;
    e->match = MatchKind::Matched;
    e->endpointId = kEndpoint;
    if (body) {
        e->requestBody.content = std::make_shared<const std::string>(body, 'b');
        e->requestBody.size = body;
    }
    return e;
}

} // namespace

TEST(Journal, NumbersWithoutGapsAndReadsByCursor)
{
    Journal journal;
    for (int i = 0; i < 10; ++i)
        journal.append(exchange());
    const JournalPage first = journal.readSince(0, 4);
    ASSERT_EQ(first.entries.size(), 4U);
    EXPECT_EQ(first.entries[0].sequence, 1U);
    const JournalPage rest = journal.readSince(first.cursor, 100);
    EXPECT_EQ(rest.entries.size(), 6U);
    EXPECT_EQ(rest.cursor, 10U);
    EXPECT_TRUE(journal.readSince(rest.cursor, 100).entries.empty());
}

TEST(Journal, StaysWithinItsBytes)
{
    JournalLimits limits;
    limits.bytes = 200'000;
    Journal journal(limits);
    for (int i = 0; i < 5000; ++i)
        journal.append(exchange());
    const JournalCounters counters = journal.counters();
    EXPECT_LE(counters.bytes, limits.bytes);
    EXPECT_EQ(counters.appended, 5000U);
    EXPECT_EQ(counters.appended, counters.rows + counters.evicted);
    EXPECT_GT(counters.rows, 100U);
}

TEST(Journal, TellsALateReaderWhatItMissed)
{
    JournalLimits limits;
    limits.count = 3;
    Journal journal(limits);
    for (int i = 0; i < 10; ++i)
        journal.append(exchange());
    const JournalPage page = journal.readSince(2, 100);
    EXPECT_EQ(page.missed, 5U);
    ASSERT_EQ(page.entries.size(), 3U);
    EXPECT_EQ(page.entries[0].sequence, 8U);
    EXPECT_EQ(journal.at(2).exchange, nullptr);
    EXPECT_NE(journal.at(9).exchange, nullptr);
}

TEST(Journal, DropsBodiesBeforeRows)
{
    JournalLimits limits;
    limits.bytes = 3'000'000;
    Journal journal(limits);
    for (int i = 0; i < 600; ++i)
        journal.append(exchange(10'000));
    const JournalCounters counters = journal.counters();
    EXPECT_EQ(counters.evicted, 0U);
    EXPECT_GT(counters.bodiesDropped, 0U);
    EXPECT_LE(counters.bytes, limits.bytes);
    const auto old = journal.at(1).exchange;
    EXPECT_EQ(old->requestBody.content, nullptr);
    EXPECT_TRUE(old->requestBody.dropped);
    EXPECT_EQ(old->requestBody.size, 10'000U);
    EXPECT_NE(journal.at(600).exchange->requestBody.content, nullptr) << "the newest keep theirs";
}

TEST(Journal, CountsStayExactWhateverIsDropped)
{
    JournalLimits limits;
    limits.count = 10;
    Journal journal(limits);
    for (int i = 0; i < 1000; ++i)
        journal.append(exchange(0, i % 4 == 0 ? 503 : 200));
    EXPECT_EQ(journal.hits("shop", "get-x"), 1000U);
    EXPECT_EQ(journal.counters().byStatusClass[5], 250U);
    EXPECT_EQ(journal.counters().byStatusClass[2], 750U);
    journal.clear();
    EXPECT_EQ(journal.counters().rows, 0U);
    EXPECT_EQ(journal.hits("shop", "get-x"), 1000U);
    journal.append(exchange());
    EXPECT_EQ(journal.newest(), 1001U);
}

TEST(Journal, ALowerLimitOfRowsTakesEffectAtOnceAndIsCounted)
{
    Journal journal;
    for (int i = 0; i < 20'000; ++i)
        journal.append(exchange());
    JournalLimits limits = journal.limits();
    limits.count = 100;
    journal.setLimits(limits);
    EXPECT_EQ(journal.limits().count, 100U);
    EXPECT_EQ(journal.counters().rows, 100U);
    EXPECT_EQ(journal.counters().evicted, 19'900U);
    EXPECT_EQ(journal.readSince(0, 1).missed, 19'900U);
    limits.count = 1'000;
    journal.setLimits(limits);
    for (int i = 0; i < 900; ++i)
        journal.append(exchange());
    EXPECT_EQ(journal.counters().rows, 1'000U);
    EXPECT_EQ(journal.counters().evicted, 19'900U);
    EXPECT_EQ(journal.counters().appended, 20'900U);
}

TEST(Journal, ALowerLimitOfBytesTakesBodiesFirst)
{
    Journal journal;
    for (int i = 0; i < 2'000; ++i)
        journal.append(exchange(10'000));
    JournalLimits limits = journal.limits();
    const std::size_t before = journal.counters().bytes;
    limits.bytes = before / 2;
    journal.setLimits(limits);
    const JournalCounters half = journal.counters();
    EXPECT_LE(half.bytes, limits.bytes);
    EXPECT_GT(half.bodiesDropped, 900U);
    EXPECT_EQ(half.evicted, 0U);
    limits.bytes = 100'000;
    journal.setLimits(limits);
    const JournalCounters few = journal.counters();
    EXPECT_LE(few.bytes, limits.bytes);
    EXPECT_EQ(few.rows + few.evicted, 2'000U);
    EXPECT_EQ(journal.hits("shop", "get-x"), 2'000U);
}

TEST(Journal, TakesFromManyThreadsAndLosesNothing)
{
    Journal journal;
    std::vector<std::thread> writers;
    for (int t = 0; t < 4; ++t) {
        writers.emplace_back([&] {
            for (int i = 0; i < 2000; ++i)
                journal.append(exchange());
        });
    }
    std::uint64_t cursor = 0;
    std::size_t read = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (read < 8000 && std::chrono::steady_clock::now() < end) {
        const JournalPage page = journal.readSince(cursor, 512);
        EXPECT_EQ(page.missed, 0U);
        read += page.entries.size();
        cursor = page.cursor;
    }
    for (std::thread &writer : writers)
        writer.join();
    EXPECT_EQ(cursor, 8000U);
}
