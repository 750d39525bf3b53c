// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/har.h"

#include "core/base/text.h"
#include "core/formats/format_table.h"
#include "core/formats/har/endpoints.h"
#include "core/formats/har/entry.h"
#include "core/formats/har/recorded_times.h"
#include "core/formats/har/rescue.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"

#include <algorithm>
#include <unordered_map>

namespace understudy::formats::har {

using recorded::listOf;
using recorded::mapOf;
using recorded::textOf;

namespace {

constexpr std::string_view kFormat = "har";
/// Each is a server, with a port.
constexpr std::size_t kMaxOrigins = 500;

/// The entries of one origin.
struct Origin
{
    std::string name;
    std::vector<Entry> entries;
};

std::vector<Origin> byOrigin(std::vector<Entry> entries)
{
    std::vector<Origin> origins;
    std::unordered_map<std::string, std::size_t> places;
    for (Entry &entry : entries) {
        const auto [place, isNew] = places.emplace(entry.url.origin, origins.size());
        if (isNew)
            origins.push_back({entry.url.origin, {}});
        origins[place->second].entries.push_back(std::move(entry));
    }
    std::stable_sort(origins.begin(), origins.end(), [](const Origin &a, const Origin &b) {
        return a.entries.size() > b.entries.size();
    });
    return origins;
}

/// "Recorded by Firefox 111.0.1 from https://shop.example."
std::string descriptionOf(const yaml::Node *log, const std::string &origin)
{
    const yaml::Node *creator = mapOf(log, "creator");
    std::string by = textOf(creator, "name");
    if (const std::string version = textOf(creator, "version"); !by.empty() && !version.empty())
        by += ' ' + version;
    return recorded::oneLine("Recorded" + (by.empty() ? "" : " by " + by) + " from " + origin);
}

LoadedServer makeServer(Origin origin, const yaml::Node *log, const std::string &name,
                        std::size_t place, const Source &source)
{
    Notes notes(source.file().string());
    LoadedServer loaded{{}, kFormat, source.file(), {}};
    Server &server = loaded.server;
    server.name = name;
    server.description = descriptionOf(log, origin.name);
    server.listen.port = static_cast<std::uint16_t>(server.listen.port + place);
    if (origin.name.starts_with("https:"))
        notes.changed({}, "recorded from " + origin.name
                              + "; served without TLS, which 'listen.tls' turns on");
    RecordedTimes times;
    for (const Entry &entry : origin.entries)
        times.add(entry);
    loaded.offered.recordedLatency = !times.areEmpty();
    server.items
        = makeEndpoints(std::move(origin.entries), source.options().recordedLatency, notes);
    assignIds(server);
    loaded.problems = notes.take();
    return loaded;
}

LoadOutcome importEntries(const std::vector<yaml::Node> &nodes, const yaml::Node *log,
                          const Source &source, std::vector<Problem> problems)
{
    const std::string file = source.file().string();
    Notes notes(file);
    std::vector<Entry> entries;
    for (const yaml::Node &node : nodes) {
        if (auto entry = readEntry(node, notes))
            entries.push_back(*std::move(entry));
    }
    std::vector<Origin> origins = byOrigin(std::move(entries));
    if (origins.empty())
        return failed({ErrorCode::Invalid,
                       "no request in this HAR was answered over http or https; record again, with "
                       "the contents of answers",
                       {file, 0, 0}});
    for (std::size_t i = kMaxOrigins; i < origins.size(); ++i)
        notes.notServed(origins[i].name, "there are more than " + std::to_string(kMaxOrigins)
                                             + " servers in the file; left out");
    std::vector<Problem> read = notes.take();
    problems.insert(problems.end(), read.begin(), read.end());

    LoadOutcome outcome;
    const std::string stem = recorded::oneLine(source.file().stem().string());
    for (std::size_t i = 0; i < std::min(origins.size(), kMaxOrigins); ++i) {
        const std::string host = origins[i].name.substr(origins[i].name.find("://") + 3);
        std::string name = stem;
        if (origins.size() > 1)
            name.append(" (").append(host).append(")");
        outcome.servers.push_back(makeServer(std::move(origins[i]), log, name, i, source));
    }
    // What is said of the file stands with its first server.
    std::vector<Problem> &first = outcome.servers.front().problems;
    first.insert(first.begin(), problems.begin(), problems.end());
    return outcome;
}

Error noHar(const Source &source)
{
    return {ErrorCode::Invalid,
            "this is no HAR: a HAR is an object with 'log', which has the list 'entries'",
            {source.file().string(), 1, 1}};
}

/// The text is no JSON.
LoadOutcome importBroken(const Source &source, Error error)
{
    std::string_view text = source.text();
    std::string repaired;
    if (!text::isUtf8(text)) {
        repaired = text::asUtf8(std::string(text));
        text = repaired;
    }
    const Rescued rescued = rescueEntries(text);
    const Source whole(rescued.text, source.file(), source.options());
    if (rescued.entries == 0 || !whole.tree() || !whole.tree()->isList()) {
        error.message += "; no complete entry is in the file: record it again";
        return failed(std::move(error));
    }
    error.message = "the file is broken here: " + error.message + "; "
                    + std::to_string(rescued.entries)
                    + (rescued.entries == 1 ? " entry that is complete was"
                                            : " entries that are complete were")
                    + " read, the others are missing"
                    + (repaired.empty() ? "" : ", and bytes that are not UTF-8 are replaced");
    return importEntries(whole.tree()->items, nullptr, source,
                         {{Severity::Warning, std::move(error)}});
}

bool endsInHar(const std::filesystem::path &file)
{
    return text::equalsIgnoreCase(file.extension().string(), ".har");
}

} // namespace

bool recognise(const Source &source)
{
    if (source.tree()) {
        if (source.find("understudy"))
            return false;
        const yaml::Node *entries = recorded::fieldOf(source.find("log"), "entries");
        return endsInHar(source.file()) || (entries && entries->isList());
    }
    return endsInHar(source.file())
           || (source.looksLikeJson() && source.text().find("\"entries\"") != std::string_view::npos
               && source.text().find("\"startedDateTime\"") != std::string_view::npos);
}

LoadOutcome import(const Source &source)
{
    const Result<yaml::Node> &root = source.tree();
    if (!root)
        return root.error().code == ErrorCode::Syntax ? importBroken(source, root.error())
                                                      : failed(root.error());
    const yaml::Node *log = mapOf(&*root, "log");
    const yaml::Node *entries = recorded::fieldOf(log, "entries");
    if (!entries || !entries->isList())
        return failed(noHar(source));
    return importEntries(entries->items, log, source, {});
}

} // namespace understudy::formats::har
