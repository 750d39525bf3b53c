// SPDX-License-Identifier: Apache-2.0
#include "core/base/draw.h"
#include "core/behaviour/latency.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <string>

using namespace understudy;
using namespace std::chrono_literals;

namespace {

constexpr int kDraws = 10'000;

struct LatencyCase
{
    std::string name;
    LatencyModel model;
};

std::shared_ptr<const LatencySamples> fewSamples()
{
    return std::make_shared<const LatencySamples>(LatencySamples{5ms, 10ms, 10ms, 20ms, 80ms});
}

LatencyDistribution distributionOf(const LatencyModel &model)
{
    return LatencyDistribution(model, std::holds_alternative<SampledLatency>(model) ? fewSamples()
                                                                                    : nullptr);
}

std::vector<Duration> drawMany(const LatencyDistribution &distribution, std::uint64_t seed)
{
    std::vector<Duration> out;
    for (std::uint64_t ordinal = 1; ordinal <= kDraws; ++ordinal)
        out.push_back(distribution.draw(draw(seed, "shop", "get-x", ordinal, "latency/head")));
    std::sort(out.begin(), out.end());
    return out;
}

/// The Kolmogorov-Smirnov statistic; ties, as discrete models have, count once, at their last.
double distance(const std::vector<Duration> &sorted, const LatencyDistribution &distribution)
{
    double worst = 0;
    const auto n = static_cast<double>(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i + 1 < sorted.size() && sorted[i + 1] == sorted[i])
            continue;
        const double share = static_cast<double>(i + 1) / n;
        worst = std::max(worst, std::abs(share - distribution.cumulative(sorted[i])));
    }
    return worst;
}

} // namespace

class LatencyModels : public testing::TestWithParam<LatencyCase>
{};

INSTANTIATE_TEST_SUITE_P(
    All, LatencyModels,
    testing::Values(
        LatencyCase{"Uniform", UniformLatency{10ms, 90ms}},
        LatencyCase{"UniformOfOne", UniformLatency{7ms, 7ms}},
        LatencyCase{"Normal", NormalLatency{50ms, 10ms}},
        LatencyCase{"NormalCutAtZero", NormalLatency{5ms, 10ms}},
        LatencyCase{"Lognormal", LognormalLatency{50ms, 400ms, std::nullopt, std::nullopt}},
        LatencyCase{"LognormalBySigma", LognormalLatency{200ms, std::nullopt, 0.5, std::nullopt}},
        LatencyCase{"LognormalWithMax", LognormalLatency{50ms, 400ms, std::nullopt, 300ms}},
        LatencyCase{"Samples", SampledLatency{"f.csv"}},
        LatencyCase{"SamplesOfItsOwn", SampledLatency{{}, {80ms, 10ms, 5ms, 10ms, 20ms}}}),
    [](const auto &one) { return one.param.name; });

// faults.md: Kolmogorov-Smirnov at 1 % with 10,000 draws; 1.628 / sqrt(n) is its critical value.
TEST_P(LatencyModels, PassKolmogorovSmirnov)
{
    const LatencyDistribution distribution = distributionOf(GetParam().model);
    const double critical = 1.628 / std::sqrt(static_cast<double>(kDraws));
    EXPECT_LT(distance(drawMany(distribution, 42), distribution), critical);
    EXPECT_LT(distance(drawMany(distribution, 48151), distribution), critical);
}

TEST_P(LatencyModels, QuantileAndCumulativeAgree)
{
    const LatencyDistribution distribution = distributionOf(GetParam().model);
    for (const double p : {0.01, 0.25, 0.5, 0.75, 0.99})
        EXPECT_GE(distribution.cumulative(distribution.quantile(p)), p - 1e-3) << p;
}

TEST_P(LatencyModels, DrawsTheSameForTheSameSeed)
{
    const LatencyDistribution distribution = distributionOf(GetParam().model);
    EXPECT_EQ(drawMany(distribution, 7), drawMany(distribution, 7));
}

