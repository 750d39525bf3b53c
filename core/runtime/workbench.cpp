// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/workbench.h"

#include "core/base/text.h"
#include "core/model/edit.h"
#include "core/runtime/host.h"
#include "core/runtime/hosted_server.h"

#include <algorithm>
#include <optional>

namespace understudy {

namespace {

/// An id for a server that has none.
std::string idFromName(std::string_view name)
{
    std::string id = text::slug(name);
    return id.empty() ? "server" : id;
}

} // namespace

/// Holds the workbench's lock; what was told meanwhile is handed over when it is free again. Calls
/// that told nothing do not wait for a listener that is at work.
class Workbench::Locked
{
public:
    explicit Locked(Host &host)
        : m_host(host)
    {
        m_host.mutex.lock();
        m_toldBefore = m_host.told;
    }
    ~Locked()
    {
        const bool hasTold = m_host.told != m_toldBefore;
        m_host.mutex.unlock();
        if (hasTold)
            m_host.events.deliver();
    }
    Locked(const Locked &) = delete;
    Locked &operator=(const Locked &) = delete;

private:
    Host &m_host;
    std::uint64_t m_toldBefore = 0;
};

Workbench::Workbench(WorkbenchOptions options)
    : d(std::make_unique<Host>(std::move(options)))
{}

Workbench::~Workbench() { stopAll(Duration{}); }

std::string Workbench::add(Server server, std::filesystem::path folder, std::string id)
{
    assignIds(server);
    const Locked lock(*d);
    const std::string wanted = id.empty() ? idFromName(server.name) : std::move(id);
    std::string given = wanted;
    for (int n = 2; d->find(given); ++n)
        given = wanted + '-' + std::to_string(n);
    d->servers.push_back(
        std::make_unique<HostedServer>(*d, given, std::move(server), std::move(folder)));
    return given;
}

void Workbench::tolerateBrokenRules(const std::string &id)
{
    const Locked lock(*d);
    if (HostedServer *server = d->find(id))
        server->tolerateBrokenRules();
}

void Workbench::remove(const std::string &id)
{
    const Locked lock(*d);
    if (HostedServer *server = d->find(id)) {
        server->stop(Duration{});
        std::erase_if(d->servers, [&](const auto &s) { return s.get() == server; });
    }
}

Result<void> Workbench::start(const std::string &id)
{
    const Locked lock(*d);
    HostedServer *server = d->find(id);
    if (!server)
        return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
    return server->start();
}

std::vector<std::pair<std::string, Error>> Workbench::startAll()
{
    const Locked lock(*d);
    std::vector<std::pair<std::string, Error>> failures;
    for (const auto &server : d->servers) {
        if (auto started = server->start(); !started)
            failures.emplace_back(server->id(), started.error());
    }
    return failures;
}

void Workbench::stop(const std::string &id, Duration patience)
{
    const Locked lock(*d);
    if (HostedServer *server = d->find(id))
        server->stop(patience);
}

void Workbench::stopAll(Duration patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    std::vector<std::unique_ptr<wire::Listener>> leaving;
    {
        const Locked lock(*d);
        for (const auto &server : d->servers) {
            server->stop(patience);
            for (auto &listener : server->takeLeaving())
                leaving.push_back(std::move(listener));
        }
    }
    for (const auto &listener : leaving)
        listener->waitClosed(
            std::chrono::duration_cast<Duration>(end - std::chrono::steady_clock::now()));
}

Result<void> Workbench::update(const std::string &id, Server server)
{
    assignIds(server);
    std::optional<HostedServer::CompileJob> job;
    std::optional<Result<std::shared_ptr<const CompiledServer>>> compiled;
    while (true) {
        {
            const Locked lock(*d);
            HostedServer *hosted = d->find(id);
            if (!hosted)
                return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
            if (!hosted->isRunning()) {
                hosted->setDocument(std::move(server));
                return {};
            }
            if (compiled && hosted->revision() == job->revision)
                return hosted->update(std::move(server), *std::move(compiled));
            // The first time, or it became another while it was compiled.
            job = hosted->compileJob(server);
        }
        // Large documents take a while: meanwhile others may use the workbench.
        compiled = job->run(server);
    }
}

std::optional<Server> Workbench::document(const std::string &id) const
{
    const Locked lock(*d);
    const HostedServer *server = d->find(id);
    return server ? std::optional(server->document()) : std::nullopt;
}

std::optional<ServerStatus> Workbench::status(const std::string &id) const
{
    const Locked lock(*d);
    const HostedServer *server = d->find(id);
    return server ? std::optional(server->status()) : std::nullopt;
}

std::vector<ServerStatus> Workbench::statuses() const
{
    const Locked lock(*d);
    std::vector<ServerStatus> out;
    for (const auto &server : d->servers)
        out.push_back(server->status());
    return out;
}

std::uint64_t Workbench::hits(const std::string &id, const std::string &endpointId) const
{
    const Locked lock(*d);
    const HostedServer *server = d->find(id);
    return server ? server->hits(endpointId) : 0;
}

void Workbench::resetState(const std::string &id)
{
    const Locked lock(*d);
    if (HostedServer *server = d->find(id))
        server->resetState();
}

Result<void> Workbench::setSeed(const std::string &id, std::uint64_t seed)
{
    const Locked lock(*d);
    HostedServer *server = d->find(id);
    if (!server)
        return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
    return server->setSeed(seed);
}

FindingsOptions Workbench::findingsOptions(const std::filesystem::path &folder) const
{
    const Locked lock(*d);
    FindingsOptions options = d->findingsOptions(folder);
    options.authorityFolder = d->options.authorityFolder;
    options.now = std::chrono::system_clock::now();
    return options;
}

FaultSwitches &Workbench::faultSwitches() { return *d->switches; }

void Workbench::setNetworkProfiles(std::vector<NetworkProfile> profiles)
{
    const Locked lock(*d);
    d->profiles = builtinNetworkProfiles();
    for (NetworkProfile &profile : profiles) {
        std::erase_if(d->profiles, [&](const auto &p) { return p.name == profile.name; });
        d->profiles.push_back(std::move(profile));
    }
}

bool Workbench::allowsOutside() const { return d->options.allowOutside; }

Journal &Workbench::journal() { return d->journal; }

const Journal &Workbench::journal() const { return d->journal; }

void Workbench::onEvent(std::function<void(const ServerEvent &)> listener)
{
    d->events.setListener(std::move(listener));
}

} // namespace understudy
