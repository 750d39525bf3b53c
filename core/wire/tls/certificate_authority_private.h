// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wire/tls/certificate_authority.h"
#include "core/wire/tls/certificate_factory.h"

namespace understudy::wire {

class CertificateAuthority::Private
{
public:
    CertificatePtr certificate;
    KeyPtr key;
    std::filesystem::path file; ///< of the certificate; empty: in memory

    /// A server's certificate for `names`, the first of which is its common name.
    CertificatePtr issue(std::vector<std::string> names, EVP_PKEY *leafKey, WallTime notBefore,
                         WallTime notAfter) const;
};

} // namespace understudy::wire
