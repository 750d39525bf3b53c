// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_export.h"

#include "core/base/shell.h"
#include "core/base/text.h"
#include "core/http/uri.h"
#include "ui/services/text.h"

#include <QStringList>

namespace understudy::ui {

namespace {

QString shellQuoted(std::string_view text) { return toQString(shell::quote(text)); }

std::string_view contentOf(const CapturedBody &body)
{
    return body.content ? std::string_view(*body.content) : std::string_view{};
}

/// What curl would add or change by itself is named, so that it does not.
QStringList headerArguments(const http::RequestHead &head, bool hasBody)
{
    QStringList out;
    for (std::size_t i = 0; i < head.headerCount(); ++i) {
        const http::HeaderView header = head.header(i);
        // curl counts the bytes itself.
        if (text::equalsIgnoreCase(header.name, "Content-Length"))
            continue;
        const std::string line = std::string(header.name) + (header.value.empty() ? ";" : ": ")
                                 + std::string(header.value);
        out << QLatin1String("-H ") + shellQuoted(line);
    }
    for (const char *name : {"Accept", "User-Agent", "Content-Type", "Expect"}) {
        const bool addedWithBodyOnly
            = std::string_view(name) == "Content-Type" || std::string_view(name) == "Expect";
        if (!head.find(name) && (hasBody || !addedWithBodyOnly))
            out << QStringLiteral("-H '%1:'").arg(QLatin1String(name));
    }
    return out;
}

/// Whether curl would send this target unchanged as part of a URL.
bool survivesUrl(std::string_view target)
{
    return target.starts_with('/') && target.find('#') == std::string_view::npos
           && target.find('\\') == std::string_view::npos;
}

} // namespace

QString requestUrl(const Exchange &exchange, const QString &fallback)
{
    const http::RequestHead &head = exchange.request;
    const http::TargetParts parts = http::splitTarget(head.method(), head.target());
    // Anything but HTTP would send curl elsewhere than here: to a file of this machine, say.
    if (text::equalsIgnoreCase(parts.scheme, "http")
        || text::equalsIgnoreCase(parts.scheme, "https"))
        return toQString(head.target());
    const auto host = head.find("Host");
    const QLatin1String scheme(exchange.tls.empty() ? "http://" : "https://");
    const QString base = host && !host->empty() ? scheme + toQString(*host)
                         : fallback.isEmpty()   ? QStringLiteral("http://127.0.0.1")
                                                : fallback;
    return head.target().starts_with('/') ? base + toQString(head.target()) : base + u'/';
}

QString curlCommand(const Exchange &exchange, const QString &fallback)
{
    const http::RequestHead &head = exchange.request;
    const std::string_view body = contentOf(exchange.requestBody);
    const bool isBinary = body.find('\0') != std::string_view::npos || !text::isUtf8(body);
    const bool sendsData = !body.empty() || head.find("Content-Length").has_value();
    QStringList parts{QStringLiteral("curl -i -g --path-as-is")};
    // The server's certificate may come from the local authority, which curl does not know.
    if (!exchange.tls.empty())
        parts << QStringLiteral("-k");
    if (head.version() == 10)
        parts << QStringLiteral("--http1.0");
    if (head.method() == "HEAD" && !sendsData)
        parts << QStringLiteral("--head");
    else if (head.method() != "GET" || sendsData)
        parts << QLatin1String("-X ") + shellQuoted(head.method());
    parts << headerArguments(head, sendsData);
    if (isBinary)
        parts << QStringLiteral("--data-binary @-");
    else if (sendsData)
        parts << QLatin1String("--data-raw ") + shellQuoted(body);
    if (!survivesUrl(head.target()))
        parts << QLatin1String("--request-target ") + shellQuoted(head.target());
    parts << toQString(shell::curlOperand(toStd(requestUrl(exchange, fallback))));
    QString command = parts.join(u' ');
    if (!isBinary)
        return command;
    return QStringLiteral("printf %s '%1' | base64 -d | %2")
        .arg(QString::fromStdString(text::encodeBase64(body)), command);
}

QByteArray rawRequest(const Exchange &exchange)
{
    const std::string_view head
        = exchange.rawInput.empty() ? exchange.request.raw() : std::string_view(exchange.rawInput);
    const std::string_view body = contentOf(exchange.requestBody);
    return QByteArray(head.data(), static_cast<qsizetype>(head.size()))
           + QByteArray(body.data(), static_cast<qsizetype>(body.size()));
}

QByteArray rawResponse(const Exchange &exchange)
{
    const std::string_view body = contentOf(exchange.responseBody);
    return QByteArray::fromStdString(exchange.responseHead)
           + QByteArray(body.data(), static_cast<qsizetype>(body.size()));
}

} // namespace understudy::ui
