// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_har.h"

#include "core/base/text.h"
#include "core/http/uri.h"
#include "core/match/body_decoder.h"
#include "ui/services/text.h"
#include "ui/services/traffic_export.h"
#include "ui/services/traffic_har_own.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace understudy::ui {

namespace {

double milliseconds(Duration duration)
{
    return static_cast<double>(std::max<Duration::rep>(0, duration.count())) / 1000;
}

QJsonArray headerArray(const std::vector<http::HeaderView> &headers, Redactor &redactor)
{
    QJsonArray out;
    for (const http::HeaderView &header : headers) {
        const QString name = toQString(header.name);
        if (redactor.hidesHeader(header.name))
            out.append(QJsonObject{{"name", name}, {"value", QString()}, {"comment", "redacted"}});
        else
            out.append(QJsonObject{
                {"name", name}, {"value", toQString(redactor.header(header.name, header.value))}});
    }
    return out;
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
QString bodyComment(const CapturedBody &body, bool isCut)
{
    return body.dropped        ? QStringLiteral("no longer kept (memory limit)")
           : body.cut || isCut ? QStringLiteral("only the beginning was kept")
                               : QString();
}

/// A body as the file says it.
struct BodyText
{
    QString text;
    bool isBase64 = false;
    qint64 size = 0; ///< of what the text stands for
    bool isDecoded = false;
    bool isCut = false; ///< by this
};

/// Without its coding, as far as that can be removed. `isCut`: there is more than we take.
std::optional<std::string> decoded(const CapturedBody &body, std::string_view coding, bool &isCut)
{
    if (body.isDecoded || coding.empty())
        return std::nullopt;
    std::string partial;
    auto out = removeCodings(coding, *body.content, kDecodedLimit, &partial);
    if (out)
        return *std::move(out);
    isCut = !partial.empty();
    return partial.empty() ? std::nullopt : std::optional(std::move(partial));
}

/// What is not UTF-8, byte for byte but for what is hidden.
QString bytesText(const std::string &bytes, const std::string &type, Redactor &redactor)
{
    const qsizetype before = redactor.count();
    std::string shown = redactor.body(bytes, type);
    // Names and quotes of charsets like UTF-16 look different.
    const auto utf8 = redactor.count() == before ? bodyAsUtf8(type, bytes) : std::nullopt;
    if (utf8) {
        std::string hidden = redactor.body(*utf8, type);
        if (redactor.count() > before)
            shown = std::move(hidden);
    }
    return QString::fromStdString(text::encodeBase64(shown));
}

BodyText bodyText(const CapturedBody &body, const std::string &coding, const std::string &type,
                  Redactor &redactor)
{
    BodyText out;
    out.size = static_cast<qint64>(body.size);
    if (!body.content)
        return out;
    const auto plain = decoded(body, coding, out.isCut);
    const std::string &bytes = plain ? *plain : *body.content;
    out.isDecoded = plain.has_value();
    if (plain || !body.cut)
        out.size = static_cast<qint64>(bytes.size());
    out.isBase64 = !text::isUtf8(bytes);
    out.text
        = out.isBase64 ? bytesText(bytes, type, redactor) : toQString(redactor.body(bytes, type));
    return out;
}

std::string headerText(const std::vector<http::HeaderView> &headers, std::string_view name)
{
    return toStd(valueOf(headers, name));
}

/// The pairs of a query as its URL has them, whose redaction has been counted.
QJsonArray queryArray(std::string_view query, const Redactor &redactor)
{
    QJsonArray out;
    for (const auto &[name, value] : http::parseQuery(query))
        out.append(QJsonObject{{"name", toQString(name)},
                               {"value", redactor.hidesParameter(name) && !value.empty()
                                             ? QStringLiteral("redacted")
                                             : toQString(value)}});
    return out;
}

QJsonObject requestObject(const Exchange &exchange, Redactor &redactor)
{
    const http::RequestHead &head = exchange.request;
    std::vector<http::HeaderView> headers;
    for (std::size_t i = 0; i < head.headerCount(); ++i)
        headers.push_back(head.header(i));
    const http::TargetParts target = http::splitTarget(head.method(), head.target());
    QJsonObject out{{"method", toQString(head.method())},
                    {"url", toQString(redactor.url(toStd(requestUrl(exchange))))},
                    {"httpVersion", versionText(head)},
                    {"cookies", QJsonArray()},
                    {"headers", headerArray(headers, redactor)},
                    {"queryString", queryArray(target.query, redactor)},
                    {"headersSize", static_cast<qint64>(head.raw().size())},
                    {"bodySize", static_cast<qint64>(exchange.requestBody.size)}};
    if (exchange.requestBody.size == 0)
        return out;
    const std::string type = headerText(headers, "Content-Type");
    const BodyText body
        = bodyText(exchange.requestBody, headerText(headers, "Content-Encoding"), type, redactor);
    QJsonObject data{{"mimeType", toQString(type)}, {"params", QJsonArray()}};
    // The format has no encoding for sent bodies, unlike for received ones.
    data["text"] = body.isBase64 ? QString() : body.text;
    if (body.isBase64)
        data["_base64"] = body.text;
    const QString comment = body.isBase64 ? QStringLiteral("not text: its bytes are in _base64")
                                          : bodyComment(exchange.requestBody, body.isCut);
    if (!comment.isEmpty())
        data["comment"] = comment;
    out["postData"] = data;
    return out;
}

QJsonObject contentObject(const Exchange &exchange, const std::vector<http::HeaderView> &headers,
                          Redactor &redactor)
{
    const CapturedBody &body = exchange.responseBody;
    const std::string type = headerText(headers, "Content-Type");
    const BodyText text = bodyText(body, headerText(headers, "Content-Encoding"), type, redactor);
    QJsonObject out{{"size", text.size}, {"mimeType", toQString(type)}};
    if (text.isDecoded && !body.cut && !text.isCut)
        out["compression"] = text.size - static_cast<qint64>(body.size);
    if (body.content)
        out["text"] = text.text;
    if (text.isBase64)
        out["encoding"] = QStringLiteral("base64");
    if (const QString comment = bodyComment(body, text.isCut); !comment.isEmpty())
        out["comment"] = comment;
    return out;
}

/// "Gone fishing" of "HTTP/1.1 200 Gone fishing": what was sent, not what is usual.
QString sentReason(const Exchange &exchange)
{
    const std::string_view line
        = std::string_view(exchange.responseHead).substr(0, exchange.responseHead.find("\r\n"));
    const std::size_t status = line.find(' ');
    const std::size_t reason
        = status == std::string_view::npos ? status : line.find(' ', status + 1);
    return reason == std::string_view::npos ? QString() : toQString(line.substr(reason + 1));
}

QJsonObject responseObject(const Exchange &exchange, Redactor &redactor)
{
    const std::vector<http::HeaderView> headers = responseHeaders(exchange);
    const QJsonArray array = headerArray(headers, redactor);
    Redactor counted = redactor; // the header has been
    return {{"status", exchange.status},
            {"statusText", sentReason(exchange)},
            {"httpVersion", versionText(exchange.request)},
            {"cookies", QJsonArray()},
            {"headers", array},
            {"content", contentObject(exchange, headers, redactor)},
            {"redirectURL", toQString(counted.url(headerText(headers, "Location")))},
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

} // namespace

QByteArray harEntry(const Exchange &exchange, Redactor &redactor)
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
        {"request", requestObject(exchange, redactor)},
        {"response", responseObject(exchange, redactor)},
        {"cache", QJsonObject()},
        {"timings", timings},
        {"connection", QString::number(exchange.connection)},
        {"_understudy", ownObject(exchange, redactor)}};
    if (!exchange.error.empty())
        entry["comment"] = toQString(exchange.error);
    return QJsonDocument(entry).toJson(QJsonDocument::Compact);
}

HarSummary writeHar(QIODevice &out, const std::vector<quint64> &sequences,
                    const std::function<std::shared_ptr<const Exchange>(quint64)> &exchangeOf,
                    const TrafficRedaction &redaction)
{
    Redactor redactor(redaction);
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
        out.write(harEntry(*exchange, redactor));
    }
    out.write("\n]}}\n");
    summary.redacted = redactor.count();
    return summary;
}

} // namespace understudy::ui
