// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed in a field that has not been left: in the log at once, and in the file when asked.
#include "tests/ui/window_fixture.h"

#include "ui/document/recovery.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QMenuBar>
#include <QPointer>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>

namespace understudy::ui::test {

class WindowPending : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0, kHello));
        workspace().setDelays(600'000, 1000);
        open();
    }
    void openServer() { m_window->editors().open(ObjectRef::server("api"), true); }
    void openEndpoint() { m_window->editors().open(ObjectRef::endpoint("api", "hello"), true); }
    void type(QWidget *field, const QString &text)
    {
        ASSERT_TRUE(field);
        field->setFocus();
        ASSERT_TRUE(QTest::qWaitFor([&] { return field->hasFocus(); }, 5000));
        if (auto *edit = qobject_cast<QLineEdit *>(field))
            edit->selectAll();
        else if (auto *combo = qobject_cast<QComboBox *>(field))
            combo->lineEdit()->selectAll();
        else if (auto *spin = qobject_cast<QSpinBox *>(field))
            spin->selectAll();
        QTest::keyClicks(field, text);
    }
    bool isHandedOver(const std::function<bool(const Server &)> &has)
    {
        return QTest::qWaitFor([&] { return has(server("api")); }, 5000);
    }
    QLineEdit *openCell()
    {
        openEndpoint();
        inEditor<QTabWidget>("responseTabs")->setCurrentIndex(1);
        auto *table = inEditor<QTableView>("headersTable");
        table->setFocus();
        const QModelIndex cell = table->model()->index(0, 1);
        table->setCurrentIndex(cell);
        table->edit(cell);
        for (QLineEdit *edit : table->viewport()->findChildren<QLineEdit *>()) {
            if (edit->isVisible() && edit->parentWidget() == table->viewport())
                return edit;
        }
        return nullptr;
    }
    QLineEdit *openName(const QModelIndex &row)
    {
        tree()->setFocus();
        tree()->setCurrentIndex(row);
        trigger("edit.rename");
        for (auto *edit : tree()->viewport()->findChildren<QLineEdit *>("treeRenameEdit")) {
            if (edit->isVisible())
                return edit;
        }
        return nullptr;
    }
    static std::string nameOf(const Server &server)
    {
        return server.items.front().endpoint()->name;
    }
    static std::string headerOf(const Server &server)
    {
        return server.items.front().endpoint()->responses.front().headers.front().value;
    }
};

TEST_F(WindowPending, WhatIsTypedInAServersFieldsIsHandedOverBeforeTheyAreLeft)
{
    openServer();
    auto *base = inEditor<QLineEdit>("basePathEdit");
    type(base, "/api/");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return s.base == "/api"; }));
    EXPECT_EQ(base->text(), "/api/");
    QTest::keyClicks(base, "v1");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return s.base == "/api/v1"; }));
    EXPECT_TRUE(base->hasFocus());
    type(inEditor<QSpinBox>("portSpin"), "34567");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return s.listen.port == 34567; }));
    type(inEditor<QComboBox>("hostCombo"), "127.0.0.2");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return s.listen.address == "127.0.0.2"; }));
    type(inEditor<QLineEdit>("seedEdit"), "42");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return s.seed == 42; }));
    const QDir logs(m_folder.filePath(QStringLiteral("data/state/recovery")));
    EXPECT_TRUE(QTest::qWaitFor([&] { return !logs.entryList({"*.log"}).isEmpty(); }, 5000));
}

TEST_F(WindowPending, HalfAnAddressIsNotListenedAt)
{
    ASSERT_TRUE(runtime().start("api"));
    openServer();
    auto *host = inEditor<QComboBox>("hostCombo");
    type(host, "127.0.0.2");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return s.listen.address == "127.0.0.2"; }));
    auto *base = inEditor<QLineEdit>("basePathEdit");
    QTest::qWait(400); // twice what an edit waits for
    EXPECT_EQ(runtime().status("api")->address, "127.0.0.1");
    base->setFocus();
    EXPECT_TRUE(
        QTest::qWaitFor([this] { return runtime().status("api")->address == "127.0.0.2"; }, 5000));
}

TEST_F(WindowPending, TheMenuBarDoesNotEndTheEditOfAField)
{
    openServer();
    auto *name = inEditor<QLineEdit>("serverNameEdit");
    ASSERT_TRUE(name);
    type(name, "Other");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return s.name == "Other"; }));
    m_window->menuBar()->setFocus();
    name->setFocus(Qt::MenuBarFocusReason);
    EXPECT_EQ(name->cursorPosition(), 5);
    QTest::keyClick(name, Qt::Key_Escape);
    EXPECT_EQ(server("api").name, "Api");
}

TEST_F(WindowPending, HalfAValueStaysInItsField)
{
    openServer();
    auto *seed = inEditor<QLineEdit>("seedEdit");
    type(seed, "4x");
    QTest::qWait(300);
    EXPECT_EQ(seed->text(), "4x");
    EXPECT_FALSE(server("api").seed);
}

TEST_F(WindowPending, SavingTakesTheMethodThatIsBeingTyped)
{
    openEndpoint();
    type(inEditor<QComboBox>("methodCombo"), "PATCH");
    trigger("file.save");
    EXPECT_TRUE(read("api.mock.yaml").contains("method: PATCH")) << read("api.mock.yaml").data();
}

TEST_F(WindowPending, SavingTakesTheNameThatIsBeingTypedInTheTree)
{
    tree()->setFocus();
    tree()->setCurrentIndex(serverRow("api"));
    tree()->edit(serverRow("api"));
    auto *edit = tree()->viewport()->findChild<QLineEdit *>();
    type(edit, "Renamed");
    trigger("file.save");
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Renamed")) << read("api.mock.yaml").data();
}

