// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/compiled_server.h"
#include "core/http/request_parser.h"
#include "core/wire/io_thread.h"
#include "core/wire/service.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace understudy::wire {

/// What the connections of one listener have in common. Any thread.
struct ListenerShare
{
    std::shared_ptr<Service> service;
    std::atomic<bool> closing{false}; ///< no further request is read
    std::atomic<std::size_t> connections{0};
    std::atomic<std::uint64_t> accepted{0};
    std::function<void()> lastGone; ///< called when `connections` falls to 0 while closing
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
    /// Ends it now if it is idle, else when its answer is out.
    void finishSoon();
    void abort();
    const ListenerShare *share() const { return m_share.get(); }

private:
    enum class Phase { Idle, Reading, Answering, Closing };
    struct Outcome; // of one answer, for the exchange

    boost::asio::awaitable<void> run();
    boost::asio::awaitable<bool> readRequest(std::shared_ptr<const CompiledServer> server);
    boost::asio::awaitable<void> answer(std::shared_ptr<const CompiledServer> server);
    boost::asio::awaitable<void> refuse(const http::ParseFailure &failure);
    boost::asio::awaitable<bool> write(std::string_view head, std::string_view body);
    boost::asio::awaitable<bool> writeFile(const FileSlice &slice, Outcome &outcome);
    boost::asio::awaitable<bool> waitReadable();
    boost::asio::awaitable<bool> waitWritable();
    boost::asio::awaitable<void> lingeringClose();

    std::size_t readSome(std::string_view &bytes, bool &end);
    void composeHead(const AnswerPlan &plan, int version, std::string &out);
    void recordAnswer(const CompiledServer &server, http::Request request, const AnswerPlan &plan,
                      Outcome outcome);
    void setDeadline(Phase phase, Duration fromNow);

    boost::asio::ip::tcp::socket m_socket;
    IoThread &m_thread;
    std::shared_ptr<ListenerShare> m_share;
    ConnectionFacts m_facts;
    std::string m_client; ///< "127.0.0.1:50312"
    std::uint64_t m_number;

    http::RequestParser m_parser;
    std::string m_carry; ///< bytes behind the request that is being answered
    Phase m_phase = Phase::Idle;
    SteadyTime m_deadline = SteadyTime::max();
    bool m_timedOut = false;
    boost::asio::steady_timer *m_waiting = nullptr; ///< the latency that is passing, if one is
    bool m_keepAlive = true;
    SteadyTime m_firstByte{};
    WallTime m_received{};
};

} // namespace understudy::wire
