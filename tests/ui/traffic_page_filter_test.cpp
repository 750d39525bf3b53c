// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_page_support.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_page.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;
using namespace understudy::ui::test;
using namespace std::chrono_literals;

TEST_F(TrafficPageTest, FiltersAndCounts)
{
    add({.target = "/a", .status = 500});
    add({.target = "/health", .status = 503});
    add({.target = "/b"});
    ASSERT_TRUE(filter("status:5xx -path:/health"));
    EXPECT_EQ(page.model()->rowCount(), 1);
    EXPECT_EQ(find<QLabel>("trafficCounter")->text(), "1 / 3");
    EXPECT_EQ(find<QLineEdit>("trafficFilterEdit")->property("state").toString(), "valid");
}

TEST_F(TrafficPageTest, LeavesTheListAloneWhileAFilterIsUnfinished)
{
    add({.target = "/a", .status = 500});
    add({.target = "/b"});
    ASSERT_TRUE(filter("path:/a"));
    auto *edit = find<QLineEdit>("trafficFilterEdit");
    edit->setText({});
    QTest::keyClicks(edit, "status:");
    EXPECT_EQ(edit->property("state").toString(), "incomplete");
    auto *message = find<QLabel>("trafficFilterMessage");
    EXPECT_TRUE(message->isVisible());
    EXPECT_TRUE(message->text().contains("column 8"));
    EXPECT_EQ(page.model()->rowCount(), 1);
}

TEST_F(TrafficPageTest, NamesPositionAndReasonOfAWrongFilter)
{
    auto *edit = find<QLineEdit>("trafficFilterEdit");
    edit->setText("größe status:abc");
    EXPECT_EQ(edit->property("state").toString(), "invalid");
    // Characters, not the bytes of their encoding.
    EXPECT_TRUE(find<QLabel>("trafficFilterMessage")->text().startsWith("Column 14:"));
    edit->clear();
    EXPECT_EQ(edit->property("state").toString(), "empty");
    EXPECT_FALSE(find<QLabel>("trafficFilterMessage")->isVisible());
}

TEST_F(TrafficPageTest, StaysResponsiveDuringABodySearch)
{
    for (int i = 0; i < 10'000; ++i)
        journal.append(samples::makeExchange(
            {.responseBody = i % 4'000 == 17 ? "a needle" : std::string(2'000, 'h')}));
    poll();
    bool wasClicked = false;
    bool wasSearching = false;
    auto *button = find<QToolButton>("followButton");
    QSignalSpy finished(page.model(), &TrafficModel::searchFinished);
    // However quick the worker is: its result comes through the event loop, behind the click.
    QObject::connect(button, &QToolButton::clicked, button, [&] {
        wasClicked = true;
        wasSearching = finished.isEmpty();
    });
    page.setFilterText("body:needle");
    QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !finished.isEmpty(); }));
    EXPECT_TRUE(wasClicked);
    EXPECT_TRUE(wasSearching);
    EXPECT_EQ(page.model()->rowCount(), 3);
}

TEST_F(TrafficPageTest, TogglesTermsWithTheChips)
{
    auto *edit = find<QLineEdit>("trafficFilterEdit");
    edit->setText("a OR b");
    auto *chip = find<QToolButton>("quickErrors");
    QTest::mouseClick(chip, Qt::LeftButton);
    EXPECT_EQ(edit->text(), "(a OR b) is:error");
    EXPECT_TRUE(chip->isChecked());
    QTest::mouseClick(chip, Qt::LeftButton);
    EXPECT_EQ(edit->text(), "a OR b");
    edit->setText("is:unmatched x");
    EXPECT_TRUE(find<QToolButton>("quickUnmatched")->isChecked());
}

TEST_F(TrafficPageTest, KeepsTheSelectedRowThroughAFilter)
{
    fill(20);
    table()->goToRow(11);
    ASSERT_TRUE(filter("path:/n/12"));
    EXPECT_EQ(table()->currentRow(), 0);
    ASSERT_TRUE(filter(""));
    EXPECT_EQ(table()->currentRow(), 11);
}
