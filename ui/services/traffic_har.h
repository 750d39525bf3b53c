// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <vector>

class QIODevice;

/// Traffic as an HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/).
namespace understudy::ui {

/// Headers whose values are left out: Authorization, Proxy-Authorization, Cookie, Set-Cookie.
QStringList redactedHeaders();

/// One element of `log.entries`. Headers in `redacted` (letter case aside) keep their names and
/// lose their values, and cookies are left out. Injected latency and faults stand in `_understudy`.
QByteArray harEntry(const Exchange &exchange, const QStringList &redacted = redactedHeaders());

struct HarSummary
{
    qsizetype written = 0;
    qsizetype left = 0; ///< no longer held, or no readable request
};

/// Writes a whole archive, entry by entry, so that big journals never are in memory twice. Write
/// errors are the device's. Any thread.
HarSummary writeHar(QIODevice &out, const std::vector<quint64> &sequences,
                    const std::function<std::shared_ptr<const Exchange>(quint64)> &exchangeOf);

} // namespace understudy::ui
