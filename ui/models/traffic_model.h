// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/traffic_query.h"
#include "ui/models/traffic_rows.h"
#include "ui/services/traffic_feed.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>
#include <QThreadPool>

#include <deque>
#include <optional>

namespace understudy::ui {

/// The traffic table (ux.md sections 3.7 and 11): append-only rows with an own list of the visible
/// ones, fed by TrafficFeed with one insertion per turn. Holds sequences and a few numbers; the
/// exchanges stay in the journal, which must outlive the model. Filtering and sorting run on a
/// worker and arrive as one reset. Lives on the thread of the window.
class TrafficModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        SequenceRole = Qt::UserRole + 1, ///< quint64
        StatusCodeRole,                  ///< int, 0 if nothing was sent
        MatchKindRole,                   ///< int of understudy::MatchKind
        EndpointIdRole,                  ///< QString, empty if none
        DurationRole,                    ///< qint64, microseconds
        PinnedRole                       ///< bool
    };

    explicit TrafficModel(const Journal &journal, QObject *parent = nullptr);
    ~TrafficModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Notes can be edited.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

    /// Takes one turn of the feed over: at most one insertion, behind at most a few removals.
    void append(const TrafficBatch &batch);

    /// At most this many rows; the journal's own limit bounds it too.
    void setRowLimit(qsizetype rows);
    qsizetype rowLimit() const;

    /// Shows what passes `filter`, once a worker has looked; until then the rows stay.
    void setFilter(const TrafficFilter &filter);
    const TrafficFilter &filter() const { return m_filter; }
    /// Shows a sorted snapshot; newcomers wait until `updateSnapshot`.
    void sortBy(TrafficColumn column, Qt::SortOrder order);
    void clearSort();
    void updateSnapshot();
    bool isSnapshot() const { return m_sortColumn.has_value(); }
    /// Rows that would join the snapshot.
    qsizetype waitingForSnapshot() const { return m_waitingForSnapshot; }
    bool isSearching() const { return m_watcher.isRunning(); }

    /// Hides all rows but pinned ones; returns how many went.
    qsizetype clear();
    /// Brings them back, as far as the journal still has them.
    qsizetype undoClear();
    /// The time for undoClear is over.
    void forgetCleared();

    void setPinned(int row, bool pinned);
    /// `mark` is the name of a colour as the filter language knows it, or empty.
    void setMark(int row, const QString &mark);

    qsizetype totalRows() const { return m_rows.size(); }
    qsizetype pinnedRows() const;
    /// Rows that had to go because of a bound.
    quint64 evicted() const { return m_evicted; }

    /// Of the rows the table shows, in their order.
    std::vector<quint64> visibleSequences() const { return {m_visible.begin(), m_visible.end()}; }
    quint64 sequenceAt(int row) const { return m_visible[static_cast<std::size_t>(row)]; }
    /// The visible row of a sequence, or -1. Fast unless the table is sorted.
    int rowOf(quint64 sequence) const;
    /// The exchange of a visible row; null if the journal has just given it up.
    JournalEntry entryAt(int row) const;
    bool isPinned(int row) const { return m_rows.isPinned(sequenceAt(row)); }
    QString markAt(int row) const { return m_rows.mark(sequenceAt(row)); }

    /// Pins, marks and notes, by sequence.
    const QHash<quint64, TrafficAnnotation> &annotations() const { return m_rows.annotations(); }

Q_SIGNALS:
    void searchStarted();
    void searchProgress(int percent);
    /// Filter or sort order took effect.
    void searchFinished();
    void waitingForSnapshotChanged(qsizetype rows);

private:
    std::shared_ptr<const Exchange> exchangeOf(quint64 sequence) const;
    QVariant display(const QModelIndex &index, quint64 sequence) const;
    QString deltaText(int row) const;
    QVariant foreground(TrafficColumn column, quint64 sequence) const;
    QString rowText(quint64 sequence) const;
    bool passes(const JournalEntry &entry, WallTime now) const;
    void evict(const TrafficBatch &batch);
    void evictUpTo(quint64 last);
    void removeVisibleUpTo(quint64 last);
    void startQuery();
    void showAll();
    void deliver(const TrafficQueryResult &result);
    void annotate(int row, const std::function<void(TrafficAnnotation &)> &change);

    const Journal &m_journal;
    SystemClock m_clock;
    TrafficRows m_rows;
    std::deque<quint64> m_visible;
    TrafficFilter m_filter;      ///< wanted
    TrafficFilter m_shownFilter; ///< that m_visible was made with
    std::optional<TrafficColumn> m_sortColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_shownSorted = false;
    QThreadPool m_pool; ///< one worker; a new question cancels the old one
    QFutureWatcher<TrafficQueryResult> m_watcher;
    qsizetype m_rowLimit = 1'000'000;
    qsizetype m_waitingForSnapshot = 0;
    quint64 m_clearedUpTo = 0;
    quint64 m_clearedBefore = 0; ///< value of m_clearedUpTo before the last clear
    quint64 m_evicted = 0;
    mutable JournalEntry m_last; ///< the exchange asked for last: a row is painted cell by cell
};

} // namespace understudy::ui
