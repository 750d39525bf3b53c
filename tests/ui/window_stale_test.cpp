// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about the world outside stays true when that changes.
#include "tests/ui/window_fixture.h"

#include "core/runtime/authority.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

namespace understudy::ui::test {

class WindowStale : public WindowTest
{
protected:
    void occupy()
    {
        m_other = std::make_unique<QTcpServer>();
        ASSERT_TRUE(m_other->listen(QHostAddress::LocalHost, 0));
        m_port = m_other->serverPort();
    }
    void leave() { m_other.reset(); }
    void openServer() { m_window->editors().open(ObjectRef::server("api"), true); }
    QString stateOf(const char *label)
    {
        return inEditor<QLabel>(label)->property("state").toString();
    }
    bool waitForState(const char *label, const QString &wanted)
    {
        return QTest::qWaitFor([&] { return stateOf(label) == wanted; }, 10'000);
    }
    bool waitForRow(RowState wanted)
    {
        return QTest::qWaitFor([&] { return state("api") == wanted; }, 10'000);
    }
    int problems() { return find<QTableView>("problemsView")->model()->rowCount(); }

    std::unique_ptr<QTcpServer> m_other;
    quint16 m_port = 0;
};

TEST_F(WindowStale, APortThatBecameFreeIsNotSaidToBeTaken)
{
    occupy();
    write("api.mock.yaml", serverText("Api", m_port, kHello));
    open();
    openServer();
    ASSERT_EQ(stateOf("portMessage"), "taken");
    ASSERT_FALSE(inEditor<QPushButton>("serverStartButton")->isEnabled());
    leave();
    EXPECT_TRUE(waitForState("portMessage", "free"));
    EXPECT_TRUE(inEditor<QPushButton>("serverStartButton")->isEnabled());
}

TEST_F(WindowStale, APortThatTheServerRunsOnIsNotSaidToBeTaken)
{
    occupy();
    write("api.mock.yaml", serverText("Api", m_port, kHello));
    open();
    openServer();
    ASSERT_EQ(stateOf("portMessage"), "taken");
    leave();
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_EQ(stateOf("portMessage"), "free");
    EXPECT_TRUE(inEditor<QLabel>("portMessage")->isHidden());
}

TEST_F(WindowStale, APortThatAnotherServerGaveUpIsFree)
{
    const quint16 port = freePort();
    write("api.mock.yaml", serverText("Api", port, kHello));
    write("other.mock.yaml", serverText("Other", port, kHello));
    open();
    openServer();
    ASSERT_EQ(stateOf("portMessage"), "usedByServer");
    workspace().edit("other", "Port", [](Server &s) { s.listen.port = 0; });
    EXPECT_EQ(stateOf("portMessage"), "free");
}

TEST_F(WindowStale, AFailedStartIsForgottenWhenItsPortIsFree)
{
    occupy();
    write("api.mock.yaml", serverText("Api", m_port, kHello));
    open();
    ASSERT_FALSE(runtime().start("api"));
    ASSERT_EQ(state("api"), RowState::Failed);
    ASSERT_TRUE(banner("portConflict"));
    ASSERT_EQ(problems(), 1);
    leave();
    EXPECT_TRUE(waitForRow(RowState::Stopped));
    EXPECT_FALSE(banner("portConflict"));
    EXPECT_EQ(problems(), 0);
    EXPECT_TRUE(runtime().problem("api").isEmpty());
}

TEST_F(WindowStale, AnEditThatARunningServerCouldNotTakeIsTakenWhenItCan)
{
    write("api.mock.yaml", serverText("Api", 0, kHello));
    open();
    ASSERT_TRUE(runtime().start("api"));
    occupy();
    workspace().edit("api", "Port", [this](Server &s) { s.listen.port = m_port; });
    runtime().flush();
    ASSERT_TRUE(banner("portConflict"));
    ASSERT_NE(portOf("api"), m_port);
    leave();
    EXPECT_TRUE(QTest::qWaitFor([this] { return portOf("api") == m_port; }, 10'000));
    EXPECT_TRUE(runtime().problem("api").isEmpty());
    EXPECT_FALSE(banner("portConflict"));
}

TEST_F(WindowStale, AFailedStartIsForgottenWhenItsFileIsMended)
{
    write("api.mock.yaml", "understudy: 1\nname: Api\nlisten: {port: 0}\n"
                           "behaviour: {latency: {samples: waits.csv}}\nendpoints:\n"
                               + kHello);
    open();
    openServer();
    ASSERT_FALSE(runtime().start("api"));
    ASSERT_EQ(state("api"), RowState::Failed);
    ASSERT_TRUE(waitForState("latencyMessage", "invalid"));
    write("waits.csv", "10ms\n20ms\n30ms\n");
    EXPECT_TRUE(waitForRow(RowState::Stopped));
    EXPECT_TRUE(waitForState("latencyMessage", "valid"));
    EXPECT_TRUE(runtime().start("api"));
}

TEST_F(WindowStale, AFailedStartIsForgottenWhenItsKeyIsMended)
{
    write("api.mock.yaml", "understudy: 1\nname: Api\nlisten:\n  port: 0\n  tls:\n"
                           "    certificate: one/authority.pem\n    key: key.pem\n"
                           "endpoints:\n"
                               + kHello);
    const std::filesystem::path folder(workspaceFolder().toStdU16String());
    ASSERT_TRUE(showAuthority(folder / "one"));
    open();
    openServer();
    ASSERT_FALSE(runtime().start("api"));
    ASSERT_EQ(state("api"), RowState::Failed);
    std::filesystem::copy_file(folder / "one/authority-key.pem", folder / "key.pem");
    EXPECT_TRUE(waitForRow(RowState::Stopped));
    EXPECT_TRUE(waitForState("tlsMessage", "valid"));
    EXPECT_TRUE(QTest::qWaitFor([this] { return problems() == 0; }, 10'000));
    // And the other way: what was right goes wrong.
    std::filesystem::remove(folder / "key.pem");
    EXPECT_TRUE(waitForState("tlsMessage", "invalid"));
}

TEST_F(WindowStale, ABodyFileIsLookedForAgainWithoutAnyAction)
{
    write("api.mock.yaml",
          serverText("Api", 0, "- id: a\n  path: /a\n  responses:\n  - bodyFile: late.json\n"));
    open();
    m_window->editors().open(ObjectRef::endpoint("api", "a"), true);
    ASSERT_EQ(stateOf("bodyFileMessage"), "missing");
    write("late.json", "{}");
    EXPECT_TRUE(waitForState("bodyFileMessage", "valid"));
    EXPECT_TRUE(inEditor<QLabel>("bodyFileMessage")->text().isEmpty());
    ASSERT_TRUE(QFile::remove(workspaceFolder() + "/late.json"));
    EXPECT_TRUE(waitForState("bodyFileMessage", "missing"));
}

TEST_F(WindowStale, AnAddressWhereNobodyListensAnyMoreIsNotOffered)
{
    m_window->openSample();
    ASSERT_TRUE(banner("info"));
    runtime().stopAll();
    EXPECT_TRUE(QTest::qWaitFor([this] { return !banner("info"); }, 5000));
}

} // namespace understudy::ui::test
