// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/hosted_server.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>

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

bool needsRebind(const Listen &before, const Listen &after)
{
    return before.address != after.address || before.port != after.port;
}

} // namespace

HostedServer::HostedServer(Host &host, std::string id, Server document,
                           std::filesystem::path folder)
    : m_host(host)
    , m_id(std::move(id))
    , m_document(std::move(document))
    , m_folder(std::move(folder))
{
    becomeAnother();
}

HostedServer::~HostedServer()
{
    if (m_service)
        m_service->stopCallbacks();
}

void HostedServer::tell(Severity severity, std::string text)
{
    m_host.tell(m_id, m_document.name, severity, std::move(text));
}

std::uint64_t HostedServer::seedFor(const Server &document) const
{
    return document.seed && !m_host.options.seed ? *document.seed : m_seed;
}

HostedServer::CompileJob HostedServer::compileJob(const Server &document) const
{
    return {m_revision,
            m_memory,
            {m_folder, m_host.options.allowOutside, seedFor(document), m_id,
             m_host.options.toleratesBrokenRules || m_toleratesBrokenRules, m_host.profiles,
             m_host.switches, m_host.options.scripting}};
}

Result<std::shared_ptr<const CompiledServer>>
HostedServer::CompileJob::run(const Server &document) const
{
    return CompiledServer::compile(document, memory, options);
}

void HostedServer::chooseSeed()
{
    const auto written = m_host.options.seed ? m_host.options.seed : m_document.seed;
    m_seedChosen = !written;
    // Five digits: easy to read out and to type, and there is nothing to guess.
    m_seed = written ? *written : std::random_device{}() % 100'000;
}

Error HostedServer::fail(Error error)
{
    m_state = ServerState::Failed;
    m_error = error.message;
    tell(Severity::Error, error.message);
    return error;
}

Result<std::unique_ptr<wire::Listener>> HostedServer::bind(const Listen &listen)
{
    auto opened = wire::Listener::open(m_host.pool, listen.address, listen.port, m_service);
    if (!opened)
        return m_host.explainBind(*this, listen, opened.error());
    return opened;
}

Result<void> HostedServer::start()
{
    if (isRunning())
        return {};
    chooseSeed();
    m_memory->reset(); // numbers, and so draws, begin with the start
    auto snapshot = compileJob(m_document).run(m_document);
    if (!snapshot)
        return fail(snapshot.error());
    m_host.forgetAuthority();
    auto tls = m_host.makeTls(m_document, m_folder);
    if (!tls)
        return fail(tls.error());
    auto report
        = [&host = m_host, id = m_id, name = m_document.name](Severity severity, std::string text) {
              host.report(id, name, severity, std::move(text));
          };
    m_service
        = std::make_shared<HostedService>(m_id, std::chrono::steady_clock::now(), m_host.journal,
                                          m_host.pool, std::move(report), m_clock);
    m_service->replace(*std::move(snapshot));
    m_service->replaceTls(*std::move(tls));
    auto opened = bind(m_document.listen);
    if (!opened)
        return fail(opened.error());
    m_listener = *std::move(opened);
    m_state = ServerState::Running;
    becomeAnother();
    m_error.clear();
    tell(Severity::Note, "listening on " + urlOf(m_document.listen, m_listener->port()));
    m_told.clear();
    tellFindings();
    return {};
}

/// Each line once between start and stop, whatever is edited. Of the certificate nothing: it has
/// just been made.
void HostedServer::tellFindings()
{
    const auto found = findAll(m_document, m_host.findingsOptions(m_folder));
    for (auto &[severity, line] : summary(m_document, found)) {
        if (m_told.insert(line).second)
            tell(severity, std::move(line));
    }
}

void HostedServer::retire(Duration patience)
{
    if (!m_listener)
        return;
    m_listener->close(patience);
    std::erase_if(m_leaving, [](const auto &l) { return l->connections() == 0; });
    m_leaving.push_back(std::move(m_listener));
}

void HostedServer::stop(Duration patience)
{
    const bool was = isRunning();
    retire(patience);
    if (m_service)
        m_service->stopCallbacks();
    becomeAnother();
    m_state = ServerState::Stopped;
    m_error.clear();
    if (was)
        tell(Severity::Note, "stopped");
}

std::vector<std::unique_ptr<wire::Listener>> HostedServer::takeLeaving()
{
    return std::exchange(m_leaving, {});
}

/// The new port first, so that a refusal leaves the old one serving.
Result<void> HostedServer::rebind(const Listen &listen)
{
    auto opened = bind(listen);
    if (!opened)
        return opened.error();
    retire(std::chrono::seconds(5));
    m_listener = *std::move(opened);
    tell(Severity::Note, "now listening on " + urlOf(listen, m_listener->port()));
    return {};
}

void HostedServer::setDocument(Server document)
{
    m_document = std::move(document);
    becomeAnother();
}

Result<void> HostedServer::update(Server document,
                                  Result<std::shared_ptr<const CompiledServer>> compiled)
{
    if (!compiled)
        return compiled.error();
    auto tls = m_host.makeTls(document, m_folder);
    if (!tls)
        return tls.error();
    if (needsRebind(m_document.listen, document.listen)) {
        if (const auto bound = rebind(document.listen); !bound)
            return bound.error();
    }
    m_seed = seedFor(document);
    m_service->replaceTls(*std::move(tls));
    m_service->replace(std::move(compiled).value());
    m_listener->reconsider();
    setDocument(std::move(document));
    // A window looks at every edit itself, on a worker (ui/models/problems_model.h).
    if (!m_host.options.toleratesBrokenRules)
        tellFindings();
    return {};
}

Result<void> HostedServer::setSeed(std::uint64_t seed)
{
    if (!isRunning())
        return Error{ErrorCode::Invalid, "start the server first; a start chooses a seed anew", {}};
    CompileJob job = compileJob(m_document);
    job.options.seed = seed;
    auto snapshot = job.run(m_document);
    if (!snapshot) {
        tell(Severity::Error,
             "the seed stays " + std::to_string(m_seed) + ": " + snapshot.error().message);
        return snapshot.error();
    }
    m_seed = seed;
    becomeAnother();
    m_service->replace(*std::move(snapshot));
    tell(Severity::Note, "seed " + std::to_string(seed));
    return {};
}

std::vector<std::shared_ptr<BucketState>> HostedServer::buckets() const
{
    return m_service->snapshot()->buckets().states();
}

std::uint64_t HostedServer::hits(const std::string &endpointId) const
{
    return m_memory->endpoint(endpointId)->answers.load();
}

ServerStatus HostedServer::status() const
{
    ServerStatus status;
    status.id = m_id;
    status.name = m_document.name;
    status.state = m_state;
    status.address = m_document.listen.address;
    status.port = m_listener ? m_listener->port() : m_document.listen.port;
    status.url = urlOf(m_document.listen, status.port);
    status.error = m_error;
    status.seed = m_seed;
    status.seedChosen = m_seedChosen;
    status.requests = m_service ? m_service->requests() : 0;
    status.connections = m_listener ? m_listener->connections() : 0;
    status.endpoints = m_service ? m_service->snapshot()->endpointCount() : 0;
    return status;
}

} // namespace understudy
