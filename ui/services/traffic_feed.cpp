// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_feed.h"

#include <algorithm>
#include <array>

namespace understudy::ui {

namespace {

constexpr std::array kIntervals{100, 200, 500};
constexpr int kHiddenInterval = 500;
constexpr std::size_t kPage = 4096;
constexpr Duration kBudget = std::chrono::milliseconds(8);
constexpr Duration kRateWindow = std::chrono::seconds(1);

} // namespace

TrafficFeed::TrafficFeed(const Journal &journal, QObject *parent, const Clock *clock)
    : QObject(parent)
    , m_journal(journal)
    , m_clock(clock ? *clock : m_systemClock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        poll();
        m_timer.start(interval());
    });
}

void TrafficFeed::start() { m_timer.start(interval()); }

void TrafficFeed::poll()
{
    const SteadyTime start = m_clock.now();
    sampleRate(start);
    TrafficBatch batch;
    if (m_paused) {
        const quint64 newest = m_journal.newest();
        m_waiting = newest > m_cursor ? newest - m_cursor : 0;
        // The rows on display stay as they are, whatever the journal gives up meanwhile.
        Q_EMIT arrived(batch);
        return;
    }
    batch = collect(start);
    m_waiting = 0;
    Q_EMIT arrived(batch);
    adapt(std::chrono::duration_cast<Duration>(m_clock.now() - start), batch.entries.empty());
}

TrafficBatch TrafficFeed::collect(SteadyTime start)
{
    TrafficBatch batch;
    do {
        JournalPage page = m_journal.readSince(m_cursor, kPage);
        m_cursor = page.cursor;
        // What was gone before anybody looked is nobody's loss.
        if (!m_first)
            (m_wasPaused ? m_agedOut : m_dropped) += page.missed;
        m_first = false;
        m_wasPaused = false;
        if (page.entries.empty())
            break;
        if (batch.entries.empty())
            batch.entries = std::move(page.entries);
        else
            std::move(page.entries.begin(), page.entries.end(), std::back_inserter(batch.entries));
    } while (m_clock.now() - start < kBudget);
    const JournalPage first = m_journal.readSince(0, 1);
    batch.oldest = first.entries.empty() ? m_journal.newest() + 1 : first.entries.front().sequence;
    return batch;
}

void TrafficFeed::adapt(Duration spent, bool idle)
{
    if (idle) {
        m_step = 0;
        m_slowTurns = 0;
        return;
    }
    m_slowTurns = spent > kBudget ? m_slowTurns + 1 : 0;
    if (m_slowTurns >= 2) {
        m_step = std::min(m_step + 1, kIntervals.size() - 1);
        m_slowTurns = 0;
    }
}

void TrafficFeed::sampleRate(SteadyTime now)
{
    m_samples.push_back({now, m_journal.newest()});
    while (m_samples.size() > 2 && now - m_samples[1].when >= kRateWindow)
        m_samples.pop_front();
}

double TrafficFeed::requestsPerSecond() const
{
    if (m_samples.size() < 2)
        return 0;
    const Sample &from = m_samples.front();
    const Sample &to = m_samples.back();
    const std::chrono::duration<double> apart = to.when - from.when;
    return apart.count() <= 0 ? 0 : static_cast<double>(to.newest - from.newest) / apart.count();
}

void TrafficFeed::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    m_wasPaused = !paused;
    Q_EMIT pausedChanged(paused);
    poll();
}

void TrafficFeed::setHidden(bool hidden)
{
    m_hidden = hidden;
    if (!hidden && m_timer.isActive() && m_timer.remainingTime() > kIntervals[m_step])
        m_timer.start(0);
}

int TrafficFeed::interval() const { return m_hidden ? kHiddenInterval : kIntervals[m_step]; }

} // namespace understudy::ui
