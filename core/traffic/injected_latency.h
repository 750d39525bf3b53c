// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/traffic/exchange.h"

namespace understudy {

/// How long the exchange was made to wait: its drawn latencies of all places and scopes together
/// (before the connection's first read, before the head, before the body); without a record of
/// draws what `timings` planned. Throttling is not part of it. Any thread.
Duration injectedLatency(const Exchange &exchange);

} // namespace understudy
