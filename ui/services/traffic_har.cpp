// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_har.h"

#include "core/base/text.h"
#include "core/http/status.h"
#include "core/http/uri.h"
#include "core/traffic/injected_latency.h"
#include "ui/services/text.h"
#include "ui/services/traffic_export.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr auto kRedacted = "redacted";

double milliseconds(Duration duration)
{
    return static_cast<double>(std::max<Duration::rep>(0, duration.count())) / 1000;
}

QJsonObject headerObject(const http::HeaderView &header, const QStringList &redacted)
{
    const QString name = toQString(header.name);
    if (redacted.contains(name, Qt::CaseInsensitive))
        return {{"name", name}, {"value", QString()}, {"comment", kRedacted}};
    return {{"name", name}, {"value", toQString(header.value)}};
}

QString versionText(const http::RequestHead &head)
{
    return head.version() == 10 ? QStringLiteral("HTTP/1.0") : QStringLiteral("HTTP/1.1");
}

QString valueOf(const std::vector<http::HeaderView> &headers, std::string_view name)
{
    const auto found = std::ranges::find_if(headers, [name](const http::HeaderView &header) {
        return text::equalsIgnoreCase(header.name, name);
    });
    return found == headers.end() ? QString() : toQString(found->value);
}

/// What happened to a body that is not there in full; empty if it is.
QString bodyComment(const CapturedBody &body)
{
    return body.dropped ? QStringLiteral("no longer kept (memory limit)")
           : body.cut   ? QStringLiteral("only the beginning was kept")
                        : QString();
}

QJsonObject requestObject(const Exchange &exchange, const QStringList &redacted)
{
    const http::RequestHead &head = exchange.request;
    std::vector<http::HeaderView> headers;
    for (std::size_t i = 0; i < head.headerCount(); ++i)
        headers.push_back(head.header(i));
    QJsonArray headerArray;
    for (const http::HeaderView &header : headers)
        headerArray.append(headerObject(header, redacted));
    QJsonArray query;
    const http::TargetParts target = http::splitTarget(head.method(), head.target());
    for (const auto &[name, value] : http::parseQuery(target.query))
        query.append(QJsonObject{{"name", toQString(name)}, {"value", toQString(value)}});
    QJsonObject out{{"method", toQString(head.method())},
                    {"url", requestUrl(exchange)},
                    {"httpVersion", versionText(head)},
                    {"cookies", QJsonArray()},
                    {"headers", headerArray},
                    {"queryString", query},
                    {"headersSize", static_cast<qint64>(head.raw().size())},
                    {"bodySize", static_cast<qint64>(exchange.requestBody.size)}};
    if (exchange.requestBody.size == 0)
        return out;
    QJsonObject data{{"mimeType", valueOf(headers, "Content-Type")}, {"params", QJsonArray()}};
    const auto &content = exchange.requestBody.content;
    // The format has no encoding for sent bodies, unlike for received ones.
    const bool isText = content && text::isUtf8(*content);
    data["text"] = isText ? toQString(*content) : QString();
    const QString comment = content && !isText ? QStringLiteral("not text, left out")
                                               : bodyComment(exchange.requestBody);
    if (!comment.isEmpty())
        data["comment"] = comment;
    out["postData"] = data;
    return out;
}

QJsonObject contentObject(const CapturedBody &body, const QString &type)
{
    QJsonObject out{{"size", static_cast<qint64>(body.size)}, {"mimeType", type}};
    if (body.content && text::isUtf8(*body.content)) {
        out["text"] = toQString(*body.content);
    } else if (body.content) {
        out["text"] = QString::fromStdString(text::encodeBase64(*body.content));
        out["encoding"] = QStringLiteral("base64");
    }
    if (const QString comment = bodyComment(body); !comment.isEmpty())
        out["comment"] = comment;
    return out;
}

QJsonObject responseObject(const Exchange &exchange, const QStringList &redacted)
{
    const std::vector<http::HeaderView> headers = responseHeaders(exchange);
    QJsonArray headerArray;
    for (const http::HeaderView &header : headers)
        headerArray.append(headerObject(header, redacted));
    return {{"status", exchange.status},
            {"statusText", toQString(http::reasonPhrase(exchange.status))},
            {"httpVersion", versionText(exchange.request)},
            {"cookies", QJsonArray()},
            {"headers", headerArray},
            {"content", contentObject(exchange.responseBody, valueOf(headers, "Content-Type"))},
            {"redirectURL", valueOf(headers, "Location")},
            {"headersSize", static_cast<qint64>(exchange.responseHead.size())},
            {"bodySize", static_cast<qint64>(exchange.responseBody.size)}};
}

/// The specification wants `time` to be the sum of these.
QJsonObject timingsObject(const Timings &timings)
{
    const Duration first
        = timings.firstByteOut.count() > 0 ? timings.firstByteOut : timings.complete;
    return {{"send", milliseconds(timings.requestComplete)},
            {"wait", milliseconds(first - timings.requestComplete)},
            {"receive", milliseconds(timings.complete - first)}};
}

QJsonObject purposeObject(const Exchange &exchange)
{
    QJsonObject out{{"latency", milliseconds(injectedLatency(exchange))}};
    if (!exchange.behaviour)
        return out;
    out["sentence"] = toQString(behaviourSentence(*exchange.behaviour));
    if (exchange.behaviour->fault)
        out["fault"] = toQString(exchange.behaviour->fault->label);
    return out;
}

} // namespace

QStringList redactedHeaders()
{
    return {QStringLiteral("Authorization"), QStringLiteral("Proxy-Authorization"),
            QStringLiteral("Cookie"), QStringLiteral("Set-Cookie")};
}

QByteArray harEntry(const Exchange &exchange, const QStringList &redacted)
{
    const auto received = std::chrono::duration_cast<std::chrono::milliseconds>(
        exchange.received.time_since_epoch());
    const QJsonObject timings = timingsObject(exchange.timings);
    double time = 0;
    for (const QJsonValue each : timings)
        time += each.toDouble();
    QJsonObject entry{
        {"startedDateTime",
         QDateTime::fromMSecsSinceEpoch(received.count()).toUTC().toString(Qt::ISODateWithMs)},
        {"time", time},
        {"request", requestObject(exchange, redacted)},
        {"response", responseObject(exchange, redacted)},
        {"cache", QJsonObject()},
        {"timings", timings},
        {"connection", QString::number(exchange.connection)},
        {"_understudy", purposeObject(exchange)}};
    if (!exchange.error.empty())
        entry["comment"] = toQString(exchange.error);
    return QJsonDocument(entry).toJson(QJsonDocument::Compact);
}

HarSummary writeHar(QIODevice &out, const std::vector<quint64> &sequences,
                    const std::function<std::shared_ptr<const Exchange>(quint64)> &exchangeOf)
{
    const QJsonObject creator{{"name", QStringLiteral("Understudy")},
                              {"version", QCoreApplication::applicationVersion()}};
    out.write("{\"log\":{\"version\":\"1.2\",\"creator\":");
    out.write(QJsonDocument(creator).toJson(QJsonDocument::Compact));
    out.write(",\"entries\":[");
    HarSummary summary;
    for (const quint64 sequence : sequences) {
        const auto exchange = exchangeOf(sequence);
        if (!exchange || exchange->request.method().empty()) {
            ++summary.left;
            continue;
        }
        out.write(summary.written++ == 0 ? "\n" : ",\n");
        out.write(harEntry(*exchange));
    }
    out.write("\n]}}\n");
    return summary;
}

} // namespace understudy::ui
