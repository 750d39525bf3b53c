// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/mock_target.h"

#include "core/engine/compiled_server.h"
#include "core/model/edit.h"
#include "core/model/path_pattern.h"
#include "ui/document/tree_edits.h"

#include <algorithm>

namespace understudy::ui {

namespace {

ConnectionFacts factsOf(const Server &server, const Exchange &exchange)
{
    ConnectionFacts facts;
    facts.client = exchange.client.substr(0, exchange.client.rfind(':'));
    facts.port = server.listen.port;
    facts.tls = !exchange.tls.empty();
    return facts;
}

/// Whether an endpoint that got the request is about the same things as the mock that would be made
/// for it: parameters stand only where the mock would have one. What answers everything is not.
bool isMeantFor(const Server &server, const Endpoint &endpoint, std::string_view path)
{
    const auto own = parsePathPattern(endpoint.path, server.base);
    const auto wanted = parsePathPattern(templateForPath(path));
    if (!own || !wanted || own->rank == PathPattern::Rank::Regex
        || own->segments.size() != wanted->segments.size())
        return false;
    return std::equal(own->segments.begin(), own->segments.end(), wanted->segments.begin(),
                      [](const PathSegment &mine, const PathSegment &theirs) {
                          return mine.kind == PathSegment::Kind::Literal
                                 || (theirs.kind == PathSegment::Kind::Parameter
                                     && (mine.kind == PathSegment::Kind::Parameter
                                         || mine.kind == PathSegment::Kind::Pattern));
                      });
}

} // namespace

MockTarget findMockTarget(const Server &server, const Exchange &exchange)
{
    CompileOptions options;
    options.toleratesBrokenRules = true;
    const auto compiled
        = CompiledServer::compile(server, std::make_shared<ServerMemory>(), options);
    if (!compiled)
        return {};
    const http::Request request = requestOf(exchange);
    const ConnectionFacts facts = factsOf(server, exchange);
    const AnswerPlan plan = (*compiled)->answer(request, facts, {exchange.received, {}});
    if (plan.match == MatchKind::Matched && plan.endpointId)
        return {MockTarget::Kind::Answers, *plan.endpointId};
    if (plan.match != MatchKind::NoRule || !plan.why)
        return {};
    const std::string path(http::splitTarget(request.head.method(), request.head.target()).path);
    for (const CandidateTrace &candidate : plan.why->candidates) {
        const Endpoint *endpoint = findEndpoint(server, candidate.endpointId);
        const bool isChoice = endpoint && !endpoint->requires_
                              && endpoint->select == Selection::First
                              && isMeantFor(server, *endpoint, path);
        if (isChoice)
            return {MockTarget::Kind::NeedsReply, candidate.endpointId};
    }
    return {};
}

} // namespace understudy::ui
