// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"
#include "ui/models/traffic_rows.h"

#include <QString>

#include <span>
#include <string>

namespace understudy::ui {

/// In the order of the table to begin with. Settings keep columns by these numbers.
enum class TrafficColumn {
    Number,
    Time,
    Delta,
    Server,
    Method,
    Path,
    Query,
    Status,
    Match,
    Latency,
    Duration,
    RequestSize,
    ResponseSize,
    Client,
    Mark,
    Note
};
inline constexpr int kTrafficColumns = static_cast<int>(TrafficColumn::Note) + 1;

/// What a row is ordered by: a number, then a text.
struct TrafficSortKey
{
    qint64 number = 0;
    std::string text{};
};

/// All that a column is: table, sorting, filter and menus read it here.
struct TrafficColumnSpec
{
    TrafficColumn column;
    const char *title;   ///< to be translated (trafficColumnTitle)
    const char *toolTip; ///< of the header, to be translated (trafficColumnToolTip); null: none
    bool isNumeric;

    // Widths, in characters:
    int width;    ///< to begin with; of a column that takes the free width, the least
    int least;    ///< what it keeps where the table is narrow
    int givesWay; ///< who gives way first where the table is narrow, from 0; -1: never
    bool isHidden;
    bool isFree; ///< takes a share of the width that the others leave

    /// The text of a cell; null where more than the exchange decides it.
    QString (*text)(const Exchange &exchange);
    TrafficSortKey (*sortKey)(const JournalEntry &entry, const TrafficAnnotation &annotation);
    /// The filter term that a cell's value gives ("method:GET"), or an empty text; null: never one.
    /// `mark`: the row's, which no exchange knows.
    QString (*filterTerm)(const Exchange &exchange, const QString &mark);
};

/// One for each column, in the order of TrafficColumn.
std::span<const TrafficColumnSpec> trafficColumns();
const TrafficColumnSpec &trafficColumn(TrafficColumn column);
QString trafficColumnTitle(TrafficColumn column);
QString trafficColumnToolTip(TrafficColumn column); ///< empty: none
/// Of one cell, an empty text where there is none; durations and sizes give a range of the rounding
/// shown.
QString filterTerm(const Exchange &exchange, TrafficColumn column, const QString &mark);

} // namespace understudy::ui
