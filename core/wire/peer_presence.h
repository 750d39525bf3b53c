// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>

/// Whether a client is still there while its answer waits. Only core/wire includes this header.
///
/// What TCP tells: a reset (the client aborted, was killed with bytes unread, or got bytes after it
/// had closed) says that it is gone. An end of its stream does not: a client that only ended its
/// sending side (`shutdown(SHUT_WR)`) waits for its answer, one that closed the connection does
/// not, and both send the same FIN; only bytes sent to it would tell them apart. A client on this
/// machine, as nearly all clients of a mock are, has its socket in the same system, and that one
/// can be asked for: a socket that was closed belongs to no file any more.
namespace understudy::wire {

enum class Presence {
    There,      ///< nothing has ended
    EndedInput, ///< it sends no more; that is all that is known
    Gone
};

/// By what the system knows of the connection's own socket. One system call.
Presence presenceOf(int socket);

/// Of a client whose input has ended: whether its own socket was closed as well. Asks the kernel's
/// socket diagnosis (Linux, sock_diag(7)), for clients of this machine only. False where it does
/// not know. A few system calls; to be asked now and then, not in a loop.
bool hasClosed(const boost::asio::ip::tcp::endpoint &client,
               const boost::asio::ip::tcp::endpoint &server);

} // namespace understudy::wire
