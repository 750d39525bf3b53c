// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"

#include <QByteArray>
#include <QString>

/// Exchanges as text for other programs.
namespace understudy::ui {

/// "http://host/path?query" as the client asked for it; `fallback` ("http://127.0.0.1:3000") stands
/// in for a missing Host header.
QString requestUrl(const Exchange &exchange, const QString &fallback = {});

/// A command for a POSIX shell that sends the same method, path, headers and body again.
/// Bodies with NUL bytes come through `base64 -d`. The part of a body that the journal no longer
/// has is missing.
QString curlCommand(const Exchange &exchange, const QString &fallback = {});

/// Head as received, then the body (without the chunked coding).
QByteArray rawRequest(const Exchange &exchange);
/// Head as sent, then the body.
QByteArray rawResponse(const Exchange &exchange);

} // namespace understudy::ui
