// SPDX-License-Identifier: GPL-3.0-or-later
// The session without a window: what its flows do, and what they say came of it.
#include "ui/session/desktop_session.h"

#include "tests/support/loopback_client.h"
#include "ui/services/text.h"
#include "ui/session/import_flow.h"
#include "ui/session/mock_flow.h"
#include "ui/session/server_flows.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace understudy::ui::test {

class SessionTest : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(m_folder.isValid());
        begin();
    }
    void begin()
    {
        m_session.reset();
        SessionOptions options;
        options.settingsFile = path("settings.ini");
        options.dataFolder = path("data");
        options.authorityFolder = path("authority");
        options.ports.mayBindLow = [](quint16) { return false; };
        m_session = std::make_unique<DesktopSession>(std::move(options));
    }
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void openWork() { ASSERT_TRUE(m_session->open(path("work"))); }
    WorkspaceDocument &workspace() { return m_session->workspace(); }
    RuntimeController &runtime() { return m_session->runtime(); }
    const Server &server(const QString &id) { return *workspace().find(id)->value; }
    std::string get(const QString &id, const std::string &target)
    {
        return understudy::test::get(runtime().status(id)->port, target);
    }
    QString write(const char *name, const QByteArray &text)
    {
        QFile file(path(name));
        EXPECT_TRUE(QDir().mkpath(QFileInfo(file).absolutePath()));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        return file.fileName();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<DesktopSession> m_session;
};

TEST_F(SessionTest, ANewServerAnswersAndIsInItsFile)
{
    openWork();
    EXPECT_EQ(freeServerName(*m_session), "New API");
    const auto made = makeServer(*m_session, QStringLiteral("New API"), 0, true);
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->isRunning);
    EXPECT_EQ(freeServerName(*m_session), "New API 2");
    EXPECT_NE(get(made->id, "/hello").find("200 OK"), std::string::npos);
    EXPECT_EQ(server(made->id).items.front().endpoint()->id, toStd(made->endpointId));
    EXPECT_TRUE(QFile::exists(path("work") + "/new-api.mock.yaml"));
    const ServerAddress address = serverAddress(*m_session, made->id);
    EXPECT_EQ(address.example, address.url + "/hello");
    m_session->workspace().undoStack()->undo();
    EXPECT_TRUE(workspace().servers().empty());
}

TEST_F(SessionTest, TheSampleRunsOnAFreePortAndASecondStartChangesNothingOfTheUsers)
{
    const QString folder = unpackSamples(*m_session);
    ASSERT_TRUE(m_session->open(folder));
    const ShownServer sample = startSample(*m_session);
    EXPECT_TRUE(sample.isRunning);
    EXPECT_FALSE(sample.endpointId.isEmpty());
    workspace().edit(sample.id, QStringLiteral("Name"), [](Server &s) { s.name = "Mine"; });
    ASSERT_TRUE(m_session->mayLeave());
    begin();
    ASSERT_TRUE(m_session->open(unpackSamples(*m_session)));
    EXPECT_EQ(server(sample.id).name, "Mine");
}

TEST_F(SessionTest, RemembersTheLastTenWorkspacesOnce)
{
    const QSignalSpy changed(m_session.get(), &DesktopSession::recentFoldersChanged);
    for (int n = 0; n < 11; ++n)
        ASSERT_TRUE(m_session->open(m_folder.filePath(QString::number(n))));
    ASSERT_TRUE(m_session->open(m_folder.filePath("5")));
    ASSERT_TRUE(m_session->open(m_folder.filePath("5"))); // it is open: nothing happens
    EXPECT_EQ(changed.count(), 12);
    begin();
    QStringList names;
    for (const QString &folder : m_session->recentFolders())
        names << QFileInfo(folder).fileName();
    EXPECT_EQ(names.join(' '), "5 10 9 8 7 6 4 3 2 1");
}

TEST_F(SessionTest, AFolderThatIsNoneSaysWhyAndIsNotRemembered)
{
    const auto opened = m_session->open(write("file", "text"));
    ASSERT_FALSE(opened);
    EXPECT_FALSE(opened.error().message.empty());
    EXPECT_TRUE(m_session->recentFolders().isEmpty());
}

TEST_F(SessionTest, AnImportReportsWhatItDidAndIsOneStep)
{
    openWork();
    const auto first = makeServer(*m_session, QStringLiteral("First"), 4100, false);
    const QString file = write("from/other.mock.yaml", "understudy: 1\n"
                                                       "listen: {port: 4100}\n"
                                                       "endpoints:\n"
                                                       "- path: /a\n"
                                                       "  responses:\n"
                                                       "  - bodyFile: a.txt\n"
                                                       "- path: /b\n"
                                                       "  responses:\n"
                                                       "  - bodyFile: b.txt\n");
    write("from/a.txt", "brought along");
    write("from/b.txt", "theirs");
    write("work/b.txt", "mine");
    const ImportOffer offer = readImport(*m_session, file);
    EXPECT_TRUE(offer.failure.isEmpty()) << toStd(offer.failure);
    EXPECT_EQ(offer.folders,
              (QStringList{path("work"), path("from"), path("data") + "/workspace"}));
    const ImportOutcome done = takeImport(*m_session, offer.outcome);
    ASSERT_EQ(done.servers.size(), 1);
    EXPECT_TRUE(done.failures.isEmpty());
    ASSERT_EQ(done.notCopied.size(), 1);
    EXPECT_TRUE(done.notCopied.front().contains("b.txt")) << toStd(done.notCopied.front());
    EXPECT_NE(server(done.servers.front()).listen.port, 4100);
    ASSERT_TRUE(runtime().start(done.servers.front()));
    EXPECT_EQ(understudy::test::bodyOf(get(done.servers.front(), "/a")), "brought along");
    workspace().undoStack()->undo();
    EXPECT_EQ(workspace().servers().size(), 1U);
}

