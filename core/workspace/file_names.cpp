// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/file_names.h"

#include "core/base/files.h"
#include "core/base/own_files.h"
#include "core/base/text.h"

namespace understudy::workspace {

namespace {

/// Longer ones are hard to read, and file systems take 255 bytes with the endings.
constexpr std::size_t kLongestStem = 100;

} // namespace

std::string mockFileStem(std::string_view serverName)
{
    std::string stem = text::slug(text::withoutAccents(serverName));
    if (stem.size() > kLongestStem) {
        const std::size_t word = stem.rfind('-', kLongestStem);
        stem.resize(word == std::string::npos || word < kLongestStem / 2 ? kLongestStem : word);
    }
    while (!stem.empty() && stem.back() == '-')
        stem.pop_back();
    if (stem.empty())
        return "server";
    return files::nameProblem(stem).empty() ? stem : "server-" + stem;
}

std::string freeMockFileStem(std::string_view serverName,
                             const std::function<bool(const std::string &stem)> &isTaken)
{
    const std::string stem = mockFileStem(serverName);
    std::string name = stem;
    for (int number = 2; isTaken(name); ++number)
        name = stem + '-' + std::to_string(number);
    return name;
}

std::filesystem::path mockFile(const std::filesystem::path &folder, std::string_view stem)
{
    return folder / (std::string(stem) + std::string(files::kMockEndings.front()));
}

} // namespace understudy::workspace
