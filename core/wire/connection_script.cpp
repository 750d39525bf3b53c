// SPDX-License-Identifier: Apache-2.0
#include "core/wire/connection.h"
#include "core/wire/connection_parts.h"

#include <algorithm>

/// The script player: what a connection does when something is to happen on purpose. Waiting is a
/// timer; stopping the server ends every wait.
namespace understudy::wire {

namespace {

// How often it is looked whether the client has taken everything, before a reset.
constexpr auto kSentPoll = 1ms;
constexpr auto kMostSentPolls = 2000;
// How often a stalled connection looks whether its client has left.
constexpr auto kLeftPoll = 100ms;
// What was sent is known in pieces of this size.
constexpr std::size_t kPiece = 65'536;

} // namespace

void Connection::Outcome::keep(std::string_view piece)
{
    size += piece.size();
    if (bytes->size() < limit)
        bytes->append(piece.substr(0, limit - bytes->size()));
}

asio::awaitable<void> Connection::answerByScript(AnswerPlan &plan, http::Http1Writer &writer,
                                                 Outcome &outcome)
{
    if (m_conversation.needsWholeBody(plan))
        writer.leaveOutChunks();
    AnswerBytes bytes;
    writer.writeHead(plan.extraHeaders, m_thread.dateLine(), m_keepAlive, bytes.head);
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
    outcome.limit = m_share->service->captureLimit() + m_thread.readBuffer().size();
    co_await play(script, outcome);
    m_end = script.end;
    m_stallFor = script.stallFor;
    if (m_end != WireEnd::KeepAlive && m_end != WireEnd::Race)
        m_keepAlive = false;
    if (script.effect != ServerEffect::None)
        co_await takeServerAway(script.effect, script.effectFor);
}

/// Returns when it is away, so that a client that is reset next finds nobody there.
asio::awaitable<void> Connection::takeServerAway(ServerEffect effect, Duration duration)
{
    if (!m_share->takeAway)
        co_return;
    m_share->takeAway(effect, duration);
    const SteadyTime giveUp = std::chrono::steady_clock::now() + std::min<Duration>(duration, 1s);
    SteadyTime now = std::chrono::steady_clock::now();
    while (!m_share->isAway() && now < giveUp) {
        const bool isOpen = co_await pauseUntil(now + kSentPoll);
        if (!isOpen)
            co_return;
        now = std::chrono::steady_clock::now();
    }
}

asio::awaitable<void> Connection::play(const WireScript &script, Outcome &outcome)
{
    if (script.download.value == 0) {
        m_download.reset();
    } else if (!m_download || m_downloadRate != script.download) {
        m_download.emplace(script.download, std::chrono::steady_clock::now());
    }
    m_downloadRate = script.download;
    outcome.firstOut = {};
    for (const WireStep &step : script.steps) {
        bool goesOn = true;
        if (const auto *wait = std::get_if<WaitForAnswerStep>(&step)) {
            goesOn = co_await pauseUntil(outcome.arrived + wait->latency);
        } else if (const auto *pause = std::get_if<PauseStep>(&step)) {
            goesOn = co_await pauseUntil(std::chrono::steady_clock::now() + pause->duration);
        } else {
            if (outcome.firstOut == SteadyTime{})
                outcome.firstOut = std::chrono::steady_clock::now();
            if (const auto *bytes = std::get_if<WriteStep>(&step))
                goesOn = co_await writeSliced(bytes->bytes, bytes->slices, outcome);
            else if (const auto *file = std::get_if<WriteFileStep>(&step))
                goesOn = co_await writeFile(*file, outcome);
        }
        if (!goesOn) {
            outcome.isWhole = false;
            if (m_phase == Phase::Closing)
                outcome.error = "the server was stopped before the answer was sent";
            break;
        }
    }
    if (outcome.firstOut == SteadyTime{})
        outcome.firstOut = std::chrono::steady_clock::now();
}

asio::awaitable<bool> Connection::writeSliced(std::string_view bytes, Slices slices,
                                              Outcome &outcome)
{
    Slicer slicer(slices, bytes.size(), std::chrono::steady_clock::now());
    while (!bytes.empty()) {
        const bool isOpen = co_await pauseUntil(slicer.due());
        if (!isOpen)
            co_return false;
        const std::string_view slice = bytes.substr(0, slicer.take());
        const bool isWritten = co_await writeThrottled(slice, outcome);
        if (!isWritten)
            co_return false;
        bytes.remove_prefix(slice.size());
    }
    co_return true;
}

asio::awaitable<bool> Connection::writeThrottled(std::string_view bytes, Outcome &outcome)
{
    while (!bytes.empty()) {
        std::string_view piece = bytes.substr(0, kPiece);
        if (m_download) {
            piece = piece.substr(0, m_download->piece());
            const SteadyTime ready
                = m_download->readyFor(piece.size(), std::chrono::steady_clock::now());
            const bool isOpen = co_await pauseUntil(ready);
            if (!isOpen)
                co_return false;
            m_download->take(piece.size(), std::chrono::steady_clock::now());
        }
        const bool isWritten = co_await write(piece, {});
        if (!isWritten)
            co_return false;
        outcome.keep(piece);
        bytes.remove_prefix(piece.size());
    }
    co_return true;
}

/// The end of a connection that a fault has planned.
asio::awaitable<void> Connection::endAsPlanned()
{
    if (m_phase == Phase::Closing)
        co_return;
    switch (m_end) {
    case WireEnd::Reset:
        co_await resetWhenSent();
        break;
    case WireEnd::HalfClose:
        m_transport.shutdownSend();
        co_await readOn();
        break;
    case WireEnd::Stall:
        co_await stall(m_stallFor);
        if (m_phase != Phase::Closing)
            m_transport.shutdownSend();
        break;
    case WireEnd::KeepAlive:
    case WireEnd::Race:
    case WireEnd::Close:
    case WireEnd::Cut:
        co_await lingeringClose();
        break;
    }
}

/// Keeps the connection and neither reads nor writes, until the time is over, the client has left
/// or the server stops.
asio::awaitable<void> Connection::stall(std::optional<Duration> duration)
{
    m_phase = Phase::Stalled;
    m_timedOut = false;
    m_deadline = SteadyTime::max();
    SteadyTime now = std::chrono::steady_clock::now();
    const SteadyTime end = duration ? now + *duration : SteadyTime::max();
    while (now < end && !m_share->closing && m_transport.presence() == Presence::There) {
        const SteadyTime next = std::min<SteadyTime>(end, now + kLeftPoll);
        const bool isOpen = co_await pauseUntil(next);
        if (!isOpen)
            co_return;
        now = std::chrono::steady_clock::now();
    }
}

/// Throws away what arrives until the client has left or the server stops.
asio::awaitable<void> Connection::readOn()
{
    m_phase = Phase::Stalled;
    m_timedOut = false;
    m_deadline = SteadyTime::max();
    bool isThere = true;
    std::size_t drained = 0;
    while (isThere && !m_share->closing) {
        isThere = co_await m_transport.wait(Status::WantRead);
        isThere = isThere && m_transport.discard(drained);
    }
}

/// A reset throws away what the system has not sent yet: the client is to get all of it first.
asio::awaitable<void> Connection::resetWhenSent()
{
    for (int poll = 0; poll < kMostSentPolls && m_transport.unsent() > 0; ++poll) {
        const SteadyTime next = std::chrono::steady_clock::now() + kSentPoll;
        const bool isOpen = co_await pauseUntil(next);
        if (!isOpen)
            co_return;
    }
    m_transport.reset();
}

} // namespace understudy::wire
