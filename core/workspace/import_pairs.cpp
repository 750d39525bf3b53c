// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/import_pairs.h"

#include "core/workspace/mock_tree.h"

#include <algorithm>
#include <functional>

namespace understudy::workspace {

namespace {

using formats::yaml::Node;

bool sharesEndpoint(const ImportStamp &a, const ImportStamp &b)
{
    if (a.endpoints.empty() && b.endpoints.empty())
        return true;
    return std::any_of(a.endpoints.begin(), a.endpoints.end(),
                       [&](const auto &entry) { return b.endpoints.contains(entry.first); });
}

std::string textIn(const KeyHashes &keys, std::string_view key)
{
    const auto found = keys.find(key);
    return found == keys.end() ? "-" : found->second;
}

std::string allOf(const KeyHashes &keys)
{
    std::string out;
    for (const auto &[key, hash] : keys)
        out.append(key).append("=").append(hash).append("\n");
    return out;
}

std::string everything(const Fingerprint &one)
{
    std::string out = allOf(one.keys);
    for (const auto &[id, keys] : one.responses)
        out.append("\n").append(id).append("\n").append(allOf(keys));
    return out;
}

/// Which requests it answers.
std::string purpose(const Fingerprint &one)
{
    std::string out;
    for (const std::string_view key : {"method", "path", "priority", "status", "when"})
        out.append(textIn(one.keys, key)).append("\n");
    for (const auto &[id, keys] : one.responses)
        out.append(textIn(keys, "when")).append("\n");
    return out;
}

} // namespace

std::vector<std::vector<std::size_t>> matchServers(const std::vector<ImportStamp> &earlier,
                                                   const std::vector<ImportStamp> &offered)
{
    std::vector<std::vector<std::size_t>> out(offered.size());
    std::vector<bool> isTaken(earlier.size());
    for (std::size_t i = 0; i < offered.size(); ++i) {
        for (std::size_t k = 0; k < earlier.size(); ++k) {
            if (offered[i].from.empty() || earlier[k].from != offered[i].from
                || earlier[k].name != offered[i].name)
                continue;
            out[i].push_back(k);
            isTaken[k] = true;
        }
    }
    for (std::size_t i = 0; i < offered.size(); ++i) {
        for (std::size_t k = 0; k < earlier.size() && out[i].empty(); ++k) {
            if (isTaken[k] || offered[i].from.empty() || earlier[k].from != offered[i].from
                || earlier[k].place != offered[i].place || !sharesEndpoint(earlier[k], offered[i]))
                continue;
            out[i].push_back(k);
            isTaken[k] = true;
        }
    }
    return out;
}

std::map<std::string, std::string, std::less<>> pairIds(const std::vector<Fingerprint> &before,
                                                        const std::vector<Fingerprint> &now)
{
    using Sameness = std::function<std::string(const Fingerprint &)>;
    const auto withId = [](const Sameness &sameness) {
        return [sameness](const Fingerprint &one) { return sameness(one) + "\n" + one.id; };
    };
    const std::vector<Sameness> passes{withId(everything), everything, withId(purpose), purpose,
                                       [](const Fingerprint &one) { return one.id; }};
    std::map<std::string, std::string, std::less<>> out;
    std::set<std::string_view> used;
    for (const Sameness &sameness : passes) {
        std::map<std::string, std::vector<const Fingerprint *>> open;
        for (auto one = before.rbegin(); one != before.rend(); ++one) {
            if (!used.contains(one->id))
                open[sameness(*one)].push_back(&*one); // the first one last
        }
        for (const Fingerprint &one : now) {
            if (out.contains(one.id))
                continue;
            const auto found = open.find(sameness(one));
            if (found == open.end() || found->second.empty())
                continue;
            out.emplace(one.id, found->second.back()->id);
            used.insert(found->second.back()->id);
            found->second.pop_back();
        }
    }
    return out;
}

std::vector<Fingerprint> fingerprintsOf(const Node &server)
{
    std::vector<Fingerprint> out;
    mock_tree::forEachEndpoint(server, [&](const Node &endpoint) {
        Fingerprint &one = out.emplace_back(Fingerprint{endpoint.text, hashesOf(endpoint), {}});
        if (const Node *responses = endpoint.find("responses")) {
            for (const Node &response : responses->items)
                one.responses.emplace(response.text, hashesOf(response));
        }
    });
    return out;
}

std::vector<Fingerprint> fingerprintsOf(const ImportStamp &stamp)
{
    std::vector<Fingerprint> out;
    for (const auto &[id, keys] : stamp.endpoints) {
        const auto responses = stamp.responses.find(id);
        out.push_back({id, keys,
                       responses == stamp.responses.end() ? decltype(Fingerprint::responses){}
                                                          : responses->second});
    }
    return out;
}

std::vector<Fingerprint> responsesOf(const Fingerprint &endpoint)
{
    std::vector<Fingerprint> out;
    for (const auto &[id, keys] : endpoint.responses)
        out.push_back({id, keys, {}});
    return out;
}

std::string freeId(const std::string &id, std::set<std::string, std::less<>> &taken)
{
    std::string out = id;
    for (int number = 2; !taken.insert(out).second; ++number)
        out = id + "-" + std::to_string(number);
    return out;
}

} // namespace understudy::workspace
