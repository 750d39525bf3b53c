// SPDX-License-Identifier: Apache-2.0
// Recorded times as latencies, from the recording to what the server draws.
#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/runtime/workbench.h"
#include "tests/formats/recorded_support.h"
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <set>

namespace understudy::formats::har {
namespace {

using namespace test;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

/// A recording of `GET /a`, an entry for each `timings`.
std::string recording(const std::vector<std::string> &timings)
{
    std::string out = R"({"log": {"version": "1.2", "entries": [)";
    for (std::size_t i = 0; i < timings.size(); ++i)
        out += std::string(i == 0 ? "" : ",")
               + R"({"request": {"method": "GET", "url": "http://shop.example/a"}, "response":
{"status": 200, "content": {"mimeType": "text/plain", "text": "ok"}}, "timings": {)"
               + timings[i] + "}}";
    return out + "]}}";
}

LoadedServer read(const std::vector<std::string> &timings, bool waits = true)
{
    LoadOutcome outcome
        = loadText(recording(timings), "shop.har", LoadOptions{.recordedLatency = waits});
    EXPECT_EQ(allMessages(outcome.errors), "");
    return outcome.servers.empty() ? LoadedServer{} : std::move(outcome.servers.front());
}

const Endpoint &soleEndpoint(const LoadedServer &loaded)
{
    return *loaded.server.items.at(0).endpoint();
}

std::vector<Duration> samplesOf(const std::optional<LatencyModel> &model)
{
    const auto *samples = model ? std::get_if<SampledLatency>(&*model) : nullptr;
    return samples ? samples->values : std::vector<Duration>();
}

/// What the first requests to `/a` wait for, as the journal says.
std::vector<Duration> drawnBy(const Server &document, std::uint64_t seed, std::size_t requests)
{
    Server server = document;
    server.listen.port = 0;
    Workbench bench({.threads = 1, .seed = seed});
    const std::string id = bench.add(server, ".", "shop");
    if (const auto started = bench.start(id); !started) {
        ADD_FAILURE() << started.error().text();
        return {};
    }
    for (std::size_t i = 0; i < requests; ++i)
        EXPECT_EQ(bodyOf(get(bench.status(id)->port, "/a")), "ok");
    EXPECT_TRUE(waitFor([&] { return bench.journal().newest() >= requests; }));
    std::vector<Duration> out;
    for (std::uint64_t number = 1; number <= requests; ++number) {
        const auto exchange = bench.journal().at(number).exchange;
        if (!exchange || !exchange->behaviour || exchange->behaviour->latencies.size() != 1) {
            ADD_FAILURE() << "request " << number << " was not held back by one latency";
            return out;
        }
        out.push_back(exchange->behaviour->latencies.front().value);
    }
    return out;
}

TEST(HarTimes, AreNoLatencyUnlessAskedFor)
{
    const LoadedServer loaded = read({R"("wait": 17.6)"}, false);
    EXPECT_TRUE(loaded.offered.recordedLatency);
    EXPECT_EQ(soleEndpoint(loaded).behaviour.latency, Latency{});
    EXPECT_TRUE(soleEndpoint(loaded).responses.at(0).extensions.contains("x-har-wait"));
}

TEST(HarTimes, AreSamplesBeforeTheHead)
{
    const LoadedServer loaded
        = read({R"("wait": 40)", R"("wait": 17.6)", R"("wait": -1)", R"("wait": 0)", ""});
    EXPECT_THAT(samplesOf(soleEndpoint(loaded).behaviour.latency.head),
                ElementsAre(0ms, 17'600us, 40ms));
    EXPECT_FALSE(soleEndpoint(loaded).behaviour.latency.body);
    EXPECT_FALSE(soleEndpoint(loaded).responses.at(0).extensions.contains("x-har-wait"));
    expectWhole(loaded.server);
}

TEST(HarTimes, OfBodiesAreSamplesBetweenHeadAndBody)
{
    const auto bodyOfThem = [](const char *second) {
        return samplesOf(
            soleEndpoint(read({R"("wait": 5, "receive": 0.2)", second})).behaviour.latency.body);
    };
    EXPECT_THAT(bodyOfThem(R"("wait": 5, "receive": 30)"), ElementsAre(200us, 30ms));
    // Less than a millisecond is no wait.
    EXPECT_THAT(bodyOfThem(R"("wait": 5, "receive": 0.9)"), ElementsAre());
}

TEST(HarTimes, ThatNobodyMeasuredAreNotOffered)
{
    for (const char *timings : {R"("wait": 0)", R"("wait": -1, "receive": -1)", ""}) {
        const LoadedServer loaded = read({timings});
        EXPECT_FALSE(loaded.offered.recordedLatency) << timings;
        EXPECT_EQ(soleEndpoint(loaded).behaviour.latency, Latency{}) << timings;
    }
}

TEST(HarTimes, OfALongRecordingAreTakenEvenly)
{
    std::vector<std::string> timings;
    for (int i = 2500; i > 0; --i)
        timings.push_back("\"wait\": " + std::to_string(i));
    const LoadedServer loaded = read(timings);
    const std::vector<Duration> samples = samplesOf(soleEndpoint(loaded).behaviour.latency.head);
    ASSERT_EQ(samples.size(), 1000U);
    EXPECT_EQ(samples.front(), 1ms);
    EXPECT_EQ(samples[500], 1251ms);
    EXPECT_EQ(samples.back(), 2500ms);
    EXPECT_THAT(allMessages(loaded.problems),
                HasSubstr("GET /a: 2500 waits were recorded; 1000 of them"));
}

TEST(HarTimes, OfAFileThatIsCutAreTakenToo)
{
    std::string text = recording({R"("wait": 3)", R"("wait": 4)"});
    text.resize(text.size() - 5);
    const LoadOutcome outcome = loadText(text, "shop.har", LoadOptions{.recordedLatency = true});
    ASSERT_EQ(outcome.servers.size(), 1U);
    EXPECT_FALSE(samplesOf(soleEndpoint(outcome.servers[0]).behaviour.latency.head).empty());
}

TEST(HarTimes, AreWhatTheServerDrawsTheSameForTheSameSeed)
{
    const LoadedServer loaded
        = read({R"("wait": 1)", R"("wait": 2.5)", R"("wait": 4)", R"("wait": 7)"});
    // By way of the mock file, as an import goes.
    const auto mock = native::read(native::write(loaded.server), "shop.mock.yaml");
    ASSERT_EQ(mock.server, loaded.server);
    constexpr std::size_t kRequests = 24;
    const std::vector<Duration> drawn = drawnBy(mock.server, 7, kRequests);
    ASSERT_EQ(drawn.size(), kRequests);
    const std::set<Duration> recorded{1ms, 2'500us, 4ms, 7ms};
    EXPECT_THAT(drawn, testing::Each(testing::Truly(
                           [&](Duration value) { return recorded.contains(value); })));
    EXPECT_GT(std::set<Duration>(drawn.begin(), drawn.end()).size(), 1U);
    EXPECT_EQ(drawnBy(mock.server, 7, kRequests), drawn);
    EXPECT_NE(drawnBy(mock.server, 8, kRequests), drawn);
}

} // namespace
} // namespace understudy::formats::har