TEST_P(LatencyModels, AreNeverNegative)
{
    EXPECT_GE(drawMany(distributionOf(GetParam().model), 3).front(), 0ms);
}

TEST(Latency, OfDurationsInTheFileIsThatOfAFileWithThem)
{
    const LatencyDistribution own(SampledLatency{{}, {80ms, 10ms, 5ms, 10ms, 20ms}});
    EXPECT_EQ(drawMany(own, 7), drawMany(distributionOf(SampledLatency{"f.csv"}), 7));
}

TEST(Latency, FailsKolmogorovSmirnovAgainstAnotherModel)
{
    const LatencyDistribution one(NormalLatency{50ms, 10ms});
    const LatencyDistribution other(NormalLatency{51ms, 10ms});
    EXPECT_GT(distance(drawMany(one, 42), other), 1.628 / std::sqrt(static_cast<double>(kDraws)));
}

TEST(Latency, TakesMedianAndP99OfALognormalExactly)
{
    const LatencyDistribution d(LognormalLatency{50ms, 400ms, std::nullopt, std::nullopt});
    EXPECT_NEAR(static_cast<double>(d.quantile(0.5).count()), 50'000, 1);
    EXPECT_NEAR(static_cast<double>(d.quantile(0.99).count()), 400'000, 5);
}

TEST(Latency, DrawsBothEndsOfAUniform)
{
    const LatencyDistribution d(UniformLatency{1us, 3us});
    EXPECT_EQ(d.quantile(0.0), 1us);
    EXPECT_EQ(d.quantile(0.999999), 3us);
    EXPECT_EQ(d.quantile(1.0), 3us);
    EXPECT_EQ(d.quantile(0.34), 2us);
}

TEST(Latency, IntegratesItsDensityToOne)
{
    for (const LatencyModel &model :
         {LatencyModel(NormalLatency{50ms, 10ms}), LatencyModel(UniformLatency{10ms, 90ms}),
          LatencyModel(LognormalLatency{50ms, 400ms, std::nullopt, std::nullopt})}) {
        const LatencyDistribution d(model);
        double sum = 0;
        constexpr Duration kStep = 100us;
        for (Duration t{}; t < 5s; t += kStep)
            sum += d.density(t) * std::chrono::duration<double>(kStep).count();
        EXPECT_NEAR(sum, 1.0, 0.01) << model.index();
    }
}

TEST(LatencySamples, ReadsOneDurationALine)
{
    const auto read = parseLatencySamples("latency,comment\n12ms,first\n# none\n\n7\n1.5s\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(*read, testing::ElementsAre(7ms, 12ms, 1500ms));
}

TEST(LatencySamples, NamesTheLineThatIsNoDuration)
{
    const auto read = parseLatencySamples("12ms\nsoon\n");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().where.line, 2);
    EXPECT_THAT(read.error().message, testing::HasSubstr("'soon' is not a duration"));
}

TEST(LatencySamples, RefusesAFileWithoutDurations)
{
    EXPECT_FALSE(parseLatencySamples("heading\n# nothing\n"));
    EXPECT_FALSE(parseLatencySamples("{\"log\": {\"entries\": []}}"));
}

TEST(LatencySamples, TakesTheWaitingTimesOfAHar)
{
    const auto read = parseLatencySamples(
        R"({"log": {"entries": [{"time": 90, "timings": {"wait": 12.5}},
                                {"time": 30, "timings": {"wait": -1}}, {"time": 20}]}})");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(*read, testing::ElementsAre(12500us, 20ms, 30ms));
}

TEST(LatencySamples, NamesTheFileThatIsNotThere)
{
    const test::TemporaryFolder folder;
    const auto read = readLatencySamples(folder.path(), "gone.csv", false);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::NotFound);
    EXPECT_THAT(read.error().where.file, testing::EndsWith("gone.csv"));
}
