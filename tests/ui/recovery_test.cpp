// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of edits when the program ends without being asked.
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

#include <csignal>
#include <random>

namespace understudy::ui::test {

namespace {

using steady::editedServer;
using steady::editNumber;
using steady::steadyEditorArguments;

/// A workspace with one server, and a folder for logs.
class RecoveryFolder
{
public:
    RecoveryFolder()
    {
        QDir().mkpath(workspace());
        write(textOf(editedServer(0)));
    }
    QString workspace() const { return m_folder.filePath(QStringLiteral("work")); }
    QString state() const { return m_folder.filePath(QStringLiteral("state")); }
    QString file() const { return workspace() + QStringLiteral("/api.mock.yaml"); }
    QStringList logs() const { return QDir(state()).entryList({QStringLiteral("*.log")}); }
    QByteArray read() const
    {
        QFile opened(file());
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    void write(const QByteArray &text) const
    {
        QFile opened(file());
        EXPECT_TRUE(opened.open(QIODevice::WriteOnly));
        opened.write(text);
    }
    /// The number of the edit that the file holds; -1 for half an edit, or none.
    int savedEdit() const
    {
        const auto outcome = formats::native::read(read().toStdString(), "api.mock.yaml");
        return outcome.ok() ? editNumber(outcome.server) : -1;
    }

private:
    QTemporaryDir m_folder;
};

/// One run of the steady editor that is to be killed.
struct Victim
{
    RecoveryFolder folder;
    QProcess process;
    QDeadlineTimer kill{QDeadlineTimer::Forever};
    int delayMs = 0;
    bool countsFromStart = false;
    QByteArray said;

