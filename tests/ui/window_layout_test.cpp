// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "tests/ui/traffic_samples.h"
#include "ui/models/responses_model.h"
#include "ui/models/traffic_columns.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/traffic/traffic_page_table.h"
#include "ui/services/numbers.h"
#include "ui/services/traffic_limits.h"

#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSpinBox>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

namespace understudy::ui::test {

/// Where the parts of the window stand, at its smallest and at its usual size, and what the
/// settings do to them.
class WindowLayout : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0, kHello));
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "hello"), true);
    }

    void resizeTo(int width, int height)
    {
        m_window->resize(width, height);
        QApplication::processEvents();
        QApplication::processEvents();
    }

    void openSettings()
    {
        trigger("app.settings");
        ASSERT_NE(find<QDialog>("settingsDialog"), nullptr);
    }
};

TEST_F(WindowLayout, NothingLiesOverTheStatusBarAtTheSmallestSize)
{
    for (int tab = 0; tab < inEditor<QTabWidget>("responseTabs")->count(); ++tab) {
        inEditor<QTabWidget>("responseTabs")->setCurrentIndex(tab);
        for (int page = 0; page < find<QTabWidget>("bottomTabs")->count(); ++page) {
            find<QTabWidget>("bottomTabs")->setCurrentIndex(page);
            resizeTo(1280, 800);
            resizeTo(900, 600);
            const QRect status = m_window->statusBar()->geometry();
            EXPECT_LE(status.bottom(), 599);
            EXPECT_LT(find<QDockWidget>("bottomDock")->geometry().bottom(), status.top())
                << "editor tab " << tab << ", bottom tab " << page;
            EXPECT_LT(m_window->centralWidget()->geometry().bottom(),
                      find<QDockWidget>("bottomDock")->geometry().top())
                << "editor tab " << tab << ", bottom tab " << page;
        }
    }
}

TEST_F(WindowLayout, TheTreeIsAsWideAsBeforeOnceTheWindowIsLargeAgain)
{
    auto *dock = find<QDockWidget>("workspaceDock");
    auto *bottom = find<QDockWidget>("bottomDock");
    resizeTo(1280, 800);
    const int width = dock->width();
    const int height = bottom->height();
    resizeTo(900, 600);
    resizeTo(1280, 800);
    ASSERT_TRUE(QTest::qWaitFor([&] { return dock->width() == width; }, 2000)) << dock->width();
    EXPECT_EQ(bottom->height(), height);
}

TEST_F(WindowLayout, PathsHaveRoomWhateverTheEditorShows)
{
    write("long.mock.yaml",
          serverText("Long", 0,
                     "- id: long\n  method: POST\n  path: /a-path-that-is-long\n  responses:\n"
                     "  - {status: 201, name: A name of some length}\n  - body: '{}'\n"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return endpointRow("long", "long").isValid(); }, 5000));
    resizeTo(900, 600);
    for (const ObjectRef &ref : {ObjectRef::endpoint("long", "long"), ObjectRef::server("api"),
                                 ObjectRef::endpoint("api", "hello")}) {
        m_window->editors().open(ref, false);
        QApplication::processEvents();
        QApplication::processEvents();
        const QRect row = tree()->visualRect(endpointRow("long", "long"));
        EXPECT_GE(row.width(), tree()->rowDelegate()->leastNameWidth());
        EXPECT_LE(m_window->width(), 900) << "and the editor fits beside it";
    }
    const int width = find<QDockWidget>("workspaceDock")->width();
    resizeTo(1280, 800);
    resizeTo(900, 600);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return find<QDockWidget>("workspaceDock")->width() == width; }, 2000));
}

TEST_F(WindowLayout, TheEditorKeepsMostOfASmallWindow)
{
    resizeTo(900, 600);
    auto *bottom = find<QDockWidget>("bottomDock");
    EXPECT_TRUE(QTest::qWaitFor([&] { return bottom->height() <= 600 * 40 / 100; }, 2000))
        << bottom->height();
    EXPECT_GE(inEditor<QLineEdit>("responseNameEdit")->width(),
              inEditor<QLineEdit>("responseNameEdit")->fontMetrics().averageCharWidth() * 10);
    resizeTo(1280, 800);
    EXPECT_TRUE(QTest::qWaitFor([&] { return bottom->height() == 280; }, 2000)) << bottom->height();
}

