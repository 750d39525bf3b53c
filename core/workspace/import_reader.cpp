// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/import_reader.h"

#include "core/base/files.h"
#include "core/formats/server_id.h"
#include "core/workspace/broken_rules.h"

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

EarlierImport *earlierOf(std::vector<EarlierImport> &earlier, const Server &offered)
{
    const auto stamp = stampOf(offered);
    const auto found = std::find_if(earlier.begin(), earlier.end(), [&](const auto &one) {
        return stamp && isOfSameServer(one.stamp, *stamp);
    });
    return found == earlier.end() ? nullptr : &*found;
}

formats::LoadOptions asBefore(const std::vector<EarlierImport> &earlier,
                              const std::filesystem::path &document, formats::LoadOptions options)
{
    for (const EarlierImport &one : earlier) {
        if (one.stamp.from == documentName(document))
            options = asBefore(one.stamp, std::move(options));
    }
    return options;
}

} // namespace understudy::workspace