TEST_F(SessionTest, WhatCannotBeImportedSaysWhy)
{
    EXPECT_FALSE(readImport(*m_session, write("x.json", "{\"a\": 1}")).failure.isEmpty());
    EXPECT_FALSE(readImport(*m_session, path("nowhere.json")).failure.isEmpty());
}

TEST_F(SessionTest, AMockIsMadeOfARequestAndTheRunningServerHasItAtOnce)
{
    openWork();
    const auto made = makeServer(*m_session, QStringLiteral("Api"), 0, true);
    ASSERT_TRUE(made && made->isRunning);
    get(made->id, "/orders/7");
    const auto rows = runtime().journal().readSince(0, 10).entries;
    ASSERT_EQ(rows.size(), 1U);
    const MockOutcome mock = mockFrom(*m_session, rows.front());
    EXPECT_TRUE(mock.isMade);
    EXPECT_EQ(mock.label, "GET /orders/7");
    EXPECT_NE(get(made->id, "/orders/7").find("200 OK"), std::string::npos);
    // Now there is an answer: the same row shows it, and nothing is made.
    const MockOutcome again = mockFrom(*m_session, rows.front());
    EXPECT_FALSE(again.isMade);
    EXPECT_TRUE(again.failure.isEmpty());
    EXPECT_EQ(again.where.endpointId, mock.where.endpointId);
    workspace().removeServer(made->id);
    EXPECT_FALSE(mockFrom(*m_session, rows.front()).failure.isEmpty());
}

TEST_F(SessionTest, AnAddressThatIsTakenHasAnotherOneToOffer)
{
    QTcpServer occupier;
    ASSERT_TRUE(occupier.listen(QHostAddress::LocalHost, 0));
    openWork();
    const auto made = makeServer(*m_session, QStringLiteral("Api"), occupier.serverPort(), false);
    ASSERT_TRUE(made);
    QString why;
    ErrorCode code{};
    QObject::connect(&runtime(), &RuntimeController::startFailed, m_session.get(),
                     [&](const QString &, int errorCode, const QString &message) {
                         code = static_cast<ErrorCode>(errorCode);
                         why = message;
                     });
    EXPECT_FALSE(runtime().start(made->id));
    const PortConflict conflict = portConflict(*m_session, made->id, code, why);
    EXPECT_TRUE(conflict.text.startsWith("Api could not start")) << toStd(conflict.text);
    ASSERT_GT(conflict.nextPort, occupier.serverPort());
    usePort(*m_session, made->id, conflict.nextPort);
    EXPECT_TRUE(runtime().isRunning(made->id));
    EXPECT_EQ(server(made->id).listen.port, conflict.nextPort);
}

TEST_F(SessionTest, AFailureThatAnotherPortDoesNotCureOffersNone)
{
    openWork();
    const auto made = makeServer(*m_session, QStringLiteral("Api"), 0, false);
    EXPECT_EQ(portConflict(*m_session, made->id, ErrorCode::Invalid, "why").nextPort, 0);
    EXPECT_GE(portConflict(*m_session, made->id, ErrorCode::Access, "why").nextPort, 1);
}

TEST_F(SessionTest, WhatCannotBeSavedIsNotLeftUnlessItIsGivenUp)
{
    openWork();
    const auto made = makeServer(*m_session, QStringLiteral("Api"), 0, false);
    ASSERT_TRUE(made);
    const QString file = workspace().find(made->id)->file;
    workspace().edit(made->id, QStringLiteral("Name"), [](Server &s) { s.name = "Mine"; });
    ASSERT_TRUE(QFile::remove(file));
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace().find(made->id)->isRemoved; }, 5000));
    EXPECT_FALSE(m_session->mayLeave());
    bool wasTrue = false;
    m_session->leaveWithout([&] { wasTrue = m_session->mayLeave(); });
    EXPECT_TRUE(wasTrue);
}

TEST_F(SessionTest, EndingWithoutAQuestionKeepsWhatCouldNotBeSaved)
{
    openWork();
    const auto made = makeServer(*m_session, QStringLiteral("Api"), 0, false);
    ASSERT_TRUE(made);
    workspace().edit(made->id, QStringLiteral("Name"), [](Server &s) { s.name = "Mine"; });
    ASSERT_TRUE(QFile::remove(workspace().find(made->id)->file));
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace().find(made->id)->isRemoved; }, 5000));
    m_session->saveForGood();
    begin();
    openWork();
    ASSERT_EQ(m_session->recovery().found().size(), 1U);
    m_session->recovery().restore();
    EXPECT_EQ(server(made->id).name, "Mine");
}

} // namespace understudy::ui::test
