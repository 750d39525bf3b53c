// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/model/certificate_info.h"
#include "core/model/server.h"

#include <filesystem>
#include <memory>
#include <string>

namespace understudy::wire {

class CertificateAuthority;

/// What a server shows to clients over TLS: certificates, key, what it asks of clients. Made when
/// the server starts or its TLS setting changes; immutable but for a cache of issued certificates;
/// any thread. It does nothing about `tls.fault`: the session's HelloHandler decides all faults.
class TlsContext
{
public:
    /// Reads the certificate files (relative to `folder`), or lets `authority` sign; null: one in
    /// memory. Faults make their certificates with it too. `address` is the listening address, one
    /// of the names of an issued certificate. Errors name the file and the cure: NotFound, Access,
    /// Invalid.
    static Result<std::shared_ptr<const TlsContext>>
    create(const Tls &tls, const std::filesystem::path &folder, const std::string &address,
           std::shared_ptr<CertificateAuthority> authority, WallTime now);
    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    /// The certificate that a client without SNI sees.
    const CertificateInfo &info() const;

    class Private;
    const Private &d() const { return *m_d; } ///< for core/wire/tls alone

private:
    explicit TlsContext(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace understudy::wire
