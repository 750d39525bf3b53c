// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>

namespace understudy::ui::test {

using WindowStart = WindowTest;

TEST_F(WindowStart, ShowsTheWelcomePageWithOneDefaultButton)
{
    QWidget *page = find<QWidget>("welcomePage");
    ASSERT_NE(page, nullptr);
    EXPECT_TRUE(page->isVisible());
    QStringList defaults;
    for (const QPushButton *button : page->findChildren<QPushButton *>()) {
        if (button->isDefault())
            defaults << button->objectName();
    }
    EXPECT_EQ(defaults, QStringList{"startSampleButton"});
    EXPECT_EQ(m_window->focusWidget(), find<QPushButton>("startSampleButton"));
}

TEST_F(WindowStart, IsNoLargerThanItsScreen)
{
    m_window->resize(5000, 4000);
    m_window->fitScreen();
    const QSize screen = m_window->screen()->availableSize();
    EXPECT_EQ(m_window->size(), screen.expandedTo(m_window->minimumSize()));
    m_window->resize(m_window->minimumSize());
    m_window->fitScreen();
    EXPECT_EQ(m_window->size(), m_window->minimumSize());
}

TEST_F(WindowStart, OneClickOnTheSampleGivesARunningServer)
{
    QTest::mouseClick(find<QPushButton>("startSampleButton"), Qt::LeftButton);
    ASSERT_FALSE(workspace().servers().empty());
    QString running;
    for (const auto &document : workspace().servers()) {
        if (runtime().isRunning(document->id))
            running = document->id;
    }
    ASSERT_FALSE(running.isEmpty());
    EXPECT_EQ(state(running), RowState::Running);
    int answered = 0;
    forEachEndpoint(server(running), [&](const EndpointVisit &visit) {
        if (visit.endpoint.methods.front() == "GET"
            && visit.endpoint.path.find('{') == std::string::npos)
            answered += statusOf(running, server(running).base + visit.endpoint.path) == 200;
    });
    EXPECT_GT(answered, 0);
}

TEST_F(WindowStart, TheSampleTakesTheNextFreePortAndSaysWhich)
{
    QTcpServer occupier;
    ASSERT_TRUE(occupier.listen(QHostAddress::LocalHost, m_firstPort));
    QTest::mouseClick(find<QPushButton>("startSampleButton"), Qt::LeftButton);
    const QString id = m_window->panel().currentServer();
    ASSERT_TRUE(runtime().isRunning(id));
    EXPECT_GT(portOf(id), m_firstPort);
    auto *text = find<QLabel>("bannerText");
    ASSERT_NE(text, nullptr);
    EXPECT_TRUE(text->text().contains(QString::number(portOf(id)))) << text->text().toStdString();
}

TEST_F(WindowStart, NewServerAndEnterGiveARunningServer)
{
    QTest::mouseClick(find<QPushButton>("welcomeNewServerButton"), Qt::LeftButton);
    auto *dialog = find<QDialog>("newServerDialog");
    ASSERT_NE(dialog, nullptr);
    QTest::keyClick(dialog->findChild<QLineEdit *>(QStringLiteral("newServerNameEdit")),
                    Qt::Key_Return);
    EXPECT_FALSE(dialog->isVisible());
    ASSERT_EQ(workspace().servers().size(), 1U)
        << workspace().folder().toStdString()
        << (find<QLabel>("bannerText") ? find<QLabel>("bannerText")->text().toStdString()
                                       : "no banner");
    const QString id = workspace().servers().front()->id;
    EXPECT_EQ(state(id), RowState::Running);
    EXPECT_EQ(statusOf(id, "/hello"), 200);
}

class WindowServers : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        for (const char *name : {"alpha", "beta", "gamma"})
            write(QString::fromLatin1(name) + ".mock.yaml", serverText(name, 0, kHello));
        open();
    }
};

TEST_F(WindowServers, TheButtonOfARowActsOnItsServerAndKeepsTheSelection)
{
    tree()->setCurrentIndex(serverRow("alpha"));
    clickRowButton(serverRow("beta"), QStringLiteral("toggleRun"));
    EXPECT_EQ(state("alpha"), RowState::Stopped);
    EXPECT_EQ(state("beta"), RowState::Running);
    EXPECT_EQ(state("gamma"), RowState::Stopped);
    EXPECT_EQ(m_window->panel().current(), ObjectRef::server("alpha"));
    clickRowButton(serverRow("beta"), QStringLiteral("toggleRun"));
    EXPECT_EQ(state("beta"), RowState::Stopped);
}

