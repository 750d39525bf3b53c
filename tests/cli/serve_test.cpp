// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/folder.h"
#include "tests/cli/http_client.h"
#include "tests/cli/process.h"
#include "tests/support/wait.h"

#include <csignal>
#include <gmock/gmock.h>
#include <unistd.h>

namespace understudy::cli_test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Serve, PrintsItsAddressAndAnswers)
{
    const Folder folder;
    Process cli(
        {"serve", folder.write("a.mock.yaml", mockFile("Shop API", "/a", "yes")), "--port", "0"});
    const std::string line = cli.outputLine();
    EXPECT_THAT(line, StartsWith("listening http://127.0.0.1:"));
    EXPECT_THAT(line, EndsWith(" Shop API"));
    const std::string answer = get(portOf(line), "/a");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\nyes"));
}

TEST(Serve, TakesEveryMockFileOfAFolder)
{
    const Folder folder;
    folder.write("a.mock.yaml", mockFile("A", "/a", "from a"));
    folder.write("b.mock.yaml", mockFile("B", "/b", "from b"));
    Process cli({"serve", folder.path(), "--port", "0"});
    const int a = portOf(cli.outputLine(" A"));
    const int b = portOf(cli.outputLine(" B"));
    ASSERT_NE(a, b);
    EXPECT_THAT(get(a, "/a"), EndsWith("from a"));
    EXPECT_THAT(get(b, "/b"), EndsWith("from b"));
}

TEST(Serve, Exits0OnATermSignal)
{
    const Folder folder;
    Process cli({"serve", folder.write("a.mock.yaml", mockFile("A", "/a", "yes"))});
    ASSERT_NE(cli.outputLine("listening"), "");
    cli.signal(SIGTERM);
    EXPECT_EQ(cli.exitCode(), 0);
}

TEST(Serve, Exits0OnAnInterruptThoughAClientKeepsItsConnection)
{
    const Folder folder;
    Process cli({"serve", folder.write("a.mock.yaml", mockFile("A", "/a", "yes"))});
    const Client client(portOf(cli.outputLine("listening")));
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_THAT(client.readUntil("yes"), EndsWith("yes"));
    cli.signal(SIGINT);
    EXPECT_EQ(cli.exitCode(), 0);
}

/// GET /large answers with more than the buffers between two programs hold.
constexpr std::size_t kLarge = 48U << 20U;

std::string largeFile(const Folder &folder)
{
    folder.write("large.bin", std::string(kLarge, 'x'));
    return folder.write("a.mock.yaml", "understudy: 1\nname: Large\nlisten:\n  port: 0\n"
                                       "endpoints:\n- path: /large\n  responses:\n"
                                       "  - bodyFile: large.bin\n");
}

/// Begins to read an answer, which so is in flight until `client` reads on.
std::string beginDownload(const Client &client)
{
    client.send("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    std::string begin = client.readUntil("\r\n\r\n");
    EXPECT_THAT(begin, StartsWith("HTTP/1.1 200 OK\r\n"));
    return begin;
}

TEST(Serve, FinishesTheAnswerInFlightBeforeItStops)
{
    const Folder folder;
    Process cli({"serve", largeFile(folder)});
    const int port = portOf(cli.outputLine("listening"));
    std::optional<Client> client(port);
    const std::string begin = beginDownload(*client);
    cli.signal(SIGTERM);
    // The signal is through as soon as nobody listens any more.
    ASSERT_TRUE(understudy::test::waitFor([&] { return !accepts(port); }));
    const std::string all = begin + client->readAll();
    EXPECT_EQ(all.size(), all.find("\r\n\r\n") + 4 + kLarge);
    client.reset();
    EXPECT_EQ(cli.exitCode(), 0);
}

TEST(Serve, EndsAtOnceOnASecondSignal)
{
    const Folder folder;
    Process cli({"serve", largeFile(folder)});
    const int port = portOf(cli.outputLine("listening"));
    const Client client(port);
    beginDownload(client);
    cli.signal(SIGTERM);
    ASSERT_TRUE(understudy::test::waitFor([&] { return !accepts(port); }));
    cli.signal(SIGTERM);
    EXPECT_EQ(cli.exitCode(), 128 + SIGTERM);
}

TEST(Serve, Exits2AndNamesTheHolderOfAPort)
{
    const Folder folder;
    const Occupier occupier;
    const Finished run = runCli({"serve", folder.write("a.mock.yaml", mockFile("A", "/a", "yes")),
                                 "--port", std::to_string(occupier.port())});
    EXPECT_EQ(run.exitCode, 2);
    EXPECT_THAT(run.error, HasSubstr(std::to_string(occupier.port())));
    EXPECT_THAT(run.error, HasSubstr(std::to_string(getpid())));
    EXPECT_EQ(run.output, "");
}

TEST(Serve, Exits1AndSaysWhereAFileIsWrong)
{
    const Folder folder;
    const std::string file = folder.write("a.mock.yaml", "understudy: 1\nname: A\nlisen: {}\n");
    const Finished run = runCli({"serve", file});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr(file + ":3:1: "));
}

