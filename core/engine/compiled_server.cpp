// SPDX-License-Identifier: Apache-2.0
#include "core/engine/compiled_server.h"

#include "core/base/text.h"
#include "core/engine/answer_builder.h"
#include "core/engine/gzip.h"
#include "core/engine/near_miss.h"
#include "core/engine/response_selector.h"

#include <algorithm>
#include <array>

namespace understudy {

namespace {

constexpr std::size_t kNearMisses = 3;

std::string allowedMethods(const std::vector<CompiledEndpoint> &endpoints,
                           const RouteIndex::Hits &hits)
{
    std::vector<std::string> methods;
    for (const auto *list : {&hits.endpoints, &hits.otherMethods}) {
        for (const std::uint32_t index : *list) {
            for (const std::string &method : endpoints[index].methods) {
                if (method == "ANY")
                    return "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
                if (std::find(methods.begin(), methods.end(), method) == methods.end())
                    methods.push_back(method);
            }
        }
    }
    std::string out;
    for (const std::string &method : methods)
        out += (out.empty() ? "" : ", ") + method;
    return out.empty() ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" : out;
}

bool wantsJson(const http::RequestHead &request)
{
    const std::string accept = text::toLower(request.find("Accept").value_or(std::string_view{}));
    const std::size_t json = accept.find("json");
    const std::size_t plain = std::min(accept.find("text/"), accept.find("*/*"));
    return json != std::string::npos && json < plain;
}

/// The names of header lines that a browser hides unless they are exposed: all but the
/// CORS-safelisted ones, those of CORS itself, and cookies, which stay hidden.
std::string exposedNames(std::string_view lines)
{
    constexpr std::array<std::string_view, 10> kOthers{
        "cache-control", "content-language", "content-length", "content-type", "expires",
        "last-modified", "pragma",           "set-cookie",     "set-cookie2",  "connection"};
    std::vector<std::string_view> names;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find("\r\n"), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 2, lines.size()));
        const std::string_view name = line.substr(0, line.find(':'));
        const auto isSame
            = [name](std::string_view other) { return text::equalsIgnoreCase(other, name); };
        if (http::isToken(name) && !text::toLower(name).starts_with("access-control-")
            && std::none_of(kOthers.begin(), kOthers.end(), isSame)
            && std::none_of(names.begin(), names.end(), isSame))
            names.push_back(name);
    }
    std::string out;
    for (const std::string_view name : names)
        out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

/// What a condition of the request makes of an answer with a body.
std::shared_ptr<const http::PreparedResponse> withoutBody(const CompiledResponse &response,
                                                          int status)
{
    http::Response parts;
    parts.status = status;
    for (const http::HeaderField &field : response.parts.headers) {
        if (!text::equalsIgnoreCase(field.name, "Content-Encoding")
            && !text::equalsIgnoreCase(field.name, "Transfer-Encoding"))
            parts.headers.push_back(field);
    }
    if (response.gzipped && !http::findHeader(parts.headers, "Vary"))
        parts.headers.push_back({"Vary", "Accept-Encoding"});
    return http::prepareResponse(std::move(parts), false);
}

std::shared_ptr<const Explanation> explain(std::string summary,
                                           std::vector<CandidateTrace> candidates,
                                           std::vector<std::string> log = {})
{
    auto explanation = std::make_shared<Explanation>();
    explanation->summary = std::move(summary);
    explanation->candidates = std::move(candidates);
    explanation->log = std::move(log);
    return explanation;
}

} // namespace

AnswerPlan CompiledServer::answer(const http::Request &request, const ConnectionFacts &facts,
                                  const Moment &moment, const Anticipation *anticipated) const
{
    const AnswerContext context(request, facts, moment, *m_memory, m_facts, anticipated);
    const RequestView &view = context.view;
    const RouteIndex::Hits hits = m_index.find(view);
    ResponseSelector selector(*this, context);
    ResponseSelector::Choice choice;
    if (!isPreflight(view, hits))
        choice = selector.choose(hits.endpoints);
    std::vector<CandidateTrace> traces = selector.takeTraces();

    AnswerPlan plan;
    if (!choice.endpoint) {
        plan = answerUnmatched(context, hits, std::move(traces));
        const bool isFallback = m_fallback && plan.match != MatchKind::Preflight;
        behave(plan, isFallback ? m_fallback->behaviour : m_behaviour, context, nullptr,
               anticipated && !anticipated->endpoint ? anticipated->ordinal : nextUnmatched());
    } else {
        plan = planResponse(*choice.response, context, choice.endpoint, choice.ordinal);
        plan.match = MatchKind::Matched;
        plan.ordinal = choice.ordinal;
        plan.endpointId = choice.endpoint->id;
        plan.endpointLabel = choice.endpoint->label;
        plan.responseId = choice.response->id;
        plan.responseLabel = choice.response->label;
        behave(plan, choice.response->behaviour, context, choice.endpoint, choice.ordinal);
        if (!traces.empty() || !plan.log.empty()) {
            const auto chosen = std::find_if(traces.begin(), traces.end(),
                                             [](const auto &t) { return t.chosen; });
            std::string summary = *plan.endpointLabel + " › " + *plan.responseLabel;
            if (chosen != traces.end())
                summary += ": " + chosen->reason;
            plan.why = explain(std::move(summary), std::move(traces), std::move(plan.log));
        }
    }
    if (plan.asked > Duration{})
        keepBack(plan);
    if (m_cors)
        addCorsHeaders(plan, request.head);
    plan.sendsBody = request.head.method() != "HEAD";
    return plan;
}

