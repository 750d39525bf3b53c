// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/traffic_query.h"

#include <algorithm>
#include <string>

namespace understudy::ui {

namespace {

constexpr std::size_t kPage = 4096;        // one lock of the journal
constexpr std::size_t kChunk = 16 * kPage; // one look at the outside world

struct SortedRow
{
    TrafficSortKey key;
    quint64 sequence = 0;
};

SortedRow sortedRow(const JournalEntry &entry, TrafficColumn column, const TrafficQuery &query)
{
    static const TrafficAnnotation kNone;
    const auto found = query.annotations.constFind(entry.sequence);
    const TrafficAnnotation &own = found == query.annotations.constEnd() ? kNone : *found;
    return {trafficColumn(column).sortKey(entry, own), entry.sequence};
}

bool hasCopy(const TrafficQuery &query, quint64 sequence)
{
    const auto it = query.annotations.constFind(sequence);
    return it != query.annotations.constEnd() && it->copy;
}

/// Collects what passes the filter; sorts at the end.
class RowCollector
{
public:
    explicit RowCollector(const TrafficQuery &query)
        : m_query(query)
    {}

    void take(const JournalEntry &entry)
    {
        if (!entry.exchange)
            return;
        const FilterContext context
            = filterContext(m_query.annotations, entry.sequence, m_query.now, m_mark);
        if (!m_query.filter.matches(entry, context))
            return;
        if (m_query.sortColumn)
            m_keys.push_back(sortedRow(entry, *m_query.sortColumn, m_query));
        else
            m_sequences.push_back(entry.sequence);
    }

    std::vector<quint64> finish()
    {
        const auto less = [](const SortedRow &a, const SortedRow &b) {
            return std::tie(a.key.number, a.key.text) < std::tie(b.key.number, b.key.text);
        };
        if (m_query.order == Qt::AscendingOrder)
            std::stable_sort(m_keys.begin(), m_keys.end(), less);
        else
            std::stable_sort(
                m_keys.begin(), m_keys.end(),
                [&less](const SortedRow &a, const SortedRow &b) { return less(b, a); });
        std::sort(m_sequences.begin(), m_sequences.end());
        for (const SortedRow &key : m_keys)
            m_sequences.push_back(key.sequence);
        return std::move(m_sequences);
    }

private:
    const TrafficQuery &m_query;
    std::string m_mark;
    std::vector<SortedRow> m_keys;
    std::vector<quint64> m_sequences;
};

} // namespace

FilterContext filterContext(const QHash<quint64, TrafficAnnotation> &annotations, quint64 sequence,
                            WallTime now, std::string &mark)
{
    FilterContext context{now, false, {}};
    if (annotations.isEmpty())
        return context;
    const auto it = annotations.constFind(sequence);
    if (it == annotations.constEnd())
        return context;
    mark = it->mark.toStdString();
    context.pinned = it->pinned;
    context.mark = mark;
    return context;
}

void runTrafficQuery(QPromise<TrafficQueryResult> &promise, const Journal &journal,
                     const TrafficQuery &query)
{
    promise.setProgressRange(0, 100);
    RowCollector collector(query);
    // Pinned rows may be gone from the journal, so their copies answer for them.
    for (auto it = query.annotations.begin(); it != query.annotations.end(); ++it) {
        if (it->copy)
            collector.take({it.key(), it->copy});
    }
    quint64 cursor = query.after;
    quint64 first = 0;
    std::size_t sinceLook = 0;
    while (cursor < query.upTo && !promise.isCanceled()) {
        const JournalPage page
            = journal.readSince(cursor, query.filter.readsBodies() ? 256 : kPage);
        if (page.entries.empty())
            break;
        if (first == 0)
            first = page.entries.front().sequence;
        for (const JournalEntry &entry : page.entries) {
            if (entry.sequence <= query.upTo && !hasCopy(query, entry.sequence))
                collector.take(entry);
        }
        cursor = page.cursor;
        sinceLook += page.entries.size();
        if (query.filter.readsBodies() || sinceLook >= kChunk) {
            sinceLook = 0;
            const quint64 all = std::max<quint64>(1, query.upTo - first + 1);
            promise.setProgressValue(
                static_cast<int>(std::min<quint64>(100, (cursor - first + 1) * 100 / all)));
        }
    }
    if (promise.isCanceled())
        return;
    promise.addResult(
        TrafficQueryResult{collector.finish(), query.upTo, query.sortColumn.has_value()});
}

} // namespace understudy::ui
