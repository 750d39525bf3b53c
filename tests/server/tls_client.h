// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wire/tls/openssl.h"
#include "core/wire/tls/tls_session.h"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::test {

/// How a TlsClient behaves.
struct TlsClientOptions
{
    std::string host = "localhost"; ///< SNI, and the name that is checked
    std::string trust{};            ///< PEM of an authority; empty: trusts nobody
    bool verifies = true;
    std::vector<std::string> protocols{}; ///< ALPN
    int lowest = 0;                       ///< TLS1_2_VERSION …; 0: OpenSSL's
    int highest = 0;
    bool old = false; ///< speaks TLS 1.0 and 1.1 too
    const wire::Identity *identity = nullptr;
};

/// The client's end of a pair of connected sockets, and OpenSSL on it. Neither end ever waits.
class TlsClient
{
public:
    explicit TlsClient(const TlsClientOptions &options = {});
    ~TlsClient();
    TlsClient(const TlsClient &) = delete;
    TlsClient &operator=(const TlsClient &) = delete;

    int serverSocket() const { return m_sockets[1]; }
    /// Leaves: closes its socket without a word.
    void leave();

    /// One step of the handshake; true once it is done.
    bool step();
    bool isDone() const { return m_done; }
    /// Why the handshake or the last read failed; empty if it did not.
    const std::string &error() const { return m_error; }

    bool send(std::string_view bytes);
    /// What has arrived, up to `size` bytes. At the end of the stream empty, and atEnd() or error()
    /// says how it ended.
    std::string receive(std::size_t size = 65536);
    bool atEnd() const { return m_atEnd; } ///< with close_notify
    void sendCloseNotify() { SSL_shutdown(m_ssl.get()); }

    std::string protocol() const; ///< of ALPN
    wire::CertificatePtr certificate() const;
    /// Bytes that came, not yet read by OpenSSL.
    std::size_t waiting() const;
    SSL *ssl() { return m_ssl.get(); }

private:
    void note(int returned);

    int m_sockets[2] = {-1, -1};
    wire::SslContextPtr m_context;
    wire::SslPtr m_ssl;
    bool m_done = false;
    bool m_atEnd = false;
    std::string m_error;
};

/// Lets both go on until both are done, or neither can.
wire::TlsSession::Status shakeHands(wire::TlsSession &session, TlsClient &client);

/// Writes all, while the client reads; the bytes it got.
std::string sendAll(wire::TlsSession &session, TlsClient &client, std::string_view bytes);

} // namespace understudy::test
