// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/behaviour.h"

#include <string>

/// How lists, tooltips and messages call what stands in a behaviour block.
namespace understudy {

/// "reset at body", "status 503", "tls expired": how lists, tooltips and messages call a fault.
std::string faultLabel(const Fault &fault);
/// Its conditions: "20 %, first 3, from 10 s to 40 s"; empty for always.
std::string faultConditions(const Fault &fault);

/// "50ms", "uniform 10ms to 90ms", "log-normal, median 200ms, p99 2s", "normal, …", "samples of
/// f.csv".
std::string latencyLabel(const LatencyModel &model);
/// "download 50kB/s, upload 20kB/s", "profile slow-3g", "5 chunks over 2s".
std::string throttleLabel(const Throttle &throttle);

} // namespace understudy
