// SPDX-License-Identifier: Apache-2.0
#include "core/model/behaviour_checks.h"
#include "core/model/validate.h"

#include <gmock/gmock.h>

#include <functional>
#include <limits>

/// What documents made in a window or by a program can get wrong, which no reader would let pass;
/// what files get wrong is in tests/data/native/bad.
using namespace understudy;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<std::string> fields(const Behaviour &behaviour, const BehaviourContext &context = {})
{
    std::vector<std::string> out;
    for (const BehaviourFinding &finding : checkBehaviour(behaviour, context))
        out.push_back(finding.field);
    return out;
}

Fault changedFault(FaultKind kind, const std::function<void(Fault &)> &change = {})
{
    Fault fault;
    fault.kind = kind;
    if (change)
        change(fault);
    return fault;
}

std::vector<std::string> fieldsOf(const Fault &fault)
{
    Behaviour behaviour;
    behaviour.faults = {fault};
    return fields(behaviour);
}

std::vector<std::string> fieldsOf(LatencyModel model)
{
    Behaviour behaviour;
    behaviour.latency.head = std::move(model);
    return fields(behaviour);
}

} // namespace

TEST(BehaviourChecks, HaveNothingAgainstAnEmptyBlock) { EXPECT_THAT(fields({}), IsEmpty()); }

TEST(BehaviourChecks, RefuseImpossibleLatencies)
{
    EXPECT_THAT(fieldsOf(FixedLatency{-1ms}), ElementsAre("latency.head"));
    EXPECT_THAT(fieldsOf(UniformLatency{2ms, 1ms}), ElementsAre("latency.head.uniform"));
    EXPECT_THAT(fieldsOf(UniformLatency{1ms, 1ms}), IsEmpty());
    EXPECT_THAT(fieldsOf(NormalLatency{1ms, -1ms}), ElementsAre("latency.head.normal.deviation"));
    EXPECT_THAT(fieldsOf(LognormalLatency{0ms, 1s, {}, {}}),
                ElementsAre("latency.head.lognormal.median"));
    EXPECT_THAT(fieldsOf(LognormalLatency{1s, 1s, {}, {}}),
                ElementsAre("latency.head.lognormal.p99"));
    EXPECT_THAT(fieldsOf(LognormalLatency{1s, {}, {}, {}}), ElementsAre("latency.head.lognormal"));
    EXPECT_THAT(fieldsOf(LognormalLatency{1s, {}, std::numeric_limits<double>::quiet_NaN(), {}}),
                ElementsAre("latency.head.lognormal.sigma"));
    EXPECT_THAT(fieldsOf(SampledLatency{" "}), ElementsAre("latency.head.samples"));
    EXPECT_THAT(fieldsOf(SampledLatency{{}, {1ms, 0ms}}), IsEmpty());
    EXPECT_THAT(fieldsOf(SampledLatency{"a.csv", {1ms}}), ElementsAre("latency.head.samples"));
    EXPECT_THAT(fieldsOf(SampledLatency{{}, {1ms, -1ms}}), ElementsAre("latency.head.samples"));
    EXPECT_THAT(fieldsOf(SampledLatency{{}, std::vector<Duration>(1000, 1ms)}), IsEmpty());
    EXPECT_THAT(fieldsOf(SampledLatency{{}, std::vector<Duration>(1001, 1ms)}),
                ElementsAre("latency.head.samples"));
}

TEST(BehaviourChecks, RefuseKeysThatAKindDoesNotTakeOrLacks)
{
    EXPECT_THAT(fieldsOf(changedFault(FaultKind::Status)), ElementsAre("faults.0.status"));
    EXPECT_THAT(fieldsOf(changedFault(FaultKind::RateLimit)),
                ElementsAre("faults.0.limit", "faults.0.per"));
    EXPECT_THAT(
        fieldsOf(changedFault(FaultKind::Duplicate, [](Fault &f) { f.offset = ByteCount{1}; })),
        ElementsAre("faults.0.offset"));
    EXPECT_THAT(fieldsOf(changedFault(FaultKind::Blackhole,
                                      [](Fault &f) {
                                          f.at = FaultPlace::Head;
                                          f.duration = 1s;
                                      })),
                ElementsAre("faults.0.at"));
    EXPECT_THAT(fieldsOf(changedFault(FaultKind::NoRead, [](Fault &f) { f.variant = "later"; })),
                ElementsAre("faults.0.variant"));
}

