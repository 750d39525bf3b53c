// SPDX-License-Identifier: Apache-2.0
#include "core/wire/connection.h"
#include "core/wire/connection_parts.h"

#include "core/behaviour/early_faults.h"

#include <array>
#include <utility>

/// What happens to a connection before its first request: faults at accept, the latency before the
/// first read, the TLS handshake.
namespace understudy::wire {

namespace {

// Handshakes cost: a flood of them must not take the descriptors and the processor from requests.
constexpr std::size_t kMostHandshakes = 1000;

constexpr std::array<std::pair<std::string_view, TlsFault>, 9> kTlsFaults{{
    {"expired", TlsFault::Expired},
    {"not-yet-valid", TlsFault::NotYetValid},
    {"self-signed", TlsFault::SelfSigned},
    {"wrong-host", TlsFault::WrongHost},
    {"untrusted-chain", TlsFault::UntrustedChain},
    {"alert", TlsFault::Alert},
    {"stall", TlsFault::Stall},
    {"cut", TlsFault::Cut},
    {"old-version", TlsFault::OldVersion},
}};

std::string_view effectOf(TlsFault fault)
{
    switch (fault) {
    case TlsFault::Expired:
        return "the certificate shown has expired";
    case TlsFault::NotYetValid:
        return "the certificate shown is not valid yet";
    case TlsFault::SelfSigned:
        return "the certificate shown is signed by itself";
    case TlsFault::WrongHost:
        return "the certificate shown is for another host";
    case TlsFault::UntrustedChain:
        return "the certificate shown is signed by an authority nobody knows";
    case TlsFault::Alert:
        return "the handshake was refused with an alert";
    case TlsFault::Stall:
        return "the client's hello was never answered";
    case TlsFault::Cut:
        return "the connection ends without TLS's close_notify";
    case TlsFault::OldVersion:
        return "nothing newer than TLS 1.1 was offered";
    }
    return {};
}

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
    const auto server = m_share->service->snapshot();
    if (!server->watchesConnections())
        co_return true;
    beginLooking();
    m_received = std::chrono::system_clock::now();
    m_firstByte = m_acceptedAt;
    m_connectionNumber = server->nextConnection();
    Decision decision = server->decideForConnection(
        FaultMoment::Accept, m_connectionNumber, m_facts, moment(std::chrono::steady_clock::now()));
    if (decision.connect.count() > 0) {
        m_phase = Phase::Stalled; // stopping the server does not wait for it
        const bool isOpen = co_await pauseUntil(m_acceptedAt + decision.connect, true);
        if (m_isClientGone)
            recordNoRequest("the client closed the connection before its first request was read",
                            decision.record);
        m_phase = isOpen ? Phase::Idle : Phase::Closing;
        if (!isOpen || m_share->closing)
            co_return false;
    }
    m_connectRecord = decision.fault ? nullptr : decision.record;
    if (!decision.fault)
        co_return true;
    const AcceptPlan plan = planAccept(decision.fault->fault);
    m_end = plan.end;
    m_stallFor = plan.stallFor;
    if (plan.server != ServerEffect::None)
        co_await takeServerAway(plan.server, plan.serverFor);
    decision.record->fault->effect = plan.effect;
    recordNoRequest(plan.effect, decision.record);
    if (m_end == WireEnd::Close)
        m_transport.shutdownSend();
    else
        co_await endAsPlanned();
    co_return false;
}

std::optional<TlsFault> Connection::onHello(std::string_view serverName)
{
    m_facts.serverName = serverName;
    const auto server = m_share->service->snapshot();
    if (!server->watchesConnections())
        return std::nullopt;
    const Decision decision
        = server->decideForConnection(FaultMoment::Handshake, m_connectionNumber, m_facts,
                                      moment(std::chrono::steady_clock::now()));
    // The fault itself belongs to the snapshot, which the connection outlives.
    m_handshakeRecord = decision.record;
    if (!decision.fault)
        return std::nullopt;
    const std::string &variant = decision.fault->fault.variant;
    for (const auto &[name, fault] : kTlsFaults) {
        if (name == variant) {
            m_handshakeRecord->fault->effect = effectOf(fault);
            return fault;
        }
    }
    return std::nullopt;
}

asio::awaitable<bool> Connection::shakeHands(std::shared_ptr<const TlsContext> context)
{
    const Duration patience = m_share->service->snapshot()->limits().handshake;
    setDeadline(Phase::Reading, patience);
    m_received = std::chrono::system_clock::now();
    m_firstByte = std::chrono::steady_clock::now();
    m_transport.startTls(std::move(context),
                         [this](std::string_view name) { return onHello(name); });
    TlsSession &tls = *m_transport.tls();
    m_facts.tls = true;
    std::string error;
    while (error.empty()) {
        const TlsSession::Status status = tls.handshake();
        if (status == TlsSession::Status::Done)
            break;
        if (status == TlsSession::Status::Held) {
            m_end = WireEnd::Stall;
            error = m_handshakeRecord->fault->effect;
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
    m_handshake = since(m_firstByte, std::chrono::steady_clock::now());
    m_tlsText = tls.protocol();
    if (!m_facts.serverName.empty())
        m_tlsText += (m_tlsText.empty() ? "" : ", ") + m_facts.serverName;
    if (!error.empty()) {
        recordNoRequest(std::move(error), m_handshakeRecord);
        co_return false;
    }
    m_facts.certificateSubject = tls.certificateSubject();
    co_return true;
}

void Connection::recordNoRequest(std::string error,
                                 const std::shared_ptr<BehaviourRecord> &behaviour)
{
    auto exchange = std::make_shared<Exchange>();
    fillConnection(*exchange);
    exchange->timings.complete = since(m_firstByte, std::chrono::steady_clock::now());
    exchange->timings.firstByteOut = exchange->timings.complete;
    exchange->serverName = m_share->service->snapshot()->name();
    exchange->match = MatchKind::NoRequest;
    exchange->behaviour = behaviour;
    exchange->error = std::move(error);
    m_share->service->record(std::move(exchange));
}

} // namespace understudy::wire
