// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/wire/io_thread.h"
#include "core/wire/listener_share.h"
#include "core/wire/transport.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>
#include <string_view>

namespace understudy::wire {

/// One client's stream as a coroutine sees it: reading and writing with a deadline, waiting on
/// purpose for a client that may leave meanwhile, and the ways to end. It keeps no buffers while it
/// waits. Lives on its IoThread.
class Channel
{
public:
    /// What the time passes with. Stopping the server ends what is idle or stalled at once, and
    /// lets the other phases come to their end.
    enum class Phase { Idle, Reading, Answering, Stalled, Closing };
    using Status = Transport::Status;

    Channel(boost::asio::ip::tcp::socket socket, IoThread &thread,
            std::shared_ptr<ListenerShare> share);
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;

    Transport &transport() { return m_transport; }
    IoThread &thread() { return m_thread; }
    ListenerShare &share() { return *m_share; }
    const ListenerShare &share() const { return *m_share; }
    Service &service() { return *m_share->service; }

    // What stops it from outside, on its thread:
    void checkDeadline(SteadyTime now);
    /// Ends it now if it is idle or stalled, else when its answer is out.
    void finishSoon();
    void abort();
    /// No further request is to be read.
    bool isFinishing() const { return m_isFinishing || m_share->closing; }

    Phase phase() const { return m_phase; }
    void setPhase(Phase phase) { m_phase = phase; }
    void setDeadline(Phase phase, SteadyTime deadline);
    void setDeadline(Phase phase, Duration fromNow);
    /// From now on nothing has to be done by a time.
    void clearDeadline();
    /// The time is ours, not the client's: it gets as much more.
    void extendDeadline(Duration by);
    bool timedOut() const { return m_timedOut; }

    /// Waits for bytes and reads at most so many into the thread's buffer. False: the stream has
    /// ended, or the wait was cut short.
    boost::asio::awaitable<bool> receive(std::string_view &bytes, std::size_t most);
    /// Writes both pieces; false if the client is gone or takes nothing for `limits.idle`.
    boost::asio::awaitable<bool> write(std::string_view head, std::string_view body);

    /// Waits until then; false if the connection was aborted meanwhile, or if the client left
    /// (isClientGone) that waits for an answer or sends a request slowly.
    boost::asio::awaitable<bool> pauseUntil(SteadyTime until);
    boost::asio::awaitable<bool> pauseUntil(SteadyTime until, bool isWatched);
    /// A new request, or a first one: whether the client left is asked soon at first.
    void beginLooking();
    bool isClientGone() const { return m_isClientGone; }

    /// Keeps the connection and neither reads nor writes, until the time is over, the client has
    /// left or the server stops.
    boost::asio::awaitable<void> stall(std::optional<Duration> duration);
    /// Throws away what arrives until the client has left or the server stops.
    boost::asio::awaitable<void> readOn();
    /// A reset throws away what the system has not sent yet: the client is to get all of it first.
    boost::asio::awaitable<void> resetWhenSent();
    /// Ends the sending side (with `cut`, without TLS's goodbye) and reads what the client still
    /// sends, for a while, so that the last answer is not lost to a reset.
    boost::asio::awaitable<void> lingeringClose(bool cut = false);
    /// Ends the connection as a fault has planned; nothing where it is ending already.
    boost::asio::awaitable<void> endAs(WireEnd end, std::optional<Duration> stallFor);
    /// Takes the server away; returns when it is, so that a client that is reset next finds nobody
    /// there.
    boost::asio::awaitable<void> takeServerAway(ServerEffect effect, Duration duration);

private:
    struct Watch;
    std::shared_ptr<Watch> wakeOnInput(boost::asio::steady_timer &timer);
    bool hasLeft(SteadyTime now);

    Transport m_transport;
    IoThread &m_thread;
    std::shared_ptr<ListenerShare> m_share;
    Phase m_phase = Phase::Idle;
    SteadyTime m_deadline = SteadyTime::max();
    bool m_timedOut = false;
    bool m_isFinishing = false;
    boost::asio::steady_timer *m_waiting = nullptr; ///< the pause that is passing, if one is
    bool m_isClientGone = false;                    ///< noticed during a pause
    bool m_hasInput = false; ///< something arrived during a pause of this request
    SteadyTime m_nextLook{}; ///< whether the client is still there
    Duration m_lookEvery{};
};

} // namespace understudy::wire