TEST(BehaviourChecks, RefuseSharesThatAreNone)
{
    for (const double rate : {-0.1, 1.2, std::numeric_limits<double>::quiet_NaN()}) {
        EXPECT_THAT(fieldsOf(changedFault(FaultKind::Close, [&](Fault &f) { f.rate = rate; })),
                    ElementsAre("faults.0.rate"))
            << rate;
    }
    for (const double rate : {0.0, 0.5, 1.0}) {
        EXPECT_THAT(fieldsOf(changedFault(FaultKind::Close, [&](Fault &f) { f.rate = rate; })),
                    IsEmpty())
            << rate;
    }
}

TEST(BehaviourChecks, RefuseCountsOfNothing)
{
    EXPECT_THAT(fieldsOf(changedFault(FaultKind::Close,
                                      [](Fault &f) {
                                          f.first = 0;
                                          f.every = 0;
                                          f.until = 0;
                                          f.after = 0;
                                      })),
                ElementsAre("faults.0.first", "faults.0.every", "faults.0.until"));
}

/// Compared with trying every request.
TEST(BehaviourChecks, FindOutWhetherCountsCanHoldTogether)
{
    for (std::uint64_t first = 1; first <= 6; ++first) {
        for (std::uint64_t every = 1; every <= 4; ++every) {
            for (std::uint64_t after = 0; after <= 6; ++after) {
                for (std::uint64_t until = 1; until <= 6; ++until) {
                    bool possible = false;
                    for (std::uint64_t n = 1; n <= 30; ++n)
                        possible |= n <= first && n % every == 0 && n > after && n <= until;
                    const Fault fault = changedFault(FaultKind::Close, [&](Fault &f) {
                        f.first = first;
                        f.every = every;
                        f.after = after;
                        f.until = until;
                    });
                    EXPECT_EQ(fieldsOf(fault).empty(), possible)
                        << first << ' ' << every << ' ' << after << ' ' << until;
                }
            }
        }
    }
}

TEST(BehaviourChecks, RefuseWindowsThatCannotBe)
{
    const auto window = [](FaultWindow during) {
        return fieldsOf(changedFault(FaultKind::Close, [&](Fault &f) { f.during = during; }));
    };
    EXPECT_THAT(window({1s, 1s, {}}), ElementsAre("faults.0.during"));
    EXPECT_THAT(window({-1s, 1s, {}}), ElementsAre("faults.0.during.from"));
    EXPECT_THAT(window({0s, 2s, 1s}), ElementsAre("faults.0.during.repeat"));
    EXPECT_THAT(window({0s, 2s, 2s}), IsEmpty());
}

TEST(BehaviourChecks, LeaveTheScopeOfAPresetOpen)
{
    Behaviour behaviour;
    behaviour.latency.connect = FixedLatency{1ms};
    behaviour.faults = {changedFault(FaultKind::Tls, [](Fault &f) { f.variant = "cut"; })};
    EXPECT_THAT(fields(behaviour), IsEmpty());
    EXPECT_THAT(fields(behaviour, {.scope = BehaviourContext::Scope::Server}), IsEmpty());
    EXPECT_THAT(fields(behaviour, {.scope = BehaviourContext::Scope::Folder}),
                ElementsAre("latency.connect", "faults.0.kind"));
}

TEST(Validate, SaysWhichFolderABehaviourBelongsTo)
{
    Folder inner;
    inner.behaviour.latency.head = UniformLatency{2ms, 1ms};
    Folder outer;
    outer.items = {Endpoint{}, inner};
    Server server;
    server.items = {Folder{}, outer};
    const std::vector<Finding> findings = validate(server);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].field, "behaviour.latency.head.uniform");
    EXPECT_THAT(findings[0].folder, ElementsAre(1, 1));
    EXPECT_NE(itemAt(server, findings[0].folder)->folder(), nullptr);
}

TEST(Validate, RefusesATlsFaultThatDoesNotExist)
{
    Server server;
    server.listen.tls = Tls{};
    server.listen.tls->fault = "expird";
    const std::vector<Finding> findings = validate(server);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].field, "listen.tls.fault");
}
