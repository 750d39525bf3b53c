// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_page_support.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/traffic/traffic_page_delegate.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;
using namespace understudy::ui::test;
using namespace std::chrono_literals;

TEST_F(TrafficPageTest, ShowsTheReasonOfAMissFirst)
{
    journal.append(samples::makeMiss());
    poll();
    table()->goToRow(0);
    EXPECT_EQ(find<QTabWidget>("exchangeTabs")->currentWidget()->objectName(), "whyTab");
    auto *tree = find<QTreeWidget>("whyTree");
    ASSERT_EQ(tree->topLevelItemCount(), 1);
    const QTreeWidgetItem *candidate = tree->topLevelItem(0);
    EXPECT_TRUE(candidate->text(0).contains("GET /orders/{id}"));
    ASSERT_EQ(candidate->childCount(), 2);
    EXPECT_EQ(candidate->child(0)->text(0), "✓ path");
    EXPECT_EQ(candidate->child(1)->text(0), "✕ header.Accept");
    EXPECT_EQ(candidate->child(1)->text(1), "contains json");
    EXPECT_EQ(candidate->child(1)->text(2), "*/*");
}

TEST_F(TrafficPageTest, KeepsTheChosenTabForMatchedRows)
{
    fill(2);
    auto *tabs = find<QTabWidget>("exchangeTabs");
    table()->goToRow(0);
    tabs->setCurrentIndex(2);
    table()->goToRow(1);
    EXPECT_EQ(tabs->currentIndex(), 2);
}

TEST_F(TrafficPageTest, FollowsTheNewestRow)
{
    fill(100);
    EXPECT_TRUE(showsLastRow());
    fill(50);
    EXPECT_TRUE(showsLastRow());
    EXPECT_FALSE(find<QToolButton>("newRowsPill")->isVisible());
}

TEST_F(TrafficPageTest, StaysWhereTheUserScrolledAndCountsWhatIsNew)
{
    fill(100);
    auto *scroll = table()->verticalScrollBar();
    scroll->triggerAction(QAbstractSlider::SliderSingleStepSub);
    const int position = scroll->value();
    EXPECT_FALSE(table()->isFollowing());
    EXPECT_FALSE(find<QToolButton>("followButton")->isChecked());
    fill(7);
    EXPECT_EQ(scroll->value(), position);
    auto *pill = find<QToolButton>("newRowsPill");
    EXPECT_TRUE(pill->isVisible());
    EXPECT_EQ(pill->property("count").toInt(), 7);
    QTest::mouseClick(pill, Qt::LeftButton);
    EXPECT_TRUE(table()->isFollowing());
    EXPECT_TRUE(showsLastRow());
    EXPECT_FALSE(pill->isVisible());
}

TEST_F(TrafficPageTest, StopsFollowingWhenARowIsSelectedAndGoesOnAtEnd)
{
    fill(100);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                      table()->visualRect(page.model()->index(97, 1)).center());
    EXPECT_FALSE(table()->isFollowing());
    QTest::keyClick(table(), Qt::Key_End);
    EXPECT_TRUE(table()->isFollowing());
    EXPECT_TRUE(showsLastRow());
}

TEST_F(TrafficPageTest, HoldsThePositionWhileRowsAboveAreEvicted)
{
    page.setRowLimit(200);
    fill(200);
    table()->goToRow(150);
    table()->scrollTo(page.model()->index(150, 1), QAbstractItemView::PositionAtTop);
    const quint64 top = page.model()->sequenceAt(table()->rowAt(0));
    fill(10);
    EXPECT_GT(page.evicted(), 0U);
    EXPECT_EQ(page.model()->sequenceAt(table()->rowAt(0)), top);
    EXPECT_EQ(page.model()->sequenceAt(table()->currentRow()), 151U);
}

TEST_F(TrafficPageTest, AsksForAMockWhenTheButtonInTheRowIsClicked)
{
    fill(1);
    journal.append(samples::makeMiss());
    poll();
    const QModelIndex cell = page.model()->index(1, static_cast<int>(TrafficColumn::Match));
    QSignalSpy requested(&page, &TrafficPage::mockRequested);
    const QRect button = table()->delegate()->actionRect(cell, "mock");
    ASSERT_FALSE(button.isEmpty());
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, button.center());
    ASSERT_EQ(requested.count(), 1);
    EXPECT_EQ(requested[0][0].value<JournalEntry>().sequence, 2U);
    EXPECT_TRUE(table()->delegate()->actionRect(cell.siblingAtRow(0), "mock").isEmpty());
}

