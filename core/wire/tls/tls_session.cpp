// SPDX-License-Identifier: Apache-2.0
#include "core/wire/tls/tls_session.h"

#include "core/wire/tls/tls_context_private.h"
#include "core/wire/tls/tls_errors.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

namespace understudy::wire {

namespace {

/// The host name of the extension server_name (RFC 6066 section 3); empty without one.
std::string readServerName(SSL *ssl)
{
    const unsigned char *bytes = nullptr;
    std::size_t size = 0;
    // A list's length, then an entry: type 0 (host name), length, name.
    constexpr std::size_t prefix = 5;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &bytes, &size) != 1
        || size <= prefix || bytes[2] != TLSEXT_NAMETYPE_host_name)
        return {};
    const std::size_t length = (static_cast<std::size_t>(bytes[3]) << 8U) + bytes[4];
    if (length != size - prefix)
        return {};
    const std::string name{reinterpret_cast<const char *>(bytes + prefix), length};
    // What is no host name (RFC 952 with the underscores that people use) is none that was sent: it
    // stands in records, certificates and rules.
    const bool isName = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '-' || c == '.' || c == '_' || c == ':';
    });
    return isName ? name : std::string();
}

/// The address of the server's end, for clients that come to 0.0.0.0 by an address of this machine;
/// empty if it is not IP.
std::string localAddress(int socket)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (getsockname(socket, reinterpret_cast<sockaddr *>(&storage), &size) != 0)
        return {};
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void *bytes = nullptr;
    if (storage.ss_family == AF_INET) {
        bytes = &reinterpret_cast<const sockaddr_in &>(storage).sin_addr;
    } else if (storage.ss_family == AF_INET6) {
        const auto &address = reinterpret_cast<const sockaddr_in6 &>(storage).sin6_addr;
        // An IPv4 client of a socket for both is known to itself by the IPv4 address.
        if (IN6_IS_ADDR_V4MAPPED(&address))
            return inet_ntop(AF_INET, &address.s6_addr[12], text.data(), text.size());
        bytes = &address;
    }
    if (!bytes || !inet_ntop(storage.ss_family, bytes, text.data(), text.size()))
        return {};
    return text.data();
}

} // namespace

class TlsSession::Private final : public HelloReceiver
{
public:
    std::shared_ptr<const TlsContext> context;
    HelloHandler onHello;
    int socket = -1;
    SslPtr ssl;
    std::shared_ptr<const IssuedCertificate> issued; ///< what this connection shows
    std::string error;
    std::string serverName;
    HandshakePlan plan;
    bool helloSeen = false;
    bool established = false;
    bool held = false;
    bool failed = false;

    int hello(int *alert) override;
    bool showIssued();
    Status fail(std::string text);
    Status outcome(int returned, int systemError);
};

/// Decides how the handshake goes on: the hello is here, nothing has been answered yet.
int TlsSession::Private::hello(int *alert)
{
    if (helloSeen) // the second hello after a HelloRetryRequest
        return SSL_CLIENT_HELLO_SUCCESS;
    helloSeen = true;
    serverName = readServerName(ssl.get());
    if (onHello)
        plan = onHello(serverName);
    if (plan.isRefused) {
        error = "the alert handshake_failure was sent on purpose";
        *alert = SSL_AD_HANDSHAKE_FAILURE;
        return SSL_CLIENT_HELLO_ERROR;
    }
    if (plan.isSilent) {
        held = true;
        return SSL_CLIENT_HELLO_RETRY;
    }
    if (plan.isOld) {
        // Its signatures are below the security level of our time.
        SSL_set_security_level(ssl.get(), 0);
        SSL_set_min_proto_version(ssl.get(), TLS1_VERSION);
        SSL_set_max_proto_version(ssl.get(), TLS1_1_VERSION);
    }
    // A resumed session shows no certificate, so a bad one would not be seen.
    if (!plan.isNothing()) {
        SSL_set_options(ssl.get(), SSL_OP_NO_TICKET);
        SSL_set_num_tickets(ssl.get(), 0);
    }
    if (!context->d().needsIssued(plan.certificate) || showIssued())
        return SSL_CLIENT_HELLO_SUCCESS;
    error = "no certificate could be made: " + opensslReason();
    *alert = SSL_AD_INTERNAL_ERROR;
    return SSL_CLIENT_HELLO_ERROR;
}

