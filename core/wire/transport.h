// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wire/peer_presence.h"
#include "core/wire/tls/tls_session.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

namespace understudy::wire {

/// A non-blocking socket, plain or under TLS, so that a connection need not know which. One thread.
/// Only core/wire includes this header.
class Transport
{
public:
    enum class Status { Done, WantRead, WantWrite, End };

    explicit Transport(boost::asio::ip::tcp::socket socket);

    boost::asio::ip::tcp::socket &socket() { return m_socket; }
    TlsSession *tls() { return m_tls.get(); }

    /// Whether the first byte that waits to be read begins a TLS handshake record (RFC 8446 section
    /// 5.1). Done: yes; End: no; WantRead: nothing is there yet.
    Status beginsTls();
    void startTls(std::shared_ptr<const TlsContext> context, TlsSession::HelloHandler onHello);

    /// Reads what is there, at most `size` bytes.
    Status readSome(char *data, std::size_t size, std::size_t &read);
    /// Writes what goes of both pieces, in order.
    Status writeSome(std::string_view head, std::string_view body, std::size_t &written);
    /// Waits until the socket is ready for what a call wanted; false if it was cancelled or broke.
    boost::asio::awaitable<bool> wait(Status wanted);
    /// Something can be read without waiting.
    bool hasPending() const { return m_tls && m_socket.is_open() && m_tls->hasPending(); }

    /// Ends the sending side: close_notify where TLS says goodbye, then FIN. False if the
    /// connection is broken already.
    bool shutdownSend();
    /// Without goodbye of TLS: just FIN.
    bool cutSend();
    /// Ends the connection with RST (SO_LINGER 0).
    void reset();
    /// Bytes that the system has not sent, or the client not acknowledged yet.
    std::size_t unsent();
    /// Throws away what has arrived, decrypted or not, up to 64 KiB, and adds its size to
    /// `drained`; false if the client has left.
    bool discard(std::size_t &drained);
    /// Whether the client is there, whatever is still to be read.
    Presence presence() const;
    /// Of a client whose input has ended: it is gone, as far as that can be known.
    bool hasClientClosed() const;
    void cancel();
    void close();

private:
    boost::asio::ip::tcp::socket m_socket;
    std::unique_ptr<TlsSession> m_tls;
};

} // namespace understudy::wire
