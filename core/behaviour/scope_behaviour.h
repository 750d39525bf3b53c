// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/behaviour/latency.h"
#include "core/behaviour/scope_state.h"
#include "core/match/rule_matcher.h"
#include "core/model/behaviour.h"
#include "core/model/fault_catalogue.h"
#include "core/model/presets.h"
#include "core/traffic/behaviour_record.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The behaviour of one scope, made ready to be drawn from.
namespace understudy {

struct CompiledLatency
{
    LatencyPlace place = LatencyPlace::Head;
    LatencyDistribution distribution;
    std::string label;
    std::string purpose; ///< of its draws: "latency/head/endpoint"
    bool isFixed = false;
    bool isOfThrottle = false; ///< a network profile's: counts only where that throttle does
};

/// Rates and pieces as the player needs them; a profile is resolved already.
struct CompiledThrottle
{
    ByteCount download; ///< bytes per second; 0 = as fast as it goes
    ByteCount upload;
    std::optional<std::uint64_t> chunks; ///< with `over`
    Duration over{};
    ByteCount slice; ///< 0 = none; with `pause`
    Duration pause{};
    std::string label;
};

struct CompiledFault
{
    Fault fault;
    FaultMoment moment = FaultMoment::Answer;
    std::optional<FaultPlace> place;
    std::size_t index = 0; ///< in its scope's list
    std::string purpose;   ///< of its draws: "fault/endpoint/0"
    std::string label;
    std::string conditions;
    std::optional<RuleMatcher> when;
    std::shared_ptr<RateLimiter> limiter; ///< rate-limit
};

/// Immutable; shared by all chains it is part of.
struct ScopeBehaviour
{
    BehaviourScope scope = BehaviourScope::Endpoint;
    std::string name; ///< of a folder
    std::vector<CompiledLatency> latencies;
    std::optional<CompiledThrottle> throttle;
    std::vector<CompiledFault> faults;
    std::shared_ptr<ScopeState> state;

    bool isEmpty() const { return latencies.empty() && !throttle && faults.empty(); }
};

/// What compiling a behaviour needs to know.
struct BehaviourSources
{
    const std::vector<NetworkProfile> &profiles;
    /// The durations of a samples file, by the name the mock file writes.
    std::function<Result<std::shared_ptr<const LatencySamples>>(const std::string &)> samples;
    /// A broken rule: false refuses the behaviour, true switches the fault off and tells.
    bool toleratesBrokenRules = false;
    std::function<void(std::string)> notice;
};

/// `scope` and `name` say whose it is; `key` tells scopes of one kind apart in draws (a folder's
/// path). Errors: an unknown profile, a samples file that cannot be read, a broken rule.
Result<std::shared_ptr<const ScopeBehaviour>>
compileScope(const Behaviour &behaviour, BehaviourScope scope, const std::string &name,
             const std::string &key, std::shared_ptr<ScopeState> state,
             const BehaviourSources &sources);

} // namespace understudy