bool TlsSession::Private::showIssued()
{
    const TlsContext::Private &shared = context->d();
    issued = shared.issued(serverName, localAddress(socket), plan.certificate,
                           std::chrono::system_clock::now());
    if (!issued)
        return false;
    // Without this a client that likes RSA better would still get the file's certificate.
    SSL_certs_clear(ssl.get());
    return SSL_use_cert_and_key(ssl.get(), issued->certificate.get(), shared.leafKey.get(),
                                issued->chain.get(), 1)
           == 1;
}

TlsSession::Status TlsSession::Private::fail(std::string text)
{
    failed = true;
    if (error.empty())
        error = std::move(text);
    ERR_clear_error();
    return Status::Failed;
}

/// What a call that did not go through means.
TlsSession::Status TlsSession::Private::outcome(int returned, int systemError)
{
    const int result = SSL_get_error(ssl.get(), returned);
    switch (result) {
    case SSL_ERROR_WANT_READ:
        return Status::WantRead;
    case SSL_ERROR_WANT_WRITE:
        return Status::WantWrite;
    case SSL_ERROR_ZERO_RETURN:
        return Status::Closed;
    case SSL_ERROR_WANT_CLIENT_HELLO_CB:
        return Status::Held;
    default:
        return fail(tlsErrorText(ssl.get(), result, systemError, established));
    }
}

TlsSession::TlsSession(std::shared_ptr<const TlsContext> context, int socket, HelloHandler onHello)
    : d(std::make_unique<Private>())
{
    d->context = std::move(context);
    d->onHello = std::move(onHello);
    d->socket = socket;
    ERR_clear_error();
    d->ssl.reset(SSL_new(d->context->d().ssl.get()));
    if (!d->ssl || SSL_set_fd(d->ssl.get(), socket) != 1) {
        d->ssl.reset();
        d->fail("TLS cannot be set up: " + opensslReason());
        return;
    }
    SSL_set_app_data(d->ssl.get(), static_cast<HelloReceiver *>(d.get()));
    SSL_set_accept_state(d->ssl.get());
}

TlsSession::~TlsSession() = default;

TlsSession::Status TlsSession::handshake()
{
    if (d->failed)
        return Status::Failed;
    if (d->held)
        return Status::Held;
    ERR_clear_error();
    errno = 0;
    const int returned = SSL_do_handshake(d->ssl.get());
    const int systemError = errno;
    d->established = returned == 1;
    return d->established ? Status::Done : d->outcome(returned, systemError);
}

TlsSession::Status TlsSession::read(char *data, std::size_t size, std::size_t &read)
{
    read = 0;
    if (d->failed)
        return Status::Failed;
    ERR_clear_error();
    errno = 0;
    const int returned = SSL_read_ex(d->ssl.get(), data, size, &read);
    const int systemError = errno;
    return returned == 1 ? Status::Done : d->outcome(returned, systemError);
}

TlsSession::Status TlsSession::write(std::string_view bytes, std::size_t &written)
{
    written = 0;
    if (d->failed)
        return Status::Failed;
    while (written < bytes.size()) {
        std::size_t count = 0;
        ERR_clear_error();
        errno = 0;
        const int returned
            = SSL_write_ex(d->ssl.get(), bytes.data() + written, bytes.size() - written, &count);
        const int systemError = errno;
        if (returned == 1) {
            written += count;
            continue;
        }
        const Status status = d->outcome(returned, systemError);
        // The rest is asked for again by the caller, who then hears the reason.
        return written > 0 && status != Status::Failed ? Status::Done : status;
    }
    return Status::Done;
}

void TlsSession::close()
{
    if (d->failed || d->plan.endsWithoutGoodbye || !d->established)
        return;
    ERR_clear_error();
    SSL_shutdown(d->ssl.get());
    ERR_clear_error();
}

bool TlsSession::hasPending() const { return !d->failed && SSL_pending(d->ssl.get()) > 0; }

const std::string &TlsSession::error() const { return d->error; }

const std::string &TlsSession::serverName() const { return d->serverName; }

std::string TlsSession::protocol() const
{
    if (!d->established)
        return {};
    std::string version = SSL_get_version(d->ssl.get()); // "TLSv1.3"
    if (version.starts_with("TLSv"))
        version.replace(3, 1, " ");
    return version == "TLS 1" ? "TLS 1.0" : version;
}

std::string TlsSession::certificateSubject() const
{
    if (!d->ssl)
        return {};
    const X509 *certificate = SSL_get0_peer_certificate(d->ssl.get());
    return certificate ? nameText(X509_get_subject_name(certificate)) : std::string();
}

const HandshakePlan &TlsSession::plan() const { return d->plan; }

} // namespace understudy::wire
