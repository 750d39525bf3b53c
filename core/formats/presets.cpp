// SPDX-License-Identifier: Apache-2.0
#include "core/formats/presets.h"

#include "core/base/own_files.h"
#include "core/formats/format.h"
#include "core/formats/native/place.h"
#include "core/formats/native/tables.h"
#include "core/formats/yaml/parse.h"
#include "core/model/behaviour_checks.h"

#include "embedded/faults.h"
#include "embedded/networks.h"

#include <algorithm>
#include <map>

/// Presets in the words of the mock file, read by its tables.
namespace understudy::formats {

namespace {

using namespace native;

void checkNetwork(Reader &reader, const Node &node, const NetworkProfile &profile)
{
    if (profile.jitter > profile.latency) {
        reader.error(node.find("jitter")->start, "'jitter' (" + formatDuration(profile.jitter)
                                                     + ") must not be longer than 'latency' ("
                                                     + formatDuration(profile.latency) + ")");
    }
    for (const std::string_view key : {"download", "upload"}) {
        const ByteCount rate = key == "download" ? profile.download : profile.upload;
        const Node *at = node.find(key);
        if (at && rate.value == 0 && !reader.hasProblemIn(*at))
            reader.error(at->start, "'" + std::string(key) + "' must be more than 0");
    }
}

const Table<NetworkProfile> &networkTable()
{
    static const Table<NetworkProfile> table(
        "a network profile",
        {
            requiredKey("name", &NetworkProfile::name, TextCodec{}),
            key("title", &NetworkProfile::title, TextCodec{}),
            requiredKey("latency", &NetworkProfile::latency, DurationCodec{}),
            key("jitter", &NetworkProfile::jitter, DurationCodec{}),
            requiredKey("download", &NetworkProfile::download, ByteRateCodec{}),
            requiredKey("upload", &NetworkProfile::upload, ByteRateCodec{}),
        },
        nullptr, checkNetwork);
    return table;
}

const Table<FaultPreset> &faultPresetTable()
{
    static const Table<FaultPreset> table(
        "a fault preset", {
                              requiredKey("name", &FaultPreset::name, TextCodec{}),
                              key("description", &FaultPreset::description, TextCodec{}),
                              requiredKey("behaviour", &FaultPreset::behaviour,
                                          ObjectCodec<Behaviour>{behaviourTable}),
                          });
    return table;
}

const Table<Presets> &presetsTable()
{
    static const Table<Presets> table(
        "a presets file", {
                              key("networks", &Presets::networks,
                                  ListCodec<ObjectCodec<NetworkProfile>>{{networkTable}}),
                              key("faults", &Presets::faults,
                                  ListCodec<ObjectCodec<FaultPreset>>{{faultPresetTable}}),
                          });
    return table;
}

/// A presets file is never written back, so that keys of people's own have nowhere to be kept.
void dropOwnKeys(Node &object)
{
    for (std::size_t i = object.keys.size(); i-- > 0;) {
        if (isExtension(object.keys[i].text)) {
            object.keys.erase(object.keys.begin() + static_cast<std::ptrdiff_t>(i));
            object.items.erase(object.items.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
}

void dropOwnKeysOfAll(Node &root)
{
    dropOwnKeys(root);
    for (Node &list : root.items) {
        for (Node &entry : list.items)
            dropOwnKeys(entry);
    }
}

/// Names are what a preset is picked by.
void checkNames(Reader &reader, const Node &root, std::string_view key)
{
    std::map<std::string_view, int> lines;
    const Node *list = root.find(key);
    if (!list || !list->isList())
        return;
    for (const Node &entry : list->items) {
        const Node *name = entry.find("name");
        if (!name || reader.hasProblemIn(*name))
            continue;
        if (name->text.empty()) {
            reader.error(name->start, "a preset needs a name");
            continue;
        }
        const auto [first, isNew] = lines.emplace(name->text, name->start.line);
        if (!isNew)
            reader.error(name->start, "two presets are called '" + name->text
                                          + "'; the other one stands in line "
                                          + std::to_string(first->second));
    }
}

void checkBehaviours(Reader &reader, const Node &root, const Presets &presets)
{
    const Node *list = root.find("faults");
    for (std::size_t i = 0; i < presets.faults.size(); ++i) {
        const Node &entry = list->items[i];
        for (const BehaviourFinding &finding : checkBehaviour(presets.faults[i].behaviour))
            placeFinding(reader, entry, "behaviour." + finding.field, finding.message);
    }
}

/// Those entries in which nothing is wrong; a list that could not be read has none.
template<class T>
void keepGood(const Reader &reader, const Node *list, std::vector<T> &entries)
{
    std::vector<T> good;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!reader.hasProblemIn(list->items[i]))
            good.push_back(std::move(entries[i]));
    }
    entries = std::move(good);
}

template<class T>
void mergeByName(std::vector<T> &into, std::vector<T> from)
{
    for (T &entry : from) {
        const auto same = std::find_if(into.begin(), into.end(),
                                       [&](const T &other) { return other.name == entry.name; });
        if (same == into.end())
            into.push_back(std::move(entry));
        else
            *same = std::move(entry);
    }
}

} // namespace

PresetsRead readPresets(std::string_view text, const std::string &file)
{
    PresetsRead out;
    Result<Node> root = yaml::parse(text, file);
    if (!root) {
        out.problems.push_back({Severity::Error, root.error()});
        return out;
    }
    if (root->isNull())
        return out; // nothing but comments
    if (root->isMap())
        dropOwnKeysOfAll(*root);
    Reader reader(file);
    presetsTable().read(reader, *root, out.presets);
    checkNames(reader, *root, "networks");
    checkNames(reader, *root, "faults");
    checkBehaviours(reader, *root, out.presets);
    keepGood(reader, root->find("networks"), out.presets.networks);
    keepGood(reader, root->find("faults"), out.presets.faults);
    for (NetworkProfile &profile : out.presets.networks) {
        if (profile.title.empty())
            profile.title = profile.name;
    }
    out.problems = reader.takeProblems();
    std::stable_sort(out.problems.begin(), out.problems.end(),
                     [](const Problem &a, const Problem &b) {
                         return std::pair(a.error.where.line, a.error.where.column)
                                < std::pair(b.error.where.line, b.error.where.column);
                     });
    return out;
}

/// Both texts are part of the program: tests see to it that there is no problem in them.
const Presets &builtinPresets()
{
    static const Presets presets = [] {
        Presets out = readPresets(embedded::faults, "faults.yaml").presets;
        out.networks = readPresets(embedded::networks, "networks.json").presets.networks;
        return out;
    }();
    return presets;
}

PresetsRead loadPresets(const std::filesystem::path &folder)
{
    PresetsRead out;
    out.presets = builtinPresets();
    const std::filesystem::path file = folder / files::kPresetsFile;
    const Result<std::string> text = files::readFileInside(folder, files::kPresetsFile);
    if (!text) {
        if (text.error().code != ErrorCode::NotFound)
            out.problems.push_back({Severity::Error, text.error()});
        return out;
    }
    PresetsRead own = readPresets(*text, file.string());
    mergeByName(out.presets.networks, std::move(own.presets.networks));
    mergeByName(out.presets.faults, std::move(own.presets.faults));
    out.problems = std::move(own.problems);
    return out;
}

} // namespace understudy::formats
