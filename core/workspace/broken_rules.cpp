// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/broken_rules.h"

#include "core/engine/compile_findings.h"
#include "core/formats/rule_parts.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::workspace {

void switchOffBrokenRules(formats::LoadedServer &loaded)
{
    if (loaded.format == "native")
        return;
    for (const Finding &finding : compileFindings(loaded.server, {})) {
        Endpoint *endpoint = finding.field.starts_with("when")
                                 ? findEndpoint(loaded.server, finding.endpointId)
                                 : nullptr;
        if (!endpoint)
            continue;
        const auto response = std::find_if(
            endpoint->responses.begin(), endpoint->responses.end(),
            [&](const Response &candidate) { return candidate.id == finding.responseId; });
        if (response == endpoint->responses.end())
            continue;
        response->when = formats::never();
        response->extensions.set("x-rule-off", finding.message);
        loaded.problems.push_back(
            {Severity::Warning,
             {ErrorCode::Unsupported,
              endpointLabel(*endpoint)
                  + ": its rule cannot be read here, so this answer is never sent: "
                  + finding.message,
              {loaded.file.string(), 0, 0}}});
    }
}

void switchOffBrokenRules(formats::LoadOutcome &outcome)
{
    for (formats::LoadedServer &loaded : outcome.servers)
        switchOffBrokenRules(loaded);
}

} // namespace understudy::workspace
