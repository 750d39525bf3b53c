// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wire/tls/certificate_authority.h"
#include "core/wire/tls/tls_context_private.h"
#include "core/wire/tls/tls_session.h"
#include "tests/server/tls_client.h"

#include <memory>
#include <stdexcept>
#include <string>

namespace understudy::test {

using wire::CertificateAuthority;
using wire::TlsContext;
using wire::TlsSession;
using Status = TlsSession::Status;

inline WallTime now() { return std::chrono::system_clock::now(); }

/// A self-signed server's side, and the authority that clients may trust.
struct Side
{
    std::shared_ptr<CertificateAuthority> authority = *CertificateAuthority::open({});
    std::shared_ptr<const TlsContext> context = make({});

    std::shared_ptr<const TlsContext> make(const Tls &tls,
                                           const std::filesystem::path &folder = {}) const
    {
        auto made = TlsContext::create(tls, folder, "127.0.0.1", authority, now());
        if (!made)
            throw std::runtime_error(made.error().message);
        return *made;
    }
    TlsClientOptions trusting() const { return {.trust = authority->pem()}; }
};

/// What the fault tls does in that variant; nothing without one.
inline HandshakePlan handshake(const std::string &variant)
{
    Fault fault;
    fault.kind = FaultKind::Tls;
    fault.variant = variant;
    return planHandshake(fault);
}

/// One connection from the hello on.
struct Meeting
{
    TlsClient client;
    std::string askedFor;
    int asked = 0;
    TlsSession session;
    Status status;

    Meeting(const Side &side, const TlsClientOptions &options, const std::string &variant = {})
        : Meeting(side.context, options, variant)
    {}
    Meeting(const std::shared_ptr<const TlsContext> &context, const TlsClientOptions &options,
            const std::string &variant = {})
        : client(options)
        , session(context, client.serverSocket(),
                  [this, variant](std::string_view name) {
                      askedFor = name;
                      ++asked;
                      return handshake(variant);
                  })
        , status(shakeHands(session, client))
    {}
};

} // namespace understudy::test
