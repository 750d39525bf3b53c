// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/traffic_suggestions.h"

#include "core/model/fault_catalogue.h"
#include "core/traffic/filter.h"
#include "core/traffic/filter_completion.h"
#include "ui/models/traffic_cells.h"
#include "ui/models/traffic_query.h"
#include "ui/services/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <map>

namespace understudy::ui {

namespace {

constexpr qsizetype kMostLines = 20;

QString hintText(const char *text) { return QCoreApplication::translate("FilterHelp", text); }

/// What each key asks for; those without a text show their name alone.
QString keyHint(std::string_view key)
{
    static const std::map<std::string_view, const char *> kHints{
        {"status", QT_TRANSLATE_NOOP("FilterHelp", "404, 5xx, >=400")},
        {"method", QT_TRANSLATE_NOOP("FilterHelp", "GET,POST")},
        {"path", QT_TRANSLATE_NOOP("FilterHelp", "/users, /users/*, part of it")},
        {"server", QT_TRANSLATE_NOOP("FilterHelp", "part of its name")},
        {"endpoint", QT_TRANSLATE_NOOP("FilterHelp", "part of its name, or its id")},
        {"header", QT_TRANSLATE_NOOP("FilterHelp", "name, or name=value")},
        {"body", QT_TRANSLATE_NOOP("FilterHelp", "text in either body")},
        {"reqbody", QT_TRANSLATE_NOOP("FilterHelp", "text in the request's body")},
        {"respbody", QT_TRANSLATE_NOOP("FilterHelp", "text in the response's body")},
        {"dur", QT_TRANSLATE_NOOP("FilterHelp", "duration: >200ms")},
        {"size", QT_TRANSLATE_NOOP("FilterHelp", "of both bodies: >1k")},
        {"reqsize", QT_TRANSLATE_NOOP("FilterHelp", "of the request's body: >1k")},
        {"respsize", QT_TRANSLATE_NOOP("FilterHelp", "of the response's body: >1k")},
        {"is", QT_TRANSLATE_NOOP("FilterHelp", "unmatched, error, fault, tls…")},
        {"client", QT_TRANSLATE_NOOP("FilterHelp", "part of the address")},
        {"mark", QT_TRANSLATE_NOOP("FilterHelp", "red, blue…")},
        {"since", QT_TRANSLATE_NOOP("FilterHelp", "received in the last 5m")},
        {"fault", QT_TRANSLATE_NOOP("FilterHelp", "kind of the fault: reset, status")},
        {"latency", QT_TRANSLATE_NOOP("FilterHelp", "injected: >200ms")}};
    const auto hint = kHints.find(key);
    return hint == kHints.end() ? QString() : hintText(hint->second);
}

QStringList headerNames(const Exchange &exchange)
{
    QStringList names;
    for (std::size_t i = 0; i < exchange.request.headerCount(); ++i)
        names << toQString(exchange.request.header(i).name).toLower();
    for (const http::HeaderView &header : responseHeaders(exchange))
        names << toQString(header.name).toLower();
    names.removeDuplicates();
    return names;
}

/// What one row would answer to `key:`, ready to be typed.
QStringList valuesOf(const Exchange &e, std::string_view key, const QString &mark)
{
    const auto known = [](const std::shared_ptr<const std::string> &text) {
        return text ? QStringList{toQString(*text)} : QStringList{};
    };
    if (key == "status")
        return {QString::number(e.status)};
    if (key == "method")
        return {toQString(e.request.method())};
    if (key == "path")
        return {pathText(e)};
    if (key == "server")
        return known(e.serverName);
    if (key == "endpoint")
        return known(e.endpointId);
    if (key == "client") {
        const QString client = toQString(e.client);
        return {client.left(client.lastIndexOf(u':'))};
    }
    if (key == "header")
        return headerNames(e);
    if (key == "mark")
        return {mark};
    if (key == "fault" && hasFault(e))
        return {toQString(faultKindName(e.behaviour->fault->kind))};
    return {};
}

/// Values that are worth asking for whatever the rows hold.
QStringList fixedValues(std::string_view key)
{
    if (key == "is") {
        QStringList names;
        for (const std::string_view name : filter::propertyNames())
            names << toQString(name);
        return names;
    }
    if (key == "status")
        return {QStringLiteral("2xx"), QStringLiteral("4xx"), QStringLiteral("5xx")};
    if (key == "dur" || key == "latency")
        return {QStringLiteral(">0ms"), QStringLiteral(">100ms"), QStringLiteral(">1s")};
    if (key == "size" || key == "reqsize" || key == "respsize")
        return {QStringLiteral(">1k"), QStringLiteral(">100k"), QStringLiteral(">1M")};
    if (key == "since")
        return {QStringLiteral("1m"), QStringLiteral("5m"), QStringLiteral("1h")};
    return {};
}

/// Values with the number of rows that have them.
using Counts = std::map<QString, qsizetype>;

void countFixed(const std::string &key, const std::vector<JournalEntry> &recent,
                const QHash<quint64, TrafficAnnotation> &annotations, Counts &counts)
{
    const QStringList values = fixedValues(key);
    const WallTime now = SystemClock().wallNow();
    for (const QString &value : values) {
        const auto filter = TrafficFilter::parse(key + ':' + toStd(value));
        if (!filter)
            continue;
        std::string mark;
        counts[value] = std::ranges::count_if(recent, [&](const JournalEntry &entry) {
            return filter->matches(entry, filterContext(annotations, entry.sequence, now, mark));
        });
    }
}

Counts countValues(const std::string &key, const std::vector<JournalEntry> &recent,
                   const QHash<quint64, TrafficAnnotation> &annotations)
{
    Counts counts;
    for (const JournalEntry &entry : recent) {
        const QStringList values
            = valuesOf(*entry.exchange, key, annotations.value(entry.sequence).mark);
        for (const QString &value : values) {
            if (!value.isEmpty())
                ++counts[filterValue(value)];
        }
    }
    countFixed(key, recent, annotations, counts);
    return counts;
}

QList<FilterSuggestion> keySuggestions(const QString &typed)
{
    QList<FilterSuggestion> lines;
    for (const std::string_view key : filter::keyNames()) {
        const QString name = toQString(key);
        if (name.startsWith(typed, Qt::CaseInsensitive))
            lines.append({name + u':', keyHint(key)});
    }
    return lines;
}

QList<FilterSuggestion> valueSuggestions(const QString &typed, const Counts &counts)
{
    std::vector<std::pair<QString, qsizetype>> sorted;
    for (const auto &[value, count] : counts) {
        const QString plain = value.startsWith(u'"') ? value.mid(1) : value;
        // What stands there in full already needs no line.
        if (plain.contains(typed, Qt::CaseInsensitive) && plain != typed)
            sorted.emplace_back(value, count);
    }
    std::ranges::stable_sort(sorted, std::greater{}, &std::pair<QString, qsizetype>::second);
    QList<FilterSuggestion> lines;
    for (const auto &[value, count] : sorted) {
        if (lines.size() == kMostLines)
            break;
        const QString rows = QLocale().toString(count);
        lines.append({value, count == 1 ? hintText("1 row") : hintText("%1 rows").arg(rows)});
    }
    return lines;
}

} // namespace

FilterSuggestions filterSuggestions(const QString &text, qsizetype cursor,
                                    const std::vector<JournalEntry> &recent,
                                    const QHash<quint64, TrafficAnnotation> &annotations)
{
    // The library counts bytes, the line edit characters.
    const std::string before = toStd(text.left(cursor));
    const filter::TypedPart part = filter::typedPart(before, before.size());
    const QString typed = toQString(part.typed);
    FilterSuggestions out;
    out.from = toQString(std::string_view(before).substr(0, part.from)).size();
    out.lines = part.key.empty()
                    ? keySuggestions(typed)
                    : valueSuggestions(typed, countValues(part.key, recent, annotations));
    return out;
}

std::vector<JournalEntry> newestEntries(const Journal &journal, std::size_t count)
{
    const quint64 newest = journal.newest();
    return journal.readSince(newest > count ? newest - count : 0, count).entries;
}

} // namespace understudy::ui
