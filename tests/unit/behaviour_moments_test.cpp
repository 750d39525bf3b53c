// SPDX-License-Identifier: Apache-2.0
// What is decided before there is an answer: at the head, by the schedule, at accept, at the hello.
#include "tests/unit/behaviour_support.h"

#include <gmock/gmock.h>

namespace understudy::test::behaviour {

using namespace std::chrono_literals;
using testing::HasSubstr;

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

} // namespace understudy::test::behaviour
