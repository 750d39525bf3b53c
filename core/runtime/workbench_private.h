// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/server_memory.h"
#include "core/runtime/event_queue.h"
#include "core/runtime/hosted_server.h"
#include "core/runtime/workbench.h"
#include "core/wire/io_pool.h"
#include "core/wire/listener.h"
#include "core/wire/tls/certificate_authority.h"
#include "core/wire/tls/tls_context.h"

#include <mutex>
#include <set>

/// How the workbench runs its servers. Only its own sources include this.
namespace understudy {

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

/// Everything under the workbench's lock: who calls here holds `mutex`. Events are noted, and
/// handed over by whoever leaves the lock.
class Workbench::Private
{
public:
    explicit Private(WorkbenchOptions o);

    Hosted *find(const std::string &id);
    /// Notes an event.
    void tell(const Hosted &server, Severity severity, std::string text);
    FindingsOptions findingsOptions(const std::filesystem::path &folder) const;
    Result<std::shared_ptr<const CompiledServer>> compile(const Hosted &server,
                                                          const Server &document) const;

    Result<void> start(Hosted &server);
    void stop(Hosted &server, Duration patience);
    Result<void> update(Hosted &server, Server document);
    ServerStatus statusOf(const Hosted &server) const;

    WorkbenchOptions options;
    std::mutex mutex;
    EventQueue<ServerEvent> events; ///< filled under the lock, delivered without it
    std::vector<NetworkProfile> profiles = builtinNetworkProfiles();
    std::shared_ptr<FaultSwitches> switches = std::make_shared<FaultSwitches>();
    std::shared_ptr<wire::CertificateAuthority> authority; ///< opened when it is first needed
    Journal journal;
    wire::IoPool pool; // after the journal: its threads append
    std::vector<std::unique_ptr<Hosted>> servers;

private:
    void tell(const std::string &id, const std::string &name, Severity severity, std::string text);
    void tellFindings(Hosted &server);
    /// What TLS clients of a document are shown; null for plain HTTP.
    Result<std::shared_ptr<const wire::TlsContext>> makeTls(const Hosted &server,
                                                            const Server &document);
    Result<void> openAuthority();
    void chooseSeed(Hosted &server) const;
    Error explainBind(const Hosted &server, const Server &document, Error error);
    Error fail(Hosted &server, Error error);
    Result<std::unique_ptr<wire::Listener>> bind(Hosted &server, const Server &document);
    void retire(Hosted &server, Duration patience);
};

} // namespace understudy
