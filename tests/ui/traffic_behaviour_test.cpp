// SPDX-License-Identifier: GPL-3.0-or-later
// What the traffic table and the exchange pane say about exchanges that were slow or broken on
// purpose.
#include "tests/ui/traffic_samples.h"
#include "ui/charts/timing_chart.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/exchange/exchange_pane.h"
#include "ui/services/theme.h"
#include "ui/services/traffic_feed.h"

#include <QGuiApplication>
#include <QLabel>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;
using namespace std::chrono_literals;

namespace {

/// The cells of one exchange.
class TrafficBehaviour : public testing::Test
{
protected:
    QVariant cell(std::shared_ptr<const Exchange> exchange, TrafficColumn column,
                  int role = Qt::DisplayRole)
    {
        const quint64 sequence = journal.append(std::move(exchange));
        model.append({{journal.at(sequence)}, 1});
        return model.index(model.rowCount() - 1, static_cast<int>(column)).data(role);
    }

    Journal journal;
    TrafficModel model{journal};
};

/// The pane, shown in a size of its own.
class ExchangePaneBehaviour : public testing::Test
{
protected:
    void show(std::shared_ptr<const Exchange> exchange, QSize size = {800, 500})
    {
        pane.setEntry({1, std::move(exchange)});
        pane.resize(size);
        pane.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&pane));
    }
    template<class T>
    T *find(const char *name)
    {
        T *widget = pane.findChild<T *>(QString::fromLatin1(name));
        if (!widget)
            ADD_FAILURE() << "no widget " << name;
        return widget;
    }
    void openTiming()
    {
        find<QTabWidget>("exchangeTabs")->setCurrentWidget(find<QWidget>("timingTab"));
    }
    /// All values of the Summary tab whose accessible name is `name`.
    QStringList summary(const char *name)
    {
        QStringList out;
        const auto labels = find<QWidget>("summaryTab")->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->accessibleName() == QLatin1String(name))
                out << label->text();
        }
        return out;
    }

    ExchangePane pane;
};

std::vector<std::string> names(const std::vector<TimingPhase> &phases)
{
    std::vector<std::string> out;
    for (const TimingPhase &phase : phases)
        out.push_back(phase.name.toStdString());
    return out;
}

} // namespace

TEST_F(TrafficBehaviour, ShowsTheFaultWithItsGlyph)
{
    EXPECT_EQ(cell(understudy::test::makeBroken(), TrafficColumn::Match).toString(),
              "⚡ reset (fault) · GET /users › 200 OK");
    EXPECT_EQ(cell(understudy::test::makeBroken(), TrafficColumn::Status).toString(), "⚡ 200");
    auto silent = understudy::test::makeBroken();
    silent->status = 0;
    EXPECT_EQ(cell(silent, TrafficColumn::Status).toString(), "⚡ none");
    EXPECT_EQ(cell(silent, TrafficColumn::Status, Qt::ForegroundRole).value<QColor>(),
              roleColor(ColorRole::Fault, QGuiApplication::palette()));
    EXPECT_EQ(cell(understudy::test::makeExchange({}), TrafficColumn::Match).toString(),
              "GET /users › 200 OK");
}

TEST_F(TrafficBehaviour, FillsTheLatencyColumn)
{
    EXPECT_EQ(cell(understudy::test::makeBroken(), TrafficColumn::Latency).toString(), "213 ms");
    EXPECT_EQ(cell(understudy::test::makeExchange({}), TrafficColumn::Latency).toString(), "");
}

TEST_F(TrafficBehaviour, ExplainsItselfInTooltipAndToScreenReaders)
{
    const QString sentence
        = QString::fromStdString(behaviourSentence(*understudy::test::makeBroken()->behaviour));
    EXPECT_TRUE(sentence.contains("Broken on purpose"));
    for (const int role : {Qt::ToolTipRole, Qt::AccessibleTextRole})
        EXPECT_TRUE(cell(understudy::test::makeBroken(), TrafficColumn::Path, role)
                        .toString()
                        .contains(sentence));
}

TEST_F(TrafficBehaviour, ShowsAConnectionThatNeverBecameARequest)
{
    const auto exchange = understudy::test::makeNoRequest();
    EXPECT_EQ(cell(exchange, TrafficColumn::Match).toString(),
              "⚡ tls expired (fault) · ✕ no request");
    EXPECT_EQ(cell(exchange, TrafficColumn::Method).toString(), "");
    EXPECT_TRUE(cell(exchange, TrafficColumn::Match, Qt::ToolTipRole)
                    .toString()
                    .startsWith("no request, nothing sent, tls expired (fault), the connection "
                                "ended before a request"));
}

