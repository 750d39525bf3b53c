// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hoverfly/hoverfly.h"

#include "core/base/text.h"
#include "core/formats/format_table.h"
#include "core/formats/hoverfly/delays.h"
#include "core/formats/hoverfly/pair.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/translation.h"
#include "core/model/edit.h"

#include <algorithm>
#include <array>
#include <set>

namespace understudy::formats::hoverfly {

using recorded::fieldOf;
using recorded::mapOf;
using recorded::textOf;

namespace {

constexpr std::string_view kSimulationFormat = "hoverfly";
/// Each is a server, with a port.
constexpr std::size_t kMostDestinations = 100;

/// Why a simulation of that schema is not read, with the cure; empty where it is.
std::string refusedSchema(std::string_view version)
{
    if (version != "v1" && version != "v2")
        return {};
    return "simulations of schema " + std::string(version)
           + " are not read: import it into Hoverfly 1.0 or later and export it again, as v5";
}

/// What stands beside the pairs and has no effect.
void noteTheRest(const yaml::Node &data, const std::string &version, Notes &notes)
{
    for (std::size_t i = 0; i < data.keys.size(); ++i) {
        const yaml::Node::Key &key = data.keys[i];
        if (key.text != "pairs" && key.text != "globalActions" && !data.items[i].items.empty())
            notes.notServed({}, text::inQuotes(recorded::oneLine(key.text)) + " has no effect here",
                            key.at);
    }
    constexpr std::array<std::string_view, 3> kKnownSchemas{"v3", "v4", "v5"};
    const std::string_view major = std::string_view(version).substr(0, 2);
    if (std::find(kKnownSchemas.begin(), kKnownSchemas.end(), major) == kKnownSchemas.end())
        notes.changed({}, "the schema " + text::inQuotes(recorded::oneLine(version))
                              + " is not known; it is read as v5");
}

/// What a server stands in for: a host, or a pattern of hosts; without a name all of them.
struct Host
{
    std::string name;
    bool isPattern = false;

    /// Pairs without a destination belong to all.
    bool takes(const Destination &wanted) const
    {
        if (name.empty() || wanted.isAny())
            return true;
        return isPattern ? !wanted.isImpossible() && wanted.exact.empty() && wanted.written == name
                         : wanted.isMeant(name);
    }
};

/// Those that are named exactly, in the order of the file, then the patterns that fit none of them.
class HostList
{
public:
    HostList(const std::vector<ReadPair> &pairs, Notes &notes)
        : m_notes(notes)
    {
        for (const ReadPair &pair : pairs) {
            if (!pair.destination.exact.empty())
                add({pair.destination.exact, false}, pair.at);
        }
        for (const ReadPair &pair : pairs) {
            const Destination &wanted = pair.destination;
            if (wanted.exact.empty() && !wanted.written.empty() && !wanted.isImpossible()
                && !isTaken(wanted))
                add({wanted.written, true}, pair.at);
        }
        if (m_hosts.empty())
            m_hosts.emplace_back();
    }

    const std::vector<Host> &hosts() const { return m_hosts; }
    bool isTaken(const Destination &wanted) const
    {
        return std::any_of(m_hosts.begin(), m_hosts.end(),
                           [&](const Host &host) { return host.takes(wanted); });
    }

private:
    void add(Host host, yaml::Mark at)
    {
        if (m_isFull || !m_seen.insert(host.name).second)
            return;
        m_isFull = m_hosts.size() == kMostDestinations;
        if (m_isFull)
            m_notes.notServed(recorded::oneLine(host.name),
                              "there are more than 100 destinations in the file; this one and "
                              "what follows is left out",
                              at);
        else
            m_hosts.push_back(std::move(host));
    }

