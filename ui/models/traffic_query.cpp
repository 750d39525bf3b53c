// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/traffic_query.h"

#include "core/http/uri.h"
#include "core/traffic/injected_latency.h"

#include <algorithm>
#include <string>

namespace understudy::ui {

namespace {

constexpr std::size_t kPage = 4096;        // one lock of the journal
constexpr std::size_t kChunk = 16 * kPage; // one look at the outside world

/// What a row is ordered by: a number, then a text; columns use one of them.
struct SortKey
{
    qint64 number = 0;
    std::string text;
    quint64 sequence = 0;
};

std::string_view view(const std::shared_ptr<const std::string> &text)
{
    return text ? std::string_view(*text) : std::string_view{};
}

SortKey sortKey(const JournalEntry &entry, TrafficColumn column, const TrafficQuery &query)
{
    const Exchange &e = *entry.exchange;
    const auto target = [&e] { return http::splitTarget(e.request.method(), e.request.target()); };
    const auto annotation = query.annotations.constFind(entry.sequence);
    const bool isAnnotated = annotation != query.annotations.constEnd();
    switch (column) {
    case TrafficColumn::Number:
    case TrafficColumn::Delta:
        return {static_cast<qint64>(entry.sequence), {}, entry.sequence};
    case TrafficColumn::Time:
        return {e.received.time_since_epoch().count(), {}, entry.sequence};
    case TrafficColumn::Server:
        return {0, std::string(view(e.serverName)), entry.sequence};
    case TrafficColumn::Method:
        return {0, std::string(e.request.method()), entry.sequence};
    case TrafficColumn::Path:
        return {0, std::string(target().path), entry.sequence};
    case TrafficColumn::Query:
        return {0, std::string(target().query), entry.sequence};
    case TrafficColumn::Status:
        return {e.status, {}, entry.sequence};
    case TrafficColumn::Match:
        return {static_cast<qint64>(e.match), e.matchText(), entry.sequence};
    case TrafficColumn::Latency:
        return {injectedLatency(e).count(), {}, entry.sequence};
    case TrafficColumn::Duration:
        return {e.timings.complete.count(), {}, entry.sequence};
    case TrafficColumn::RequestSize:
        return {static_cast<qint64>(e.requestBody.size), {}, entry.sequence};
    case TrafficColumn::ResponseSize:
        return {static_cast<qint64>(e.responseBody.size), {}, entry.sequence};
    case TrafficColumn::Client:
        return {0, e.client, entry.sequence};
    case TrafficColumn::Mark:
        return {isAnnotated && annotation->pinned ? -1 : 0,
                isAnnotated ? annotation->mark.toStdString() : std::string{}, entry.sequence};
    case TrafficColumn::Note:
        return {0, isAnnotated ? annotation->note.toStdString() : std::string{}, entry.sequence};
    }
    return {0, {}, entry.sequence};
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
            m_keys.push_back(sortKey(entry, *m_query.sortColumn, m_query));
        else
            m_sequences.push_back(entry.sequence);
    }

    std::vector<quint64> finish()
    {
        const auto less = [](const SortKey &a, const SortKey &b) {
            return std::tie(a.number, a.text) < std::tie(b.number, b.text);
        };
        if (m_query.order == Qt::AscendingOrder)
            std::stable_sort(m_keys.begin(), m_keys.end(), less);
        else
            std::stable_sort(m_keys.begin(), m_keys.end(),
                             [&less](const SortKey &a, const SortKey &b) { return less(b, a); });
        std::sort(m_sequences.begin(), m_sequences.end());
        for (const SortKey &key : m_keys)
            m_sequences.push_back(key.sequence);
        return std::move(m_sequences);
    }

private:
    const TrafficQuery &m_query;
    std::string m_mark;
    std::vector<SortKey> m_keys;
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
