// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/traffic_model.h"

#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QtConcurrent>

#include <algorithm>

namespace understudy::ui {

namespace {

// Rows go in blocks, so that a full table does not shift with every turn (ux.md section 11).
constexpr qsizetype kEvictionBlock = 4096;
// With more gaps than this between pinned rows, one reset is cheaper than a removal each.
constexpr std::size_t kMaxRemovals = 16;

TrafficColumn columnOf(const QModelIndex &index)
{
    return static_cast<TrafficColumn>(index.column());
}

bool isNumeric(TrafficColumn column)
{
    switch (column) {
    case TrafficColumn::Number:
    case TrafficColumn::Delta:
    case TrafficColumn::Latency:
    case TrafficColumn::Duration:
    case TrafficColumn::RequestSize:
    case TrafficColumn::ResponseSize:
        return true;
    default:
        return false;
    }
}

} // namespace

TrafficModel::TrafficModel(const Journal &journal, QObject *parent)
    : QAbstractTableModel(parent)
    , m_journal(journal)
{
    m_pool.setMaxThreadCount(1);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this,
            &TrafficModel::searchProgress);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (!m_watcher.isCanceled() && m_watcher.future().resultCount() > 0)
            deliver(m_watcher.result());
    });
}

TrafficModel::~TrafficModel()
{
    m_watcher.disconnect(this);
    m_watcher.cancel();
    m_pool.waitForDone(); // a cancelled worker may still be looking at the journal
}

int TrafficModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

int TrafficModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kTrafficColumns;
}

std::shared_ptr<const Exchange> TrafficModel::exchangeOf(quint64 sequence) const
{
    if (m_last.sequence != sequence || !m_last.exchange) {
        auto copy = m_rows.copyOf(sequence);
        m_last = copy ? JournalEntry{sequence, std::move(copy)} : m_journal.at(sequence);
    }
    return m_last.exchange;
}

JournalEntry TrafficModel::entryAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const quint64 sequence = sequenceAt(row);
    auto copy = m_rows.copyOf(sequence);
    return copy ? JournalEntry{sequence, std::move(copy)} : m_journal.at(sequence);
}

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const quint64 sequence = sequenceAt(index.row());
    const TrafficRow *row = m_rows.find(sequence);
    switch (role) {
    case Qt::DisplayRole:
        return display(index, sequence);
    case Qt::EditRole:
        return columnOf(index) == TrafficColumn::Note ? QVariant(m_rows.note(sequence))
                                                      : display(index, sequence);
    case Qt::TextAlignmentRole:
        return isNumeric(columnOf(index)) ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                          : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return foreground(columnOf(index), sequence);
    case Qt::ToolTipRole:
        return plainToolTip(rowText(sequence));
    case Qt::AccessibleTextRole:
        return rowText(sequence);
    case SequenceRole:
        return sequence;
    case StatusCodeRole:
        return row ? QVariant(row->status) : QVariant();
    case MatchKindRole:
        return row ? QVariant(row->match) : QVariant();
    case DurationRole:
        return row ? QVariant(static_cast<qint64>(row->duration)) : QVariant();
    case EndpointIdRole: {
        const auto exchange = exchangeOf(sequence);
        return exchange && exchange->endpointId ? toQString(*exchange->endpointId) : QString();
    }
    case PinnedRole:
        return m_rows.isPinned(sequence);
    default:
        return {};
    }
}

QVariant TrafficModel::display(const QModelIndex &index, quint64 sequence) const
{
    switch (columnOf(index)) {
    case TrafficColumn::Number:
        return QString::number(sequence);
    case TrafficColumn::Delta:
        return deltaText(index.row());
    case TrafficColumn::Mark: {
        const QString mark = m_rows.mark(sequence);
        const QString pin = m_rows.isPinned(sequence) ? QStringLiteral("★") : QString();
        return mark.isEmpty() || pin.isEmpty() ? pin + mark : pin + u' ' + mark;
    }
    case TrafficColumn::Note:
        return m_rows.note(sequence);
    default: {
        const auto exchange = exchangeOf(sequence);
        return exchange ? cellText(*exchange, columnOf(index)) : QString();
    }
    }
}

QString TrafficModel::deltaText(int row) const
{
    if (row == 0)
        return {};
    const TrafficRow *here = m_rows.find(sequenceAt(row));
    const TrafficRow *before = m_rows.find(sequenceAt(row - 1));
    if (!here || !before)
        return {};
    const qint64 apart = here->received - before->received;
    return (apart < 0 ? QStringLiteral("−") : QStringLiteral("+"))
           + durationText(Duration(std::abs(apart)));
}

