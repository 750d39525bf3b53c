// SPDX-License-Identifier: Apache-2.0
#include "core/wire/tls/openssl.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <ctime>

namespace understudy::wire {

namespace {

std::string takeText(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string text(const ASN1_STRING *string)
{
    unsigned char *utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, string);
    const TextPtr owner(utf8);
    return size > 0 ? std::string(reinterpret_cast<char *>(utf8), static_cast<std::size_t>(size))
                    : std::string();
}

std::string addressText(const ASN1_OCTET_STRING *address)
{
    const int size = ASN1_STRING_length(address);
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    if (size != 4 && size != 16)
        return {};
    const char *written = inet_ntop(size == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(address),
                                    buffer.data(), buffer.size());
    return written ? written : "";
}

std::vector<std::string> namesOf(const X509 *certificate)
{
    std::vector<std::string> found;
    const NamesPtr names(static_cast<GENERAL_NAMES *>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS)
            found.push_back(text(name->d.dNSName));
        else if (name->type == GEN_IPADD)
            found.push_back(addressText(name->d.iPAddress));
    }
    return found;
}

std::string fingerprint(const X509 *certificate)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1)
        return {};
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string written;
    for (unsigned i = 0; i < size; ++i) {
        if (i > 0)
            written += ':';
        written += digits[digest[i] >> 4U];
        written += digits[digest[i] & 0xFU];
    }
    return written;
}

} // namespace

std::string opensslReason()
{
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0)
        return "no reason given";
    const char *reason = ERR_reason_error_string(code);
    return reason ? reason : "error " + std::to_string(code);
}

WallTime wallTime(const ASN1_TIME *time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return std::chrono::system_clock::from_time_t(timegm(&parts));
}

std::string nameText(const X509_NAME *name)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(bio.get(), name, 0,
                       XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    return takeText(bio.get());
}

CertificateInfo certificateInfo(const X509 *certificate)
{
    CertificateInfo info;
    info.subject = nameText(X509_get_subject_name(certificate));
    info.issuer = nameText(X509_get_issuer_name(certificate));
    info.names = namesOf(certificate);
    info.notBefore = wallTime(X509_get0_notBefore(certificate));
    info.notAfter = wallTime(X509_get0_notAfter(certificate));
    info.sha256 = fingerprint(certificate);
    return info;
}

std::string dayText(WallTime time)
{
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> buffer{};
    const std::size_t size = std::strftime(buffer.data(), buffer.size(), "%Y-%m-%d", &parts);
    return {buffer.data(), size};
}

std::string dateProblem(const X509 *certificate, WallTime now)
{
    const WallTime from = wallTime(X509_get0_notBefore(certificate));
    const WallTime to = wallTime(X509_get0_notAfter(certificate));
    if (now > to)
        return "expired on " + dayText(to);
    if (now < from)
        return "is not valid before " + dayText(from);
    return {};
}

std::string pemText(X509 *certificate)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return takeText(bio.get());
}

std::string pemText(EVP_PKEY *key)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return takeText(bio.get());
}

} // namespace understudy::wire
