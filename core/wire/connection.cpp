// SPDX-License-Identifier: Apache-2.0
#include "core/wire/connection.h"

#include "core/engine/answer_builder.h"
#include "core/http/date.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <fstream>

namespace understudy::wire {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

// Answers up to this size go out in one piece with their head, which costs a copy and saves a
// system call's set-up.
constexpr std::size_t kOnePiece = 16'384;
constexpr std::size_t kFileBlock = 65'536;
// Of a streamed file an exchange keeps this much.
constexpr std::size_t kFileCapture = 262'144;
// Of a refused request.
constexpr std::size_t kRawInput = 4096;
// After the last answer the client has this long to read it before the connection is gone (RFC 9112
// section 9.6).
constexpr auto kLinger = 2s;
// A request that is arriving while its server is stopped has this long to become whole.
constexpr auto kLastBytes = 500ms;
constexpr std::size_t kLingerBytes = 4u << 20;

bool wouldBlock(const boost::system::error_code &ec)
{
    return ec == asio::error::would_block || ec == asio::error::try_again;
}

Duration since(SteadyTime start, SteadyTime now)
{
    return std::chrono::duration_cast<Duration>(now - start);
}

http::ParserOptions parserOptions(const Limits &limits)
{
    http::ParserOptions options;
    options.headLimit
        = static_cast<std::size_t>(std::min<std::uint64_t>(limits.head.value, 1u << 30));
    options.bodyLimit = limits.body.value;
    return options;
}

CapturedBody capture(std::string body, std::size_t limit)
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

} // namespace

struct Connection::Outcome
{
    SteadyTime arrived{}; ///< the last byte of the request
    SteadyTime matched{};
    SteadyTime firstOut{};
    SteadyTime complete{};
    std::string head;
    std::string error;
    std::optional<std::string> fileContent; ///< the beginning of what was sent
    std::uint64_t fileSent = 0;
};

Connection::Connection(asio::ip::tcp::socket socket, IoThread &thread,
                       std::shared_ptr<ListenerShare> share)
    : m_socket(std::move(socket))
    , m_thread(thread)
    , m_share(std::move(share))
    , m_number(m_share->accepted.fetch_add(1, std::memory_order_relaxed) + 1)
{
    m_share->connections.fetch_add(1);
    boost::system::error_code ec;
    m_socket.non_blocking(true, ec);
    m_socket.set_option(asio::ip::tcp::no_delay(true), ec);
    const auto peer = m_socket.remote_endpoint(ec);
    if (!ec) {
        m_facts.client = peer.address().to_string();
        m_client = peer.address().is_v6() ? '[' + m_facts.client + ']' : m_facts.client;
        m_client += ':' + std::to_string(peer.port());
    }
    m_facts.port = m_socket.local_endpoint(ec).port();
}

Connection::~Connection()
{
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
            self->m_thread.add(self.get(), std::min(limits.idle, limits.request) / 4);
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
            boost::system::error_code ec;
            self->m_socket.close(ec);
        },
        asio::detached);
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
    boost::system::error_code ec;
    m_socket.cancel(ec);
}

