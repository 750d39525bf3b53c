// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"

#include <QHash>
#include <QString>

#include <deque>
#include <functional>
#include <vector>

namespace understudy::ui {

/// What the table keeps of an exchange. The exchange itself is held by the journal alone and asked
/// for by its sequence when a cell is shown, so that the journal's budget bounds all of it.
struct TrafficRow
{
    quint64 sequence = 0;
    qint64 received = 0;  ///< microseconds since the epoch
    quint32 duration = 0; ///< microseconds; the highest number stands for anything longer
    qint16 status = 0;
    quint8 match = 0; ///< a MatchKind
    bool hasFault = false;
};
static_assert(sizeof(TrafficRow) <= 96 - sizeof(quint64), "ux.md section 11: 96 B for each row");

TrafficRow makeTrafficRow(const JournalEntry &entry);

/// What a user attached to a row.
struct TrafficAnnotation
{
    bool pinned = false;
    std::shared_ptr<const Exchange> copy; ///< of a row that is or was pinned
    QString mark;                         ///< name of a colour: "red"
    QString note;

    bool isEmpty() const { return !pinned && !copy && mark.isEmpty() && note.isEmpty(); }
};

/// The rows of the table in order of their sequence, bounded; not a Qt model. Knows nothing of
/// filters. One thread.
class TrafficRows
{
public:
    qsizetype size() const { return static_cast<qsizetype>(m_rows.size()); }
    bool isEmpty() const { return m_rows.empty(); }
    quint64 newest() const { return m_rows.empty() ? 0 : m_rows.back().sequence; }
    const TrafficRow *find(quint64 sequence) const;

    void append(const TrafficRow &row) { m_rows.push_back(row); }

    /// Takes the unpinned rows with a sequence up to `last` away; returns how many.
    qsizetype removeUpTo(quint64 last);
    /// The sequence up to which `count` unpinned rows lie; 0 for none.
    quint64 sequenceOfOldest(qsizetype count) const;

    /// Sets the unpinned rows aside; `restore` brings those back that `isHeld` says are there.
    qsizetype setAside();
    qsizetype restore(const std::function<bool(quint64)> &isHeld);
    void forgetAside();
    qsizetype asideCount() const { return static_cast<qsizetype>(m_aside.size()); }

    const QHash<quint64, TrafficAnnotation> &annotations() const { return m_annotations; }
    bool isPinned(quint64 sequence) const;
    QString mark(quint64 sequence) const;
    QString note(quint64 sequence) const;
    /// The kept copy of a pinned row, or null.
    std::shared_ptr<const Exchange> copyOf(quint64 sequence) const;
    /// Changes an annotation and drops it when nothing is left of it.
    void annotate(quint64 sequence, const std::function<void(TrafficAnnotation &)> &change);

    /// Sequences of all rows, in order.
    std::deque<quint64> sequences() const;

private:
    std::deque<TrafficRow> m_rows;
    std::vector<TrafficRow> m_aside;
    QHash<quint64, TrafficAnnotation> m_annotations;
};

} // namespace understudy::ui
