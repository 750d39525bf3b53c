// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/folder.h"
#include "tests/cli/http_client.h"
#include "tests/cli/process.h"

#include <gmock/gmock.h>

namespace understudy::cli_test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

TEST(Watch, ServesAnEditOnTheSameConnection)
{
    const Folder folder;
    Process cli({"serve", folder.write("a.mock.yaml", mockFile("A", "/a", "before")), "--watch"});
    const Client client(portOf(cli.outputLine("listening")));
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_THAT(client.readUntil("before"), EndsWith("before"));
    folder.write("a.mock.yaml", mockFile("A", "/a", "after"));
    ASSERT_EQ(cli.errorLine("reloaded"), "A: reloaded");
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.readUntil("after"), EndsWith("after"));
}

TEST(Watch, KeepsTheOldVersionAndSaysWhereTheEditIsBroken)
{
    const Folder folder;
    const std::string file = folder.write("a.mock.yaml", mockFile("A", "/a", "before"));
    Process cli({"serve", file, "--watch"});
    const int port = portOf(cli.outputLine("listening"));
    folder.write("a.mock.yaml", mockFile("A", "/a", "after") + "wrogn: 1\n");
    EXPECT_THAT(cli.errorLine(file), HasSubstr(file + ":11:1: "));
    EXPECT_THAT(get(port, "/a"), EndsWith("before"));
    folder.write("a.mock.yaml", mockFile("A", "/a", "mended"));
    ASSERT_EQ(cli.errorLine("reloaded"), "A: reloaded");
    EXPECT_THAT(get(port, "/a"), EndsWith("mended"));
}

TEST(Watch, StartsAServerForANewFile)
{
    const Folder folder;
    folder.write("a.mock.yaml", mockFile("A", "/a", "from a"));
    Process cli({"serve", folder.path(), "--watch", "--port", "0"});
    ASSERT_NE(cli.outputLine("listening"), "");
    folder.write("b.mock.yaml", mockFile("B", "/b", "from b"));
    EXPECT_THAT(get(portOf(cli.outputLine(" B")), "/b"), EndsWith("from b"));
}

TEST(Watch, StopsTheServerOfARemovedFile)
{
    const Folder folder;
    folder.write("a.mock.yaml", mockFile("A", "/a", "from a"));
    folder.write("b.mock.yaml", mockFile("B", "/b", "from b"));
    Process cli({"serve", folder.path(), "--watch", "--port", "0"});
    const int a = portOf(cli.outputLine(" A"));
    const int b = portOf(cli.outputLine(" B"));
    folder.remove("b.mock.yaml");
    EXPECT_EQ(cli.errorLine("its file is gone"), "B: its file is gone, stopped");
    EXPECT_FALSE(accepts(b));
    EXPECT_THAT(get(a, "/a"), EndsWith("from a"));
}

TEST(Watch, GoesOnWithoutTheFolderUntilItIsBack)
{
    const Folder folder;
    std::filesystem::create_directory(folder.path("mocks"));
    folder.write("mocks/a.mock.yaml", mockFile("A", "/a", "from a"));
    Process cli({"serve", folder.path("mocks"), "--watch", "--port", "0"});
    const int port = portOf(cli.outputLine(" A"));
    std::filesystem::rename(folder.path("mocks"), folder.path("away"));
    EXPECT_THAT(cli.errorLine(folder.path("mocks")), HasSubstr("mocks"));
    EXPECT_THAT(get(port, "/a"), EndsWith("from a"));
    folder.write("away/a.mock.yaml", mockFile("A", "/a", "changed"));
    std::filesystem::rename(folder.path("away"), folder.path("mocks"));
    ASSERT_EQ(cli.errorLine("reloaded"), "A: reloaded");
    EXPECT_THAT(get(port, "/a"), EndsWith("changed"));
}

} // namespace
} // namespace understudy::cli_test
