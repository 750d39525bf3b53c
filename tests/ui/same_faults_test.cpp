// SPDX-License-Identifier: GPL-3.0-or-later
// One file and one seed: the command line, the desktop and the library draw the same faults.
#include "core/formats/format.h"
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"
#include "ui/document/runtime_controller.h"
#include "ui/document/workspace_document.h"

#include <QProcess>
#include <QRegularExpression>

#include <gmock/gmock.h>

namespace understudy::ui {
namespace {

using understudy::test::get;
using understudy::test::statusLine;
using understudy::test::TemporaryFolder;

/// Which of 40 requests met the fault: "-x--x…".
std::string faultsOf(std::uint16_t port)
{
    std::string drawn;
    for (int i = 0; i < 40; ++i)
        drawn += statusLine(get(port, "/x")).find("503") == std::string::npos ? '-' : 'x';
    return drawn;
}

/// The name in the file says nothing about the file's own.
class SameFaults : public testing::Test
{
protected:
    SameFaults()
    {
        folder.write("shop.mock.yaml",
                     "understudy: 1\nname: Something else\nseed: 7\nlisten: {port: 0}\nendpoints:\n"
                     "- path: /x\n  behaviour: {faults: [{kind: status, status: 503, rate: 50%}]}\n"
                     "  responses: [{body: x}]\n");
    }

    std::string ofTheLibrary() const
    {
        formats::LoadOutcome loaded = formats::load(folder.path() / "shop.mock.yaml");
        Workbench bench;
        const std::string id = bench.add(std::move(loaded.servers.at(0).server), folder.path(),
                                         loaded.servers.at(0).id);
        EXPECT_EQ(id, "shop");
        EXPECT_TRUE(bench.start(id));
        return faultsOf(bench.status(id)->port);
    }

    std::string ofTheDesktop() const
    {
        WorkspaceDocument workspace;
        EXPECT_TRUE(workspace.open(QString::fromStdString(folder.path().string())));
        RuntimeController runtime(workspace, authority.path());
        EXPECT_TRUE(runtime.start(QStringLiteral("shop")));
        return faultsOf(runtime.status(QStringLiteral("shop"))->port);
    }

    std::string ofTheCommandLine() const
    {
        QProcess program;
        program.start(QStringLiteral(UNDERSTUDY_CLI_PROGRAM),
                      {QStringLiteral("serve"), QString::fromStdString(folder.path().string())});
        QByteArray output;
        while (!output.contains('\n') && program.waitForReadyRead(10'000))
            output += program.readAllStandardOutput();
        const auto port
            = QRegularExpression(QStringLiteral(":(\\d+) ")).match(QString::fromUtf8(output));
        EXPECT_TRUE(port.hasMatch()) << output.toStdString();
        const std::string drawn = faultsOf(static_cast<std::uint16_t>(port.captured(1).toUInt()));
        program.terminate();
        EXPECT_TRUE(program.waitForFinished(10'000));
        return drawn;
    }

    TemporaryFolder folder;
    TemporaryFolder authority;
};

TEST_F(SameFaults, InTheLibraryTheDesktopAndTheCommandLine)
{
    const std::string drawn = ofTheLibrary();
    EXPECT_THAT(drawn, testing::AllOf(testing::HasSubstr("x"), testing::HasSubstr("-")));
    EXPECT_EQ(ofTheDesktop(), drawn);
    EXPECT_EQ(ofTheCommandLine(), drawn);
}

TEST_F(SameFaults, AfterTheServerIsRenamed)
{
    const std::string drawn = ofTheLibrary();
    WorkspaceDocument workspace;
    ASSERT_TRUE(workspace.open(QString::fromStdString(folder.path().string())));
    workspace.edit(QStringLiteral("shop"), QStringLiteral("Rename"),
                   [](Server &server) { server.name = "New"; });
    ASSERT_TRUE(workspace.saveNow());
    EXPECT_EQ(ofTheLibrary(), drawn);
    EXPECT_EQ(ofTheCommandLine(), drawn);
}

} // namespace
} // namespace understudy::ui
