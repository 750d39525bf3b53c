// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace understudy::workspace {

/// Says when anything changed in some folders (their sub-folders excluded). Where the system has no
/// inotify, or has run out of watches, it compares modification times instead. Belongs to one
/// thread.
class FolderWatch
{
public:
    explicit FolderWatch(const std::vector<std::filesystem::path> &folders);
    ~FolderWatch();
    FolderWatch(const FolderWatch &) = delete;
    FolderWatch &operator=(const FolderWatch &) = delete;

    /// Waits until `stop` is readable or something changed and then kept still for 100 ms: an
    /// editor's save is several events. Returns false if it was `stop`.
    bool wait(int stop);

private:
    using Stamps = std::map<std::filesystem::path, std::filesystem::file_time_type>;
    bool watchAll();
    Stamps takeStamps() const;
    bool changed();
    void drain() const;

    std::vector<std::filesystem::path> m_folders;
    int m_inotify = -1;
    bool m_compareTimes = false; ///< not every folder could be watched by inotify
    Stamps m_stamps;
};

} // namespace understudy::workspace
