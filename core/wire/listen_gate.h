// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/behaviour/wire_script.h"
#include "core/wire/service.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <memory>
#include <optional>

namespace understudy::wire {

/// Opens, binds and listens. An address can be taken again at once after it was closed.
boost::system::error_code listenOn(boost::asio::ip::tcp::acceptor &acceptor,
                                   const boost::asio::ip::tcp::endpoint &endpoint);

/// Takes a listening socket away for a while and brings it back: the faults refuse (the socket is
/// closed, with the connections in its queue) and blackhole (the socket listens, its queue is full
/// and nobody accepts). By the schedule of the snapshot, or because a request or connection drew
/// it. Lives on the listener's thread.
class ListenGate
{
public:
    ListenGate(boost::asio::io_context &context, boost::asio::ip::tcp::acceptor &acceptor);

    /// Opens or closes as it should be now; returns when to look again. Before run() it may be
    /// called on another thread.
    SteadyTime look(Service &service);
    /// Follows the schedule until close(). `owner` is kept alive meanwhile.
    boost::asio::awaitable<void> run(std::shared_ptr<Service> service, std::shared_ptr<void> owner);
    /// For the accept loop: returns when accepting makes sense, or the gate is closed for good.
    boost::asio::awaitable<void> waitOpen();

    void takeAway(ServerEffect effect, Duration duration);
    void reconsider() { m_timer.cancel(); }
    /// Closes the socket for good.
    void close();
    bool isClosed() const { return m_isClosed; }
    /// Any thread: the socket is taken away now.
    bool isAway() const { return m_state != ServerEffect::None; }
    /// Whether a connection, by its client's end, is the one that filled the queue; true once.
    bool takeFiller(const boost::asio::ip::tcp::endpoint &client)
    {
        const bool isIt = m_fillerEnd == client;
        if (isIt)
            m_fillerEnd.reset();
        return isIt;
    }

private:
    void apply(ServerEffect wanted, Service &service);
    void leave(Service &service);
    void fillQueue();

    boost::asio::io_context &m_context;
    boost::asio::ip::tcp::acceptor &m_acceptor;
    boost::asio::ip::tcp::endpoint m_endpoint;
    boost::asio::steady_timer m_timer;
    boost::asio::steady_timer m_opened; ///< cancelled when the gate opens
    std::atomic<ServerEffect> m_state{ServerEffect::None};
    ServerEffect m_away = ServerEffect::None; ///< drawn, not scheduled
    SteadyTime m_awayUntil{};
    std::optional<boost::asio::ip::tcp::socket> m_filler;
    std::optional<boost::asio::ip::tcp::endpoint> m_fillerEnd; ///< until it was accepted
    bool m_isClosed = false;
};

} // namespace understudy::wire
