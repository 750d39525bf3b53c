// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/workbench.h"

#include "core/base/text.h"
#include "core/model/edit.h"
#include "core/runtime/workbench_private.h"

#include <algorithm>
#include <iterator>

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
    explicit Locked(Private &d)
        : m_private(d)
    {
        m_private.mutex.lock();
        m_toldBefore = m_private.told;
    }
    ~Locked()
    {
        const bool hasTold = m_private.told != m_toldBefore;
        m_private.mutex.unlock();
        if (hasTold)
            m_private.events.deliver();
    }
    Locked(const Locked &) = delete;
    Locked &operator=(const Locked &) = delete;

private:
    Private &m_private;
    std::uint64_t m_toldBefore = 0;
};

Workbench::Workbench(WorkbenchOptions options)
    : d(std::make_unique<Private>(std::move(options)))
{}

Workbench::~Workbench() { stopAll(Duration{}); }

std::string Workbench::add(Server server, std::filesystem::path folder, std::string id)
{
    assignIds(server);
    const Locked lock(*d);
    const std::string wanted = id.empty() ? idFromName(server.name) : std::move(id);
    auto hosted = std::make_unique<Hosted>();
    hosted->id = wanted;
    for (int n = 2; d->find(hosted->id); ++n)
        hosted->id = wanted + '-' + std::to_string(n);
    hosted->document = std::move(server);
    hosted->folder = std::move(folder);
    d->servers.push_back(std::move(hosted));
    return d->servers.back()->id;
}

void Workbench::remove(const std::string &id)
{
    const Locked lock(*d);
    if (Hosted *server = d->find(id)) {
        d->stop(*server, Duration{});
        std::erase_if(d->servers, [&](const auto &s) { return s->id == id; });
    }
}

Result<void> Workbench::start(const std::string &id)
{
    const Locked lock(*d);
    Hosted *server = d->find(id);
    if (!server)
        return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
    return d->start(*server);
}

std::vector<std::pair<std::string, Error>> Workbench::startAll()
{
    const Locked lock(*d);
    std::vector<std::pair<std::string, Error>> failures;
    for (const auto &server : d->servers) {
        if (auto started = d->start(*server); !started)
            failures.emplace_back(server->id, started.error());
    }
    return failures;
}

void Workbench::stop(const std::string &id, Duration patience)
{
    const Locked lock(*d);
    if (Hosted *server = d->find(id))
        d->stop(*server, patience);
}

void Workbench::stopAll(Duration patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    std::vector<std::unique_ptr<wire::Listener>> leaving;
    {
        const Locked lock(*d);
        for (const auto &server : d->servers) {
            d->stop(*server, patience);
            std::move(server->leaving.begin(), server->leaving.end(), std::back_inserter(leaving));
            server->leaving.clear();
        }
    }
    for (const auto &listener : leaving)
        listener->waitClosed(
            std::chrono::duration_cast<Duration>(end - std::chrono::steady_clock::now()));
}

Result<void> Workbench::update(const std::string &id, Server server)
{
    assignIds(server);
    const Locked lock(*d);
    Hosted *hosted = d->find(id);
    if (!hosted)
        return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
    return d->update(*hosted, std::move(server));
}

std::optional<Server> Workbench::document(const std::string &id) const
{
    const Locked lock(*d);
    const Hosted *server = d->find(id);
    return server ? std::optional(server->document) : std::nullopt;
}

std::optional<ServerStatus> Workbench::status(const std::string &id) const
{
    const Locked lock(*d);
    const Hosted *server = d->find(id);
    return server ? std::optional(d->statusOf(*server)) : std::nullopt;
}

std::vector<ServerStatus> Workbench::statuses() const
{
    const Locked lock(*d);
    std::vector<ServerStatus> out;
    for (const auto &server : d->servers)
        out.push_back(d->statusOf(*server));
    return out;
}

std::uint64_t Workbench::hits(const std::string &id, const std::string &endpointId) const
{
    const Locked lock(*d);
    const Hosted *server = d->find(id);
    return server ? server->memory->endpoint(endpointId)->answers.load() : 0;
}

void Workbench::resetState(const std::string &id)
{
    const Locked lock(*d);
    if (const Hosted *server = d->find(id))
        server->memory->reset();
}

Result<void> Workbench::setSeed(const std::string &id, std::uint64_t seed)
{
    const Locked lock(*d);
    Hosted *server = d->find(id);
    if (!server)
        return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
    if (!server->isRunning())
        return Error{ErrorCode::Invalid, "start the server first; a start chooses a seed anew", {}};
    const std::uint64_t before = std::exchange(server->seed, seed);
    auto snapshot = d->compile(*server, server->document);
    if (!snapshot) {
        server->seed = before;
        d->tell(*server, Severity::Error,
                "the seed stays " + std::to_string(before) + ": " + snapshot.error().message);
        return snapshot.error();
    }
    server->service->replace(*std::move(snapshot));
    d->tell(*server, Severity::Note, "seed " + std::to_string(seed));
    return {};
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