TEST_F(TrafficBehaviour, OffersTermsThatTheFilterReads)
{
    auto slow = understudy::test::makeBroken();
    slow->timings.complete = 1234567890us;
    for (const TrafficColumn column :
         {TrafficColumn::Match, TrafficColumn::Latency, TrafficColumn::Duration}) {
        const std::string term = filterTerm(*slow, column, {}).toStdString();
        const auto filter = TrafficFilter::parse(term);
        ASSERT_TRUE(filter) << term;
        EXPECT_TRUE(filter->matches({1, slow})) << term;
    }
    EXPECT_EQ(filterTerm(*slow, TrafficColumn::Match, {}), "fault:reset");
    EXPECT_EQ(filterTerm(*understudy::test::makeExchange({}), TrafficColumn::Latency, {}), "");
}

TEST(TimingPhases, FollowTheExchangeFromAcceptToLastByte)
{
    const auto phases = timingPhases(*understudy::test::makeBroken());
    EXPECT_EQ(names(phases),
              (std::vector<std::string>{"Connection", "TLS handshake", "Request",
                                        "Match and render", "Injected latency", "Last byte"}));
    EXPECT_EQ(phases[0].start, -42ms);
    EXPECT_EQ(phases[1].real, 18ms);
    EXPECT_EQ(phases[4].planned, 213ms);
    EXPECT_EQ(phases[4].plannedStart, 3ms);
    EXPECT_EQ(phases[4].real, 215100us);
    EXPECT_EQ(phases[5].planned, 60ms);
}

TEST(TimingPhases, LeaveOutWhatNeverHappened)
{
    EXPECT_EQ(names(timingPhases(*understudy::test::makeExchange({}))),
              (std::vector<std::string>{"Request", "Match and render", "First byte", "Last byte"}));
    EXPECT_EQ(names(timingPhases(*understudy::test::makeNoRequest())),
              std::vector<std::string>{"Nothing sent"});
}

TEST(TimingPhases, PutAFailedHandshakeBehindItsFirstByte)
{
    const auto failed = understudy::test::makeNoRequest();
    failed->timings.acceptedBefore = 12ms;
    failed->timings.handshake = 7ms;
    const auto phases = timingPhases(*failed);
    EXPECT_EQ(names(phases), (std::vector<std::string>{"Connection", "TLS handshake"}));
    EXPECT_EQ(phases[0].real, 12ms);
    EXPECT_EQ(phases[1].start, 0ms);
}

TEST(TimingPhases, WaitToTheEndWhereNothingWasSent)
{
    auto silent = understudy::test::makeBroken();
    silent->status = 0;
    silent->responseHead.clear();
    silent->responseBody = {};
    silent->timings.firstByteOut = 240ms; // when the connection was reset
    const auto phases = timingPhases(*silent);
    EXPECT_EQ(phases.back().name, "Injected latency");
    EXPECT_EQ(phases.back().start + phases.back().real, 245ms);
}

TEST_F(ExchangePaneBehaviour, SaysFirstWhyItWasBroken)
{
    show(understudy::test::makeBroken());
    auto *purpose = find<QLabel>("purposeLabel");
    EXPECT_TRUE(purpose->isVisible());
    EXPECT_EQ(purpose->text().toStdString(),
              "⚡ " + behaviourSentence(*understudy::test::makeBroken()->behaviour));
    show(understudy::test::makeExchange({}));
    EXPECT_FALSE(purpose->isVisible());
}

TEST_F(ExchangePaneBehaviour, ShowsWhatWasDrawn)
{
    show(understudy::test::makeBroken());
    EXPECT_EQ(summary("Fault"),
              QStringList{"reset at body · of the endpoint, entry 1 · 20 % · drew 13.42 %"});
    EXPECT_EQ(summary("Latency"),
              (QStringList{"163 ms · of the endpoint · before the answer · log-normal, median "
                           "200 ms, p99 2 s · drew 54.37 %",
                           "50 ms · of folder users · before the answer"}));
    EXPECT_EQ(summary("Throttle"), QStringList{"download 50 kB/s · of the server"});
    EXPECT_EQ(summary("Draws"), QStringList{"seed 48151, request 17 of ep-users"});
    EXPECT_EQ(summary("TLS"), QStringList{"TLS 1.3, shop.localhost"});
}

TEST_F(ExchangePaneBehaviour, SaysThatThereWasNoRequest)
{
    show(understudy::test::makeNoRequest());
    EXPECT_EQ(summary("Request"), QStringList{"none: the connection ended before one arrived"});
    EXPECT_EQ(summary("Draws"), QStringList{"seed 48151, connection 2"});
    EXPECT_EQ(summary("Status"), QStringList{"⚡ none"});
}