TEST_F(TrafficPageTest, AsksForAMockByKeyboard)
{
    journal.append(samples::makeMiss());
    poll();
    EXPECT_FALSE(action("traffic.mock")->isEnabled());
    table()->goToRow(0);
    QSignalSpy requested(&page, &TrafficPage::mockRequested);
    action("traffic.mock")->trigger();
    QTest::mouseClick(find<QPushButton>("whyMockButton"), Qt::LeftButton);
    EXPECT_EQ(requested.count(), 2);
}

TEST_F(TrafficPageTest, ClearsAndBringsBack)
{
    fill(10);
    table()->goToRow(2);
    action("traffic.pin")->trigger();
    QTest::mouseClick(find<QToolButton>("clearTrafficButton"), Qt::LeftButton);
    EXPECT_EQ(page.model()->rowCount(), 1);
    EXPECT_EQ(page.rowCount(), 1);
    EXPECT_TRUE(find<QWidget>("undoToast")->isVisible());
    QTest::mouseClick(find<QPushButton>("toastActionButton"), Qt::LeftButton);
    EXPECT_EQ(page.model()->rowCount(), 10);
    EXPECT_FALSE(find<QWidget>("undoToast")->isVisible());
}

TEST_F(TrafficPageTest, CountsWhatArrivesDuringAPause)
{
    fill(3);
    auto *live = find<QToolButton>("liveButton");
    QTest::mouseClick(live, Qt::LeftButton);
    fill(4);
    EXPECT_EQ(page.model()->rowCount(), 3);
    EXPECT_TRUE(live->text().contains("Paused, 4 new"));
    QTest::mouseClick(live, Qt::LeftButton);
    EXPECT_EQ(page.model()->rowCount(), 7);
}

TEST_F(TrafficPageTest, SaysWhyItIsEmpty)
{
    auto *text = find<QLabel>("placeholderText");
    auto *button = find<QPushButton>("placeholderButton");
    QSignalSpy start(&page, &TrafficPage::startServerRequested);
    EXPECT_EQ(text->text(), "No server is running");
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(start.count(), 1);

    page.setListening({"http://127.0.0.1:3000"});
    EXPECT_EQ(text->text(), "Waiting for requests on http://127.0.0.1:3000");
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(QApplication::clipboard()->text(), "curl -i 'http://127.0.0.1:3000/'");

    fill(5);
    EXPECT_FALSE(text->isVisible());
    ASSERT_TRUE(filter("nothing-like-this"));
    EXPECT_EQ(text->text(), "0 of 5 match");
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(page.model()->rowCount(), 5);
}

TEST_F(TrafficPageTest, GoesUpAndDownWithJAndK)
{
    fill(5);
    table()->goToRow(2);
    action("traffic.next")->trigger();
    EXPECT_EQ(table()->currentRow(), 3);
    action("traffic.previous")->trigger();
    action("traffic.previous")->trigger();
    EXPECT_EQ(table()->currentRow(), 1);
}

TEST_F(TrafficPageTest, ShowsTheSnapshotChipWhileSorted)
{
    fill(3);
    auto *chip = find<QPushButton>("sortedSnapshotChip");
    EXPECT_FALSE(chip->isVisible());
    QSignalSpy finished(page.model(), &TrafficModel::searchFinished);
    page.model()->sortBy(TrafficColumn::Path, Qt::DescendingOrder);
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 1; }));
    EXPECT_TRUE(chip->isVisible());
    fill(2);
    EXPECT_EQ(chip->text(), "sorted, 2 new ▸ update");
    QTest::mouseClick(chip, Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 2; }));
    EXPECT_EQ(page.model()->rowCount(), 5);
}

TEST_F(TrafficPageTest, RemembersColumnsAndFilter)
{
    table()->setColumnHidden(static_cast<int>(TrafficColumn::Client), false);
    table()->setColumnWidth(static_cast<int>(TrafficColumn::Path), 333);
    page.setFilterText("status:404");
    TrafficPage other(journal);
    other.restoreState(page.saveState());
    auto *view = other.findChild<TrafficTable *>("trafficView");
    EXPECT_FALSE(view->isColumnHidden(static_cast<int>(TrafficColumn::Client)));
    EXPECT_EQ(view->columnWidth(static_cast<int>(TrafficColumn::Path)), 333);
    EXPECT_EQ(other.filterText(), "status:404");
    other.restoreState("rubbish");
    EXPECT_EQ(other.filterText(), "status:404");
}

TEST_F(TrafficPageTest, NamesEveryControlForAssistiveTools)
{
    fill(1);
    table()->goToRow(0);
    const auto widgets = page.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        const bool isControl
            = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
              || qobject_cast<QAbstractItemView *>(widget) || qobject_cast<QTabWidget *>(widget);
        // Parts that Qt puts into its own widgets have no objectName of ours.
        const bool isOurs
            = !widget->objectName().isEmpty() && !widget->objectName().startsWith("qt_");
        if (isControl && isOurs) {
            EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->objectName().toStdString();
        }
    }
}
