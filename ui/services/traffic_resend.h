// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace understudy::ui {

/// The request once more: same method, target, headers and body, framed by Content-Length, on a
/// connection of its own (`Connection: close`). Nothing if its body is no longer held in full.
std::optional<QByteArray> requestAgain(const Exchange &exchange);

/// Which of the running servers' addresses the request came to, by the port of its Host header, or
/// the first one; an empty URL if none runs.
QUrl resendTarget(const Exchange &exchange, const QStringList &listening);

/// Sends requests again and throws the answers away: the server records them as rows of their own.
/// Lives on the thread of the window; goes on with what it sends until it is destroyed.
class TrafficResender : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Connects to `target` (http or https; certificates are not checked) and sends `bytes`; `name`
    /// is for SNI.
    void send(const QUrl &target, const QByteArray &bytes, const QString &name);

Q_SIGNALS:
    /// No connection came about.
    void failed(const QString &reason);
};

} // namespace understudy::ui
