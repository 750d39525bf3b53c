// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/traffic_columns.h"

#include "core/http/uri.h"
#include "core/model/fault_catalogue.h"
#include "core/traffic/injected_latency.h"
#include "ui/models/traffic_cells.h"
#include "ui/services/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace understudy::ui {

namespace {

using Annotation = TrafficAnnotation;
using Entry = JournalEntry;
using Key = TrafficSortKey;

constexpr int kNeverGivesWay = -1;

QString sharedText(const std::shared_ptr<const std::string> &text)
{
    return text ? toQString(*text) : QString();
}

Key textKey(std::string_view text) { return {0, std::string(text)}; }

http::TargetParts targetOf(const Entry &entry)
{
    const http::RequestHead &head = entry.exchange->request;
    return http::splitTarget(head.method(), head.target());
}

/// Never with an exponent, which the filter language would not read.
QString milliseconds(Duration duration)
{
    return QString::number(static_cast<double>(duration.count()) / 1000, 'f',
                           QLocale::FloatingPointShortest);
}

QString term(const char *key, const QString &value)
{
    return value.isEmpty() ? QString() : QString::fromLatin1(key) + filterValue(value);
}

QString matchTerm(const Exchange &exchange, const QString &)
{
    if (hasFault(exchange))
        return term("fault:", toQString(faultKindName(exchange.behaviour->fault->kind)));
    if (isUnmatched(exchange.match))
        return QStringLiteral("is:unmatched");
    if (exchange.match == MatchKind::Proxied)
        return QStringLiteral("is:proxied");
    if (exchange.match == MatchKind::Callback)
        return QStringLiteral("is:callback");
    return exchange.endpointId ? term("endpoint:", sharedText(exchange.endpointId)) : QString();
}

QString clientTerm(const Exchange &exchange, const QString &)
{
    const QString client = toQString(exchange.client);
    return term("client:", client.left(client.lastIndexOf(u':')));
}

Key sequenceKey(const Entry &entry, const Annotation &)
{
    return {static_cast<qint64>(entry.sequence)};
}

const std::array<TrafficColumnSpec, kTrafficColumns> kColumns{{
    {TrafficColumn::Number, QT_TRANSLATE_NOOP("TrafficModel", "#"), nullptr, true, 7, 3, 2, false,
     false, nullptr, sequenceKey, nullptr},
    {TrafficColumn::Time, QT_TRANSLATE_NOOP("TrafficModel", "Time"), nullptr, false, 14, 12, 8,
     false, false, [](const Exchange &e) { return timeText(e.received); },
     [](const Entry &e, const Annotation &) {
         return Key{e.exchange->received.time_since_epoch().count()};
     },
     nullptr},
    {TrafficColumn::Delta, QT_TRANSLATE_NOOP("TrafficModel", "Δ"),
     QT_TRANSLATE_NOOP("TrafficModel", "Time since the row above arrived"), true, 10, 10,
     kNeverGivesWay, true, false, nullptr, sequenceKey, nullptr},
    {TrafficColumn::Server, QT_TRANSLATE_NOOP("TrafficModel", "Server"), nullptr, false, 12, 2, 0,
     false, false, [](const Exchange &e) { return sharedText(e.serverName); },
     [](const Entry &e, const Annotation &) {
         return e.exchange->serverName ? textKey(*e.exchange->serverName) : Key{};
     },
     [](const Exchange &e, const QString &) { return term("server:", sharedText(e.serverName)); }},
    {TrafficColumn::Method, QT_TRANSLATE_NOOP("TrafficModel", "Method"), nullptr, false, 7, 5, 6,
     false, false, [](const Exchange &e) { return toQString(e.request.method()); },
     [](const Entry &e, const Annotation &) { return textKey(e.exchange->request.method()); },
     [](const Exchange &e, const QString &) {
         return term("method:", toQString(e.request.method()));
     }},
    {TrafficColumn::Path, QT_TRANSLATE_NOOP("TrafficModel", "Path"), nullptr, false, 16, 12, 4,
     false, true, pathText,
     [](const Entry &e, const Annotation &) { return textKey(targetOf(e).path); },
     [](const Exchange &e, const QString &) { return term("path:", pathText(e)); }},
    {TrafficColumn::Query, QT_TRANSLATE_NOOP("TrafficModel", "Query"), nullptr, false, 8, 2, 1,
     false, true, queryText,
     [](const Entry &e, const Annotation &) { return textKey(targetOf(e).query); },
     [](const Exchange &e, const QString &) {
         const QString query = queryText(e);
         return query.isEmpty() ? QString() : quotedFilterValue(query);
     }},
    {TrafficColumn::Status, QT_TRANSLATE_NOOP("TrafficModel", "Status"), nullptr, false, 8, 6, 5,
     false, false, [](const Exchange &e) { return statusText(e); },
     [](const Entry &e, const Annotation &) { return Key{e.exchange->status}; },
     [](const Exchange &e, const QString &) { return QStringLiteral("status:%1").arg(e.status); }},
    {TrafficColumn::Match, QT_TRANSLATE_NOOP("TrafficModel", "Match"), nullptr, false, 26, 12, 3,
     false, false, matchText,
     [](const Entry &e, const Annotation &) {
         return Key{static_cast<qint64>(e.exchange->match), e.exchange->matchText()};
     },
     matchTerm},
    {TrafficColumn::Latency, QT_TRANSLATE_NOOP("TrafficModel", "Latency"),
     QT_TRANSLATE_NOOP("TrafficModel", "Injected latency: what the behaviour asked for"), true, 10,
     10, kNeverGivesWay, true, false,
     [](const Exchange &e) {
         const Duration latency = injectedLatency(e);
         return latency.count() > 0 ? durationText(latency) : QString();
     },
     [](const Entry &e, const Annotation &) { return Key{injectedLatency(*e.exchange).count()}; },
     [](const Exchange &e, const QString &) {
         const Duration latency = injectedLatency(e);
         return latency.count() > 0 ? QStringLiteral("latency:>=%1ms").arg(milliseconds(latency))
                                    : QString();
     }},
    {TrafficColumn::Duration, QT_TRANSLATE_NOOP("TrafficModel", "Duration"), nullptr, true, 8, 7, 7,
     false, false, [](const Exchange &e) { return durationText(e.timings.complete); },
     [](const Entry &e, const Annotation &) { return Key{e.exchange->timings.complete.count()}; },
     [](const Exchange &e, const QString &) {
         return QStringLiteral("dur:>=%1ms").arg(milliseconds(e.timings.complete));
     }},
    {TrafficColumn::RequestSize, QT_TRANSLATE_NOOP("TrafficModel", "Req size"), nullptr, true, 11,
     11, kNeverGivesWay, true, false,
     [](const Exchange &e) { return sizeText(e.requestBody.size); },
     [](const Entry &e, const Annotation &) {
         return Key{static_cast<qint64>(e.exchange->requestBody.size)};
     },
     [](const Exchange &e, const QString &) {
         return QStringLiteral("reqsize:=%1").arg(e.requestBody.size);
     }},
    {TrafficColumn::ResponseSize, QT_TRANSLATE_NOOP("TrafficModel", "Resp size"), nullptr, true, 11,
     11, kNeverGivesWay, true, false,
     [](const Exchange &e) { return sizeText(e.responseBody.size); },
     [](const Entry &e, const Annotation &) {
         return Key{static_cast<qint64>(e.exchange->responseBody.size)};
     },
     [](const Exchange &e, const QString &) {
         return QStringLiteral("respsize:=%1").arg(e.responseBody.size);
     }},
    {TrafficColumn::Client, QT_TRANSLATE_NOOP("TrafficModel", "Client"), nullptr, false, 18, 18,
     kNeverGivesWay, true, false, [](const Exchange &e) { return toQString(e.client); },
     [](const Entry &e, const Annotation &) { return textKey(e.exchange->client); }, clientTerm},
    {TrafficColumn::Mark, QT_TRANSLATE_NOOP("TrafficModel", "Mark"), nullptr, false, 6, 6,
     kNeverGivesWay, true, false, nullptr,
     [](const Entry &, const Annotation &a) {
         return Key{a.pinned ? -1 : 0, a.mark.toStdString()};
     },
     [](const Exchange &, const QString &mark) { return term("mark:", mark); }},
    {TrafficColumn::Note, QT_TRANSLATE_NOOP("TrafficModel", "Note"), nullptr, false, 20, 20,
     kNeverGivesWay, true, false, nullptr,
     [](const Entry &, const Annotation &a) { return textKey(a.note.toStdString()); }, nullptr},
}};

} // namespace

std::span<const TrafficColumnSpec> trafficColumns() { return kColumns; }

const TrafficColumnSpec &trafficColumn(TrafficColumn column)
{
    return kColumns.at(static_cast<std::size_t>(column));
}

QString trafficColumnTitle(TrafficColumn column)
{
    return QCoreApplication::translate("TrafficModel", trafficColumn(column).title);
}

QString trafficColumnToolTip(TrafficColumn column)
{
    const char *text = trafficColumn(column).toolTip;
    return text ? QCoreApplication::translate("TrafficModel", text) : QString();
}

QString filterTerm(const Exchange &exchange, TrafficColumn column, const QString &mark)
{
    const auto make = trafficColumn(column).filterTerm;
    return make ? make(exchange, mark) : QString();
}

} // namespace understudy::ui
