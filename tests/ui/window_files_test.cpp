// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "core/traffic/journal.h"
#include "ui/panels/traffic/traffic_page.h"

#include <QFileInfo>
#include <QTableView>

namespace understudy::ui::test {

class WindowFiles : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0, "# by hand\n" + kHello));
    }

    void openFast()
    {
        workspace().setDelays(50, 1000);
        open();
    }
};

TEST_F(WindowFiles, AnEditIsOnTheDiskSoonAndChangesOneLine)
{
    open();
    const QList<QByteArray> before = read("api.mock.yaml").split('\n');
    workspace().edit("api", "Status", [](Server &s) { findEndpoint(s, "hello")->path = "/hallo"; });
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return workspace().saveState() == SaveState::Saved; }, 1500));
    const QList<QByteArray> after = read("api.mock.yaml").split('\n');
    ASSERT_EQ(after.size(), before.size());
    int differing = 0;
    for (qsizetype i = 0; i < after.size(); ++i)
        differing += after[i] != before[i];
    EXPECT_EQ(differing, 1);
}

TEST_F(WindowFiles, SavingWithoutAChangeLeavesTheFileAlone)
{
    open();
    const QDateTime before = QFileInfo(workspaceFolder() + "/api.mock.yaml").lastModified();
    const QByteArray text = read("api.mock.yaml");
    trigger("file.save");
    workspace().saveNow();
    EXPECT_EQ(QFileInfo(workspaceFolder() + "/api.mock.yaml").lastModified(), before);
    EXPECT_EQ(read("api.mock.yaml"), text);
}

TEST_F(WindowFiles, ABrokenFileLeavesTheOthersWorkingAndHeals)
{
    QByteArray broken = "understudy: 1\nname: Broken\nendpoints:\n";
    for (int i = 0; i < 37; ++i)
        broken += "# filler\n";
    write("broken.mock.yaml", broken + "- id: [\n");
    openFast();
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_EQ(statusOf("api", "/hello"), 200);
    EXPECT_EQ(state("broken"), RowState::Broken);
    const QString warning = serverRow("broken").data(WorkspaceTreeModel::WarningRole).toString();
    EXPECT_TRUE(warning.contains("line 4")) << warning.toStdString();
    m_window->editors().open(ObjectRef::server("broken"), false);
    EXPECT_EQ(m_window->editors().currentWidget()->objectName(), "brokenFileView");

    write("broken.mock.yaml", serverText("Mended", 0, kHello));
    ASSERT_TRUE(QTest::qWaitFor([this] { return state("broken") == RowState::Stopped; }, 3000));
    EXPECT_EQ(server("broken").name, "Mended");
    EXPECT_TRUE(runtime().start("broken"));
}

TEST_F(WindowFiles, ABinaryFileIsABrokenServerAndNoCrash)
{
    QByteArray noise;
    for (int i = 0; i < 4096; ++i)
        noise += static_cast<char>((i * 7919) >> 3);
    write("noise.mock.yaml", noise);
    open();
    EXPECT_EQ(state("noise"), RowState::Broken);
    m_window->editors().open(ObjectRef::server("noise"), false);
    EXPECT_EQ(state("api"), RowState::Stopped);
}

TEST_F(WindowFiles, AChangeOutsideIsLoadedWhenNothingWasEditedHere)
{
    openFast();
    write("api.mock.yaml", serverText("Renamed outside", 0, kHello));
    ASSERT_TRUE(QTest::qWaitFor([this] { return server("api").name == "Renamed outside"; }, 3000));
    EXPECT_EQ(banner("externalChange"), nullptr);
    trigger("edit.undo");
    EXPECT_EQ(server("api").name, "Api");
}