TEST_F(ExchangePaneBehaviour, SaysNothingOfDrawsWhereThereWereNone)
{
    auto exchange = understudy::test::makeBroken();
    auto fixed = std::make_shared<Exchange>(*exchange);
    auto record = std::make_shared<BehaviourRecord>(*exchange->behaviour);
    record->drawnFor.clear();
    record->ordinal = 0;
    fixed->behaviour = record;
    show(fixed);
    EXPECT_TRUE(summary("Draws").isEmpty());
}

TEST_F(ExchangePaneBehaviour, ListsPlannedAndRealTimes)
{
    show(understudy::test::makeBroken());
    openTiming();
    const auto *table = find<QTableWidget>("timingTable");
    ASSERT_EQ(table->rowCount(), 7);
    const auto row = [table](int index) {
        QStringList cells;
        for (int column = 0; column < table->columnCount(); ++column)
            cells << table->item(index, column)->text();
        return cells;
    };
    EXPECT_EQ(row(0), (QStringList{"Connection", "", "42 ms", "−42 ms"}));
    EXPECT_EQ(row(4), (QStringList{"Injected latency", "213 ms", "215 ms", "4.5 ms"}));
    EXPECT_EQ(row(6), (QStringList{"Whole exchange", "273 ms", "245 ms", "0.0 ms"}));
}

TEST_F(ExchangePaneBehaviour, DrawsBarsToScaleWithThePlannedOnesBelow)
{
    show(understudy::test::makeBroken());
    openTiming();
    auto *chart = find<TimingChart>("timingChart");
    const QRectF latency = chart->realBar(4);
    const QRectF planned = chart->plannedBar(4);
    const QRectF handshake = chart->realBar(1);
    EXPECT_NEAR(latency.width() / handshake.width(), 215.1 / 18, 0.2);
    EXPECT_NEAR(planned.width() / latency.width(), 213 / 215.1, 0.01);
    EXPECT_LT(planned.left(), latency.left()); // counted from the end of the request
    EXPECT_GE(planned.top(), latency.bottom());
    EXPECT_TRUE(chart->plannedBar(0).isEmpty());
    for (int i = 0; i < 6; ++i)
        EXPECT_TRUE(QRectF(chart->rect()).contains(chart->realBar(i))) << i;
}

TEST_F(ExchangePaneBehaviour, KeepsBarsInsideANarrowPane)
{
    show(understudy::test::makeBroken(), {220, 500});
    openTiming();
    QCoreApplication::processEvents();
    auto *chart = find<TimingChart>("timingChart");
    for (int i = 0; i < 6; ++i) {
        EXPECT_TRUE(QRectF(chart->rect()).contains(chart->realBar(i))) << i;
        EXPECT_TRUE(chart->rowRect(i).contains(chart->realBar(i))) << i;
    }
    // The name stands above its bar.
    EXPECT_GT(chart->realBar(0).top(), chart->rowRect(0).top() + chart->fontMetrics().height());
    EXPECT_TRUE(QRectF(chart->rect()).contains(chart->rowRect(5)));
}

TEST_F(ExchangePaneBehaviour, WalksTheChartByKeyboardAndReadsItOut)
{
    show(understudy::test::makeBroken());
    openTiming();
    auto *chart = find<TimingChart>("timingChart");
    EXPECT_TRUE(chart->accessibleDescription().contains("TLS handshake: 18 ms"));
    QTest::keyClick(chart, Qt::Key_Home);
    QTest::keyClick(chart, Qt::Key_Down);
    EXPECT_EQ(chart->currentPhase(), 1);
    EXPECT_EQ(chart->accessibleDescription(),
              "TLS handshake: 18 ms, began 42 ms before the request");
    auto *table = find<QTableWidget>("timingTable");
    EXPECT_EQ(table->currentRow(), 1);
    table->setCurrentCell(4, 0);
    EXPECT_EQ(chart->currentPhase(), 4);
    EXPECT_EQ(chart->accessibleDescription(),
              "Injected latency: 215 ms, planned 213 ms, from 4.5 ms");
    QTest::keyClick(chart, Qt::Key_End);
    EXPECT_EQ(chart->currentPhase(), 5);
}

TEST_F(ExchangePaneBehaviour, KeepsTheAnswerVisibleBehindAnIdleConnection)
{
    auto idle = understudy::test::makeBroken();
    idle->timings.acceptedBefore = 60s;
    show(idle);
    openTiming();
    auto *chart = find<TimingChart>("timingChart");
    EXPECT_GT(chart->realBar(4).width(), chart->width() / 5.0);
    EXPECT_EQ(find<QTableWidget>("timingTable")->item(0, 2)->text(), "60.0 s");
}
