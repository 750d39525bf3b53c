// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

namespace understudy {

/// The time as the engine is told it: it never asks a clock.
struct Moment
{
    WallTime wall{};
    Duration sinceStart{}; ///< of the server; what `during` and rate limits count by
};

} // namespace understudy