TEST_F(WindowFiles, AChangeOutsideAndOneHereIsAQuestion)
{
    workspace().setDelays(600'000, 1000);
    open();
    workspace().edit("api", "Name", [](Server &s) { s.name = "Mine"; });
    write("api.mock.yaml", serverText("Theirs", 0, kHello));
    ASSERT_TRUE(QTest::qWaitFor([this] { return banner("externalChange") != nullptr; }, 3000));
    EXPECT_EQ(server("api").name, "Mine");
    press(banner("externalChange"), "file.keepMine");
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
    EXPECT_EQ(banner("externalChange"), nullptr);
}

TEST_F(WindowFiles, AChangeOutsideCanBeTakenOver)
{
    workspace().setDelays(600'000, 1000);
    open();
    workspace().edit("api", "Name", [](Server &s) { s.name = "Mine"; });
    write("api.mock.yaml", serverText("Theirs", 0, kHello));
    ASSERT_TRUE(QTest::qWaitFor([this] { return banner("externalChange") != nullptr; }, 3000));
    press(banner("externalChange"), "file.reload");
    EXPECT_EQ(server("api").name, "Theirs");
    trigger("edit.undo");
    EXPECT_EQ(server("api").name, "Mine");
}

TEST_F(WindowFiles, ADeletedServerComesBackInTheFileThatItHad)
{
    const QByteArray json = R"({"understudy": 1, "name": "Json", "endpoints": []})";
    write("shop.mock.json", json);
    open();
    workspace().removeServer("shop");
    EXPECT_FALSE(QFile::exists(workspaceFolder() + "/shop.mock.json"));
    trigger("edit.undo");
    EXPECT_EQ(read("shop.mock.json"), json);
    EXPECT_FALSE(QFile::exists(workspaceFolder() + "/shop.mock.yaml"));
}

TEST_F(WindowFiles, TwoFilesOfOneNameAreTwoServers)
{
    write("api.mock.json", R"({"understudy": 1, "name": "Json", "endpoints": []})");
    open();
    EXPECT_EQ(server("api").name, "Json");
    EXPECT_EQ(server("api-2").name, "Api");
    workspace().edit("api-2", "Name", [](Server &s) { s.name = "Mine"; });
    ASSERT_TRUE(workspace().saveNow());
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
    EXPECT_TRUE(read("api.mock.json").contains("Json"));
}

TEST_F(WindowFiles, ANewFileAppearsAndARemovedOneIsMarked)
{
    openFast();
    write("second.mock.yaml", serverText("Second", 0, kHello));
    ASSERT_TRUE(QTest::qWaitFor([this] { return serverRow("second").isValid(); }, 3000));
    QFile::remove(workspaceFolder() + "/second.mock.yaml");
    ASSERT_TRUE(QTest::qWaitFor([this] { return state("second") == RowState::Removed; }, 3000));
    workspace().writeAgain("second");
    EXPECT_EQ(state("second"), RowState::Stopped);
    EXPECT_TRUE(read("second.mock.yaml").contains("Second"));
}

TEST_F(WindowFiles, AFailedSaveLosesNothingAndCanBeRepeated)
{
    workspace().setDelays(600'000, 1000);
    open();
    workspace().edit("api", "Name", [](Server &s) { s.name = "Kept"; });
    // A folder where the file should be: nothing can be renamed over it, whatever the rights.
    const QString file = workspaceFolder() + "/api.mock.yaml";
    ASSERT_TRUE(QFile::rename(file, file + ".away"));
    ASSERT_TRUE(QDir().mkpath(file + "/x"));
    EXPECT_FALSE(workspace().saveNow());
    ASSERT_NE(banner("saveFailed"), nullptr);
    EXPECT_EQ(workspace().saveState(), SaveState::NotSaved);
    EXPECT_EQ(server("api").name, "Kept");
    ASSERT_TRUE(QDir(file).removeRecursively());
    ASSERT_TRUE(QFile::rename(file + ".away", file));
    press(banner("saveFailed"), "file.save");
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Kept"));
    EXPECT_EQ(workspace().saveState(), SaveState::Saved);
}

TEST_F(WindowFiles, MocksAnUnmatchedRequestWithOneClick)
{
    write("api.mock.yaml", serverText("Api", 0, kHello));
    open();
    ASSERT_TRUE(runtime().start("api"));
    ASSERT_EQ(statusOf("api", "/orders/17"), 404);
    JournalEntry entry;
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            entry = runtime().journal().at(runtime().journal().newest());
            return entry.exchange != nullptr;
        },
        2000));
    Q_EMIT find<TrafficPage>("trafficPage")->mockRequested(entry);

    EXPECT_EQ(statusOf("api", "/orders/17"), 200);
    const ObjectRef ref = m_window->editors().currentRef();
    ASSERT_EQ(ref.kind, ObjectRef::Kind::Endpoint);
    EXPECT_EQ(findEndpoint(server("api"), ref.endpointId.toStdString())->path, "/orders/{id}");
    EXPECT_TRUE(find<QFrame>("undoToast")->isVisible());

    QTest::keyClick(m_window->focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_FALSE(endpointRow("api", ref.endpointId).isValid());
    EXPECT_EQ(m_window->editors().count(), 0);
}

TEST_F(WindowFiles, InvalidJsonBodiesAreListedAsProblems)
{
    write("api.mock.yaml",
          serverText("Api", 0,
                     "- id: bad\n  path: /bad\n  responses:\n  - headers:\n"
                     "      Content-Type: application/json\n    body: '{\"a\" 1}'\n"));
    open();
    auto *problems = find<QTableView>("problemsView");
    ASSERT_TRUE(QTest::qWaitFor([&] { return problems->model()->rowCount() == 1; }, 3000));
    Q_EMIT problems->activated(problems->model()->index(0, 0));
    EXPECT_EQ(m_window->editors().currentRef(), ObjectRef::endpoint("api", "bad"));
    workspace().edit("api", "Body", [](Server &s) {
        findEndpoint(s, "bad")->responses[0].body = Body::text("{}");
    });
    EXPECT_TRUE(QTest::qWaitFor([&] { return problems->model()->rowCount() == 0; }, 3000));
}

TEST_F(WindowFiles, ImportsAMockoonFileIntoAFolder)
{
    const formats::LoadOutcome outcome
        = formats::load(UNDERSTUDY_SOURCE_DIR "/tests/data/mockoon/rules.json");
    ASSERT_FALSE(outcome.servers.empty());
    m_window->importInto(outcome, m_folder.filePath("import"), false);
    EXPECT_EQ(workspace().servers().size(), outcome.servers.size());
    trigger("edit.undo");
    EXPECT_TRUE(workspace().servers().empty());
}

} // namespace understudy::ui::test
