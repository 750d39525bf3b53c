// SPDX-License-Identifier: Apache-2.0
#include "core/wire/connection.h"
#include "core/wire/connection_parts.h"

#include <utility>

/// What happens to a connection before its first request: faults at accept, the latency before the
/// first read, the TLS handshake.
namespace understudy::wire {

namespace {

// Handshakes cost: a flood of them must not take the descriptors and the processor from requests.
constexpr std::size_t kMostHandshakes = 1000;

/// A place among the handshakes that go on, given back whatever happens.
class Slot
{
public:
    explicit Slot(std::atomic<std::size_t> &taken)
        : m_taken(taken)
        , m_number(taken.fetch_add(1) + 1)
    {}
    ~Slot() { m_taken.fetch_sub(1); }
    Slot(const Slot &) = delete;
    Slot &operator=(const Slot &) = delete;
    std::size_t number() const { return m_number; }

private:
    std::atomic<std::size_t> &m_taken;
    std::size_t m_number;
};

} // namespace

asio::awaitable<bool> Connection::begin()
{
    const bool isOpen = co_await acceptBehaviour();
    if (!isOpen)
        co_return false;
    auto context = m_share->service->tls();
    if (!context)
        co_return true;
    setDeadline(Phase::Idle, m_share->service->snapshot()->limits().idle);
    while (true) {
        const Status status = m_transport.beginsTls();
        if (status == Status::End)
            co_return true; // plain HTTP on the same port, or the client has left
        if (status == Status::Done)
            break;
        const bool isReady = co_await m_transport.wait(Status::WantRead);
        if (!isReady || m_timedOut)
            co_return false;
    }
    bool isDone = false;
    if (Slot slot(m_share->handshakes); slot.number() <= kMostHandshakes) {
        isDone = co_await shakeHands(std::move(context));
    } else {
        m_share->service->report(Severity::Warning,
                                 "more than " + std::to_string(kMostHandshakes)
                                     + " TLS handshakes at once: new ones are dropped");
        co_return false;
    }
    if (!isDone && m_end == WireEnd::Stall)
        co_await stall(std::nullopt);
    else if (!isDone)
        co_await lingeringClose(); // a reset would take the alert from the client
    co_return isDone;
}

asio::awaitable<bool> Connection::acceptBehaviour()
{
    const Conversation::Acceptance acceptance = m_conversation.accepted(
        moment(std::chrono::system_clock::now(), std::chrono::steady_clock::now()));
    if (acceptance.latency.count() > 0) {
        beginLooking();
        m_phase = Phase::Stalled; // stopping the server does not wait for it
        const bool isOpen
            = co_await pauseUntil(m_conversation.firstByte() + acceptance.latency, true);
        if (m_isClientGone)
            recordNoRequest("the client closed the connection before its first request was read");
        m_phase = isOpen ? Phase::Idle : Phase::Closing;
        if (!isOpen || m_share->closing)
            co_return false;
    }
    if (!acceptance.plan)
        co_return true;
    const AcceptPlan &plan = *acceptance.plan;
    m_end = plan.end;
    m_stallFor = plan.stallFor;
    if (plan.server != ServerEffect::None)
        co_await takeServerAway(plan.server, plan.serverFor);
    m_share->service->record(m_conversation.struck(plan, std::chrono::steady_clock::now()));
    if (m_end == WireEnd::Close)
        m_transport.shutdownSend();
    else
        co_await endAsPlanned();
    co_return false;
}

asio::awaitable<bool> Connection::shakeHands(std::shared_ptr<const TlsContext> context)
{
    const Duration patience = m_share->service->snapshot()->limits().handshake;
    setDeadline(Phase::Reading, patience);
    m_conversation.begins(std::chrono::system_clock::now(), std::chrono::steady_clock::now());
    m_transport.startTls(std::move(context), [this](std::string_view name) {
        return m_conversation.hello(
            name, moment(m_conversation.received(), std::chrono::steady_clock::now()));
    });
    TlsSession &tls = *m_transport.tls();
    std::string error;
    while (error.empty()) {
        const TlsSession::Status status = tls.handshake();
        if (status == TlsSession::Status::Done)
            break;
        if (status == TlsSession::Status::Held) {
            m_end = WireEnd::Stall;
            error = tls.plan().effect;
        } else if (status == TlsSession::Status::Failed || status == TlsSession::Status::Closed) {
            error = tls.error().empty() ? "the client left during the TLS handshake" : tls.error();
        } else {
            const bool isReady = co_await m_transport.wait(
                status == TlsSession::Status::WantWrite ? Status::WantWrite : Status::WantRead);
            if (m_timedOut)
                error = "the TLS handshake was not done within " + formatDuration(patience)
                        + " (limits.handshake)";
            else if (!isReady)
                error = "the server was stopped during the TLS handshake";
        }
    }
    m_deadline = SteadyTime::max();
    m_timedOut = false;
    const auto now = std::chrono::steady_clock::now();
    m_conversation.shookHands(tls.protocol(), tls.certificateSubject(),
                              since(m_conversation.firstByte(), now));
    if (error.empty())
        co_return true;
    recordNoRequest(std::move(error));
    co_return false;
}

void Connection::recordNoRequest(std::string error)
{
    m_share->service->record(
        m_conversation.noRequest(std::move(error), std::chrono::steady_clock::now()));
}

} // namespace understudy::wire
