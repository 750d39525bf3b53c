// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/api.h"

#include "tests/control/samples.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace understudy::control {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// The API over a workbench with one stopped server, "hello", and a journal with one exchange.
class Api : public testing::Test
{
protected:
    Api()
    {
        id = workbench.add(helloServer(), ".");
        workbench.journal().append(
            std::make_shared<const Exchange>(helloExchange("/hello?x=1", 404)));
    }

    ApiReply call(const std::string &method, const std::string &target,
                  const std::string &authorization = "Bearer secret", const std::string &body = {})
    {
        const std::size_t mark = target.find('?');
        const std::string query = mark == std::string::npos ? "" : target.substr(mark + 1);
        return api.handle({method, target.substr(0, mark), query, authorization, body});
    }
    json::value put(const std::string &target, const std::string &body, int status = 200)
    {
        const ApiReply reply = call("PUT", target, "Bearer secret", body);
        EXPECT_EQ(reply.status, status) << reply.body;
        return json::parse(reply.body);
    }
    json::value callJson(const std::string &method, const std::string &target, int status = 200)
    {
        const ApiReply reply = call(method, target);
        EXPECT_EQ(reply.status, status) << reply.body;
        EXPECT_EQ(reply.type, "application/json");
        return json::parse(reply.body);
    }

    Workbench workbench{WorkbenchOptions{
        .threads = 1, .journal = {}, .keepJournal = true, .allowOutside = false, .seed = {}}};
    ManualClock clock;
    std::vector<Problem> problems;
    std::string reloaded;
    ControlApi api{workbench,
                   [this](const std::string &server) {
                       reloaded = server;
                       return problems;
                   },
                   "secret", clock};
    std::string id;
};

TEST_F(Api, LetsNobodyInWithoutTheToken)
{
    for (const char *authorization :
         {"", "Bearer", "Bearer ", "Bearer wrong", "Basic secret", "secret", "Bearer secrets"}) {
        for (const char *target : {"/v1/servers", "/metrics", "/v1/traffic", "/", "/nowhere"}) {
            const ApiReply reply = call("GET", target, authorization);
            EXPECT_EQ(reply.status, 401) << target << " " << authorization;
            const auto *challenge = http::findHeader(reply.headers, "WWW-Authenticate");
            ASSERT_TRUE(challenge);
            EXPECT_EQ(challenge->value, "Bearer realm=\"understudy\"");
        }
    }
}

TEST_F(Api, DoesNotCareForTheLetterCaseOfTheScheme)
{
    EXPECT_EQ(call("GET", "/v1/servers", "bearer secret").status, 200);
}

TEST_F(Api, TellsItsHealthToEverybody)
{
    const ApiReply reply = call("GET", "/healthz", "");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "{\"status\":\"ok\"}\n");
}

TEST_F(Api, AnswersUnknownPathsAndMethodsInJson)
{
    for (const char *path :
         {"/", "/v1", "/v1/servers/", "/v1/servers/a/b", "/v2/servers", "//v1/servers", ""})
        EXPECT_EQ(callJson("GET", path, 404).at("error").at("code"), "notFound") << path;
    const ApiReply reply = call("PUT", "/v1/traffic");
    EXPECT_EQ(reply.status, 405);
    EXPECT_EQ(http::findHeader(reply.headers, "Allow")->value, "GET, DELETE");
    EXPECT_THAT(reply.body, HasSubstr("\"code\":\"methodNotAllowed\""));
}

TEST_F(Api, ListsServers)
{
    const json::value reply = callJson("GET", "/v1/servers");
    ASSERT_EQ(reply.at("servers").as_array().size(), 1u);
    EXPECT_EQ(reply.at("servers").at(0).at("name"), "Hello");
    EXPECT_EQ(reply.at("servers").at(0).at("state"), "stopped");
}

