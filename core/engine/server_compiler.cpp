// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/engine/answer_builder.h"
#include "core/engine/behaviour_compiler.h"
#include "core/engine/compiled_server.h"
#include "core/engine/gzip.h"
#include "core/engine/scripting_needs.h"
#include "core/http/status.h"
#include "core/model/edit.h"
#include "core/model/validate.h"

namespace understudy {

namespace {

/// Where a server that listens on an address is reached from this machine.
std::string ownHost(const std::string &address)
{
    if (address.empty() || address == "0.0.0.0" || address == "::" || address == "[::]")
        return "localhost";
    const bool isBare = address.find(':') != std::string::npos && !address.starts_with('[');
    return isBare ? '[' + address + ']' : address;
}

} // namespace

/// Turns a document into a CompiledServer. Lives for one compilation.
class ServerCompiler
{
public:
    ServerCompiler(const Server &server, std::shared_ptr<ServerMemory> state,
                   const CompileOptions &options)
        : m_server(server)
        , m_options(options)
        , m_out(std::make_shared<CompiledServer>())
        , m_behaviours(server, *state, options, m_notices)
    {
        m_out->m_memory = std::move(state);
    }

    Result<std::shared_ptr<const CompiledServer>> run()
    {
        for (const Finding &finding : validate(m_server)) {
            if (finding.severity == Severity::Error)
                return Error{ErrorCode::Invalid, describe(finding), {}};
        }
        m_out->m_name = std::make_shared<const std::string>(m_server.name);
        m_out->m_facts.id = m_options.serverId;
        m_out->m_facts.seed = m_options.seed;
        m_out->m_cors = m_server.cors;
        m_out->m_facts.mergesSlashes = m_server.mergeSlashes;
        m_out->m_limits = m_server.limits;
        m_out->m_headers = m_server.headers;
        m_out->m_facts.base = m_server.base;
        m_out->m_facts.ownHost = ownHost(m_server.listen.address);
        auto scenarios = ScenarioKeys::compile(m_server.scenarios);
        if (!scenarios)
            return scenarios.error();
        m_out->m_facts.scenarios = std::make_shared<const ScenarioKeys>(*std::move(scenarios));
        m_out->m_values = liveValues();
        m_out->m_facts.values = m_out->m_values;
        if (auto compiled = compileServerBehaviour(); !compiled)
            return compiled.error();

        if (m_options.scripting)
            m_scripts.emplace(m_server, m_options.folder);
        if (m_server.fallback) {
            m_out->m_fallbackMayRunScript = m_scripts && m_scripts->of(*m_server.fallback);
            m_out->m_mayRunScripts = m_out->m_fallbackMayRunScript;
            auto fallback
                = compileResponse(*m_server.fallback, "(fallback)", m_out->m_behaviour.chain,
                                  *m_out->m_memory->endpoint("(fallback)"));
            if (!fallback)
                return Error{fallback.error().code, "fallback: " + fallback.error().message, {}};
            if (!m_out->m_behaviour.chain.hasFaults())
                m_behaviours.addSwitches(fallback->behaviour.chain, {}, {});
            m_out->m_fallback = *std::move(fallback);
        }
        Result<void> result;
        forEachEndpoint(m_server, [&](const EndpointVisit &visit) {
            if (result && visit.enabled)
                result = compileEndpoint(visit);
        });
        if (!result)
            return result.error();
        auto index = RouteIndex::build(
            std::move(m_routes), {m_server.ignoreTrailingSlash, m_server.caseInsensitivePaths});
        if (!index)
            return index.error();
        m_out->m_index = *std::move(index);
        return std::shared_ptr<const CompiledServer>(std::move(m_out));
    }

private:
    static std::string describe(const Finding &finding)
    {
        std::string out = finding.endpointId;
        if (!finding.responseId.empty())
            out += (out.empty() ? "" : ", ") + ("response " + finding.responseId);
        return (out.empty() ? finding.field : out + ": " + finding.field) + ": " + finding.message;
    }

    /// compileFindings() says what is wrong with them.
    std::shared_ptr<LiveValues> liveValues() const
    {
        std::vector<std::shared_ptr<BucketState>> states;
        states.reserve(m_server.buckets.size());
        for (const Bucket &bucket : m_server.buckets)
            states.push_back(
                m_out->m_memory->buckets().state(readBucket(bucket, m_options.folder)));
        std::unique_ptr<ScriptHelpers> helpers;
        if (!m_server.helpers.empty())
            helpers = std::make_unique<ScriptHelpers>(m_server.helpers, m_options.folder,
                                                      m_options.allowOutside, m_options.scripting);
        return std::make_shared<LiveValues>(LiveValues::Parts{
            BucketList(std::move(states)), m_out->m_memory, m_out->m_facts.scenarios,
            m_options.scripting, std::move(helpers), m_server.locale});
    }

