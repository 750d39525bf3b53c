// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/filter.h"
#include "ui/models/traffic_columns.h"
#include "ui/models/traffic_rows.h"

#include <QPromise>

#include <optional>
#include <vector>

namespace understudy::ui {

/// What a worker needs to find and order the visible rows: values only, so that the window goes on
/// meanwhile.
struct TrafficQuery
{
    TrafficFilter filter;
    std::optional<TrafficColumn> sortColumn; ///< none: by sequence
    Qt::SortOrder order = Qt::AscendingOrder;
    quint64 after = 0; ///< rows up to here were cleared away, but for pinned ones
    quint64 upTo = 0;  ///< the newest row on display when the question was asked
    QHash<quint64, TrafficAnnotation> annotations;
    WallTime now{};
};

struct TrafficQueryResult
{
    std::vector<quint64> sequences; ///< in the order they are to be shown
    quint64 upTo = 0;
    bool isSorted = false;
};

/// Scans the journal in chunks of 65,536 rows; between them it looks for cancellation and reports
/// progress in percent. Runs on any thread.
void runTrafficQuery(QPromise<TrafficQueryResult> &promise, const Journal &journal,
                     const TrafficQuery &query);

/// What the filter asks beside the exchange itself; `mark` must outlive the context.
FilterContext filterContext(const QHash<quint64, TrafficAnnotation> &annotations, quint64 sequence,
                            WallTime now, std::string &mark);

} // namespace understudy::ui
