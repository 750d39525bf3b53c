// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "core/traffic/journal.h"
#include "ui/panels/traffic/traffic_page.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTreeWidget>

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

class WindowImport : public WindowTest
{
protected:
    QString folder(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void put(const QString &path, const QByteArray &text)
    {
        ASSERT_TRUE(QDir().mkpath(QFileInfo(path).absolutePath()));
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static QByteArray textOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void import()
    {
        const QString file = folder("from") + "/api.mock.yaml";
        put(file, serverText("Api", 0,
                             "- id: a\n  path: /a\n  responses:\n  - bodyFile: bodies/a.txt\n"));
        put(folder("from") + "/bodies/a.txt", "the body");
        const auto outcome = formats::load(std::filesystem::path(file.toStdU16String()));
        ASSERT_TRUE(outcome.ok());
        m_window->importInto(outcome, folder("to"), true);
    }
};

TEST_F(WindowImport, BringsTheBodyFilesAlong)
{
    import();
    ASSERT_TRUE(runtime().isRunning("api"));
    EXPECT_EQ(understudy::test::bodyOf(get("api", "/a")), "the body");
}

TEST_F(WindowImport, TakesWhatIsTickedInTheWayThatIsAskedFor)
{
    put(folder("from") + "/api.yaml", R"(openapi: 3.0.3
info: {title: Api}
paths:
  /a:
    get:
      tags: [first]
      parameters: [{in: query, name: q, required: true}]
      responses: {'200': {description: ok}}
    delete: {tags: [first], responses: {'204': {description: gone}}}
  /b: {get: {tags: [second], responses: {'200': {description: ok}}}}
)");
    m_window->importFile(folder("from") + "/api.yaml");
    auto *dialog = m_window->findChild<QDialog *>("importDialog");
    ASSERT_TRUE(dialog);
    auto *tree = dialog->findChild<QTreeWidget *>("importTree");
    auto *notes = dialog->findChild<QListWidget *>("importConflictList");
    ASSERT_TRUE(tree && notes);
    ASSERT_EQ(tree->topLevelItemCount(), 1);
    EXPECT_TRUE(notes->isVisible());
    auto *box = dialog->findChild<QCheckBox *>("importCheckRequestsBox");
    ASSERT_TRUE(box);
    box->click();
    EXPECT_FALSE(notes->isVisible()); // that requests are not checked was the only note
    QTreeWidgetItem *top = tree->topLevelItem(0);
    ASSERT_EQ(top->childCount(), 2);
    ASSERT_EQ(top->child(0)->childCount(), 2);
    EXPECT_EQ(top->child(0)->child(0)->text(0), "GET /a");
    EXPECT_EQ(top->child(0)->child(0)->text(1), "200, 422");
    top->child(0)->child(1)->setCheckState(0, Qt::Unchecked);
    box->click();
    box->click();
    top = tree->topLevelItem(0);
    EXPECT_EQ(top->child(0)->child(1)->checkState(0), Qt::Unchecked);
    EXPECT_EQ(top->child(0)->child(0)->checkState(0), Qt::Checked);
    top->child(1)->setCheckState(0, Qt::Unchecked);
    EXPECT_EQ(top->checkState(0), Qt::PartiallyChecked);
    auto *only = dialog->findChild<QPushButton *>("importOnlyButton");
    top->setCheckState(0, Qt::Unchecked);
    EXPECT_FALSE(only->isEnabled());
    top->child(0)->child(0)->setCheckState(0, Qt::Checked);
    ASSERT_TRUE(only->isEnabled());
    only->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace().servers().size() == 1; }, 3000));
    const Server &value = *workspace().servers().front()->value;
    ASSERT_EQ(value.items.size(), 1U);
    const Folder *first = value.items[0].folder();
    ASSERT_TRUE(first && first->items.size() == 1);
    EXPECT_EQ(endpointLabel(*first->items[0].endpoint()), "GET /a");
    EXPECT_EQ(first->items[0].endpoint()->responses.size(), 2U);
}

