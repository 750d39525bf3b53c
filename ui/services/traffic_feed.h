// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/traffic/journal.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <vector>

namespace understudy::ui {

/// What one turn of the feed collected.
struct TrafficBatch
{
    std::vector<JournalEntry> entries; ///< in order of their sequence; may be empty
    quint64 oldest = 0;                ///< first sequence that the journal still holds
};

/// Pulls exchanges from the journal by cursor, at the pace of the window and not of the servers
/// (ux.md section 11). Lives on the thread of the window; the journal must outlive it.
///
///     TrafficFeed feed(journal);
///     connect(&feed, &TrafficFeed::arrived, model, &TrafficModel::append);
///     feed.start();
class TrafficFeed : public QObject
{
    Q_OBJECT

public:
    /// `clock` measures what a turn costs; tests bring their own, which must outlive the feed.
    explicit TrafficFeed(const Journal &journal, QObject *parent = nullptr,
                         const Clock *clock = nullptr);

    void start();
    /// One turn now: reads until nothing is left or 8 ms are spent, then emits `arrived` once.
    void poll();

    /// Paused, it leaves the cursor where it is and only asks how much is waiting.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    /// Nobody sees a hidden window: it is fed every 500 ms.
    void setHidden(bool hidden);

    /// Milliseconds until the next turn.
    int interval() const;
    /// Sequence of the last row that was read.
    quint64 cursor() const { return m_cursor; }
    /// Rows that the journal had already given up when the feed came for them.
    quint64 dropped() const { return m_dropped; }
    /// The same during a pause, which the user asked for.
    quint64 agedOut() const { return m_agedOut; }
    /// Rows that arrived during the pause.
    quint64 waiting() const { return m_waiting; }
    /// Over about the last second.
    double requestsPerSecond() const;

Q_SIGNALS:
    /// Once per turn; also with an empty batch, so that evictions are noticed. Connect directly.
    void arrived(const understudy::ui::TrafficBatch &batch);
    void pausedChanged(bool paused);

private:
    struct Sample
    {
        SteadyTime when;
        quint64 newest;
    };

    TrafficBatch collect(SteadyTime start);
    void adapt(Duration spent, bool idle);
    void sampleRate(SteadyTime now);

    const Journal &m_journal;
    SystemClock m_systemClock;
    const Clock &m_clock;
    QTimer m_timer;
    quint64 m_cursor = 0;
    quint64 m_dropped = 0;
    quint64 m_agedOut = 0;
    quint64 m_waiting = 0;
    std::deque<Sample> m_samples;
    std::size_t m_step = 0; ///< index into the intervals
    int m_slowTurns = 0;
    bool m_paused = false;
    bool m_hidden = false;
    bool m_first = true;
    bool m_wasPaused = false;
};

} // namespace understudy::ui
