// SPDX-License-Identifier: GPL-3.0-or-later
// Edits that cannot be saved: nothing about them is silent, and nothing leads out but an answer.
#include "tests/ui/window_fixture.h"

#include "ui/dialogs/compare_dialog.h"
#include "ui/dialogs/unsaved_dialog.h"
#include "ui/document/recovery.h"
#include "ui/models/problems_model.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

namespace understudy::ui::test {

class WindowUnsaved : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0, kHello));
        workspace().setDelays(600'000, 1000);
        open();
    }

    void rename(const std::string &name)
    {
        workspace().edit("api", "Name", [&](Server &s) { s.name = name; });
    }
    QFrame *banner()
    {
        QFrame *changed = WindowTest::banner("externalChange");
        return changed ? changed : WindowTest::banner("saveFailed");
    }
    void closeBanner()
    {
        ASSERT_NE(banner(), nullptr);
        QTest::mouseClick(banner()->findChild<QWidget *>("bannerCloseButton"), Qt::LeftButton);
        ASSERT_EQ(banner(), nullptr);
    }
    /// Edited here and outside, with the question closed unanswered.
    void makeClosedConflict()
    {
        rename("Mine");
        write("api.mock.yaml", serverText("Theirs", 0, kHello));
        ASSERT_TRUE(QTest::qWaitFor([this] { return banner() != nullptr; }, 5000));
        closeBanner();
    }
    UnsavedDialog *dialog()
    {
        for (auto *found : m_window->findChildren<UnsavedDialog *>()) {
            if (found->isVisible())
                return found;
        }
        return nullptr;
    }
    QString saveState()
    {
        return find<QToolButton>("saveStateLabel")->property("state").toString();
    }
    void expectChoice()
    {
        ASSERT_NE(banner(), nullptr);
        EXPECT_TRUE(button(banner(), "file.reload"));
        press(banner(), "file.keepMine");
        EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
        EXPECT_EQ(saveState(), "saved");
    }
};

TEST_F(WindowUnsaved, SavingLeadsBackToTheChoiceThatWasClosed)
{
    makeClosedConflict();
    EXPECT_EQ(saveState(), "notSaved");
    trigger("file.save");
    expectChoice();
}

TEST_F(WindowUnsaved, TheSaveStateLeadsBackToTheChoiceByMouseAndKeyboard)
{
    makeClosedConflict();
    auto *label = find<QToolButton>("saveStateLabel");
    label->setFocus();
    QTest::keyClick(label, Qt::Key_Space);
    closeBanner();
    QTest::mouseClick(label, Qt::LeftButton);
    expectChoice();
}

TEST_F(WindowUnsaved, ProblemsListsItAndLeadsBackToTheChoice)
{
    makeClosedConflict();
    auto *problems = find<QTableView>("problemsView");
    ASSERT_EQ(problems->model()->rowCount(), 1);
    EXPECT_EQ(problems->model()->index(0, 0).data(ProblemsModel::FieldRole), "file");
    Q_EMIT problems->activated(problems->model()->index(0, 0));
    expectChoice();
    EXPECT_EQ(problems->model()->rowCount(), 0);
}

TEST_F(WindowUnsaved, TheTwoVersionsCanBeComparedBeforeTheChoice)
{
    rename("Mine");
    write("api.mock.yaml", serverText("Theirs", 0, kHello));
    ASSERT_TRUE(QTest::qWaitFor([this] { return banner() != nullptr; }, 5000));
    press(banner(), "file.compare");
    auto *compare = find<CompareDialog>("compareDialog");
    ASSERT_NE(compare, nullptr);
    const QStringList lines
        = compare->findChild<QPlainTextEdit *>("compareText")->toPlainText().split('\n');
    EXPECT_EQ(lines.filter(QStringLiteral("− ")), QStringList{"− name: Theirs"});
    EXPECT_EQ(lines.filter(QStringLiteral("+ ")), QStringList{"+ name: Mine"});
    EXPECT_EQ(lines.first(), "api.mock.yaml");
    compare->close();
    m_window->close();
    ASSERT_NE(dialog(), nullptr);
    press(dialog(), "file.compare");
    EXPECT_NE(dialog()->findChild<CompareDialog *>(), nullptr);
    dialog()->findChild<CompareDialog *>()->close();
    EXPECT_EQ(saveState(), "notSaved") << "nothing is chosen by it";
    dialog()->reject();
    expectChoice();
}