TEST_F(WindowImport, OfADocumentThatIsHereListsWhatHasChangedInIt)
{
    const auto document = [](const char *first, const char *second) {
        return QByteArray("openapi: 3.0.3\ninfo: {title: Api}\npaths:\n"
                          "  /a: {get: {responses: {'200': {description: ")
               + first
               + "}}}}\n"
                 "  /b: {get: {responses: {'200': {description: "
               + second + "}}}}\n";
    };
    const QString file = folder("from") + "/api.yaml";
    put(file, document("one", "two"));
    const auto offer = [&](const char *name) {
        m_window->importFile(file);
        return m_window->findChild<QDialog *>(name);
    };
    QDialog *dialog = offer("importDialog");
    ASSERT_TRUE(dialog);
    dialog->findChild<QPushButton *>("importOnlyButton")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace().servers().size() == 1; }, 3000));
    const QString id = workspace().servers().front()->id;
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const auto nameOf = [&](const char *endpoint) {
        return findEndpoint(*workspace().find(id)->value, endpoint)->responses.at(0).name;
    };
    workspace().edit(id, "Rename", [](Server &server) {
        findEndpoint(server, "get-a")->responses.at(0).name = "mine";
    });

    put(file, document("uno", "due"));
    dialog = offer("updateDialog");
    ASSERT_TRUE(dialog);
    EXPECT_FALSE(m_window->findChild<QDialog *>("importDialog"));
    auto *tree = dialog->findChild<QTreeWidget *>("updateTree");
    ASSERT_TRUE(tree && tree->topLevelItemCount() == 1 && tree->topLevelItem(0)->childCount() == 2);
    const QTreeWidgetItem *first = tree->topLevelItem(0)->child(0);
    EXPECT_EQ(first->text(0), "GET /a");
    EXPECT_EQ(first->text(1), "200 (uno)");
    EXPECT_EQ(first->text(2), "name (edited here, too)");
    EXPECT_EQ(first->checkState(0), Qt::Unchecked);
    EXPECT_EQ(tree->topLevelItem(0)->child(1)->checkState(0), Qt::Checked);
    EXPECT_EQ(dialog->findChild<QPlainTextEdit *>("updateDifferences")->toPlainText(),
              "− name: mine\n+ name: uno");
    const int steps = workspace().undoStack()->count();
    dialog->findChild<QPushButton *>("updateButton")->click();
    EXPECT_EQ(nameOf("get-a"), "mine");
    EXPECT_EQ(nameOf("get-b"), "due");
    EXPECT_EQ(workspace().undoStack()->count(), steps + 1);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    dialog = offer("updateDialog"); // what was not ticked is an edit now
    ASSERT_TRUE(dialog);
    EXPECT_FALSE(dialog->findChild<QPushButton *>("updateButton")->isEnabled());
    dialog->findChild<QPushButton *>("updateAsNewButton")->click();
    EXPECT_TRUE(m_window->findChild<QDialog *>("importDialog"));
}

TEST_F(WindowImport, TakesWhatWasCopiedInAnotherProgram)
{
    QApplication::clipboard()->setText("curl -X POST https://shop.example/orders -d a=1");
    trigger("file.importClipboard");
    auto *dialog = m_window->findChild<QDialog *>("importDialog");
    ASSERT_TRUE(dialog);
    auto *tree = dialog->findChild<QTreeWidget *>("importTree");
    ASSERT_TRUE(tree && tree->topLevelItemCount() == 1);
    ASSERT_EQ(tree->topLevelItem(0)->childCount(), 1);
    EXPECT_EQ(tree->topLevelItem(0)->child(0)->text(0), "POST /orders");
    dialog->reject();
    QApplication::clipboard()->setText("no document");
    trigger("file.importClipboard");
    QStringList said;
    for (QFrame *frame : m_window->findChildren<QFrame *>("messageBanner"))
        said << frame->findChild<QLabel *>("bannerText")->text();
    EXPECT_TRUE(said.join(' ').contains("The clipboard cannot be imported"))
        << toStd(said.join(' '));
}

TEST_F(WindowImport, LeavesADifferentFileAsItIsAndSaysSo)
{
    put(folder("to") + "/bodies/a.txt", "mine");
    import();
    EXPECT_EQ(textOf(folder("to") + "/bodies/a.txt"), "mine");
    QString said;
    for (QFrame *frame : m_window->findChildren<QFrame *>("messageBanner"))
        said += frame->findChild<QLabel *>("bannerText")->text();
    EXPECT_TRUE(said.contains("a.txt")) << said.toStdString();
}

} // namespace understudy::ui::test