QVariant TrafficModel::foreground(TrafficColumn column, quint64 sequence) const
{
    const TrafficRow *row = m_rows.find(sequence);
    if (!row)
        return {};
    const QPalette palette = QGuiApplication::palette();
    const bool isMatch = column == TrafficColumn::Match;
    const bool isStatus = column == TrafficColumn::Status;
    if (row->hasFault && (isMatch || (isStatus && row->status == 0)))
        return roleColor(ColorRole::Fault, palette);
    if (isMatch)
        return isUnmatched(static_cast<MatchKind>(row->match))
                   ? QVariant(roleColor(ColorRole::Unmatched, palette))
                   : QVariant();
    if (!isStatus)
        return {};
    switch (row->status / 100) {
    case 2:
        return roleColor(ColorRole::Success, palette);
    case 1:
    case 3:
        return roleColor(ColorRole::Redirect, palette);
    case 4:
        return roleColor(ColorRole::Warning, palette);
    default:
        return roleColor(ColorRole::Error, palette);
    }
}

QString TrafficModel::rowText(quint64 sequence) const
{
    const auto exchange = exchangeOf(sequence);
    if (!exchange)
        return tr("Request %1, no longer kept").arg(sequence);
    QString text = rowSentence(*exchange);
    if (m_rows.isPinned(sequence))
        text += tr(", pinned");
    if (const QString mark = m_rows.mark(sequence); !mark.isEmpty())
        text += tr(", marked %1").arg(mark);
    if (const QString note = m_rows.note(sequence); !note.isEmpty())
        text += tr(", note: %1").arg(note);
    if (const QString purpose = purposeText(*exchange); !purpose.isEmpty())
        text += u'\n' + purpose;
    return text;
}

QString TrafficModel::columnTitle(TrafficColumn column)
{
    switch (column) {
    case TrafficColumn::Number:
        return tr("#");
    case TrafficColumn::Time:
        return tr("Time");
    case TrafficColumn::Delta:
        return tr("Δ");
    case TrafficColumn::Server:
        return tr("Server");
    case TrafficColumn::Method:
        return tr("Method");
    case TrafficColumn::Path:
        return tr("Path");
    case TrafficColumn::Query:
        return tr("Query");
    case TrafficColumn::Status:
        return tr("Status");
    case TrafficColumn::Match:
        return tr("Match");
    case TrafficColumn::Latency:
        return tr("Latency");
    case TrafficColumn::Duration:
        return tr("Duration");
    case TrafficColumn::RequestSize:
        return tr("Req size");
    case TrafficColumn::ResponseSize:
        return tr("Resp size");
    case TrafficColumn::Client:
        return tr("Client");
    case TrafficColumn::Mark:
        return tr("Mark");
    case TrafficColumn::Note:
        return tr("Note");
    }
    return {};
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kTrafficColumns)
        return {};
    const auto column = static_cast<TrafficColumn>(section);
    if (role == Qt::DisplayRole)
        return columnTitle(column);
    if (role == Qt::TextAlignmentRole)
        return isNumeric(column) ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                 : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && column == TrafficColumn::Latency)
        return tr("Injected latency: what the behaviour asked for");
    if (role == Qt::ToolTipRole && column == TrafficColumn::Delta)
        return tr("Time since the row above arrived");
    return {};
}

Qt::ItemFlags TrafficModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (columnOf(index) == TrafficColumn::Note)
        flags |= Qt::ItemIsEditable;
    return flags | Qt::ItemNeverHasChildren;
}

bool TrafficModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || columnOf(index) != TrafficColumn::Note)
        return false;
    annotate(index.row(),
             [&](TrafficAnnotation &annotation) { annotation.note = value.toString(); });
    return true;
}

void TrafficModel::annotate(int row, const std::function<void(TrafficAnnotation &)> &change)
{
    m_rows.annotate(sequenceAt(row), change);
    Q_EMIT dataChanged(index(row, 0), index(row, kTrafficColumns - 1));
}

void TrafficModel::setPinned(int row, bool pinned)
{
    const auto exchange = entryAt(row).exchange;
    if (!exchange)
        return;
    annotate(row, [&](TrafficAnnotation &annotation) {
        annotation.pinned = pinned;
        // The copy stays when the pin goes: the journal may no longer have the row.
        if (pinned && !annotation.copy)
            annotation.copy = exchange;
        else if (!pinned && m_journal.at(sequenceAt(row)).exchange)
            annotation.copy.reset();
    });
}

