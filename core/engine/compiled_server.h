// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/engine/answer_plan.h"
#include "core/engine/file_body.h"
#include "core/engine/route_index.h"
#include "core/engine/server_memory.h"
#include "core/match/rule_matcher.h"
#include "core/model/server.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy {

using SharedText = std::shared_ptr<const std::string>;

/// A response ready to be chosen and sent.
struct CompiledResponse
{
    SharedText id;
    SharedText label;
    std::optional<RuleMatcher> when;
    std::optional<std::uint64_t> times;
    std::uint64_t weight = 1;
    std::optional<ScenarioState> sets;
    Duration latency{}; ///< of all scopes together
    std::shared_ptr<ResponseState> state;

    std::shared_ptr<const PreparedAnswer> plain;   ///< null for a file body
    std::shared_ptr<const PreparedAnswer> gzipped; ///< where the file asks for gzip
    std::optional<FileBody> file;
    AnswerParts parts; ///< of a file body: status and headers
};

/// An enabled endpoint ready to answer.
struct CompiledEndpoint
{
    SharedText id;
    SharedText label;
    Selection select = Selection::First;
    SequenceEnd repeat = SequenceEnd::Last;
    std::optional<ScenarioState> requires_;
    std::vector<CompiledResponse> responses;
    std::shared_ptr<EndpointState> state;
    /// One response without conditions and limits: nothing is decided, nothing needs explaining.
    bool isPlain = false;

    // For near misses and allowed methods:
    std::vector<std::string> methods;
    std::string path; ///< as written, base included
};

struct CompileOptions
{
    std::filesystem::path folder = "."; ///< of the mock file
    bool allowOutside = false;
    std::uint64_t seed = 0; ///< in use; chosen by the caller if the document has none
    std::string serverId;
    /// A broken expression in a rule makes the rule never hold, with a notice, instead of refusing
    /// the server.
    bool toleratesBrokenRules = false;
};

/// A server as the I/O threads use it: immutable, shared, replaced as a whole when the document
/// changes. `state` is what goes on from snapshot to snapshot.
class CompiledServer
{
public:
    /// Errors: the first finding of validate(), or a broken regular expression, JSONPath or XPath,
    /// with the endpoint's name.
    static Result<std::shared_ptr<const CompiledServer>>
    compile(const Server &server, std::shared_ptr<ServerMemory> state,
            const CompileOptions &options);

    /// Decides and prepares the answer to a request: steps 4 to 7 of design.md section 3.
    /// Thread-safe.
    AnswerPlan answer(const http::Request &request, const ConnectionFacts &facts,
                      WallTime now) const;

    const Limits &limits() const { return m_limits; }
    const SharedText &name() const { return m_name; }
    std::size_t endpointCount() const { return m_endpoints.size(); }
    /// Keys of the document that have no effect in this version, and other things to say once, at
    /// start.
    const std::vector<std::string> &notices() const { return m_notices; }

private:
    friend class ResponseSelector;
    friend class ServerCompiler;

    AnswerPlan answerUnmatched(const RequestView &view, const RouteIndex::Hits &hits,
                               std::vector<CandidateTrace> candidates) const;
    AnswerPlan planResponse(const CompiledResponse &response, const RequestView &view) const;
    void addCorsHeaders(AnswerPlan &plan, const http::RequestHead &request) const;
    bool isPreflight(const RequestView &view, const RouteIndex::Hits &hits) const;
    AnswerPlan preflight(const RequestView &view, const RouteIndex::Hits &hits) const;

    SharedText m_name;
    std::string m_id;
    std::uint64_t m_seed = 0;
    bool m_cors = false;
    Limits m_limits;
    http::HeaderList m_headers;
    Duration m_latency{}; ///< of the server alone, for answers of no endpoint
    std::shared_ptr<ServerMemory> m_memory;
    RouteIndex m_index;
    std::vector<CompiledEndpoint> m_endpoints;
    std::optional<CompiledResponse> m_fallback;
    std::vector<std::string> m_notices;
};

} // namespace understudy
