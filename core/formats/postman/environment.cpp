// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/environment.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/source.h"

#include <algorithm>
#include <vector>

namespace understudy::formats::postman {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kEnding = ".postman_environment.json";
constexpr int kMostEntries = 10'000; // of a folder that is looked through

/// The names of the environments in a folder, in their order.
std::vector<std::string> environmentsIn(const fs::path &folder)
{
    std::vector<std::string> out;
    std::error_code ec;
    fs::directory_iterator entry(folder, ec);
    for (int seen = 0; !ec && entry != fs::directory_iterator() && seen < kMostEntries; ++seen) {
        std::string name = entry->path().filename().string();
        if (name.ends_with(kEnding))
            out.push_back(std::move(name));
        entry.increment(ec);
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

void addEnvironment(const fs::path &collection, described::Variables &variables, Notes &notes)
{
    std::error_code ec;
    if (!fs::is_regular_file(collection, ec))
        return;
    const fs::path folder = files::folderOf(collection);
    const std::vector<std::string> names = environmentsIn(folder);
    if (names.empty())
        return;
    const std::string shown = text::inQuotes(text::shortened(names.front(), 200));
    const Result<std::string> text = files::readFileInside(folder, names.front());
    if (!text) {
        notes.notServed({}, "the environment " + shown + " is not read: " + text.error().message);
        return;
    }
    const Source source(*text, folder / names.front());
    if (!source.tree()) {
        notes.notServed({}, "the environment " + shown
                                + " is not read: " + source.tree().error().text());
        return;
    }
    for (const yaml::Node &each : recorded::listOf(&*source.tree(), "values")) {
        const yaml::Node *enabled = recorded::fieldOf(&each, "enabled");
        if (!enabled || recorded::isTrue(&each, "enabled"))
            variables.set(recorded::textOf(&each, "key"), recorded::textOf(&each, "value"));
    }
    std::string said = "variables have the values of the environment " + shown + " beside it";
    if (names.size() > 1)
        said += "; there are " + std::to_string(names.size()) + ", of which the first counts";
    notes.changed({}, said);
}

} // namespace understudy::formats::postman
