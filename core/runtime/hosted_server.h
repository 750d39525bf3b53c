// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/compiled_server.h"
#include "core/engine/server_memory.h"
#include "core/runtime/host.h"
#include "core/runtime/hosted_service.h"
#include "core/wire/listener.h"

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace understudy {

/// One server of a workbench, running or not: compiles its document, listens, binds anew where an
/// edit asks for it, stops. Used under the lock of its Host, which outlives it.
class HostedServer
{
public:
    HostedServer(Host &host, std::string id, Server document, std::filesystem::path folder);
    ~HostedServer();
    HostedServer(const HostedServer &) = delete;
    HostedServer &operator=(const HostedServer &) = delete;

    /// A broken rule is off from the next compilation on.
    void tolerateBrokenRules() { m_toleratesBrokenRules = true; }

    const std::string &id() const { return m_id; }
    const Server &document() const { return m_document; }
    bool isRunning() const { return m_state == ServerState::Running; }
    /// Where it listens; 0 if it does not.
    std::uint16_t port() const { return m_listener ? m_listener->port() : std::uint16_t{0}; }
    ServerStatus status() const;
    std::uint64_t hits(const std::string &endpointId) const;

    /// Errors as Workbench::start says; the server has failed then, and says why in its status.
    Result<void> start();
    /// Answers in flight have `patience` to be finished, in the background.
    void stop(Duration patience);
    /// Listeners that are closed with answers still in flight; they are the caller's now.
    std::vector<std::unique_ptr<wire::Listener>> takeLeaving();

    /// What compiling an edit of this server takes, so that it can be done without the lock.
    struct CompileJob
    {
        std::uint64_t revision = 0; ///< of the server; the result is good as long as it is the same
        std::shared_ptr<ServerMemory> memory;
        CompileOptions options;

        Result<std::shared_ptr<const CompiledServer>> run(const Server &document) const;
    };
    CompileJob compileJob(const Server &document) const;
    /// Another number after each start, stop, update and change of the seed.
    std::uint64_t revision() const { return m_revision; }
    /// Of a server that does not run.
    void setDocument(Server document);
    /// Of a running one; `compiled` is the result of its compileJob. On an error the old version
    /// goes on.
    Result<void> update(Server document, Result<std::shared_ptr<const CompiledServer>> compiled);
    /// Of a running server, until it stops or its document has one.
    Result<void> setSeed(std::uint64_t seed);
    void resetState() { m_memory->reset(); }

    ServerMemory &memory() { return *m_memory; }
    ServerClock &clock() { return *m_clock; }
    /// Of a running one: the state of each bucket, in the order of the document.
    std::vector<std::shared_ptr<BucketState>> buckets() const;

private:
    void tell(Severity severity, std::string text);
    void tellFindings();
    /// The document's seed counts, where the host has none; without one the server keeps its own.
    std::uint64_t seedFor(const Server &document) const;
    void becomeAnother() { m_revision = ++m_host.revisions; }
    void chooseSeed();
    Error fail(Error error);
    Result<std::unique_ptr<wire::Listener>> bind(const Listen &listen);
    Result<void> rebind(const Listen &listen);
    void retire(Duration patience);

    Host &m_host;
    std::string m_id;
    Server m_document;
    std::filesystem::path m_folder;
    ServerState m_state = ServerState::Stopped;
    std::string m_error;
    std::uint64_t m_revision = 0;
    bool m_toleratesBrokenRules = false;
    std::uint64_t m_seed = 0;
    bool m_seedChosen = false;
    std::shared_ptr<ServerMemory> m_memory = std::make_shared<ServerMemory>();
    std::shared_ptr<ServerClock> m_clock = std::make_shared<ServerClock>();
    std::shared_ptr<HostedService> m_service;
    std::set<std::string> m_told; ///< notices since the start
    std::unique_ptr<wire::Listener> m_listener;
    std::vector<std::unique_ptr<wire::Listener>> m_leaving; ///< closed, with answers in flight
};

} // namespace understudy
