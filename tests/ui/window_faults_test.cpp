// SPDX-License-Identifier: GPL-3.0-or-later
// Faults in a few clicks: the menu, the marks, the switches and the seeds.
#include "tests/ui/window_fixture.h"

#include "ui/models/traffic_columns.h"
#include "ui/panels/window/fault_status.h"
#include "ui/panels/window/faults_menu.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>

#include <algorithm>
#include <thread>

namespace understudy::ui::test {

namespace {

using namespace std::chrono_literals;

QByteArray serverWithSeed(const QByteArray &name, const QByteArray &extra)
{
    return "understudy: 1\nname: " + name + "\nlisten:\n  port: 0\nseed: 42\n" + extra
           + "endpoints:\n" + kHello;
}

/// Statuses of so many requests on one connection.
std::vector<int> statusesOf(quint16 port, int count)
{
    std::vector<int> statuses;
    understudy::test::LoopbackClient client(port);
    for (int i = 0; i < count; ++i) {
        client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
        const std::string answer = client.readAnswer();
        statuses.push_back(answer.size() < 12 ? 0 : std::atoi(answer.c_str() + 9));
    }
    return statuses;
}

} // namespace

class WindowFaults : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverWithSeed("Api", {}));
        open();
    }

    void select(const ObjectRef &ref) { m_window->panel().reveal(ref); }
    /// What a click on the button and one on the entry of its menu do.
    void chooseFault(const char *id)
    {
        auto *menu = find<QMenu>("faultsMenu");
        Q_EMIT menu->aboutToShow();
        trigger(id);
        runtime().flush();
    }
    void chooseInChip(const char *id)
    {
        auto *menu = find<QMenu>("faultChipMenu");
        Q_EMIT menu->aboutToShow();
        for (QAction *action : menu->actions()) {
            if (action->objectName() == QLatin1String(id)) {
                action->trigger();
                return;
            }
        }
        ADD_FAILURE() << "no action " << id;
    }
    QToolButton *chip() { return find<QToolButton>("faultChip"); }
    QToolButton *seedLabel() { return find<QToolButton>("seedLabel"); }
    const Endpoint &hello(const QString &id) { return *findEndpoint(server(id), "hello"); }
};

TEST_F(WindowFaults, TwentyPercentFailInThreeClicksAndTheSameOnesAgain)
{
    ASSERT_TRUE(runtime().start("api"));
    select(ObjectRef::endpoint("api", "hello"));
    chooseFault("faults.status500");
    const std::vector<int> first = statusesOf(portOf("api"), 2000);
    const auto failed = std::count(first.begin(), first.end(), 500);
    EXPECT_GE(failed, 340);
    EXPECT_LE(failed, 460);
    const QModelIndex row = endpointRow("api", "hello");
    EXPECT_TRUE(row.data(WorkspaceTreeModel::BehaviourRole).toString().contains("20 % 500"));
    EXPECT_TRUE(row.data(Qt::ToolTipRole).toString().contains("20 % 500, set here"));
    EXPECT_TRUE(seedLabel()->isVisible());
    EXPECT_TRUE(seedLabel()->text().contains("42"));
    ASSERT_TRUE(runtime().restart("api"));
    EXPECT_EQ(statusesOf(portOf("api"), 2000), first);
}

