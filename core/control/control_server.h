// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/api.h"
#include "core/control/gate.h"

#include <QtGlobal>

#include <memory>
#include <string>

namespace understudy::control {

/// The control plane on the loopback interface, served by QtHttpServer. It belongs to the thread
/// that makes it, which must run an event loop; every request is answered there. The desktop and
/// the command line both use it.
///
///     ControlServer control(workbench, [&](const std::string &id) { return files.reload(id); });
///     if (const auto port = control.listen(0))
///         show(*port, control.token());
class ControlServer
{
public:
    /// `workbench` must outlive the server. An empty `token` means a fresh one.
    ControlServer(Workbench &workbench, ReloadFunction reload, std::string token = {},
                  GateLimits limits = {});
    ~ControlServer();
    ControlServer(const ControlServer &) = delete;
    ControlServer &operator=(const ControlServer &) = delete;

    /// Listens on 127.0.0.1 and returns the port. `port` 0 = any free one. Errors: InUse, Access,
    /// System.
    Result<quint16> listen(quint16 port);

    const std::string &token() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace understudy::control