TEST_F(WindowUnsaved, QuittingOffersTheChoiceAndGoesOnWithIt)
{
    makeClosedConflict();
    m_window->close();
    ASSERT_NE(dialog(), nullptr);
    EXPECT_TRUE(m_window->isVisible());
    press(dialog(), "file.keepMine");
    EXPECT_TRUE(QTest::qWaitFor([this] { return !m_window->isVisible(); }, 5000));
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
}

TEST_F(WindowUnsaved, QuittingAsksEveryTimeUntilItIsAnswered)
{
    makeClosedConflict();
    for (int i = 0; i < 3; ++i) {
        m_window->close();
        ASSERT_NE(dialog(), nullptr);
        QTest::mouseClick(dialog()->findChild<QPushButton *>("unsavedCancelButton"),
                          Qt::LeftButton);
        ASSERT_EQ(dialog(), nullptr);
        EXPECT_TRUE(m_window->isVisible());
    }
    m_window->close();
    QTest::mouseClick(dialog()->findChild<QPushButton *>("discardButton"), Qt::LeftButton);
    EXPECT_FALSE(m_window->isVisible());
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Theirs"));
}

TEST_F(WindowUnsaved, ClosingTheWorkspaceAndOpeningAnotherAskFirst)
{
    makeClosedConflict();
    trigger("file.close");
    ASSERT_NE(dialog(), nullptr);
    QTest::mouseClick(dialog()->findChild<QPushButton *>("unsavedCancelButton"), Qt::LeftButton);
    EXPECT_TRUE(workspace().isOpen());
    const QString other = m_folder.filePath("other");
    EXPECT_FALSE(m_window->openWorkspace(other));
    ASSERT_NE(dialog(), nullptr);
    EXPECT_EQ(workspace().folder(), workspaceFolder());
    press(dialog(), "file.keepMine");
    EXPECT_TRUE(QTest::qWaitFor([&] { return workspace().folder() == other; }, 5000));
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
}

TEST_F(WindowUnsaved, AFileRemovedUnderEditsIsAQuestion)
{
    rename("Mine");
    ASSERT_TRUE(QFile::remove(workspaceFolder() + "/api.mock.yaml"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return banner() != nullptr; }, 5000));
    closeBanner();
    EXPECT_EQ(saveState(), "notSaved");
    trigger("file.save");
    EXPECT_TRUE(button(banner(), "file.forget"));
    press(banner(), "file.writeAgain");
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
    EXPECT_EQ(saveState(), "saved");
}

TEST_F(WindowUnsaved, AFileBrokenUnderEditsIsAQuestion)
{
    rename("Mine");
    write("api.mock.yaml", "understudy: 1\nname: [\n");
    ASSERT_TRUE(QTest::qWaitFor([this] { return banner() != nullptr; }, 5000));
    press(banner(), "file.reload");
    EXPECT_EQ(saveState(), "notSaved");
    ASSERT_NE(banner(), nullptr);
    closeBanner();
    trigger("file.save");
    press(banner(), "file.keepMine");
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
    EXPECT_EQ(saveState(), "saved");
    EXPECT_EQ(state("api"), RowState::Stopped);
}

