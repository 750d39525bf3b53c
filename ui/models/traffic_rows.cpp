// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/traffic_rows.h"

#include <algorithm>
#include <limits>

namespace understudy::ui {

TrafficRow makeTrafficRow(const JournalEntry &entry)
{
    const Exchange &exchange = *entry.exchange;
    TrafficRow row;
    row.sequence = entry.sequence;
    row.received
        = std::chrono::duration_cast<Duration>(exchange.received.time_since_epoch()).count();
    row.duration = static_cast<quint32>(std::clamp<Duration::rep>(
        exchange.timings.complete.count(), 0, std::numeric_limits<quint32>::max()));
    row.status = static_cast<qint16>(exchange.status);
    row.match = static_cast<quint8>(exchange.match);
    row.hasFault = exchange.behaviour && exchange.behaviour->fault;
    return row;
}

const TrafficRow *TrafficRows::find(quint64 sequence) const
{
    if (m_rows.empty() || sequence > m_rows.back().sequence)
        return nullptr;
    // Rows follow each other without gaps, but for pinned ones that outlived their neighbours.
    const quint64 fromEnd = m_rows.back().sequence - sequence;
    if (fromEnd < m_rows.size()) {
        const TrafficRow &guess = m_rows[m_rows.size() - 1 - fromEnd];
        if (guess.sequence == sequence)
            return &guess;
    }
    const auto it = std::lower_bound(
        m_rows.begin(), m_rows.end(), sequence,
        [](const TrafficRow &row, quint64 wanted) { return row.sequence < wanted; });
    return it != m_rows.end() && it->sequence == sequence ? &*it : nullptr;
}

qsizetype TrafficRows::removeUpTo(quint64 last)
{
    std::vector<TrafficRow> kept;
    qsizetype removed = 0;
    while (!m_rows.empty() && m_rows.front().sequence <= last) {
        const quint64 sequence = m_rows.front().sequence;
        if (isPinned(sequence)) {
            kept.push_back(m_rows.front());
        } else {
            m_annotations.remove(sequence);
            ++removed;
        }
        m_rows.pop_front();
    }
    m_rows.insert(m_rows.begin(), kept.begin(), kept.end());
    return removed;
}

quint64 TrafficRows::sequenceOfOldest(qsizetype count) const
{
    quint64 last = 0;
    for (const TrafficRow &row : m_rows) {
        if (count <= 0)
            break;
        if (isPinned(row.sequence))
            continue;
        last = row.sequence;
        --count;
    }
    return last;
}

qsizetype TrafficRows::setAside()
{
    std::deque<TrafficRow> kept;
    m_aside.clear();
    for (const TrafficRow &row : m_rows) {
        if (isPinned(row.sequence))
            kept.push_back(row);
        else
            m_aside.push_back(row);
    }
    m_rows.swap(kept);
    return asideCount();
}

qsizetype TrafficRows::restore(const std::function<bool(quint64)> &isHeld)
{
    std::deque<TrafficRow> merged;
    const auto bySequence
        = [](const TrafficRow &a, const TrafficRow &b) { return a.sequence < b.sequence; };
    std::erase_if(m_aside, [&](const TrafficRow &row) { return !isHeld(row.sequence); });
    std::merge(m_aside.begin(), m_aside.end(), m_rows.begin(), m_rows.end(),
               std::back_inserter(merged), bySequence);
    const qsizetype restored = asideCount();
    m_rows.swap(merged);
    m_aside.clear();
    return restored;
}

void TrafficRows::forgetAside()
{
    if (!m_annotations.isEmpty()) {
        for (const TrafficRow &row : m_aside)
            m_annotations.remove(row.sequence);
    }
    m_aside.clear();
    m_aside.shrink_to_fit();
}

bool TrafficRows::isPinned(quint64 sequence) const
{
    const auto it = m_annotations.constFind(sequence);
    return it != m_annotations.constEnd() && it->pinned;
}

QString TrafficRows::mark(quint64 sequence) const
{
    const auto it = m_annotations.constFind(sequence);
    return it == m_annotations.constEnd() ? QString() : it->mark;
}

QString TrafficRows::note(quint64 sequence) const
{
    const auto it = m_annotations.constFind(sequence);
    return it == m_annotations.constEnd() ? QString() : it->note;
}

std::shared_ptr<const Exchange> TrafficRows::copyOf(quint64 sequence) const
{
    const auto it = m_annotations.constFind(sequence);
    return it == m_annotations.constEnd() ? nullptr : it->copy;
}

void TrafficRows::annotate(quint64 sequence, const std::function<void(TrafficAnnotation &)> &change)
{
    TrafficAnnotation &annotation = m_annotations[sequence];
    change(annotation);
    if (annotation.isEmpty())
        m_annotations.remove(sequence);
}

std::deque<quint64> TrafficRows::sequences() const
{
    std::deque<quint64> out;
    for (const TrafficRow &row : m_rows)
        out.push_back(row.sequence);
    return out;
}

} // namespace understudy::ui