TEST_F(Api, StartsAndStopsAServer)
{
    const json::value started = callJson("POST", "/v1/servers/" + id + "/start");
    EXPECT_EQ(started.at("state"), "running");
    EXPECT_GT(started.at("port").to_number<int>(), 0);
    EXPECT_EQ(started.at("endpoints"), 1);
    EXPECT_EQ(callJson("GET", "/v1/servers/" + id), started);
    EXPECT_EQ(callJson("POST", "/v1/servers/" + id + "/stop").at("state"), "stopped");
}

TEST_F(Api, KnowsNoServerOfAnotherName)
{
    for (const char *action : {"start", "stop", "reload"})
        EXPECT_EQ(callJson("POST", std::string("/v1/servers/nobody/") + action, 404)
                      .at("error")
                      .at("code"),
                  "notFound");
    callJson("GET", "/v1/servers/nobody", 404);
}

TEST_F(Api, SaysThatAPortIsInUse)
{
    ASSERT_TRUE(workbench.start(id));
    Server second = helloServer("Second");
    second.listen.port = workbench.status(id)->port;
    const std::string other = workbench.add(second, ".");
    EXPECT_EQ(callJson("POST", "/v1/servers/" + other + "/start", 409).at("error").at("code"),
              "inUse");
}

TEST_F(Api, ReloadsAServerAndPassesItsWarningsOn)
{
    problems
        = {{Severity::Warning, {ErrorCode::Unsupported, "no effect yet", {"a.mock.yaml", 4, 3}}}};
    const json::value reply = callJson("POST", "/v1/servers/" + id + "/reload");
    EXPECT_EQ(reloaded, id);
    EXPECT_EQ(reply.at("server").at("id").as_string(), id);
    EXPECT_EQ(reply.at("problems").at(0).at("line"), 4);
}

TEST_F(Api, SaysWhereABrokenFileIsBroken)
{
    problems = {{Severity::Error, {ErrorCode::Syntax, "a bad line", {"a.mock.yaml", 4, 3}}}};
    const json::value reply = callJson("POST", "/v1/servers/" + id + "/reload", 422);
    EXPECT_EQ(reply.at("error").at("message"), "a.mock.yaml:4:3: a bad line");
    EXPECT_EQ(reply.at("problems").at(0).at("column"), 3);
}

TEST_F(Api, ListsTraffic)
{
    const json::value reply = callJson("GET", "/v1/traffic?filter=status%3A404&limit=10");
    ASSERT_EQ(reply.at("entries").as_array().size(), 1u);
    EXPECT_EQ(reply.at("entries").at(0).at("target"), "/hello?x=1");
    EXPECT_EQ(reply.at("entries").at(0).at("duration"), 3000);
    EXPECT_EQ(reply.at("cursor"), 1);
}

TEST_F(Api, SaysWhereAFilterIsWrong)
{
    const json::value reply = callJson("GET", "/v1/traffic?filter=%29", 400);
    EXPECT_EQ(reply.at("error").at("code"), "invalidFilter");
    EXPECT_EQ(reply.at("error").at("column"), 1);
}

TEST_F(Api, ShowsOneExchangeWhole)
{
    const json::value reply = callJson("GET", "/v1/traffic/1");
    EXPECT_EQ(reply.at("sequence"), 1);
    EXPECT_EQ(reply.at("response").at("body").at("text"), "Hello");
}

TEST_F(Api, SaysThatAnExchangeIsGone)
{
    callJson("GET", "/v1/traffic/2", 404);
    callJson("GET", "/v1/traffic/x", 400);
    callJson("GET", "/v1/traffic/99999999999999999999", 400);
}

TEST_F(Api, ClearsTrafficButNotTheCounters)
{
    EXPECT_EQ(call("DELETE", "/v1/traffic").status, 204);
    const json::value counters = callJson("GET", "/v1/counters");
    EXPECT_EQ(counters.at("journal").at("rows"), 0);
    EXPECT_EQ(counters.at("requests"), 1);
}

TEST_F(Api, CountsTheHitsOfEveryEndpoint)
{
    const json::value counters = callJson("GET", "/v1/counters");
    ASSERT_EQ(counters.at("endpoints").as_array().size(), 1u);
    EXPECT_EQ(counters.at("endpoints").at(0).at("endpoint"), "get-hello");
    EXPECT_EQ(counters.at("endpoints").at(0).at("hits"), 0);
    EXPECT_EQ(counters.at("byStatusClass").at("4xx"), 1);
}

