// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/import_ids.h"

#include "core/workspace/import_pairs.h"
#include "core/workspace/mock_tree.h"

#include <map>
#include <set>
#include <utility>

namespace understudy::workspace {

namespace {

using formats::yaml::Node;
using Fingerprints = std::vector<Fingerprint>;

/// How siblings of the last import, and those that are offered now, are called in the mock file.
struct Names
{
    std::map<std::string, std::string, std::less<>> then;
    std::map<std::string, std::string, std::less<>> now;
};

Names namesFor(const Fingerprints &mine, const Fingerprints &then, const Fingerprints &now)
{
    Names out;
    std::set<std::string, std::less<>> taken;
    for (const Fingerprint &one : mine)
        taken.insert(one.id);
    std::set<std::string, std::less<>> free = taken; // that an offered one without a past may be
    for (const auto &[own, before] : pairIds(then, mine)) {
        out.then.emplace(before, own);
        free.erase(own);
    }
    for (const Fingerprint &one : then) {
        if (!out.then.contains(one.id))
            out.then.emplace(one.id, freeId(one.id, taken));
    }
    const auto known = pairIds(then, now);
    for (const Fingerprint &one : now) {
        const auto before = known.find(one.id);
        if (before != known.end())
            out.now.emplace(one.id, out.then.at(before->second));
        else if (free.erase(one.id) > 0)
            out.now.emplace(one.id, one.id);
        else
            out.now.emplace(one.id, freeId(one.id, taken));
    }
    return out;
}

using ById = std::map<std::string, const Fingerprint *, std::less<>>;

Fingerprints responsesOfOne(const ById &all, std::string_view id)
{
    const auto found = all.find(id);
    return found == all.end() ? Fingerprints{} : responsesOf(*found->second);
}

ById byId(const Fingerprints &all)
{
    ById out;
    for (const Fingerprint &one : all)
        out.emplace(one.id, &one);
    return out;
}

void setId(Node &node, const std::string &id)
{
    node.text = id;
    mock_tree::setKey(node, "id", Node::ofText(id));
}

void writeIds(Node &server)
{
    mock_tree::forEachEndpoint(server, [](Node &endpoint) {
        setId(endpoint, std::string(endpoint.text));
        if (Node *responses = mock_tree::responsesIn(endpoint)) {
            for (Node &response : responses->items)
                setId(response, std::string(response.text));
        }
    });
}

} // namespace

void callAlike(Node &mine, Node &offered, ImportStamp &then)
{
    const Fingerprints own = fingerprintsOf(mine);
    const Fingerprints before = fingerprintsOf(then);
    const Fingerprints now = fingerprintsOf(offered);
    const Names names = namesFor(own, before, now);
    ImportStamp renamed = then;
    renamed.endpoints.clear();
    renamed.responses.clear();
    ById beforeByName;
    for (const Fingerprint &one : before) {
        const std::string &name = names.then.at(one.id);
        beforeByName.emplace(name, &one);
        renamed.endpoints.emplace(name, one.keys);
        renamed.responses[name] = one.responses;
    }
    writeIds(mine);
    const ById ownById = byId(own);
    const ById nowById = byId(now);
    mock_tree::forEachEndpoint(offered, [&](Node &endpoint) {
        const std::string &name = names.now.at(endpoint.text);
        const Names inner
            = namesFor(responsesOfOne(ownById, name), responsesOfOne(beforeByName, name),
                       responsesOfOne(nowById, endpoint.text));
        std::map<std::string, KeyHashes, std::less<>> moved;
        for (const auto &[id, keys] : renamed.responses[name])
            moved.emplace(inner.then.at(id), keys);
        renamed.responses[name] = std::move(moved);
        setId(endpoint, name);
        if (Node *list = mock_tree::responsesIn(endpoint)) {
            for (Node &response : list->items)
                setId(response, inner.now.at(response.text));
        }
    });
    then = std::move(renamed);
}

} // namespace understudy::workspace
