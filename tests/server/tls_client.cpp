// SPDX-License-Identifier: Apache-2.0
#include "tests/server/tls_client.h"

#include "core/wire/tls/certificate_files.h"

#include <openssl/err.h>

#include <csignal>
#include <fcntl.h>
#include <stdexcept>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace understudy::test {

using wire::TlsSession;

namespace {

wire::SslContextPtr contextFor(const TlsClientOptions &options)
{
    wire::SslContextPtr context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX *c = context.get();
    if (options.old) {
        SSL_CTX_set_security_level(c, 0);
        SSL_CTX_set_min_proto_version(c, TLS1_VERSION);
    } else {
        SSL_CTX_set_min_proto_version(c, options.lowest ? options.lowest : TLS1_2_VERSION);
    }
    SSL_CTX_set_max_proto_version(c, options.highest);
    if (!options.trust.empty()) {
        const auto authority = wire::certificateFromPem(options.trust);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(c), authority.get());
    }
    if (options.verifies)
        SSL_CTX_set_verify(c, SSL_VERIFY_PEER, nullptr);
    if (options.identity) {
        SSL_CTX_use_cert_and_key(c, options.identity->certificate.get(),
                                 options.identity->key.get(), nullptr, 1);
    }
    return context;
}

} // namespace

TlsClient::TlsClient(const TlsClientOptions &options)
    : m_context(contextFor(options))
    , m_ssl(SSL_new(m_context.get()))
{
    std::signal(SIGPIPE, SIG_IGN); // as on the threads that use a session
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, m_sockets) != 0)
        throw std::runtime_error("no sockets");
    SSL *ssl = m_ssl.get();
    SSL_set_fd(ssl, m_sockets[0]);
    if (!options.host.empty()) {
        SSL_set_tlsext_host_name(ssl, options.host.c_str());
        SSL_set1_host(ssl, options.host.c_str());
    }
    std::string offered;
    for (const std::string &protocol : options.protocols)
        offered += static_cast<char>(protocol.size()) + protocol;
    if (!offered.empty()) {
        SSL_set_alpn_protos(ssl, reinterpret_cast<const unsigned char *>(offered.data()),
                            static_cast<unsigned>(offered.size()));
    }
    SSL_set_connect_state(ssl);
}

TlsClient::~TlsClient()
{
    leave();
    ::close(m_sockets[1]);
}

void TlsClient::leave()
{
    if (m_sockets[0] >= 0)
        ::close(m_sockets[0]);
    m_sockets[0] = -1;
}

void TlsClient::note(int returned)
{
    const int result = SSL_get_error(m_ssl.get(), returned);
    if (result == SSL_ERROR_WANT_READ || result == SSL_ERROR_WANT_WRITE)
        return;
    if (result == SSL_ERROR_ZERO_RETURN) {
        m_atEnd = true;
        return;
    }
    const long verified = SSL_get_verify_result(m_ssl.get());
    m_error = !m_done && verified != X509_V_OK ? X509_verify_cert_error_string(verified)
                                               : wire::opensslReason();
}

bool TlsClient::step()
{
    if (m_done || !m_error.empty())
        return m_done;
    ERR_clear_error();
    const int returned = SSL_do_handshake(m_ssl.get());
    if (returned == 1)
        m_done = true;
    else
        note(returned);
    return m_done;
}

bool TlsClient::send(std::string_view bytes)
{
    ERR_clear_error();
    std::size_t written = 0;
    return SSL_write_ex(m_ssl.get(), bytes.data(), bytes.size(), &written) == 1
           && written == bytes.size();
}

std::string TlsClient::receive(std::size_t size)
{
    std::string bytes(size, '\0');
    std::size_t read = 0;
    ERR_clear_error();
    const int returned = SSL_read_ex(m_ssl.get(), bytes.data(), bytes.size(), &read);
    if (returned != 1) {
        note(returned);
        return {};
    }
    bytes.resize(read);
    return bytes;
}

std::string TlsClient::protocol() const
{
    const unsigned char *name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(m_ssl.get(), &name, &size);
    return {reinterpret_cast<const char *>(name), size};
}

wire::CertificatePtr TlsClient::certificate() const
{
    return wire::CertificatePtr(SSL_get1_peer_certificate(m_ssl.get()));
}

std::size_t TlsClient::waiting() const
{
    int size = 0;
    ioctl(m_sockets[0], FIONREAD, &size);
    return static_cast<std::size_t>(size);
}

TlsSession::Status shakeHands(TlsSession &session, TlsClient &client)
{
    TlsSession::Status status = TlsSession::Status::WantRead;
    // TLS needs three flights at most; the socket buffers hold each of them.
    for (int i = 0; i < 10; ++i) {
        client.step();
        if (status != TlsSession::Status::Done)
            status = session.handshake();
        if (status == TlsSession::Status::Done && client.isDone())
            break;
    }
    return status;
}

std::string sendAll(TlsSession &session, TlsClient &client, std::string_view bytes)
{
    std::string got;
    std::size_t done = 0;
    while (done < bytes.size()) {
        std::size_t written = 0;
        const auto status = session.write(bytes.substr(done), written);
        if (status != TlsSession::Status::Done && status != TlsSession::Status::WantWrite)
            return got;
        done += written;
        for (std::string part = client.receive(); !part.empty(); part = client.receive())
            got += part;
    }
    return got;
}

} // namespace understudy::test
