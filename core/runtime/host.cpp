// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/host.h"

#include "core/runtime/hosted_server.h"
#include "core/runtime/port_holder.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace understudy {

namespace {

bool hasTlsFault(const Server &document)
{
    const auto &faults = document.behaviour.faults;
    return std::any_of(faults.begin(), faults.end(),
                       [](const Fault &f) { return f.kind == FaultKind::Tls; });
}

} // namespace

Host::Host(WorkbenchOptions o)
    : options(std::move(o))
    , journal(options.keepJournal ? options.journal : JournalLimits{0, 0, 0})
    , pool(options.threads)
{}

Host::~Host() = default;

HostedServer *Host::find(const std::string &id)
{
    const auto at = std::find_if(servers.begin(), servers.end(),
                                 [&](const auto &s) { return s->id() == id; });
    return at == servers.end() ? nullptr : at->get();
}

void Host::tell(const std::string &id, const std::string &name, Severity severity, std::string text)
{
    ++told;
    events.add({std::chrono::system_clock::now(), severity, id, name, std::move(text)});
}

void Host::report(const std::string &id, const std::string &name, Severity severity,
                  std::string text)
{
    events.add({std::chrono::system_clock::now(), severity, id, name, std::move(text)});
    events.deliver();
}

FindingsOptions Host::findingsOptions(const std::filesystem::path &folder) const
{
    FindingsOptions out;
    out.folder = folder;
    out.allowOutside = options.allowOutside;
    out.toleratesBrokenRules = options.toleratesBrokenRules;
    out.profiles = profiles;
    out.scripting = options.scripting;
    return out;
}

Result<std::shared_ptr<const wire::TlsContext>> Host::makeTls(const Server &document,
                                                              const std::filesystem::path &folder)
{
    if (!document.listen.tls)
        return std::shared_ptr<const wire::TlsContext>{};
    if (document.listen.tls->kind == Tls::Kind::SelfSigned || !document.listen.tls->fault.empty()
        || hasTlsFault(document)) {
        auto opened = openAuthority();
        if (!opened)
            return opened.error();
    }
    return wire::TlsContext::create(*document.listen.tls, folder, document.listen.address,
                                    m_authority, std::chrono::system_clock::now());
}

void Host::forgetAuthority()
{
    if (!options.authorityFolder.empty())
        m_authority.reset();
}

Result<void> Host::openAuthority()
{
    if (m_authority)
        return {};
    auto opened = wire::CertificateAuthority::open(options.authorityFolder);
    if (!opened)
        return opened.error();
    m_authority = *std::move(opened);
    return {};
}

Error Host::explainBind(const HostedServer &server, const Listen &listen, Error error)
{
    if (error.code != ErrorCode::InUse)
        return error;
    const std::string port = std::to_string(listen.port);
    const auto other = std::find_if(servers.begin(), servers.end(), [&](const auto &s) {
        return s.get() != &server && s->isRunning() && s->port() == listen.port;
    });
    if (other != servers.end())
        error.message = "port " + port + " is used by server '" + (*other)->document().name
                        + "' of this workspace";
    else if (const auto holder = findPortHolder(listen.port))
        error.message = "port " + port + " is used by " + holder->name + " (pid "
                        + std::to_string(holder->pid) + ')';
    return error;
}

} // namespace understudy
