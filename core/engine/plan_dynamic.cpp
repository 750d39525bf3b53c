// SPDX-License-Identifier: Apache-2.0
// Answers that are made for one request: step 7 of design.md section 3.
#include "core/base/text.h"
#include "core/engine/answer_builder.h"
#include "core/engine/compiled_server.h"
#include "core/engine/gzip.h"
#include "core/http/status.h"

namespace understudy {

namespace {

/// `Content-Encoding: gzip` asks for compression, for clients that accept it.
void packBody(http::Response &parts, const http::RequestHead &request)
{
    const http::HeaderField *coding = http::findHeader(parts.headers, "Content-Encoding");
    if (!coding || !text::equalsIgnoreCase(coding->value, "gzip"))
        return;
    if (!http::findHeader(parts.headers, "Vary"))
        parts.headers.push_back({"Vary", "Accept-Encoding"});
    if (acceptsCoding(request.find("Accept-Encoding").value_or(std::string_view{}), "gzip")) {
        parts.body = gzip(parts.body);
        return;
    }
    std::erase_if(parts.headers, [](const http::HeaderField &field) {
        return text::equalsIgnoreCase(field.name, "Content-Encoding");
    });
}

} // namespace

std::vector<OutboundRequest> CompiledServer::planCallbacks(const CompiledResponse &response,
                                                           const AnswerContext &context,
                                                           handlebars::RenderScope &scope) const
{
    const ConnectionFacts &facts = context.view.facts();
    const std::string own = (facts.tls ? "https://" : "http://") + m_facts.ownHost + ':'
                            + std::to_string(facts.port) + m_facts.base;
    return response.callbacks->make(scope, own, callbackDepth(context.head()));
}

AnswerPlan CompiledServer::planDynamic(const CompiledResponse &response,
                                       const AnswerContext &context, handlebars::RenderScope &scope,
                                       const CompiledEndpoint *endpoint)
{
    DynamicAnswer::Outcome made
        = response.dynamic->make(scope, endpoint ? endpoint->crud : std::nullopt);

    const http::RequestHead &head = context.head();
    AnswerPlan plan;
    if (made.file) {
        auto planned = planFile(*made.file, std::move(made.parts), head);
        if (planned) {
            plan = *std::move(planned);
        } else {
            plan.answer = prepareMessage(500, planned.error().message);
            made.error = planned.error().message;
        }
        if (plan.error.empty())
            plan.error = std::move(made.error);
        return plan;
    }
    http::Response &parts = made.parts;
    if (!made.defaultType.empty() && !parts.body.empty() && !http::isBodiless(parts.status)
        && !http::findHeader(parts.headers, "Content-Type"))
        parts.headers.push_back({"Content-Type", made.defaultType});
    encodeBody(parts);
    const auto condition
        = hasValidators(parts) ? preconditionOf(parts, head) : http::Precondition::Holds;
    if (condition != http::Precondition::Holds) {
        parts.status = condition == http::Precondition::Failed ? 412 : 304;
        parts.reason.clear();
        parts.body.clear();
    } else {
        packBody(parts, head);
    }
    plan.answer = http::prepareResponse(std::move(parts), false);
    plan.error = std::move(made.error);
    return plan;
}

} // namespace understudy
