// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "tests/ui/traffic_samples.h"
#include "ui/models/traffic_cells.h"
#include "ui/panels/traffic_page.h"
#include "ui/panels/traffic_page_table.h"
#include "ui/services/numbers.h"
#include "ui/services/traffic_limits.h"

#include <QDialog>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSettings>
#include <QSpinBox>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>

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

TEST_F(WindowLayout, HitsFitIntoTheirColumn)
{
    const QFontMetrics metrics = tree()->fontMetrics();
    const int room = tree()->columnWidth(WorkspaceTreeModel::HitsColumn) - 6;
    for (const quint64 hits : {7ULL, 9'999ULL, 100'003ULL, 999'999ULL, 1'860'000ULL, 18'600'000ULL,
                               186'000'000ULL, 1'860'000'000ULL}) {
        EXPECT_LE(metrics.horizontalAdvance(compactCount(hits)), room)
            << compactCount(hits).toStdString();
    }
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
    m_window.reset();
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
