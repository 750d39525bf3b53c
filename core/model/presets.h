// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/behaviour.h"

#include <string>
#include <vector>

/// Behaviour that people pick by name. Values; any thread may use its own copy.
namespace understudy {

/// What `throttle: {profile: NAME}` stands for: every answer waits latency ± jitter (uniform) and
/// is sent at these rates.
struct NetworkProfile
{
    std::string name;  ///< "slow-3g"
    std::string title; ///< "Slow 3G"
    Duration latency{};
    Duration jitter{};  ///< at most `latency`
    ByteCount download; ///< bytes per second
    ByteCount upload;   ///< bytes per second
    bool operator==(const NetworkProfile &) const = default;
};

/// A behaviour block under a name: "flaky 5 %", "slow then dead".
struct FaultPreset
{
    std::string name;
    std::string description;
    Behaviour behaviour;
    bool operator==(const FaultPreset &) const = default;
};

struct Presets
{
    std::vector<NetworkProfile> networks;
    std::vector<FaultPreset> faults;
    bool operator==(const Presets &) const = default;
};

/// The profile of that name in `networks`, or nullptr.
const NetworkProfile *findNetworkProfile(const std::vector<NetworkProfile> &networks,
                                         std::string_view name);

} // namespace understudy
