// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/behaviour.h"

#include <cstdint>
#include <optional>

namespace understudy {

/// Whether `first`, `every`, `after` and `until` let a fault happen to the `count`-th request of
/// its scope, from 1.
bool holdsForCount(const Fault &fault, std::uint64_t count);

/// Whether a window is open so long after the start of the server. Half open: `from` belongs to it,
/// `to` does not.
bool isOpen(const FaultWindow &window, Duration sinceStart);

/// How long until the window opens or closes next; nothing if it never will again.
std::optional<Duration> untilChange(const FaultWindow &window, Duration sinceStart);

} // namespace understudy
