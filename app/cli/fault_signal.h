// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/workbench.h"

#include <thread>

namespace understudy::cli {

/// While it lives, SIGUSR1 turns all faults of a workbench off, and on again, and says so with the
/// line "faults off" or "faults on". One object at a time; the workbench outlives it.
class FaultSignal
{
public:
    explicit FaultSignal(Workbench &workbench);
    ~FaultSignal(); ///< SIGUSR1 does nothing from then on
    FaultSignal(const FaultSignal &) = delete;
    FaultSignal &operator=(const FaultSignal &) = delete;

private:
    void run();

    Workbench &m_workbench;
    int m_descriptors[2] = {-1, -1};
    std::thread m_thread;
};

} // namespace understudy::cli
