// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/workbench.h"

#include <string>
#include <vector>

namespace understudy::control {

/// The numbers of the workbench in the Prometheus text exposition format, version 0.0.4.
std::string metricsText(const std::vector<ServerStatus> &servers, const JournalCounters &counters);

} // namespace understudy::control