    Notes &m_notes;
    std::vector<Host> m_hosts;
    std::set<std::string> m_seen;
    bool m_isFull = false;
};

/// The pairs of one destination, the strongest first; of equal ones the last, as in Hoverfly.
std::vector<Endpoint> endpointsFor(const Host &host, const std::vector<ReadPair> &pairs)
{
    std::vector<const ReadPair *> meant;
    for (const ReadPair &pair : pairs) {
        if (host.takes(pair.destination))
            meant.push_back(&pair);
    }
    std::reverse(meant.begin(), meant.end());
    std::stable_sort(meant.begin(), meant.end(),
                     [](const ReadPair *a, const ReadPair *b) { return a->score > b->score; });
    std::vector<Endpoint> out;
    out.reserve(meant.size());
    for (const ReadPair *pair : meant)
        out.push_back(pair->endpoint);
    return out;
}

LoadOutcome serve(const std::vector<ReadPair> &pairs, const yaml::Node *actions,
                  const Source &source, Notes &notes)
{
    const HostList list(pairs, notes);
    for (const ReadPair &pair : pairs) {
        if (pair.destination.isImpossible() && !list.isTaken(pair.destination))
            notes.notServed(pair.endpoint.methods.front() + ' ' + pair.endpoint.path,
                            "its destination fits no host; left out", pair.at);
    }
    const std::string stem = recorded::oneLine(source.file().stem().string());
    GlobalDelays delays(actions, notes);
    LoadOutcome outcome;
    std::size_t made = 0;
    for (const Host &host : list.hosts()) {
        const std::string shown = recorded::oneLine(host.name);
        if (made > 2 * kMostTranslated) {
            notes.notServed(shown,
                            "there would be more than 20000 endpoints; this destination and what "
                            "follows is left out");
            break;
        }
        LoadedServer loaded{{}, kSimulationFormat, source.file(), {}};
        Server &server = loaded.server;
        server.name = stem.empty() ? "Hoverfly" : stem;
        if (list.hosts().size() > 1)
            server.name.append(" (").append(shown).append(")");
        if (!shown.empty())
            server.description = "Stands in for " + shown + ".";
        server.listen.port
            = static_cast<std::uint16_t>(server.listen.port + outcome.servers.size());
        std::vector<Endpoint> endpoints = endpointsFor(host, pairs);
        made += endpoints.size();
        delays.apply(host.name, endpoints, notes);
        server.items = itemsInOrder(std::move(endpoints));
        assignIds(server);
        outcome.servers.push_back(std::move(loaded));
    }
    // What is said of the file stands with its first server.
    outcome.servers.front().problems = notes.take();
    return outcome;
}

} // namespace

bool recognise(const Source &source)
{
    const std::string_view text = source.text();
    const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
    if (!source.looksLikeJson() || !has("\"pairs\""))
        return false;
    const Result<yaml::Node> &tree = source.tree();
    // A broken file is still Hoverfly's.
    if (!tree)
        return has("\"data\"") && (has("\"schemaVersion\"") || has("\"hoverflyVersion\""));
    const yaml::Node *found = fieldOf(mapOf(&*tree, "data"), "pairs");
    if (!found)
        return false;
    // A field of that name is in many answers, of GraphQL say.
    const yaml::Node *first = found->isList() && !found->items.empty() ? &found->items[0] : nullptr;
    return tree->find("meta") || !first || fieldOf(first, "request") || fieldOf(first, "response");
}

LoadOutcome import(const Source &source)
{
    const Result<yaml::Node> &tree = source.tree();
    if (!tree)
        return failed(tree.error());
    const std::string file = source.file().string();
    const yaml::Node *data = mapOf(&*tree, "data");
    const yaml::Node *pairs = fieldOf(data, "pairs");
    const yaml::Node *meta = mapOf(&*tree, "meta");
    const std::string version = textOf(meta, "schemaVersion");
    if (std::string refused = refusedSchema(version); !refused.empty()) {
        const yaml::Mark at = fieldOf(meta, "schemaVersion")->start;
        return failed({ErrorCode::Unsupported, std::move(refused), {file, at.line, at.column}});
    }
    if (!pairs || !pairs->isList())
        return failed({ErrorCode::Invalid,
                       "this is no simulation of Hoverfly: a simulation is an object with 'data', "
                       "which has the list 'pairs', and 'meta'",
                       {file, tree->start.line, tree->start.column}});
    Notes notes(file);
    noteTheRest(*data, version, notes);
    std::vector<ReadPair> read;
    for (const yaml::Node &pair : pairs->items) {
        if (read.size() == kMostTranslated) {
            notes.notServed({}, "there are more than 10000 pairs in the file; left out",
                            pair.start);
            break;
        }
        if (pair.isMap())
            read.push_back(readPair(pair, notes));
        else
            notes.notServed({}, "this is no pair of a request and a response", pair.start);
    }
    return serve(read, mapOf(data, "globalActions"), source, notes);
}

} // namespace understudy::formats::hoverfly
