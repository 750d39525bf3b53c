// SPDX-License-Identifier: Apache-2.0
// Starting, stopping, changing servers while clients are there.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"
#include "tests/support/no_descriptors.h"

#include <gmock/gmock.h>

#include <thread>

using namespace understudy;
using namespace understudy::test;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;

namespace {

const std::string kOne = mock("- {path: /x, responses: [{body: one}]}\n");
const std::string kTwo = mock("- {path: /x, responses: [{body: two}]}\n");
const std::string kSlow
    = mock("- {path: /x, responses: [{body: late, behaviour: {latency: 150ms}}]}\n");
const std::string kRequest = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

} // namespace

TEST(Workbench, TheExampleOfItsHeaderWorks)
{
    Workbench bench;
    Server hello;
    hello.name = "Hello";
    hello.listen.port = 0;
    Endpoint endpoint;
    endpoint.path = "/hello";
    endpoint.responses.push_back({});
    endpoint.responses[0].body = Body::text("Hello");
    hello.items.push_back(endpoint);
    const std::string id = bench.add(hello, ".");
    ASSERT_TRUE(bench.start(id));
    EXPECT_EQ(bodyOf(get(bench.status(id)->port, "/hello")), "Hello");
    bench.stopAll(std::chrono::seconds(1));
    EXPECT_EQ(bench.status(id)->state, ServerState::Stopped);
}

TEST(Workbench, AnUpdateSwapsTheAnswerAndKeepsConnections)
{
    RunningMock server(kOne);
    LoopbackClient client(server.port());
    client.send(kRequest);
    EXPECT_EQ(bodyOf(client.readAnswer()), "one");
    ASSERT_TRUE(server.update(kTwo));
    client.send(kRequest);
    EXPECT_EQ(bodyOf(client.readAnswer()), "two");
}

TEST(Workbench, RequestsInFlightFinishOnTheOldVersion)
{
    RunningMock server(kSlow);
    LoopbackClient client(server.port());
    client.send(kRequest);
    ASSERT_TRUE(server.waitForHit("any-x"));
    ASSERT_TRUE(server.update(kTwo));
    EXPECT_EQ(bodyOf(client.readAnswer()), "late");
}

TEST(Workbench, ABrokenUpdateLeavesTheOldVersionServing)
{
    RunningMock server(kOne);
    Server broken = *server.bench().document(server.id());
    broken.items[0].mutableEndpoint()->path = "/{a}/{a}";
    const auto result = server.bench().update(server.id(), broken);
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, HasSubstr("stands twice"));
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), "one");
}

TEST(Workbench, ABrokenUpdateLeavesTheSeedAsItIs)
{
    RunningMock server(kOne);
    const std::uint64_t seed = server.bench().status(server.id())->seed;
    Server other = *server.bench().document(server.id());
    other.seed = seed + 1;
    Server broken = other;
    broken.items[0].mutableEndpoint()->path = "/{a}/{a}";
    EXPECT_FALSE(server.bench().update(server.id(), broken));
    EXPECT_EQ(server.bench().status(server.id())->seed, seed);
    EXPECT_TRUE(server.bench().update(server.id(), other));
    EXPECT_EQ(server.bench().status(server.id())->seed, seed + 1);
}

TEST(Workbench, ABrokenRuleIsOffAndSaysSo)
{
    RunningMock server(
        mock("- path: /x\n  responses:\n  - {when: [{query.a: {matches: '['}}], body: rule}\n"
             "  - {body: default}\n"),
        {.threads = 2, .toleratesBrokenRules = true});
    EXPECT_EQ(bodyOf(get(server.port(), "/x?a=1")), "default");
    EXPECT_THAT(server.events(),
                testing::Contains(HasSubstr("its rules are off, it never answers")));
    EXPECT_THAT(server.exchange()->why->candidates.at(0).conditions.at(0).actual,
                HasSubstr("position"));
}

