// SPDX-License-Identifier: Apache-2.0
// What a running server remembers and the time it goes by, set from outside.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include "core/engine/server_memory.h"

#include <gmock/gmock.h>

namespace understudy::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

/// 2031-05-06T07:08:09Z
const WallTime kThen{std::chrono::seconds(1'935'817'689)};

std::string stateMock(const std::string &endpoints, const std::string &more = {})
{
    return "understudy: 1\nname: A\nlisten: {port: 0}\n" + more + "endpoints:\n" + endpoints;
}

TEST(ServerState, ScenariosAreReadAndSet)
{
    RunningMock server(
        stateMock("- {path: /pay, responses: [{sets: {scenario: cart, state: paid}}]}\n"
                  "- {path: /bill, requires: {scenario: cart, state: paid}, responses: "
                  "[{body: bill}]}\n"));
    auto scenarios = *server.bench().scenarios(server.id());
    ASSERT_EQ(scenarios.size(), 1U);
    EXPECT_EQ(scenarios[0].name, "cart");
    EXPECT_EQ(scenarios[0].state, "Started");
    EXPECT_THAT(scenarios[0].states, ElementsAre("Started", "paid"));
    EXPECT_THAT(get(server.port(), "/bill"), HasSubstr(" 404 "));
    ASSERT_TRUE(server.bench().setScenario(server.id(), "cart", "paid"));
    EXPECT_EQ(bodyOf(get(server.port(), "/bill")), "bill");
    ASSERT_TRUE(server.bench().setScenario(server.id(), "cart", "Started"));
    EXPECT_THAT(get(server.port(), "/bill"), HasSubstr(" 404 "));
    get(server.port(), "/pay");
    EXPECT_EQ(server.bench().scenarios(server.id())->at(0).state, "paid");
    EXPECT_EQ(server.bench().setScenario(server.id(), "none", "x").error().code,
              ErrorCode::NotFound);
    server.bench().stop(server.id());
    EXPECT_EQ(server.bench().scenarios(server.id()).error().code, ErrorCode::Invalid);
    EXPECT_EQ(server.bench().scenarios("nobody").error().code, ErrorCode::NotFound);
}

TEST(ServerState, AScenarioWithAKeyHasAStateForEachOfItsValues)
{
    RunningMock server(
        stateMock("- {path: '/carts/{cart}/pay', responses: [{sets: {scenario: cart, "
                  "state: paid}}]}\n"
                  "- {path: '/carts/{cart}', requires: {scenario: cart, state: paid}, "
                  "responses: [{template: true, body: 'paid {{state.cart}}'}]}\n"
                  "- {path: '/carts/{cart}', responses: [{when: {state.cart: {equals: "
                  "Started}}, body: open}]}\n",
                  "scenarios: {cart: {key: path.cart}}\n"));
    auto &bench = server.bench();
    get(server.port(), "/carts/7/pay");
    EXPECT_EQ(bodyOf(get(server.port(), "/carts/7")), "paid paid");
    EXPECT_EQ(bodyOf(get(server.port(), "/carts/8")), "open");
    EXPECT_EQ(bench.hits(server.id(), "any-carts-cart-pay"), 1U);
    const auto scenarios = *bench.scenarios(server.id());
    ASSERT_EQ(scenarios.size(), 2U);
    EXPECT_EQ(scenarios[1].name, "cart[7]");
    EXPECT_EQ(scenarios[1].state, "paid");
    EXPECT_THAT(scenarios[1].states, ElementsAre("Started", "paid"));
    // A run that has not begun yet can be set up.
    ASSERT_TRUE(bench.setScenario(server.id(), "cart[8]", "paid"));
    EXPECT_EQ(bodyOf(get(server.port(), "/carts/8")), "paid paid");
    EXPECT_EQ(bench.setScenario(server.id(), "none[8]", "paid").error().code, ErrorCode::NotFound);
    bench.resetState(server.id());
    EXPECT_EQ(bodyOf(get(server.port(), "/carts/7")), "open");
}

TEST(ServerState, AScenarioMayBeCalledAsOneWithAKeyIs)
{
    RunningMock server(
        stateMock("- {path: /a, requires: {scenario: 'a[1]', state: on}, responses: [{}]}\n"));
    EXPECT_TRUE(server.bench().setScenario(server.id(), "a[1]", "on"));
    EXPECT_EQ(server.bench().scenarios(server.id())->at(0).state, "on");
}

TEST(ServerState, ALongKeyIsKeptAsANumber)
{
    RunningMock server(stateMock("- {path: /a, responses: [{sets: {scenario: s, state: on}}]}\n",
                                 "scenarios: {s: {key: query.k}}\n"));
    get(server.port(), "/a?k=" + std::string(1000, 'x') + "1");
    get(server.port(), "/a?k=" + std::string(1000, 'x') + "2");
    const auto scenarios = *server.bench().scenarios(server.id());
    ASSERT_EQ(scenarios.size(), 3U);
    EXPECT_LT(scenarios[1].name.size(), 250U);
}

TEST(ServerState, OfScenariosWithAKeyTheLastTenThousandStay)
{
    ServerMemory memory;
    for (int i = 0; i <= 10'000; ++i)
        memory.setScenario("cart[" + std::to_string(i) + ']', "paid");
    memory.setScenario("other", "on");
    EXPECT_EQ(memory.scenario("cart[0]"), "Started");
    EXPECT_EQ(memory.scenario("cart[1]"), "paid");
    EXPECT_EQ(memory.scenarios().size(), 10'001U);
}

TEST(ServerState, BucketsAreReadSetAndBroughtBackOneByOne)
{
    RunningMock server(
        stateMock("- {path: /users, crud: users}\n",
                  "buckets:\n  users: {items: [{id: 1}]}\n  other: {items: [1, 2]}\n"));
    auto &bench = server.bench();
    auto buckets = *bench.buckets(server.id());
    ASSERT_EQ(buckets.size(), 2U);
    EXPECT_EQ(buckets[0].name, "users");
    EXPECT_EQ(buckets[0].value->ifArray()->size(), 1U);
    EXPECT_FALSE(buckets[0].isChanged);
    EXPECT_THAT(get(server.port(), "/users/1"), HasSubstr("{\"id\":1}"));
    ASSERT_TRUE(
        bench.setBucket(server.id(), "users", *JsonValue::parse(R"([{"id": 7, "name": "Eve"}])")));
    ASSERT_TRUE(bench.setBucket(server.id(), "other", JsonArray()));
    EXPECT_EQ(bodyOf(get(server.port(), "/users/7")), R"({"id":7,"name":"Eve"})");
    EXPECT_TRUE(bench.buckets(server.id())->at(0).isChanged);
    ASSERT_TRUE(bench.resetBucket(server.id(), "users"));
    EXPECT_EQ(bodyOf(get(server.port(), "/users")), R"([{"id":1}])");
    EXPECT_FALSE(bench.buckets(server.id())->at(0).isChanged);
    EXPECT_TRUE(bench.buckets(server.id())->at(1).value->ifArray()->empty()); // left alone
    EXPECT_EQ(bench.resetBucket(server.id(), "none").error().code, ErrorCode::NotFound);
}

TEST(ServerState, LookingAtABucketThatIsATemplateDoesNotMakeIt)
{
    RunningMock server(
        stateMock("- {path: /users, crud: users}\n",
                  "buckets:\n  users: {items: \"[{{len 'abc'}}]\", x-mockoon-template: "
                  "true}\n"));
    EXPECT_FALSE(server.bench().buckets(server.id())->at(0).value);
    get(server.port(), "/users");
    const auto made = server.bench().buckets(server.id())->at(0);
    ASSERT_TRUE(made.value);
    EXPECT_EQ(made.value->ifArray()->size(), 1U);
    EXPECT_FALSE(made.isChanged);
}

TEST(ServerState, TheClockIsWhatTemplatesRulesAndTheDateGoBy)
{
    RunningMock server(stateMock("- path: /\n"
                                 "  responses:\n"
                                 "  - when: {\"expression:{{now 'yyyy'}}\": {equals: \"2031\"}}\n"
                                 "    template: true\n"
                                 "    body: \"{{now \\\"yyyy-MM-dd'T'HH:mm:ss\\\"}}\"\n"
                                 "  - {body: today}\n"
                                 "- path: /until\n"
                                 "  responses:\n"
                                 "  - {when: {query.until: {after: now}}, body: valid}\n"
                                 "  - {body: expired}\n"));
    auto &bench = server.bench();
    EXPECT_TRUE(bench.clock(server.id())->isReal);
    EXPECT_EQ(bodyOf(get(server.port(), "/")), "today");
    ASSERT_TRUE(bench.setClock(server.id(), kThen, true));
    std::string answer = get(server.port(), "/");
    EXPECT_THAT(bodyOf(answer), HasSubstr("2031-05-0"));
    EXPECT_THAT(answer, HasSubstr("Date: Tue, 06 May 2031 07:08:09 GMT\r\n"));
    EXPECT_EQ(bodyOf(get(server.port(), "/until?until=2031-05-06T08:00:00Z")), "valid");
    ASSERT_TRUE(bench.advanceClock(server.id(), 1h));
    EXPECT_EQ(bodyOf(get(server.port(), "/until?until=2031-05-06T08:00:00Z")), "expired");
    EXPECT_EQ(bench.clock(server.id())->time, kThen + 1h);
    EXPECT_TRUE(bench.clock(server.id())->isFrozen);
    // The traffic goes by the real time.
    EXPECT_LT(server.exchange()->received, kThen);
    ASSERT_TRUE(bench.resetClock(server.id()));
    answer = get(server.port(), "/");
    EXPECT_EQ(bodyOf(answer), "today");
    EXPECT_THAT(answer, Not(HasSubstr("2031")));
}

TEST(ServerState, AClockThatWasSetRunsOnAndOutlivesAStart)
{
    RunningMock server(stateMock("- {path: /, responses: [{body: a}]}\n"));
    auto &bench = server.bench();
    ASSERT_TRUE(bench.setClock(server.id(), kThen, false));
    const auto first = *bench.clock(server.id());
    EXPECT_FALSE(first.isReal);
    EXPECT_FALSE(first.isFrozen);
    EXPECT_GE(first.time, kThen);
    EXPECT_TRUE(waitFor([&] { return bench.clock(server.id())->time > first.time; }));
    bench.stop(server.id());
    ASSERT_TRUE(bench.start(server.id()));
    EXPECT_THAT(get(server.port(), "/"), HasSubstr("Date: Tue, 06 May 2031 07:"));
    ASSERT_TRUE(bench.advanceClock(server.id(), -24h));
    EXPECT_THAT(get(server.port(), "/"), HasSubstr("Date: Mon, 05 May 2031 07:"));
    EXPECT_EQ(bench.setClock("nobody", kThen, true).error().code, ErrorCode::NotFound);
    for (int i = 0; i < 3; ++i) {
        const auto advanced = bench.advanceClock(server.id(), 24h * 365 * 100);
        EXPECT_EQ(static_cast<bool>(advanced), i < 2); // 2131, 2231, and no further
    }
    EXPECT_FALSE(bench.setClock(server.id(), WallTime::max(), true));
    EXPECT_THAT(get(server.port(), "/"), HasSubstr(" 2231 "));
}

} // namespace
} // namespace understudy::test
