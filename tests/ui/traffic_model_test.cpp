// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_samples.h"
#include "ui/models/traffic_model.h"
#include "ui/services/traffic_feed.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <set>

using namespace understudy;
using namespace understudy::ui;
using namespace std::chrono_literals;

namespace {

/// A model with its feed, watched by Qt's tester.
struct Fixture
{
    explicit Fixture(JournalLimits limits = {})
        : journal(limits)
        , model(journal)
        , feed(journal, nullptr, &clock)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        QObject::connect(&feed, &TrafficFeed::arrived, &model, &TrafficModel::append);
    }

    void add(const understudy::test::Sample &sample)
    {
        journal.append(understudy::test::makeExchange(sample));
        feed.poll();
    }

    bool applyFilter(const char *text)
    {
        QSignalSpy finished(&model, &TrafficModel::searchFinished);
        model.setFilter(*TrafficFilter::parse(text));
        return QTest::qWaitFor([&] { return !finished.isEmpty(); });
    }

    QString cell(int row, TrafficColumn column) const
    {
        return model.index(row, static_cast<int>(column)).data().toString();
    }

    QStringList paths() const
    {
        QStringList out;
        for (int row = 0; row < model.rowCount(); ++row)
            out << cell(row, TrafficColumn::Path);
        return out;
    }

    Journal journal;
    ManualClock clock; // stands still, so that one turn reads everything
    TrafficModel model;
    TrafficFeed feed;
    QAbstractItemModelTester tester;
};

JournalLimits limitOf(std::size_t rows)
{
    return {.bytes = 64U << 20, .count = rows, .bodyBytes = 8U << 20};
}

} // namespace

