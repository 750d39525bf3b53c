// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/injected_latency.h"

namespace understudy {

Duration injectedLatency(const Exchange &exchange)
{
    if (!exchange.behaviour)
        return exchange.timings.plannedLatency;
    Duration all{};
    for (const LatencyDraw &draw : exchange.behaviour->latencies)
        all += draw.value;
    return all;
}

} // namespace understudy
