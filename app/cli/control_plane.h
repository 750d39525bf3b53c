// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/workbench.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace understudy::cli {

/// A control plane that runs on a thread of its own until it is destroyed.
class ControlPlane
{
public:
    virtual ~ControlPlane() = default;
    virtual std::string url() const = 0;
    virtual std::string token() const = 0;
};

using ReloadServer = std::function<std::vector<Problem>(const std::string &serverId)>;

/// Makes sure that the running program can have a control plane; `serve` calls it before it does
/// anything else. The program without Qt replaces itself by the one with Qt (same arguments, same
/// process), so that only those who ask for a control plane wait for the Qt libraries. Does not
/// return in that case. Error: Unsupported in a build without Qt.
///
/// One of three source files implements these two functions; app/cli/CMakeLists.txt chooses.
Result<void> prepareControlPlane();

/// Listens on the loopback interface; `port` 0 = any. Workbench and function must outlive the
/// result.
Result<std::unique_ptr<ControlPlane>>
startControlPlane(Workbench &workbench, const ReloadServer &reload, std::uint16_t port);

} // namespace understudy::cli