TEST_F(WindowLayout, ASizeThatTheUserHasChosenIsThereAfterARestart)
{
    constexpr int kChosen = 450; // more than a window of 800 gives by itself
    resizeTo(1280, 800);
    QTest::mousePress(m_window.get(), Qt::LeftButton); // as on the line between the docks
    m_window->resizeDocks({find<QDockWidget>("bottomDock")}, {kChosen}, Qt::Vertical);
    QApplication::processEvents();
    ASSERT_EQ(find<QDockWidget>("bottomDock")->height(), kChosen);
    QTest::mouseRelease(m_window.get(), Qt::LeftButton);
    QApplication::processEvents();
    m_window->close();
    makeWindow();
    open();
    resizeTo(1280, 800);
    EXPECT_TRUE(QTest::qWaitFor(
        [this] { return find<QDockWidget>("bottomDock")->height() == kChosen; }, 2000))
        << find<QDockWidget>("bottomDock")->height();
}

TEST_F(WindowLayout, TheBehaviourOfAResponseNeverScrollsSideways)
{
    resizeTo(900, 600);
    inEditor<QTabWidget>("responseTabs")->setCurrentIndex(3);
    QScrollArea *area = inEditor<QWidget>("behaviourTab")->findChild<QScrollArea *>();
    ASSERT_NE(area, nullptr);
    const auto fits = [&] {
        QApplication::processEvents();
        QApplication::processEvents();
        return area->horizontalScrollBar()->maximum() == 0;
    };
    auto *modes = inEditor<QComboBox>("latencyModeCombo");
    for (int mode = 0; mode < modes->count(); ++mode) {
        modes->setCurrentIndex(mode);
        Q_EMIT modes->activated(mode);
        EXPECT_TRUE(fits()) << modes->itemText(mode).toStdString();
    }
    QTest::mouseClick(inEditor<QToolButton>("addFaultButton"), Qt::LeftButton);
    auto *kinds = inEditor<QComboBox>("faultKindCombo");
    for (int kind = 0; kind < kinds->count(); ++kind) {
        if (!kinds->itemData(kind).isValid())
            continue;
        kinds->setCurrentIndex(kind);
        Q_EMIT kinds->activated(kind);
        EXPECT_TRUE(fits()) << kinds->itemText(kind).toStdString();
    }
    auto *conditions = inEditor<QComboBox>("faultConditionCombo");
    for (int condition = 0; condition < conditions->count(); ++condition) {
        conditions->setCurrentIndex(condition);
        Q_EMIT conditions->activated(condition);
        EXPECT_TRUE(fits()) << conditions->itemText(condition).toStdString();
    }
}

TEST_F(WindowLayout, ARuleIsSeenAsAWholeInASmallWindow)
{
    inEditor<QTabWidget>("responseTabs")->setCurrentIndex(2);
    auto *table = inEditor<QTreeView>("rulesTable");
    QTest::mouseClick(inEditor<QToolButton>("addRuleButton"), Qt::LeftButton);
    for (const int width : {1280, 900, 1280, 900}) {
        resizeTo(width, width == 900 ? 600 : 800);
        EXPECT_LE(table->header()->length(), table->viewport()->width()) << width;
    }
    EXPECT_GE(table->viewport()->height(), table->fontMetrics().height() * 3);
}

TEST_F(WindowLayout, TheDetailsOfASequenceKeepTheirWidth)
{
    workspace().edit("api", "Sequence", [](Server &s) {
        Endpoint &endpoint = *s.items.front().mutableEndpoint();
        endpoint.select = Selection::Sequence;
        endpoint.responses.push_back(endpoint.responses.front());
        endpoint.responses.back().id.clear();
    });
    resizeTo(900, 600);
    auto *list = inEditor<QTableView>("responseList");
    auto *tabs = inEditor<QTabWidget>("responseTabs");
    EXPECT_LT(list->width() * 2, tabs->width() + 40);
    EXPECT_GE(tabs->width(), tabs->tabBar()->sizeHint().width());
    tabs->setCurrentIndex(2);
    QTest::mouseClick(inEditor<QToolButton>("addRuleButton"), Qt::LeftButton);
    QTest::keyClicks(QApplication::focusWidget(), "page");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return !list->isColumnHidden(ResponsesModel::RulesColumn); }, 5000));
    QApplication::processEvents();
    EXPECT_EQ(list->horizontalScrollBar()->maximum(), 0);
}

TEST_F(WindowLayout, AFieldThatIsNotEditedShowsHowItsTextBegins)
{
    auto *status = inEditor<QComboBox>("statusCombo");
    workspace().edit("api", "Status", [](Server &s) {
        s.items.front().mutableEndpoint()->responses.front().status = 431;
    });
    EXPECT_TRUE(status->currentText().startsWith("431 Request Header"));
    EXPECT_EQ(status->lineEdit()->cursorPosition(), 0);
    status->setFocus();
    status->lineEdit()->selectAll();
    QTest::keyClicks(status, "503");
    QTest::keyClick(status, Qt::Key_End);
    inEditor<QLineEdit>("responseNameEdit")->setFocus();
    EXPECT_EQ(status->lineEdit()->cursorPosition(), 0);
}

