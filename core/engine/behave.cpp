// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/conditions.h"
#include "core/engine/answer_builder.h"
#include "core/engine/compiled_server.h"
#include "core/engine/fault_answer.h"

#include <algorithm>

/// What a CompiledServer does on purpose: step 8 of design.md section 3.
namespace understudy {

namespace {

constexpr std::string_view kUnmatched = "(unmatched)";
constexpr std::string_view kConnection = "(connection)";

/// Rules of a fault before there is a request see one without body and path, with the name that TLS
/// told as host.
http::Request placeholderRequest(const std::string &host)
{
    http::Request request;
    request.head = {"GET", "/", {{"Host", host.empty() ? "-" : host}}};
    return request;
}

} // namespace

bool CompiledServer::areFaultsOff() const
{
    return std::any_of(m_switches.begin(), m_switches.end(),
                       [](const auto &isOff) { return isOff->load(std::memory_order_relaxed); });
}

void CompiledServer::behave(AnswerPlan &plan, const CompiledBehaviour &behaviour,
                            const AnswerContext &context, const CompiledEndpoint *endpoint,
                            std::uint64_t ordinal) const
{
    const BehaviourChain &chain = behaviour.chain;
    if (chain.isEmpty())
        return;
    if (chain.isFixed()) {
        plan.latency = behaviour.fixed;
        plan.record = behaviour.record;
        return;
    }
    const auto index = endpoint ? std::optional(indexOf(*endpoint)) : std::nullopt;
    const Anticipation *anticipated = context.anticipated;
    const BehaviourChain::Counts counts
        = chain.count(ordinal, anticipated ? &anticipated->counts : nullptr);
    const NamedValues parameters
        = endpoint && chain.hasRules() ? m_index.parameters(*index, context.view) : NamedValues{};
    const std::string_view drawnFor = endpoint ? std::string_view(*endpoint->id) : kUnmatched;
    const MatchContext matching = context.matching(drawnFor, parameters, ordinal);
    const DecisionInput input{
        {m_facts.seed, m_facts.id, drawnFor, ordinal}, context.moment, &context.view, &matching};
    const bool hadFault = anticipated && anticipated->decision.fault;
    Decision decision = chain.decide(input, counts, hadFault);
    if (hadFault)
        takeOver(decision, anticipated->decision);
    if (decision.isNothing())
        return;
    replaceAnswer(plan, decision, context.head());
    plan.decision = std::move(decision);
}

void CompiledServer::keepBack(AnswerPlan &plan) const
{
    if (!plan.decision)
        plan.decision.emplace().head = std::exchange(plan.latency, Duration{});
    Decision &decision = *plan.decision;
    decision.head += plan.asked;
    // The record of a fixed latency is shared; this one is the exchange's own.
    if (!decision.record)
        decision.record = plan.record ? std::make_shared<BehaviourRecord>(*plan.record)
                                      : std::make_shared<BehaviourRecord>();
    plan.record.reset();
    decision.record->seed = m_facts.seed;
    decision.record->ordinal = plan.ordinal;
    decision.record->drawnFor = plan.endpointId ? *plan.endpointId : std::string(kUnmatched);
    decision.record->latencies.push_back(
        {BehaviourScope::Response, {}, LatencyPlace::Head, "computed", std::nullopt, plan.asked});
}

void CompiledServer::takeOver(Decision &decision, const Decision &atHead)
{
    decision.fault = atHead.fault;
    decision.material = atHead.material;
    if (!decision.record)
        decision.record = std::make_shared<BehaviourRecord>(*atHead.record);
    else
        decision.record->fault = atHead.record->fault;
}

void CompiledServer::replaceAnswer(AnswerPlan &plan, Decision &decision,
                                   const http::RequestHead &request) const
{
    if (decision.quota)
        plan.extraHeaders += quotaHeaders(*decision.quota);
    if (!decision.fault)
        return;
    std::string effect;
    auto parts = faultAnswer(decision.fault->fault, decision.quota, request, m_headers, effect);
    if (!effect.empty())
        decision.record->fault->effect = std::move(effect);
    if (!parts)
        return;
    plan.answer = http::prepareResponse(*std::move(parts), false);
    plan.file.reset();
    plan.error.clear();
    plan.callbacks.clear(); // what did not happen causes nothing
}

Anticipation CompiledServer::anticipate(const http::RequestHead &head, const ConnectionFacts &facts,
                                        const Moment &moment) const
{
    http::Request request;
    request.head = head;
    const AnswerContext context(request, facts, moment, *m_memory, m_facts);
    const RouteIndex::Hits hits = m_index.find(context.view);
    Anticipation out;
    const BehaviourChain *chain = &m_behaviour.chain;
    std::string_view drawnFor = kUnmatched;
    NamedValues parameters;
    if (!hits.endpoints.empty()) {
        out.endpoint = hits.endpoints.front();
        const CompiledEndpoint &endpoint = m_endpoints[*out.endpoint];
        drawnFor = *endpoint.id;
        chain = endpoint.responses.size() == 1 ? &endpoint.responses[0].behaviour.chain
                                               : &endpoint.outer;
        out.ordinal = endpoint.state->requests.fetch_add(1, std::memory_order_relaxed) + 1;
        parameters = m_index.parameters(*out.endpoint, context.view);
    } else {
        out.ordinal = nextUnmatched();
    }
    out.counts = chain->count(out.ordinal);
    const MatchContext matching = context.matching(drawnFor, parameters, out.ordinal);
    out.decision = chain->decideForHead(
        {{m_facts.seed, m_facts.id, drawnFor, out.ordinal}, moment, &context.view, &matching},
        out.counts);
    if (out.decision.fault)
        out.plan = planHead(out.decision.fault->fault);
    const CompiledThrottle *throttle = chain->throttle();
    if (throttle && !out.plan.upload)
        out.plan.upload = throttle->upload;
    return out;
}

Decision CompiledServer::decideForConnection(FaultMoment at, std::uint64_t number,
                                             const ConnectionFacts &facts,
                                             const Moment &moment) const
{
    if (!m_serverScope)
        return {};
    const http::Request request = placeholderRequest(facts.serverName);
    const AnswerContext context(request, facts, moment, *m_memory, m_facts);
    const NamedValues parameters;
    const MatchContext matching = context.matching(kConnection, parameters, number);
    const DecisionInput input{
        {m_facts.seed, m_facts.id, kConnection, number}, moment, nullptr, &matching};
    return understudy::decideForConnection(*m_serverScope, at, input, number, areFaultsOff());
}

ListenState CompiledServer::listenState(Duration sinceStart) const
{
    ListenState state;
    if (!m_serverScope)
        return state;
    for (const CompiledFault &compiled : m_serverScope->faults) {
        if (!isScheduled(compiled))
            continue;
        state.isScheduled = true;
        std::optional<FaultWindow> during = compiled.fault.during;
        if (!during && compiled.fault.duration)
            during = FaultWindow{{}, *compiled.fault.duration, std::nullopt}; // once, at the start
        if (during) {
            if (const auto change = untilChange(*during, sinceStart))
                state.changesIn = std::min(state.changesIn.value_or(*change), *change);
        }
        if (state.effect == ServerEffect::None && !areFaultsOff()
            && (!during || isOpen(*during, sinceStart)))
            state.effect = compiled.fault.kind == FaultKind::Refuse ? ServerEffect::Refuse
                                                                    : ServerEffect::Blackhole;
    }
    return state;
}

} // namespace understudy
