// SPDX-License-Identifier: GPL-3.0-or-later
// Files of others in the window: into a folder, chosen among, once more.
#include "tests/ui/window_fixture.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFrame>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace understudy::ui::test {

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
