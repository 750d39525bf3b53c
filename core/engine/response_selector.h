// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/compiled_server.h"

namespace understudy {

/// Chooses among the candidates of one request (format.md, Selection) and keeps a record of what it
/// looked at.
class ResponseSelector
{
public:
    ResponseSelector(const CompiledServer &server, const AnswerContext &context)
        : m_server(server)
        , m_context(context)
    {}

    struct Choice
    {
        const CompiledEndpoint *endpoint = nullptr; ///< null: nobody answers
        const CompiledResponse *response = nullptr;
        std::uint64_t ordinal = 0;
    };

    /// The first endpoint of `candidates` that has an answer for this request.
    Choice choose(const std::vector<std::uint32_t> &candidates);

    /// What was looked at, in order; empty where there was nothing to decide.
    std::vector<CandidateTrace> takeTraces() { return std::move(m_traces); }

private:
    struct Tried
    {
        const CompiledResponse *response = nullptr;
        bool holds = false;
        std::size_t trace = 0;
    };

    const CompiledResponse *chooseResponse(const CompiledEndpoint &endpoint, std::uint64_t ordinal);
    std::vector<Tried> tryRules(const CompiledEndpoint &endpoint, std::uint64_t ordinal);
    const CompiledResponse *first(std::vector<Tried> &tried);
    const CompiledResponse *sequence(const CompiledEndpoint &endpoint, std::vector<Tried> &tried);
    const CompiledResponse *random(const CompiledEndpoint &endpoint, std::vector<Tried> &tried,
                                   std::uint64_t ordinal);
    bool take(Tried &tried);
    std::string scenarioName(const std::string &scenario, const CompiledEndpoint &endpoint,
                             std::uint64_t ordinal) const;
    bool fitsScenario(const CompiledEndpoint &endpoint, std::uint64_t ordinal);
    bool enterState(const CompiledEndpoint &endpoint, const CompiledResponse &response,
                    std::uint64_t ordinal);
    CandidateTrace traceOf(const CompiledEndpoint &endpoint,
                           const CompiledResponse *response) const;

    const CompiledServer &m_server;
    const AnswerContext &m_context;
    NamedValues m_parameters;
    std::vector<CandidateTrace> m_traces;
};

} // namespace understudy
