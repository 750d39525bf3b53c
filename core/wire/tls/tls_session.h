// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/early_faults.h"
#include "core/wire/tls/tls_context.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace understudy::wire {

/// The TLS layer of one accepted connection, over its non-blocking socket; the server's side. It
/// never waits: whoever uses it waits for the socket and calls again. Belongs to the connection's
/// thread.
class TlsSession
{
public:
    enum class Status {
        Done,      ///< it went through; of read and write: at least one byte
        WantRead,  ///< again when the socket is readable
        WantWrite, ///< again when the socket is writable
        Held,      ///< handshake(): the plan is silent; it will never go on
        Closed,    ///< the client's close_notify has arrived
        Failed     ///< error() says why; a fatal alert has been sent where TLS has one
    };
    /// Asked once, when the client's hello has arrived, with its SNI host name (empty without one).
    using HelloHandler = std::function<HandshakePlan(std::string_view serverName)>;

    /// `socket` stays the caller's; it must be non-blocking.
    TlsSession(std::shared_ptr<const TlsContext> context, int socket, HelloHandler onHello);
    ~TlsSession();
    TlsSession(const TlsSession &) = delete;
    TlsSession &operator=(const TlsSession &) = delete;

    Status handshake();
    /// Up to `size` bytes into `data`; `read` says how many.
    Status read(char *data, std::size_t size, std::size_t &read);
    /// As much of `bytes` as goes; `written` says how much. After WantRead or WantWrite call it
    /// again with the same bytes or more behind them (the buffer may have moved).
    Status write(std::string_view bytes, std::size_t &written);
    /// Sends close_notify, unless the plan leaves it out. Nothing is waited for.
    void close();
    /// Bytes are decrypted already and can be read without the socket becoming readable.
    bool hasPending() const;

    const std::string &
    error() const; ///< "the client does not trust the certificate (alert unknown CA)"
    const std::string &serverName() const;  ///< SNI; empty without
    std::string protocol() const;           ///< "TLS 1.3"
    std::string certificateSubject() const; ///< of the client's certificate; empty without one
    const HandshakePlan &plan() const;      ///< what was said to the hello

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace understudy::wire
