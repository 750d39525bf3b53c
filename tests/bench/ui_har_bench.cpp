// SPDX-License-Identifier: GPL-3.0-or-later
// What exporting traffic as HAR, and opening it again, takes: the rate, and how much memory more
// than before. Ends with 1 if memory grew beyond the target.
//
//     understudy_ui_har_bench [EXCHANGES]      default 1000000
#include "tests/ui/traffic_samples.h"
#include "ui/services/traffic_har.h"
#include "ui/services/traffic_har_reader.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace understudy;
using namespace understudy::ui;

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr double kMostGrowth = 32e6; // bytes, however many exchanges there are
constexpr double kJournal = 64e6;    // that reading may fill beside

/// Resident bytes of this process (Linux; 0 elsewhere).
double residentNow()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = statm.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toDouble() * 4096 : 0;
}

/// Notes the most memory that was in use beside what there was at first.
class Growth
{
public:
    void look()
    {
        if (++m_looks % 1'024 == 0)
            m_most = std::max(m_most, residentNow());
    }
    double bytes() const { return std::max(0.0, m_most - m_before); }

private:
    double m_before = residentNow();
    double m_most = m_before;
    std::size_t m_looks = 0;
};

std::vector<std::shared_ptr<const Exchange>> patterns()
{
    std::vector<std::shared_ptr<const Exchange>> out;
    for (int i = 0; i < 256; ++i) {
        test::Sample sample;
        sample.method = i % 4 == 0 ? "POST" : "GET";
        sample.target = "/users/" + std::to_string(i) + "?page=" + std::to_string(i % 7);
        sample.status = i % 9 == 0 ? 500 : 200;
        sample.requestBody = i % 4 == 0 ? R"({"name": "x", "password": "secret"})" : "";
        sample.responseBody = R"({"id": 1, "text": ")" + std::string(500, 'x') + "\"}";
        sample.headers = {{"Accept", "application/json"},
                          {"Authorization", "Bearer secret"},
                          {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"}};
        out.push_back(i % 50 == 0 ? test::makeBroken() : test::makeExchange(sample));
    }
    return out;
}

void report(const char *what, double exchanges, double bytes, SteadyClock::time_point start,
            double growth)
{
    const std::chrono::duration<double> took = SteadyClock::now() - start;
    std::printf("%-8s %.0f exchanges, %.0f MB in %.1f s: %.1f MB/s, %.0f exchanges/s; memory grew "
                "by %.1f MB at most\n",
                what, exchanges, bytes / 1e6, took.count(), bytes / 1e6 / took.count(),
                exchanges / took.count(), growth / 1e6);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int count = arguments.size() > 1 ? std::max(1, arguments[1].toInt()) : 1'000'000;
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("traffic.har")));
    if (!file.open(QIODevice::ReadWrite)) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file.fileName()));
        return 1;
    }
    const auto exchanges = patterns();
    std::vector<quint64> sequences;
    for (int i = 0; i < count; ++i)
        sequences.push_back(static_cast<quint64>(i));

    Growth writing;
    auto start = SteadyClock::now();
    const HarSummary summary = writeHar(file, sequences, [&](quint64 sequence) {
        writing.look();
        return exchanges[sequence % exchanges.size()];
    });
    file.flush();
    report("written", static_cast<double>(summary.written), static_cast<double>(file.size()), start,
           writing.bytes());

    file.seek(0);
    Journal journal({.bytes = static_cast<std::size_t>(kJournal)});
    HarProgress progress;
    const double before = residentNow();
    start = SteadyClock::now();
    const HarReading reading = readHar(file, QStringLiteral("traffic.har"), journal, progress);
    const double grown = std::max(0.0, residentNow() - before);
    report("read", static_cast<double>(reading.entries), static_cast<double>(file.size()), start,
           grown);
    const bool isWhole = summary.written == count && reading.entries == static_cast<quint64>(count);
    if (!isWhole)
        std::printf("%s\n", "exchanges were lost");
    return !isWhole || writing.bytes() > kMostGrowth || grown > kJournal * 2 ? 1 : 0;
}
