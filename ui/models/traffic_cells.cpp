// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/traffic_cells.h"

#include "core/http/uri.h"
#include "core/model/fault_catalogue.h"
#include "ui/services/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace understudy::ui {

namespace {

QString cellText(const char *text) { return QCoreApplication::translate("TrafficCells", text); }

} // namespace

QString filterValue(const QString &value)
{
    const auto isSpecial
        = [](QChar c) { return c.isSpace() || QStringLiteral("\"()|,*").contains(c); };
    if (!value.isEmpty() && std::none_of(value.begin(), value.end(), isSpecial))
        return value;
    return quotedFilterValue(value);
}

QString quotedFilterValue(QString value)
{
    value.replace(QLatin1String("\\"), QLatin1String("\\\\"));
    value.replace(QLatin1String("\""), QLatin1String("\\\""));
    return u'"' + value + u'"';
}

QString durationText(Duration duration)
{
    const QLocale locale;
    const double micro = static_cast<double>(duration.count());
    if (micro < 10'000)
        return cellText("%1 ms").arg(locale.toString(micro / 1000, 'f', 1));
    if (micro < 1'000'000)
        return cellText("%1 ms").arg(locale.toString(micro / 1000, 'f', 0));
    return cellText("%1 s").arg(locale.toString(micro / 1'000'000, 'f', 1));
}

QString sizeText(quint64 bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString timeText(WallTime time)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(ms.count())
        .time()
        .toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString dateTimeText(WallTime time)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    const QDate date = QDateTime::fromMSecsSinceEpoch(ms.count()).date();
    return (date == QDate::currentDate() ? QString() : date.toString(Qt::ISODate) + u' ')
           + timeText(time);
}

QString statusGlyph(int status)
{
    switch (status / 100) {
    case 1:
    case 3:
        return QStringLiteral("→");
    case 2:
        return QStringLiteral("✓");
    case 4:
        return QStringLiteral("!");
    default:
        return QStringLiteral("✕");
    }
}

QString statusText(int status)
{
    if (status == 0)
        return cellText("✕ none");
    return statusGlyph(status) + u' ' + QString::number(status);
}

bool isUnmatched(MatchKind kind)
{
    return kind == MatchKind::NoEndpoint || kind == MatchKind::NoRule;
}

bool hasFault(const Exchange &exchange)
{
    return exchange.behaviour && exchange.behaviour->fault.has_value();
}

QString statusText(const Exchange &exchange)
{
    if (!hasFault(exchange))
        return statusText(exchange.status);
    return exchange.status == 0 ? cellText("⚡ none")
                                : QStringLiteral("⚡ ") + QString::number(exchange.status);
}

QString faultText(const Exchange &exchange)
{
    if (!hasFault(exchange))
        return {};
    const FaultDraw &fault = *exchange.behaviour->fault;
    const std::string_view kind = faultKindName(fault.kind);
    // The cell names what the client saw; where in the answer it happened is in the details.
    const bool isPlaced
        = fault.label.empty() || fault.label.starts_with(std::string(kind) + " at ");
    return cellText("%1 (fault)").arg(toQString(isPlaced ? kind : fault.label));
}

QString purposeText(const Exchange &exchange)
{
    return exchange.behaviour ? toQString(behaviourSentence(*exchange.behaviour)) : QString();
}

QString matchText(const Exchange &exchange)
{
    QString match;
    switch (exchange.match) {
    case MatchKind::Matched:
        match = toQString(exchange.matchText());
        break;
    case MatchKind::NoEndpoint:
        match = cellText("✕ no endpoint");
        break;
    case MatchKind::NoRule:
        match = cellText("✕ no rule");
        break;
    case MatchKind::Preflight:
        match = cellText("CORS preflight");
        break;
    case MatchKind::Proxied:
        match = cellText("passed on");
        break;
    case MatchKind::BadRequest:
        match = cellText("✕ refused");
        break;
    case MatchKind::NoRequest:
        match = cellText("✕ no request");
        break;
    case MatchKind::Callback:
        match = exchange.cause == 0 ? cellText("→ callback")
                                    : cellText("→ callback of %1").arg(exchange.cause);
        break;
    case MatchKind::Recorded:
        match = cellText("recorded");
        break;
    }
    const QString fault = faultText(exchange);
    return fault.isEmpty() ? match : QStringLiteral("⚡ %1 · %2").arg(fault, match);
}

QString pathText(const Exchange &exchange)
{
    const http::RequestHead &head = exchange.request;
    return toQString(http::splitTarget(head.method(), head.target()).path);
}

QString queryText(const Exchange &exchange)
{
    const http::RequestHead &head = exchange.request;
    return toQString(http::splitTarget(head.method(), head.target()).query);
}

QString rowSentence(const Exchange &exchange)
{
    QString match;
    switch (exchange.match) {
    case MatchKind::Matched:
        match = cellText("answered by %1").arg(toQString(exchange.matchText()));
        break;
    case MatchKind::NoEndpoint:
        match = cellText("no endpoint matched");
        break;
    case MatchKind::NoRule:
        match = cellText("no rule matched");
        break;
    case MatchKind::Preflight:
        match = cellText("CORS preflight answered by the server");
        break;
    case MatchKind::Proxied:
        match = cellText("passed on upstream");
        break;
    case MatchKind::BadRequest:
        match = cellText("refused before matching");
        break;
    case MatchKind::NoRequest:
        match = cellText("the connection ended before a request");
        break;
    case MatchKind::Callback:
        match = cellText("a callback that request %1 caused").arg(exchange.cause);
        break;
    case MatchKind::Recorded:
        match = cellText("recorded elsewhere");
        break;
    }
    if (const QString fault = faultText(exchange); !fault.isEmpty())
        match = fault + QLatin1String(", ") + match;
    const QString status
        = exchange.status ? QString::number(exchange.status) : cellText("nothing sent");
    const QString what = exchange.match == MatchKind::NoRequest ? cellText("no request")
                         : exchange.request.method().empty()
                             ? cellText("unreadable request")
                             : toQString(exchange.request.method()) + u' ' + pathText(exchange);
    return QStringLiteral("%1, %2, %3, %4")
        .arg(what, status, match, durationText(exchange.timings.complete));
}

} // namespace understudy::ui
