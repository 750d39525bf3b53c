// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

class QSettings;

namespace understudy::ui {

/// How much traffic the window keeps (ux.md section 11), as a preference of the user.
struct TrafficLimits
{
    static constexpr qint64 kBytesPerMegabyte = 1'000'000;
    static constexpr int kLeastMegabytes = 16;
    static constexpr int kMostMegabytes = 65'536;
    static constexpr int kLeastRows = 1'000;
    static constexpr int kMostRows = 10'000'000;

    int megabytes = 512;
    int rows = 1'000'000;

    bool operator==(const TrafficLimits &) const = default;
    qint64 bytes() const { return megabytes * kBytesPerMegabyte; }
};

/// What the settings hold, within the bounds; the defaults where they hold nothing.
TrafficLimits readTrafficLimits(const QSettings &settings);
void writeTrafficLimits(QSettings &settings, const TrafficLimits &limits);

} // namespace understudy::ui