TEST_F(WindowFaults, TheMenuActsOnEverySelectedObjectInOneStep)
{
    write("other.mock.yaml", serverWithSeed("Other", {}));
    ASSERT_TRUE(QTest::qWaitFor([this] { return workspace().find("other") != nullptr; }, 3000));
    tree()->selectionModel()->select(endpointRow("api", "hello"),
                                     QItemSelectionModel::ClearAndSelect
                                         | QItemSelectionModel::Rows);
    tree()->selectionModel()->select(serverRow("other"),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const int steps = workspace().undoStack()->count();
    chooseFault("faults.reset");
    ASSERT_EQ(hello("api").behaviour.faults.size(), 1U);
    EXPECT_EQ(hello("api").behaviour.faults.front().kind, FaultKind::Reset);
    EXPECT_EQ(server("other").behaviour.faults.size(), 1U);
    EXPECT_EQ(workspace().undoStack()->count(), steps + 1);
    chooseFault("faults.slow");
    EXPECT_TRUE(hello("api").behaviour.latency.head);
    EXPECT_EQ(hello("api").behaviour.faults.size(), 1U); // stays beside the latency
    chooseFault("faults.off");
    EXPECT_TRUE(hello("api").behaviour.isEmpty());
    EXPECT_TRUE(server("other").behaviour.isEmpty());
}

TEST_F(WindowFaults, EveryEntryOfTheMenuCanStandAtAnEndpoint)
{
    select(ObjectRef::endpoint("api", "hello"));
    for (const char *id :
         {"faults.status500", "faults.status503", "faults.slow", "faults.reset", "faults.never"}) {
        chooseFault("faults.off");
        chooseFault(id);
        EXPECT_FALSE(hello("api").behaviour.isEmpty()) << id;
    }
    chooseFault("faults.custom");
    ASSERT_TRUE(m_window->editors().currentEndpoint());
    EXPECT_TRUE(inEditor<QWidget>("behaviourPanel")->isVisible());
}

TEST_F(WindowFaults, TheKeyOpensTheMenu)
{
    select(ObjectRef::endpoint("api", "hello"));
    bool wasShown = false;
    auto *menu = find<QMenu>("faultsMenu");
    QObject::connect(menu, &QMenu::aboutToShow, menu, [&] {
        wasShown = true;
        QMetaObject::invokeMethod(menu, &QMenu::close, Qt::QueuedConnection);
    });
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(QTest::qWaitFor([&] { return wasShown && !menu->isVisible(); }, 2000));
}

TEST_F(WindowFaults, BehaviourOfOuterScopesShowsOnTheRowsInside)
{
    select(ObjectRef::server("api"));
    chooseFault("faults.status503");
    const QModelIndex row = endpointRow("api", "hello");
    EXPECT_TRUE(row.data(WorkspaceTreeModel::BehaviourRole).toString().isEmpty());
    EXPECT_EQ(row.data(WorkspaceTreeModel::InheritedRole).toString(), "5 % 503, from the server");
    find<QLineEdit>("treeFilterEdit")->setText("is:fault");
    EXPECT_EQ(model()->endpointCount(), 1);
}

TEST_F(WindowFaults, AllFaultsAreTurnedOffAndOnAgain)
{
    write("other.mock.yaml",
          serverWithSeed("Other", "behaviour:\n  faults:\n  - {kind: status, status: 503}\n"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return workspace().find("other") != nullptr; }, 3000));
    select(ObjectRef::endpoint("api", "hello"));
    chooseFault("faults.status500");
    workspace().edit("api", "always", [](Server &s) {
        findEndpoint(s, "hello")->behaviour.faults.front().rate.reset();
    });
    runtime().startAll();
    EXPECT_TRUE(chip()->isVisible());
    EXPECT_EQ(statusOf("api", "/hello"), 500);
    EXPECT_EQ(statusOf("other", "/hello"), 503);
    const auto before = workspace().find("api")->value;
    chooseInChip("faults.allOff");
    EXPECT_EQ(chip()->property("state"), "paused");
    EXPECT_FALSE(seedLabel()->isVisible());
    EXPECT_EQ(statusOf("api", "/hello"), 200);
    EXPECT_EQ(statusOf("other", "/hello"), 200);
    EXPECT_EQ(workspace().find("api")->value, before); // run state, not the document
    chooseInChip("faults.resume");
    EXPECT_TRUE(seedLabel()->isVisible());
    EXPECT_EQ(statusOf("api", "/hello"), 500);
    EXPECT_EQ(statusOf("other", "/hello"), 503);
}

TEST_F(WindowFaults, FaultsOfOneServerOrEndpointAreSwitchedAlone)
{
    select(ObjectRef::server("api"));
    chooseFault("faults.never");
    workspace().edit("api", "503", [](Server &s) {
        s.behaviour.faults = {Fault{}};
        s.behaviour.faults.front().status = 503;
    });
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_EQ(statusOf("api", "/hello"), 503);
    chooseInChip("faults.serverSwitch");
    EXPECT_EQ(statusOf("api", "/hello"), 200);
    EXPECT_EQ(chip()->property("state"), "partly");
    chooseInChip("faults.serverSwitch");
    EXPECT_EQ(statusOf("api", "/hello"), 503);
    select(ObjectRef::endpoint("api", "hello"));
    chooseInChip("faults.currentSwitch");
    EXPECT_EQ(statusOf("api", "/hello"), 200);
    chooseInChip("faults.resume");
    EXPECT_EQ(statusOf("api", "/hello"), 503);
}

