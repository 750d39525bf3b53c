// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/traffic_samples.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/traffic/traffic_page_table.h"
#include "ui/services/traffic_feed.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace understudy::ui::test {

namespace samples = understudy::test;

/// A page on a journal filled by hand; the feed is turned by the test.
class TrafficPageTest : public testing::Test
{
protected:
    void SetUp() override
    {
        page.resize(1200, 400);
        page.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
    }

    template<class T>
    T *find(const char *name)
    {
        T *widget = page.findChild<T *>(QString::fromLatin1(name));
        if (!widget)
            ADD_FAILURE() << "no widget " << name;
        return widget;
    }
    TrafficTable *table() { return find<TrafficTable>("trafficView"); }
    QAction *action(const char *id)
    {
        const auto all = page.pageActions();
        for (QAction *each : all) {
            if (each->objectName() == QLatin1String(id))
                return each;
        }
        ADD_FAILURE() << "no action " << id;
        return nullptr;
    }

    /// Turns the feed until it has read everything, however slow the machine is.
    void poll()
    {
        do
            page.feed()->poll();
        while (!page.feed()->isPaused() && page.feed()->cursor() < journal.newest());
    }
    void add(const samples::Sample &sample)
    {
        journal.append(samples::makeExchange(sample));
        poll();
    }
    void fill(int count)
    {
        samples::fill(journal, count);
        poll();
    }
    /// Enters a filter and waits until it has taken effect.
    bool filter(const QString &text)
    {
        QSignalSpy finished(page.model(), &TrafficModel::searchFinished);
        page.setFilterText(text);
        return QTest::qWaitFor([&] { return !finished.isEmpty(); });
    }
    int bottomRow() { return table()->rowAt(table()->viewport()->height() - 1); }
    /// The last row, or the one that may peep out half below it.
    bool showsLastRow()
    {
        const int last = page.model()->rowCount() - 1;
        const QRect rect = table()->visualRect(page.model()->index(last, 1));
        return table()->viewport()->rect().contains(rect.center());
    }

    Journal journal;
    TrafficPage page{journal};
    QAbstractItemModelTester tester{page.model(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace understudy::ui::test
