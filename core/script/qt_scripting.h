// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/template/scripting.h"

#include <cstddef>
#include <memory>

namespace understudy {

/// What one run of a script may take.
struct ScriptLimits
{
    Duration time = std::chrono::seconds(2);
    /// How much the whole program may grow meanwhile; looked at a hundred times a second, so that
    /// a single step of the engine can take more.
    std::size_t memory = std::size_t{256} * 1024 * 1024;
    unsigned threads = 0; ///< that run scripts; 0 = as many as cores, at most 4
};

/// JavaScript by Qt's engine, on threads of its own, which are made when they are first needed. Who
/// asks waits: for a free thread as long as for a script, and then for the script (core/wire asks
/// on workers, not on I/O threads). One that cannot be ended is left behind with its thread; after
/// four of these there is no JavaScript any more. A QCoreApplication has to be there when something
/// is run, and outlive the result.
std::shared_ptr<Scripting> makeQtScripting(const ScriptLimits &limits = {});

} // namespace understudy