bool CompiledServer::mayRunScript(const http::Request &request, const ConnectionFacts &facts) const
{
    if (!m_mayRunScripts)
        return false;
    const RequestView view(request, facts, m_facts.mergesSlashes);
    const RouteIndex::Hits hits = m_index.find(view);
    return m_fallbackMayRunScript
           || std::any_of(hits.endpoints.begin(), hits.endpoints.end(),
                          [this](std::uint32_t index) { return m_endpoints[index].mayRunScript; });
}

AnswerPlan CompiledServer::planResponse(const CompiledResponse &response,
                                        const AnswerContext &context,
                                        const CompiledEndpoint *endpoint,
                                        std::uint64_t ordinal) const
{
    if (!response.dynamic && !response.callbacks)
        return planPrepared(response, context);
    constexpr std::string_view kFallback = "(fallback)";
    const NamedValues parameters
        = endpoint ? m_index.parameters(indexOf(*endpoint), context.view) : NamedValues{};
    const std::string_view drawnFor = endpoint ? std::string_view(*endpoint->id) : kFallback;
    const MatchContext matching = context.matching(drawnFor, parameters, ordinal);
    handlebars::RenderScope scope(matching);
    scope.chance = draw(m_facts.seed, m_facts.id, drawnFor, ordinal, "template");
    scope.rule = response.when ? &*response.when : nullptr;
    AnswerPlan plan = response.dynamic ? planDynamic(response, context, scope, endpoint)
                                       : planPrepared(response, context);
    // Of an answer that could not be made nothing follows (as in Mockoon).
    if (response.callbacks && plan.error.empty())
        plan.callbacks = planCallbacks(response, context, scope);
    plan.log = std::move(scope.log);
    plan.asked = scope.delay;
    return plan;
}

AnswerPlan CompiledServer::planPrepared(const CompiledResponse &response,
                                        const AnswerContext &context)
{
    const http::RequestHead &head = context.head();
    AnswerPlan plan;
    if (response.file) {
        auto planned = planFile(*response.file, response.parts, head);
        if (planned) {
            plan = *std::move(planned);
        } else {
            plan.error = planned.error().message;
            plan.answer = prepareMessage(500, plan.error);
        }
    } else if (const auto condition = response.hasValidators ? preconditionOf(response.parts, head)
                                                             : http::Precondition::Holds;
               condition != http::Precondition::Holds) {
        plan.answer = withoutBody(response, condition == http::Precondition::Failed ? 412 : 304);
    } else if (response.gzipped
               && acceptsCoding(head.find("Accept-Encoding").value_or(std::string_view{}),
                                "gzip")) {
        plan.answer = response.gzipped;
    } else {
        plan.answer = response.plain;
    }
    return plan;
}

AnswerPlan CompiledServer::answerUnmatched(const AnswerContext &context,
                                           const RouteIndex::Hits &hits,
                                           std::vector<CandidateTrace> candidates) const
{
    const RequestView &view = context.view;
    if (m_cors && view.method() == "OPTIONS")
        return preflight(view, hits);

    const MatchKind kind = candidates.empty() ? MatchKind::NoEndpoint : MatchKind::NoRule;
    // An endpoint with this method and path that did not answer is nearer than any other.
    std::stable_sort(
        candidates.begin(), candidates.end(),
        [](const CandidateTrace &a, const CandidateTrace &b) { return a.distance < b.distance; });
    if (candidates.size() < kNearMisses) {
        for (CandidateTrace &miss : nearMisses(m_endpoints, hits.otherMethods, view, kNearMisses)) {
            const bool known
                = std::any_of(candidates.begin(), candidates.end(),
                              [&](const auto &c) { return c.endpointId == miss.endpointId; });
            if (!known && candidates.size() < kNearMisses)
                candidates.push_back(std::move(miss));
        }
    }

    AnswerPlan plan;
    if (m_fallback) {
        plan = planResponse(*m_fallback, context, nullptr, m_unmatched->requests.load());
        plan.responseId = m_fallback->id;
        plan.responseLabel = m_fallback->label;
    } else {
        const bool asJson = wantsJson(view.request().head);
        http::Response parts;
        parts.status = 404;
        parts.headers = mergeHeaders(
            m_headers,
            {{"Content-Type", asJson ? "application/json" : "text/plain; charset=utf-8"}});
        parts.body = describeMisses(view, candidates, asJson);
        plan.answer = http::prepareResponse(std::move(parts), false);
    }
    plan.match = kind;
    std::string summary = kind == MatchKind::NoEndpoint ? "no endpoint has this method and path"
                                                        : "no rule of an endpoint holds";
    if (!hits.undecided.empty())
        summary += "; the regular expression '" + hits.undecided
                   + "' of a path takes more work on this one than it may";
    if (!candidates.empty())
        summary
            += "; nearest: " + candidates.front().endpointLabel + ", " + candidates.front().reason;
    plan.why = explain(std::move(summary), std::move(candidates), std::move(plan.log));
    return plan;
}

