// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <set>

namespace understudy::ui {

/// Questions to the system about TCP ports. `mayBindLow` is asked for ports that need privileges;
/// tests replace it.
class Ports
{
public:
    std::function<bool(quint16)> mayBindLow;

    Ports();

    /// Whether nobody listens there now; port 0 always is.
    bool isFree(const QString &address, quint16 port) const;
    bool needsPrivileges(quint16 port) const;
    /// The first free port from `from` up that is not in `taken`; 0 if there is none.
    quint16 nextFree(const QString &address, quint16 from,
                     const std::set<quint16> &taken = {}) const;
};

} // namespace understudy::ui
