// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_resend.h"

#include "core/base/text.h"
#include "ui/services/text.h"

#include <QSslSocket>
#include <QTimer>

#include <algorithm>
#include <array>
#include <chrono>

namespace understudy::ui {

namespace {

constexpr auto kPatience = std::chrono::minutes(2); // longer than a stall that somebody watches

/// What belongs to the old connection, or to how the old body was sent.
bool isOfTheConnection(std::string_view name)
{
    constexpr std::array<std::string_view, 5> kNames{"Connection", "Content-Length", "Expect",
                                                     "Keep-Alive", "Transfer-Encoding"};
    return std::ranges::any_of(
        kNames, [name](std::string_view each) { return text::equalsIgnoreCase(each, name); });
}

QUrl hostOf(const Exchange &exchange)
{
    const auto host = exchange.request.find("Host");
    return host ? QUrl(QLatin1String("http://") + toQString(*host)) : QUrl();
}

} // namespace

std::optional<QByteArray> requestAgain(const Exchange &exchange)
{
    const http::RequestHead &head = exchange.request;
    const CapturedBody &body = exchange.requestBody;
    const bool isWhole = body.size == 0 || (body.content && body.content->size() == body.size);
    if (head.method().empty() || !isWhole)
        return std::nullopt;
    std::string out = std::string(head.method()) + ' ' + std::string(head.target())
                      + (head.version() == 10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    for (std::size_t i = 0; i < head.headerCount(); ++i) {
        const http::HeaderView header = head.header(i);
        if (!isOfTheConnection(header.name))
            out += std::string(header.name) + ": " + std::string(header.value) + "\r\n";
    }
    if (body.size > 0 || head.find("Content-Length"))
        out += "Content-Length: " + std::to_string(body.size) + "\r\n";
    out += "Connection: close\r\n\r\n";
    if (body.content && body.size > 0)
        out += *body.content;
    return QByteArray::fromStdString(out);
}

QUrl resendTarget(const Exchange &exchange, const QStringList &listening)
{
    if (listening.isEmpty())
        return {};
    const int port = hostOf(exchange).port(exchange.tls.empty() ? 80 : 443);
    QUrl found(listening.front());
    for (const QString &each : listening) {
        const QUrl url(each);
        if (url.port(url.scheme() == QLatin1String("https") ? 443 : 80) == port) {
            found = url;
            break;
        }
    }
    // What came from a file was meant for another server.
    if (exchange.match == MatchKind::Recorded)
        return found;
    // A server with TLS answers plain text on the same port, too: as it came, so it goes.
    found.setScheme(exchange.tls.empty() ? QStringLiteral("http") : QStringLiteral("https"));
    return found;
}

void TrafficResender::send(const QUrl &target, const QByteArray &bytes, const QString &name)
{
    auto *socket = new QSslSocket(this);
    const bool isTls = target.scheme() == QLatin1String("https");
    const auto isSent = std::make_shared<bool>(false);
    connect(socket, &QAbstractSocket::errorOccurred, this, [this, socket, isSent] {
        // Once the request is out, whatever ends the connection is the server's answer.
        if (!*isSent)
            Q_EMIT failed(socket->errorString());
        socket->deleteLater();
    });
    const auto write = [socket, bytes, isSent] {
        *isSent = true;
        socket->write(bytes);
    };
    if (isTls)
        connect(socket, &QSslSocket::encrypted, this, write);
    else
        connect(socket, &QAbstractSocket::connected, this, write);
    connect(socket, &QIODevice::readyRead, socket, [socket] { socket->skip(1 << 20); });
    connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(kPatience, socket, &QObject::deleteLater);
    const auto port = static_cast<quint16>(target.port(isTls ? 443 : 80));
    if (!isTls) {
        socket->connectToHost(target.host(), port);
        return;
    }
    socket->setPeerVerifyMode(QSslSocket::VerifyNone);
    socket->connectToHostEncrypted(target.host(), port, name.isEmpty() ? target.host() : name);
}

} // namespace understudy::ui
