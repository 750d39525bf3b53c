// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/workbench_private.h"

#include "core/runtime/port_holder.h"

#include <algorithm>
#include <random>

namespace understudy {

namespace {

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

bool hasTlsFault(const Server &document)
{
    const auto &faults = document.behaviour.faults;
    return std::any_of(faults.begin(), faults.end(),
                       [](const Fault &f) { return f.kind == FaultKind::Tls; });
}

} // namespace

Workbench::Private::Private(WorkbenchOptions o)
    : options(std::move(o))
    , journal(options.keepJournal ? options.journal : JournalLimits{0, 0, 0})
    , pool(options.threads)
{}

Hosted *Workbench::Private::find(const std::string &id)
{
    const auto at
        = std::find_if(servers.begin(), servers.end(), [&](const auto &s) { return s->id == id; });
    return at == servers.end() ? nullptr : at->get();
}

void Workbench::Private::tell(const Hosted &server, Severity severity, std::string text)
{
    tell(server.id, server.document.name, severity, std::move(text));
}

void Workbench::Private::tell(const std::string &id, const std::string &name, Severity severity,
                              std::string text)
{
    events.add({std::chrono::system_clock::now(), severity, id, name, std::move(text)});
}

FindingsOptions Workbench::Private::findingsOptions(const std::filesystem::path &folder) const
{
    FindingsOptions out;
    out.folder = folder;
    out.allowOutside = options.allowOutside;
    out.toleratesBrokenRules = options.toleratesBrokenRules;
    out.profiles = profiles;
    return out;
}

Result<std::shared_ptr<const CompiledServer>>
Workbench::Private::compile(const Hosted &server, const Server &document) const
{
    return CompiledServer::compile(document, server.memory,
                                   {server.folder, options.allowOutside, server.seed, server.id,
                                    options.toleratesBrokenRules, profiles, switches});
}

Result<std::shared_ptr<const wire::TlsContext>> Workbench::Private::makeTls(const Hosted &server,
                                                                            const Server &document)
{
    if (!document.listen.tls)
        return std::shared_ptr<const wire::TlsContext>{};
    if (document.listen.tls->kind == Tls::Kind::SelfSigned || !document.listen.tls->fault.empty()
        || hasTlsFault(document)) {
        auto opened = openAuthority();
        if (!opened)
            return opened.error();
    }
    return wire::TlsContext::create(*document.listen.tls, server.folder, document.listen.address,
                                    authority, std::chrono::system_clock::now());
}

Result<void> Workbench::Private::openAuthority()
{
    if (authority)
        return {};
    auto opened = wire::CertificateAuthority::open(options.authorityFolder);
    if (!opened)
        return opened.error();
    authority = *std::move(opened);
    return {};
}

void Workbench::Private::chooseSeed(Hosted &server) const
{
    const auto written = options.seed ? options.seed : server.document.seed;
    server.seedChosen = !written;
    // Five digits: easy to read out and to type, and there is nothing to guess.
    server.seed = written ? *written : std::random_device{}() % 100'000;
}

Error Workbench::Private::explainBind(const Hosted &server, const Server &document, Error error)
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
        error.message = "port " + std::to_string(port) + " is used by " + holder->name + " (pid "
                        + std::to_string(holder->pid) + ')';
    }
    return error;
}

Error Workbench::Private::fail(Hosted &server, Error error)
{
    server.state = ServerState::Failed;
    server.error = error.message;
    tell(server, Severity::Error, error.message);
    return error;
}

Result<std::unique_ptr<wire::Listener>> Workbench::Private::bind(Hosted &server,
                                                                 const Server &document)
{
    auto opened
        = wire::Listener::open(pool, document.listen.address, document.listen.port, server.service);
    if (!opened)
        return explainBind(server, document, opened.error());
    return opened;
}

Result<void> Workbench::Private::start(Hosted &server)
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
    // Reports come from I/O threads, which do not hold the lock.
    auto report
        = [this, id = server.id, name = server.document.name](Severity severity, std::string text) {
              tell(id, name, severity, std::move(text));
              events.deliver();
          };
    server.service = std::make_shared<HostedService>(server.id, std::chrono::steady_clock::now(),
                                                     journal, std::move(report));
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
    tellFindings(server);
    return {};
}

/// Each line once between start and stop, whatever is edited. Of the certificate nothing: it has
/// just been made.
void Workbench::Private::tellFindings(Hosted &server)
{
    const auto found = findAll(server.document, findingsOptions(server.folder));
    for (auto &[severity, line] : summary(server.document, found)) {
        if (server.told.insert(line).second)
            tell(server, severity, std::move(line));
    }
}

void Workbench::Private::retire(Hosted &server, Duration patience)
{
    if (!server.listener)
        return;
    server.listener->close(patience);
    std::erase_if(server.leaving, [](const auto &l) { return l->connections() == 0; });
    server.leaving.push_back(std::move(server.listener));
}

void Workbench::Private::stop(Hosted &server, Duration patience)
{
    const bool was = server.isRunning();
    retire(server, patience);
    server.state = ServerState::Stopped;
    server.error.clear();
    if (was)
        tell(server, Severity::Note, "stopped");
}

Result<void> Workbench::Private::update(Hosted &server, Server document)
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
    // A window looks at every edit itself, on a worker (ui/models/problems_model.h).
    if (!options.toleratesBrokenRules)
        tellFindings(server);
    return {};
}

ServerStatus Workbench::Private::statusOf(const Hosted &server) const
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

} // namespace understudy
