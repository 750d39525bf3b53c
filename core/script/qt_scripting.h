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
    /// How much the whole program may grow meanwhile.
    std::size_t memory = std::size_t{256} * 1024 * 1024;
    unsigned threads = 0; ///< that run scripts; 0 = as many as cores, at most 4
};

/// JavaScript by Qt's engine, on threads of its own, which are made when they are first needed, so
/// that a script that does not end costs its caller its time and nothing else. A QCoreApplication
/// has to be there when something is run, and outlive the result.
std::shared_ptr<Scripting> makeQtScripting(const ScriptLimits &limits = {});

} // namespace understudy
