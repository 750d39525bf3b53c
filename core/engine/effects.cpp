// SPDX-License-Identifier: Apache-2.0
#include "core/engine/effects.h"

#include "core/match/rule_matcher.h"
#include "core/model/edit.h"

#include <utility>

namespace understudy {

namespace {

/// Counts uses by key, in the order the keys were first met.
class Uses
{
public:
    void add(const std::string &key)
    {
        for (auto &[name, count] : m_counts) {
            if (name == key) {
                ++count;
                return;
            }
        }
        m_counts.emplace_back(key, 1);
    }

    std::vector<std::string> sentences() const
    {
        std::vector<std::string> out;
        for (const auto &[name, count] : m_counts) {
            out.push_back("'" + name + "' has no effect in this version (" + std::to_string(count)
                          + (count == 1 ? " place)" : " places)"));
        }
        return out;
    }

private:
    std::vector<std::pair<std::string, int>> m_counts;
};

void check(const Response &response, Uses &uses)
{
    if (response.isTemplate)
        uses.add("template");
    if (!response.callbacks.empty())
        uses.add("callbacks");
    if (response.body.kind == Body::Kind::Bucket)
        uses.add("bodyBucket");
    if (response.body.kind == Body::Kind::Script)
        uses.add("script");
    if (response.when) {
        if (const auto matcher = RuleMatcher::compile(*response.when)) {
            for (const std::string &name : matcher->unserved())
                uses.add("when: " + name);
        }
    }
}

} // namespace

std::vector<std::string> keysWithoutEffect(const Server &server)
{
    Uses uses;
    if (server.upstream)
        uses.add("upstream");
    if (!server.buckets.empty())
        uses.add("buckets");
    if (server.fallback)
        check(*server.fallback, uses);
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        if (!visit.endpoint.crud.empty())
            uses.add("crud");
        if (visit.endpoint.select == Selection::Bucket)
            uses.add("select: bucket");
        for (const Response &response : visit.endpoint.responses)
            check(response, uses);
    });
    return uses.sentences();
}

} // namespace understudy
