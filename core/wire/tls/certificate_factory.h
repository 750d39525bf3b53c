// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wire/tls/openssl.h"

#include <string>
#include <vector>

namespace understudy::wire {

/// What a new certificate says.
struct CertificateSpec
{
    std::string commonName;
    std::vector<std::string> names{}; ///< DNS names and addresses; for servers
    WallTime notBefore{};
    WallTime notAfter{};
    bool isAuthority = false;
};

/// A new key on P-256, which every client knows; null if the system has no random bytes.
KeyPtr newKey();

/// A certificate for `key`, signed by `issuer` with `issuerKey`, or by itself where `issuer` is
/// null. Null if OpenSSL fails; opensslReason() says why. Any thread.
CertificatePtr newCertificate(const CertificateSpec &spec, EVP_PKEY *key, X509 *issuer,
                              EVP_PKEY *issuerKey);

/// Whether `name` can stand in a certificate as a DNS name: RFC 1034's letters, and the underscore
/// that people use.
bool isHostName(std::string_view name);
bool isAddress(const std::string &name);

} // namespace understudy::wire
