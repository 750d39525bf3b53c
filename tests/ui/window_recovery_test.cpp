// SPDX-License-Identifier: GPL-3.0-or-later
// How the window offers what an earlier run has left.
#include "tests/ui/recovery_support.h"
#include "tests/ui/steady_editor.h"
#include "tests/ui/window_fixture.h"

#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "ui/document/recovery.h"

#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QTableView>

namespace understudy::ui::test {

using steady::editedServer;
using steady::editNumber;

class WindowRecovery : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", textOf(editedServer(0)));
    }
    QString logFolder() const { return m_folder.filePath(QStringLiteral("data/state/recovery")); }
    QStringList logs() const { return QDir(logFolder()).entryList({QStringLiteral("*.log")}); }
    void leave(int n)
    {
        RecoveryLog log(logFolder(), workspaceFolder(), [](const QString &) {});
        log.put({{"api", std::make_shared<Server>(editedServer(n)), n, QDateTime::currentDateTime(),
                  read("api.mock.yaml")}});
    }
    QFrame *banner() { return WindowTest::banner("recovery"); }
};

TEST_F(WindowRecovery, WhatWasNotSavedIsOfferedAndRestored)
{
    leave(3);
    workspace().setDelays(50, 1000);
    open();
    ASSERT_NE(banner(), nullptr);
    EXPECT_TRUE(banner()->findChild<QLabel *>("bannerText")->text().startsWith("3 changes from"));
    EXPECT_EQ(editNumber(server("api")), 0);
    press(banner(), "file.restore");
    EXPECT_EQ(editNumber(server("api")), 3);
    EXPECT_EQ(banner(), nullptr);
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return workspace().saveState() == SaveState::Saved; }, 5000));
    EXPECT_TRUE(read("api.mock.yaml").contains("edit 3"));
    EXPECT_TRUE(QTest::qWaitFor([this] { return logs().isEmpty(); }, 5000));
    trigger("edit.undo");
    EXPECT_EQ(editNumber(server("api")), 0);
}

TEST_F(WindowRecovery, WhatWasNotSavedCanBeDiscarded)
{
    leave(3);
    open();
    ASSERT_NE(banner(), nullptr);
    press(banner(), "file.discard");
    EXPECT_EQ(banner(), nullptr);
    EXPECT_EQ(editNumber(server("api")), 0);
    EXPECT_TRUE(logs().isEmpty());
}

TEST_F(WindowRecovery, AnOfferThatWasClosedIsAmongTheProblems)
{
    leave(3);
    open();
    ASSERT_NE(banner(), nullptr);
    QTest::mouseClick(banner()->findChild<QWidget *>("bannerCloseButton"), Qt::LeftButton);
    ASSERT_EQ(banner(), nullptr);
    auto *problems = find<QTableView>("problemsView");
    ASSERT_EQ(problems->model()->rowCount(), 1);
    Q_EMIT problems->activated(problems->model()->index(0, 0));
    ASSERT_NE(banner(), nullptr);
    press(banner(), "file.restore");
    EXPECT_EQ(editNumber(server("api")), 3);
    EXPECT_EQ(problems->model()->rowCount(), 0);
}

TEST_F(WindowRecovery, WhatIsOfferedCanBeComparedFirst)
{
    leave(3);
    open();
    ASSERT_NE(banner(), nullptr);
    press(banner(), "file.compare");
    auto *text = find<QPlainTextEdit>("compareText");
    ASSERT_NE(text, nullptr);
    EXPECT_TRUE(text->toPlainText().contains("edit 3")) << text->toPlainText().toStdString();
    EXPECT_NE(banner(), nullptr) << "still to be decided";
}

TEST_F(WindowRecovery, AnUndecidedOfferComesAgain)
{
    leave(3);
    open();
    ASSERT_NE(banner(), nullptr);
    QTest::mouseClick(banner()->findChild<QWidget *>("bannerCloseButton"), Qt::LeftButton);
    endProgram();
    makeWindow();
    open();
    ASSERT_NE(banner(), nullptr);
}

TEST_F(WindowRecovery, WhatTheFileSaysAlreadyIsNotOffered)
{
    leave(3);
    write("api.mock.yaml", textOf(editedServer(3)));
    open();
    EXPECT_EQ(banner(), nullptr);
    EXPECT_TRUE(logs().isEmpty());
}

TEST_F(WindowRecovery, AServerWhoseFileIsGoneComesBackWithItsEdits)
{
    leave(3);
    ASSERT_TRUE(QFile::remove(workspaceFolder() + "/api.mock.yaml"));
    open();
    ASSERT_NE(banner(), nullptr);
    press(banner(), "file.restore");
    ASSERT_TRUE(workspace().find("api"));
    EXPECT_TRUE(read("api.mock.yaml").contains("edit 3"));
}

TEST_F(WindowRecovery, EditsThatCannotBeSavedOutliveTheProgram)
{
    workspace().setDelays(600'000, 1000);
    open();
    workspace().edit("api", "Edit", [](Server &s) { s = editedServer(5); });
    write("api.mock.yaml", textOf(editedServer(1)));
    m_window->saveAndQuit();
    endProgram();
    makeWindow();
    open();
    EXPECT_EQ(editNumber(server("api")), 1);
    ASSERT_NE(banner(), nullptr);
    press(banner(), "file.restore");
    EXPECT_EQ(editNumber(server("api")), 5);
    // Still the same conflict.
    EXPECT_FALSE(workspace().saveNow());
    EXPECT_EQ(read("api.mock.yaml"), textOf(editedServer(1)));
    EXPECT_NE(WindowTest::banner("externalChange"), nullptr);
}

TEST_F(WindowRecovery, RestoringAsksBeforeItOverwritesWhatWasChangedOutside)
{
    leave(3);
    const QByteArray theirs = textOf(editedServer(7));
    for (const char *answer : {"file.reload", "file.keepMine"}) {
        write("api.mock.yaml", theirs);
        workspace().setDelays(20, 1000);
        open();
        press(banner(), "file.restore");
        EXPECT_EQ(editNumber(server("api")), 3);
        EXPECT_TRUE(workspace().find("api")->hasConflict);
        EXPECT_EQ(workspace().saveState(), SaveState::NotSaved);
        // A change of the folder looks at every file again.
        write(QStringLiteral("other%1.mock.yaml").arg(answer), textOf(editedServer(0)));
        ASSERT_TRUE(QTest::qWaitFor([this] { return workspace().servers().size() > 1; }, 5000));
        EXPECT_FALSE(workspace().saveNow());
        EXPECT_EQ(read("api.mock.yaml"), theirs);
        if (answer == QLatin1String("file.reload")) {
            // Not answered: the same at the next start.
            m_window->saveAndQuit();
            endProgram();
            ASSERT_TRUE(QFile::remove(workspaceFolder() + "/otherfile.reload.mock.yaml"));
            makeWindow();
            open();
            press(banner(), "file.restore");
            press(WindowTest::banner("externalChange"), answer);
            EXPECT_EQ(editNumber(server("api")), 7);
            EXPECT_EQ(read("api.mock.yaml"), theirs);
            endProgram();
            write("api.mock.yaml", textOf(editedServer(0)));
            leave(3);
            makeWindow();
        } else {
            press(WindowTest::banner("externalChange"), answer);
            EXPECT_TRUE(read("api.mock.yaml").contains("edit 3"));
        }
    }
}

} // namespace understudy::ui::test