TEST_F(WindowServers, StartAllStartsAll)
{
    trigger("server.startAll");
    for (const char *id : {"alpha", "beta", "gamma"})
        EXPECT_EQ(state(id), RowState::Running) << id;
}

TEST_F(WindowServers, StartAllStartsTheOthersWhenOnePortIsTaken)
{
    QTcpServer occupier;
    ASSERT_TRUE(occupier.listen(QHostAddress::LocalHost, 0));
    workspace().edit("gamma", "Port", [&](Server &s) { s.listen.port = occupier.serverPort(); });
    trigger("server.startAll");
    EXPECT_EQ(state("alpha"), RowState::Running);
    EXPECT_EQ(state("beta"), RowState::Running);
    EXPECT_EQ(state("gamma"), RowState::Failed);
    EXPECT_FALSE(serverRow("gamma").data(WorkspaceTreeModel::WarningRole).toString().isEmpty());
    auto *banner = find<QFrame>("messageBanner");
    ASSERT_NE(banner, nullptr);
    EXPECT_EQ(banner->property("kind").toString(), "portConflict");
}

TEST_F(WindowServers, APortConflictOffersTheNextPort)
{
    QTcpServer occupier;
    ASSERT_TRUE(occupier.listen(QHostAddress::LocalHost, 0));
    workspace().edit("beta", "Port", [&](Server &s) { s.listen.port = occupier.serverPort(); });
    EXPECT_FALSE(runtime().start("beta"));
    QPushButton *useNext = nullptr;
    for (QPushButton *button : m_window->findChildren<QPushButton *>("bannerAction")) {
        if (button->property("actionId") == "port.useNext")
            useNext = button;
    }
    ASSERT_NE(useNext, nullptr);
    QTest::mouseClick(useNext, Qt::LeftButton);
    EXPECT_EQ(state("beta"), RowState::Running);
    EXPECT_EQ(statusOf("beta", "/hello"), 200);
}

TEST_F(WindowServers, AnotherPortIsTakenUpWithoutARestart)
{
    ASSERT_TRUE(runtime().start("alpha"));
    const quint16 before = portOf("alpha");
    m_window->editors().open(ObjectRef::server("alpha"), true);
    auto *spin = inEditor<QSpinBox>("portSpin");
    ASSERT_NE(spin, nullptr);
    const quint16 wanted = freePort();
    spin->setValue(wanted);
    Q_EMIT spin->editingFinished();
    ASSERT_TRUE(QTest::qWaitFor([&] { return portOf("alpha") == wanted; }, 1000));
    EXPECT_EQ(statusIn(understudy::test::get(wanted, "/hello")), 200);
    EXPECT_FALSE(understudy::test::LoopbackClient(before).isConnected());
}

TEST_F(WindowServers, APortOfAnotherServerIsNamedAndNotStarted)
{
    const quint16 port = freePort();
    workspace().edit("beta", "Port", [port](Server &s) { s.listen.port = port; });
    m_window->editors().open(ObjectRef::server("alpha"), true);
    inEditor<QSpinBox>("portSpin")->setValue(port);
    auto *message = inEditor<QLabel>("portMessage");
    EXPECT_EQ(message->property("state").toString(), "usedByServer");
    EXPECT_TRUE(message->text().contains("beta")) << message->text().toStdString();
    EXPECT_FALSE(inEditor<QPushButton>("serverStartButton")->isEnabled());
}

TEST_F(WindowTest, APrivilegedPortIsSaidBeforeAnyStart)
{
    m_tester.reset();
    endProgram();
    SessionOptions options;
    options.settingsFile = m_folder.filePath("settings.ini");
    options.dataFolder = m_folder.filePath("data");
    options.ports.mayBindLow = [](quint16) { return false; };
    m_session = std::make_unique<DesktopSession>(std::move(options));
    m_window = std::make_unique<MainWindow>(*m_session);
    write("alpha.mock.yaml", serverText("alpha", 0, kHello));
    open();
    m_window->editors().open(ObjectRef::server("alpha"), true);
    inEditor<QSpinBox>("portSpin")->setValue(80);
    EXPECT_EQ(inEditor<QLabel>("portMessage")->property("state").toString(), "privileged");
    auto *next = inEditor<QPushButton>("useNextPortButton");
    const int offered = next->property("port").toInt();
    EXPECT_GE(offered, 8080);
    QTest::mouseClick(next, Qt::LeftButton);
    EXPECT_EQ(server("alpha").listen.port, offered);
}

} // namespace understudy::ui::test
