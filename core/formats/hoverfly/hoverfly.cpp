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

/// Those that are named exactly, in the order of the file; an empty one where none is.
std::vector<std::string> destinationsOf(const std::vector<ReadPair> &pairs, Notes &notes)
{
    std::vector<std::string> out;
    std::set<std::string> seen;
    for (const ReadPair &pair : pairs) {
        const std::string &name = pair.destination.exact;
        if (name.empty() || !seen.insert(name).second)
            continue;
        if (out.size() == kMostDestinations)
            notes.notServed(name, "there are more than 100 destinations in the file; left out",
                            pair.at);
        if (out.size() < kMostDestinations)
            out.push_back(name);
    }
    if (out.empty())
        out.emplace_back();
    return out;
}

/// The pairs of one destination, the strongest first; of equal ones the last, as in Hoverfly.
std::vector<Endpoint> endpointsFor(const std::string &destination,
                                   const std::vector<ReadPair> &pairs)
{
    std::vector<const ReadPair *> meant;
    for (const ReadPair &pair : pairs) {
        if (destination.empty() || pair.destination.isMeant(destination))
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
    const std::vector<std::string> destinations = destinationsOf(pairs, notes);
    for (const ReadPair &pair : pairs) {
        const bool isTaken
            = std::any_of(destinations.begin(), destinations.end(), [&](const std::string &name) {
                  return name.empty() || pair.destination.isMeant(name);
              });
        if (!isTaken)
            notes.notServed(pair.endpoint.methods.front() + ' ' + pair.endpoint.path,
                            "its destination fits none of those that the file names, each of which "
                            "is a server; left out",
                            pair.at);
    }
    const std::string stem = recorded::oneLine(source.file().stem().string());
    GlobalDelays delays(actions, notes);
    LoadOutcome outcome;
    std::size_t made = 0;
    for (const std::string &destination : destinations) {
        // Pairs without a destination belong to all.
        if (made > 2 * kMostTranslated) {
            notes.notServed(recorded::oneLine(destination),
                            "there would be more than 20000 endpoints; left out");
            continue;
        }
        LoadedServer loaded{{}, kSimulationFormat, source.file(), {}};
        Server &server = loaded.server;
        server.name = stem.empty() ? "Hoverfly" : stem;
        if (destinations.size() > 1)
            server.name.append(" (").append(recorded::oneLine(destination)).append(")");
        if (!destination.empty())
            server.description = "Stands in for " + recorded::oneLine(destination) + ".";
        server.listen.port
            = static_cast<std::uint16_t>(server.listen.port + outcome.servers.size());
        std::vector<Endpoint> endpoints = endpointsFor(destination, pairs);
        made += endpoints.size();
        delays.apply(destination, endpoints, notes);
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
