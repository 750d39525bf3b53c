// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/broken_rules.h"

#include "core/engine/compile_findings.h"
#include "core/formats/rule_parts.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::workspace {

namespace {

/// What becomes of an answer whose rule is broken; nothing where the finding is about another
/// thing.
std::string ruleOff(Endpoint &endpoint, const Finding &finding)
{
    const auto response = std::find_if(
        endpoint.responses.begin(), endpoint.responses.end(),
        [&](const Response &candidate) { return candidate.id == finding.responseId; });
    if (!finding.field.starts_with("when") || response == endpoint.responses.end())
        return {};
    response->when = formats::never();
    response->extensions.set("x-rule-off", finding.message);
    return "its rule cannot be read here, so this answer is never sent: ";
}

std::string pathOff(Endpoint &endpoint, const Finding &finding)
{
    if (finding.field != "path")
        return {};
    endpoint.enabled = false;
    return "its path cannot be read here, so this endpoint is switched off: ";
}

} // namespace

void switchOffBrokenRules(formats::LoadedServer &loaded)
{
    if (loaded.format == "native")
        return;
    for (const Finding &finding : compileFindings(loaded.server, {})) {
        // What is only remarked upon is compiled all the same.
        Endpoint *endpoint = finding.severity == Severity::Error
                                 ? findEndpoint(loaded.server, finding.endpointId)
                                 : nullptr;
        if (!endpoint)
            continue;
        std::string said = endpointLabel(*endpoint);
        std::string what = ruleOff(*endpoint, finding);
        if (what.empty())
            what = pathOff(*endpoint, finding);
        if (what.empty())
            continue;
        said.append(": ").append(what).append(finding.message);
        const SourceMark &at = finding.origin;
        loaded.problems.push_back(
            {Severity::Warning,
             {ErrorCode::Unsupported,
              std::move(said),
              {at.file ? *at.file : loaded.file.string(), at.line, at.column}}});
    }
}

void switchOffBrokenRules(formats::LoadOutcome &outcome)
{
    for (formats::LoadedServer &loaded : outcome.servers)
        switchOffBrokenRules(loaded);
}

} // namespace understudy::workspace
