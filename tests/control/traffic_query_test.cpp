// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/traffic_query.h"

#include "tests/control/samples.h"

#include <gtest/gtest.h>

namespace understudy::control {
namespace {

TrafficQuery query(const std::vector<std::pair<std::string, std::string>> &pairs)
{
    auto parsed = parseTrafficQuery(pairs);
    EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().text());
    return parsed ? *parsed : TrafficQuery{};
}

std::vector<std::uint64_t> sequences(const TrafficPage &page)
{
    std::vector<std::uint64_t> numbers;
    for (const JournalEntry &entry : page.entries)
        numbers.push_back(entry.sequence);
    return numbers;
}

/// Five exchanges; the second and fourth failed.
void fill(Journal &journal)
{
    for (const int status : {200, 500, 200, 503, 200})
        journal.append(std::make_shared<const Exchange>(helloExchange("/hello", status)));
}

using Numbers = std::vector<std::uint64_t>;

TEST(TrafficQuery, ReadsFromTheCursorOn)
{
    Journal journal;
    fill(journal);
    const TrafficPage page = readTraffic(journal, query({{"cursor", "3"}}), {});
    EXPECT_EQ(sequences(page), (Numbers{4, 5}));
    EXPECT_EQ(page.cursor, 5u);
    EXPECT_EQ(page.newest, 5u);
}

TEST(TrafficQuery, HasNothingBehindTheNewest)
{
    Journal journal;
    fill(journal);
    for (const char *cursor : {"5", "6", "18446744073709551614", "18446744073709551615"}) {
        const TrafficPage page = readTraffic(journal, query({{"cursor", cursor}}), {});
        EXPECT_TRUE(page.entries.empty()) << cursor;
        EXPECT_EQ(page.cursor, 5u) << cursor;
    }
    EXPECT_TRUE(journal.readSince(UINT64_MAX, 10).entries.empty());
}

TEST(TrafficQuery, StopsAtTheLimitAndGoesOnFromThere)
{
    Journal journal;
    fill(journal);
    const TrafficPage first
        = readTraffic(journal, query({{"limit", "1"}, {"filter", "status:5xx"}}), {});
    EXPECT_EQ(sequences(first), (Numbers{2}));
    EXPECT_EQ(first.cursor, 2u);
    TrafficQuery next = query({{"limit", "1"}, {"filter", "status:5xx"}});
    next.cursor = first.cursor;
    EXPECT_EQ(sequences(readTraffic(journal, next, {})), (Numbers{4}));
}

TEST(TrafficQuery, MovesTheCursorPastRowsThatTheFilterDrops)
{
    Journal journal;
    fill(journal);
    const TrafficPage page = readTraffic(journal, query({{"filter", "status:404"}}), {});
    EXPECT_TRUE(page.entries.empty());
    EXPECT_EQ(page.cursor, 5u);
}

TEST(TrafficQuery, CountsWhatCameTooLate)
{
    Journal journal(JournalLimits{.bytes = 64u << 20, .count = 2, .bodyBytes = 100});
    fill(journal);
    const TrafficPage page = readTraffic(journal, query({{"cursor", "1"}}), {});
    EXPECT_EQ(sequences(page), (Numbers{4, 5}));
    EXPECT_EQ(page.missed, 2u);
}

TEST(TrafficQuery, LooksAtABoundedNumberOfRows)
{
    Journal journal;
    const auto exchange = std::make_shared<const Exchange>(helloExchange());
    for (int i = 0; i < 10'500; ++i)
        journal.append(exchange);
    const TrafficPage page = readTraffic(journal, query({{"filter", "status:404"}}), {});
    EXPECT_EQ(page.cursor, 10'000u);
    EXPECT_EQ(page.newest, 10'500u);
}

TEST(TrafficQuery, SaysWhereAFilterIsWrong)
{
    const auto parsed = parseTrafficQuery({{"filter", "status:200 method:GET )"}});
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().where.column, 23);
}

TEST(TrafficQuery, RefusesWhatItDoesNotKnow)
{
    for (const std::pair<std::string, std::string> &wrong :
         std::vector<std::pair<std::string, std::string>>{{"cursor", "-1"},
                                                          {"cursor", ""},
                                                          {"limit", "0"},
                                                          {"limit", "1001"},
                                                          {"limit", "2x"},
                                                          {"from", "1"}}) {
        const auto parsed = parseTrafficQuery({wrong});
        ASSERT_FALSE(parsed) << wrong.first << "=" << wrong.second;
        EXPECT_EQ(parsed.error().code, ErrorCode::Invalid);
    }
}

} // namespace
} // namespace understudy::control