void Connection::finishSoon()
{
    m_keepAlive = false;
    if (m_phase == Phase::Idle) {
        boost::system::error_code ec;
        m_socket.cancel(ec);
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
    boost::system::error_code ec;
    m_socket.close(ec);
}

asio::awaitable<void> Connection::run()
{
    while (m_keepAlive && !m_share->closing) {
        // Limits are those of the moment the request begins; the snapshot that answers is taken
        // when it is whole.
        // Named values: GCC 12 without optimisation destroys temporaries of such a call too early.
        auto server = m_share->service->snapshot();
        const bool isWhole = co_await readRequest(std::move(server));
        if (!isWhole)
            co_return;
        server = m_share->service->snapshot();
        co_await answer(std::move(server));
    }
    co_await lingeringClose();
}

/// One non-blocking read into the thread's buffer. `end` is set at the end of the stream and on
/// errors.
std::size_t Connection::readSome(std::string_view &bytes, bool &end)
{
    boost::system::error_code ec;
    auto &buffer = m_thread.readBuffer();
    const std::size_t n = m_socket.read_some(asio::buffer(buffer), ec);
    bytes = {buffer.data(), n};
    end = ec && !wouldBlock(ec);
    return n;
}

asio::awaitable<bool> Connection::waitReadable()
{
    const auto [ec] = co_await m_socket.async_wait(asio::ip::tcp::socket::wait_read, kNoThrow);
    co_return !ec;
}

asio::awaitable<bool> Connection::waitWritable()
{
    const auto [ec] = co_await m_socket.async_wait(asio::ip::tcp::socket::wait_write, kNoThrow);
    co_return !ec;
}

/// Reads until m_parser holds a whole request. False: the connection has ended, everything about it
/// is said.
asio::awaitable<bool> Connection::readRequest(std::shared_ptr<const CompiledServer> server)
{
    const Limits limits = server->limits();
    server.reset(); // an idle connection does not keep an old snapshot alive
    m_parser = http::RequestParser(parserOptions(limits));
    bool saidContinue = false;
    setDeadline(Phase::Idle, limits.idle);
    std::string carried = std::exchange(m_carry, {});
    std::string_view input = carried;
    while (true) {
        if (input.empty()) {
            const auto [ec]
                = co_await m_socket.async_wait(asio::ip::tcp::socket::wait_read, kNoThrow);
            bool end = false;
            if (!ec)
                readSome(input, end);
            if (m_timedOut || ec || end) {
                if (m_parser.isIdle())
                    co_return false;
                if (!m_timedOut)
                    m_parser.finish();
                const http::ParseFailure failure
                    = m_timedOut ? http::ParseFailure{408, "the request did not arrive within "
                                                               + formatDuration(limits.request)
                                                               + " (limits.request)"}
                                 : *m_parser.failure();
                co_await refuse(failure);
                co_return false;
            }
        }
        if (m_phase == Phase::Idle && !input.empty()) {
            m_received = std::chrono::system_clock::now();
            m_firstByte = std::chrono::steady_clock::now();
            m_phase = Phase::Reading;
            m_deadline = m_firstByte + limits.request;
        }
        input.remove_prefix(m_parser.feed(input));
        if (m_parser.failure()) {
            const http::ParseFailure failure = *m_parser.failure();
            co_await refuse(failure);
            co_return false;
        }
        if (m_parser.isComplete()) {
            m_carry.assign(input);
            co_return true;
        }
        if (m_parser.isIdle())
            m_phase = Phase::Idle; // only blank lines so far
        if (m_parser.isHeadComplete() && m_parser.expectsContinue() && !saidContinue) {
            saidContinue = true;
            if (!m_parser.hasBodyBytes() && !co_await write("HTTP/1.1 100 Continue\r\n\r\n", {}))
                co_return false;
        }
    }
}

/// `version` is the client's: HTTP/1.0 knows no chunks, and closes unless told otherwise.
void Connection::composeHead(const AnswerPlan &plan, int version, std::string &out)
{
    const PreparedAnswer &answer = *plan.answer;
    out.clear();
    out += answer.isChunked && version == 10 ? answer.unchunkedHead : answer.head;
    out += plan.extraHeaders;
    if (!answer.hasDate)
        out += m_thread.dateLine();
    if (!m_keepAlive && !answer.hasConnection)
        out += "Connection: close\r\n";
    else if (m_keepAlive && version == 10 && !answer.hasConnection)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
}

asio::awaitable<void> Connection::answer(std::shared_ptr<const CompiledServer> server)
{
    m_phase = Phase::Answering;
    m_deadline = SteadyTime::max();
    m_keepAlive = m_parser.keepAlive() && !m_share->closing;
    Outcome outcome;
    outcome.arrived = std::chrono::steady_clock::now();
    http::Request request = m_parser.take();
    const int version = request.head.version();
    AnswerPlan plan = server->answer(request, m_facts, m_received);
    outcome.matched = std::chrono::steady_clock::now();
    if (!plan.error.empty())
        m_share->service->report(Severity::Error, plan.error);
    if (plan.answer->closes)
        m_keepAlive = false;

    if (plan.latency.count() > 0) {
        asio::steady_timer timer(m_thread.context(), outcome.arrived + plan.latency);
        m_waiting = &timer;
        co_await timer.async_wait(kNoThrow);
        m_waiting = nullptr;
        if (m_phase == Phase::Closing)
            outcome.error = "the server was stopped before the answer was sent";
    }
    if (m_share->closing)
        m_keepAlive = false;

    const std::string &body = plan.answer->isChunked && version == 10 ? *plan.answer->unchunkedBody
                                                                      : *plan.answer->body;
    const bool sendsBody = plan.sendsBody && !plan.file;
    std::string &out = m_thread.writeBuffer();
    composeHead(plan, version, out);
    outcome.head = out;
    bool written = outcome.error.empty();
    outcome.firstOut = std::chrono::steady_clock::now();
    if (written && sendsBody && body.size() <= kOnePiece) {
        out += body;
        written = co_await write(out, {});
    } else if (written) {
        written
            = co_await write(outcome.head, sendsBody ? std::string_view(body) : std::string_view{});
    }
    if (written && plan.file && plan.sendsBody) {
        outcome.fileContent.emplace();
        written = co_await writeFile(*plan.file, outcome);
    }
    outcome.complete = std::chrono::steady_clock::now();
    if (!written) {
        m_keepAlive = false;
        if (outcome.error.empty())
            outcome.error = "the client closed the connection before the answer was sent";
    }
    recordAnswer(*server, std::move(request), plan, std::move(outcome));
}

void Connection::recordAnswer(const CompiledServer &server, http::Request request,
                              const AnswerPlan &plan, Outcome outcome)
{
    const std::size_t limit = m_share->service->captureLimit();
    auto exchange = std::make_shared<Exchange>();
    exchange->received = m_received;
    exchange->timings.requestComplete = since(m_firstByte, outcome.arrived);
    exchange->timings.matched = since(m_firstByte, outcome.matched);
    exchange->timings.firstByteOut = since(m_firstByte, outcome.firstOut);
    exchange->timings.complete = since(m_firstByte, outcome.complete);
    exchange->timings.plannedLatency = plan.latency;
    exchange->serverId = m_share->service->serverId();
    exchange->serverName = server.name();
    exchange->client = m_client;
    exchange->connection = m_number;
    exchange->ordinal = plan.ordinal;
    exchange->request = std::move(request.head);
    exchange->requestBody = capture(std::move(request.body), limit);
    exchange->status = plan.answer->status;
    exchange->responseHead = std::move(outcome.head);
    if (outcome.fileContent) {
        exchange->responseBody = capture(*std::move(outcome.fileContent), limit);
        exchange->responseBody.cut
            = exchange->responseBody.cut || exchange->responseBody.size < outcome.fileSent;
        exchange->responseBody.size = outcome.fileSent;
    } else if (plan.sendsBody) {
        const auto &body = plan.answer->isChunked ? plan.answer->unchunkedBody : plan.answer->body;
        exchange->responseBody.content = body->empty() ? nullptr : body;
        exchange->responseBody.size = body->size();
        exchange->responseBody.isShared = plan.answer->isStatic;
    }
    exchange->match = plan.match;
    exchange->endpointId = plan.endpointId;
    exchange->endpointLabel = plan.endpointLabel;
    exchange->responseId = plan.responseId;
    exchange->responseLabel = plan.responseLabel;
    exchange->why = plan.why;
    exchange->error = outcome.error.empty() ? plan.error : outcome.error;
    m_share->service->record(std::move(exchange));
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
    auto exchange = std::make_shared<Exchange>();
    exchange->received = m_received;
    exchange->timings.firstByteOut = since(m_firstByte, outcome.firstOut);
    exchange->timings.complete = since(m_firstByte, std::chrono::steady_clock::now());
    exchange->serverId = m_share->service->serverId();
    exchange->serverName = m_share->service->snapshot()->name();
    exchange->client = m_client;
    exchange->connection = m_number;
    exchange->rawInput = m_parser.rawHead().substr(0, kRawInput);
    exchange->request = m_parser.head();
    exchange->match = MatchKind::BadRequest;
    exchange->error = failure.message;
    if (written) {
        exchange->status = failure.status;
        exchange->responseHead = std::move(outcome.head);
        exchange->responseBody = capture(*plan.answer->body, m_share->service->captureLimit());
    }
    m_share->service->record(std::move(exchange));
    co_await lingeringClose();
}

/// Writes both pieces; false if the client is gone or takes nothing for `limits.idle`.
asio::awaitable<bool> Connection::write(std::string_view head, std::string_view body)
{
    std::string kept; // the thread's buffer is not ours across a suspension
    while (!head.empty() || !body.empty()) {
        boost::system::error_code ec;
        const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(body)};
        const std::size_t n = m_socket.write_some(buffers, ec);
        if (ec && !wouldBlock(ec))
            co_return false;
        const std::size_t fromHead = std::min(n, head.size());
        head.remove_prefix(fromHead);
        body.remove_prefix(n - fromHead);
        if (head.empty() && body.empty())
            break;
        if (kept.empty() && !head.empty()) {
            kept.assign(head);
            head = kept;
        }
        m_deadline = std::chrono::steady_clock::now() + m_share->service->snapshot()->limits().idle;
        const bool ready = co_await waitWritable();
        m_deadline = SteadyTime::max();
        if (!ready || m_timedOut)
            co_return false;
    }
    co_return true;
}

