// SPDX-License-Identifier: Apache-2.0
// What is decided for requests: scopes, order, counts, draws.
#include "tests/unit/behaviour_support.h"

#include <gmock/gmock.h>

#include <cmath>

namespace understudy::test::behaviour {

using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

const std::string kNested = R"(
- folder: outer
  behaviour: {latency: 20ms, throttle: {download: 20kB/s}, faults: [{kind: status, status: 502, every: 3}]}
  endpoints:
  - folder: inner
    behaviour: {latency: 3ms}
    endpoints:
    - method: GET
      path: /x
      behaviour: {latency: 400ms, faults: [{kind: status, status: 501, every: 4}]}
      responses:
      - {body: a, behaviour: {latency: 5s, faults: [{kind: status, status: 500, every: 6}]}}
)";

} // namespace

TEST(Behaviour, AddsTheLatenciesOfAllScopes)
{
    Asked asked(mock(kNested, "behaviour: {latency: 60s}\n"));
    const AnswerPlan plan = asked.get("/x");
    ASSERT_TRUE(plan.decision);
    EXPECT_EQ(plan.decision->head, 65s + 423ms);
    ASSERT_EQ(plan.decision->record->latencies.size(), 5U);
    EXPECT_EQ(plan.decision->record->latencies[2].scopeName, "inner");
}