TEST_F(WindowLayout, TheReasonOfAMissNeverScrollsSideways)
{
    resizeTo(900, 600);
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_EQ(statusOf("api", "/hello/a/path/that/is/long"), 404);
    auto *table = find<TrafficTable>("trafficView");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 1; }, 5000));
    table->goToRow(0);
    auto *why = find<QTreeView>("whyTree");
    ASSERT_TRUE(QTest::qWaitFor([&] { return why->isVisible(); }, 5000));
    QApplication::processEvents();
    EXPECT_EQ(why->horizontalScrollBar()->maximum(), 0);
    EXPECT_GE(why->header()->sectionSize(0), why->fontMetrics().averageCharWidth() * 16);
}

TEST_F(WindowLayout, HitsTakeOnlyTheWidthThatTheyNeed)
{
    const auto width = [this] { return tree()->columnWidth(WorkspaceTreeModel::HitsColumn); };
    EXPECT_LE(width(), 4) << "nothing to show";
    runtime().start("api");
    ASSERT_TRUE(QTest::qWaitFor([this] { return state("api") == RowState::Running; }, 5000));
    EXPECT_EQ(statusOf("api", "/hello"), 200);
    EXPECT_TRUE(QTest::qWaitFor([&] { return width() > 4; }, 5000));
    EXPECT_GE(width() - 6, tree()->fontMetrics().horizontalAdvance(compactCount(1)));
    EXPECT_LT(width(), tree()->fontMetrics().horizontalAdvance(compactCount(999'999)));
}

TEST_F(WindowLayout, EveryNumberUpToTheLimitFitsAndVerdictsStayInView)
{
    understudy::test::fill(runtime().journal(), 3);
    auto *table = find<TrafficTable>("trafficView");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 3; }, 2000));
    const auto column = [](TrafficColumn c) { return static_cast<int>(c); };
    resizeTo(1280, 800);
    EXPECT_GE(table->columnWidth(column(TrafficColumn::Number)),
              table->fontMetrics().horizontalAdvance("1000000") + 8);
    const int server = table->columnWidth(column(TrafficColumn::Server));
    resizeTo(900, 600);
    const auto isInView = [&](TrafficColumn c) {
        const int left = table->columnViewportPosition(column(c));
        return left >= 0 && left + table->columnWidth(column(c)) <= table->viewport()->width();
    };
    for (const TrafficColumn c : {TrafficColumn::Path, TrafficColumn::Status, TrafficColumn::Match,
                                  TrafficColumn::Duration})
        EXPECT_TRUE(isInView(c)) << column(c);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(1, 0)).center());
    EXPECT_TRUE(table->selectionModel()->isRowSelected(1)) << "the row that was clicked";
    QApplication::processEvents();
    EXPECT_TRUE(isInView(TrafficColumn::Status)) << "beside the details of a request, too";
    EXPECT_TRUE(isInView(TrafficColumn::Match));
    resizeTo(1280, 800);
    EXPECT_NEAR(table->columnWidth(column(TrafficColumn::Server)), server, 4) << "only for a while";
}

TEST(CompactCount, IsWholeUpToAMillionAndShortFromThere)
{
    EXPECT_EQ(compactCount(0), "0");
    EXPECT_EQ(compactCount(100'003), QLocale().toString(100'003));
    EXPECT_EQ(compactCount(1'860'000), QLocale().toString(1.86, 'f', 2) + " M");
    EXPECT_EQ(compactCount(18'640'000), QLocale().toString(18.6, 'f', 1) + " M");
    EXPECT_EQ(compactCount(999'499'999), "999 M");
    EXPECT_EQ(compactCount(999'999'999), QLocale().toString(1.0, 'f', 2) + " G");
}

TEST_F(WindowLayout, TrafficShowsNumberAndQueryAndFillsItsWidth)
{
    understudy::test::fill(runtime().journal(), 3);
    auto *table = find<QTableView>("trafficView");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 3; }, 2000));
    resizeTo(1280, 800);
    const auto column = [](TrafficColumn c) { return static_cast<int>(c); };
    EXPECT_FALSE(table->isColumnHidden(column(TrafficColumn::Number)));
    EXPECT_FALSE(table->isColumnHidden(column(TrafficColumn::Query)));
    EXPECT_EQ(table->horizontalHeader()->length(), table->viewport()->width());
    const int path = table->columnWidth(column(TrafficColumn::Path));
    const int query = table->columnWidth(column(TrafficColumn::Query));
    resizeTo(1480, 800);
    EXPECT_EQ(table->horizontalHeader()->length(), table->viewport()->width());
    EXPECT_GT(table->columnWidth(column(TrafficColumn::Path)), path);
    EXPECT_GT(table->columnWidth(column(TrafficColumn::Query)), query);
}

