// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/model/behaviour.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What was drawn for one exchange: kept with it, so that every slow or broken answer explains
/// itself and can be drawn again.
namespace understudy {

enum class BehaviourScope { Response, Endpoint, Folder, Server };

/// "response", "endpoint", "folder", "server".
std::string_view behaviourScopeName(BehaviourScope scope);

enum class LatencyPlace { Connect, Head, Body };

struct LatencyDraw
{
    BehaviourScope scope = BehaviourScope::Endpoint;
    std::string scopeName; ///< of a folder; empty for the others
    LatencyPlace place = LatencyPlace::Head;
    std::string model;          ///< as latencyLabel() puts it
    std::optional<double> unit; ///< the drawn fraction in [0, 1); none for a fixed latency
    Duration value{};
};

/// The throttle in effect: of the narrowest scope that has one.
struct ThrottleUse
{
    BehaviourScope scope = BehaviourScope::Endpoint;
    std::string scopeName;
    std::string label; ///< as throttleLabel() puts it
};

struct FaultDraw
{
    FaultKind kind = FaultKind::Status;
    std::string label; ///< as faultLabel() puts it
    BehaviourScope scope = BehaviourScope::Endpoint;
    std::string scopeName;
    std::size_t index = 0;      ///< in the scope's list, from 0
    std::string conditions;     ///< as faultConditions() puts it
    std::optional<double> rate; ///< what the file says
    std::optional<double> unit; ///< what was drawn; it happened because unit < rate
    std::string effect;         ///< "the connection was reset after 100 bytes of the body"
};

struct BehaviourRecord
{
    std::uint64_t seed = 0;
    std::string drawnFor;      ///< endpoint id, "(unmatched)" or "(connection)"
    std::uint64_t ordinal = 0; ///< number of the request, or of the connection, there; from 1
    std::vector<LatencyDraw> latencies;
    std::optional<ThrottleUse> throttle;
    std::optional<FaultDraw> fault;

    std::size_t memorySize() const;
};

/// Why it was slow or broken, as one or two sentences; empty if nothing was done on purpose.
/// "Slow on purpose: 213 ms log-normal latency of the endpoint + 50 ms of the server. Broken on
/// purpose: reset at body, of the endpoint at 20 % (drew 0.134): the connection was reset after 100
/// bytes of the body."
std::string behaviourSentence(const BehaviourRecord &record);

} // namespace understudy
