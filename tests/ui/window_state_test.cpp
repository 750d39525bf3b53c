// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog of what a running server remembers.
#include "tests/ui/window_fixture.h"

#include "ui/dialogs/state_dialog.h"
#include "ui/models/bucket_model.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>

namespace understudy::ui::test {

class WindowState : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml",
              "understudy: 1\nname: Api\nlisten: {port: 0}\n"
              "buckets:\n"
              "  users: {items: [{id: 1, name: Ada}, {id: 2, name: Bob, admin: true}]}\n"
              "  words: {items: [a, b]}\n"
              "endpoints:\n"
              "- {path: /users, crud: users}\n"
              "- {path: /pay, responses: [{sets: {scenario: cart, state: paid}}]}\n"
              "- {path: /time, responses: [{template: true, body: \"{{now 'yyyy'}}\"}]}\n");
        open();
        m_window->panel().reveal(ObjectRef::server("api"));
    }

    void openDialog(bool isRunning = true)
    {
        ASSERT_TRUE(!isRunning || runtime().start("api"));
        trigger("server.state");
        m_dialog = find<StateDialog>("stateDialog");
        ASSERT_TRUE(m_dialog);
    }
    template<class Widget>
    Widget *in(const char *name)
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    BucketModel *items()
    {
        return qobject_cast<BucketModel *>(in<QTableView>("bucketItems")->model());
    }
    QString cell(int row, int column) { return items()->index(row, column).data().toString(); }
    std::string fetch(const char *path)
    {
        return understudy::test::bodyOf(understudy::test::get(runtime().status("api")->port, path));
    }

    StateDialog *m_dialog = nullptr;
};

TEST_F(WindowState, ShowsBucketsAsTablesAndChangesThemLive)
{
    openDialog();
    EXPECT_EQ(m_dialog->windowTitle(), "State of Api");
    ASSERT_EQ(items()->rowCount(), 2);
    ASSERT_EQ(items()->columnCount(), 3);
    EXPECT_EQ(items()->headerData(2, Qt::Horizontal, Qt::DisplayRole), "admin");
    EXPECT_EQ(cell(1, 1), "Bob");
    EXPECT_FALSE(in<QPushButton>("resetBucketButton")->isEnabled());
    ASSERT_TRUE(items()->setData(items()->index(1, 1), "Rob", Qt::EditRole));
    ASSERT_TRUE(items()->setData(items()->index(0, 2), "false", Qt::EditRole));
    ASSERT_TRUE(items()->setData(items()->index(0, 1), "Ada L.", Qt::EditRole)); // the same item
    EXPECT_EQ(fetch("/users/2"), R"({"id":2,"name":"Rob","admin":true})");
    EXPECT_EQ(fetch("/users/1"), R"({"id":1,"name":"Ada L.","admin":false})");
    EXPECT_TRUE(QTest::qWaitFor([&] { return cell(0, 2) == "false"; }));
    EXPECT_EQ(items()->index(1, 1).data(Qt::ToolTipRole), "in the file: Bob");
    EXPECT_EQ(items()->index(0, 2).data(Qt::ToolTipRole), "not in the file");
    EXPECT_FALSE(items()->index(0, 0).data(Qt::FontRole).isValid());
    in<QToolButton>("addItemButton")->click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return items()->rowCount() == 3; }));
    EXPECT_EQ(items()->index(2, 0).data(Qt::ToolTipRole).toString(), QString());
    in<QTableView>("bucketItems")->selectRow(0);
    in<QToolButton>("removeItemButton")->click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return items()->rowCount() == 2; }));
    EXPECT_EQ(cell(0, 1), "Rob");
    in<QPushButton>("resetBucketButton")->click();
    EXPECT_EQ(cell(0, 1), "Ada");
    EXPECT_EQ(fetch("/users/2"), R"({"id":2,"name":"Bob","admin":true})");
}

TEST_F(WindowState, ShowsAListOfTextsInOneColumn)
{
    openDialog();
    in<QComboBox>("bucketCombo")->setCurrentIndex(1);
    ASSERT_EQ(items()->columnCount(), 1);
    EXPECT_EQ(cell(1, 0), "b");
    ASSERT_TRUE(items()->setData(items()->index(1, 0), "7", Qt::EditRole));
    EXPECT_EQ(*runtime().workbench().buckets("api")->at(1).value,
              *JsonValue::parse(R"(["a","7"])"));
}

TEST_F(WindowState, WhatRequestsChangeIsSeen)
{
    openDialog();
    understudy::test::LoopbackClient client(runtime().status("api")->port);
    client.send("DELETE /users/1 HTTP/1.1\r\nHost: x\r\n\r\n");
    client.readAnswer();
    EXPECT_TRUE(QTest::qWaitFor([&] { return items()->rowCount() == 1; }));
    auto *state = qobject_cast<QComboBox *>(in<QTableWidget>("scenarioTable")->cellWidget(0, 1));
    EXPECT_EQ(state->currentText(), "Started");
    fetch("/pay");
    EXPECT_TRUE(QTest::qWaitFor([&] { return state->currentText() == "paid"; }));
    state->setCurrentIndex(0);
    Q_EMIT state->activated(0);
    EXPECT_EQ(runtime().workbench().scenarios("api")->at(0).state, "Started");
    fetch("/pay");
    in<QPushButton>("resetAllButton")->click();
    EXPECT_EQ(runtime().workbench().scenarios("api")->at(0).state, "Started");
    EXPECT_EQ(items()->rowCount(), 2);
}

TEST_F(WindowState, TheClockIsSetAndSetBack)
{
    openDialog();
    in<QDateTimeEdit>("clockEdit")->setDateTime(QDateTime(QDate(2031, 5, 6), QTime(7, 8)));
    in<QCheckBox>("clockFrozenCheck")->setChecked(true);
    in<QPushButton>("setClockButton")->click();
    EXPECT_EQ(in<QLabel>("clockLabel")->text(), "2031-05-06 07:08:00, stands still");
    EXPECT_EQ(fetch("/time"), "2031");
    // Enter in a field is no button.
    ASSERT_TRUE(runtime().workbench().setBucket("api", "words", JsonArray{"changed"}));
    QTest::keyClick(in<QDateTimeEdit>("clockEdit"), Qt::Key_Return);
    EXPECT_TRUE(runtime().workbench().buckets("api")->at(1).isChanged);
    EXPECT_TRUE(m_dialog->isVisible());
    in<QPushButton>("realTimeButton")->click();
    EXPECT_TRUE(in<QLabel>("clockLabel")->text().endsWith("the real time"));
    EXPECT_NE(fetch("/time"), "2031");
}

TEST_F(WindowState, AServerThatDoesNotRunSaysSo)
{
    openDialog(false);
    EXPECT_TRUE(in<QLabel>("stateMessage")->text().contains("does not run"));
    EXPECT_FALSE(in<QTableView>("bucketItems")->isEnabled());
    EXPECT_FALSE(in<QTableWidget>("scenarioTable")->isEnabled());
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return items()->rowCount() == 2; }));
    EXPECT_EQ(in<QLabel>("stateMessage")->text(), "");
}

} // namespace understudy::ui::test
