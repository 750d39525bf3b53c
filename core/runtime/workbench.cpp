// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/workbench.h"

#include "core/base/text.h"
#include "core/engine/server_memory.h"
#include "core/runtime/hosted_server.h"
#include "core/runtime/port_holder.h"
#include "core/wire/io_pool.h"
#include "core/wire/listener.h"
#include "core/wire/tls/certificate_authority.h"
#include "core/wire/tls/tls_context.h"

#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <random>
#include <set>

namespace understudy {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// A server in the workbench, running or not.
struct Hosted
{
    std::string id;
    Server document;
    std::filesystem::path folder;
    ServerState state = ServerState::Stopped;
    std::string error;
    std::uint64_t seed = 0;
    bool seedChosen = false;
    std::shared_ptr<ServerMemory> memory = std::make_shared<ServerMemory>();
    std::shared_ptr<HostedService> service;
    std::set<std::string> told; ///< notices since the start
    std::unique_ptr<wire::Listener> listener;
    std::vector<std::unique_ptr<wire::Listener>> leaving; ///< closed, with answers still in flight

    bool isRunning() const { return state == ServerState::Running; }
};

std::string slug(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        const char l = text::lower(c);
        if ((l >= 'a' && l <= 'z') || (l >= '0' && l <= '9'))
            out += l;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (out.ends_with('-'))
        out.pop_back();
    return out.empty() ? "server" : out;
}

std::string urlOf(const Listen &listen, std::uint16_t port)
{
    std::string host = listen.address;
    if (host == "0.0.0.0" || host == "::" || host == "[::]")
        host = "127.0.0.1";
    else if (host.find(':') != std::string::npos && !host.starts_with('['))
        host = '[' + host + ']';
    return (listen.tls ? "https://" : "http://") + host + ':' + std::to_string(port);
}

bool needsRebind(const Server &before, const Server &after)
{
    return before.listen.address != after.listen.address || before.listen.port != after.listen.port;
}

} // namespace

class Workbench::Private
{
public:
    explicit Private(WorkbenchOptions o)
        : options(std::move(o))
        , journal(options.keepJournal ? options.journal : JournalLimits{0, 0, 0})
        , pool(options.threads)
    {}

    Hosted *find(const std::string &id)
    {
        const auto at = std::find_if(servers.begin(), servers.end(),
                                     [&](const auto &s) { return s->id == id; });
        return at == servers.end() ? nullptr : at->get();
    }

    void tell(const Hosted &server, Severity severity, std::string text) const
    {
        tell(server.id, server.document.name, severity, std::move(text));
    }
    void tell(const std::string &id, const std::string &name, Severity severity,
              std::string text) const
    {
        if (listener)
            listener({std::chrono::system_clock::now(), severity, id, name, std::move(text)});
    }

    Result<std::shared_ptr<const CompiledServer>> compile(const Hosted &server,
                                                          const Server &document) const
    {
        return CompiledServer::compile(document, server.memory,
                                       {server.folder, options.allowOutside, server.seed, server.id,
                                        options.toleratesBrokenRules, profiles, switches});
    }

    /// What TLS clients of a document are shown; null for plain HTTP.
    Result<std::shared_ptr<const wire::TlsContext>> makeTls(const Hosted &server,
                                                            const Server &document)
    {
        if (!document.listen.tls)
            return std::shared_ptr<const wire::TlsContext>{};
        if (document.listen.tls->kind == Tls::Kind::SelfSigned
            || !document.listen.tls->fault.empty() || hasTlsFault(document)) {
            auto opened = openAuthority();
            if (!opened)
                return opened.error();
        }
        return wire::TlsContext::create(*document.listen.tls, server.folder,
                                        document.listen.address, authority,
                                        std::chrono::system_clock::now());
    }

    static bool hasTlsFault(const Server &document)
    {
        const auto &faults = document.behaviour.faults;
        return std::any_of(faults.begin(), faults.end(),
                           [](const Fault &f) { return f.kind == FaultKind::Tls; });
    }

    Result<void> openAuthority()
    {
        if (authority)
            return {};
        auto opened = wire::CertificateAuthority::open(options.authorityFolder);
        if (!opened)
            return opened.error();
        authority = *std::move(opened);
        return {};
    }

    void chooseSeed(Hosted &server) const
    {
        const auto written = options.seed ? options.seed : server.document.seed;
        server.seedChosen = !written;
        // Five digits: easy to read out and to type, and there is nothing to guess.
        server.seed = written ? *written : std::random_device{}() % 100'000;
    }