TEST_F(WindowLayout, TheListOfTrafficGoesOnFollowingWhenItGetsTheFocus)
{
    understudy::test::fill(runtime().journal(), 3);
    auto *table = find<TrafficTable>("trafficView");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 3; }, 2000));
    table->setFocus();
    EXPECT_TRUE(table->isFollowing());
    EXPECT_FALSE(table->currentIndex().isValid());
    QTest::keyClick(table, Qt::Key_Down);
    EXPECT_TRUE(table->currentIndex().isValid());
    EXPECT_FALSE(table->isFollowing());
}

TEST_F(WindowLayout, TrafficIsKeptUpToTheLimitsOfTheSettings)
{
    Journal &journal = runtime().journal();
    EXPECT_EQ(journal.limits().bytes, 512'000'000U);
    EXPECT_EQ(journal.limits().count, 1'000'000U);
    openSettings();
    QTest::keyClicks(find<QLineEdit>("settingsSearchEdit"), "rows");
    EXPECT_TRUE(find<QSpinBox>("limitsRowsSpin")->isVisible());
    find<QSpinBox>("limitsRowsSpin")->setValue(2'000);
    find<QSpinBox>("limitsMemorySpin")->setValue(64);
    EXPECT_EQ(journal.limits().count, 2'000U);
    EXPECT_EQ(journal.limits().bytes, 64'000'000U);
    endProgram();
    makeWindow();
    EXPECT_EQ(runtime().journal().limits().count, 2'000U) << "remembered";
    EXPECT_EQ(runtime().journal().limits().bytes, 64'000'000U);
}

TEST_F(WindowLayout, ALowerLimitTakesEffectAtOnceAndCountsWhatWent)
{
    understudy::test::fill(runtime().journal(), 3'000);
    auto *page = find<TrafficPage>("trafficPage");
    ASSERT_TRUE(QTest::qWaitFor([&] { return page->rowCount() == 3'000; }, 5000));
    openSettings();
    find<QSpinBox>("limitsRowsSpin")->setValue(1'000);
    const JournalCounters counters = runtime().journal().counters();
    EXPECT_EQ(counters.rows, 1'000U);
    EXPECT_EQ(counters.evicted, 2'000U);
    EXPECT_EQ(counters.appended, 3'000U);
    EXPECT_LE(page->rowCount(), 1'000);
    EXPECT_EQ(static_cast<quint64>(page->rowCount()) + page->evicted() + page->dropped(), 3'000U);
}

TEST_F(WindowLayout, ANumberThatIsHalfTypedLimitsNothing)
{
    openSettings();
    auto *rows = find<QSpinBox>("limitsRowsSpin");
    rows->selectAll();
    QTest::keyClicks(rows, "5000");
    EXPECT_EQ(runtime().journal().limits().count, 1'000'000U);
    QTest::keyClick(rows, Qt::Key_Return);
    EXPECT_EQ(runtime().journal().limits().count, 5'000U);
}

TEST_F(WindowLayout, TheSettingsAreSearched)
{
    openSettings();
    auto *pages = find<QListWidget>("settingsPageList");
    auto *search = find<QLineEdit>("settingsSearchEdit");
    search->setText("dark");
    EXPECT_FALSE(pages->item(0)->isHidden());
    EXPECT_TRUE(pages->item(1)->isHidden());
    search->setText("memory");
    EXPECT_TRUE(pages->item(0)->isHidden());
    EXPECT_EQ(pages->currentRow(), 1);
    search->setText("no such thing");
    EXPECT_EQ(pages->currentRow(), -1);
    search->clear();
    EXPECT_FALSE(pages->item(0)->isHidden());
    EXPECT_GE(pages->currentRow(), 0);
}

TEST(TrafficLimitsSettings, WhatIsOutOfBoundsIsBroughtBack)
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath("settings.ini"), QSettings::IniFormat);
    EXPECT_EQ(readTrafficLimits(settings), TrafficLimits());
    settings.setValue("limits/trafficMegabytes", 1);
    settings.setValue("limits/trafficRows", "many");
    EXPECT_EQ(readTrafficLimits(settings).megabytes, TrafficLimits::kLeastMegabytes);
    EXPECT_EQ(readTrafficLimits(settings).rows, TrafficLimits().rows);
}

} // namespace understudy::ui::test
