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

bool isDrawn(const std::optional<LatencyModel> &model)
{
    return model && !std::holds_alternative<FixedLatency>(*model);
}

void check(const Behaviour &behaviour, Uses &uses)
{
    if (behaviour.latency.connect)
        uses.add("latency.connect");
    if (behaviour.latency.body)
        uses.add("latency.body");
    if (isDrawn(behaviour.latency.head))
        uses.add("latency: a drawn one; only fixed durations wait");
    if (behaviour.throttle)
        uses.add("throttle");
    if (!behaviour.faults.empty())
        uses.add("faults");
}

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
    check(response.behaviour, uses);
}

void checkFolders(const std::vector<Item> &items, Uses &uses)
{
    for (const Item &item : items) {
        if (const Folder *folder = item.folder()) {
            check(folder->behaviour, uses);
            checkFolders(folder->items, uses);
        }
    }
}

} // namespace

std::vector<std::string> keysWithoutEffect(const Server &server)
{
    Uses uses;
    if (server.listen.tls)
        uses.add("listen.tls");
    if (server.upstream)
        uses.add("upstream");
    if (!server.buckets.empty())
        uses.add("buckets");
    check(server.behaviour, uses);
    if (server.fallback)
        check(*server.fallback, uses);
    checkFolders(server.items, uses);
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        if (!visit.endpoint.crud.empty())
            uses.add("crud");
        if (visit.endpoint.select == Selection::Bucket)
            uses.add("select: bucket");
        check(visit.endpoint.behaviour, uses);
        for (const Response &response : visit.endpoint.responses)
            check(response, uses);
    });
    return uses.sentences();
}

} // namespace understudy