void TrafficModel::setMark(int row, const QString &mark)
{
    annotate(row, [&](TrafficAnnotation &annotation) { annotation.mark = mark; });
}

qsizetype TrafficModel::pinnedRows() const
{
    const auto &all = m_rows.annotations();
    return std::count_if(all.begin(), all.end(),
                         [](const TrafficAnnotation &annotation) { return annotation.pinned; });
}

int TrafficModel::rowOf(quint64 sequence) const
{
    if (m_shownSorted) {
        const auto it = std::find(m_visible.begin(), m_visible.end(), sequence);
        return it == m_visible.end() ? -1 : static_cast<int>(it - m_visible.begin());
    }
    const auto it = std::lower_bound(m_visible.begin(), m_visible.end(), sequence);
    return it == m_visible.end() || *it != sequence ? -1 : static_cast<int>(it - m_visible.begin());
}

qsizetype TrafficModel::rowLimit() const
{
    return std::max<qsizetype>(
        1, std::min<qsizetype>(m_rowLimit, static_cast<qsizetype>(m_journal.limits().count)));
}

void TrafficModel::setRowLimit(qsizetype rows)
{
    m_rowLimit = std::max<qsizetype>(1, rows);
    evict({});
}

bool TrafficModel::passes(const JournalEntry &entry, WallTime now) const
{
    if (m_shownFilter.isEmpty())
        return true;
    std::string mark;
    return m_shownFilter.matches(entry,
                                 filterContext(m_rows.annotations(), entry.sequence, now, mark));
}

void TrafficModel::append(const TrafficBatch &batch)
{
    evict(batch);
    if (batch.entries.empty())
        return;
    const auto count = static_cast<qsizetype>(batch.entries.size());
    const auto skipped = static_cast<std::size_t>(std::max<qsizetype>(0, count - rowLimit()));
    m_evicted += skipped;
    const WallTime now = m_clock.wallNow();
    std::vector<quint64> shown;
    for (std::size_t i = skipped; i < batch.entries.size(); ++i) {
        const JournalEntry &entry = batch.entries[i];
        m_rows.append(makeTrafficRow(entry));
        if (passes(entry, now))
            shown.push_back(entry.sequence);
    }
    if (shown.empty())
        return;
    if (m_shownSorted) {
        m_waitingForSnapshot += static_cast<qsizetype>(shown.size());
        Q_EMIT waitingForSnapshotChanged(m_waitingForSnapshot);
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(shown.size()) - 1);
    m_visible.insert(m_visible.end(), shown.begin(), shown.end());
    endInsertRows();
}

void TrafficModel::evict(const TrafficBatch &batch)
{
    const auto arriving
        = std::min<qsizetype>(static_cast<qsizetype>(batch.entries.size()), rowLimit());
    const qsizetype limitBlock = std::clamp<qsizetype>(rowLimit() / 8, 1, kEvictionBlock);
    const qsizetype over = m_rows.size() + arriving - rowLimit();
    if (over > 0)
        evictUpTo(m_rows.sequenceOfOldest(std::max(over, limitBlock)));
    // What the journal gave up goes too, with a block in advance so that it is not done every turn.
    if (m_rows.sequenceOfOldest(1) != 0 && m_rows.sequenceOfOldest(1) < batch.oldest) {
        const qsizetype block = std::clamp<qsizetype>(m_rows.size() / 8, 0, kEvictionBlock);
        const quint64 newest = m_rows.newest();
        evictUpTo(std::min(newest, batch.oldest - 1 + static_cast<quint64>(block)));
    }
}

void TrafficModel::evictUpTo(quint64 last)
{
    if (last == 0)
        return;
    if (m_last.sequence <= last)
        m_last = {};
    removeVisibleUpTo(last);
    m_evicted += static_cast<quint64>(m_rows.removeUpTo(last));
}

void TrafficModel::removeVisibleUpTo(quint64 last)
{
    const auto goes
        = [&](quint64 sequence) { return sequence <= last && !m_rows.isPinned(sequence); };
    std::vector<std::pair<int, int>> runs; // first and last row of each
    if (!m_shownSorted) {
        for (int row = 0; row < rowCount() && sequenceAt(row) <= last; ++row) {
            if (!goes(sequenceAt(row)))
                continue;
            if (!runs.empty() && runs.back().second == row - 1)
                runs.back().second = row;
            else
                runs.emplace_back(row, row);
        }
    }
    if (m_shownSorted || runs.size() > kMaxRemovals) {
        beginResetModel();
        std::erase_if(m_visible, goes);
        endResetModel();
        return;
    }
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        beginRemoveRows({}, run->first, run->second);
        m_visible.erase(m_visible.begin() + run->first, m_visible.begin() + run->second + 1);
        endRemoveRows();
    }
}

