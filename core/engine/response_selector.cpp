// SPDX-License-Identifier: Apache-2.0
#include "core/engine/response_selector.h"

#include "core/base/draw.h"

#include <algorithm>

namespace understudy {

CandidateTrace ResponseSelector::traceOf(const CompiledEndpoint &endpoint,
                                         const CompiledResponse *response) const
{
    CandidateTrace trace;
    trace.endpointId = *endpoint.id;
    trace.endpointLabel = *endpoint.label;
    if (response) {
        trace.responseId = *response->id;
        trace.responseLabel = *response->label;
    }
    return trace;
}

ResponseSelector::Choice ResponseSelector::choose(const std::vector<std::uint32_t> &candidates)
{
    for (const std::uint32_t index : candidates) {
        const CompiledEndpoint &endpoint = m_server.m_endpoints[index];
        // The number of the request at its first endpoint may be taken already.
        const Anticipation *anticipated = m_context.anticipated;
        const bool isNumbered = anticipated && anticipated->endpoint == index;
        const std::uint64_t ordinal
            = isNumbered ? anticipated->ordinal
                         : endpoint.state->requests.fetch_add(1, std::memory_order_relaxed) + 1;
        if (endpoint.isPlain) {
            endpoint.state->answers.fetch_add(1, std::memory_order_relaxed);
            if (!m_traces.empty()) {
                CandidateTrace trace = traceOf(endpoint, &endpoint.responses[0]);
                trace.chosen = true;
                trace.reason = "answers without conditions";
                m_traces.push_back(std::move(trace));
            }
            return {&endpoint, &endpoint.responses[0], ordinal};
        }
        if (endpoint.responses.empty()) {
            CandidateTrace trace = traceOf(endpoint, nullptr);
            trace.reason = "the endpoint has no responses";
            trace.distance = 0.01;
            m_traces.push_back(std::move(trace));
            continue;
        }
        m_parameters = m_server.m_index.parameters(index, m_context.view);
        if (!fitsScenario(endpoint, ordinal))
            continue;
        const CompiledResponse *response = chooseResponse(endpoint, ordinal);
        if (response && enterState(endpoint, *response, ordinal)) {
            endpoint.state->answers.fetch_add(1, std::memory_order_relaxed);
            return {&endpoint, response, ordinal};
        }
    }
    return {};
}

std::string ResponseSelector::scenarioName(const std::string &scenario,
                                           const CompiledEndpoint &endpoint,
                                           std::uint64_t ordinal) const
{
    return m_server.m_facts.scenarios->nameFor(
        scenario, m_context.matching(*endpoint.id, m_parameters, ordinal));
}

bool ResponseSelector::fitsScenario(const CompiledEndpoint &endpoint, std::uint64_t ordinal)
{
    if (!endpoint.requires_)
        return true;
    const std::string name = scenarioName(endpoint.requires_->scenario, endpoint, ordinal);
    const std::string state = m_server.m_memory->scenario(name);
    if (state == endpoint.requires_->state)
        return true;
    CandidateTrace trace = traceOf(endpoint, nullptr);
    trace.reason = "scenario '" + name + "' is in state '" + state + "', the endpoint requires '"
                   + endpoint.requires_->state + "'";
    trace.distance = 0.1;
    trace.conditions.push_back({"state." + endpoint.requires_->scenario,
                                "equals " + endpoint.requires_->state, state, false});
    m_traces.push_back(std::move(trace));
    return false;
}

bool ResponseSelector::enterState(const CompiledEndpoint &endpoint,
                                  const CompiledResponse &response, std::uint64_t ordinal)
{
    if (!response.sets)
        return true;
    const ScenarioState &to = *response.sets;
    const std::string name = scenarioName(to.scenario, endpoint, ordinal);
    if (endpoint.requires_ && endpoint.requires_->scenario == to.scenario)
        return m_server.m_memory->advanceScenario(name, endpoint.requires_->state, to.state);
    m_server.m_memory->setScenario(name, to.state);
    return true;
}

std::vector<ResponseSelector::Tried> ResponseSelector::tryRules(const CompiledEndpoint &endpoint,
                                                                std::uint64_t ordinal)
{
    const MatchContext context = m_context.matching(*endpoint.id, m_parameters, ordinal);
    std::vector<Tried> tried;
    for (const CompiledResponse &response : endpoint.responses) {
        CandidateTrace trace = traceOf(endpoint, &response);
        Tried entry{&response, true, m_traces.size()};
        if (response.when) {
            entry.holds = response.when->matches(context, trace.conditions);
            const auto failed = std::count_if(trace.conditions.begin(), trace.conditions.end(),
                                              [](const ConditionTrace &c) { return !c.passed; });
            trace.reason = entry.holds
                               ? "its conditions hold"
                               : std::to_string(failed) + " of "
                                     + std::to_string(trace.conditions.size()) + " conditions fail";
            const auto undecided
                = std::find_if(trace.conditions.begin(), trace.conditions.end(),
                               [](const ConditionTrace &c) { return c.undecided; });
            if (!entry.holds && undecided != trace.conditions.end())
                trace.reason += "; " + undecided->subject + ' ' + undecided->expected
                                + " could not be decided";
            if (!entry.holds)
                trace.distance = 0.2 * static_cast<double>(failed)
                                 / static_cast<double>(trace.conditions.size() + 1);
        } else {
            trace.reason = "has no conditions";
        }
        m_traces.push_back(std::move(trace));
        tried.push_back(entry);
    }
    return tried;
}

bool ResponseSelector::take(Tried &tried)
{
    const CompiledResponse &response = *tried.response;
    if (response.times && !response.state->take(*response.times)) {
        m_traces[tried.trace].reason
            += ", but its " + std::to_string(*response.times) + " times are used up";
        m_traces[tried.trace].distance = std::max(m_traces[tried.trace].distance, 0.05);
        return false;
    }
    m_traces[tried.trace].chosen = true;
    return true;
}

const CompiledResponse *ResponseSelector::chooseResponse(const CompiledEndpoint &endpoint,
                                                         std::uint64_t ordinal)
{
    std::vector<Tried> tried = tryRules(endpoint, ordinal);
    switch (endpoint.select) {
    case Selection::Sequence:
        return sequence(endpoint, tried);
    case Selection::Random:
        return random(endpoint, tried, ordinal);
    case Selection::First:
    case Selection::Bucket:
        break;
    }
    return first(tried);
}

const CompiledResponse *ResponseSelector::first(std::vector<Tried> &tried)
{
    for (const bool withRules : {true, false}) {
        for (Tried &entry : tried) {
            if (entry.response->when.has_value() == withRules && entry.holds && take(entry))
                return entry.response;
        }
    }
    return nullptr;
}

/// Each response stands in the sequence as often as its `times` says, once where it says nothing.
const CompiledResponse *ResponseSelector::sequence(const CompiledEndpoint &endpoint,
                                                   std::vector<Tried> &tried)
{
    std::uint64_t length = 0;
    for (const Tried &entry : tried)
        length += entry.holds ? entry.response->times.value_or(1) : 0;
    if (length == 0)
        return nullptr;
    const std::uint64_t number = endpoint.state->sequence.fetch_add(1, std::memory_order_relaxed);
    std::uint64_t place
        = endpoint.repeat == SequenceEnd::Loop ? number % length : std::min(number, length - 1);
    const std::string reason = "number " + std::to_string(place + 1) + " of "
                               + std::to_string(length) + " in the sequence";
    for (Tried &entry : tried) {
        const std::uint64_t span = entry.holds ? entry.response->times.value_or(1) : 0;
        if (place < span) {
            m_traces[entry.trace].chosen = true;
            m_traces[entry.trace].reason = reason;
            return entry.response;
        }
        place -= span;
    }
    return nullptr;
}

const CompiledResponse *ResponseSelector::random(const CompiledEndpoint &endpoint,
                                                 std::vector<Tried> &tried, std::uint64_t ordinal)
{
    std::uint64_t total = 0;
    for (const Tried &entry : tried)
        total += entry.holds ? entry.response->weight : 0;
    for (int attempt = 0; total > 0; ++attempt) {
        const std::string purpose
            = attempt == 0 ? "response" : "response " + std::to_string(attempt);
        const double unit = toUnit(
            draw(m_server.m_facts.seed, m_server.m_facts.id, *endpoint.id, ordinal, purpose));
        auto place = static_cast<std::uint64_t>(unit * static_cast<double>(total));
        for (Tried &entry : tried) {
            const std::uint64_t weight = entry.holds ? entry.response->weight : 0;
            if (place >= weight) {
                place -= weight;
                continue;
            }
            if (take(entry)) {
                m_traces[entry.trace].reason = "drawn with weight " + std::to_string(weight)
                                               + " of " + std::to_string(total) + " (seed "
                                               + std::to_string(m_server.m_facts.seed)
                                               + ", request " + std::to_string(ordinal) + ')';
                return entry.response;
            }
            entry.holds = false; // used up: draw again among the others
            total -= weight;
            break;
        }
    }
    return nullptr;
}

} // namespace understudy