    Error explainBind(const Hosted &server, const Server &document, Error error)
    {
        if (error.code != ErrorCode::InUse)
            return error;
        const std::uint16_t port = document.listen.port;
        for (const auto &other : servers) {
            if (other.get() != &server && other->isRunning() && other->listener
                && other->listener->port() == port) {
                error.message = "port " + std::to_string(port) + " is used by server '"
                                + other->document.name + "' of this workspace";
                return error;
            }
        }
        if (const auto holder = findPortHolder(port)) {
            error.message = "port " + std::to_string(port) + " is used by " + holder->name
                            + " (pid " + std::to_string(holder->pid) + ')';
        }
        return error;
    }

    Error fail(Hosted &server, Error error)
    {
        server.state = ServerState::Failed;
        server.error = error.message;
        tell(server, Severity::Error, error.message);
        return error;
    }

    Result<std::unique_ptr<wire::Listener>> bind(Hosted &server, const Server &document)
    {
        auto opened = wire::Listener::open(pool, document.listen.address, document.listen.port,
                                           server.service);
        if (!opened)
            return explainBind(server, document, opened.error());
        return opened;
    }

    Result<void> start(Hosted &server)
    {
        if (server.isRunning())
            return {};
        chooseSeed(server);
        server.memory->reset(); // numbers, and so draws, begin with the start
        auto snapshot = compile(server, server.document);
        if (!snapshot)
            return fail(server, snapshot.error());
        if (!options.authorityFolder.empty())
            authority.reset(); // it may have been renewed meanwhile
        auto tls = makeTls(server, server.document);
        if (!tls)
            return fail(server, tls.error());
        server.service
            = std::make_shared<HostedService>(server.id, SteadyClock::now(), journal,
                                              [this, id = server.id, name = server.document.name](
                                                  Severity severity, std::string text) {
                                                  tell(id, name, severity, std::move(text));
                                              });
        server.service->replace(*snapshot);
        server.service->replaceTls(*std::move(tls));
        auto opened = bind(server, server.document);
        if (!opened)
            return fail(server, opened.error());
        server.listener = *std::move(opened);
        server.state = ServerState::Running;
        server.error.clear();
        tell(server, Severity::Note,
             "listening on " + urlOf(server.document.listen, server.listener->port()));
        server.told.clear();
        tellNotices(server, **snapshot);
        return {};
    }

    /// Each notice once between start and stop, whatever is edited.
    void tellNotices(Hosted &server, const CompiledServer &snapshot) const
    {
        for (const std::string &notice : snapshot.notices()) {
            if (server.told.insert(notice).second)
                tell(server, Severity::Warning, notice);
        }
    }

    void retire(Hosted &server, Duration patience)
    {
        if (!server.listener)
            return;
        server.listener->close(patience);
        std::erase_if(server.leaving, [](const auto &l) { return l->connections() == 0; });
        server.leaving.push_back(std::move(server.listener));
    }

    void stop(Hosted &server, Duration patience)
    {
        const bool was = server.isRunning();
        retire(server, patience);
        server.state = ServerState::Stopped;
        server.error.clear();
        if (was)
            tell(server, Severity::Note, "stopped");
    }

    Result<void> update(Hosted &server, Server document)
    {
        if (!server.isRunning()) {
            server.document = std::move(document);
            return {};
        }
        const std::uint64_t seedBefore = server.seed;
        if (document.seed && !options.seed)
            server.seed = *document.seed;
        auto snapshot = compile(server, document);
        if (!snapshot) {
            server.seed = seedBefore;
            return snapshot.error();
        }
        auto tls = makeTls(server, document);
        if (!tls) {
            server.seed = seedBefore;
            return tls.error();
        }
        if (needsRebind(server.document, document)) {
            // The new port first, so that a refusal leaves the old one serving.
            auto opened = bind(server, document);
            if (!opened) {
                server.seed = seedBefore;
                return opened.error();
            }
            retire(server, std::chrono::seconds(5));
            server.listener = *std::move(opened);
            tell(server, Severity::Note,
                 "now listening on " + urlOf(document.listen, server.listener->port()));
        }
        server.service->replaceTls(*std::move(tls));
        server.service->replace(*snapshot);
        server.listener->reconsider();
        server.document = std::move(document);
        tellNotices(server, **snapshot);
        return {};
    }

    ServerStatus statusOf(const Hosted &server) const
    {
        ServerStatus status;
        status.id = server.id;
        status.name = server.document.name;
        status.state = server.state;
        status.address = server.document.listen.address;
        status.port = server.listener ? server.listener->port() : server.document.listen.port;
        status.url = urlOf(server.document.listen, status.port);
        status.error = server.error;
        status.seed = server.seed;
        status.seedChosen = server.seedChosen;
        status.requests = server.service ? server.service->requests() : 0;
        status.connections = server.listener ? server.listener->connections() : 0;
        status.endpoints = server.service ? server.service->snapshot()->endpointCount() : 0;
        return status;
    }

