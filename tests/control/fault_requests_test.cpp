// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/fault_requests.h"

#include "core/control/json_views.h"
#include "tests/control/samples.h"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

namespace understudy::control {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// Log-normal latency of a folder and a reset of the endpoint, both drawn.
Exchange brokenExchange()
{
    BehaviourRecord record;
    record.seed = 18'446'744'073'709'551'615u;
    record.drawnFor = "get-hello";
    record.ordinal = 17;
    record.latencies.push_back({BehaviourScope::Folder, "users", LatencyPlace::Head, "uniform", 0.5,
                                std::chrono::milliseconds(50)});
    record.latencies.push_back({BehaviourScope::Server,
                                {},
                                LatencyPlace::Body,
                                "20ms",
                                {},
                                std::chrono::milliseconds(20)});
    record.throttle = ThrottleUse{BehaviourScope::Server, {}, "download 50kB/s"};
    record.fault.emplace();
    record.fault->kind = FaultKind::Reset;
    record.fault->label = "reset at body";
    record.fault->conditions = "20 %";
    record.fault->rate = 0.2;
    record.fault->unit = 0.125;
    record.fault->effect = "the connection was reset after 100 bytes of the body";
    Exchange exchange = helloExchange("/hello", 0);
    exchange.behaviour = std::make_shared<const BehaviourRecord>(record);
    exchange.tls = "TLS 1.3, shop.localhost";
    exchange.timings.acceptedBefore = std::chrono::milliseconds(9);
    return exchange;
}

json::object view(const Exchange &exchange)
{
    return exchangeJson({7, std::make_shared<const Exchange>(exchange)});
}

TEST(FaultChange, ReadsEveryScope)
{
    EXPECT_EQ(parseFaultChange(R"({"off": true})")->scope, FaultScope{});
    EXPECT_EQ(parseFaultChange(R"({"off": true, "server": "shop"})")->scope,
              (FaultScope{"shop", {}, {}}));
    EXPECT_EQ(parseFaultChange(R"({"off": false, "server": "s", "endpoint": "e"})")->scope,
              (FaultScope{"s", {}, "e"}));
    const auto folders = parseFaultChange(R"({"off": true, "server": "s", "folder": ["a", "b"]})");
    EXPECT_EQ(folders->scope, (FaultScope{"s", {"a", "b"}, {}}));
    EXPECT_TRUE(folders->off);
    EXPECT_EQ(parseFaultChange(R"({"off": true, "server": "s", "folder": "a"})")->scope.folder,
              std::vector<std::string>{"a"});
}

TEST(FaultChange, SaysWhatIsWrong)
{
    const std::pair<const char *, const char *> cases[]{
        {"", "not JSON"},
        {"[]", "not a JSON object"},
        {"{}", "\"off\" takes true or false"},
        {R"({"off": "yes"})", "\"off\" takes true or false"},
        // Nothing may turn off more than was meant.
        {R"({"off": true, "sever": "shop"})", "unknown key \"sever\""},
        {R"({"off": true, "server": ""})", "\"server\" takes an id"},
        {R"({"off": true, "server": 1})", "\"server\" takes an id"},
        {R"({"off": true, "server": "s", "folder": []})", "\"folder\" takes"},
        {R"({"off": true, "server": "s", "folder": [1]})", "\"folder\" takes"},
        {R"({"off": true, "server": "s", "folder": ""})", "\"folder\" takes"},
        {R"({"off": true, "endpoint": "e"})", "needs its \"server\""},
        {R"({"off": true, "server": "s", "folder": "a", "endpoint": "e"})", "not both"}};
    for (const auto &[body, message] : cases) {
        const auto change = parseFaultChange(body);
        ASSERT_FALSE(change) << body;
        EXPECT_EQ(change.error().code, ErrorCode::Invalid);
        EXPECT_THAT(change.error().message, HasSubstr(message)) << body;
    }
}

TEST(FaultScopeCheck, FindsFoldersInsideFolders)
{
    Server server = helloServer();
    Folder inner;
    inner.name = "admin";
    Folder outer;
    outer.name = "users";
    outer.items.emplace_back(inner);
    server.items.emplace_back(outer);
    Workbench workbench(WorkbenchOptions{.threads = 1});
    const std::string id = workbench.add(server, ".");
    EXPECT_TRUE(checkFaultScope(workbench, {id, {"users"}, {}}));
    EXPECT_TRUE(checkFaultScope(workbench, {id, {"users", "admin"}, {}}));
    EXPECT_TRUE(checkFaultScope(workbench, {id, {}, "get-hello"}));
    EXPECT_TRUE(checkFaultScope(workbench, {}));
    for (const FaultScope &scope :
         {FaultScope{"nobody", {}, {}}, FaultScope{id, {"admin"}, {}},
          FaultScope{id, {"users", "admin", "x"}, {}}, FaultScope{id, {}, "get-nothing"}}) {
        const auto checked = checkFaultScope(workbench, scope);
        ASSERT_FALSE(checked);
        EXPECT_EQ(checked.error().code, ErrorCode::NotFound);
    }
}

TEST(SeedChange, KeepsEveryBit)
{
    EXPECT_EQ(*parseSeedChange(R"({"seed": "18446744073709551615"})"), 18'446'744'073'709'551'615u);
    EXPECT_EQ(*parseSeedChange(R"({"seed": 18446744073709551615})"), 18'446'744'073'709'551'615u);
    EXPECT_EQ(*parseSeedChange(R"({"seed": 0})"), 0u);
    for (const char *wrong :
         {"{}", R"({"seed": -1})", R"({"seed": 1.5})", R"({"seed": "x"})", R"({"seed": ""})",
          R"({"seed": "18446744073709551616"})", R"({"seed": null})", R"({"seed": 1, "of": "s"})"})
        EXPECT_FALSE(parseSeedChange(wrong)) << wrong;
}

TEST(FaultsJson, ListsTheSwitchesThatAreOff)
{
    FaultSwitches switches;
    switches.setOff({"shop", {"users"}, {}}, true);
    switches.setOff({"shop", {}, "get-hello"}, true);
    switches.setOff({"bank", {}, {}}, true);
    switches.setOff({"bank", {}, {}}, false);
    EXPECT_EQ(json::value(faultsJson(switches)),
              json::value({{"allOff", false},
                           {"off",
                            {{{"server", "shop"}, {"endpoint", "get-hello"}},
                             {{"server", "shop"}, {"folder", json::array{"users"}}}}}}))
        << json::serialize(faultsJson(switches));
    switches.setOff({}, true);
    EXPECT_EQ(faultsJson(switches).at("allOff"), true);
}

TEST(ExchangeJson, TellsWhatWasDrawn)
{
    const json::object exchange = view(brokenExchange());
    EXPECT_EQ(exchange.at("fault"), "reset");
    EXPECT_EQ(exchange.at("latency"), 70'000);
    EXPECT_EQ(exchange.at("tls"), "TLS 1.3, shop.localhost");
    const json::value &behaviour = exchange.at("behaviour");
    EXPECT_EQ(behaviour.at("seed"), "18446744073709551615");
    EXPECT_EQ(behaviour.at("drawnFor"), "get-hello");
    EXPECT_EQ(behaviour.at("ordinal"), 17);
    EXPECT_EQ(behaviour.at("latencies").at(0).at("folder"), "users");
    EXPECT_EQ(behaviour.at("latencies").at(0).at("drawn"), 0.5);
    EXPECT_EQ(behaviour.at("latencies").at(1).at("place"), "body");
    EXPECT_TRUE(behaviour.at("latencies").at(1).at("drawn").is_null());
    EXPECT_EQ(behaviour.at("throttle").at("label"), "download 50kB/s");
    EXPECT_EQ(behaviour.at("fault").at("label"), "reset at body");
    EXPECT_EQ(behaviour.at("fault").at("scope"), "endpoint");
    EXPECT_EQ(behaviour.at("fault").at("rate"), 0.2);
    EXPECT_EQ(behaviour.at("fault").at("drawn"), 0.125);
    EXPECT_EQ(behaviour.at("sentence").as_string(), behaviourSentence(*brokenExchange().behaviour));
}

TEST(ExchangeJson, GivesNullWhereNothingWasDoneOnPurpose)
{
    const json::object exchange = view(helloExchange());
    for (const char *key : {"fault", "tls", "behaviour"})
        EXPECT_TRUE(exchange.at(key).is_null()) << key;
    EXPECT_TRUE(exchange.at("timings").at("acceptedBefore").is_null());
}

TEST(ExchangeJson, ShowsAConnectionThatNeverBecameARequest)
{
    Exchange exchange = brokenExchange();
    exchange.request = {};
    exchange.match = MatchKind::NoRequest;
    EXPECT_EQ(view(exchange).at("match"), "noRequest");
    EXPECT_EQ(view(exchange).at("method"), "");
    EXPECT_EQ(view(exchange).at("timings").at("acceptedBefore"), 9'000);
}

} // namespace
} // namespace understudy::control
