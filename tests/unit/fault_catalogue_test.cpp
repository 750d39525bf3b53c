// SPDX-License-Identifier: Apache-2.0
#include "core/model/behaviour_labels.h"
#include "core/model/fault_catalogue.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace std::chrono_literals;

namespace {

Fault bareFault(FaultKind kind)
{
    Fault fault;
    fault.kind = kind;
    return fault;
}

Fault faultAt(FaultKind kind, FaultPlace place)
{
    Fault fault = bareFault(kind);
    fault.at = place;
    return fault;
}

} // namespace

TEST(FaultCatalogue, DescribesEveryKind)
{
    for (const FaultKind kind : allFaultKinds()) {
        const FaultTraits &traits = faultTraits(kind);
        EXPECT_EQ(traits.kind, kind);
        EXPECT_FALSE(traits.title.empty()) << faultKindName(kind);
        EXPECT_FALSE(traits.clientSees.empty()) << faultKindName(kind);
        EXPECT_FALSE(faultGroupName(traits.group).empty()) << faultKindName(kind);
        for (const std::string_view needed : traits.needed)
            EXPECT_THAT(traits.keys, testing::Contains(needed)) << faultKindName(kind);
        const bool hasVariant
            = std::find(traits.keys.begin(), traits.keys.end(), "variant") != traits.keys.end();
        EXPECT_EQ(hasVariant, !traits.variants.empty()) << faultKindName(kind);
    }
}

TEST(FaultCatalogue, TakesThePlaceThatIsWritten)
{
    for (const FaultKind kind : allFaultKinds()) {
        for (const FaultPlace place : faultTraits(kind).places)
            EXPECT_EQ(faultPlace(faultAt(kind, place)), place) << faultKindName(kind);
    }
}

TEST(FaultCatalogue, KnowsThePlaceOfAFaultThatNamesNone)
{
    const std::vector<std::pair<FaultKind, std::optional<FaultPlace>>> table{
        {FaultKind::Close, FaultPlace::Head},       {FaultKind::Reset, FaultPlace::Head},
        {FaultKind::Stall, FaultPlace::Head},       {FaultKind::Garbage, FaultPlace::Head},
        {FaultKind::HalfClose, FaultPlace::Body},   {FaultKind::Truncate, FaultPlace::Body},
        {FaultKind::Corrupt, FaultPlace::Body},     {FaultKind::Dribble, FaultPlace::Body},
        {FaultKind::SlowRead, FaultPlace::Request}, {FaultKind::NoRead, FaultPlace::Request},
        {FaultKind::Tls, FaultPlace::Handshake},    {FaultKind::Status, std::nullopt},
        {FaultKind::Refuse, std::nullopt},
    };
    for (const auto &[kind, place] : table)
        EXPECT_EQ(faultPlace(bareFault(kind)), place) << faultKindName(kind);
}

TEST(FaultCatalogue, KnowsWhenAFaultIsDecided)
{
    using M = FaultMoment;
    const std::vector<std::pair<Fault, M>> table{
        {bareFault(FaultKind::Refuse), M::Schedule},
        {bareFault(FaultKind::Blackhole), M::Schedule},
        {faultAt(FaultKind::Close, FaultPlace::Accept), M::Accept},
        {faultAt(FaultKind::Reset, FaultPlace::Accept), M::Accept},
        {faultAt(FaultKind::Stall, FaultPlace::Accept), M::Accept},
        {bareFault(FaultKind::Tls), M::Handshake},
        {faultAt(FaultKind::Reset, FaultPlace::Request), M::Request},
        {bareFault(FaultKind::SlowRead), M::Request},
        {bareFault(FaultKind::NoRead), M::Request},
        {bareFault(FaultKind::ExpectRefuse), M::Request},
        {bareFault(FaultKind::Close), M::Answer},
        {faultAt(FaultKind::Reset, FaultPlace::Body), M::Answer},
        {bareFault(FaultKind::Status), M::Answer},
        {bareFault(FaultKind::KeepaliveRace), M::Answer},
        {bareFault(FaultKind::Duplicate), M::Answer},
    };
    for (const auto &[fault, moment] : table)
        EXPECT_EQ(faultMoment(fault), moment) << faultLabel(fault);
}

