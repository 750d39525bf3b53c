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

} // namespace
} // namespace understudy::control
