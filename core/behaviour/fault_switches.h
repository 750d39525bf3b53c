// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace understudy {

/// What a switch acts on: everything (all empty), a server, a folder of it (names from the
/// outermost inwards) or an endpoint (by id).
struct FaultScope
{
    std::string server;
    std::vector<std::string> folder;
    std::string endpoint;
    auto operator<=>(const FaultScope &) const = default;
};

/// Switches that turn faults off at run time without touching a document; latency and throttle
/// stay. A request sees no fault while a switch of its endpoint, of a folder around it, of its
/// server, or the one for everything is off. State of a run: never saved. Any thread; what a
/// connection asks is one atomic read.
class FaultSwitches
{
public:
    /// true = off. Shared with compiled servers, which keep it beyond this object's life.
    using Switch = std::shared_ptr<std::atomic<bool>>;

    void setOff(const FaultScope &scope, bool off);
    /// Whether the switch of just this scope is off.
    bool isOff(const FaultScope &scope) const;
    /// Every switch that is off.
    std::vector<FaultScope> off() const;
    /// Turns every switch on again.
    void reset();

    /// The switch itself, made where it does not exist yet.
    Switch at(const FaultScope &scope);

private:
    mutable std::mutex m_mutex;
    std::map<FaultScope, Switch> m_switches;
};

} // namespace understudy