TEST_F(WindowUnsaved, AFailedSaveAsksAgainWhenSavedAgain)
{
    rename("Mine");
    // A folder where the file should be: nothing can be renamed over it, whatever the rights.
    const QString file = workspaceFolder() + "/api.mock.yaml";
    ASSERT_TRUE(QFile::rename(file, file + ".away"));
    ASSERT_TRUE(QDir().mkpath(file + "/x"));
    trigger("file.save");
    closeBanner();
    trigger("file.save");
    ASSERT_NE(banner(), nullptr);
    EXPECT_EQ(saveState(), "notSaved");
    ASSERT_TRUE(QDir(file).removeRecursively());
    ASSERT_TRUE(QFile::rename(file + ".away", file));
    press(banner(), "file.save");
    EXPECT_EQ(saveState(), "saved");
    EXPECT_EQ(banner(), nullptr);
}

TEST_F(WindowUnsaved, AFailedSaveIsTriedAgainByItself)
{
    rename("Mine");
    const QString file = workspaceFolder() + "/api.mock.yaml";
    ASSERT_TRUE(QFile::rename(file, file + ".away"));
    ASSERT_TRUE(QDir().mkpath(file + "/x"));
    workspace().setDelays(20, 1000);
    ASSERT_FALSE(workspace().saveNow());
    ASSERT_TRUE(QDir(file).removeRecursively());
    ASSERT_TRUE(QFile::rename(file + ".away", file));
    EXPECT_TRUE(QTest::qWaitFor([this] { return saveState() == "saved"; }, 5000));
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
}

TEST_F(WindowUnsaved, AConflictThatIsTakenBackOutsideIsNone)
{
    makeClosedConflict();
    workspace().setDelays(20, 1000);
    write("api.mock.yaml", serverText("Api", 0, kHello));
    EXPECT_TRUE(QTest::qWaitFor([this] { return saveState() == "saved"; }, 5000));
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Mine"));
}

TEST_F(WindowUnsaved, TheSameChangeOutsideIsNoConflict)
{
    rename("Mine");
    write("api.mock.yaml", serverText("Mine", 0, kHello));
    EXPECT_TRUE(QTest::qWaitFor([this] { return saveState() == "saved"; }, 5000));
    EXPECT_EQ(banner(), nullptr);
}

TEST_F(WindowUnsaved, UndoneEditsKeepTheQuestionAndTheirRedo)
{
    makeClosedConflict();
    trigger("edit.undo");
    EXPECT_EQ(saveState(), "notSaved");
    trigger("edit.redo");
    EXPECT_EQ(server("api").name, "Mine");
    trigger("file.save");
    expectChoice();
}

TEST_F(WindowUnsaved, SteadyTypingIsSavedWhileItGoesOn)
{
    workspace().setDelays(200, 1000);
    int n = 0;
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            rename("Typed " + std::to_string(++n));
            return read("api.mock.yaml").contains("name: Typed");
        },
        5000));
}

TEST_F(WindowUnsaved, AFieldThatIsStillBeingTypedInIsSavedOnLeaving)
{
    m_window->editors().open(ObjectRef::server("api"), true);
    auto *base = inEditor<QLineEdit>("basePathEdit");
    base->setFocus();
    QTest::keyClicks(base, "/api/v2");
    m_window->close();
    EXPECT_TRUE(read("api.mock.yaml").contains("base: /api/v2")) << read("api.mock.yaml").data();
}

TEST_F(WindowUnsaved, ASignalEndsTheProgramAlthoughAQuestionIsOpen)
{
    makeClosedConflict();
    // The dialog that comes before edits would be lost is open as well.
    m_window->close();
    ASSERT_NE(dialog(), nullptr);
    QTimer::singleShot(0, m_window.get(), &MainWindow::saveAndQuit);
    QTimer late;
    QObject::connect(&late, &QTimer::timeout, qApp, [] { QCoreApplication::exit(1); });
    late.start(5000);
    EXPECT_EQ(QApplication::exec(), 0);
    EXPECT_TRUE(read("api.mock.yaml").contains("name: Theirs"));
    endProgram();
    makeWindow();
    open();
    EXPECT_FALSE(m_session->recovery().found().empty());
}

} // namespace understudy::ui::test
