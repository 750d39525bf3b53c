// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/presets.h"

namespace understudy {

/// The profiles that come with the program (resources/presets/networks.json, compiled in). Users
/// add their own in a workspace's presets.yaml (core/formats/presets.h).
const std::vector<NetworkProfile> &builtinNetworkProfiles();

} // namespace understudy
