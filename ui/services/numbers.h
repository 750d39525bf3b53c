// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace understudy::ui {

/// A count that fits a narrow column: whole up to 999,999, then with three digits, "1.86 M".
QString compactCount(quint64 count);

/// The widest texts that `compactCount` makes, to measure a column by.
QStringList widestCounts();

/// "median 200ms, 50kB/s", as the file writes it, with a blank before each unit, as people do. What
/// may be a part of a name ("latency-5m.csv") stays.
QString spacedUnits(QString text);

} // namespace understudy::ui
