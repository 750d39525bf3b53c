// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/behaviour.h"

namespace understudy {

/// The fixed part of a behaviour's latency before the head; 0 for the models that are drawn.
Duration fixedLatency(const Behaviour &behaviour);

} // namespace understudy
