// SPDX-License-Identifier: Apache-2.0
#include "core/wire/connection.h"

#include "core/wire/http1_session.h"
#include "core/wire/tls/tls_session.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace understudy::wire {

namespace asio = boost::asio;
using Phase = Channel::Phase;
using Status = Transport::Status;

namespace {

Client clientOf(const asio::ip::tcp::socket &socket, ListenerShare &share)
{
    Client client;
    client.accepted = std::chrono::steady_clock::now();
    client.connection = share.accepted.fetch_add(1, std::memory_order_relaxed) + 1;
    client.serverId = share.service->serverId();
    boost::system::error_code ec;
    const auto peer = socket.remote_endpoint(ec);
    if (!ec) {
        client.facts.client = peer.address().to_string();
        client.name
            = peer.address().is_v6() ? '[' + client.facts.client + ']' : client.facts.client;
        client.name += ':' + std::to_string(peer.port());
    }
    client.facts.port = socket.local_endpoint(ec).port();
    return client;
}

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

Connection::Connection(asio::ip::tcp::socket socket, IoThread &thread,
                       std::shared_ptr<ListenerShare> share)
    : m_share(std::move(share))
    , m_channel(std::move(socket), thread, m_share)
    , m_conversation([service = m_share->service.get()] { return service->snapshot(); },
                     clientOf(m_channel.transport().socket(), *m_share))
{
    m_share->connections.fetch_add(1);
}

Connection::~Connection()
{
    if (m_share->connections.fetch_sub(1) == 1 && m_share->closing && m_share->lastGone)
        m_share->lastGone();
}

void Connection::start(std::shared_ptr<Connection> connection)
{
    auto &context = connection->m_channel.thread().context();
    asio::co_spawn(
        context,
        [connection = std::move(connection)]() mutable -> asio::awaitable<void> {
            const std::shared_ptr<Connection> self = std::move(connection);
            const Limits limits = self->m_share->service->snapshot()->limits();
            self->m_channel.thread().add(
                self.get(), std::min({limits.idle, limits.request, limits.handshake}) / 4);
            try {
                co_await self->run();
            } catch (const std::bad_alloc &) {
                self->m_share->service->report(Severity::Error,
                                               "out of memory: a connection was dropped");
            } catch (const std::exception &e) {
                self->m_share->service->report(
                    Severity::Error, std::string("a connection was dropped: ") + e.what());
            }
            self->m_channel.thread().remove(self.get());
            self->m_channel.transport().close();
        },
        asio::detached);
}

Moment Connection::moment(WallTime wall, SteadyTime now)
{
    return {m_share->service->shown(wall), since(m_share->service->started(), now)};
}

asio::awaitable<void> Connection::run()
{
    const bool isAccepted = co_await acceptBehaviour();
    if (!isAccepted)
        co_return;
    const bool isOpen = co_await beginTls();
    if (!isOpen)
        co_return;
    // The handshake agrees on HTTP/1 or on nothing, which means the same.
    const std::unique_ptr<Session> session
        = std::make_unique<Http1Session>(m_channel, m_conversation);
    co_await session->run();
}

asio::awaitable<bool> Connection::beginTls()
{
    auto context = m_share->service->tls();
    if (!context)
        co_return true;
    m_channel.setDeadline(Phase::Idle, m_share->service->snapshot()->limits().idle);
    while (true) {
        const Status status = m_channel.transport().beginsTls();
        if (status == Status::End)
            co_return true; // plain HTTP on the same port, or the client has left
        if (status == Status::Done)
            break;
        const bool isReady = co_await m_channel.transport().wait(Status::WantRead);
        if (!isReady || m_channel.timedOut())
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
    if (!isDone && m_isHeld)
        co_await m_channel.stall(std::nullopt);
    else if (!isDone)
        co_await m_channel.lingeringClose(); // a reset would take the alert from the client
    co_return isDone;
}

asio::awaitable<bool> Connection::acceptBehaviour()
{
    const WallTime now = std::chrono::system_clock::now();
    const Conversation::Acceptance acceptance
        = m_conversation.accepted(moment(now, std::chrono::steady_clock::now()), now);
    if (acceptance.latency.count() > 0) {
        m_channel.beginLooking();
        m_channel.setPhase(Phase::Stalled); // stopping the server does not wait for it
        const bool isOpen
            = co_await m_channel.pauseUntil(m_conversation.firstByte() + acceptance.latency, true);
        if (m_channel.isClientGone())
            recordNoRequest("the client closed the connection before its first request was read");
        m_channel.setPhase(isOpen ? Phase::Idle : Phase::Closing);
        if (!isOpen || m_share->closing)
            co_return false;
    }
    if (!acceptance.plan)
        co_return true;
    const AcceptPlan &plan = *acceptance.plan;
    if (plan.server != ServerEffect::None)
        co_await m_channel.takeServerAway(plan.server, plan.serverFor);
    m_share->service->record(m_conversation.struck(plan, std::chrono::steady_clock::now()));
    if (plan.end == WireEnd::Close)
        m_channel.transport().shutdownSend();
    else
        co_await m_channel.endAs(plan.end, plan.stallFor);
    co_return false;
}

asio::awaitable<bool> Connection::shakeHands(std::shared_ptr<const TlsContext> context)
{
    const Duration patience = m_share->service->snapshot()->limits().handshake;
    m_channel.setDeadline(Phase::Reading, patience);
    m_conversation.begins(std::chrono::system_clock::now(), std::chrono::steady_clock::now());
    m_channel.transport().startTls(std::move(context), [this](std::string_view name) {
        return m_conversation.hello(
            name, moment(m_conversation.received(), std::chrono::steady_clock::now()));
    });
    TlsSession &tls = *m_channel.transport().tls();
    std::string error;
    while (error.empty()) {
        const TlsSession::Status status = tls.handshake();
        if (status == TlsSession::Status::Done)
            break;
        if (status == TlsSession::Status::Held) {
            m_isHeld = true;
            error = tls.plan().effect;
        } else if (status == TlsSession::Status::Failed || status == TlsSession::Status::Closed) {
            error = tls.error().empty() ? "the client left during the TLS handshake" : tls.error();
        } else {
            const bool isReady = co_await m_channel.transport().wait(
                status == TlsSession::Status::WantWrite ? Status::WantWrite : Status::WantRead);
            if (m_channel.timedOut())
                error = "the TLS handshake was not done within " + formatDuration(patience)
                        + " (limits.handshake)";
            else if (!isReady)
                error = "the server was stopped during the TLS handshake";
        }
    }
    m_channel.clearDeadline();
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