TEST(FaultLabels, NameAFaultInAFewWords)
{
    Fault status = bareFault(FaultKind::Status);
    status.status = 503;
    Fault limit = bareFault(FaultKind::RateLimit);
    limit.limit = 10;
    limit.per = 60s;
    Fault skew = bareFault(FaultKind::ClockSkew);
    skew.by = -90min;
    Fault tls = bareFault(FaultKind::Tls);
    tls.variant = "expired";
    Fault stall = faultAt(FaultKind::Stall, FaultPlace::Body);
    stall.duration = 5s;
    Fault slow = bareFault(FaultKind::SlowRead);
    slow.upload = ByteCount{1000};
    EXPECT_EQ(faultLabel(status), "status 503");
    EXPECT_EQ(faultLabel(limit), "rate-limit 10 per 1m");
    EXPECT_EQ(faultLabel(skew), "clock-skew -90m");
    EXPECT_EQ(faultLabel(tls), "tls expired");
    EXPECT_EQ(faultLabel(stall), "stall at body for 5s");
    EXPECT_EQ(faultLabel(slow), "slow-read 1kB/s");
    EXPECT_EQ(faultLabel(faultAt(FaultKind::Reset, FaultPlace::Body)), "reset at body");
    EXPECT_EQ(faultLabel(bareFault(FaultKind::Close)), "close at head");
    EXPECT_EQ(faultLabel(bareFault(FaultKind::Truncate)), "truncate");
}

TEST(FaultLabels, ListTheConditions)
{
    Fault fault;
    EXPECT_EQ(faultConditions(fault), "");
    fault.rate = 0.2;
    fault.first = 3;
    fault.during = FaultWindow{10s, 40s, {}};
    EXPECT_EQ(faultConditions(fault), "20 %, first 3, from 10 s to 40 s");
    fault = {};
    fault.every = 2;
    fault.after = 4;
    fault.until = 8;
    fault.during = FaultWindow{0s, 1500ms, 60s};
    fault.when = Rule{};
    EXPECT_EQ(faultConditions(fault), "every 2, after 4, until 8, from 0 ms to 1500 ms, again "
                                      "every 1 m, when its rules hold");
}

TEST(LatencyLabels, SayModelAndNumbers)
{
    EXPECT_EQ(latencyLabel(FixedLatency{50ms}), "50ms");
    EXPECT_EQ(latencyLabel(UniformLatency{10ms, 90ms}), "uniform 10ms to 90ms");
    EXPECT_EQ(latencyLabel(NormalLatency{50ms, 10ms}), "normal, mean 50ms, deviation 10ms");
    EXPECT_EQ(latencyLabel(LognormalLatency{200ms, 2s, {}, {}}),
              "log-normal, median 200ms, p99 2s");
    EXPECT_EQ(latencyLabel(LognormalLatency{200ms, {}, 0.5, 5s}),
              "log-normal, median 200ms, sigma 0.5, at most 5s");
    EXPECT_EQ(latencyLabel(SampledLatency{"f.csv"}), "samples of f.csv");
    EXPECT_EQ(latencyLabel(SampledLatency{{}, {40ms, 12ms, 90ms}}), "3 samples, 12ms to 90ms");
    EXPECT_EQ(latencyLabel(SampledLatency{{}, {40ms}}), "1 sample, 40ms");
}

TEST(ThrottleLabels, SayWhatIsSlow)
{
    Throttle throttle;
    EXPECT_EQ(throttleLabel(throttle), "");
    throttle.profile = "slow-3g";
    EXPECT_EQ(throttleLabel(throttle), "profile slow-3g");
    throttle = {};
    throttle.download = ByteCount{50'000};
    throttle.upload = ByteCount{20'000};
    EXPECT_EQ(throttleLabel(throttle), "download 50kB/s, upload 20kB/s");
    throttle = {};
    throttle.chunks = 5;
    throttle.over = 2s;
    EXPECT_EQ(throttleLabel(throttle), "5 chunks over 2s");
    throttle = {};
    throttle.slice = ByteCount{100};
    throttle.pause = 20ms;
    EXPECT_EQ(throttleLabel(throttle), "slices of 100B every 20ms");
}
