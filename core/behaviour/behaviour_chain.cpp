// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/behaviour_chain.h"

#include "core/base/draw.h"
#include "core/base/text.h"
#include "core/behaviour/conditions.h"

#include <algorithm>

namespace understudy {

namespace {

BehaviourRecord &recordOf(Decision &decision, const DrawKey &key)
{
    if (!decision.record) {
        decision.record = std::make_shared<BehaviourRecord>();
        decision.record->seed = key.seed;
        decision.record->drawnFor = key.drawnFor;
        decision.record->ordinal = key.ordinal;
    }
    return *decision.record;
}

/// Some faults concern only requests that have something to do wrong with.
bool concerns(const Fault &fault, const RequestView *request)
{
    if (!request)
        return true;
    const http::RequestHead &head = request->request().head;
    switch (fault.kind) {
    case FaultKind::ExpectRefuse:
        return text::equalsIgnoreCase(head.find("Expect").value_or(std::string_view{}),
                                      "100-continue");
    case FaultKind::SlowRead:
    case FaultKind::NoRead:
        return head.find("Content-Length").value_or("0") != "0" || head.find("Transfer-Encoding");
    default:
        return true;
    }
}

std::string quotaKey(const Fault &fault, const RequestView &request)
{
    if (fault.key.empty() || fault.key == "all")
        return {};
    if (fault.key == "client")
        return request.facts().client;
    // Clients choose these: a long one is told apart by its beginning, length and hash.
    constexpr std::size_t kLongKey = 64;
    const auto value = request.request().head.find(fault.key).value_or(std::string_view{});
    if (value.size() <= kLongKey)
        return std::string(value);
    return std::string(value.substr(0, kLongKey)) + '/' + std::to_string(value.size()) + '/'
           + std::to_string(draw(0, value, {}, 0, {}));
}

/// Tries one fault; true if it happens, with the decision filled in.
bool tryFault(const ScopeBehaviour &scope, const CompiledFault &compiled,
              const DecisionInput &input, std::uint64_t count, Decision &decision)
{
    const Fault &fault = compiled.fault;
    if (!holdsForCount(fault, count) || !concerns(fault, input.request))
        return false;
    if (fault.during && !isOpen(*fault.during, input.moment.sinceStart))
        return false;
    if (compiled.when) {
        std::vector<ConditionTrace> trace;
        if (!input.context || !compiled.when->matches(*input.context, trace))
            return false;
    }
    std::optional<double> unit;
    if (fault.rate) {
        unit = toUnit(input.key.number(compiled.purpose));
        if (*unit >= *fault.rate)
            return false;
    }
    if (compiled.limiter && input.request) {
        const Quota quota
            = compiled.limiter->take(quotaKey(fault, *input.request), fault.limit.value_or(0),
                                     fault.per.value_or(Duration{}), input.moment.sinceStart);
        if (!decision.quota || quota.isExceeded)
            decision.quota = quota;
        if (!quota.isExceeded)
            return false;
    }
    decision.fault = &compiled;
    decision.material = input.key.number(compiled.purpose + "/material");
    FaultDraw &draw = recordOf(decision, input.key).fault.emplace();
    draw.kind = fault.kind;
    draw.label = compiled.label;
    draw.scope = scope.scope;
    draw.scopeName = scope.name;
    draw.index = compiled.index;
    draw.conditions = compiled.conditions;
    draw.rate = fault.rate;
    draw.unit = unit;
    return true;
}

/// Whether a fault is one that a request draws when its response is chosen. Connection faults of
/// the server strike connections; those of a narrower scope are drawn by its requests.
bool isForAnswer(const ScopeBehaviour &scope, const CompiledFault &fault)
{
    if (fault.moment == FaultMoment::Answer)
        return true;
    return scope.scope != BehaviourScope::Server
           && (fault.moment == FaultMoment::Accept || fault.moment == FaultMoment::Schedule);
}

void drawLatency(const ScopeBehaviour &scope, const CompiledLatency &latency,
                 const DecisionInput &input, Decision &decision)
{
    LatencyDraw draw{scope.scope, scope.name, latency.place, latency.label, std::nullopt, {}};
    if (latency.isFixed) {
        draw.value = latency.distribution.quantile(0);
    } else {
        const std::uint64_t number = input.key.number(latency.purpose);
        draw.unit = toUnit(number);
        draw.value = latency.distribution.draw(number);
    }
    switch (latency.place) {
    case LatencyPlace::Connect:
        decision.connect += draw.value;
        break;
    case LatencyPlace::Head:
        decision.head += draw.value;
        break;
    case LatencyPlace::Body:
        decision.body += draw.value;
        break;
    }
    recordOf(decision, input.key).latencies.push_back(std::move(draw));
}

} // namespace

std::uint64_t DrawKey::number(std::string_view purpose) const
{
    return draw(seed, server, drawnFor, ordinal, purpose);
}

bool isScheduled(const CompiledFault &compiled)
{
    const Fault &fault = compiled.fault;
    return compiled.moment == FaultMoment::Schedule && !fault.rate && !fault.first && !fault.every
           && !fault.after && !fault.until && !fault.when;
}

void BehaviourChain::add(std::shared_ptr<const ScopeBehaviour> scope)
{
    if (scope->isEmpty())
        return;
    for (const CompiledLatency &latency : scope->latencies) {
        if (latency.place != LatencyPlace::Connect)
            m_isFixed = m_isFixed && latency.isFixed && latency.place == LatencyPlace::Head;
    }
    for (const CompiledFault &fault : scope->faults) {
        const bool isForHead = fault.moment == FaultMoment::Request;
        if (!isForHead && !isForAnswer(*scope, fault))
            continue;
        m_hasFaults = true;
        m_isFixed = false;
        m_hasRules = m_hasRules || fault.when.has_value();
        m_watchesHead = m_watchesHead || isForHead;
    }
    if (scope->throttle) {
        m_isFixed = false;
        if (!m_hasThrottle)
            m_watchesHead = m_watchesHead || scope->throttle->upload.value > 0;
        m_hasThrottle = true;
    }
    m_scopes.push_back(std::move(scope));
}

void BehaviourChain::addAll(const BehaviourChain &outer)
{
    for (const auto &scope : outer.m_scopes)
        add(scope);
    m_switches.insert(m_switches.end(), outer.m_switches.begin(), outer.m_switches.end());
}

BehaviourChain::Counts BehaviourChain::count(std::uint64_t ordinal, const Counts *given) const
{
    Counts counts;
    if (!m_hasFaults)
        return counts;
    counts.reserve(m_scopes.size());
    for (const auto &scope : m_scopes) {
        const bool isCounted = !scope->faults.empty() && scope->state;
        if (scope->scope == BehaviourScope::Endpoint || !isCounted) {
            counts.push_back({scope.get(), ordinal});
            continue;
        }
        const ScopeBehaviour *wanted = scope.get();
        const auto known = given ? std::find_if(given->begin(), given->end(),
                                                [&](const Count &c) { return c.scope == wanted; })
                                 : Counts::const_iterator{};
        const bool isKnown = given && known != given->end();
        counts.push_back({wanted, isKnown ? known->number : scope->state->next()});
    }
    return counts;
}

const CompiledThrottle *BehaviourChain::throttle() const
{
    for (const auto &scope : m_scopes) {
        if (scope->throttle)
            return &*scope->throttle;
    }
    return nullptr;
}

bool BehaviourChain::isSwitchedOff() const
{
    return std::any_of(m_switches.begin(), m_switches.end(),
                       [](const auto &isOff) { return isOff->load(std::memory_order_relaxed); });
}

Decision BehaviourChain::decide(const DecisionInput &input, const Counts &counts,
                                bool hadFault) const
{
    Decision decision;
    drawLatencies(input, decision);
    useThrottle(input, decision);
    if (m_hasFaults && !hadFault && !isSwitchedOff())
        drawFaults(input, counts, false, decision);
    return decision;
}

Decision BehaviourChain::decideForHead(const DecisionInput &input, const Counts &counts) const
{
    Decision decision;
    if (m_hasFaults && m_watchesHead && !isSwitchedOff())
        drawFaults(input, counts, true, decision);
    return decision;
}

void BehaviourChain::drawLatencies(const DecisionInput &input, Decision &decision) const
{
    bool isThrottled = false; // by a narrower scope
    for (const auto &scope : m_scopes) {
        for (const CompiledLatency &latency : scope->latencies) {
            if (latency.place != LatencyPlace::Connect && !(latency.isOfThrottle && isThrottled))
                drawLatency(*scope, latency, input, decision);
        }
        isThrottled = isThrottled || scope->throttle;
    }
}

void BehaviourChain::useThrottle(const DecisionInput &input, Decision &decision) const
{
    if (!m_hasThrottle)
        return;
    for (const auto &scope : m_scopes) {
        if (!scope->throttle)
            continue;
        decision.throttle = &*scope->throttle;
        recordOf(decision, input.key).throttle
            = ThrottleUse{scope->scope, scope->name, scope->throttle->label};
        return;
    }
}

void BehaviourChain::drawFaults(const DecisionInput &input, const Counts &counts, bool isForHead,
                                Decision &decision) const
{
    for (std::size_t i = 0; i < m_scopes.size(); ++i) {
        const ScopeBehaviour &scope = *m_scopes[i];
        for (const CompiledFault &fault : scope.faults) {
            const bool fits
                = isForHead ? fault.moment == FaultMoment::Request : isForAnswer(scope, fault);
            if (fits && tryFault(scope, fault, input, counts[i].number, decision))
                return;
        }
    }
}

Decision decideForConnection(const ScopeBehaviour &server, FaultMoment moment,
                             const DecisionInput &input, std::uint64_t count, bool areFaultsOff)
{
    Decision decision;
    if (moment == FaultMoment::Accept) {
        for (const CompiledLatency &latency : server.latencies) {
            if (latency.place == LatencyPlace::Connect)
                drawLatency(server, latency, input, decision);
        }
    }
    if (areFaultsOff)
        return decision;
    for (const CompiledFault &fault : server.faults) {
        const bool fits = fault.moment == moment
                          || (moment == FaultMoment::Accept && fault.moment == FaultMoment::Schedule
                              && !isScheduled(fault));
        if (fits && tryFault(server, fault, input, count, decision))
            break;
    }
    return decision;
}

} // namespace understudy
