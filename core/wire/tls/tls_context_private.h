// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wire/tls/certificate_authority_private.h"
#include "core/wire/tls/tls_context.h"
#include "core/wire/tls/tls_session.h"

#include <deque>
#include <map>
#include <mutex>

namespace understudy::wire {

/// Who is asked when a client's hello has arrived: the session that is the SSL object's app data.
class HelloReceiver
{
public:
    virtual ~HelloReceiver() = default;
    /// Returns one of SSL_CLIENT_HELLO_SUCCESS, _ERROR (with `alert`) and _RETRY.
    virtual int hello(int *alert) = 0;
};

/// A certificate that was made for a connection, and what is sent behind it. Shared by the
/// connections that show it.
struct IssuedCertificate
{
    CertificatePtr certificate;
    CertificateStackPtr chain; ///< null: none
    WallTime staleAt{};        ///< from then on another one is made
};

class TlsContext::Private
{
public:
    SslContextPtr ssl;
    bool selfSigned = false;
    std::string address; ///< where the server listens
    CertificateInfo info;
    std::shared_ptr<CertificateAuthority> authority; ///< null: one in memory, on demand
    KeyPtr leafKey;                                  ///< of every issued certificate

    using Shown = HandshakePlan::Certificate;

    /// Whether a connection needs a certificate of issued(): its own only with `self-signed`.
    bool needsIssued(Shown shown) const { return shown != Shown::Own || selfSigned; }

    /// The certificate for a client that asks for `serverName` at the address `localAddress`, made
    /// as `shown` says; from the cache where there is one. Null if OpenSSL fails. Any thread.
    std::shared_ptr<const IssuedCertificate> issued(const std::string &serverName,
                                                    const std::string &localAddress, Shown shown,
                                                    WallTime now) const;

private:
    std::shared_ptr<IssuedCertificate> issue(std::vector<std::string> names, Shown shown,
                                             WallTime now) const;
    std::shared_ptr<CertificateAuthority> signer(Shown shown) const;

    mutable std::mutex m_mutex; ///< for all below
    mutable std::map<std::string, std::shared_ptr<const IssuedCertificate>> m_cache;
    mutable std::deque<std::string> m_order; ///< keys of the cache, oldest first
    mutable std::shared_ptr<CertificateAuthority> m_inMemory;
    mutable std::shared_ptr<CertificateAuthority> m_stranger; ///< that nobody trusts
};

} // namespace understudy::wire