TEST_F(WindowPending, SavingTakesTheCellThatIsBeingTyped)
{
    type(openCell(), "text/html");
    trigger("file.save");
    EXPECT_TRUE(read("api.mock.yaml").contains("text/html")) << read("api.mock.yaml").data();
}

TEST_F(WindowPending, ACellIsHandedOverWhileItIsTypedAndKeepsItsCursor)
{
    QLineEdit *edit = openCell();
    type(edit, "a ");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return headerOf(s) == "a"; }));
    const QPointer<QLineEdit> open(edit);
    ASSERT_TRUE(open);
    EXPECT_EQ(open->text(), "a ");
    QTest::keyClicks(open, "c");
    QTest::keyClick(open, Qt::Key_Left);
    QTest::keyClicks(open, "b");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return headerOf(s) == "a bc"; }));
    EXPECT_EQ(open->cursorPosition(), 3);
}

TEST_F(WindowPending, ANameInTheTreeIsHandedOverWhileItIsTypedAsOneStep)
{
    QLineEdit *edit = openName(endpointRow("api", "hello"));
    type(edit, "Gree");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return nameOf(s) == "Gree"; }));
    const QPointer<QLineEdit> open(edit);
    ASSERT_TRUE(open);
    QTest::keyClicks(open, "ting ");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return nameOf(s) == "Greeting"; }));
    ASSERT_TRUE(open);
    EXPECT_EQ(open->text(), "Greeting ");
    QTest::keyClick(open, Qt::Key_Return);
    EXPECT_EQ(workspace().undoStack()->count(), 1);
    edit = openName(endpointRow("api", "hello"));
    type(edit, "Salute");
    QTest::keyClick(edit, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return workspace().undoStack()->count() == 2; }, 5000))
        << "the next name is another step";
}

TEST_F(WindowPending, ANameStaysInAFilteredTreeUntilItIsThere)
{
    QLineEdit *filter = find<QLineEdit>("treeFilterEdit");
    filter->setText("hello");
    openEndpoint();
    type(inEditor<QLineEdit>("endpointNameEdit"), "first");
    filter->setText("first");
    const QPointer<QLineEdit> edit = openName(endpointRow("api", "hello"));
    type(edit, "second");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return nameOf(s) == "second"; }));
    ASSERT_TRUE(edit);
    EXPECT_TRUE(edit->isVisible());
    QTest::keyClick(edit, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return model()->endpointCount() == 0; }, 5000));
}

TEST_F(WindowPending, EscBringsBackTheNameBeforeItWasEdited)
{
    QLineEdit *edit = openName(serverRow("api"));
    type(edit, "Other");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return s.name == "Other"; }));
    QTest::keyClick(edit, Qt::Key_Escape);
    EXPECT_EQ(server("api").name, "Api");
    EXPECT_EQ(workspace().undoStack()->count(), 0) << "nothing has happened";
    EXPECT_TRUE(tree()->hasFocus());
}

TEST_F(WindowPending, EscBringsBackTheCellBeforeItWasEdited)
{
    const QPointer<QLineEdit> edit = openCell();
    type(edit, "text/html");
    EXPECT_TRUE(isHandedOver([](const Server &s) { return headerOf(s) == "text/html"; }));
    if (QWidget *completions = QApplication::activePopupWidget())
        completions->close();
    QTest::keyClick(edit, Qt::Key_Escape);
    EXPECT_EQ(headerOf(server("api")), "text/plain");
    EXPECT_TRUE(QTest::qWaitFor([&] { return !edit; }, 5000)) << "the cell is closed";
}

TEST_F(WindowPending, EscBringsBackWhatStoodInAField)
{
    openServer();
    const Server before = server("api");
    const auto escapes = [&](QWidget *field, const QString &text) {
        type(field, text);
        EXPECT_TRUE(isHandedOver([&](const Server &s) { return !(s == before); }))
            << field->objectName().toStdString();
        QTest::keyClick(field, Qt::Key_Escape);
        EXPECT_TRUE(server("api") == before) << field->objectName().toStdString();
        EXPECT_TRUE(field->hasFocus());
    };
    for (const auto &[name, text] : {std::pair{"serverNameEdit", "Other"},
                                     {"basePathEdit", "/api"},
                                     {"portSpin", "34567"},
                                     {"hostCombo", "127.0.0.2"},
                                     {"seedEdit", "42"}})
        escapes(inEditor<QWidget>(name), text);
    openEndpoint();
    for (const auto &[name, text] : {std::pair{"pathEdit", "/other"},
                                     {"endpointNameEdit", "Other"},
                                     {"methodCombo", "PATCH"},
                                     {"prioritySpin", "7"},
                                     {"statusCombo", "404"},
                                     {"responseTimesSpin", "3"},
                                     {"responseNameEdit", "Other"}})
        escapes(inEditor<QWidget>(name), text);
}

TEST_F(WindowPending, EscLeavesAValueThatWasTakenOrCameFromElsewhere)
{
    openEndpoint();
    auto *name = inEditor<QLineEdit>("endpointNameEdit");
    type(name, "First");
    QTest::keyClick(name, Qt::Key_Return);
    QTest::keyClick(name, Qt::Key_Escape);
    EXPECT_EQ(nameOf(server("api")), "First");
    workspace().edit("api", "Elsewhere",
                     [](Server &s) { s.items.front().mutableEndpoint()->name = "Second"; });
    ASSERT_EQ(name->text(), "Second");
    QTest::keyClick(name, Qt::Key_Escape);
    EXPECT_EQ(nameOf(server("api")), "Second");
}

} // namespace understudy::ui::test
