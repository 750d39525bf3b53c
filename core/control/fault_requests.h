// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/workbench.h"

#include <boost/json/value.hpp>

#include <string_view>

/// What the control plane is asked to do with faults and draws, as plain functions.
namespace understudy::control {

/// Body of PUT /v1/faults.
struct FaultChange
{
    FaultScope scope;
    bool off = false;
};

/// Reads `{"off": true, "server": id, "folder": [name…], "endpoint": id}`; everything but `off` may
/// be left out, and a folder may be one text. Errors: Invalid.
Result<FaultChange> parseFaultChange(std::string_view body);

/// Whether the server, folder or endpoint is there. Errors: NotFound.
Result<void> checkFaultScope(const Workbench &workbench, const FaultScope &scope);

/// Reads `{"seed": 48151}`; a text holds all 64 bits where a client's numbers do not. Errors:
/// Invalid.
Result<std::uint64_t> parseSeedChange(std::string_view body);

/// `{"allOff": false, "off": [{"server": …}, …]}`: the switches that are off.
boost::json::object faultsJson(const FaultSwitches &switches);

/// What was drawn for an exchange and done on purpose; null if nothing was.
boost::json::value behaviourJson(const BehaviourRecord *record);

} // namespace understudy::control
