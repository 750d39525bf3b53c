// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runtime/server_clock.h"
#include "core/traffic/journal.h"
#include "core/wire/callback_sender.h"
#include "core/wire/io_pool.h"
#include "core/wire/service.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace understudy {

/// What connections see of a hosted server: the snapshot to answer with, and where exchanges go.
/// Shared with them, so that it lives until the last one is gone. Any thread.
class HostedService final : public wire::Service
{
public:
    HostedService(std::string id, SteadyTime started, Journal &journal, wire::IoPool &pool,
                  std::function<void(Severity, std::string)> report,
                  std::shared_ptr<const ServerClock> clock);

    std::shared_ptr<const CompiledServer> snapshot() const override;
    std::shared_ptr<const std::string> serverId() const override { return m_id; }
    std::shared_ptr<const wire::TlsContext> tls() const override;
    SteadyTime started() const override { return m_started; }
    WallTime shown(WallTime real) const override { return m_clock->shown(real); }
    bool showsRealTime() const override { return m_clock->isReal(); }
    std::uint64_t record(std::shared_ptr<const Exchange> exchange) override;
    void sendCallbacks(std::vector<OutboundRequest> requests, std::uint64_t cause) override;
    /// Ends those that are under way; there will be no others.
    void stopCallbacks();
    std::size_t captureLimit() const override { return m_captureLimit; }
    void report(Severity severity, std::string text) override;

    void replace(std::shared_ptr<const CompiledServer> snapshot);
    /// What new connections are shown; null: plain HTTP.
    void replaceTls(std::shared_ptr<const wire::TlsContext> tls);
    std::uint64_t requests() const { return m_requests.load(std::memory_order_relaxed); }

private:
    std::shared_ptr<const std::string> m_id;
    SteadyTime m_started;
    Journal &m_journal;
    wire::IoPool &m_pool;
    std::size_t m_captureLimit;
    std::function<void(Severity, std::string)> m_report;
    std::shared_ptr<const ServerClock> m_clock;
    mutable std::mutex m_snapshotMutex;
    std::shared_ptr<const CompiledServer> m_snapshot;
    std::shared_ptr<const wire::TlsContext> m_tls;
    std::atomic<std::uint64_t> m_requests{0};
    std::mutex m_callbackMutex;
    std::unique_ptr<wire::CallbackSender> m_callbacks; ///< made with the first one
    bool m_sendsCallbacks = true;
    std::mutex m_reportMutex;
    std::string m_lastReport; ///< the same line again and again tells nothing
};

} // namespace understudy
