// SPDX-License-Identifier: Apache-2.0
// What a hostile mock file, or a hostile client, tries on a running server.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"
#include "tests/support/wait.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

using namespace understudy;
using namespace understudy::test;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

namespace fs = std::filesystem;

/// A server whose answers are files of its folder.
class HostileBodies : public testing::Test
{
protected:
    HostileBodies()
        : server(mock("- {path: /link, responses: [{bodyFile: data/a.json}]}\n"
                      "- {path: /pipe, responses: [{bodyFile: pipe}]}\n"
                      "- {path: /zero, responses: [{bodyFile: /dev/zero}]}\n"
                      "- {path: /loop, responses: [{bodyFile: loop/../ln}]}\n"
                      "- {path: /long, responses: [{bodyFile: "
                      + std::string(300, 'x')
                      + "/../ln}]}\n"
                        "- {path: /self, responses: [{bodyFile: ln}]}\n"))
        , folder(server.folder().path())
    {
        fs::create_directories(folder / "v1");
        fs::create_directories(folder / "v2");
        server.folder().write("v1/a.json", "one");
        server.folder().write("v2/a.json", "two");
        fs::create_directory_symlink("v1", folder / "data");
        ::mkfifo((folder / "pipe").c_str(), 0600);
        fs::create_symlink("loop", folder / "loop");
        elsewhere.write("secret", "secret");
        fs::create_symlink(elsewhere.path() / "secret", folder / "ln");
    }

    RunningMock server;
    fs::path folder;
    TemporaryFolder elsewhere;
};

} // namespace

TEST_F(HostileBodies, FollowALinkAsItIsAtEachRequest)
{
    EXPECT_EQ(bodyOf(get(server.port(), "/link")), "one");
    fs::create_directory_symlink("v2", folder / "next");
    fs::rename(folder / "next", folder / "data");
    EXPECT_EQ(bodyOf(get(server.port(), "/link")), "two");
    fs::remove(folder / "v2/a.json");
    fs::create_symlink(elsewhere.path() / "secret", folder / "v2/a.json");
    const std::string answer = get(server.port(), "/link");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500"));
    EXPECT_THAT(answer, HasSubstr("is outside of the workspace folder"));
}

TEST_F(HostileBodies, AreRegularFilesInside)
{
    for (const char *target : {"/pipe", "/zero", "/loop", "/long", "/self"}) {
        const std::string answer = get(server.port(), target);
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 500")) << target;
        EXPECT_THAT(answer, Not(HasSubstr("secret"))) << target;
        EXPECT_THAT(answer, Not(HasSubstr(folder.string()))) << target;
    }
}

TEST(HostileClients, CannotFillTheMemoryWithBodiesThatNeverEnd)
{
    RunningMock server(
        mock("- {path: /, method: POST, responses: [{status: 204}]}\n", "limits: {body: 16MB}\n"));
    const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3500001\r\n\r\n";
    const std::string most(3'500'000, 'x');
    std::vector<std::unique_ptr<LoopbackClient>> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<LoopbackClient>(server.port()));
        clients.back()->send(head);
        clients.back()->send(most);
    }
    // Twenty times 3.5 MB are more than 64 MB: who comes last is refused, the others go on.
    ASSERT_TRUE(waitFor([&] {
        return std::ranges::any_of(clients, [](const auto &client) { return client->hasAnswer(); });
    }));
    int refused = 0;
    for (const auto &client : clients) {
        client->send("x");
        const std::string answer = client->readAnswer();
        if (answer.starts_with("HTTP/1.1 204"))
            continue;
        ++refused;
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
        EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
        EXPECT_THAT(answer, HasSubstr("four times limits.body"));
    }
    EXPECT_GE(refused, 1);
    EXPECT_LT(refused, 10) << "more than those that grow at the same moment";
    clients.clear(); // what they held is given back
    LoopbackClient next(server.port());
    next.send(head);
    next.send(most + "x");
    EXPECT_THAT(next.readAnswer(), StartsWith("HTTP/1.1 204"));
}

TEST(HostileClients, ThatLeaveInTheMiddleGiveBackWhatTheyHeld)
{
    RunningMock server(
        mock("- {path: /, method: POST, responses: [{status: 204}]}\n", "limits: {body: 16MB}\n"));
    const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3500001\r\n\r\n";
    const std::string most(3'500'000, 'x');
    for (int i = 0; i < 20; ++i) {
        LoopbackClient client(server.port());
        client.send(head);
        client.send(most);
    }
    ASSERT_TRUE(waitFor([&] { return server.bench().status(server.id())->connections == 0; }));
    LoopbackClient next(server.port());
    next.send(head);
    next.send(most + "x");
    EXPECT_THAT(next.readAnswer(), StartsWith("HTTP/1.1 204"));
}

TEST(HostileClients, CannotFillTheMemoryWithHeadsThatNeverEnd)
{
    RunningMock server(
        mock("- {path: /, responses: [{status: 204}]}\n", "limits: {head: 8MB, body: 1MB}\n"));
    // 2 MB on the wire, and four times as much for the places of half a million headers.
    std::string head = "GET / HTTP/1.1\r\nHost: h\r\n";
    while (head.size() < 2'000'000)
        head += "a:\r\n";
    std::vector<std::unique_ptr<LoopbackClient>> clients;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<LoopbackClient>(server.port()));
        clients.back()->send(head);
    }
    ASSERT_TRUE(waitFor([&] {
        return std::ranges::any_of(clients, [](const auto &client) { return client->hasAnswer(); });
    }));
    int refused = 0;
    for (const auto &client : clients) {
        client->send("\r\n");
        refused += client->readAnswer().starts_with("HTTP/1.1 503") ? 1 : 0;
    }
    EXPECT_GE(refused, 1);
    EXPECT_LT(refused, 8);
}
