// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/served_workspace.h"

#include "core/base/own_files.h"
#include "core/formats/presets.h"
#include "core/workspace/problems.h"

#include <algorithm>
#include <set>
#include <utility>

namespace understudy::workspace {
namespace {

namespace fs = std::filesystem;

std::size_t countErrors(const std::vector<Problem> &problems)
{
    return static_cast<std::size_t>(
        std::ranges::count(problems, Severity::Error, &Problem::severity));
}

} // namespace

ServedWorkspace::ServedWorkspace(Workbench &workbench, std::vector<fs::path> paths,
                                 ListenOverride listen, formats::LoadOptions options)
    : m_workbench(workbench)
    , m_paths(std::move(paths))
    , m_listen(std::move(listen))
    , m_options(std::move(options))
    , m_nextPort(m_listen.port.value_or(0))
{}

std::vector<Problem> ServedWorkspace::addAll()
{
    const std::lock_guard lock(m_mutex);
    Reading reading = readAll();
    if (reading.servers.empty() && reading.problems.empty()) {
        reading.problems.push_back({Severity::Error,
                                    {ErrorCode::NotFound,
                                     "there is no mock file in it",
                                     {m_paths.front().string(), 0, 0}}});
    }
    useProfiles(reading);
    for (auto &[origin, loaded] : reading.servers) {
        if (const auto id = add(origin, std::move(loaded)); !id)
            reading.problems.push_back({Severity::Error, id.error()});
    }
    return std::move(reading.problems);
}

std::vector<fs::path> ServedWorkspace::folders() const
{
    std::set<fs::path> folders;
    for (const fs::path &path : m_paths) {
        std::error_code ignored;
        const bool isFolder = fs::is_directory(path, ignored);
        folders.insert(isFolder ? path : files::folderOf(path));
        if (!isFolder || !formats::isServerFolder(path))
            continue;
        for (fs::recursive_directory_iterator entry(path, ignored), end; !ignored && entry != end;
             entry.increment(ignored)) {
            if (entry->is_directory(ignored))
                folders.insert(entry->path());
        }
    }
    return {folders.begin(), folders.end()};
}

fs::path ServedWorkspace::folderOf(const std::string &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_folders.find(id);
    return found == m_folders.end() ? fs::path() : found->second;
}

ReloadReport ServedWorkspace::reloadAll()
{
    const std::lock_guard lock(m_mutex);
    Reading reading = readAll();
    ReloadReport report;
    dropMissing(reading, report);
    const bool otherProfiles = useProfiles(reading);
    for (auto &[origin, loaded] : reading.servers) {
        const auto known = m_ids.find(origin);
        if (known != m_ids.end()) {
            const auto changed
                = update(known->second, origin, std::move(loaded.server), otherProfiles);
            if (!changed)
                reading.problems.push_back({Severity::Error, changed.error()});
            else if (*changed)
                report.updated.push_back(known->second);
            continue;
        }
        const auto id = add(origin, std::move(loaded));
        if (!id)
            reading.problems.push_back({Severity::Error, id.error()});
        else if (m_workbench.start(*id)) // a failure is an event of the workbench
            report.added.push_back(*id);
    }
    report.problems = std::move(reading.problems);
    return report;
}

std::vector<Problem> ServedWorkspace::reload(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    const auto known
        = std::ranges::find_if(m_ids, [&](const auto &entry) { return entry.second == id; });
    if (known == m_ids.end())
        return {{Severity::Error, {ErrorCode::NotFound, "no file belongs to this server", {}}}};
    const Origin &origin = known->first;
    formats::LoadOutcome loaded = formats::load(origin.file, m_options);
    if (!loaded.ok())
        return std::move(loaded.errors);
    if (origin.place >= loaded.servers.size()) {
        return {
            {Severity::Error,
             {ErrorCode::NotFound, "no longer holds this server", {origin.file.string(), 0, 0}}}};
    }
    formats::LoadedServer &server = loaded.servers[origin.place];
    std::vector<Problem> problems = std::move(server.problems);
    if (const auto updated = update(id, origin, std::move(server.server)); !updated)
        problems.push_back({Severity::Error, updated.error()});
    return problems;
}

ServedWorkspace::Reading ServedWorkspace::readAll() const
{
    Reading reading;
    for (const fs::path &path : m_paths) {
        formats::LoadOutcome loaded = formats::load(path, m_options);
        for (Problem &problem : loaded.errors) {
            reading.brokenFiles.push_back(problem.error.where.file);
            reading.problems.push_back(std::move(problem));
        }
        std::map<fs::path, std::size_t> places;
        for (formats::LoadedServer &server : loaded.servers) {
            reading.problems.insert(reading.problems.end(), server.problems.begin(),
                                    server.problems.end());
            Origin origin{server.file, places[server.file]++};
            reading.servers.try_emplace(std::move(origin), std::move(server));
        }
    }
    readProfiles(reading);
    return reading;
}

/// The network profiles of every folder over the built-in ones. All servers share them, so folders
/// that mean different things by one name are told.
void ServedWorkspace::readProfiles(Reading &reading) const
{
    const std::vector<NetworkProfile> &builtin = formats::builtinPresets().networks;
    std::vector<NetworkProfile> all = builtin;
    std::map<std::string, fs::path> own;
    bool broken = false;
    for (const fs::path &folder : folders()) {
        formats::PresetsRead read = formats::loadPresets(folder);
        broken = broken || countErrors(read.problems) > 0;
        std::ranges::move(read.problems, std::back_inserter(reading.problems));
        for (const NetworkProfile &profile : read.presets.networks) {
            if (std::ranges::find(all, profile) != all.end())
                continue;
            const auto [first, isNew] = own.try_emplace(profile.name, folder);
            if (!isNew) {
                reading.problems.push_back(
                    {Severity::Warning,
                     {ErrorCode::Invalid,
                      "the network profile " + profile.name + " is another one in "
                          + (first->second / files::kPresetsFile).string() + ", which is used",
                      {(folder / files::kPresetsFile).string(), 0, 0}}});
                continue;
            }
            std::erase_if(all, [&](const auto &other) { return other.name == profile.name; });
            all.push_back(profile);
        }
    }
    if (!broken)
        reading.profiles = std::move(all);
}

/// True if they are not those that the servers have.
bool ServedWorkspace::useProfiles(const Reading &reading)
{
    if (!reading.profiles || *reading.profiles == m_profiles)
        return false;
    m_profiles = *reading.profiles;
    m_workbench.setNetworkProfiles(m_profiles);
    return true;
}

Result<std::string> ServedWorkspace::add(const Origin &origin, formats::LoadedServer loaded)
{
    if (const auto applied = apply(origin, loaded.server); !applied)
        return applied.error();
    const fs::path folder = loaded.folder();
    const bool isOurs = loaded.format == "native";
    std::string id = m_workbench.add(std::move(loaded.server), folder, std::move(loaded.id));
    if (!isOurs)
        m_workbench.tolerateBrokenRules(id);
    m_ids[origin] = id;
    m_folders[id] = folder;
    return id;
}

/// True if the document differs from the one that is served, or means something else by now.
Result<bool> ServedWorkspace::update(const std::string &id, const Origin &origin, Server server,
                                     bool otherProfiles)
{
    if (const auto applied = apply(origin, server); !applied)
        return applied.error();
    const auto before = m_workbench.status(id);
    const bool failed = before && before->state == ServerState::Failed;
    // What made a start fail may have been another file: a certificate, say.
    if (!failed && !otherProfiles && m_workbench.document(id) == server)
        return false;
    if (const auto updated = m_workbench.update(id, std::move(server)); !updated) {
        if (const auto reasons = explain(origin); !reasons.empty())
            return reasons.front().error;
        Error error = updated.error();
        if (error.where.file.empty())
            error.where.file = origin.file.string();
        return error;
    }
    // The edit may be the cure of a start that failed; a server that somebody stopped stays
    // stopped.
    const auto status = m_workbench.status(id);
    if (status && status->state == ServerState::Failed) {
        if (const auto started = m_workbench.start(id); !started)
            return started.error();
    }
    return true;
}

std::vector<Problem> ServedWorkspace::explain(const std::string &id) const
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[origin, its] : m_ids) {
        if (its == id)
            return explain(origin);
    }
    return {};
}

