// SPDX-License-Identifier: GPL-3.0-or-later
// How the traffic table stands a load: exchanges arrive at a fixed rate while the list is scrolled,
// and every turn of the event loop is timed. Ends with 1 if one took longer than the target.
//
//     understudy_ui_traffic_bench [SECONDS] [PER_SECOND]      default 30 5000
#include "tests/bench/ui_timed_application.h"
#include "tests/ui/traffic_samples.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/traffic/traffic_page_table.h"

#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <thread>
#include <vector>

using namespace understudy;
using namespace understudy::ui;
using namespace understudy::bench;

namespace {

constexpr double kLongestTurn = 100; // ms; issue 2, "Speed and memory"

/// Resident bytes of this process (Linux; 0 elsewhere).
double residentBytes()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = statm.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toDouble() * 4096 : 0;
}

/// A thread that appends as an I/O thread would: `rate` exchanges a second, in pieces of 5 ms.
class Generator
{
public:
    Generator(Journal &journal, int rate)
        : m_thread([this, &journal, rate] { run(journal, rate); })
    {}
    ~Generator()
    {
        m_stop = true;
        m_thread.join();
    }
    Generator(const Generator &) = delete;
    Generator &operator=(const Generator &) = delete;

private:
    void run(Journal &journal, int rate)
    {
        std::vector<std::shared_ptr<Exchange>> patterns;
        for (int i = 0; i < 256; ++i) {
            test::Sample sample;
            sample.target = "/users/" + std::to_string(i) + "?page=" + std::to_string(i % 7);
            sample.status = i % 9 == 0 ? 500 : i % 5 == 0 ? 404 : 200;
            sample.match = i % 5 == 0 ? MatchKind::NoEndpoint : MatchKind::Matched;
            patterns.push_back(test::makeExchange(sample));
        }
        const auto start = Steady::now();
        std::size_t made = 0;
        while (!m_stop) {
            const std::chrono::duration<double> elapsed = Steady::now() - start;
            const auto due = static_cast<std::size_t>(elapsed.count() * rate);
            for (; made < due; ++made) {
                auto exchange = std::make_shared<Exchange>(*patterns[made % patterns.size()]);
                exchange->received = std::chrono::system_clock::now();
                journal.append(std::move(exchange));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

    std::atomic<bool> m_stop{false};
    std::thread m_thread;
};

/// What is measured beside the turns.
struct Observed
{
    double latestTimer = 0; ///< ms a 10 ms timer was late, at worst
    std::vector<double> late;
    qsizetype insertions = 0;
    qsizetype insertedRows = 0;
    qsizetype batches = 0;
    qsizetype doubleInsertions = 0; ///< turns of the feed with more than one insertion
    qsizetype insertionsInTurn = 0;
};

void watch(TrafficPage &page, Observed &observed)
{
    QObject::connect(page.model(), &QAbstractItemModel::rowsInserted, &page,
                     [&observed](const QModelIndex &, int first, int last) {
                         ++observed.insertions;
                         ++observed.insertionsInTurn;
                         observed.insertedRows += last - first + 1;
                     });
    QObject::connect(&page, &TrafficPage::statisticsChanged, &page, [&observed] {
        ++observed.batches;
        observed.doubleInsertions += observed.insertionsInTurn > 1 ? 1 : 0;
        observed.insertionsInTurn = 0;
    });
}

/// Scrolls, selects and filters in turn, as somebody would who looks for something.
void stir(TrafficPage &page, TrafficTable &table, int step)
{
    QScrollBar *bar = table.verticalScrollBar();
    switch (step % 40) {
    case 0:
        table.setFollowing(true);
        break;
    case 20:
        table.goToRow(std::max(0, page.model()->rowCount() / 2));
        break;
    case 30:
        page.setFilterText(step % 80 == 30 ? QStringLiteral("status:5xx OR is:unmatched")
                                           : QString());
        break;
    default:
        if (step % 40 > 5)
            bar->setValue(bar->value() + (step % 3 == 0 ? -40 : 17));
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    TimedApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const int seconds = arguments.size() > 1 ? std::max(1, arguments[1].toInt()) : 30;
    const int rate = arguments.size() > 2 ? std::max(1, arguments[2].toInt()) : 5'000;

    Journal journal({.bytes = std::size_t{512} << 20, .count = 1'000'000, .bodyBytes = 8U << 20});
    TrafficPage page(journal);
    page.resize(1280, 500);
    page.show();
    auto *table = page.findChild<TrafficTable *>(QStringLiteral("trafficView"));
    Observed observed;
    watch(page, observed);

    QElapsedTimer sinceTick;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, &page, [&] {
        observed.late.push_back(std::max<double>(0, static_cast<double>(sinceTick.restart()) - 10));
    });
    QTimer stirring;
    int step = 0;
    QObject::connect(&stirring, &QTimer::timeout, &page, [&] { stir(page, *table, step++); });

    QApplication::processEvents(); // the window is up; what follows counts
    application.turns.clear();
    const double before = residentBytes();
    const std::clock_t cpuBefore = std::clock();
    double processCpu = 0;
    {
        const Generator generator(journal, rate);
        sinceTick.start();
        tick.start(10);
        stirring.start(25);
        QTimer::singleShot(seconds * 1000, &application, &QCoreApplication::quit);
        QApplication::exec();
        processCpu = static_cast<double>(std::clock() - cpuBefore) / CLOCKS_PER_SEC;
    }
    const double after = residentBytes();

    const quint64 appended = journal.counters().appended;
    const double longest = *std::max_element(application.turns.begin(), application.turns.end());
    const double latest = *std::max_element(observed.late.begin(), observed.late.end());
    const double journalBytes = static_cast<double>(journal.counters().bytes);
    const auto rows = static_cast<double>(page.rowCount());
    std::printf("appended            %llu in %d s\n", static_cast<unsigned long long>(appended),
                seconds);
    std::printf("rows held           %.0f, evicted %llu, dropped %llu\n", rows,
                static_cast<unsigned long long>(page.evicted()),
                static_cast<unsigned long long>(page.dropped()));
    std::printf("longest turn        %.1f ms (target %.0f ms)\n", longest, kLongestTurn);
    std::printf("p99 of turns        %.2f ms over %zu turns\n", percentile(application.turns, 0.99),
                application.turns.size());
    std::printf("10 ms timer         p99 %.0f ms late, %.0f ms at worst\n",
                percentile(observed.late, 0.99), latest);
    std::printf("inserts             %lld in %lld turns of the feed, %.0f rows each, %lld turns "
                "with more than one\n",
                static_cast<long long>(observed.insertions),
                static_cast<long long>(observed.batches),
                static_cast<double>(observed.insertedRows)
                    / static_cast<double>(std::max<qsizetype>(1, observed.insertions)),
                static_cast<long long>(observed.doubleInsertions));
    std::printf("memory of a row     %zu B in the model; process %.0f B a row beyond the journal's "
                "own %.0f B\n",
                sizeof(TrafficRow) + sizeof(quint64),
                std::max(0.0, (after - before - journalBytes) / std::max(1.0, rows)),
                journalBytes / std::max(1.0, rows));
    std::printf("CPU                 %.0f %% of one core, generator included\n",
                processCpu * 100 / seconds);
    return longest > kLongestTurn || observed.doubleInsertions > 0 ? 1 : 0;
}