asio::awaitable<bool> Connection::writeFile(const FileSlice &slice, Outcome &outcome)
{
    std::ifstream in(slice.path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(slice.offset));
    std::string block;
    while (outcome.fileSent < slice.size) {
        const std::uint64_t left = slice.size - outcome.fileSent;
        block.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, kFileBlock)));
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        if (static_cast<std::size_t>(in.gcount()) != block.size()) {
            outcome.error
                = "the body file '" + slice.path.string() + "' became shorter while it was sent";
            m_share->service->report(Severity::Error, outcome.error);
            co_return false;
        }
        if (outcome.fileContent->size() < kFileCapture)
            outcome.fileContent->append(block, 0, kFileCapture - outcome.fileContent->size());
        const bool written = co_await write(block, {});
        if (!written)
            co_return false;
        outcome.fileSent += block.size();
    }
    co_return true;
}

/// Ends the sending side and reads what the client still sends, for a while, so that the last
/// answer is not lost to a reset.
asio::awaitable<void> Connection::lingeringClose()
{
    if (m_phase == Phase::Closing)
        co_return;
    boost::system::error_code ec;
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, ec);
    m_timedOut = false;
    setDeadline(Phase::Closing, kLinger);
    for (std::size_t drained = 0; !ec && drained < kLingerBytes;) {
        if (!co_await waitReadable() || m_timedOut)
            co_return;
        std::string_view bytes;
        bool end = false;
        drained += readSome(bytes, end);
        if (end)
            co_return;
    }
}

} // namespace understudy::wire
