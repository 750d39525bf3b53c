// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/files.h"
#include "tests/formats/recorded_support.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace understudy::test {

/// Each file of a folder, cut and changed (see expectSafeWhenDamaged) 300 times; where it is so
/// large that this would read more than `mostBytes` as often as that, five times at least.
inline void expectSafeWhenFilesAreDamaged(const std::filesystem::path &folder,
                                          std::size_t mostBytes)
{
    constexpr std::size_t kRounds = 300;
    constexpr std::size_t kFewest = 5;
    std::set<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            paths.insert(entry.path());
    }
    EXPECT_FALSE(paths.empty()) << folder;
    for (const std::filesystem::path &path : paths) {
        const auto whole = files::readFile(path);
        if (!whole || whole->empty())
            continue;
        SCOPED_TRACE(path.filename().string());
        const std::size_t fit = std::max(mostBytes / (2 * whole->size()), kFewest);
        expectSafeWhenDamaged(*whole, path.string(), {}, static_cast<int>(std::min(kRounds, fit)));
    }
}

} // namespace understudy::test
