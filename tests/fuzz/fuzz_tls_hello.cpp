// SPDX-License-Identifier: Apache-2.0
// Whatever a client says first to a TLS port: the handshake ends or waits, and never goes through
// without a key exchange.
#include "core/wire/tls/certificate_authority.h"
#include "core/wire/tls/tls_context.h"
#include "core/wire/tls/tls_session.h"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace understudy;

std::shared_ptr<const wire::TlsContext> context()
{
    auto made = wire::TlsContext::create({}, {}, "127.0.0.1", *wire::CertificateAuthority::open({}),
                                         std::chrono::system_clock::now());
    if (!made)
        std::abort();
    return *made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto shared = context();
    std::signal(SIGPIPE, SIG_IGN);
    int ends[2];
    if (size > 65'536 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0)
        return 0;
    [[maybe_unused]] const auto sent = write(ends[0], data, size);
    shutdown(ends[0], SHUT_WR);
    {
        wire::TlsSession session(shared, ends[1], [](std::string_view) { return HandshakePlan{}; });
        if (session.handshake() == wire::TlsSession::Status::Done)
            std::abort();
    }
    close(ends[0]);
    close(ends[1]);
    return 0;
}
