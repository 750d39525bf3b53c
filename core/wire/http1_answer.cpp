// SPDX-License-Identifier: Apache-2.0
#include "core/wire/http1_session.h"

#include "core/wire/workers.h"

#include <chrono>
#include <utility>

/// Answering requests: as it should be, the way of nearly every one, and as a script says.
namespace understudy::wire {

namespace asio = boost::asio;
using Phase = Channel::Phase;

namespace {

// Of a streamed file an exchange keeps this much.
constexpr std::size_t kFileCapture = 262'144;
// Answers up to this size go out in one piece with their head, which costs a copy and saves a
// system call's set-up.
constexpr std::size_t kOnePiece = 16'384;

} // namespace

asio::awaitable<void> Http1Session::answer(http::Request request)
{
    m_channel.setDeadline(Phase::Answering, SteadyTime::max());
    Outcome outcome;
    outcome.arrived = std::chrono::steady_clock::now();
    const Moment now = moment(m_conversation.received(), outcome.arrived);
    AnswerPlan plan;
    if (m_conversation.mayTakeLong(request)) {
        // Its other connections go on meanwhile.
        std::function<void()> work = [&] { plan = m_conversation.request(request, now); };
        co_await m_channel.thread().workers().run(std::move(work));
    } else {
        plan = m_conversation.request(request, now);
    }
    outcome.matched = std::chrono::steady_clock::now();
    if (!plan.error.empty())
        m_channel.service().report(Severity::Error, plan.error);
    if (plan.answer->closes)
        m_keepAlive = false;

    http::Http1Writer writer(*plan.answer, request.head.version());
    if (m_conversation.needsScript(plan))
        co_await answerByScript(plan, writer, outcome);
    else
        co_await answerPlainly(plan, writer, outcome);
    outcome.complete = std::chrono::steady_clock::now();
    if (!outcome.isWhole) {
        m_keepAlive = false;
        m_end = WireEnd::Close;
        if (outcome.error.empty())
            outcome.error = "the client closed the connection before the answer was sent";
    }
    std::vector<OutboundRequest> callbacks = std::move(plan.callbacks);
    const std::uint64_t place = m_channel.service().record(
        m_conversation.finished(std::move(request), std::move(plan), std::move(outcome),
                                m_channel.service().captureLimit()));
    if (!callbacks.empty())
        m_channel.service().sendCallbacks(std::move(callbacks), place);
}

asio::awaitable<void> Http1Session::answerPlainly(const AnswerPlan &plan,
                                                  const http::Http1Writer &writer, Outcome &outcome)
{
    if (plan.latency.count() > 0) {
        const bool isOpen = co_await m_channel.pauseUntil(outcome.arrived + plan.latency);
        if (!isOpen) {
            outcome.isWhole = false;
            if (!m_channel.isClientGone())
                outcome.error = "the server was stopped before the answer was sent";
        }
    }
    if (m_channel.isFinishing())
        m_keepAlive = false;

    const std::string &body = writer.body();
    const bool sendsBody = plan.sendsBody && !plan.file;
    std::string &out = m_channel.thread().writeBuffer();
    writer.writeHead(plan.extraHeaders, dateLine(), m_keepAlive, out);
    outcome.head = out;
    outcome.firstOut = std::chrono::steady_clock::now();
    if (outcome.isWhole && sendsBody && body.size() <= kOnePiece) {
        out += body;
        outcome.isWhole = co_await m_channel.write(out, {});
    } else if (outcome.isWhole) {
        outcome.isWhole = co_await m_channel.write(outcome.head, sendsBody ? std::string_view(body)
                                                                           : std::string_view{});
    }
    if (outcome.isWhole && plan.file && plan.sendsBody) {
        m_player.endThrottle();
        outcome.bytes.emplace();
        outcome.limit = outcome.head.size() + kFileCapture;
        outcome.keep(outcome.head);
        const WriteFileStep step{plan.file->path, plan.file->offset, plan.file->size, {}, {},
                                 plan.file->file};
        outcome.isWhole = co_await m_player.writeFile(step, outcome);
    }
}

asio::awaitable<void> Http1Session::answerByScript(AnswerPlan &plan, http::Http1Writer &writer,
                                                   Outcome &outcome)
{
    if (m_conversation.needsWholeBody(plan))
        writer.leaveOutChunks();
    AnswerBytes bytes;
    writer.writeHead(plan.extraHeaders, dateLine(), m_keepAlive, bytes.head);
    bytes.keepsAlive = m_keepAlive;
    if (plan.sendsBody && plan.file) {
        bytes.file = WriteFileStep{plan.file->path, plan.file->offset, plan.file->size, {}, {},
                                   plan.file->file};
    } else if (plan.sendsBody) {
        bytes.body = writer.body();
    }
    const WireScript script = m_conversation.script(plan, std::move(bytes));
    outcome.plannedTransfer = script.plannedTransfer;
    outcome.bytes.emplace();
    outcome.limit = m_channel.service().captureLimit() + m_channel.thread().readBuffer().size();
    co_await m_player.play(script, outcome);
    m_end = script.end;
    m_stallFor = script.stallFor;
    if (m_end != WireEnd::KeepAlive && m_end != WireEnd::Race)
        m_keepAlive = false;
    if (script.effect != ServerEffect::None)
        co_await m_channel.takeServerAway(script.effect, script.effectFor);
}

} // namespace understudy::wire
