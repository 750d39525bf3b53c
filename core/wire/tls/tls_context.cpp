// SPDX-License-Identifier: Apache-2.0
#include "core/wire/tls/tls_context.h"

#include "core/base/text.h"
#include "core/wire/tls/certificate_files.h"
#include "core/wire/tls/tls_context_private.h"

#include <openssl/err.h>

#include <algorithm>

namespace understudy::wire {

namespace {

using namespace std::chrono_literals;

/// Clients ask for anything they like: more than these certificates are not kept.
constexpr std::size_t kMostIssued = 256;
constexpr auto kDay = 24h;
/// What browsers accept of a server's certificate (CA/Browser Forum, Baseline Requirements 6.3.2).
constexpr auto kIssuedLifetime = kDay * 397;

Error invalid(std::string message) { return {ErrorCode::Invalid, std::move(message), {}}; }

/// RFC 7301: HTTP/1.1, or the alert no_application_protocol.
int chooseProtocol(SSL * /*ssl*/, const unsigned char **chosen, unsigned char *chosenSize,
                   const unsigned char *offered, unsigned offeredSize, void * /*user*/)
{
    constexpr std::string_view wanted = "http/1.1";
    for (unsigned at = 0; at < offeredSize;) {
        const unsigned size = offered[at];
        const auto *name = reinterpret_cast<const char *>(offered + at + 1);
        if (at + 1 + size <= offeredSize && std::string_view(name, size) == wanted) {
            *chosen = offered + at + 1;
            *chosenSize = static_cast<unsigned char>(size);
            return SSL_TLSEXT_ERR_OK;
        }
        at += 1 + size;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// OpenSSL is C: no exception may pass through it.
int onClientHello(SSL *ssl, int *alert, void * /*user*/)
{
    try {
        return static_cast<HelloReceiver *>(SSL_get_app_data(ssl))->hello(alert);
    } catch (const std::exception &) {
        *alert = SSL_AD_INTERNAL_ERROR;
        return SSL_CLIENT_HELLO_ERROR;
    }
}

int acceptAnyCertificate(int /*verified*/, X509_STORE_CTX * /*store*/) { return 1; }

Result<SslContextPtr> newSslContext()
{
    SslContextPtr context(SSL_CTX_new(TLS_server_method()));
    if (!context)
        return Error{ErrorCode::System, "TLS cannot be set up: " + opensslReason(), {}};
    SSL_CTX *c = context.get();
    SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
    SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(c, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                            | SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
    // Sessions live in the clients' tickets alone, so that nothing grows here.
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
    constexpr std::string_view id = "understudy";
    SSL_CTX_set_session_id_context(c, reinterpret_cast<const unsigned char *>(id.data()),
                                   static_cast<unsigned>(id.size()));
    SSL_CTX_set_num_tickets(c, 1);
    SSL_CTX_set_alpn_select_cb(c, chooseProtocol, nullptr);
    SSL_CTX_set_client_hello_cb(c, onClientHello, nullptr);
    return context;
}

Result<void> useIdentity(SSL_CTX *context, const Identity &identity, const std::string &file,
                         WallTime now)
{
    if (const std::string problem = dateProblem(identity.certificate.get(), now);
        !problem.empty()) {
        return invalid("the certificate in " + file + " " + problem
                       + "; give a valid one, or tls: self-signed (for a bad one on purpose there "
                         "is the fault tls)");
    }
    ERR_clear_error();
    if (SSL_CTX_use_cert_and_key(context, identity.certificate.get(), identity.key.get(),
                                 identity.chain.get(), 1)
        != 1) {
        return invalid("the certificate in " + file + " cannot be used: " + opensslReason()
                       + "; today's TLS wants RSA keys of 2048 bits or more, or P-256");
    }
    return {};
}

Result<void> askClients(SSL_CTX *context, const Tls &tls, const std::filesystem::path &folder,
                        WallTime now)
{
    const bool hasAuthority = !tls.clientAuthority.empty();
    const ClientCertificate wanted = tls.clientCertificate.value_or(
        hasAuthority ? ClientCertificate::Required : ClientCertificate::None);
    if (hasAuthority) {
        const auto authorities = readClientAuthority(tls.clientAuthority, folder);
        if (!authorities)
            return authorities.error();
        std::string problem;
        int good = 0;
        for (int i = 0; i < sk_X509_num(authorities->get()); ++i) {
            X509 *authority = sk_X509_value(authorities->get(), i);
            X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority);
            SSL_CTX_add_client_CA(context, authority);
            const std::string its = dateProblem(authority, now);
            good += its.empty();
            problem = its.empty() ? problem : its;
        }
        if (good == 0) {
            return invalid("the clientAuthority in " + tls.clientAuthority + " " + problem
                           + "; give a valid one");
        }
    }
    if (wanted == ClientCertificate::None)
        return {};
    const int mode
        = SSL_VERIFY_PEER
          | (wanted == ClientCertificate::Required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0);
    SSL_CTX_set_verify(context, mode, hasAuthority ? nullptr : acceptAnyCertificate);
    return {};
}

/// The names of an issued certificate: whatever a client on this machine may call the server.
std::vector<std::string> namesFor(const std::string &serverName,
                                  const std::vector<std::string> &addresses)
{
    std::vector<std::string> names;
    const auto add = [&names](const std::string &name) {
        if ((isAddress(name) || isHostName(name)) && std::ranges::find(names, name) == names.end())
            names.push_back(name);
    };
    add(text::toLower(serverName));
    for (const char *local : {"localhost", "127.0.0.1", "::1"})
        add(local);
    for (const std::string &address : addresses) {
        if (address != "0.0.0.0" && address != "::")
            add(address);
    }
    return names;
}

/// "[::1]" and "::1" are the same address in a mock file.
std::string withoutBrackets(const std::string &address)
{
    const bool has = address.size() > 2 && address.front() == '[' && address.back() == ']';
    return has ? address.substr(1, address.size() - 2) : address;
}

} // namespace

std::shared_ptr<CertificateAuthority> TlsContext::Private::signer(Shown shown) const
{
    const bool stranger = shown == Shown::UntrustedChain;
    if (!stranger && authority)
        return authority;
    auto &made = stranger ? m_stranger : m_inMemory;
    if (!made) {
        if (auto opened = CertificateAuthority::open({}))
            made = std::move(*opened);
    }
    return made;
}

std::shared_ptr<IssuedCertificate> TlsContext::Private::issue(std::vector<std::string> names,
                                                              Shown shown, WallTime now) const
{
    const auto by = signer(shown);
    if (!by)
        return nullptr;
    auto made = std::make_shared<IssuedCertificate>();
    WallTime from = now - kDay;
    WallTime to
        = std::min(now + kIssuedLifetime, wallTime(X509_get0_notAfter(by->d().certificate.get())));
    made->staleAt = now + kDay * 30;
    if (shown == Shown::Expired) {
        from = now - kDay * 60;
        to = now - kDay * 30;
    } else if (shown == Shown::NotYetValid) {
        from = now + kDay * 60;
        to = now + kDay * 90;
    } else if (shown == Shown::WrongHost) {
        names = {"wrong-host.invalid"};
    }
    if (shown == Shown::SelfSigned) {
        made->certificate = newCertificate({names.front(), names, from, to, false}, leafKey.get(),
                                           nullptr, nullptr);
    } else {
        made->certificate = by->d().issue(std::move(names), leafKey.get(), from, to);
    }
    if (!made->certificate)
        return nullptr;
    if (shown == Shown::UntrustedChain) { // with the root, as careful servers send it
        made->chain.reset(sk_X509_new_null());
        X509_up_ref(by->d().certificate.get());
        sk_X509_push(made->chain.get(), by->d().certificate.get());
    }
    return made;
}

std::shared_ptr<const IssuedCertificate>
TlsContext::Private::issued(const std::string &serverName, const std::string &localAddress,
                            Shown shown, WallTime now) const
{
    std::vector<std::string> names = namesFor(serverName, {address, localAddress});
    std::string key = std::to_string(static_cast<int>(shown));
    for (const std::string &name : names)
        key += " " + name;
    const std::lock_guard lock(m_mutex);
    const auto found = m_cache.find(key);
    if (found != m_cache.end() && now < found->second->staleAt)
        return found->second;
    auto made = issue(std::move(names), shown, now);
    if (!made)
        return nullptr;
    if (found == m_cache.end())
        m_order.push_back(key);
    m_cache[key] = made;
    if (m_order.size() > kMostIssued) {
        m_cache.erase(m_order.front());
        m_order.pop_front();
    }
    return made;
}

TlsContext::TlsContext(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{}

TlsContext::~TlsContext() = default;

const CertificateInfo &TlsContext::info() const { return m_d->info; }

Result<std::shared_ptr<const TlsContext>>
TlsContext::create(const Tls &tls, const std::filesystem::path &folder, const std::string &address,
                   std::shared_ptr<CertificateAuthority> authority, WallTime now)
{
    auto ssl = newSslContext();
    if (!ssl)
        return ssl.error();
    auto d = std::make_unique<Private>();
    d->ssl = std::move(*ssl);
    d->selfSigned = tls.kind == Tls::Kind::SelfSigned;
    d->address = withoutBrackets(address);
    d->authority = std::move(authority);
    d->leafKey = newKey();
    if (d->selfSigned) {
        if (d->authority) {
            const std::string problem = dateProblem(d->authority->d().certificate.get(), now);
            if (!problem.empty()) {
                return invalid("the local authority " + problem
                               + "; renew it with: understudy-cli ca renew");
            }
        }
        const auto shown = d->issued({}, {}, Private::Shown::Own, now);
        if (!shown)
            return Error{ErrorCode::System, "no certificate can be made: " + opensslReason(), {}};
        d->info = certificateInfo(shown->certificate.get());
    } else {
        auto identity = readIdentity(tls, folder);
        if (!identity)
            return identity.error();
        const std::string &file = tls.kind == Tls::Kind::Pem ? tls.certificate : tls.pkcs12;
        if (const auto used = useIdentity(d->ssl.get(), *identity, file, now); !used)
            return used.error();
        d->info = certificateInfo(identity->certificate.get());
        d->info.file = folder / file;
    }
    if (const auto asked = askClients(d->ssl.get(), tls, folder, now); !asked)
        return asked.error();
    return std::shared_ptr<const TlsContext>(new TlsContext(std::move(d)));
}

} // namespace understudy::wire
