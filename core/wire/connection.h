// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/conversation.h"
#include "core/wire/channel.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>

namespace understudy::wire {

class TlsContext;

/// One accepted connection: a coroutine that does what is to happen before the first request
/// (faults at accept, a latency, the TLS handshake) and then runs a session. Lives on its IoThread
/// from start() to its end.
class Connection
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
    void checkDeadline(SteadyTime now) { m_channel.checkDeadline(now); }
    void finishSoon() { m_channel.finishSoon(); }
    void abort() { m_channel.abort(); }
    const ListenerShare *share() const { return &m_channel.share(); }

private:
    boost::asio::awaitable<void> run();
    boost::asio::awaitable<bool> acceptBehaviour();
    boost::asio::awaitable<bool> beginTls();
    boost::asio::awaitable<bool> shakeHands(std::shared_ptr<const TlsContext> context);
    void recordNoRequest(std::string error);
    Moment moment(WallTime wall, SteadyTime now);

    std::shared_ptr<ListenerShare> m_share; ///< outlives the channel
    Channel m_channel;
    Conversation m_conversation;
    bool m_isHeld = false; ///< the handshake is planned to end in silence
};

} // namespace understudy::wire
