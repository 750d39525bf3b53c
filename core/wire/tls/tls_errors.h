// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wire/tls/openssl.h"

#include <string>

namespace understudy::wire {

/// Why a TLS call failed, in words for the exchange; empties OpenSSL's queue. `result` is what
/// SSL_get_error said, `systemError` is errno right after the call, `established` whether the
/// handshake was done before it.
std::string tlsErrorText(SSL *ssl, int result, int systemError, bool established);

} // namespace understudy::wire
