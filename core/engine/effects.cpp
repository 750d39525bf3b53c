// SPDX-License-Identifier: Apache-2.0
#include "core/engine/effects.h"

#include "core/engine/callbacks.h"
#include "core/match/rule_matcher.h"
#include "core/model/edit.h"

#include <string>

namespace understudy {

namespace {

/// Collects for one object at a time.
class EffectChecker
{
public:
    std::vector<Finding> run(const Server &server)
    {
        if (server.upstream)
            add("upstream", "upstream");
        if (server.fallback)
            check(*server.fallback);
        forEachEndpoint(server, [&](const EndpointVisit &visit) {
            m_endpoint = visit.endpoint.id;
            if (visit.endpoint.select == Selection::Bucket)
                add("select", "select: bucket");
            for (const Response &response : visit.endpoint.responses)
                check(response);
        });
        return std::move(m_findings);
    }

private:
    void add(std::string field, const std::string &key)
    {
        m_findings.push_back({Severity::Warning,
                              m_endpoint,
                              m_response,
                              std::move(field),
                              "'" + key + "' has no effect in this version",
                              {}});
    }

    void check(const Response &response)
    {
        m_response = response.id;
        for (std::size_t i = 0; i < response.callbacks.size(); ++i) {
            if (response.callbacks[i].body.kind == Body::Kind::Script)
                add(Callbacks::fieldOf(i) + "script", "script");
        }
        m_response.clear();
    }

    std::vector<Finding> m_findings;
    std::string m_endpoint;
    std::string m_response;
};

} // namespace

std::vector<Finding> keysWithoutEffect(const Server &server) { return EffectChecker().run(server); }

} // namespace understudy
