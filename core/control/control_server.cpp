// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/control_server.h"

#include "core/control/gate.h"
#include "core/control/token.h"

#include <QHostAddress>
#include <QHttpServer>
#include <QMetaEnum>
#include <QTcpServer>
#include <QUrl>

namespace understudy::control {
namespace {

ApiRequest apiRequest(const QHttpServerRequest &request)
{
    const auto methods = QMetaEnum::fromType<QHttpServerRequest::Method>();
    const QByteArray method(methods.valueToKey(static_cast<int>(request.method())));
    const QUrl url = request.url();
    return {method.toUpper().toStdString(), url.path(QUrl::FullyEncoded).toStdString(),
            url.query(QUrl::FullyEncoded).toStdString(),
            request.value("Authorization").toStdString(), request.body().toStdString()};
}

/// Headers of an answer are one thing from Qt 6.4 and another from 6.8 on; which one is there
/// decides.
template<class Response>
void setHeader(Response &response, const QByteArray &name, const QByteArray &value)
{
    if constexpr (requires { response.setHeader(name, value); }) {
        response.setHeader(name, value);
    } else {
        auto headers = response.headers();
        headers.replaceOrAppend(name, value);
        response.setHeaders(std::move(headers));
    }
}

QHttpServerResponse httpResponse(const ApiReply &reply, bool closes)
{
    QHttpServerResponse response(QByteArray::fromStdString(reply.type),
                                 QByteArray::fromStdString(reply.body),
                                 static_cast<QHttpServerResponse::StatusCode>(reply.status));
    if (closes)
        setHeader(response, "Connection", "close");
    for (const http::HeaderField &field : reply.headers)
        setHeader(response, QByteArray::fromStdString(field.name),
                  QByteArray::fromStdString(field.value));
    return response;
}

Error listenError(const QTcpServer &server, quint16 port)
{
    ErrorCode code = ErrorCode::System;
    if (server.serverError() == QAbstractSocket::AddressInUseError)
        code = ErrorCode::InUse;
    else if (server.serverError() == QAbstractSocket::SocketAccessError)
        code = ErrorCode::Access;
    return {
        code, "127.0.0.1:" + std::to_string(port) + ": " + server.errorString().toStdString(), {}};
}

} // namespace

class ControlServer::Private
{
public:
    Private(Workbench &workbench, ReloadFunction reload, std::string givenToken,
            GateLimits gateLimits)
        : limits(gateLimits)
        , token(givenToken.empty() ? makeToken() : std::move(givenToken))
        , api(workbench, std::move(reload), token, clock)
    {
        // One rule for every path: the table of routes is ControlApi's, so that tests reach it
        // without sockets. A QUrl argument takes the slashes, too.
        server.route("/<arg>", [this](const QUrl &, const QHttpServerRequest &request) {
            return httpResponse(api.handle(apiRequest(request)),
                                request.value("Connection").toLower().contains("close"));
        });
    }

    GateLimits limits;
    SystemClock clock;
    std::string token;
    ControlApi api;
    QHttpServer server;
};

ControlServer::ControlServer(Workbench &workbench, ReloadFunction reload, std::string token,
                             GateLimits limits)
    : d(std::make_unique<Private>(workbench, std::move(reload), std::move(token), limits))
{}

ControlServer::~ControlServer() = default;

Result<quint16> ControlServer::listen(quint16 port)
{
    auto listener = std::make_unique<Gate>(d->limits);
    if (!listener->open(QHostAddress::LocalHost, port))
        return listenError(*listener, port);
    const quint16 bound = listener->serverPort();
    d->server.bind(listener.release());
    return bound;
}

const std::string &ControlServer::token() const { return d->token; }

} // namespace understudy::control
