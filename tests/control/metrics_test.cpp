// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/metrics.h"

#include <gmock/gmock.h>

#include <sstream>

namespace understudy::control {
namespace {

using testing::HasSubstr;

TEST(Metrics, CountsPerServerAndClass)
{
    ServerStatus shop;
    shop.id = "shop";
    shop.name = "Shop";
    shop.state = ServerState::Running;
    shop.requests = 7;
    shop.connections = 2;
    JournalCounters counters;
    counters.byStatusClass[2] = 5;
    counters.byStatusClass[0] = 1;
    counters.evicted = 3;
    const std::string page = metricsText({shop}, counters);
    EXPECT_THAT(page, HasSubstr("\nunderstudy_server_up{server=\"shop\",name=\"Shop\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("\nunderstudy_requests_total{server=\"shop\"} 7\n"));
    EXPECT_THAT(page, HasSubstr("\nunderstudy_connections{server=\"shop\"} 2\n"));
    EXPECT_THAT(page, HasSubstr("\nunderstudy_responses_total{class=\"2xx\"} 5\n"));
    EXPECT_THAT(page, HasSubstr("\nunderstudy_responses_total{class=\"other\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("\nunderstudy_journal_evicted_total 3\n"));
}

TEST(Metrics, EscapesLabels)
{
    ServerStatus odd;
    odd.name = "a\"b\\c\nd";
    EXPECT_THAT(metricsText({odd}, {}), HasSubstr(R"(name="a\"b\\c\nd"} 0)"));
}

TEST(Metrics, DescribesEveryFamilyBeforeItsSamples)
{
    std::string family;
    std::istringstream page(metricsText({ServerStatus{}}, {}));
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("# TYPE ")) {
            family = line.substr(7, line.find(' ', 7) - 7);
        } else if (!line.starts_with("#")) {
            EXPECT_EQ(line.substr(0, line.find_first_of("{ ")), family) << line;
        }
    }
    EXPECT_EQ(family, "understudy_journal_bodies_dropped_total");
}

TEST(Metrics, CountsFaultsByKindAndLatencyInSeconds)
{
    JournalCounters counters;
    counters.faults[FaultKind::Reset] = 3;
    counters.faults[FaultKind::RateLimit] = 1;
    counters.delayed = 4;
    counters.injectedLatency = std::chrono::microseconds(12'000'345);
    const std::string page = metricsText({}, counters);
    EXPECT_THAT(page, HasSubstr("\nunderstudy_faults_total{kind=\"reset\"} 3\n"));
    EXPECT_THAT(page, HasSubstr("\nunderstudy_faults_total{kind=\"rate-limit\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("\nunderstudy_delayed_total 4\n"));
    EXPECT_THAT(page, HasSubstr("\nunderstudy_injected_latency_seconds_total 12.000345\n"));
}

} // namespace
} // namespace understudy::control
