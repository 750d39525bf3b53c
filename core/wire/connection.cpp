// SPDX-License-Identifier: Apache-2.0
#include "core/wire/connection.h"

#include "core/engine/answer_builder.h"
#include "core/wire/connection_parts.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <utility>

namespace understudy::wire {

namespace {

// A request that is arriving while its server is stopped has this long to become whole.
constexpr auto kLastBytes = 500ms;

/// What the unfinished requests of a server may take together.
std::uint64_t mostHeld(const Limits &limits)
{
    constexpr std::uint64_t least = 64'000'000;
    constexpr std::uint64_t bodies = 4;
    const bool isHuge = limits.body.value > UINT64_MAX / bodies;
    return isHuge ? UINT64_MAX : std::max(least, bodies * limits.body.value);
}

http::ParserOptions parserOptions(const Limits &limits)
{
    http::ParserOptions options;
    options.headLimit
        = static_cast<std::size_t>(std::min<std::uint64_t>(limits.head.value, 1u << 30));
    options.bodyLimit = limits.body.value;
    return options;
}

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

} // namespace

Connection::Connection(asio::ip::tcp::socket socket, IoThread &thread,
                       std::shared_ptr<ListenerShare> share)
    : m_transport(std::move(socket))
    , m_thread(thread)
    , m_share(std::move(share))
    , m_conversation([service = m_share->service.get()] { return service->snapshot(); },
                     clientOf(m_transport.socket(), *m_share))
{
    m_share->connections.fetch_add(1);
    boost::system::error_code ec;
    auto &own = m_transport.socket();
    own.non_blocking(true, ec);
    own.set_option(asio::ip::tcp::no_delay(true), ec);
}

Connection::~Connection()
{
    release();
    if (m_share->connections.fetch_sub(1) == 1 && m_share->closing && m_share->lastGone)
        m_share->lastGone();
}

void Connection::start(std::shared_ptr<Connection> connection)
{
    auto &context = connection->m_thread.context();
    asio::co_spawn(
        context,
        [connection = std::move(connection)]() mutable -> asio::awaitable<void> {
            const std::shared_ptr<Connection> self = std::move(connection);
            const Limits limits = self->m_share->service->snapshot()->limits();
            self->m_thread.add(self.get(),
                               std::min({limits.idle, limits.request, limits.handshake}) / 4);
            try {
                co_await self->run();
            } catch (const std::bad_alloc &) {
                self->m_share->service->report(Severity::Error,
                                               "out of memory: a connection was dropped");
            } catch (const std::exception &e) {
                self->m_share->service->report(
                    Severity::Error, std::string("a connection was dropped: ") + e.what());
            }
            self->m_thread.remove(self.get());
            self->m_transport.close();
        },
        asio::detached);
}

Moment Connection::moment(WallTime wall, SteadyTime now) const
{
    return {wall, since(m_share->service->started(), now)};
}

void Connection::setDeadline(Phase phase, Duration fromNow)
{
    m_phase = phase;
    m_deadline = std::chrono::steady_clock::now() + fromNow;
}

void Connection::checkDeadline(SteadyTime now)
{
    if (now < m_deadline)
        return;
    m_timedOut = true;
    m_deadline = SteadyTime::max();
    m_transport.cancel();
}

void Connection::finishSoon()
{
    m_keepAlive = false;
    if (m_phase == Phase::Idle || m_phase == Phase::Stalled) {
        if (m_waiting)
            m_waiting->cancel();
        m_transport.cancel();
    } else if (m_phase == Phase::Reading) {
        // A request that has only begun is no answer in flight.
        m_deadline = std::min(m_deadline, std::chrono::steady_clock::now() + kLastBytes);
    }
}

void Connection::abort()
{
    m_keepAlive = false;
    m_phase = Phase::Closing;
    if (m_waiting)
        m_waiting->cancel();
    m_transport.close();
}

asio::awaitable<void> Connection::run()
{
    const bool isOpen = co_await begin();
    if (!isOpen)
        co_return;
    while (m_keepAlive && !m_share->closing) {
        // Named: GCC 12 without optimisation destroys temporaries of such a call too early.
        const Limits limits = m_share->service->snapshot()->limits();
        const Arrival arrival = co_await readRequest(limits);
        if (arrival == Arrival::None)
            co_return;
        m_keepAlive = m_parser.keepAlive() && !m_share->closing;
        http::Request request;
        if (arrival == Arrival::Whole)
            request = m_parser.take();
        else
            request.head = m_parser.head();
        if (arrival == Arrival::HeadOnly)
            m_keepAlive = false; // what follows on the connection is a body nobody reads
        m_end = WireEnd::KeepAlive;
        co_await answer(std::move(request));
        if (m_end != WireEnd::KeepAlive && m_end != WireEnd::Race) {
            co_await endAsPlanned();
            co_return;
        }
    }
    co_await lingeringClose();
}

/// Waits for bytes and reads them into the thread's buffer. False: the stream has ended, or the
/// wait was cut short.
asio::awaitable<bool> Connection::receive(std::string_view &bytes, std::size_t most)
{
    Status wanted = Status::WantRead;
    while (true) {
        if (!m_transport.hasPending()) {
            const bool isReady = co_await m_transport.wait(wanted);
            if (!isReady || m_timedOut)
                co_return false;
        }
        auto &buffer = m_thread.readBuffer();
        std::size_t n = 0;
        wanted = m_transport.readSome(buffer.data(), std::min(most, buffer.size()), n);
        if (wanted == Status::End)
            co_return false;
        if (wanted == Status::Done) {
            bytes = {buffer.data(), n};
            co_return true;
        }
    }
}

/// Reads until m_parser holds a whole request, or a fault strikes at its head.
asio::awaitable<Connection::Arrival> Connection::readRequest(Limits limits)
{
    m_parser = http::RequestParser(parserOptions(limits));
    release();
    m_upload.reset();
    beginLooking();
    bool saidContinue = false;
    setDeadline(Phase::Idle, limits.idle);
    std::string carried = std::exchange(m_carry, {});
    std::string_view input = carried;
    while (true) {
        if (input.empty()) {
            const std::size_t most = m_upload ? m_upload->piece() : m_thread.readBuffer().size();
            const bool hasMore = co_await receive(input, most);
            if (!hasMore) {
                if (m_parser.isIdle() || m_phase == Phase::Closing)
                    co_return Arrival::None;
                if (!m_timedOut)
                    m_parser.finish();
                const http::ParseFailure failure
                    = m_timedOut ? http::ParseFailure{408, "the request did not arrive within "
                                                               + formatDuration(limits.request)
                                                               + " (limits.request)"}
                                 : *m_parser.failure();
                co_await refuse(failure);
                co_return Arrival::None;
            }
        }
        if (m_phase == Phase::Idle && !input.empty()) {
            const auto firstByte = std::chrono::steady_clock::now();
            if (m_conversation.begins(std::chrono::system_clock::now(), firstByte)) {
                recordNoRequest("the connection was reset just as its next request arrived");
                co_await resetWhenSent();
                co_return Arrival::None;
            }
            m_phase = Phase::Reading;
            m_deadline = firstByte + limits.request;
        }
        const std::size_t bodyBefore = m_parser.bodySize();
        input.remove_prefix(m_parser.feed(input));
        if (m_parser.failure()) {
            const http::ParseFailure failure = *m_parser.failure();
            co_await refuse(failure);
            co_return Arrival::None;
        }
        if (m_parser.isHeadComplete() && m_conversation.wantsHead()) {
            const HeadPlan plan = anticipate();
            saidContinue = saidContinue || !plan.saysContinue; // it never will
            if (plan.answersNow)
                co_return Arrival::HeadOnly;
        }
        if (m_parser.isComplete()) {
            m_carry.assign(input); // the thread's buffer is not ours across a suspension
            if (m_upload && !co_await slowDown(m_parser.bodySize() - bodyBefore)) {
                recordLeft();
                co_return Arrival::None;
            }
            co_return Arrival::Whole;
        }
        m_conversation.waits();
        if (!hold(mostHeld(limits))) {
            const http::ParseFailure failure{
                503, "the requests that are arriving take more than "
                         + formatSize(ByteCount{mostHeld(limits)})
                         + " together (four times limits.body): try again later"};
            co_await refuse(failure);
            co_return Arrival::None;
        }
        if (m_parser.isIdle())
            m_phase = Phase::Idle; // only blank lines so far
        if (m_parser.isHeadComplete() && m_parser.expectsContinue() && !saidContinue) {
            saidContinue = true;
            if (!m_parser.hasBodyBytes() && !co_await write("HTTP/1.1 100 Continue\r\n\r\n", {}))
                co_return Arrival::None;
        }
        if (m_upload && !co_await slowDown(m_parser.bodySize() - bodyBefore)) {
            recordLeft();
            co_return Arrival::None;
        }
    }
}

/// Asks, once per request, what is to be known before its body is read.
HeadPlan Connection::anticipate()
{
    const auto now = std::chrono::steady_clock::now();
    const HeadPlan plan
        = m_conversation.head(m_parser.head(), moment(m_conversation.received(), now));
    if (plan.upload && plan.upload->value > 0)
        m_upload.emplace(*plan.upload, now);
    return plan;
}

/// Lets the bytes that were read pass the upload throttle; false if the connection was aborted.
asio::awaitable<bool> Connection::slowDown(std::size_t bytes)
{
    const auto now = std::chrono::steady_clock::now();
    m_upload->take(bytes, now);
    const SteadyTime ready = m_upload->readyFor(0, now);
    // The throttle is ours, not the client's: its request has the same time to arrive.
    if (m_deadline != SteadyTime::max())
        m_deadline += ready - now;
    const bool isOpen = co_await pauseUntil(ready);
    co_return isOpen;
}

/// After a pause that was cut short while a request was read slowly. Nobody is there to be
/// answered.
void Connection::recordLeft()
{
    if (!m_isClientGone)
        return;
    Sent nothing;
    nothing.firstOut = nothing.complete = std::chrono::steady_clock::now();
    m_share->service->record(m_conversation.refused(
        "the client closed the connection while its request was read slowly", m_parser.head(),
        m_parser.rawHead(), nullptr, std::move(nothing), 0));
}

/// Answers a request that never became one, records it, and ends the connection.
asio::awaitable<void> Connection::refuse(const http::ParseFailure &failure)
{
    m_phase = Phase::Answering;
    m_deadline = SteadyTime::max();
    m_timedOut = false;
    m_keepAlive = false;
    const auto answer = prepareMessage(failure.status, failure.message);
    const http::Http1Writer writer(*answer, 11);
    Outcome outcome;
    outcome.firstOut = std::chrono::steady_clock::now();
    writer.writeHead({}, m_thread.dateLine(), m_keepAlive, outcome.head);
    outcome.isWhole = co_await write(outcome.head, writer.body());
    outcome.complete = std::chrono::steady_clock::now();
    m_share->service->record(
        m_conversation.refused(failure.message, m_parser.head(), m_parser.rawHead(), answer.get(),
                               std::move(outcome), m_share->service->captureLimit()));
    m_parser = http::RequestParser();
    release();
    co_await lingeringClose();
}

bool Connection::hold(std::uint64_t most)
{
    const std::uint64_t holds = m_parser.heapSize();
    const std::uint64_t more = holds - std::min(holds, m_held);
    m_held += more;
    return m_share->held.fetch_add(more, std::memory_order_relaxed) + more <= most;
}

void Connection::release()
{
    if (m_held > 0)
        m_share->held.fetch_sub(std::exchange(m_held, 0), std::memory_order_relaxed);
}

} // namespace understudy::wire
