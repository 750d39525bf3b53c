// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/token_bucket.h"
#include "core/behaviour/wire_script.h"
#include "core/engine/conversation.h"
#include "core/http/http1_writer.h"
#include "core/http/request_parser.h"
#include "core/wire/io_thread.h"
#include "core/wire/service.h"
#include "core/wire/transport.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace understudy::wire {

/// What the connections of one listener have in common. Any thread.
struct ListenerShare
{
    std::shared_ptr<Service> service;
    std::atomic<bool> closing{false}; ///< no further request is read
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> handshakes{0}; ///< that are going on
    std::atomic<std::uint64_t> accepted{0};
    /// Bytes of requests that needed more than one read and are arriving or being answered.
    std::atomic<std::uint64_t> held{0};
    std::function<void()> lastGone; ///< called when `connections` falls to 0 while closing
    /// Takes the server away for so long: the refuse and blackhole faults.
    std::function<void(ServerEffect, Duration)> takeAway;
    std::function<bool()> isAway; ///< it is taken away now
};

/// One accepted connection: a coroutine that reads a request, answers it, and begins again (RFC
/// 9112 section 9). It keeps no buffers while it waits. Lives on its IoThread from run() to its
/// end.
class Connection : public std::enable_shared_from_this<Connection>
{
public:
    Connection(boost::asio::ip::tcp::socket socket, IoThread &thread,
               std::shared_ptr<ListenerShare> share);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Starts the coroutine on the connection's thread. Called once, from any thread.
    static void start(std::shared_ptr<Connection> connection);

    // On the connection's thread:
    void checkDeadline(SteadyTime now);
    /// Ends it now if it is idle or stalled, else when its answer is out.
    void finishSoon();
    void abort();
    const ListenerShare *share() const { return m_share.get(); }

private:
    enum class Phase { Idle, Reading, Answering, Stalled, Closing };
    enum class Arrival {
        Whole,    ///< m_parser holds a request
        HeadOnly, ///< a fault strikes before the body is read
        None      ///< the connection has ended; everything about it is said
    };
    struct Outcome; // of one answer, for the exchange
    using Status = Transport::Status;

    boost::asio::awaitable<void> run();

    // connection_begin.cpp: before the first request
    boost::asio::awaitable<bool> begin();
    boost::asio::awaitable<bool> acceptBehaviour();
    boost::asio::awaitable<bool> shakeHands(std::shared_ptr<const TlsContext> context);
    void recordNoRequest(std::string error);

    // connection.cpp: reading
    boost::asio::awaitable<Arrival> readRequest(Limits limits);
    boost::asio::awaitable<bool> receive(std::string_view &bytes, std::size_t most);
    HeadPlan anticipate();
    boost::asio::awaitable<bool> slowDown(std::size_t bytes);
    boost::asio::awaitable<void> refuse(const http::ParseFailure &failure);
    void recordLeft();

    /// Counts what m_parser holds against what the whole server may hold; false when that is spent.
    bool hold(std::uint64_t most);
    void release();

    // connection_answer.cpp: answering as it should be
    boost::asio::awaitable<void> answer(http::Request request);
    boost::asio::awaitable<void> answerPlainly(const AnswerPlan &plan,
                                               const http::Http1Writer &writer, Outcome &outcome);
    boost::asio::awaitable<bool> write(std::string_view head, std::string_view body);
    boost::asio::awaitable<bool> writeFile(const WriteFileStep &file, Outcome &outcome);

    // connection_script.cpp: answering as a script says
    boost::asio::awaitable<void> answerByScript(AnswerPlan &plan, http::Http1Writer &writer,
                                                Outcome &outcome);
    boost::asio::awaitable<void> play(const WireScript &script, Outcome &outcome);
    boost::asio::awaitable<bool> writeSliced(std::string_view bytes, Slices slices,
                                             Outcome &outcome);
    boost::asio::awaitable<bool> writeThrottled(std::string_view bytes, Outcome &outcome);
    boost::asio::awaitable<void> takeServerAway(ServerEffect effect, Duration duration);
    boost::asio::awaitable<void> endAsPlanned();
    boost::asio::awaitable<void> stall(std::optional<Duration> duration);
    boost::asio::awaitable<void> readOn();
    boost::asio::awaitable<void> resetWhenSent();

    // connection_pause.cpp: waiting on purpose
    /// Waits until then; false if the connection was aborted meanwhile, or if the client left
    /// (m_isClientGone) that waits for an answer or sends a request slowly.
    boost::asio::awaitable<bool> pauseUntil(SteadyTime until);
    boost::asio::awaitable<bool> pauseUntil(SteadyTime until, bool isWatched);

    struct Watch;
    std::shared_ptr<Watch> wakeOnInput(boost::asio::steady_timer &timer);
    bool hasLeft(SteadyTime now);
    void beginLooking();
    boost::asio::awaitable<void> lingeringClose();
    void setDeadline(Phase phase, Duration fromNow);
    Moment moment(WallTime wall, SteadyTime now) const;

    Transport m_transport;
    IoThread &m_thread;
    std::shared_ptr<ListenerShare> m_share;
    Conversation m_conversation;

    http::RequestParser m_parser;
    std::uint64_t m_held = 0; ///< this connection's part of ListenerShare::held
    std::string m_carry;      ///< bytes behind the request that is being answered
    Phase m_phase = Phase::Idle;
    SteadyTime m_deadline = SteadyTime::max();
    bool m_timedOut = false;
    boost::asio::steady_timer *m_waiting = nullptr; ///< the pause that is passing, if one is
    bool m_keepAlive = true;

    std::optional<TokenBucket> m_upload; ///< while a throttled body is read
    std::optional<TokenBucket> m_download;
    ByteCount m_downloadRate;
    WireEnd m_end = WireEnd::KeepAlive; ///< what becomes of the connection after the answer
    std::optional<Duration> m_stallFor;
    bool m_isClientGone = false; ///< noticed during a pause
    bool m_hasInput = false;     ///< something arrived during a pause of this request
    SteadyTime m_nextLook{};     ///< whether the client is still there
    Duration m_lookEvery{};
};

} // namespace understudy::wire
