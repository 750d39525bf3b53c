// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_limits.h"

#include <QSettings>
#include <QString>

#include <algorithm>

namespace understudy::ui {

namespace {

const QString kMegabytesKey = QStringLiteral("limits/trafficMegabytes");
const QString kRowsKey = QStringLiteral("limits/trafficRows");

} // namespace

TrafficLimits readTrafficLimits(const QSettings &settings)
{
    TrafficLimits limits;
    bool isNumber = false;
    if (const int held = settings.value(kMegabytesKey).toInt(&isNumber); isNumber)
        limits.megabytes
            = std::clamp(held, TrafficLimits::kLeastMegabytes, TrafficLimits::kMostMegabytes);
    if (const int held = settings.value(kRowsKey).toInt(&isNumber); isNumber)
        limits.rows = std::clamp(held, TrafficLimits::kLeastRows, TrafficLimits::kMostRows);
    return limits;
}

void writeTrafficLimits(QSettings &settings, const TrafficLimits &limits)
{
    settings.setValue(kMegabytesKey, limits.megabytes);
    settings.setValue(kRowsKey, limits.rows);
}

} // namespace understudy::ui
