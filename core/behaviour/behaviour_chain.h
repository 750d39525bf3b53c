// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/fault_switches.h"
#include "core/behaviour/moment.h"
#include "core/behaviour/rate_limiter.h"
#include "core/behaviour/scope_behaviour.h"
#include "core/match/target_values.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

/// What happens to one request on purpose: latencies of all scopes add up, the throttle of the
/// narrowest scope counts, and of the faults the first that is drawn happens, tried from the
/// response outwards (format.md, Behaviour). Pure: time, numbers and state come as arguments.
namespace understudy {

/// Who draws: every number follows from this and a purpose (core/base/draw.h).
struct DrawKey
{
    std::uint64_t seed = 0;
    std::string_view server;
    std::string_view drawnFor; ///< endpoint id, "(unmatched)" or "(connection)"
    std::uint64_t ordinal = 0;

    std::uint64_t number(std::string_view purpose) const;
};

struct Decision
{
    Duration connect{}; ///< before the first read of a connection
    Duration head{};    ///< from the last byte of the request to the first of the answer
    Duration body{};    ///< between head and body
    const CompiledThrottle *throttle = nullptr;
    const CompiledFault *fault = nullptr;
    std::uint64_t material = 0; ///< the seeded number that the fault's own choices begin from
    std::optional<Quota> quota; ///< of the first rate-limit that was asked
    std::shared_ptr<BehaviourRecord> record; ///< null if nothing happens

    bool isNothing() const { return !record && !quota; }
};

/// What a decision looks at. `context` is needed where a fault has rules.
struct DecisionInput
{
    DrawKey key;
    Moment moment;
    const RequestView *request = nullptr; ///< null before there is one
    const MatchContext *context = nullptr;
};

/// The scopes around one response, from the inside outwards. Built once, then immutable; any
/// thread. The scopes must outlive every Decision: keep the compiled server.
class BehaviourChain
{
public:
    /// The number of a request in a scope.
    struct Count
    {
        const ScopeBehaviour *scope = nullptr;
        std::uint64_t number = 0;
    };
    using Counts = std::vector<Count>; ///< one for each scope of the chain, in its order

    /// Adds the next scope outwards.
    void add(std::shared_ptr<const ScopeBehaviour> scope);
    /// Adds the scopes and switches of another chain outwards.
    void addAll(const BehaviourChain &outer);
    /// Faults happen only while all of these are false.
    void add(FaultSwitches::Switch isOff) { m_switches.push_back(std::move(isOff)); }

    bool isEmpty() const { return m_scopes.empty(); }
    /// Fixed latencies before the head and nothing else.
    bool isFixed() const { return m_isFixed; }
    /// A request can draw a fault here.
    bool hasFaults() const { return m_hasFaults; }
    bool hasRules() const { return m_hasRules; }
    /// Something has to be known when the head of a request has arrived: an upload rate, or a fault
    /// on the request's side.
    bool watchesHead() const { return m_watchesHead; }

    /// Counts a request in every scope that has faults. `ordinal` is its number at the endpoint,
    /// which is its number in the endpoint's scope. `given`: numbers that it has already, perhaps
    /// for another chain; a scope never counts a request twice.
    Counts count(std::uint64_t ordinal, const Counts *given = nullptr) const;

    /// The decision for a request whose response is chosen. `hadFault`: one happened on the
    /// request's side already, so no other is tried.
    Decision decide(const DecisionInput &input, const Counts &counts, bool hadFault) const;
    /// The fault on the request's side, if one is drawn. Latency and throttle are left out.
    Decision decideForHead(const DecisionInput &input, const Counts &counts) const;
    /// The narrowest throttle; nullptr without one.
    const CompiledThrottle *throttle() const;

private:
    void drawLatencies(const DecisionInput &input, Decision &decision) const;
    void useThrottle(const DecisionInput &input, Decision &decision) const;
    void drawFaults(const DecisionInput &input, const Counts &counts, bool isForHead,
                    Decision &decision) const;
    bool isSwitchedOff() const;

    std::vector<std::shared_ptr<const ScopeBehaviour>> m_scopes;
    std::vector<FaultSwitches::Switch> m_switches;
    bool m_isFixed = true;
    bool m_hasRules = false;
    bool m_watchesHead = false;
    bool m_hasFaults = false;
    bool m_hasThrottle = false;
};

/// The faults of a server's own scope that strike connections, at `moment` (Accept, Handshake), and
/// for Accept also refuse and blackhole where they are drawn by connection, and the latency before
/// the first read. `count` is the number of the connection.
Decision decideForConnection(const ScopeBehaviour &server, FaultMoment moment,
                             const DecisionInput &input, std::uint64_t count, bool areFaultsOff);

/// Refuse and blackhole that follow the clock alone: without rate, counts and rules.
bool isScheduled(const CompiledFault &fault);

} // namespace understudy