TEST(Workbench, StopFinishesAnswersInFlightAndRefusesNewConnections)
{
    RunningMock server(kSlow);
    const std::uint16_t port = server.port();
    LoopbackClient busy(port);
    LoopbackClient idle(port);
    busy.send(kRequest);
    ASSERT_TRUE(server.waitForHit("any-x"));
    server.bench().stop(server.id());
    EXPECT_FALSE(LoopbackClient(port).isConnected());
    EXPECT_EQ(idle.readAll(), "");
    const std::string answer = busy.readAnswer();
    EXPECT_EQ(bodyOf(answer), "late");
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_EQ(busy.readAll(), "");
}

TEST(Workbench, AHalfSentRequestDoesNotHoldAStopUp)
{
    RunningMock server(kOne);
    LoopbackClient client(server.port());
    client.send(kRequest + "GET /x HTTP/1.1\r\nHo");
    EXPECT_EQ(bodyOf(client.readAnswer()), "one");
    server.exchange();
    const auto begin = std::chrono::steady_clock::now();
    server.bench().stopAll(std::chrono::minutes(1));
    // Far less than the 30 s that limits.request would give it.
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Workbench, StopWithoutPatienceCutsAnswersOff)
{
    RunningMock server(
        mock("- {path: /x, responses: [{body: never, behaviour: {latency: 1h}}]}\n"));
    LoopbackClient client(server.port());
    client.send(kRequest);
    ASSERT_TRUE(server.waitForHit("any-x"));
    server.bench().stopAll(Duration{});
    EXPECT_EQ(client.readAll(), "");
}

TEST(Workbench, APortChangeMovesOnlyTheListener)
{
    RunningMock server(kOne);
    const std::uint16_t before = server.port();
    RunningMock other(kTwo);
    Server moved = *server.bench().document(server.id());
    other.bench().stop(other.id());
    moved.listen.port = 0;
    moved.listen.address = "127.0.0.2";
    ASSERT_TRUE(server.bench().update(server.id(), moved));
    EXPECT_FALSE(LoopbackClient(before).isConnected());
    LoopbackClient client(server.port(), "127.0.0.2");
    client.send(kRequest);
    EXPECT_EQ(bodyOf(client.readAnswer()), "one");
}

TEST(Workbench, APortInUseNamesItsHolder)
{
    RunningMock first(kOne);
    Server second = parseMock(kTwo);
    second.listen.port = first.port();
    const std::string id = first.bench().add(second, ".");
    const auto started = first.bench().start(id);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::InUse);
    EXPECT_THAT(started.error().message, HasSubstr("server 'Test' of this workspace"));
    EXPECT_EQ(first.bench().status(id)->state, ServerState::Failed);

    Workbench foreign;
    const std::string other = foreign.add(second, ".");
    const auto refused = foreign.start(other);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("(pid " + std::to_string(::getpid()) + ")"));
    EXPECT_EQ(bodyOf(get(first.port(), "/x")), "one");
}

TEST(Workbench, RefusesAnAddressThatIsNone)
{
    Workbench bench;
    Server server = parseMock(kOne);
    server.listen.address = "nowhere";
    const auto started = bench.start(bench.add(server, "."));
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::Invalid);
}

TEST(Workbench, SaysOnceWhichKeysHaveNoEffect)
{
    RunningMock server(mock("- {path: /x, select: bucket, responses: [{body: a}]}\n"
                            "- {path: /y, select: bucket, responses: [{body: b}]}\n",
                            "upstream: {url: 'http://127.0.0.1:1'}\n"));
    const auto events = server.events();
    EXPECT_THAT(events, testing::Contains(HasSubstr("'upstream' has no effect")));
    EXPECT_EQ(std::count_if(events.begin(), events.end(),
                            [](const std::string &e) {
                                return e.find("'select: bucket' has no effect")
                                       != std::string::npos;
                            }),
              1);
}