TEST_F(Api, TurnsFaultsOffAndOnAgain)
{
    const FaultScope endpoint{id, {}, "get-hello"};
    const json::value off
        = put("/v1/faults", R"({"off": true, "server": ")" + id + R"(", "endpoint": "get-hello"})");
    EXPECT_EQ(off.at("off").at(0).at("endpoint"), "get-hello");
    EXPECT_TRUE(workbench.faultSwitches().isOff(endpoint));
    EXPECT_EQ(callJson("GET", "/v1/faults"), off);
    EXPECT_EQ(put("/v1/faults", R"({"off": true})").at("allOff"), true);
    EXPECT_TRUE(workbench.faultSwitches().isOff({}));
    put("/v1/faults", R"({"off": false})");
    EXPECT_FALSE(workbench.faultSwitches().isOff({}));
    EXPECT_TRUE(workbench.faultSwitches().isOff(endpoint));
}

TEST_F(Api, TurnsNothingOffForAScopeThatIsNotThere)
{
    EXPECT_EQ(put("/v1/faults", R"({"off": true, "server": "nobody"})", 404).at("error").at("code"),
              "notFound");
    put("/v1/faults", R"({"off": true, "server": ")" + id + R"(", "folder": "users"})", 404);
    put("/v1/faults", R"({"off": true, "sever": "hello"})", 400);
    put("/v1/faults", "off", 400);
    EXPECT_TRUE(workbench.faultSwitches().off().empty());
}

TEST_F(Api, GivesARunningServerAnotherSeed)
{
    const std::string seed = "/v1/servers/" + id + "/seed";
    EXPECT_EQ(put(seed, R"({"seed": 7})", 409).at("error").at("code"), "notRunning");
    ASSERT_TRUE(workbench.start(id));
    EXPECT_EQ(put(seed, R"({"seed": "18446744073709551615"})").at("seed"), "18446744073709551615");
    EXPECT_EQ(workbench.status(id)->seed, 18'446'744'073'709'551'615u);
    put(seed, R"({"seed": "seven"})", 400);
    put("/v1/servers/nobody/seed", R"({"seed": 7})", 404);
}

TEST_F(Api, RestartsTheSequenceOfAServer)
{
    ASSERT_TRUE(workbench.start(id));
    const json::value reply = callJson("POST", "/v1/servers/" + id + "/restart-sequence");
    EXPECT_EQ(reply.at("id").as_string(), id);
    EXPECT_EQ(reply.at("state"), "running");
    callJson("POST", "/v1/servers/nobody/restart-sequence", 404);
}

TEST_F(Api, CountsFaultsAndInjectedLatency)
{
    Exchange exchange = helloExchange("/hello", 0);
    BehaviourRecord record;
    record.latencies.resize(1);
    record.latencies[0].value = std::chrono::milliseconds(250);
    record.fault.emplace();
    record.fault->kind = FaultKind::RateLimit;
    exchange.behaviour = std::make_shared<const BehaviourRecord>(record);
    workbench.journal().append(std::make_shared<const Exchange>(exchange));
    const json::value counters = callJson("GET", "/v1/counters");
    EXPECT_EQ(counters.at("faults").at("rate-limit"), 1);
    EXPECT_EQ(counters.at("delayed"), 1);
    EXPECT_EQ(counters.at("injectedLatency"), 250'000);
    EXPECT_EQ(
        callJson("GET", "/v1/traffic?filter=fault:rate-limit").at("entries").as_array().size(), 1u);
}

TEST_F(Api, ShowsMetricsAsText)
{
    const ApiReply reply = call("GET", "/metrics");
    EXPECT_EQ(reply.type, "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(reply.body,
                HasSubstr("understudy_server_up{server=\"" + id + "\",name=\"Hello\"} 0\n"));
}

} // namespace
} // namespace understudy::control
