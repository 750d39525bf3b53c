// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed in a field that has not been left: in the log at once, and in the file when asked.
#include "tests/ui/window_fixture.h"

#include "ui/document/recovery.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>
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

} // namespace understudy::ui::test
