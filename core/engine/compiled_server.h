// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/behaviour/behaviour_chain.h"
#include "core/behaviour/early_faults.h"
#include "core/behaviour/network_profile.h"
#include "core/behaviour/wire_script.h"
#include "core/engine/answer_context.h"
#include "core/engine/answer_plan.h"
#include "core/engine/callbacks.h"
#include "core/engine/dynamic_answer.h"
#include "core/engine/file_body.h"
#include "core/engine/live_values.h"
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

/// The behaviour around a response. The commonest kind, fixed latencies alone, needs no decision.
struct CompiledBehaviour
{
    BehaviourChain chain;
    Duration fixed{};                              ///< chain.isFixed(): the sum
    std::shared_ptr<const BehaviourRecord> record; ///< chain.isFixed(): what to keep of it
};

/// A response ready to be chosen and sent.
struct CompiledResponse
{
    SharedText id;
    SharedText label;
    std::optional<RuleMatcher> when;
    std::optional<std::uint64_t> times;
    std::uint64_t weight = 1;
    std::optional<ScenarioState> sets;
    CompiledBehaviour behaviour; ///< of all scopes together
    std::shared_ptr<ResponseState> state;

    std::shared_ptr<const http::PreparedResponse> plain;   ///< null for a file body
    std::shared_ptr<const http::PreparedResponse> gzipped; ///< where the file asks for gzip
    std::optional<FileBody> file;
    http::Response parts; ///< status and headers; of a file body, and where there are validators
    bool hasValidators = false; ///< an ETag or Last-Modified that is made beforehand
    std::shared_ptr<const Callbacks> callbacks;   ///< null: there are none
    std::shared_ptr<const DynamicAnswer> dynamic; ///< made for each request; null: none of this
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
    BehaviourChain outer;          ///< the scopes around its responses
    std::optional<CrudPlace> crud; ///< it answers the operations on a bucket
    /// One response without conditions and limits: nothing is decided, nothing needs explaining.
    bool isPlain = false;
    bool mayRunScript = false; ///< where there is JavaScript

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
    /// A broken expression in a rule makes the rule never hold, instead of refusing the server.
    bool toleratesBrokenRules = false;
    std::vector<NetworkProfile> profiles = builtinNetworkProfiles();
    /// Where faults are switched off at run time; null: nowhere.
    std::shared_ptr<FaultSwitches> switches{};
    /// For scripts, helpers of a file, and invented data; null: there is no JavaScript.
    std::shared_ptr<Scripting> scripting{};
};

/// What was counted and drawn for a request when its head had arrived. Belongs to the snapshot that
/// made it, which has to answer the request too.
struct Anticipation
{
    std::optional<std::uint32_t> endpoint; ///< the first that has this method and path
    std::uint64_t ordinal = 0;
    BehaviourChain::Counts counts;
    Decision decision; ///< a fault on the request's side, or nothing
    HeadPlan plan;     ///< what that means; with the rate of a throttle, if there is one
};

/// Whether a server listens, by its schedule.
struct ListenState
{
    ServerEffect effect = ServerEffect::None;
    std::optional<Duration> changesIn; ///< nothing: it stays like this
    bool isScheduled = false;          ///< there is something to look at again
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
                      const Moment &moment, const Anticipation *anticipated = nullptr) const;

    /// Whether the answer to a request may be made by a script, or by what needs JavaScript, which
    /// takes its time.
    bool mayRunScript(const http::Request &request, const ConnectionFacts &facts) const;

    /// Some request has to be looked at before its body is read.
    bool watchesHeads() const { return m_watchesHeads; }
    Anticipation anticipate(const http::RequestHead &head, const ConnectionFacts &facts,
                            const Moment &moment) const;

    /// Something happens to new connections, or to TLS handshakes.
    bool watchesConnections() const { return m_watchesConnections; }
    /// What happens to the connection of that number at Accept, or at Handshake, when
    /// `facts.serverName` is known.
    Decision decideForConnection(FaultMoment at, std::uint64_t number, const ConnectionFacts &facts,
                                 const Moment &moment) const;
    std::uint64_t nextConnection() const { return m_memory->nextConnection(); }
    /// Refuse and blackhole as the schedule of the server has them now.
    ListenState listenState(Duration sinceStart) const;

    const Limits &limits() const { return m_limits; }
    const BucketList &buckets() const { return m_values->buckets(); }
    const SharedText &name() const { return m_name; }
    /// As the document has them: the two routes of a CRUD endpoint are one.
    std::size_t endpointCount() const;

private:
    friend class ResponseSelector;
    friend class ServerCompiler;

    AnswerPlan answerUnmatched(const AnswerContext &context, const RouteIndex::Hits &hits,
                               std::vector<CandidateTrace> candidates) const;
    /// Decides what happens to the answer on purpose, and puts the fault's own answer in its place
    /// where it has one.
    void behave(AnswerPlan &plan, const CompiledBehaviour &behaviour, const AnswerContext &context,
                const CompiledEndpoint *endpoint, std::uint64_t ordinal) const;
    /// Adds what the answer itself asked for to what waits on purpose.
    void keepBack(AnswerPlan &plan) const;
    void replaceAnswer(AnswerPlan &plan, Decision &decision,
                       const http::RequestHead &request) const;
    static void takeOver(Decision &decision, const Decision &atHead);
    bool areFaultsOff() const;
    /// The number, from 1, of a request that no endpoint answers.
    std::uint64_t nextUnmatched() const { return m_unmatched->requests.fetch_add(1) + 1; }
    AnswerPlan planResponse(const CompiledResponse &response, const AnswerContext &context,
                            const CompiledEndpoint *endpoint, std::uint64_t ordinal) const;
    static AnswerPlan planPrepared(const CompiledResponse &response, const AnswerContext &context);
    static AnswerPlan planDynamic(const CompiledResponse &response, const AnswerContext &context,
                                  handlebars::RenderScope &scope, const CompiledEndpoint *endpoint);
    std::vector<OutboundRequest> planCallbacks(const CompiledResponse &response,
                                               const AnswerContext &context,
                                               handlebars::RenderScope &scope) const;
    std::uint32_t indexOf(const CompiledEndpoint &endpoint) const
    {
        return static_cast<std::uint32_t>(&endpoint - m_endpoints.data());
    }
    void addCorsHeaders(AnswerPlan &plan, const http::RequestHead &request) const;
    bool isPreflight(const RequestView &view, const RouteIndex::Hits &hits) const;
    AnswerPlan preflight(const RequestView &view, const RouteIndex::Hits &hits) const;

    SharedText m_name;
    ServerFacts m_facts;
    bool m_cors = false;
    Limits m_limits;
    http::HeaderList m_headers;
    CompiledBehaviour m_behaviour; ///< of the server alone, for answers of no endpoint
    std::shared_ptr<const ScopeBehaviour> m_serverScope;
    std::vector<FaultSwitches::Switch> m_switches; ///< of everything and of the server
    std::shared_ptr<EndpointState> m_unmatched;
    bool m_fallbackMayRunScript = false;
    bool m_mayRunScripts = false; ///< some endpoint, or the fallback
    bool m_watchesHeads = false;
    bool m_watchesConnections = false;
    std::shared_ptr<ServerMemory> m_memory;
    std::shared_ptr<LiveValues> m_values; ///< never null once compiled
    RouteIndex m_index;
    std::vector<CompiledEndpoint> m_endpoints;
    std::optional<CompiledResponse> m_fallback;
};

} // namespace understudy