TEST(Workbench, GoesOnAcceptingWhenDescriptorsReturn)
{
    RunningMock server(kOne, {.threads = 1});
    LoopbackClient client; // with the descriptor of its own end
    {
        const NoDescriptors none;
        ASSERT_TRUE(client.connect(server.port())) << "the backlog takes it";
        EXPECT_TRUE(waitFor([&] {
            return testing::Value(server.events(),
                                  testing::Contains(HasSubstr("no descriptors left")));
        }));
    }
    client.send(kRequest);
    EXPECT_EQ(bodyOf(client.readAnswer()), "one");
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), "one");
}

TEST(Workbench, ManyClientsAndAnUpdateStormEndWell)
{
    RunningMock server(kOne, {.threads = 4});
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            LoopbackClient client(server.port());
            for (int i = 0; i < 200; ++i) {
                client.send(kRequest);
                const std::string body = bodyOf(client.readAnswer());
                if (body != "one" && body != "two")
                    ++wrong;
            }
        });
    }
    const Server one = parseMock(kOne);
    const Server two = parseMock(kTwo);
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(server.bench().update(server.id(), i % 2 ? one : two));
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(server.bench().hits(server.id(), "any-x"), 1600U);
    server.exchange(1600);
    EXPECT_EQ(server.bench().journal().counters().appended, 1600U);
}

TEST(Workbench, GivesIdsToWhatWasMadeInCode)
{
    Endpoint hello;
    hello.path = "/hello";
    hello.responses.emplace_back();
    Server server;
    server.items.emplace_back(hello);
    Workbench bench;
    const std::string id = bench.add(server, ".");
    EXPECT_EQ(bench.document(id)->items.front().endpoint()->id, "any-hello");
    server.items.front().mutableEndpoint()->path = "/other";
    ASSERT_TRUE(bench.update(id, server));
    EXPECT_EQ(bench.document(id)->items.front().endpoint()->id, "any-other");
}

TEST(Workbench, ItsListenerMayAskItAndIsNotCalledUnderItsLock)
{
    std::vector<std::string> seen; // the workbench tells of its end, too
    Workbench bench({.threads = 1});
    bench.onEvent([&](const ServerEvent &event) {
        const auto status = bench.status(event.serverId);
        // From another thread, which a lock that is held would stop.
        std::thread([&] { static_cast<void>(bench.statuses()); }).join();
        seen.push_back(event.text + (status->state == ServerState::Running ? " running" : " not"));
    });
    const std::string id = bench.add(parseMock(kOne), ".");
    ASSERT_TRUE(bench.start(id));
    bench.stop(id);
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_THAT(seen[0], AllOf(HasSubstr("listening on"), EndsWith(" running")));
    EXPECT_EQ(seen[1], "stopped not");
}

TEST(Workbench, ASeedThatDoesNotCompileIsRefusedAndTheOldOneStays)
{
    const TemporaryFolder folder;
    const auto samples = folder.write("times.csv", "1ms\n2ms\n");
    std::vector<std::string> seen; // the workbench tells of its end, too
    Workbench bench({.threads = 1, .seed = 7});
    bench.onEvent([&](const ServerEvent &event) { seen.push_back(event.text); });
    const std::string id
        = bench.add(parseMock(mock("- {path: /x, responses: [{body: x, behaviour: {latency: "
                                   "{samples: times.csv}}}]}\n")),
                    folder.path());
    EXPECT_FALSE(bench.setSeed(id, 8)) << "it does not run yet";
    ASSERT_TRUE(bench.start(id));
    ASSERT_TRUE(bench.setSeed(id, 8));
    EXPECT_EQ(seen.back(), "seed 8");
    std::filesystem::remove(samples);
    EXPECT_FALSE(bench.setSeed(id, 9));
    EXPECT_EQ(bench.status(id)->seed, 8U);
    EXPECT_THAT(seen.back(), HasSubstr("the seed stays 8"));
    EXPECT_FALSE(bench.setSeed("nobody", 1));
}
