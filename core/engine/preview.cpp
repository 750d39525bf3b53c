// SPDX-License-Identifier: Apache-2.0
#include "core/engine/preview.h"

#include "core/model/edit.h"

#include <algorithm>

namespace understudy {

namespace {

/// Leaves one endpoint and the folders around it, all of them enabled and without behaviour.
void keepOnly(std::vector<Item> &items, const std::string &endpointId)
{
    std::erase_if(items, [&](Item &item) {
        if (const Endpoint *endpoint = item.endpoint())
            return endpoint->id != endpointId;
        Folder *folder = item.mutableFolder();
        folder->enabled = true;
        folder->behaviour = {};
        keepOnly(folder->items, endpointId);
        return folder->items.empty();
    });
}

/// Leaves one response, which answers whenever its rules hold; false if there is none of that id.
bool keepOnly(Endpoint &endpoint, const std::string &responseId)
{
    std::erase_if(endpoint.responses, [&](const Response &r) { return r.id != responseId; });
    if (endpoint.responses.empty())
        return false;
    Response &response = endpoint.responses.front();
    response.times.reset();
    response.sets.reset();
    response.behaviour = {};
    response.callbacks.clear();
    endpoint.enabled = true;
    endpoint.requires_.reset();
    endpoint.behaviour = {};
    endpoint.select = Selection::First;
    return true;
}

/// What a server that is nothing but one response, whose rules count or do not, says to a request.
Result<AnswerPlan> ask(Server &server, const std::string &endpointId, const std::string &responseId,
                       bool hasRules, const http::Request &request, const CompileOptions &options,
                       WallTime now)
{
    server.behaviour = {};
    keepOnly(server.items, endpointId);
    Endpoint *endpoint = findEndpoint(server, endpointId);
    if (!endpoint || !keepOnly(*endpoint, responseId))
        return Error{ErrorCode::NotFound, "there is no such response", {}};
    if (!hasRules)
        endpoint->responses.front().when.reset();
    const auto compiled
        = CompiledServer::compile(server, std::make_shared<ServerMemory>(), options);
    if (!compiled)
        return compiled.error();
    const ConnectionFacts facts{"127.0.0.1", 0, server.listen.tls.has_value()};
    AnswerPlan plan = (*compiled)->answer(request, facts, {now, {}});
    if (plan.match != MatchKind::Matched && plan.match != MatchKind::NoRule)
        return Error{ErrorCode::NotFound,
                     "this request does not reach the endpoint " + endpointLabel(*endpoint),
                     {}};
    // What it points at in the compiled server goes with that.
    plan.decision.reset();
    return plan;
}

} // namespace

Result<Preview> previewResponse(Server server, const std::string &endpointId,
                                const std::string &responseId, const http::Request &request,
                                const CompileOptions &options, WallTime now)
{
    const auto plan = ask(server, endpointId, responseId, false, request, options, now);
    if (!plan)
        return plan.error();
    Preview out;
    out.status = plan->answer->status;
    out.head = plan->answer->head + plan->extraHeaders;
    if (plan->file)
        out.file = plan->file->path.string();
    else
        out.body = *plan->answer->body;
    out.error = plan->error;
    return out;
}

Result<std::vector<ConditionTrace>> checkConditions(Server server, const std::string &endpointId,
                                                    const std::string &responseId,
                                                    const http::Request &request,
                                                    const CompileOptions &options, WallTime now)
{
    if (Endpoint *endpoint = findEndpoint(server, endpointId)) {
        for (Response &response : endpoint->responses) {
            response.body = {}; // nothing is to be computed
            response.isTemplate = false;
        }
    }
    const auto plan = ask(server, endpointId, responseId, true, request, options, now);
    if (!plan)
        return plan.error();
    if (plan->why) {
        for (const CandidateTrace &candidate : plan->why->candidates) {
            if (candidate.responseId == responseId)
                return candidate.conditions;
        }
    }
    return std::vector<ConditionTrace>{};
}

} // namespace understudy