TEST(Serve, Exits1OnAFolderWithoutMocks)
{
    const Folder folder;
    const Finished run = runCli({"serve", folder.path()});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr(folder.path()));
}

TEST(Serve, AnswersByAScriptThoughItBeginsWithoutQt)
{
    const Folder folder;
    folder.write("a.js", "module.exports = request => request.method + request.params.id;\n");
    Process cli({"serve",
                 folder.write("a.mock.yaml", "understudy: 1\nname: A\nendpoints:\n"
                                             "- {path: '/a/{id}', responses: [{script: a.js}]}\n"),
                 "--port", "0"});
    const std::string answer = get(portOf(cli.outputLine("listening")), "/a/7");
    EXPECT_THAT(answer, testing::AnyOf(EndsWith("\r\n\r\nGET7"), HasSubstr("needs JavaScript")));
    cli.signal(SIGTERM);
    EXPECT_EQ(cli.exitCode(), 0);
    // (Built without Qt it says so at once.)
    EXPECT_EQ(answer.find("GET7") == std::string::npos,
              cli.restOfError().find("built without JavaScript") != std::string::npos);
}

TEST(Serve, HasAControlPlaneThatAsksForTheToken)
{
    const Folder folder;
    Process cli(
        {"serve", folder.write("a.mock.yaml", mockFile("A", "/a", "yes")), "--control-port", "0"});
    const std::string control = cli.outputLine("control ");
    if (control.empty()) {
        // Built without Qt.
        EXPECT_EQ(cli.exitCode(), 1);
        EXPECT_THAT(cli.restOfError(), HasSubstr("built without the control plane"));
        return;
    }
    ASSERT_NE(cli.outputLine("listening"), "");
    const std::string token = control.substr(control.rfind(' ') + 1);
    // QtHttpServer keeps the connection whatever it is asked for, so nobody waits for its end.
    const Client client(portOf(control));
    client.send("GET /v1/servers HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.readUntil("}}\n"), StartsWith("HTTP/1.1 401"));
    client.send("GET /v1/servers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                + "\r\n\r\n");
    EXPECT_THAT(client.readUntil("]}\n"), HasSubstr("\"state\":\"running\""));
    cli.signal(SIGTERM);
    EXPECT_EQ(cli.exitCode(), 0);
}

TEST(Serve, CountsPortsUpFromTheGivenOne)
{
    const Folder folder;
    folder.write("a.mock.yaml", mockFile("A", "/a", "yes"));
    folder.write("b.mock.yaml", mockFile("B", "/b", "yes"));
    const Finished run = runCli({"serve", folder.path(), "--port", "65535"});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("b.mock.yaml: no port is left above --port"));
}

TEST(Serve, TurnsAllFaultsOffAndOnAgainOnASignal)
{
    const Folder folder;
    const std::string file = folder.write(
        "a.mock.yaml",
        mockFile("A", "/a", "yes") + "behaviour:\n  faults:\n  - {kind: status, status: 503}\n");
    Process cli({"serve", file});
    const int port = portOf(cli.outputLine("listening"));
    EXPECT_THAT(get(port, "/a"), StartsWith("HTTP/1.1 503"));
    cli.signal(SIGUSR1);
    EXPECT_EQ(cli.outputLine(), "faults off");
    EXPECT_THAT(get(port, "/a"), StartsWith("HTTP/1.1 200"));
    cli.signal(SIGUSR1);
    EXPECT_EQ(cli.outputLine(), "faults on");
    EXPECT_THAT(get(port, "/a"), StartsWith("HTTP/1.1 503"));
    cli.signal(SIGTERM);
    EXPECT_EQ(cli.exitCode(), 0);
}

TEST(Serve, KnowsTheNetworksOfThePresetsFileBesideIt)
{
    const Folder folder;
    const std::string file = folder.write(
        "a.mock.yaml", mockFile("A", "/a", "yes") + "behaviour:\n  throttle: {profile: train}\n");
    EXPECT_EQ(runCli({"serve", file}).exitCode, 1);
    folder.write("presets.yaml", "networks:\n- {name: train, title: Train, latency: 1ms, "
                                 "download: 1MB/s, upload: 1MB/s}\n");
    Process cli({"serve", file});
    EXPECT_THAT(get(portOf(cli.outputLine("listening")), "/a"), EndsWith("yes"));
}

} // namespace
} // namespace understudy::cli_test