std::vector<Problem> ServedWorkspace::explain(const Origin &origin) const
{
    const formats::LoadOutcome loaded = formats::load(origin.file, m_options);
    if (origin.place >= loaded.servers.size())
        return {};
    const formats::LoadedServer &server = loaded.servers[origin.place];
    FindingsOptions options;
    options.allowOutside = m_workbench.allowsOutside();
    if (!m_profiles.empty())
        options.profiles = m_profiles;
    std::vector<Problem> problems = problemsOf(server, std::move(options));
    std::erase_if(problems, [](const Problem &p) { return p.severity != Severity::Error; });
    return problems;
}

/// Writes what the command line asked for over what the file says.
Result<void> ServedWorkspace::apply(const Origin &origin, Server &server)
{
    if (m_listen.address)
        server.listen.address = *m_listen.address;
    if (!m_listen.port)
        return {};
    const auto [port, isNew] = m_ports.try_emplace(origin, static_cast<std::uint16_t>(m_nextPort));
    if (isNew && *m_listen.port != 0) {
        if (m_nextPort > 65535)
            return Error{ErrorCode::Invalid,
                         "no port is left above --port for this server",
                         {origin.file.string(), 0, 0}};
        ++m_nextPort;
    }
    server.listen.port = port->second;
    return {};
}

void ServedWorkspace::dropMissing(const Reading &reading, ReloadReport &report)
{
    std::erase_if(m_ids, [&](const auto &entry) {
        const Origin &origin = entry.first;
        const std::string &id = entry.second;
        const bool broken = std::ranges::any_of(reading.brokenFiles, [&](const fs::path &path) {
            return path == origin.file || path == origin.file.parent_path();
        });
        if (broken || reading.servers.contains(origin))
            return false;
        const auto status = m_workbench.status(id);
        report.removed.push_back(status ? status->name : id);
        m_workbench.remove(id);
        m_folders.erase(id);
        return true;
    });
}

} // namespace understudy::workspace
