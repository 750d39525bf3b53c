// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>

namespace understudy::wire {

/// How requests and answers are spoken on a connection that is open: HTTP/1 (http1_session.h).
/// Which one is chosen by what the TLS handshake agreed on.
class Session
{
public:
    Session() = default;
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;
    virtual ~Session() = default;

    /// Serves requests until the client, the server or a fault ends the connection. Called once.
    virtual boost::asio::awaitable<void> run() = 0;
};

} // namespace understudy::wire