    Result<void> compileServerBehaviour()
    {
        auto scope = m_behaviours.serverScope();
        if (!scope)
            return Error{scope.error().code, "behaviour: " + scope.error().message, {}};
        m_out->m_serverScope = *scope;
        m_out->m_switches = m_behaviours.serverSwitches();
        m_out->m_unmatched = m_out->m_memory->endpoint("(unmatched)");
        BehaviourChain chain;
        chain.add(*scope);
        m_behaviours.addSwitches(chain, {}, {});
        m_out->m_watchesHeads = chain.watchesHead();
        m_out->m_behaviour = m_behaviours.finish(std::move(chain));
        for (const CompiledFault &fault : (*scope)->faults)
            m_out->m_watchesConnections |= fault.moment == FaultMoment::Accept
                                           || fault.moment == FaultMoment::Handshake
                                           || fault.moment == FaultMoment::Schedule;
        m_out->m_watchesConnections |= m_server.behaviour.latency.connect.has_value();
        return {};
    }

    Result<void> compileEndpoint(const EndpointVisit &visit)
    {
        const Endpoint &endpoint = visit.endpoint;
        CompiledEndpoint out;
        out.id = std::make_shared<const std::string>(endpoint.id);
        out.label = std::make_shared<const std::string>(endpointLabel(endpoint));
        out.select = endpoint.select;
        out.repeat = endpoint.repeat;
        out.requires_ = endpoint.requires_;
        out.state = m_out->m_memory->endpoint(endpoint.id);
        out.methods = endpoint.methods;
        out.path
            = endpoint.path.starts_with("regex:") ? endpoint.path : m_server.base + endpoint.path;

        auto outer = m_behaviours.outerChain(endpoint, visit.folders);
        if (!outer)
            return Error{outer.error().code, *out.label + ": " + outer.error().message, {}};
        out.outer = *std::move(outer);
        m_behaviours.addSwitches(out.outer, endpoint.id, visit.folders);
        m_out->m_watchesHeads |= out.outer.watchesHead();
        for (const Response &response : responsesOf(endpoint)) {
            auto compiled = compileResponse(response, endpoint.id, out.outer, *out.state);
            if (!compiled)
                return Error{
                    compiled.error().code, *out.label + ": " + compiled.error().message, {}};
            if (!out.outer.hasFaults())
                m_behaviours.addSwitches(compiled->behaviour.chain, endpoint.id, visit.folders);
            out.responses.push_back(*std::move(compiled));
            out.mayRunScript = out.mayRunScript || (m_scripts && m_scripts->of(response));
        }
        m_out->m_mayRunScripts |= out.mayRunScript;
        out.isPlain = !out.requires_ && out.responses.size() == 1 && !out.responses[0].when
                      && !out.responses[0].times && !out.responses[0].sets;

        std::vector<PathPattern> patterns;
        std::vector<std::string> bases{m_server.base};
        if (!endpoint.path.starts_with("regex:")) // which has the base in it
            bases.insert(bases.end(), m_server.otherBases.begin(), m_server.otherBases.end());
        for (const std::string &base : bases) {
            auto pattern = parsePathPattern(endpoint.path, base);
            if (!pattern)
                return pattern.error();
            patterns.push_back(*std::move(pattern));
        }
        if (!endpoint.crud.empty())
            addCrud(endpoint, std::move(patterns), std::move(out));
        else
            addRoute(endpoint, std::move(patterns), std::move(out));
        return {};
    }

    void addRoute(const Endpoint &endpoint, std::vector<PathPattern> patterns,
                  CompiledEndpoint compiled)
    {
        for (PathPattern &pattern : patterns)
            m_routes.push_back({static_cast<std::uint32_t>(m_out->m_endpoints.size()),
                                compiled.methods, std::move(pattern), endpoint.priority});
        m_out->m_endpoints.push_back(std::move(compiled));
    }

    /// Two routes, of the list and of an item in it (reference/mockoon.md section 4); they count as
    /// one endpoint.
    void addCrud(const Endpoint &endpoint, std::vector<PathPattern> patterns,
                 CompiledEndpoint compiled)
    {
        const auto bucket = std::find_if(m_server.buckets.begin(), m_server.buckets.end(),
                                         [&](const Bucket &b) { return b.name == endpoint.crud; });
        compiled.crud = CrudPlace{};
        if (bucket != m_server.buckets.end()) {
            compiled.crud->key = bucket->key;
            compiled.crud->dialect = bucket->dialect;
        }
        compiled.methods = {"GET", "POST", "PUT", "PATCH", "DELETE"};
        CompiledEndpoint item = compiled;
        item.crud->isItem = true;
        item.methods = {"GET", "PUT", "PATCH", "DELETE"};
        item.path += "/{id}";
        std::vector<PathPattern> itemPatterns = patterns;
        PathSegment id;
        id.kind = PathSegment::Kind::Parameter;
        id.name = "id";
        for (PathPattern &pattern : itemPatterns) {
            pattern.segments.push_back(id);
            pattern.trailingSlash = false;
            if (pattern.rank == PathPattern::Rank::Exact)
                pattern.rank = PathPattern::Rank::Parameters;
        }
        addRoute(endpoint, std::move(patterns), std::move(compiled));
        addRoute(endpoint, std::move(itemPatterns), std::move(item));
    }

