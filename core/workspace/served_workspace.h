// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/runtime/workbench.h"

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace understudy::workspace {

/// What a command line sets for every server, whatever its file says.
struct ListenOverride
{
    std::optional<std::string> address;
    std::optional<std::uint16_t>
        port; ///< of the first server; the next ones count on from there; 0 = any
};

/// What a reload did.
struct ReloadReport
{
    std::vector<Problem> problems;    ///< errors: the old version of that file goes on
    std::vector<std::string> updated; ///< ids of servers with a new document
    std::vector<std::string> added;   ///< ids of servers that are new and run
    std::vector<std::string> removed; ///< names of servers whose file is gone
};

/// Files and folders that a workbench serves, and which server came from which: read at first, and
/// again when something changed (folder_watch.h). Any thread may use it.
class ServedWorkspace
{
public:
    ServedWorkspace(Workbench &workbench, std::vector<std::filesystem::path> paths,
                    ListenOverride listen, formats::LoadOptions options = {});

    /// Reads all paths and adds their servers, stopped, and the network profiles of the presets
    /// files beside them. Call once, first. Returns errors, warnings
    /// and notes; without errors everything is in.
    std::vector<Problem> addAll();

    /// The folders in which a change means a reload.
    std::vector<std::filesystem::path> folders() const;

    /// The folder that the files of a server are relative to; empty if it is none of ours.
    std::filesystem::path folderOf(const std::string &id) const;

    /// Reads everything again and brings the workbench up to date: changed documents are swapped
    /// in, new files are started, servers of removed files stopped.
    ReloadReport reloadAll();

    /// Why a server could not be made ready to answer, with the lines of its file; empty if that is
    /// not the file's doing.
    std::vector<Problem> explain(const std::string &id) const;

    /// Reads the file of one server again. Problems of other files do not matter here.
    std::vector<Problem> reload(const std::string &id);

private:
    /// Servers of one file are told apart by their place in it.
    struct Origin
    {
        std::filesystem::path file;
        std::size_t place = 0;
        auto operator<=>(const Origin &) const = default;
    };
    struct Reading
    {
        std::map<Origin, formats::LoadedServer> servers;
        std::optional<std::vector<NetworkProfile>> profiles; ///< none: a presets file is broken
        std::vector<Problem> problems;
        std::vector<std::string> brokenFiles;
    };

    Reading readAll() const;
    Result<std::string> add(const Origin &origin, formats::LoadedServer loaded);
    Result<bool> update(const std::string &id, const Origin &origin, Server server,
                        bool otherProfiles = false);
    Result<void> apply(const Origin &origin, Server &server);
    void readProfiles(Reading &reading) const;
    bool useProfiles(const Reading &reading);
    std::vector<Problem> explain(const Origin &origin) const;
    void dropMissing(const Reading &reading, ReloadReport &report);

    Workbench &m_workbench;
    const std::vector<std::filesystem::path> m_paths;
    const ListenOverride m_listen;
    const formats::LoadOptions m_options;
    mutable std::mutex m_mutex;
    std::map<Origin, std::string> m_ids;
    std::map<std::string, std::filesystem::path> m_folders; ///< by id: of the files it names
    std::vector<NetworkProfile> m_profiles;                 ///< what the workbench was given
    std::map<Origin, std::uint16_t> m_ports; ///< given by the override, kept over reloads
    std::uint32_t m_nextPort = 0;
};

} // namespace understudy::workspace
