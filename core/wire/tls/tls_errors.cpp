// SPDX-License-Identifier: Apache-2.0
#include "core/wire/tls/tls_errors.h"

#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <cerrno>
#include <cstring>

namespace understudy::wire {

namespace {

/// What a client means by a fatal alert (RFC 8446 section 6.2); nullptr: nothing that its name does
/// not say.
const char *meaning(int alert)
{
    switch (alert) {
    case SSL_AD_UNKNOWN_CA:
        return "the client does not trust the certificate";
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
        return "the client refuses the certificate";
    case SSL_AD_PROTOCOL_VERSION:
        return "the client refuses this version of TLS";
    case SSL_AD_HANDSHAKE_FAILURE:
    case SSL_AD_INSUFFICIENT_SECURITY:
        return "the client finds no ciphers in common";
    case SSL_AD_USER_CANCELLED:
        return "the client gave up";
    default:
        return nullptr;
    }
}

std::string alertText(int alert)
{
    const std::string name = SSL_alert_desc_string_long(alert);
    const char *means = meaning(alert);
    return std::string(means ? means : "the client ended the connection") + " (alert " + name + ")";
}

std::string reasonText(SSL *ssl, unsigned long code, bool established)
{
    const int reason = ERR_GET_REASON(code);
    if (reason > SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256)
        return alertText(reason - SSL_AD_REASON_OFFSET);
    switch (reason) {
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
        return established ? "the client closed without close_notify"
                           : "the client left during the handshake";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
        return "the client speaks no version of TLS that this server does";
    case SSL_R_NO_SHARED_CIPHER:
        return "the client and this server have no ciphers in common";
    case SSL_R_NO_APPLICATION_PROTOCOL:
        return "the client does not offer HTTP/1.1 (ALPN)";
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
        return "the client shows no certificate, which this server asks for";
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
        return std::string("the client's certificate is not accepted: ")
               + X509_verify_cert_error_string(SSL_get_verify_result(ssl));
    case SSL_R_HTTP_REQUEST:
    case SSL_R_WRONG_VERSION_NUMBER:
        return "what the client sends is not TLS";
    default:
        break;
    }
    const char *text = ERR_reason_error_string(code);
    return text ? text : "TLS error " + std::to_string(code);
}

} // namespace

std::string tlsErrorText(SSL *ssl, int result, int systemError, bool established)
{
    const unsigned long code = ERR_peek_error();
    // OpenSSL 3.5 puts the system's error into its queue, those before leave it in errno only.
    const bool isOfTheSystem = ERR_SYSTEM_ERROR(code) || (code == 0 && result == SSL_ERROR_SYSCALL);
    if (ERR_SYSTEM_ERROR(code))
        systemError = ERR_GET_REASON(code);
    std::string text;
    if (isOfTheSystem && (systemError == ECONNRESET || systemError == EPIPE))
        text = "the client reset the connection";
    else if (isOfTheSystem && systemError != 0)
        text = std::strerror(systemError);
    else if (code != 0)
        text = reasonText(ssl, code, established);
    else
        text = "the client left";
    ERR_clear_error();
    return text;
}

} // namespace understudy::wire