void TrafficModel::setFilter(const TrafficFilter &filter)
{
    m_filter = filter;
    startQuery();
}

void TrafficModel::sortBy(TrafficColumn column, Qt::SortOrder order)
{
    if (order == Qt::AscendingOrder
        && (column == TrafficColumn::Number || column == TrafficColumn::Time)) {
        clearSort();
        return;
    }
    m_sortColumn = column;
    m_sortOrder = order;
    startQuery();
}

void TrafficModel::clearSort()
{
    if (!m_sortColumn)
        return;
    m_sortColumn.reset();
    startQuery();
}

void TrafficModel::updateSnapshot()
{
    if (m_sortColumn)
        startQuery();
}

void TrafficModel::startQuery()
{
    m_watcher.cancel();
    if (m_filter.isEmpty() && !m_sortColumn) {
        m_watcher.setFuture({});
        showAll();
        return;
    }
    TrafficQuery query;
    query.filter = m_filter;
    query.sortColumn = m_sortColumn;
    query.order = m_sortOrder;
    query.after = m_clearedUpTo;
    query.upTo = m_rows.newest();
    query.annotations = m_rows.annotations();
    query.now = m_clock.wallNow();
    m_watcher.setFuture(QtConcurrent::run(&m_pool, [&journal = m_journal, query = std::move(query)](
                                                       QPromise<TrafficQueryResult> &promise) {
        runTrafficQuery(promise, journal, query);
    }));
    Q_EMIT searchStarted();
}

void TrafficModel::showAll()
{
    beginResetModel();
    m_shownFilter = m_filter;
    m_shownSorted = false;
    m_visible = m_rows.sequences();
    endResetModel();
    m_waitingForSnapshot = 0;
    Q_EMIT waitingForSnapshotChanged(0);
    Q_EMIT searchFinished();
}

void TrafficModel::deliver(const TrafficQueryResult &result)
{
    beginResetModel();
    m_shownFilter = m_filter;
    m_shownSorted = result.isSorted;
    m_visible.clear();
    for (const quint64 sequence : result.sequences) {
        if (m_rows.find(sequence))
            m_visible.push_back(sequence);
    }
    // What arrived while the worker was at it.
    m_waitingForSnapshot = 0;
    const WallTime now = m_clock.wallNow();
    for (JournalPage page = m_journal.readSince(result.upTo, kEvictionBlock);
         !page.entries.empty() && page.entries.front().sequence <= m_rows.newest();
         page = m_journal.readSince(page.cursor, kEvictionBlock)) {
        for (const JournalEntry &entry : page.entries) {
            if (!m_rows.find(entry.sequence) || !passes(entry, now))
                continue;
            if (result.isSorted)
                ++m_waitingForSnapshot;
            else
                m_visible.push_back(entry.sequence);
        }
    }
    endResetModel();
    Q_EMIT waitingForSnapshotChanged(m_waitingForSnapshot);
    Q_EMIT searchFinished();
}

qsizetype TrafficModel::clear()
{
    m_clearedBefore = m_clearedUpTo;
    m_clearedUpTo = m_rows.newest();
    beginResetModel();
    const qsizetype cleared = m_rows.setAside();
    std::erase_if(m_visible, [this](quint64 sequence) { return !m_rows.isPinned(sequence); });
    endResetModel();
    m_last = {};
    m_waitingForSnapshot = 0;
    Q_EMIT waitingForSnapshotChanged(0);
    return cleared;
}

qsizetype TrafficModel::undoClear()
{
    if (m_rows.asideCount() == 0)
        return 0;
    m_clearedUpTo = m_clearedBefore;
    const JournalPage first = m_journal.readSince(0, 1);
    const quint64 oldest
        = first.entries.empty() ? m_journal.newest() + 1 : first.entries.front().sequence;
    const qsizetype restored
        = m_rows.restore([oldest](quint64 sequence) { return sequence >= oldest; });
    startQuery();
    return restored;
}

void TrafficModel::forgetCleared() { m_rows.forgetAside(); }

} // namespace understudy::ui