TEST(Behaviour, TakesTheThrottleOfTheNarrowestScope)
{
    Asked asked(mock(kNested, "behaviour: {throttle: {download: 1kB/s}}\n"));
    const AnswerPlan plan = asked.get("/x");
    ASSERT_TRUE(plan.decision && plan.decision->throttle);
    EXPECT_EQ(plan.decision->throttle->download, ByteCount{20'000});
    EXPECT_EQ(plan.decision->record->throttle->scopeName, "outer");
}

TEST(Behaviour, TriesFaultsFromTheResponseOutwardsAndTheFirstHappens)
{
    Asked asked(mock(kNested));
    std::string statuses;
    for (int i = 0; i < 12; ++i)
        statuses += std::to_string(asked.get("/x").answer->status) + ' ';
    // 6 and 12: the response's; 4 and 8: the endpoint's; 3 and 9: the folder's.
    EXPECT_EQ(statuses, "200 200 502 501 200 500 200 501 502 200 200 500 ");
}

TEST(Behaviour, FixedLatencyAloneNeedsNoDecision)
{
    Asked asked(endpoint("{latency: 50ms}", "behaviour: {latency: 10ms}\n"));
    const AnswerPlan plan = asked.get("/x");
    EXPECT_FALSE(plan.decision);
    EXPECT_EQ(plan.latency, 60ms);
    ASSERT_TRUE(plan.record);
    EXPECT_EQ(behaviourSentence(*plan.record),
              "Slow on purpose: 50 ms of the endpoint + 10 ms of the server.");
}

TEST(Behaviour, HappensToRequestsThatNoEndpointAnswersToo)
{
    Asked asked(mock(" []\n", "behaviour: {faults: [{kind: status, status: 503, every: 2}]}\n"));
    EXPECT_EQ(asked.get("/gone").answer->status, 404);
    EXPECT_EQ(asked.get("/gone").answer->status, 503);
}

TEST(Behaviour, CountsTheRequestsOfItsScope)
{
    Asked asked(mock("- {path: /a, responses: [{body: a}]}\n- {path: /b, responses: [{body: b}]}\n",
                     "behaviour: {faults: [{kind: close, every: 3}]}\n"));
    std::string out = asked.pattern("/a", 2);
    out += asked.pattern("/b", 2);
    out += asked.pattern("/a", 2);
    EXPECT_EQ(out, "..c..c");
}

TEST(Behaviour, CombinesConditionsExactly)
{
    Asked asked(endpoint("{faults: [{kind: reset, first: 2}, {kind: close, after: 4, until: 6}]}"));
    EXPECT_EQ(asked.pattern("/x", 8), "rr..cc..");
}

TEST(Behaviour, FollowsTheClockOfTheServer)
{
    Asked asked(endpoint("{faults: [{kind: close, during: {from: 1s, to: 2s, repeat: 10s}}]}"));
    std::string out;
    for (const Duration at : {0s, 1s, 2s, 10s, 11s, 12s}) {
        asked.now = at;
        out += asked.pattern("/x", 1);
    }
    EXPECT_EQ(out, ".c..c.");
}

TEST(Behaviour, AsksTheRulesOfAFault)
{
    Asked asked(endpoint("{faults: [{kind: close, when: [{header.X-Break: {equals: 'yes'}}]}]}"));
    EXPECT_FALSE(asked.get("/x").decision);
    const AnswerPlan plan = asked.get("/x", "X-Break: yes\r\n");
    ASSERT_TRUE(plan.decision);
    EXPECT_EQ(plan.decision->fault->fault.kind, FaultKind::Close);
}

TEST(Behaviour, HoldsARateWithinThreeDeviations)
{
    constexpr int kRequests = 10'000;
    for (const double rate : {0.01, 0.2, 0.5}) {
        Asked asked(endpoint("{faults: [{kind: close, rate: " + std::to_string(rate) + "}]}"));
        const std::string pattern = asked.pattern("/x", kRequests);
        const auto broken = static_cast<double>(std::count(pattern.begin(), pattern.end(), 'c'));
        EXPECT_NEAR(broken, kRequests * rate, 3 * std::sqrt(kRequests * rate * (1 - rate)));
    }
}

TEST(Behaviour, DrawsTheSameForTheSameSeedAndOtherwiseForAnother)
{
    const std::string yaml = endpoint("{faults: [{kind: close, rate: 30%}]}");
    const std::string first = Asked(yaml, 42).pattern("/x", 200);
    EXPECT_EQ(Asked(yaml, 42).pattern("/x", 200), first);
    EXPECT_NE(Asked(yaml, 43).pattern("/x", 200), first);
}

TEST(Behaviour, DrawsAlikeWhateverOtherEndpointsWereAskedBetween)
{
    const std::string yaml
        = mock("- {path: /a, behaviour: {faults: [{kind: close, rate: 30%}]}, responses: [{}]}\n"
               "- {path: /b, behaviour: {faults: [{kind: close, rate: 30%}]}, responses: [{}]}\n");
    const std::string alone = Asked(yaml).pattern("/a", 100);
    Asked mixed(yaml);
    std::string between;
    for (int i = 0; i < 100; ++i) {
        mixed.pattern("/b", i % 3);
        between += mixed.pattern("/a", 1);
    }
    EXPECT_EQ(between, alone);
}

TEST(Behaviour, BeginsAgainWhenTheServerForgets)
{
    Asked asked(endpoint("{faults: [{kind: close, first: 2, rate: 90%}]}"));
    const std::string first = asked.pattern("/x", 20);
    asked.memory->reset();
    EXPECT_EQ(asked.pattern("/x", 20), first);
}

TEST(Behaviour, KeepsWhatWasDrawn)
{
    Asked asked(endpoint(
        "{latency: {uniform: [10ms, 90ms]}, faults: [{kind: status, status: 503, rate: 100%}]}"));
    asked.get("/x");
    const AnswerPlan plan = asked.get("/x");
    const auto record = recordOf(plan);
    ASSERT_TRUE(record && record->fault);
    EXPECT_EQ(record->seed, 42U);
    EXPECT_EQ(record->ordinal, 2U);
    EXPECT_EQ(record->drawnFor, "get-x");
    ASSERT_TRUE(record->latencies[0].unit);
    EXPECT_EQ(record->latencies[0].value, plan.decision->head);
    EXPECT_LT(*record->fault->unit, 1.0);
    EXPECT_EQ(record->fault->rate, 1.0);
    EXPECT_EQ(record->fault->effect, "answered 503 instead of the response");
}

TEST(Behaviour, LimitsTheRateAndSaysWhatIsLeft)
{
    Asked asked(endpoint("{faults: [{kind: rate-limit, limit: 2, per: 10s}]}"));
    const AnswerPlan first = asked.get("/x");
    EXPECT_EQ(first.answer->status, 200);
    EXPECT_THAT(first.extraHeaders, HasSubstr("RateLimit-Remaining: 1\r\n"));
    asked.get("/x");
    asked.now = 2500ms;
    const AnswerPlan third = asked.get("/x");
    EXPECT_EQ(third.answer->status, 429);
    EXPECT_THAT(third.answer->head, HasSubstr("Retry-After: 8\r\n"));
    EXPECT_THAT(third.extraHeaders, HasSubstr("RateLimit-Reset: 8\r\n"));
    asked.now = 10s;
    EXPECT_EQ(asked.get("/x").answer->status, 200);
}

TEST(Behaviour, LimitsTheRateByHeaderOrClient)
{
    Asked byHeader(endpoint("{faults: [{kind: rate-limit, limit: 1, per: 10s, key: X-User}]}"));
    EXPECT_EQ(byHeader.get("/x", "X-User: ada\r\n").answer->status, 200);
    EXPECT_EQ(byHeader.get("/x", "X-User: bob\r\n").answer->status, 200);
    EXPECT_EQ(byHeader.get("/x", "X-User: ada\r\n").answer->status, 429);

    Asked byClient(endpoint("{faults: [{kind: rate-limit, limit: 1, per: 10s, key: client}]}"));
    EXPECT_EQ(byClient.get("/x").answer->status, 200);
    byClient.facts.client = "10.0.0.9";
    EXPECT_EQ(byClient.get("/x").answer->status, 200);
    EXPECT_EQ(byClient.get("/x").answer->status, 429);
}

TEST(Behaviour, RedirectsToItselfForEver)
{
    Asked asked(endpoint("{faults: [{kind: redirect-loop}]}"));
    const AnswerPlan plan = asked.get("/x?a=1");
    EXPECT_EQ(plan.answer->status, 302);
    EXPECT_THAT(plan.answer->head, HasSubstr("Location: /x?a=1\r\n"));
}

TEST(Behaviour, RedirectsSoManyTimesAndThenAnswers)
{
    Asked asked(endpoint("{faults: [{kind: redirect-loop, hops: 2}]}"));
    EXPECT_THAT(asked.get("/x?a=1").answer->head,
                HasSubstr("Location: /x?a=1&understudy-hop=1\r\n"));
    EXPECT_THAT(asked.get("/x?a=1&understudy-hop=1").answer->head,
                HasSubstr("Location: /x?a=1&understudy-hop=2\r\n"));
    EXPECT_EQ(asked.get("/x?a=1&understudy-hop=2").answer->status, 200);
}

TEST(Behaviour, KeepsTheHeadersOfTheServerOnAFaultsAnswer)
{
    Asked asked(endpoint("{faults: [{kind: status, status: 503, headers: {Retry-After: 5}}]}",
                         "headers: {X-Served-By: understudy}\n"));
    const AnswerPlan plan = asked.get("/x");
    EXPECT_THAT(plan.answer->head, HasSubstr("X-Served-By: understudy\r\n"));
    EXPECT_THAT(plan.answer->head, HasSubstr("Retry-After: 5\r\n"));
    EXPECT_EQ(*plan.answer->body, "Service Unavailable\n");
}

TEST(Behaviour, IsSwitchedOffForEachScope)
{
    const FaultScope scopes[]{{},
                              {"test", {}, {}},
                              {"test", {"outer"}, {}},
                              {"test", {"outer", "inner"}, {}},
                              {"test", {}, "get-x"}};
    for (const FaultScope &scope : scopes) {
        Asked asked(mock(kNested));
        asked.switches->setOff(scope, true);
        for (int i = 0; i < 4; ++i) {
            const AnswerPlan plan = asked.get("/x");
            EXPECT_FALSE(plan.decision->fault);
            EXPECT_GT(plan.decision->head, 0ms) << "latency stays";
        }
        asked.switches->setOff(scope, false);
        asked.get("/x");
        EXPECT_EQ(asked.get("/x").answer->status, 500) << "requests went on being counted";
    }
}

TEST(Behaviour, IgnoresTheSwitchOfAnotherScope)
{
    Asked asked(mock(kNested));
    asked.switches->setOff({"other", {}, {}}, true);
    asked.switches->setOff({"test", {"elsewhere"}, {}}, true);
    asked.switches->setOff({"test", {}, "get-y"}, true);
    EXPECT_EQ(asked.pattern("/x", 3), "..s");
}

TEST(Behaviour, DrawsALatencyFromSamples)
{
    TemporaryFolder folder;
    Asked missing(endpoint("{latency: {samples: gone.csv}}"));
    EXPECT_THAT(missing.error, HasSubstr("samples 'gone.csv': the samples file is not there"));
    Asked outside(endpoint("{latency: {samples: ../f.csv}}"));
    EXPECT_THAT(outside.error, HasSubstr("outside of the workspace folder"));
}

TEST(Behaviour, RefusesAnUnknownProfileAndNamesTheKnown)
{
    Asked asked(endpoint("{throttle: {profile: 5g}}"));
    EXPECT_THAT(asked.error, HasSubstr("no network profile '5g'; known are"));
    EXPECT_THAT(asked.error, HasSubstr("slow-3g"));
}

TEST(Behaviour, TakesLatencyAndRatesFromAProfile)
{
    Asked asked(endpoint("{throttle: {profile: slow-3g, download: 1kB/s}}"));
    const AnswerPlan plan = asked.get("/x");
    const NetworkProfile *profile = findNetworkProfile(builtinNetworkProfiles(), "slow-3g");
    ASSERT_TRUE(profile && plan.decision);
    EXPECT_GE(plan.decision->head, profile->latency - profile->jitter);
    EXPECT_LE(plan.decision->head, profile->latency + profile->jitter);
    EXPECT_EQ(plan.decision->throttle->download, ByteCount{1000});
    EXPECT_EQ(plan.decision->throttle->upload, profile->upload);
}

TEST(Behaviour, ForgetsTheLatencyOfAProfileThatANarrowerThrottleReplaces)
{
    Asked asked(
        endpoint("{throttle: {download: 1kB/s}}", "behaviour: {throttle: {profile: slow-3g}}\n"));
    EXPECT_EQ(asked.get("/x").decision->head, 0ms);
}

} // namespace understudy::test::behaviour