TEST_F(WindowFaults, TheSeedIsCopiedKeptChangedAndItsSequenceRestarted)
{
    write("other.mock.yaml", serverText("Other", 0, kHello));
    ASSERT_TRUE(QTest::qWaitFor([this] { return workspace().find("other") != nullptr; }, 3000));
    select(ObjectRef::endpoint("other", "hello"));
    chooseFault("faults.status500");
    ASSERT_TRUE(runtime().start("other"));
    const auto status = [this] { return *runtime().status("other"); };
    ASSERT_TRUE(status().seedChosen);
    QTest::mouseClick(seedLabel(), Qt::LeftButton);
    auto *popover = find<QWidget>("seedPopover");
    ASSERT_TRUE(popover && popover->isVisible());
    auto *table = popover->findChild<QTableWidget *>("seedTable");
    ASSERT_EQ(table->rowCount(), 1);
    EXPECT_EQ(table->item(0, 1)->text(), QString::number(status().seed));
    const auto click = [&](const char *name) {
        QTest::mouseClick(popover->findChild<QPushButton *>(QString::fromLatin1(name)),
                          Qt::LeftButton);
    };
    click("copySeedButton");
    EXPECT_EQ(QApplication::clipboard()->text(), QString::number(status().seed));
    const std::vector<int> first = statusesOf(portOf("other"), 60);
    click("restartSequenceButton");
    EXPECT_EQ(statusesOf(portOf("other"), 60), first);
    const std::uint64_t before = status().seed;
    click("newSeedButton");
    EXPECT_NE(status().seed, before);
    click("keepSeedButton");
    EXPECT_EQ(server("other").seed, status().seed);
    trigger("edit.undo");
    EXPECT_FALSE(server("other").seed);
    popover->close();
}

TEST_F(WindowFaults, ALogNormalLatencyIsAsLongAsItsMedianSays)
{
    workspace().edit("api", "slow", [](Server &s) {
        LognormalLatency model;
        model.median = 200ms;
        model.p99 = 600ms;
        findEndpoint(s, "hello")->behaviour.latency.head = model;
    });
    ASSERT_TRUE(runtime().start("api"));
    const quint16 port = portOf("api");
    std::vector<std::thread> clients;
    for (int i = 0; i < 50; ++i)
        clients.emplace_back([port] { statusesOf(port, 10); });
    for (std::thread &client : clients)
        client.join();
    auto *table = find<QTableView>("trafficView");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 500; }, 5000));
    std::vector<Duration> drawn;
    for (const JournalEntry &entry : runtime().journal().readSince(0, 1000).entries) {
        const Timings &timings = entry.exchange->timings;
        drawn.push_back(timings.plannedLatency);
        EXPECT_GE(timings.firstByteOut - timings.requestComplete, timings.plannedLatency);
    }
    ASSERT_EQ(drawn.size(), 500U);
    std::nth_element(drawn.begin(), drawn.begin() + 250, drawn.end());
    EXPECT_GE(drawn[250], Duration(170ms));
    EXPECT_LE(drawn[250], Duration(230ms));
    for (int row = 0; row < 500; ++row)
        ASSERT_FALSE(table->model()
                         ->index(row, static_cast<int>(TrafficColumn::Latency))
                         .data()
                         .toString()
                         .isEmpty());
}

TEST_F(WindowFaults, AResetIsSeenByTheClientAndInTheTable)
{
    select(ObjectRef::endpoint("api", "hello"));
    chooseFault("faults.reset");
    workspace().edit("api", "always", [](Server &s) {
        findEndpoint(s, "hello")->behaviour.faults.front().rate.reset();
    });
    ASSERT_TRUE(runtime().start("api"));
    understudy::test::LoopbackClient client(portOf("api"));
    client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.readAnswer(), "");
    EXPECT_TRUE(client.isReset());
    auto *table = find<QTableView>("trafficView");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 1; }, 3000));
    const auto cell = [&](TrafficColumn column) {
        return table->model()->index(0, static_cast<int>(column)).data().toString();
    };
    EXPECT_TRUE(cell(TrafficColumn::Status).contains(QStringLiteral("⚡")));
    EXPECT_TRUE(cell(TrafficColumn::Match).contains("(fault)"))
        << cell(TrafficColumn::Match).toStdString();
    EXPECT_TRUE(cell(TrafficColumn::Match).contains("reset"));
}

} // namespace understudy::ui::test
