// SPDX-License-Identifier: Apache-2.0
// What is decided for requests: scopes, order, counts, draws. Whole servers, no sockets.
#include "core/engine/compiled_server.h"
#include "core/http/request_parser.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <cmath>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

/// A compiled server that is asked directly, with the time as the test sets it.
class Asked
{
public:
    explicit Asked(const std::string &yaml, std::uint64_t seed = 42)
    {
        CompileOptions options;
        options.folder = folder.path();
        options.seed = seed;
        options.serverId = "test";
        options.switches = switches;
        auto compiled = CompiledServer::compile(parseMock(yaml), memory, options);
        if (compiled)
            server = *compiled;
        else
            error = compiled.error().message;
    }

    AnswerPlan get(const std::string &target, const std::string &headers = {})
    {
        return ask("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
    }

    AnswerPlan ask(const std::string &text, const Anticipation *anticipated = nullptr)
    {
        return server->answer(parse(text), facts, {{}, now}, anticipated);
    }

    Anticipation anticipate(const std::string &text)
    {
        return server->anticipate(parse(text).head, facts, {{}, now});
    }

    static http::Request parse(const std::string &text)
    {
        http::RequestParser parser;
        parser.feed(text);
        EXPECT_TRUE(parser.isComplete()) << text;
        return parser.take();
    }

    /// One letter a request: the first of the fault's label, '.' without one.
    std::string pattern(const std::string &target, int requests)
    {
        std::string out;
        for (int i = 0; i < requests; ++i) {
            const AnswerPlan plan = get(target);
            const bool isBroken = plan.decision && plan.decision->fault;
            out += isBroken ? plan.decision->fault->label[0] : '.';
        }
        return out;
    }

    TemporaryFolder folder;
    std::shared_ptr<ServerMemory> memory = std::make_shared<ServerMemory>();
    std::shared_ptr<FaultSwitches> switches = std::make_shared<FaultSwitches>();
    std::shared_ptr<const CompiledServer> server;
    std::string error;
    ConnectionFacts facts{.client = "127.0.0.1", .port = 3000};
    Duration now{};
};

std::string endpoint(const std::string &behaviour, const std::string &more = {})
{
    return mock("- {method: GET, path: /x, behaviour: " + behaviour
                    + ", responses: [{body: answer}]}\n",
                more);
}

std::shared_ptr<const BehaviourRecord> recordOf(const AnswerPlan &plan)
{
    return plan.decision ? plan.decision->record : plan.record;
}

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

TEST(Behaviour, DecidesOnTheRequestsSideWhenTheHeadIsThere)
{
    Asked asked(mock("- {method: POST, path: /x, behaviour: {faults: [{kind: no-read, every: 2}, "
                     "{kind: close, every: 3}]}, responses: [{}]}\n"));
    ASSERT_TRUE(asked.server->watchesHeads());
    const std::string post = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab";
    std::string out;
    for (int i = 0; i < 6; ++i) {
        const Anticipation at = asked.anticipate(post);
        EXPECT_EQ(at.ordinal, static_cast<std::uint64_t>(i + 1));
        const AnswerPlan plan = asked.ask(post, &at);
        EXPECT_EQ(plan.ordinal, at.ordinal);
        out += plan.decision && plan.decision->fault ? plan.decision->fault->label[0] : '.';
    }
    // 6: the fault at the head came first.
    EXPECT_EQ(out, ".ncn.n");
}

TEST(Behaviour, LeavesRequestsWithoutBodyAloneWhereTheFaultIsAboutTheBody)
{
    Asked asked(endpoint("{faults: [{kind: no-read}]}"));
    EXPECT_FALSE(asked.anticipate("GET /x HTTP/1.1\r\nHost: h\r\n\r\n").decision.fault);
}

TEST(Behaviour, ListensByItsSchedule)
{
    Asked asked(mock(" []\n", "behaviour: {faults: [{kind: refuse, during: {from: 20s, to: 25s, "
                              "repeat: 60s}}]}\n"));
    const ListenState before = asked.server->listenState(5s);
    EXPECT_EQ(before.effect, ServerEffect::None);
    EXPECT_EQ(before.changesIn, 15s);
    EXPECT_EQ(asked.server->listenState(21s).effect, ServerEffect::Refuse);
    EXPECT_EQ(asked.server->listenState(26s).effect, ServerEffect::None);
    EXPECT_EQ(asked.server->listenState(81s).effect, ServerEffect::Refuse);
    asked.switches->setOff({}, true);
    EXPECT_EQ(asked.server->listenState(81s).effect, ServerEffect::None);
}

TEST(Behaviour, DrawsFaultsAtAcceptByConnection)
{
    Asked asked(mock(" []\n", "behaviour: {latency: {connect: 30ms}, faults: [{kind: reset, at: "
                              "accept, every: 2}]}\n"));
    ASSERT_TRUE(asked.server->watchesConnections());
    const auto at = [&](std::uint64_t number) {
        return asked.server->decideForConnection(FaultMoment::Accept, number, asked.facts, {});
    };
    EXPECT_FALSE(at(1).fault);
    EXPECT_EQ(at(1).connect, 30ms);
    ASSERT_TRUE(at(2).fault);
    EXPECT_EQ(at(2).record->drawnFor, "(connection)");
    EXPECT_FALSE(asked.get("/gone").decision) << "it is no matter of requests";
}

TEST(Behaviour, ChoosesTlsFaultsByTheNameTheClientAsksFor)
{
    Asked asked("understudy: 1\nname: Test\nlisten: {port: 0, tls: self-signed}\nbehaviour: "
                "{faults: [{kind: tls, variant: expired, when: [{host: {equals: "
                "expired.localhost}}]}]}\nendpoints: []\n");
    asked.facts.serverName = "shop.localhost";
    EXPECT_FALSE(
        asked.server->decideForConnection(FaultMoment::Handshake, 1, asked.facts, {}).fault);
    asked.facts.serverName = "expired.localhost";
    EXPECT_TRUE(
        asked.server->decideForConnection(FaultMoment::Handshake, 1, asked.facts, {}).fault);
}

TEST(Behaviour, CountsARequestOnceThoughAnotherEndpointAnswersIt)
{
    Asked asked(
        mock("- {method: POST, path: /two, behaviour: {throttle: {upload: 1kB/s}}, responses: "
             "[{when: [{header.X: {equals: 'no'}}]}]}\n"
             "- {method: POST, path: /two, responses: [{body: second}]}\n",
             "behaviour: {faults: [{kind: status, status: 503, first: 2}]}\n"));
    const std::string post = "POST /two HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab";
    std::string out;
    for (int i = 0; i < 4; ++i) {
        const Anticipation at = asked.anticipate(post);
        out += std::to_string(asked.ask(post, &at).answer->status) + ' ';
    }
    EXPECT_EQ(out, "503 503 200 200 ");
}

TEST(Behaviour, OfTheFallbackIsSwitchedOffToo)
{
    Asked asked(mock(" []\n", "fallback: {status: 404, behaviour: {faults: [{kind: status, status: "
                              "503}]}}\n"));
    EXPECT_EQ(asked.get("/gone").answer->status, 503);
    asked.switches->setOff({}, true);
    EXPECT_EQ(asked.get("/gone").answer->status, 404);
}

TEST(Behaviour, LeavesEmptyBodiesAlone)
{
    Asked asked(mock("- {path: /x, behaviour: {faults: [{kind: no-read}]}, responses: [{}]}\n"));
    const auto faultOf = [&](const std::string &length) {
        return asked
            .anticipate("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n"
                        + std::string(length == "0" ? 0 : 2, 'a'))
            .decision.fault;
    };
    EXPECT_FALSE(faultOf("0"));
    EXPECT_TRUE(faultOf("2"));
}

TEST(Behaviour, FindsItsMarkAmongOtherParameters)
{
    Asked asked(endpoint("{faults: [{kind: redirect-loop, hops: 5}]}"));
    EXPECT_THAT(asked.get("/x?understudy-hop=2&b=1").answer->head,
                HasSubstr("Location: /x?b=1&understudy-hop=3\r\n"));
    EXPECT_THAT(asked.get("/x?a=1&understudy-hop=2&b=1").answer->head,
                HasSubstr("Location: /x?a=1&b=1&understudy-hop=3\r\n"));
}

TEST(Behaviour, RefusesOnceForItsTimeWhereNothingElseIsSaid)
{
    Asked asked(mock(" []\n", "behaviour: {faults: [{kind: refuse, for: 3s}]}\n"));
    EXPECT_EQ(asked.server->listenState(1s).effect, ServerEffect::Refuse);
    EXPECT_EQ(asked.server->listenState(1s).changesIn, 2s);
    EXPECT_EQ(asked.server->listenState(3s).effect, ServerEffect::None);
}
