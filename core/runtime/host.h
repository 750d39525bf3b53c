// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/fault_switches.h"
#include "core/behaviour/network_profile.h"
#include "core/runtime/event_queue.h"
#include "core/runtime/findings.h"
#include "core/runtime/workbench.h"
#include "core/traffic/journal.h"
#include "core/wire/io_pool.h"
#include "core/wire/tls/certificate_authority.h"
#include "core/wire/tls/tls_context.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace understudy {

class HostedServer;

/// The servers of a workbench and what they share. Who calls here holds `mutex`, but for report().
/// Events are noted, and handed over by whoever leaves the lock.
class Host
{
public:
    explicit Host(WorkbenchOptions o);
    ~Host();
    Host(const Host &) = delete;
    Host &operator=(const Host &) = delete;

    HostedServer *find(const std::string &id);
    /// Notes an event.
    void tell(const std::string &id, const std::string &name, Severity severity, std::string text);
    /// An event of an I/O thread, which does not hold the lock: it is handed over at once.
    void report(const std::string &id, const std::string &name, Severity severity,
                std::string text);

    FindingsOptions findingsOptions(const std::filesystem::path &folder) const;
    /// What TLS clients of a document are shown; null for plain HTTP.
    Result<std::shared_ptr<const wire::TlsContext>> makeTls(const Server &document,
                                                            const std::filesystem::path &folder);
    /// The authority may have been renewed: it is opened anew when it is needed next.
    void forgetAuthority();
    /// Says who has the port, where that is known: another server here, or another program.
    Error explainBind(const HostedServer &server, const Listen &listen, Error error);

    WorkbenchOptions options;
    std::mutex mutex;
    EventQueue<ServerEvent> events; ///< filled under the lock, delivered without it
    std::uint64_t told = 0;         ///< events that were noted under the lock
    std::uint64_t revisions = 0;    ///< how often any server became another
    std::vector<NetworkProfile> profiles = builtinNetworkProfiles();
    std::shared_ptr<FaultSwitches> switches = std::make_shared<FaultSwitches>();
    Journal journal;
    wire::IoPool pool; // after the journal: its threads append
    std::vector<std::unique_ptr<HostedServer>> servers;

private:
    Result<void> openAuthority();

    std::shared_ptr<wire::CertificateAuthority> m_authority; ///< opened when it is first needed
};

} // namespace understudy
