// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"
#include "ui/services/traffic_redaction.h"

#include <QByteArray>

#include <functional>
#include <vector>

class QIODevice;

/// Traffic as an HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/).
namespace understudy::ui {

/// One element of `log.entries`, without what `redactor` hides. Bodies stand there without their
/// Content-Encoding, as the specification asks. What HAR has no word for (injected latency and
/// faults, match, server) is in `_understudy`; readHar() takes it back.
QByteArray harEntry(const Exchange &exchange, Redactor &redactor);

struct HarSummary
{
    qsizetype written = 0;
    qsizetype left = 0;     ///< no longer held, or no readable request
    qsizetype redacted = 0; ///< values that were left out
};

/// Writes a whole archive, entry by entry: it takes no more memory than the largest of them. Write
/// errors are the device's. Any thread.
HarSummary writeHar(QIODevice &out, const std::vector<quint64> &sequences,
                    const std::function<std::shared_ptr<const Exchange>(quint64)> &exchangeOf,
                    const TrafficRedaction &redaction = {});

} // namespace understudy::ui
