// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/model/certificate_info.h"

#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

/// Owning pointers for OpenSSL's objects, and its values as ours. Only core/wire/tls includes this.
namespace understudy::wire {

template<auto release>
struct Releases
{
    template<class T>
    void operator()(T *object) const
    {
        release(object);
    }
};

inline void releaseNames(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }
inline void releaseCertificates(STACK_OF(X509) * certificates)
{
    sk_X509_pop_free(certificates, X509_free);
}
inline void releaseText(unsigned char *text) { OPENSSL_free(text); }

using KeyPtr = std::unique_ptr<EVP_PKEY, Releases<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Releases<X509_free>>;
using CertificateStackPtr = std::unique_ptr<STACK_OF(X509), Releases<releaseCertificates>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Releases<releaseNames>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Releases<X509_EXTENSION_free>>;
using BioPtr = std::unique_ptr<BIO, Releases<BIO_free_all>>;
using Pkcs12Ptr = std::unique_ptr<PKCS12, Releases<PKCS12_free>>;
using TextPtr = std::unique_ptr<unsigned char, Releases<releaseText>>;
using SslContextPtr = std::unique_ptr<SSL_CTX, Releases<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, Releases<SSL_free>>;

/// A certificate with its key and the certificates that are sent behind it.
struct Identity
{
    CertificatePtr certificate;
    KeyPtr key;
    CertificateStackPtr chain; ///< null: none
};

/// What OpenSSL says about the last thing that failed on this thread; empties its queue.
std::string opensslReason();

WallTime wallTime(const ASN1_TIME *time);
/// "CN=Ada,O=Example" (RFC 2253, UTF-8).
std::string nameText(const X509_NAME *name);
CertificateInfo certificateInfo(const X509 *certificate);
/// "2027-03-31", UTC.
std::string dayText(WallTime time);

/// Why a certificate is of no use at `now` for its dates: "expired on 2025-01-01", "is not valid
/// before …"; empty if it is good.
std::string dateProblem(const X509 *certificate, WallTime now);

/// The PEM text of a certificate; empty if OpenSSL has no memory.
std::string pemText(X509 *certificate);
/// The PEM text of a key, not encrypted.
std::string pemText(EVP_PKEY *key);

} // namespace understudy::wire