TEST(TrafficModel, InsertsOnceForEachTurnOfTheFeed)
{
    Fixture f;
    QSignalSpy inserted(&f.model, &QAbstractItemModel::rowsInserted);
    understudy::test::fill(f.journal, 9'000);
    f.feed.poll();
    EXPECT_EQ(inserted.count(), 1);
    EXPECT_EQ(f.model.rowCount(), 9'000);
    EXPECT_EQ(f.cell(8'999, TrafficColumn::Path), "/n/9000");
}

TEST(TrafficModel, ShowsWhatHappened)
{
    Fixture f;
    f.add({.method = "POST",
           .target = "/users?page=2",
           .status = 201,
           .duration = 1500us,
           .requestBody = std::string(1200, 'x')});
    EXPECT_EQ(f.cell(0, TrafficColumn::Number), "1");
    EXPECT_EQ(f.cell(0, TrafficColumn::Method), "POST");
    EXPECT_EQ(f.cell(0, TrafficColumn::Path), "/users");
    EXPECT_EQ(f.cell(0, TrafficColumn::Query), "page=2");
    EXPECT_EQ(f.cell(0, TrafficColumn::Status), "✓ 201");
    EXPECT_EQ(f.cell(0, TrafficColumn::Match), "GET /users › 200 OK");
    EXPECT_EQ(f.cell(0, TrafficColumn::Duration), "1.5 ms");
    EXPECT_EQ(f.cell(0, TrafficColumn::RequestSize), "1.2 kB");
    EXPECT_EQ(f.cell(0, TrafficColumn::Server), "Shop API");
}

TEST(TrafficModel, PublishesTypedRoles)
{
    Fixture f;
    f.journal.append(understudy::test::makeMiss());
    f.add({.duration = 7ms});
    const QModelIndex miss = f.model.index(0, 0);
    const QModelIndex hit = f.model.index(1, 0);
    EXPECT_EQ(miss.data(TrafficModel::SequenceRole).toULongLong(), 1U);
    EXPECT_EQ(miss.data(TrafficModel::StatusCodeRole).toInt(), 404);
    EXPECT_EQ(miss.data(TrafficModel::MatchKindRole).toInt(), static_cast<int>(MatchKind::NoRule));
    EXPECT_EQ(miss.data(TrafficModel::EndpointIdRole).toString(), "");
    EXPECT_EQ(hit.data(TrafficModel::EndpointIdRole).toString(), "ep-users");
    EXPECT_EQ(hit.data(TrafficModel::DurationRole).toLongLong(), 7'000);
    EXPECT_FALSE(hit.data(TrafficModel::PinnedRole).toBool());
}

TEST(TrafficModel, SaysARowAsASentence)
{
    Fixture f;
    f.journal.append(understudy::test::makeMiss());
    f.feed.poll();
    EXPECT_EQ(f.model.index(0, 3).data(Qt::AccessibleTextRole).toString(),
              "GET /orders/17, 404, no rule matched, 1.0 ms");
}

TEST(TrafficModel, ShowsOnlyWhatTheFilterLetsThrough)
{
    Fixture f;
    f.add({.target = "/a", .status = 500});
    f.add({.target = "/b"});
    f.add({.target = "/health", .status = 503});
    ASSERT_TRUE(f.applyFilter("status:5xx -path:/health"));
    EXPECT_EQ(f.paths(), QStringList{"/a"});
    EXPECT_EQ(f.model.totalRows(), 3);
    f.add({.target = "/c", .status = 502});
    f.add({.target = "/d"});
    EXPECT_EQ(f.paths(), (QStringList{"/a", "/c"}));
    ASSERT_TRUE(f.applyFilter(""));
    EXPECT_EQ(f.model.rowCount(), 5);
}

TEST(TrafficModel, FindsAWordInThreeOfTenThousandBodies)
{
    Fixture f;
    for (int i = 0; i < 10'000; ++i) {
        const bool isHit = i == 17 || i == 5'000 || i == 9'999;
        f.journal.append(understudy::test::makeExchange(
            {.responseBody = isHit ? "the needle is here" : "nothing but hay in this one"}));
    }
    f.feed.poll();
    ASSERT_TRUE(f.applyFilter("body:needle"));
    EXPECT_EQ(f.model.rowCount(), 3);
}

TEST(TrafficModel, TestsWhatArrivesDuringASearch)
{
    Fixture f;
    understudy::test::fill(f.journal, 5'000);
    f.feed.poll();
    QSignalSpy finished(&f.model, &TrafficModel::searchFinished);
    f.model.setFilter(*TrafficFilter::parse("path:/late"));
    f.add({.target = "/late"});
    f.add({.target = "/other"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !finished.isEmpty(); }));
    EXPECT_EQ(f.paths(), QStringList{"/late"});
}

TEST(TrafficModel, ForgetsASearchThatAnotherOneReplaced)
{
    Fixture f;
    understudy::test::fill(f.journal, 5'000);
    f.feed.poll();
    f.model.setFilter(*TrafficFilter::parse("path:/n/1"));
    ASSERT_TRUE(f.applyFilter("path:/n/2"));
    EXPECT_EQ(f.paths(), QStringList{"/n/2"});
}

TEST(TrafficModel, KeepsPinnedRowsWhenOthersAreEvicted)
{
    Fixture f(limitOf(10'000));
    understudy::test::fill(f.journal, 5);
    f.feed.poll();
    f.model.setPinned(0, true);
    f.model.setPinned(1, true);
    for (int i = 0; i < 21; ++i) {
        understudy::test::fill(f.journal, 500);
        f.feed.poll();
    }
    EXPECT_LE(f.model.rowCount(), 10'000);
    EXPECT_EQ(f.model.sequenceAt(0), 1U);
    EXPECT_EQ(f.model.sequenceAt(1), 2U);
    EXPECT_EQ(f.cell(1, TrafficColumn::Path), "/n/2");
    EXPECT_EQ(f.model.evicted(), 10'505U - static_cast<quint64>(f.model.rowCount()));
    EXPECT_GT(f.model.evicted(), 0U);
}

TEST(TrafficModel, GivesUpRowsThatTheJournalGaveUp)
{
    Fixture f({.bytes = 200'000, .count = 1'000'000, .bodyBytes = 1024});
    for (int i = 0; i < 40; ++i) {
        understudy::test::fill(f.journal, 100);
        f.feed.poll();
        for (int row = 0; row < f.model.rowCount(); ++row)
            ASSERT_TRUE(f.model.entryAt(row).exchange) << "turn " << i << ", row " << row;
    }
    EXPECT_EQ(f.model.evicted() + f.feed.dropped() + static_cast<quint64>(f.model.totalRows()),
              4'000U);
}

TEST(TrafficModel, KeepsOnlyTheNewestOfABatchOverTheLimit)
{
    Fixture f;
    f.model.setRowLimit(100);
    understudy::test::fill(f.journal, 250);
    f.feed.poll();
    EXPECT_EQ(f.model.rowCount(), 100);
    EXPECT_EQ(f.model.sequenceAt(99), 250U);
    EXPECT_EQ(f.model.evicted(), 150U);
}

TEST(TrafficModel, SortsASnapshotAndCountsNewcomers)
{
    Fixture f;
    f.add({.target = "/b", .duration = 3ms});
    f.add({.target = "/c", .duration = 1ms});
    f.add({.target = "/a", .duration = 3ms});
    QSignalSpy finished(&f.model, &TrafficModel::searchFinished);
    f.model.sortBy(TrafficColumn::Duration, Qt::AscendingOrder);
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 1; }));
    EXPECT_EQ(f.paths(), (QStringList{"/c", "/b", "/a"})); // equal ones keep their order
    f.add({.target = "/d", .duration = 2ms});
    EXPECT_EQ(f.model.rowCount(), 3);
    EXPECT_EQ(f.model.waitingForSnapshot(), 1);
    f.model.updateSnapshot();
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 2; }));
    EXPECT_EQ(f.paths(), (QStringList{"/c", "/d", "/b", "/a"}));
    EXPECT_EQ(f.model.waitingForSnapshot(), 0);
    f.model.clearSort();
    EXPECT_EQ(f.paths(), (QStringList{"/b", "/c", "/a", "/d"}));
}

TEST(TrafficModel, SortsPathsDescending)
{
    Fixture f;
    for (const char *path : {"/b", "/c", "/a"})
        f.add({.target = path});
    QSignalSpy finished(&f.model, &TrafficModel::searchFinished);
    f.model.sortBy(TrafficColumn::Path, Qt::DescendingOrder);
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 1; }));
    EXPECT_EQ(f.paths(), (QStringList{"/c", "/b", "/a"}));
}

TEST(TrafficModel, ClearsAllButPinnedRowsAndBringsThemBack)
{
    Fixture f;
    understudy::test::fill(f.journal, 10);
    f.feed.poll();
    f.model.setPinned(3, true);
    EXPECT_EQ(f.model.clear(), 9);
    EXPECT_EQ(f.paths(), QStringList{"/n/4"});
    f.add({.target = "/new"});
    EXPECT_EQ(f.paths(), (QStringList{"/n/4", "/new"}));
    EXPECT_EQ(f.model.undoClear(), 9);
    EXPECT_EQ(f.model.rowCount(), 11);
    EXPECT_EQ(f.paths().back(), "/new");
}

TEST(TrafficModel, DoesNotBringClearedRowsBackThroughAFilter)
{
    Fixture f;
    understudy::test::fill(f.journal, 10);
    f.feed.poll();
    f.model.setPinned(3, true);
    f.model.clear();
    f.model.forgetCleared();
    ASSERT_TRUE(f.applyFilter("path:/n"));
    EXPECT_EQ(f.paths(), QStringList{"/n/4"});
}

TEST(TrafficModel, FindsPinnedAndMarkedRows)
{
    Fixture f;
    understudy::test::fill(f.journal, 5);
    f.feed.poll();
    f.model.setPinned(1, true);
    f.model.setMark(2, "red");
    ASSERT_TRUE(f.applyFilter("is:pinned OR mark:red"));
    EXPECT_EQ(f.paths(), (QStringList{"/n/2", "/n/3"}));
    EXPECT_EQ(f.cell(0, TrafficColumn::Mark), "★");
    EXPECT_EQ(f.cell(1, TrafficColumn::Mark), "red");
}

TEST(TrafficModel, HoldsNoBodyThatTheJournalDropped)
{
    Fixture f({.bytes = 300'000, .count = 1'000'000, .bodyBytes = 1U << 20});
    auto first = understudy::test::makeExchange({.responseBody = std::string(50'000, 'x')});
    const std::weak_ptr<const std::string> body = first->responseBody.content;
    f.journal.append(std::move(first));
    f.feed.poll();
    EXPECT_FALSE(f.cell(0, TrafficColumn::Path).isEmpty());
    for (int i = 0; i < 260; ++i)
        f.add({.target = "/more", .responseBody = std::string(2'000, 'y')});
    EXPECT_FALSE(f.cell(f.model.rowCount() - 1, TrafficColumn::Path).isEmpty());
    EXPECT_TRUE(body.expired());
}

TEST(TrafficModel, KeepsNotes)
{
    Fixture f;
    understudy::test::fill(f.journal, 2);
    f.feed.poll();
    const QModelIndex note = f.model.index(1, static_cast<int>(TrafficColumn::Note));
    EXPECT_TRUE(note.flags().testFlag(Qt::ItemIsEditable));
    EXPECT_TRUE(f.model.setData(note, "look here"));
    EXPECT_EQ(note.data().toString(), "look here");
    EXPECT_FALSE(f.model.setData(f.model.index(1, 0), "no"));
}

TEST(TrafficColumns, HaveOneRowEachThatSaysAllOfIt)
{
    ASSERT_EQ(trafficColumns().size(), static_cast<std::size_t>(kTrafficColumns));
    std::set<int> places;
    for (int i = 0; i < kTrafficColumns; ++i) {
        const TrafficColumnSpec &spec = trafficColumn(static_cast<TrafficColumn>(i));
        EXPECT_EQ(static_cast<int>(spec.column), i) << "in the order of the names";
        EXPECT_FALSE(trafficColumnTitle(spec.column).isEmpty()) << i;
        EXPECT_NE(spec.sortKey, nullptr) << i;
        EXPECT_LE(spec.least, spec.width) << i;
        if (spec.givesWay >= 0) {
            EXPECT_TRUE(places.insert(spec.givesWay).second) << i;
        }
    }
}

TEST(TrafficCells, MakesTermsThatFindTheCellAgain)
{
    const auto exchange = understudy::test::makeExchange({.method = "POST",
                                                          .target = "/a%20b/(1)?q=%22x%22&y=\"z\"",
                                                          .status = 503,
                                                          .duration = 1234us,
                                                          .requestBody = "abc"});
    for (int column = 0; column < kTrafficColumns; ++column) {
        const QString term = filterTerm(*exchange, static_cast<TrafficColumn>(column), "red");
        if (term.isEmpty())
            continue;
        const auto filter = TrafficFilter::parse(term.toStdString());
        ASSERT_TRUE(filter.hasValue()) << term.toStdString() << ": " << filter.error().text();
        EXPECT_TRUE(filter->matches({1, exchange}, {.now = {}, .pinned = false, .mark = "red"}))
            << term.toStdString();
    }
}
