// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/behaviour.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What cannot be in a behaviour block, each with its cure. Values only; any thread.
namespace understudy {

/// Where a block stands and what is known of what it acts on.
struct BehaviourContext
{
    enum class Scope { Any, Server, Folder, Endpoint, Response };

    Scope scope = Scope::Any;  ///< Any: a preset, which is checked again where it is used
    std::size_t responses = 1; ///< Response: how many its endpoint has
    /// Bytes of the longest body that it acts on; none where that is not known beforehand.
    std::optional<std::uint64_t> longestBody{};
    bool tls = true; ///< whether the server speaks TLS
};

/// `field` is the way to the key from the block: "latency.head.p99", "faults.2.offset", lists by
/// index from 0. A key that is missing is called by its name too.
struct BehaviourFinding
{
    std::string field;
    std::string message;
    bool operator==(const BehaviourFinding &) const = default;
};

std::vector<BehaviourFinding> checkBehaviour(const Behaviour &behaviour,
                                             const BehaviourContext &context = {});

} // namespace understudy