/// A question of a browser, not of the application (Fetch standard, CORS-preflight request). An
/// endpoint that names OPTIONS still comes first; one for ANY method does not, it would not know
/// what to say.
bool CompiledServer::isPreflight(const RequestView &view, const RouteIndex::Hits &hits) const
{
    return m_cors && view.method() == "OPTIONS"
           && view.request().head.find("Access-Control-Request-Method")
           && std::none_of(
               hits.endpoints.begin(), hits.endpoints.end(), [this](std::uint32_t index) {
                   const auto &methods = m_endpoints[index].methods;
                   return std::find(methods.begin(), methods.end(), "OPTIONS") != methods.end();
               });
}

/// Fetch standard, CORS protocol: what a preflight asks for is allowed.
AnswerPlan CompiledServer::preflight(const RequestView &view, const RouteIndex::Hits &hits) const
{
    http::Response parts;
    parts.status = 204;
    http::HeaderList headers{{"Access-Control-Allow-Methods", allowedMethods(m_endpoints, hits)},
                             {"Access-Control-Max-Age", "600"}};
    if (const auto asked = view.request().head.find("Access-Control-Request-Headers"))
        headers.push_back({"Access-Control-Allow-Headers", std::string(*asked)});
    // A page of a public site that asks a private network asks for this too (Private Network
    // Access); what browsers renamed it to is answered as well.
    for (const std::string_view kind : {"Private-Network", "Local-Network"}) {
        const std::string suffix(kind);
        const auto wanted = view.request().head.find("Access-Control-Request-" + suffix);
        if (wanted && text::equalsIgnoreCase(*wanted, "true"))
            headers.push_back({"Access-Control-Allow-" + suffix, "true"});
    }
    parts.headers = mergeHeaders(headers, m_headers);
    AnswerPlan plan;
    plan.answer = http::prepareResponse(std::move(parts), false);
    plan.match = MatchKind::Preflight;
    plan.why = explain(
        "the server answers OPTIONS itself because 'cors' is on and no endpoint does", {});
    return plan;
}

void CompiledServer::addCorsHeaders(AnswerPlan &plan, const http::RequestHead &request) const
{
    if (plan.answer->hasAllowOrigin)
        return;
    const auto origin = request.find("Origin");
    if (!origin) {
        plan.extraHeaders += "Access-Control-Allow-Origin: *\r\n";
        return;
    }
    // Beside Allow-Credentials a `*` is a name like any other (Fetch standard, section 3.3.4), so
    // that the names follow it in a line of their own.
    std::string exposed;
    if ((!plan.answer->hasExposeHeaders || plan.answer->exposesAll)
        && plan.match != MatchKind::Preflight) {
        exposed = exposedNames(plan.answer->head);
        const std::string more = exposedNames(plan.extraHeaders);
        exposed += (exposed.empty() || more.empty() ? "" : ", ") + more;
        if (!plan.answer->hasDate)
            exposed += exposed.empty() ? "Date" : ", Date";
    }
    plan.extraHeaders += "Access-Control-Allow-Origin: ";
    plan.extraHeaders += *origin;
    plan.extraHeaders += "\r\n";
    if (!plan.answer->hasAllowCredentials)
        plan.extraHeaders += "Access-Control-Allow-Credentials: true\r\n";
    if (!exposed.empty())
        plan.extraHeaders += "Access-Control-Expose-Headers: " + exposed + "\r\n";
    plan.extraHeaders += "Vary: Origin\r\n";
}

std::size_t CompiledServer::endpointCount() const
{
    return static_cast<std::size_t>(
        std::count_if(m_endpoints.begin(), m_endpoints.end(), [](const auto &endpoint) {
            return !endpoint.crud || !endpoint.crud->isItem;
        }));
}

} // namespace understudy
