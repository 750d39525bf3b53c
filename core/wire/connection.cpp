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

// Of a refused request.
constexpr std::size_t kRawInput = 4096;
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

} // namespace

CapturedBody captureBody(std::string body, std::size_t limit)
{
    CapturedBody captured;
    captured.size = body.size();
    if (body.size() > limit) {
        body.resize(limit);
        body.shrink_to_fit();
        captured.cut = true;
    }
    if (captured.size > 0)
        captured.content = std::make_shared<const std::string>(std::move(body));
    return captured;
}

Connection::Connection(asio::ip::tcp::socket socket, IoThread &thread,
                       std::shared_ptr<ListenerShare> share)
    : m_transport(std::move(socket))
    , m_thread(thread)
    , m_share(std::move(share))
    , m_number(m_share->accepted.fetch_add(1, std::memory_order_relaxed) + 1)
    , m_acceptedAt(std::chrono::steady_clock::now())
{
    m_share->connections.fetch_add(1);
    boost::system::error_code ec;
    auto &own = m_transport.socket();
    own.non_blocking(true, ec);
    own.set_option(asio::ip::tcp::no_delay(true), ec);
    const auto peer = own.remote_endpoint(ec);
    if (!ec) {
        m_facts.client = peer.address().to_string();
        m_client = peer.address().is_v6() ? '[' + m_facts.client + ']' : m_facts.client;
        m_client += ':' + std::to_string(peer.port());
    }
    m_facts.port = own.local_endpoint(ec).port();
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

Moment Connection::moment(SteadyTime now) const
{
    return {m_received, since(m_share->service->started(), now)};
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
        // Limits are those of the moment the request begins; the snapshot that answers is taken
        // when it is whole.
        // Named values: GCC 12 without optimisation destroys temporaries of such a call too early.
        auto server = m_share->service->snapshot();
        const Arrival arrival = co_await readRequest(std::move(server));
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
        // What was decided at the head belongs to the snapshot that decided it.
        if (m_anticipated)
            server = m_anticipated->server;
        else
            server = m_current ? std::move(m_current) : m_share->service->snapshot();
        m_current.reset();
        m_end = WireEnd::KeepAlive;
        co_await answer(std::move(server), std::move(request));
        m_anticipated.reset();
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
asio::awaitable<Connection::Arrival>
Connection::readRequest(std::shared_ptr<const CompiledServer> server)
{
    const Limits limits = server->limits();
    server.reset(); // an idle connection does not keep an old snapshot alive
    m_parser = http::RequestParser(parserOptions(limits));
    release();
    m_anticipated.reset();
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
            m_received = std::chrono::system_clock::now();
            m_firstByte = std::chrono::steady_clock::now();
            if (m_race) {
                recordNoRequest("the connection was reset just as its next request arrived",
                                std::make_shared<BehaviourRecord>(*m_race));
                co_await resetWhenSent();
                co_return Arrival::None;
            }
            m_phase = Phase::Reading;
            m_deadline = m_firstByte + limits.request;
        }
        const std::size_t bodyBefore = m_parser.bodySize();
        input.remove_prefix(m_parser.feed(input));
        if (m_parser.failure()) {
            const http::ParseFailure failure = *m_parser.failure();
            co_await refuse(failure);
            co_return Arrival::None;
        }
        if (m_parser.isHeadComplete() && !m_anticipated) {
            m_current = m_share->service->snapshot();
            if (m_current->watchesHeads()) {
                anticipate(std::move(m_current));
                const HeadPlan &plan = m_anticipated->data.plan;
                saidContinue = saidContinue || !plan.saysContinue; // it never will
                if (plan.answersNow)
                    co_return Arrival::HeadOnly;
            }
        }
        if (m_parser.isComplete()) {
            m_carry.assign(input); // the thread's buffer is not ours across a suspension
            if (m_upload && !co_await slowDown(m_parser.bodySize() - bodyBefore)) {
                recordLeft();
                co_return Arrival::None;
            }
            co_return Arrival::Whole;
        }
        m_current.reset();
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
void Connection::anticipate(std::shared_ptr<const CompiledServer> server)
{
    m_anticipated = std::make_unique<Anticipated>();
    m_anticipated->data
        = server->anticipate(m_parser.head(), m_facts, moment(std::chrono::steady_clock::now()));
    m_anticipated->server = std::move(server);
    const ByteCount upload = m_anticipated->data.plan.upload.value_or(ByteCount{});
    if (upload.value > 0)
        m_upload.emplace(upload, std::chrono::steady_clock::now());
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

/// Of a request that never became one.
std::shared_ptr<Exchange> Connection::refusedExchange(std::string error)
{
    auto exchange = std::make_shared<Exchange>();
    fillConnection(*exchange);
    exchange->timings.complete = since(m_firstByte, std::chrono::steady_clock::now());
    exchange->timings.firstByteOut = exchange->timings.complete;
    exchange->serverName = m_share->service->snapshot()->name();
    exchange->rawInput = m_parser.rawHead().substr(0, kRawInput);
    exchange->request = m_parser.head();
    exchange->match = MatchKind::BadRequest;
    exchange->error = std::move(error);
    if (m_anticipated)
        exchange->behaviour = withConnection(m_anticipated->data.decision.record);
    return exchange;
}

/// After a pause that was cut short while a request was read slowly. Nobody is there to be
/// answered.
void Connection::recordLeft()
{
    if (m_isClientGone)
        m_share->service->record(
            refusedExchange("the client closed the connection while its request was read slowly"));
}

/// Answers a request that never became one, records it, and ends the connection.
asio::awaitable<void> Connection::refuse(const http::ParseFailure &failure)
{
    m_phase = Phase::Answering;
    m_deadline = SteadyTime::max();
    m_timedOut = false;
    m_keepAlive = false;
    AnswerPlan plan;
    plan.answer = prepareMessage(failure.status, failure.message);
    Outcome outcome;
    outcome.firstOut = std::chrono::steady_clock::now();
    std::string out;
    composeHead(plan, 11, out);
    outcome.head = out;
    const bool written = co_await write(out, *plan.answer->body);
    auto exchange = refusedExchange(failure.message);
    exchange->timings.firstByteOut = since(m_firstByte, outcome.firstOut);
    if (written) {
        exchange->status = failure.status;
        exchange->responseHead = std::move(outcome.head);
        exchange->responseBody = captureBody(*plan.answer->body, m_share->service->captureLimit());
    }
    m_share->service->record(std::move(exchange));
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
