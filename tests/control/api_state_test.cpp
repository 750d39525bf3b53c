// SPDX-License-Identifier: GPL-3.0-or-later
// The state and the clock of a server over the control plane.
#include "core/control/api.h"
#include "tests/support/mock.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace understudy::control {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class StateApi : public testing::Test
{
protected:
    std::string call(const std::string &method, const std::string &target, int status = 200,
                     const std::string &body = {})
    {
        const ApiReply reply = m_api.handle(
            {method, "/v1/servers/" + m_server.id() + target, "", "Bearer secret", body});
        EXPECT_EQ(reply.status, status) << method << ' ' << target << ' ' << reply.body;
        return reply.body;
    }

    test::RunningMock m_server{
        "understudy: 1\nname: A\nlisten: {port: 0}\n"
        "buckets:\n  users: {items: [{id: 1}]}\n"
        "endpoints:\n"
        "- {path: /pay, responses: [{sets: {scenario: the cart, state: paid}}]}\n"};
    ManualClock m_clock;
    ControlApi m_api{m_server.bench(), [](const std::string &) { return std::vector<Problem>(); },
                     "secret", m_clock};
};

TEST_F(StateApi, ScenariosAreListedSetAndBroughtBack)
{
    EXPECT_EQ(json::parse(call("GET", "/scenarios")),
              json::parse(R"({"scenarios": [{"name": "the cart", "state": "Started",
                              "states": ["Started", "paid"]}]})"));
    EXPECT_THAT(call("PUT", "/scenarios/the%20cart", 200, R"({"state": "paid"})"),
                HasSubstr(R"("state":"paid")"));
    EXPECT_THAT(call("DELETE", "/scenarios/the%20cart"), HasSubstr(R"("state":"Started")"));
    call("PUT", "/scenarios/none", 404, R"({"state": "paid"})");
    call("PUT", "/scenarios/the%20cart", 400, R"({"sate": "paid"})");
    call("PUT", "/scenarios/the%20cart", 400, "paid");
    m_server.bench().stop(m_server.id());
    EXPECT_THAT(call("GET", "/scenarios", 422), HasSubstr("does not run"));
}

TEST_F(StateApi, BucketsAreReadReplacedAndBroughtBack)
{
    EXPECT_EQ(json::parse(call("GET", "/buckets")),
              json::parse(R"({"buckets": [{"name": "users", "changed": false, "items": 1}]})"));
    EXPECT_EQ(call("GET", "/buckets/users"), "[{\"id\":1}]\n");
    EXPECT_THAT(call("PUT", "/buckets/users", 200, R"([{"id": 2.50}, {"id": 3}])"),
                HasSubstr(R"("changed":true,"items":2)"));
    EXPECT_EQ(call("GET", "/buckets/users"), "[{\"id\":2.50},{\"id\":3}]\n");
    EXPECT_THAT(call("DELETE", "/buckets/users"), HasSubstr(R"("changed":false)"));
    call("GET", "/buckets/none", 404);
    call("DELETE", "/buckets/none", 404);
    EXPECT_THAT(call("PUT", "/buckets/users", 400, "[1,"), HasSubstr("as JSON"));
}

TEST_F(StateApi, TheClockIsSetFrozenAdvancedAndSetBack)
{
    EXPECT_THAT(call("GET", "/clock"), HasSubstr(R"("real":true,"frozen":false)"));
    EXPECT_EQ(call("PUT", "/clock", 200, R"({"time": "2031-05-06T07:08:09Z", "frozen": true})"),
              "{\"time\":\"2031-05-06T07:08:09.000Z\",\"real\":false,\"frozen\":true}\n");
    EXPECT_THAT(call("PUT", "/clock", 200, R"({"advance": "2h"})"), HasSubstr("T09:08:09.000Z"));
    EXPECT_THAT(call("PUT", "/clock", 200, R"({"advance": "-3h"})"), HasSubstr("T06:08:09.000Z"));
    EXPECT_THAT(call("PUT", "/clock", 200, R"({"frozen": false})"), HasSubstr("2031-05-06T06:08"));
    EXPECT_THAT(call("DELETE", "/clock"), HasSubstr(R"("real":true)"));
    EXPECT_THAT(call("PUT", "/clock", 200, R"({"frozen": true})"), HasSubstr(R"("frozen":true)"));
    for (const char *wrong : {"", "{}", "[]", R"({"time": "soon"})", R"({"advance": "far"})",
                              R"({"time": "2300-01-01T00:00:00Z"})",
                              R"({"time": "2031-05-06T07:08:09Z", "advance": "1h"})",
                              R"({"frozen": "yes"})", R"({"tim": "2031-05-06T07:08:09Z"})"})
        call("PUT", "/clock", 400, wrong);
}

TEST_F(StateApi, KnowsNoServerOfAnotherName)
{
    for (const char *target : {"scenarios", "buckets", "clock"}) {
        const ApiReply reply = m_api.handle(
            {"GET", std::string("/v1/servers/nobody/") + target, "", "Bearer secret", ""});
        EXPECT_EQ(reply.status, 404) << target;
    }
}

} // namespace
} // namespace understudy::control
