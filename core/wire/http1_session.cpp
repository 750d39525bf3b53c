// SPDX-License-Identifier: Apache-2.0
#include "core/wire/http1_session.h"

#include "core/engine/answer_builder.h"
#include "core/http/date.h"

#include <algorithm>
#include <chrono>
#include <utility>

/// Reading requests.
namespace understudy::wire {

namespace asio = boost::asio;
using Phase = Channel::Phase;

namespace {

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

Http1Session::Http1Session(Channel &channel, Conversation &conversation)
    : m_channel(channel)
    , m_conversation(conversation)
    , m_player(channel)
{}

Http1Session::~Http1Session() { release(); }

Moment Http1Session::moment(WallTime wall, SteadyTime now) const
{
    return {m_channel.service().shown(wall), since(m_channel.service().started(), now)};
}

std::string_view Http1Session::dateLine()
{
    const Service &service = m_channel.service();
    if (service.showsRealTime())
        return m_channel.thread().dateLine();
    m_dateLine
        = "Date: " + http::formatDate(service.shown(std::chrono::system_clock::now())) + "\r\n";
    return m_dateLine;
}

asio::awaitable<void> Http1Session::run()
{
    while (m_keepAlive && !m_channel.isFinishing()) {
        // Named: GCC 12 without optimisation destroys temporaries of such a call too early.
        const Limits limits = m_channel.service().snapshot()->limits();
        const Arrival arrival = co_await readRequest(limits);
        if (arrival == Arrival::None)
            co_return;
        m_keepAlive = m_parser.keepAlive() && !m_channel.isFinishing();
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
            co_await m_channel.endAs(m_end, m_stallFor);
            co_return;
        }
    }
    co_await m_channel.lingeringClose();
}

/// Reads until m_parser holds a whole request, or a fault strikes at its head.
asio::awaitable<Http1Session::Arrival> Http1Session::readRequest(Limits limits)
{
    m_parser = http::RequestParser(parserOptions(limits));
    release();
    m_upload.reset();
    m_channel.beginLooking();
    bool saidContinue = false;
    m_channel.setDeadline(Phase::Idle, limits.idle);
    std::string carried = std::exchange(m_carry, {});
    std::string_view input = carried;
    while (true) {
        if (input.empty()) {
            const std::size_t most
                = m_upload ? m_upload->piece() : m_channel.thread().readBuffer().size();
            const bool hasMore = co_await m_channel.receive(input, most);
            if (!hasMore) {
                if (m_parser.isIdle() || m_channel.phase() == Phase::Closing)
                    co_return Arrival::None;
                if (!m_channel.timedOut())
                    m_parser.finish();
                const http::ParseFailure failure
                    = m_channel.timedOut()
                          ? http::ParseFailure{408, "the request did not arrive within "
                                                        + formatDuration(limits.request)
                                                        + " (limits.request)"}
                          : *m_parser.failure();
                co_await refuse(failure);
                co_return Arrival::None;
            }
        }
        if (m_channel.phase() == Phase::Idle && !input.empty()) {
            const auto firstByte = std::chrono::steady_clock::now();
            if (m_conversation.begins(std::chrono::system_clock::now(), firstByte)) {
                m_channel.service().record(m_conversation.noRequest(
                    "the connection was reset just as its next request arrived",
                    std::chrono::steady_clock::now()));
                co_await m_channel.resetWhenSent();
                co_return Arrival::None;
            }
            m_channel.setDeadline(Phase::Reading, firstByte + limits.request);
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
            m_channel.setPhase(Phase::Idle); // only blank lines so far
        if (m_parser.isHeadComplete() && m_parser.expectsContinue() && !saidContinue) {
            saidContinue = true;
            if (!m_parser.hasBodyBytes()
                && !co_await m_channel.write("HTTP/1.1 100 Continue\r\n\r\n", {}))
                co_return Arrival::None;
        }
        if (m_upload && !co_await slowDown(m_parser.bodySize() - bodyBefore)) {
            recordLeft();
            co_return Arrival::None;
        }
    }
}

/// Asks, once per request, what is to be known before its body is read.
HeadPlan Http1Session::anticipate()
{
    const auto now = std::chrono::steady_clock::now();
    const HeadPlan plan
        = m_conversation.head(m_parser.head(), moment(m_conversation.received(), now));
    if (plan.upload && plan.upload->value > 0)
        m_upload.emplace(*plan.upload, now);
    return plan;
}

/// Lets the bytes that were read pass the upload throttle; false if the connection was aborted.
asio::awaitable<bool> Http1Session::slowDown(std::size_t bytes)
{
    const auto now = std::chrono::steady_clock::now();
    m_upload->take(bytes, now);
    const SteadyTime ready = m_upload->readyFor(0, now);
    // The throttle is ours, not the client's: its request has the same time to arrive.
    m_channel.extendDeadline(std::chrono::ceil<Duration>(ready - now));
    const bool isOpen = co_await m_channel.pauseUntil(ready);
    co_return isOpen;
}

/// After a pause that was cut short while a request was read slowly. Nobody is there to be
/// answered.
void Http1Session::recordLeft()
{
    if (!m_channel.isClientGone())
        return;
    Sent nothing;
    nothing.firstOut = nothing.complete = std::chrono::steady_clock::now();
    m_channel.service().record(m_conversation.refused(
        "the client closed the connection while its request was read slowly", m_parser.head(),
        m_parser.rawHead(), nullptr, std::move(nothing), 0));
}

/// Answers a request that never became one, records it, and ends the connection.
asio::awaitable<void> Http1Session::refuse(const http::ParseFailure &failure)
{
    m_channel.setPhase(Phase::Answering);
    m_channel.clearDeadline();
    m_keepAlive = false;
    const auto answer = prepareMessage(failure.status, failure.message);
    const http::Http1Writer writer(*answer, 11);
    Outcome outcome;
    outcome.firstOut = std::chrono::steady_clock::now();
    writer.writeHead({}, dateLine(), m_keepAlive, outcome.head);
    outcome.isWhole = co_await m_channel.write(outcome.head, writer.body());
    outcome.complete = std::chrono::steady_clock::now();
    m_channel.service().record(
        m_conversation.refused(failure.message, m_parser.head(), m_parser.rawHead(), answer.get(),
                               std::move(outcome), m_channel.service().captureLimit()));
    m_parser = http::RequestParser();
    release();
    co_await m_channel.lingeringClose();
}

bool Http1Session::hold(std::uint64_t most)
{
    const std::uint64_t holds = m_parser.heapSize();
    const std::uint64_t more = holds - std::min(holds, m_held);
    m_held += more;
    return m_channel.share().held.fetch_add(more, std::memory_order_relaxed) + more <= most;
}

void Http1Session::release()
{
    if (m_held > 0)
        m_channel.share().held.fetch_sub(std::exchange(m_held, 0), std::memory_order_relaxed);
}

} // namespace understudy::wire
