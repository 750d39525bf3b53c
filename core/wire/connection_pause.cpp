// SPDX-License-Identifier: Apache-2.0
#include "core/wire/connection.h"
#include "core/wire/connection_parts.h"

#include <algorithm>

/// Waiting: on purpose, for a client that may have left, and behind the last answer.
namespace understudy::wire {

namespace {

// Shorter pauses are not worth watching the client.
constexpr auto kShortPause = 20ms;
// How often a client is asked after that has ended its input, or sent more already: at first, and
// at last.
constexpr Duration kFirstLook = 50ms;
constexpr Duration kSlowestLook = 1s;
// After the last answer the client has this long to read it before the connection is gone (RFC 9112
// section 9.6).
constexpr auto kLinger = 2s;
constexpr std::size_t kLingerBytes = 4u << 20;

} // namespace

/// Shared with the wait for the socket, which may end after the pause has.
struct Connection::Watch
{
    asio::steady_timer *timer = nullptr; ///< of the pause; null when it is over
    bool isWoken = false;
};

/// Ends a pause as soon as something happens on the socket: bytes, the end of the client's input,
/// a reset.
std::shared_ptr<Connection::Watch> Connection::wakeOnInput(asio::steady_timer &timer)
{
    auto watch = std::make_shared<Watch>(Watch{&timer});
    m_transport.socket().async_wait(asio::ip::tcp::socket::wait_read,
                                    [watch](const boost::system::error_code &) {
                                        if (!watch->timer)
                                            return;
                                        watch->isWoken = true;
                                        watch->timer->cancel();
                                    });
    return watch;
}

/// Whether the client has left; asks the system only now and then.
bool Connection::hasLeft(SteadyTime now)
{
    if (now < m_nextLook)
        return false;
    m_nextLook = now + m_lookEvery;
    m_lookEvery = std::min(m_lookEvery * 2, kSlowestLook);
    const Presence presence = m_transport.presence();
    m_isClientGone = presence == Presence::Gone
                     || (presence == Presence::EndedInput && m_transport.hasClientClosed());
    return m_isClientGone;
}

void Connection::beginLooking()
{
    m_hasInput = false;
    m_lookEvery = kFirstLook;
    m_nextLook = std::chrono::steady_clock::now() + kFirstLook;
}

asio::awaitable<bool> Connection::pauseUntil(SteadyTime until)
{
    // Idle and stalled connections look after themselves.
    return pauseUntil(until, m_phase == Phase::Answering || m_phase == Phase::Reading);
}

asio::awaitable<bool> Connection::pauseUntil(SteadyTime until, bool isWatched)
{
    if (m_phase == Phase::Closing || m_isClientGone)
        co_return false;
    asio::steady_timer timer(m_thread.context());
    for (SteadyTime now = std::chrono::steady_clock::now(); now < until;
         now = std::chrono::steady_clock::now()) {
        if (isWatched && hasLeft(now))
            co_return false;
        SteadyTime next = until;
        std::shared_ptr<Watch> watch;
        if (isWatched && until - now > kShortPause) {
            if (m_hasInput)
                next = std::min(until, m_nextLook);
            else
                watch = wakeOnInput(timer);
        }
        timer.expires_at(next);
        m_waiting = &timer;
        co_await timer.async_wait(kNoThrow);
        m_waiting = nullptr;
        const bool isWoken = watch && watch->isWoken;
        if (watch)
            watch->timer = nullptr;
        if (watch && !isWoken)
            m_transport.cancel();
        if (isWoken) {
            m_hasInput = true;
            m_nextLook = {};
        }
        if (m_phase == Phase::Closing)
            co_return false;
        if (!isWoken && std::chrono::steady_clock::now() < next)
            break; // stopping the server ends it early
    }
    co_return true;
}

/// Ends the sending side and reads what the client still sends, for a while, so that the last
/// answer is not lost to a reset.
asio::awaitable<void> Connection::lingeringClose()
{
    if (m_phase == Phase::Closing)
        co_return;
    const bool isOpen = m_end == WireEnd::Cut ? m_transport.cutSend() : m_transport.shutdownSend();
    m_timedOut = false;
    setDeadline(Phase::Closing, kLinger);
    for (std::size_t drained = 0; isOpen && drained < kLingerBytes;) {
        const bool isReady = co_await m_transport.wait(Status::WantRead);
        if (!isReady || m_timedOut || !m_transport.discard(drained))
            co_return;
    }
}

} // namespace understudy::wire
