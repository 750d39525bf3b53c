// SPDX-License-Identifier: Apache-2.0
#include "core/wire/tls/certificate_factory.h"

#include <arpa/inet.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace understudy::wire {

namespace {

bool setTimes(X509 *certificate, const CertificateSpec &spec)
{
    using std::chrono::system_clock;
    return ASN1_TIME_set(X509_getm_notBefore(certificate), system_clock::to_time_t(spec.notBefore))
           && ASN1_TIME_set(X509_getm_notAfter(certificate),
                            system_clock::to_time_t(spec.notAfter));
}

/// A positive random number of 16 bytes: serial numbers have to differ, between authorities of the
/// same name too.
bool setSerial(X509 *certificate)
{
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3FU) | 0x40U);
    ASN1_INTEGER *serial = X509_get_serialNumber(certificate);
    return ASN1_STRING_set(serial, bytes.data(), static_cast<int>(bytes.size())) == 1;
}

bool setSubject(X509 *certificate, std::string commonName)
{
    // At most 64 characters (X.520, ub-common-name); clients look at the names alone.
    if (commonName.empty() || commonName.size() > 64)
        commonName = "understudy";
    X509_NAME *name = X509_get_subject_name(certificate);
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(commonName.data()),
                                      static_cast<int>(commonName.size()), -1, 0)
           == 1;
}

std::string alternativeNames(const std::vector<std::string> &names)
{
    std::string value;
    for (const std::string &name : names) {
        const bool address = isAddress(name);
        if (!address && !isHostName(name)) // whatever stood in it would be read as syntax
            continue;
        value += (value.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + name;
    }
    return value;
}

bool addExtension(X509 *certificate, X509V3_CTX &context, int kind, const std::string &value)
{
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool addExtensions(X509 *certificate, X509 *issuer, const CertificateSpec &spec)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer ? issuer : certificate, certificate, nullptr, nullptr, 0);
    const auto add = [&](int kind, const std::string &value) {
        return addExtension(certificate, context, kind, value);
    };
    if (!add(NID_subject_key_identifier, "hash") || !add(NID_authority_key_identifier, "keyid"))
        return false;
    if (spec.isAuthority) {
        return add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
               && add(NID_key_usage, "critical,keyCertSign,cRLSign");
    }
    const std::string names = alternativeNames(spec.names);
    return add(NID_basic_constraints, "critical,CA:FALSE")
           && add(NID_key_usage, "critical,digitalSignature")
           && add(NID_ext_key_usage, "serverAuth")
           && (names.empty() || add(NID_subject_alt_name, names));
}

} // namespace

KeyPtr newKey() { return KeyPtr(EVP_EC_gen("P-256")); }

CertificatePtr newCertificate(const CertificateSpec &spec, EVP_PKEY *key, X509 *issuer,
                              EVP_PKEY *issuerKey)
{
    CertificatePtr certificate(X509_new());
    if (!certificate || !key)
        return nullptr;
    X509 *c = certificate.get();
    // Key identifiers are made from the key, so the key comes first.
    if (!X509_set_version(c, X509_VERSION_3) || !setSerial(c) || !setTimes(c, spec)
        || !setSubject(c, spec.commonName) || !X509_set_pubkey(c, key)
        || !X509_set_issuer_name(c, X509_get_subject_name(issuer ? issuer : c))
        || !addExtensions(c, issuer, spec)
        || X509_sign(c, issuer ? issuerKey : key, EVP_sha256()) == 0)
        return nullptr;
    return certificate;
}

bool isHostName(std::string_view name)
{
    if (name.empty() || name.size() > 253 || name.front() == '.' || name.front() == '-')
        return false;
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '-' || c == '_' || c == '.';
    });
}

bool isAddress(const std::string &name)
{
    std::array<unsigned char, sizeof(in6_addr)> buffer{};
    return inet_pton(AF_INET, name.c_str(), buffer.data()) == 1
           || inet_pton(AF_INET6, name.c_str(), buffer.data()) == 1;
}

} // namespace understudy::wire
