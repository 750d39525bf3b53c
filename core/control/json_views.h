// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/workbench.h"

#include <boost/json/value.hpp>

/// The values of the library as the control plane shows them. Bytes that are not UTF-8 stand in
/// base64 where they are bodies, and are read as ISO 8859-1 elsewhere (heads, names).
namespace understudy::control {

std::string_view errorCodeName(ErrorCode code);

boost::json::object statusJson(const ServerStatus &status);
boost::json::array problemsJson(const std::vector<Problem> &problems);

/// One row: who, what, how it ended. Times are microseconds.
boost::json::object exchangeSummaryJson(const JournalEntry &entry);
/// Everything about it: the row with headers, bodies, timings and why. `entry.exchange` is not
/// null.
boost::json::object exchangeJson(const JournalEntry &entry);

/// The exact counters of the journal, and the hits of every endpoint.
boost::json::object countersJson(const Workbench &workbench);

} // namespace understudy::control