    /// An endpoint with `crud` and nothing else answers from its bucket.
    static std::vector<Response> responsesOf(const Endpoint &endpoint)
    {
        if (endpoint.crud.empty() || !endpoint.responses.empty())
            return endpoint.responses;
        Response response;
        response.id = "crud";
        response.body.kind = Body::Kind::Bucket;
        response.body.content = endpoint.crud;
        return {response};
    }

    Result<CompiledResponse> compileResponse(const Response &response,
                                             const std::string &endpointId,
                                             const BehaviourChain &outer, EndpointState &state)
    {
        CompiledResponse out;
        out.id = std::make_shared<const std::string>(response.id);
        out.label = std::make_shared<const std::string>(responseLabel(response));
        if (response.when) {
            auto when = RuleMatcher::compile(*response.when);
            if (when) {
                out.when = *std::move(when);
            } else {
                const std::string where = "response " + responseLabel(response) + ": ";
                if (!m_options.toleratesBrokenRules)
                    return Error{when.error().code, where + when.error().message, {}};
                out.when = RuleMatcher::off(when.error().message);
            }
        }
        out.times = response.times;
        out.weight = response.weight;
        out.sets = response.sets;
        auto behaviour = m_behaviours.behaviourOf(response, endpointId, outer);
        if (!behaviour)
            return Error{behaviour.error().code,
                         "response " + responseLabel(response) + ": " + behaviour.error().message,
                         {}};
        out.behaviour = *std::move(behaviour);
        m_out->m_watchesHeads |= out.behaviour.chain.watchesHead();
        out.state = state.response(response.id);
        out.parts.status = response.status;
        out.parts.reason = response.reason;
        out.parts.headers = mergeHeaders(m_server.headers, response.headers);
        out.dynamic = DynamicAnswer::compile(response, out.parts.headers, m_options.folder,
                                             m_options.allowOutside);
        if (!out.dynamic)
            compileBody(response, out);
        out.callbacks = Callbacks::compile(response, m_options.folder, m_options.allowOutside);
        return out;
    }

    void compileBody(const Response &response, CompiledResponse &out)
    {
        http::Response &parts = out.parts;
        std::string_view defaultType;
        switch (response.body.kind) {
        case Body::Kind::None:
            break;
        case Body::Kind::Text:
            parts.body = response.body.content;
            defaultType = "text/plain; charset=utf-8";
            break;
        case Body::Kind::Json:
            parts.body = writeJson(response.body.json);
            defaultType = "application/json";
            break;
        case Body::Kind::Base64:
            parts.body = text::decodeBase64(response.body.content).value_or(std::string{});
            defaultType = "application/octet-stream";
            break;
        case Body::Kind::File:
            out.file
                = resolveFileBody(response.body.content, m_options.folder, m_options.allowOutside);
            out.file->download = response.body.download;
            out.file->isMockoon = response.dialect == Dialect::Mockoon;
            return;
        case Body::Kind::Bucket:
        case Body::Kind::Script: // made for each request
            return;
        }
        if (!defaultType.empty() && !parts.body.empty() && !http::isBodiless(parts.status)
            && !http::findHeader(parts.headers, "Content-Type"))
            parts.headers.push_back({"Content-Type", std::string(defaultType)});
        if (response.body.kind != Body::Kind::Base64)
            encodeBody(parts); // compileFindings() says what cannot be written
        out.hasValidators = hasValidators(parts);
        prepareCodings(response.body.kind, parts, out);
    }

    /// `Content-Encoding: gzip` on a body that the file writes as text asks for compression, for
    /// clients that accept it. Base64 and files are bytes already and go out as they are.
    static void prepareCodings(Body::Kind kind, const http::Response &parts, CompiledResponse &out)
    {
        const http::HeaderField *coding = http::findHeader(parts.headers, "Content-Encoding");
        const bool asks = coding && text::equalsIgnoreCase(coding->value, "gzip")
                          && (kind == Body::Kind::Text || kind == Body::Kind::Json);
        if (!asks) {
            out.plain = http::prepareResponse(parts, true);
            return;
        }
        http::Response packed = parts;
        if (!http::findHeader(packed.headers, "Vary"))
            packed.headers.push_back({"Vary", "Accept-Encoding"});
        http::Response plain = packed;
        std::erase_if(plain.headers, [](const http::HeaderField &f) {
            return text::equalsIgnoreCase(f.name, "Content-Encoding");
        });
        packed.body = gzip(packed.body);
        out.gzipped = http::prepareResponse(std::move(packed), true);
        out.plain = http::prepareResponse(std::move(plain), true);
    }

    const Server &m_server;
    const CompileOptions &m_options;
    std::shared_ptr<CompiledServer> m_out;
    std::vector<std::string> m_notices; ///< findAll() says them
    BehaviourCompiler m_behaviours;
    std::vector<Route> m_routes;
    std::optional<ScriptUse> m_scripts; ///< nothing: there is no JavaScript
};

Result<std::shared_ptr<const CompiledServer>>
CompiledServer::compile(const Server &server, std::shared_ptr<ServerMemory> state,
                        const CompileOptions &options)
{
    return ServerCompiler(server, std::move(state), options).run();
}

} // namespace understudy
