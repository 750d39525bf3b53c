// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/hosted_service.h"

namespace understudy {

HostedService::HostedService(std::string id, SteadyTime started, Journal &journal,
                             std::function<void(Severity, std::string)> report)
    : m_id(std::make_shared<const std::string>(std::move(id)))
    , m_started(started)
    , m_journal(journal)
    , m_captureLimit(journal.limits().bodyBytes)
    , m_report(std::move(report))
{}

std::shared_ptr<const CompiledServer> HostedService::snapshot() const
{
    const std::lock_guard lock(m_snapshotMutex);
    return m_snapshot;
}

void HostedService::replace(std::shared_ptr<const CompiledServer> snapshot)
{
    const std::lock_guard lock(m_snapshotMutex);
    m_snapshot.swap(snapshot);
}

std::shared_ptr<const wire::TlsContext> HostedService::tls() const
{
    const std::lock_guard lock(m_snapshotMutex);
    return m_tls;
}

void HostedService::replaceTls(std::shared_ptr<const wire::TlsContext> tls)
{
    const std::lock_guard lock(m_snapshotMutex);
    m_tls.swap(tls);
}

void HostedService::record(std::shared_ptr<const Exchange> exchange)
{
    m_requests.fetch_add(1, std::memory_order_relaxed);
    m_journal.append(std::move(exchange));
}

void HostedService::report(Severity severity, std::string text)
{
    {
        const std::lock_guard lock(m_reportMutex);
        if (text == m_lastReport)
            return;
        m_lastReport = text;
    }
    m_report(severity, std::move(text));
}

} // namespace understudy
