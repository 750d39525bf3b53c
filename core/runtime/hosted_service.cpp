// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/hosted_service.h"

namespace understudy {

HostedService::HostedService(std::string id, SteadyTime started, Journal &journal,
                             wire::IoPool &pool, std::function<void(Severity, std::string)> report,
                             std::shared_ptr<const ServerClock> clock)
    : m_id(std::make_shared<const std::string>(std::move(id)))
    , m_started(started)
    , m_journal(journal)
    , m_pool(pool)
    , m_captureLimit(journal.limits().bodyBytes)
    , m_report(std::move(report))
    , m_clock(std::move(clock))
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

std::uint64_t HostedService::record(std::shared_ptr<const Exchange> exchange)
{
    m_requests.fetch_add(1, std::memory_order_relaxed);
    return m_journal.append(std::move(exchange));
}

void HostedService::sendCallbacks(std::vector<OutboundRequest> requests, std::uint64_t cause)
{
    const std::lock_guard lock(m_callbackMutex);
    if (!m_sendsCallbacks)
        return;
    if (!m_callbacks)
        m_callbacks = std::make_unique<wire::CallbackSender>(
            m_pool, wire::CallbackSender::Options{
                        m_id, snapshot()->name(), m_captureLimit,
                        [&journal = m_journal](std::shared_ptr<const Exchange> exchange) {
                            journal.append(std::move(exchange));
                        }});
    m_callbacks->send(std::move(requests), cause);
}

void HostedService::stopCallbacks()
{
    const std::lock_guard lock(m_callbackMutex);
    m_sendsCallbacks = false;
    if (m_callbacks)
        m_callbacks->stop();
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