    WorkbenchOptions options;
    mutable std::recursive_mutex
        mutex; ///< recursive: a listener may ask for the status it was told about
    std::function<void(const ServerEvent &)> listener;
    std::vector<NetworkProfile> profiles = builtinNetworkProfiles();
    std::shared_ptr<FaultSwitches> switches = std::make_shared<FaultSwitches>();
    std::shared_ptr<wire::CertificateAuthority> authority; ///< opened when it is first needed
    Journal journal;
    wire::IoPool pool; // after the journal: its threads append
    std::vector<std::unique_ptr<Hosted>> servers;
};

Workbench::Workbench(WorkbenchOptions options)
    : d(std::make_unique<Private>(std::move(options)))
{}

Workbench::~Workbench() { stopAll(Duration{}); }

std::string Workbench::add(Server server, std::filesystem::path folder, std::string id)
{
    const std::lock_guard lock(d->mutex);
    const std::string wanted = id.empty() ? slug(server.name) : std::move(id);
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
    const std::lock_guard lock(d->mutex);
    if (Hosted *server = d->find(id)) {
        d->stop(*server, Duration{});
        std::erase_if(d->servers, [&](const auto &s) { return s->id == id; });
    }
}

Result<void> Workbench::start(const std::string &id)
{
    const std::lock_guard lock(d->mutex);
    Hosted *server = d->find(id);
    if (!server)
        return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
    return d->start(*server);
}

std::vector<std::pair<std::string, Error>> Workbench::startAll()
{
    const std::lock_guard lock(d->mutex);
    std::vector<std::pair<std::string, Error>> failures;
    for (const auto &server : d->servers) {
        if (auto started = d->start(*server); !started)
            failures.emplace_back(server->id, started.error());
    }
    return failures;
}

void Workbench::stop(const std::string &id, Duration patience)
{
    const std::lock_guard lock(d->mutex);
    if (Hosted *server = d->find(id))
        d->stop(*server, patience);
}

void Workbench::stopAll(Duration patience)
{
    const std::lock_guard lock(d->mutex);
    const auto end = SteadyClock::now() + patience;
    for (const auto &server : d->servers)
        d->stop(*server, patience);
    for (const auto &server : d->servers) {
        for (const auto &listener : server->leaving)
            listener->waitClosed(std::chrono::duration_cast<Duration>(end - SteadyClock::now()));
        server->leaving.clear();
    }
}

Result<void> Workbench::update(const std::string &id, Server server)
{
    const std::lock_guard lock(d->mutex);
    Hosted *hosted = d->find(id);
    if (!hosted)
        return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
    return d->update(*hosted, std::move(server));
}

std::optional<Server> Workbench::document(const std::string &id) const
{
    const std::lock_guard lock(d->mutex);
    const Hosted *server = d->find(id);
    return server ? std::optional(server->document) : std::nullopt;
}

std::optional<ServerStatus> Workbench::status(const std::string &id) const
{
    const std::lock_guard lock(d->mutex);
    const Hosted *server = d->find(id);
    return server ? std::optional(d->statusOf(*server)) : std::nullopt;
}

std::vector<ServerStatus> Workbench::statuses() const
{
    const std::lock_guard lock(d->mutex);
    std::vector<ServerStatus> out;
    for (const auto &server : d->servers)
        out.push_back(d->statusOf(*server));
    return out;
}

std::uint64_t Workbench::hits(const std::string &id, const std::string &endpointId) const
{
    const std::lock_guard lock(d->mutex);
    const Hosted *server = d->find(id);
    return server ? server->memory->endpoint(endpointId)->answers.load() : 0;
}

void Workbench::resetState(const std::string &id)
{
    const std::lock_guard lock(d->mutex);
    if (const Hosted *server = d->find(id))
        server->memory->reset();
}

void Workbench::setSeed(const std::string &id, std::uint64_t seed)
{
    const std::lock_guard lock(d->mutex);
    Hosted *server = d->find(id);
    if (!server || !server->isRunning())
        return;
    server->seed = seed;
    if (auto snapshot = d->compile(*server, server->document))
        server->service->replace(*std::move(snapshot));
    d->tell(*server, Severity::Note, "seed " + std::to_string(seed));
}

FaultSwitches &Workbench::faultSwitches() { return *d->switches; }

void Workbench::setNetworkProfiles(std::vector<NetworkProfile> profiles)
{
    const std::lock_guard lock(d->mutex);
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
    const std::lock_guard lock(d->mutex);
    d->listener = std::move(listener);
}

} // namespace understudy
