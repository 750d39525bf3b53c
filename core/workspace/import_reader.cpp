// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/import_reader.h"

#include "core/base/files.h"
#include "core/formats/server_id.h"
#include "core/workspace/broken_rules.h"
#include "core/workspace/import_pairs.h"

#include <algorithm>

namespace understudy::workspace {

formats::LoadOutcome forImport(formats::LoadOutcome outcome, const formats::LoadOptions &options)
{
    switchOffBrokenRules(outcome);
    stampImport(outcome, options);
    return outcome;
}

std::vector<EarlierImport> earlierImports(const std::filesystem::path &folder)
{
    std::vector<EarlierImport> out;
    std::error_code failure;
    std::filesystem::directory_iterator entry(folder, failure);
    for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
        const std::filesystem::path &path = entry->path();
        if (!formats::hasMockEnding(path))
            continue;
        const auto text = files::readFileInside(folder, path.filename().native());
        EarlierImport earlier;
        earlier.path = path;
        // Most files of a folder came from elsewhere, and need not be taken apart.
        if (!text || text->find(kStampKey) == std::string::npos
            || !earlier.file.read(*text, path.string()))
            continue;
        auto stamp = stampOf(*earlier.file.saved);
        if (!stamp)
            continue;
        earlier.stamp = std::move(*stamp);
        out.push_back(std::move(earlier));
    }
    std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.path < b.path; });
    return out;
}

KnownImport readKnown(const std::function<formats::LoadOutcome(const formats::LoadOptions &)> &read,
                      const formats::LoadOptions &options, const std::vector<ImportStamp> &earlier)
{
    const auto matched = [&](const formats::LoadOutcome &outcome) {
        std::vector<ImportStamp> offered;
        for (const formats::LoadedServer &loaded : outcome.servers)
            offered.push_back(loaded.format == "native"
                                  ? ImportStamp{}
                                  : stampOf(loaded.server).value_or(ImportStamp{}));
        return matchServers(earlier, offered);
    };
    KnownImport out;
    out.outcome = read(options);
    out.earlier = matched(out.outcome);
    formats::LoadOptions asThen = options;
    for (const auto &places : out.earlier) {
        for (const std::size_t place : places)
            asThen = asBefore(earlier[place], asThen);
    }
    if (asThen == options)
        return out;
    out.outcome = read(asThen);
    out.earlier = matched(out.outcome);
    return out;
}

} // namespace understudy::workspace
