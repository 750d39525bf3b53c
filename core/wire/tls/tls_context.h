// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/model/server.h"

#include <filesystem>
#include <memory>
#include <string>

namespace understudy::wire {

class CertificateAuthority;

/// What a server shows to clients over TLS: certificates, key, what it asks of clients. Made when
/// the server starts or its TLS setting changes; immutable but for a cache of issued certificates;
/// any thread.
class TlsContext
{
public:
    /// Reads the certificate files, or lets `authority` sign. `address` is the listening address,
    /// one of the names of an issued certificate. Errors as checkTls (core/runtime/authority.h).
    static Result<std::shared_ptr<const TlsContext>>
    create(const Tls &tls, const std::filesystem::path &folder, const std::string &address,
           std::shared_ptr<CertificateAuthority> authority, WallTime now);
    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    class Private;
    const Private &d() const { return *m_d; } ///< for core/wire/tls alone

private:
    explicit TlsContext(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace understudy::wire
