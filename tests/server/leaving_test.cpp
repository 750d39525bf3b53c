// SPDX-License-Identifier: Apache-2.0
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::HasSubstr;

/// Clients that leave while their answer waits on purpose.
namespace {

constexpr const char *kGetX = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

std::string late(const std::string &behaviour)
{
    return mock("- {path: /x, responses: [{body: late, behaviour: " + behaviour + "}]}\n");
}

/// Asks, waits until the answer waits, leaves as `leave` says, and expects the connection to be
/// gone long before the answer would have been.
template<class Leave>
std::string errorAfter(RunningMock &server, Leave leave)
{
    {
        LoopbackClient client(server.port());
        client.send(kGetX);
        EXPECT_TRUE(server.waitForHit("any-x"));
        leave(client);
    }
    EXPECT_TRUE(server.waitForNoConnections());
    return server.exchange()->error;
}

} // namespace

TEST(LeavingClient, IsNoticedDuringALongLatencyWhenItResets)
{
    RunningMock server(late("{latency: 1h}"));
    EXPECT_THAT(errorAfter(server, [](LoopbackClient &client) { client.reset(); }),
                HasSubstr("the client closed the connection"));
}

TEST(LeavingClient, IsNoticedDuringALongLatencyWhenItCloses)
{
    RunningMock server(late("{latency: 1h}"));
    EXPECT_THAT(errorAfter(server, [](LoopbackClient &) {}),
                HasSubstr("the client closed the connection"));
}

TEST(LeavingClient, IsNoticedWhenItSentMoreBeforeItClosed)
{
    RunningMock server(late("{latency: 1h}"));
    errorAfter(server, [](LoopbackClient &client) { client.send(kGetX); });
}

TEST(LeavingClient, IsNoticedWhileAScriptWaits)
{
    RunningMock server(late("{latency: 1h, faults: [{kind: truncate}]}"));
    EXPECT_THAT(errorAfter(server, [](LoopbackClient &) {}),
                HasSubstr("the client closed the connection"));
}

TEST(LeavingClient, IsNoticedBeforeItsFirstRequestIsRead)
{
    RunningMock server(
        mock("- {path: /x, responses: [{body: x}]}\n", "behaviour: {latency: {connect: 1h}}\n"));
    {
        LoopbackClient client(server.port());
        client.send(kGetX);
        ASSERT_TRUE(waitFor([&] { return server.bench().status(server.id())->connections == 1; }));
    }
    EXPECT_TRUE(server.waitForNoConnections());
    EXPECT_THAT(server.exchange()->error, HasSubstr("the client closed the connection"));
}

TEST(LeavingClient, IsNoticedWhileItsUploadIsThrottled)
{
    RunningMock server(mock("- {path: /x, behaviour: {throttle: {upload: 1B/s}}, responses: "
                            "[{body: up}]}\n"));
    {
        LoopbackClient client(server.port());
        client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"
                    + std::string(50'000, 'a'));
        ASSERT_TRUE(waitFor([&] { return server.bench().status(server.id())->connections == 1; }));
    }
    EXPECT_TRUE(server.waitForNoConnections());
    const auto exchange = server.exchange();
    EXPECT_EQ(exchange->status, 0);
    EXPECT_EQ(exchange->request.target(), "/x");
    EXPECT_THAT(exchange->error, HasSubstr("the client closed the connection"));
}

TEST(LeavingClient, ThatOnlyEndedItsSideStillGetsItsAnswer)
{
    RunningMock server(late("{latency: 1500ms}"));
    LoopbackClient client(server.port());
    client.send(kGetX);
    ASSERT_TRUE(server.waitForHit("any-x"));
    client.finish();
    EXPECT_EQ(bodyOf(client.readAnswer()), "late");
    EXPECT_EQ(server.exchange()->error, "");
}

TEST(LeavingClient, ThatPipelinesIsAnsweredTwice)
{
    RunningMock server(late("{latency: 150ms}"));
    LoopbackClient client(server.port());
    client.send(kGetX);
    ASSERT_TRUE(server.waitForHit("any-x"));
    client.send(kGetX);
    EXPECT_EQ(bodyOf(client.readAnswer()), "late");
    EXPECT_EQ(bodyOf(client.readAnswer()), "late");
}