    void start(int seed, int autosaveMs)
    {
        process.start(QCoreApplication::applicationFilePath(),
                      steadyEditorArguments(folder.workspace(), folder.state(), seed, autosaveMs));
        if (countsFromStart)
            kill.setRemainingTime(delayMs);
    }
    /// True once it is gone.
    bool step()
    {
        said += process.readAllStandardOutput();
        if (kill.isForever() && said.startsWith('R'))
            kill.setRemainingTime(delayMs);
        if (kill.hasExpired() && process.state() == QProcess::Running)
            process.kill();
        if (process.state() != QProcess::NotRunning)
            return false;
        said += process.readAllStandardOutput();
        return true;
    }
    /// The last edit that was made at least `ticks` ticks, of ten milliseconds and more, before the
    /// end.
    int editBefore(int ticks) const
    {
        int passed = 0;
        const QList<QByteArray> lines = said.split('\n');
        for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
            passed += *line == "T";
            if (passed >= ticks && line->startsWith("E "))
                return line->mid(2).toInt();
        }
        return 0;
    }
};

/// What a user has after the next start: the newest of file and log.
int offeredEdit(const RecoveryFolder &folder)
{
    WorkspaceDocument workspace;
    const Recovery recovery(workspace, folder.state());
    if (!workspace.open(folder.workspace()) || !workspace.find("api"))
        return -1;
    int n = workspace.find("api")->value ? editNumber(*workspace.find("api")->value) : -1;
    for (const UnsavedEdits &edits : recovery.found())
        n = std::max(n, editNumber(*edits.value));
    return n;
}

} // namespace

TEST(Recovery, OffersWhatWas200MsOldWhereverTheProgramIsKilled)
{
    constexpr int kKills = 200;
    constexpr std::size_t kAtOnce = 6;
    constexpr int kAutosaveMs = 250;
    constexpr int kTicks = 20; // of ten milliseconds
    std::mt19937 random(20240607);
    std::vector<std::unique_ptr<Victim>> running;
    int started = 0;
    int withEdits = 0;
    const auto judge = [&](const Victim &victim, int number) {
        const int saved = victim.folder.savedEdit();
        EXPECT_GE(saved, 0) << "kill " << number << " left half a file";
        const int wanted = victim.editBefore(kTicks);
        EXPECT_GE(offeredEdit(victim.folder), wanted)
            << "kill " << number << ", saved is " << saved;
        withEdits += wanted > 0;
    };
    const bool isDone = QTest::qWaitFor(
        [&] {
            while (running.size() < kAtOnce && started < kKills) {
                auto &victim = running.emplace_back(std::make_unique<Victim>());
                victim->delayMs = static_cast<int>(random() % 900);
                victim->countsFromStart = random() % 10 == 0;
                victim->start(++started, kAutosaveMs);
            }
            std::erase_if(running, [&](const auto &victim) {
                if (!victim->step())
                    return false;
                judge(*victim, started);
                return true;
            });
            return running.empty() && started == kKills;
        },
        110'000);
    EXPECT_TRUE(isDone);
    // Else it would prove little.
    EXPECT_GT(withEdits, kKills / 3);
}

TEST(Recovery, SigtermAndSigintSaveAndEnd)
{
    for (const int number : {SIGTERM, SIGINT}) {
        Victim victim;
        victim.delayMs = 1'000'000;
        victim.start(1, 600'000);
        ASSERT_TRUE(QTest::qWaitFor(
            [&] {
                victim.step();
                return victim.said.contains("E 3");
            },
            20'000));
        ::kill(static_cast<pid_t>(victim.process.processId()), number);
        ASSERT_TRUE(QTest::qWaitFor([&] { return victim.step(); }, 20'000));
        EXPECT_EQ(victim.process.exitStatus(), QProcess::NormalExit);
        EXPECT_EQ(victim.process.exitCode(), 0);
        EXPECT_EQ(victim.folder.savedEdit(), victim.editBefore(0));
        EXPECT_TRUE(victim.folder.logs().isEmpty());
    }
}

TEST(Recovery, TheDesktopEndsWellOnSigterm)
{
    const RecoveryFolder folder;
    QTemporaryDir home;
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        environment.insert(QString::fromLatin1(name), home.path());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(UNDERSTUDY_DESKTOP_PROGRAM), {folder.workspace()});
    ASSERT_TRUE(program.waitForStarted());
    // It remembers the folder once it is open.
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            QFile settings(home.filePath(QStringLiteral("understudy/understudy.conf")));
            return settings.open(QIODevice::ReadOnly)
                   && settings.readAll().contains(folder.workspace().toUtf8());
        },
        30'000));
    program.terminate();
    ASSERT_TRUE(QTest::qWaitFor([&] { return program.state() == QProcess::NotRunning; }, 30'000));
    EXPECT_EQ(program.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(program.exitCode(), 0);
}

TEST(Recovery, TheLogIsGoneWhenEverythingIsSaved)
{
    const RecoveryFolder folder;
    WorkspaceDocument workspace;
    const Recovery recovery(workspace, folder.state());
    workspace.setDelays(600'000, 1000);
    ASSERT_TRUE(workspace.open(folder.workspace()));
    workspace.edit("api", "Edit", [](Server &s) { s = editedServer(1); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return folder.logs().size() == 1; }, 5000));
    ASSERT_TRUE(workspace.saveNow());
    EXPECT_TRUE(QTest::qWaitFor([&] { return folder.logs().isEmpty(); }, 5000));
}

TEST(Recovery, ARunningProgramsLogIsNotTaken)
{
    const RecoveryFolder folder;
    WorkspaceDocument mine;
    const Recovery recovery(mine, folder.state());
    mine.setDelays(600'000, 1000);
    ASSERT_TRUE(mine.open(folder.workspace()));
    mine.edit("api", "Edit", [](Server &s) { s = editedServer(1); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return folder.logs().size() == 1; }, 5000));
    {
        WorkspaceDocument other;
        const Recovery second(other, folder.state());
        ASSERT_TRUE(other.open(folder.workspace()));
        EXPECT_TRUE(second.found().empty());
    }
    EXPECT_EQ(folder.logs().size(), 1);
}

TEST(Recovery, HalfARecordHidesNoneBeforeIt)
{
    const RecoveryFolder folder;
    const auto put = [](RecoveryLog &log, int n) {
        log.put(
            {{"api", std::make_shared<Server>(editedServer(n)), n, QDateTime::currentDateTime()}});
        log.wait();
    };
    {
        RecoveryLog log(folder.state(), folder.workspace(), [](const QString &) {});
        put(log, 1);
        put(log, 2);
        put(log, 3);
    }
    ASSERT_EQ(folder.logs().size(), 1);
    QFile file(folder.state() + '/' + folder.logs().front());
    ASSERT_TRUE(file.resize(file.size() - 3));
    EXPECT_EQ(offeredEdit(folder), 2);
}

} // namespace understudy::ui::test
