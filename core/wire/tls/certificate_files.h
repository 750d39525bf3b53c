// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/server.h"
#include "core/wire/tls/openssl.h"

#include <filesystem>

namespace understudy::wire {

/// Reading what a mock file's `tls` names. Relative paths start in `folder`. Errors name the file
/// and the cure in their message: NotFound, Access, Invalid. Any thread.

/// The whole file; at most a megabyte, which no certificate file reaches.
Result<std::string> readSmallFile(const std::filesystem::path &file);

/// Certificate, key and chain of kind Pem or Pkcs12. The key belongs to the certificate; dates are
/// not looked at.
Result<Identity> readIdentity(const Tls &tls, const std::filesystem::path &folder);

/// The certificates of `clientAuthority`: at least one.
Result<CertificateStackPtr> readClientAuthority(const std::string &file,
                                                const std::filesystem::path &folder);

/// A key without a passphrase, from PEM text; null if there is none.
KeyPtr keyFromPem(const std::string &pem);
/// The first certificate of a PEM text; null if there is none.
CertificatePtr certificateFromPem(const std::string &pem);

} // namespace understudy::wire
