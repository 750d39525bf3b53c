// SPDX-License-Identifier: GPL-3.0-or-later
// What is done by workers for a large file: saving it, and compiling it for the running server.
#include "tests/ui/window_fixture.h"
#include "ui/document/runtime_controller.h"

#include <QSignalSpy>

using namespace understudy;
using namespace understudy::ui;
using namespace understudy::ui::test;

namespace {

class LargeServer : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        QByteArray endpoints = "# first of all\n";
        for (int i = 0; i < 2500; ++i) {
            const QByteArray n = QByteArray::number(i);
            endpoints += "- id: e" + n + "\n  method: GET\n  path: /thing" + n
                         + "\n  responses:\n  - headers:\n      Content-Type: text/plain\n"
                           "    body: text of thing "
                         + n + "\n";
        }
        write(QStringLiteral("large.mock.yaml"), serverText("Large", 0, endpoints));
        open();
        ASSERT_TRUE(document()->isLarge());
        workspace().setDelays(20, 0);
    }

    const ServerDocument *document() { return workspace().find(QStringLiteral("large")); }
    QByteArray onDisk() { return read(QStringLiteral("large.mock.yaml")); }
    void setBody(const char *endpoint, const std::string &text)
    {
        ASSERT_TRUE(
            workspace().edit(QStringLiteral("large"), QStringLiteral("Body"), [&](Server &s) {
                findEndpoint(s, endpoint)->responses[0].body.content = text;
            }));
    }
    bool waitUntilSaved()
    {
        return QTest::qWaitFor([&] { return workspace().saveState() == SaveState::Saved; }, 20'000);
    }
};

} // namespace

TEST_F(LargeServer, IsSavedWithTheRestAsItWas)
{
    QByteArray expected = onDisk();
    expected.replace("body: text of thing 7\n", "body: another text\n");
    setBody("e7", "another text");
    EXPECT_EQ(workspace().saveState(), SaveState::Saving);
    ASSERT_TRUE(waitUntilSaved());
    EXPECT_EQ(onDisk(), expected);
    EXPECT_FALSE(document()->hasConflict);
    workspace().undoStack()->undo();
    ASSERT_TRUE(waitUntilSaved());
    EXPECT_EQ(onDisk(), expected.replace("body: another text\n", "body: text of thing 7\n"));
}

TEST_F(LargeServer, KeepsWhatIsEditedWhileItIsSaved)
{
    setBody("e1", "first");
    ASSERT_TRUE(QTest::qWaitFor([&] { return document()->isSaving; }, 20'000));
    setBody("e2", "second");
    ASSERT_TRUE(waitUntilSaved());
    EXPECT_TRUE(onDisk().contains("body: first\n"));
    EXPECT_TRUE(onDisk().contains("body: second\n"));
    EXPECT_FALSE(document()->hasConflict);
}

TEST_F(LargeServer, IsWrittenBeforeItIsClosed)
{
    setBody("e1", "first");
    ASSERT_TRUE(QTest::qWaitFor([&] { return document()->isSaving; }, 20'000));
    setBody("e2", "second");
    workspace().close();
    EXPECT_TRUE(onDisk().contains("body: first\n"));
    EXPECT_TRUE(onDisk().contains("body: second\n"));
}

TEST_F(LargeServer, IsDeletedAndComesBackWithEditsThatWereBeingSaved)
{
    setBody("e1", "mine");
    ASSERT_TRUE(QTest::qWaitFor([&] { return document()->isSaving; }, 20'000));
    workspace().removeServer(QStringLiteral("large"));
    EXPECT_TRUE(onDisk().isEmpty());
    workspace().undoStack()->undo();
    ASSERT_TRUE(document());
    ASSERT_TRUE(waitUntilSaved());
    EXPECT_TRUE(onDisk().contains("body: mine\n"));
    EXPECT_FALSE(document()->hasConflict);
}

TEST_F(LargeServer, ThatSomebodyElseWritesIsNotWrittenOver)
{
    QByteArray other = onDisk();
    other.replace("body: text of thing 9\n", "body: of somebody else\n");
    setBody("e1", "mine");
    ASSERT_TRUE(QTest::qWaitFor([&] { return document()->isSaving; }, 20'000));
    write(QStringLiteral("large.mock.yaml"), other);
    // Before the worker looked, it is a conflict; after it wrote, a change from outside.
    const auto isTold = [&] {
        return !document()->isSaving
               && (document()->hasConflict
                   || findEndpoint(*document()->value, "e9")->responses[0].body.content
                          == "of somebody else");
    };
    const bool isWritten
        = QTest::qWaitFor([&] { return isTold() || onDisk().contains("body: mine\n"); }, 20'000);
    ASSERT_TRUE(isWritten);
    if (!onDisk().contains("body: mine\n")) {
        EXPECT_TRUE(QTest::qWaitFor(isTold, 20'000));
        EXPECT_EQ(onDisk(), other);
    }
}

TEST_F(LargeServer, AnswersWithTheLastOfSeveralEdits)
{
    ASSERT_TRUE(runtime().start(QStringLiteral("large")));
    EXPECT_NE(get(QStringLiteral("large"), "/thing3").find("text of thing 3"), std::string::npos);
    for (const char *text : {"one", "two", "three"}) {
        setBody("e3", text);
        QTest::qWait(0);
    }
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return get(QStringLiteral("large"), "/thing3").ends_with("three"); }, 20'000));
    // Told at once where it is asked for.
    setBody("e3", "four");
    runtime().flush();
    EXPECT_TRUE(get(QStringLiteral("large"), "/thing3").ends_with("four"));
}

TEST_F(LargeServer, SaysWhyAnEditIsNotTaken)
{
    ASSERT_TRUE(runtime().start(QStringLiteral("large")));
    QSignalSpy failed(&runtime(), &RuntimeController::updateFailed);
    workspace().edit(QStringLiteral("large"), QStringLiteral("Path"),
                     [](Server &s) { findEndpoint(s, "e5")->path = "/{a}/{a}"; });
    EXPECT_TRUE(QTest::qWaitFor([&] { return failed.count() == 1; }, 20'000));
    EXPECT_FALSE(runtime().problem(QStringLiteral("large")).isEmpty());
    workspace().undoStack()->undo();
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return runtime().problem(QStringLiteral("large")).isEmpty(); }, 20'000));
}
