// SPDX-License-Identifier: Apache-2.0
#include "core/wire/tls/certificate_files.h"

#include "core/base/files.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <optional>

namespace understudy::wire {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargestFile = 1'000'000;

Error invalidFile(std::string message) { return {ErrorCode::Invalid, std::move(message), {}}; }

fs::path resolve(const std::string &file, const fs::path &folder)
{
    const fs::path path(file);
    return path.is_absolute() ? path : (folder / path).lexically_normal();
}

/// A passphrase, and where it comes from.
struct Passphrase
{
    std::string variable; ///< empty: none is named
    std::optional<std::string> value;
};

Result<Passphrase> passphrase(const Tls &tls)
{
    if (tls.passphraseEnv.empty())
        return Passphrase{};
    const char *value = std::getenv(tls.passphraseEnv.c_str());
    if (!value) {
        return invalidFile(
            "the environment variable " + tls.passphraseEnv
            + ", which passphraseEnv names, is not set; set it to the passphrase before "
              "the start");
    }
    return Passphrase{tls.passphraseEnv, value};
}

BioPtr bioOf(const std::string &text)
{
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// What OpenSSL's PEM reader asks when a key is encrypted; notes that it has asked.
struct PassphraseAsker
{
    const std::optional<std::string> &value;
    bool asked = false;
};

int onPassphrase(char *buffer, int size, int /*writing*/, void *user)
{
    auto &asker = *static_cast<PassphraseAsker *>(user);
    asker.asked = true;
    if (!asker.value || asker.value->size() > static_cast<std::size_t>(size))
        return -1;
    return static_cast<int>(asker.value->copy(buffer, asker.value->size()));
}

Result<KeyPtr> readKey(const std::string &pem, const fs::path &file, const Passphrase &phrase)
{
    const std::string name = file.string();
    ERR_clear_error();
    PassphraseAsker asker{phrase.value};
    KeyPtr key(PEM_read_bio_PrivateKey(bioOf(pem).get(), nullptr, onPassphrase, &asker));
    if (key)
        return key;
    const std::string reason = opensslReason();
    if (asker.asked && !phrase.value) {
        return invalidFile(
            "the key in " + name
            + " is encrypted; name the environment variable that holds its passphrase "
              "with passphraseEnv");
    }
    if (asker.asked)
        return invalidFile("the passphrase in " + phrase.variable + " does not open the key in "
                           + name);
    if (pem.find("PRIVATE KEY-----") == std::string::npos) {
        return invalidFile(
            name
            + " holds no private key in PEM (-----BEGIN PRIVATE KEY-----); for another "
              "format: openssl pkey -inform der -in FILE -out key.pem");
    }
    return invalidFile("the key in " + name + " cannot be read (" + reason
                       + "); the file is damaged, copy it anew");
}

Result<CertificateStackPtr> readCertificates(const std::string &pem, const fs::path &file)
{
    const std::string name = file.string();
    CertificateStackPtr certificates(sk_X509_new_null());
    ERR_clear_error();
    const BioPtr bio = bioOf(pem);
    while (X509 *certificate = PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr))
        sk_X509_push(certificates.get(), certificate);
    const unsigned long last = ERR_peek_last_error();
    const bool atEnd
        = ERR_GET_LIB(last) == ERR_LIB_PEM && ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
    const std::string reason = opensslReason();
    if (!atEnd)
        return invalidFile("a certificate in " + name + " cannot be read (" + reason
                           + "); the file is damaged, copy it anew");
    if (sk_X509_num(certificates.get()) == 0) {
        return invalidFile(
            name
            + " is not PEM (-----BEGIN CERTIFICATE-----); for another format: openssl "
              "x509 -inform der -in FILE -out certificate.pem");
    }
    return certificates;
}

Result<Identity> readPem(const Tls &tls, const fs::path &folder)
{
    const auto phrase = passphrase(tls);
    if (!phrase)
        return phrase.error();
    const fs::path certificateFile = resolve(tls.certificate, folder);
    // A file may hold both, as HAProxy wants it.
    const fs::path keyFile = tls.key.empty() ? certificateFile : resolve(tls.key, folder);
    const auto certificatePem = readSmallFile(certificateFile);
    if (!certificatePem)
        return certificatePem.error();
    auto chain = readCertificates(*certificatePem, certificateFile);
    if (!chain)
        return chain.error();
    const auto keyPem = readSmallFile(keyFile);
    if (!keyPem)
        return keyPem.error();
    auto key = readKey(*keyPem, keyFile, *phrase);
    if (!key)
        return key.error();
    Identity identity{CertificatePtr(sk_X509_shift(chain->get())), std::move(*key),
                      std::move(*chain)};
    if (X509_check_private_key(identity.certificate.get(), identity.key.get()) != 1) {
        ERR_clear_error();
        return invalidFile("the key in " + keyFile.string()
                           + " does not belong to the certificate in " + certificateFile.string()
                           + "; give the key it was made with, and the server's certificate first");
    }
    return identity;
}

Error pkcs12Problem(PKCS12 *file, const std::string &name, const Passphrase &phrase)
{
    const std::string reason = opensslReason();
    const bool opens = phrase.value && PKCS12_verify_mac(file, phrase.value->c_str(), -1) == 1;
    const bool opensWithout
        = PKCS12_verify_mac(file, nullptr, 0) == 1 || PKCS12_verify_mac(file, "", 0) == 1;
    ERR_clear_error();
    if (!opens && !opensWithout && !phrase.value) {
        return invalidFile(
            name
            + " is encrypted; name the environment variable that holds its passphrase "
              "with passphraseEnv");
    }
    if (!opens && !opensWithout)
        return invalidFile("the passphrase in " + phrase.variable + " does not open " + name);
    // OpenSSL 3 left RC2 and the like to its legacy provider.
    return invalidFile(name + " cannot be read (" + reason
                       + "); if it is an old file, write it anew with today's encryption: openssl "
                         "pkcs12 -legacy -in FILE -nodes | openssl pkcs12 -export -out new.p12");
}

Result<Identity> readPkcs12(const Tls &tls, const fs::path &folder)
{
    const auto phrase = passphrase(tls);
    if (!phrase)
        return phrase.error();
    const fs::path path = resolve(tls.pkcs12, folder);
    const std::string name = path.string();
    const auto bytes = readSmallFile(path);
    if (!bytes)
        return bytes.error();
    ERR_clear_error();
    const Pkcs12Ptr file(d2i_PKCS12_bio(bioOf(*bytes).get(), nullptr));
    if (!file) {
        ERR_clear_error();
        return invalidFile(name + " is not a PKCS#12 file; for PEM use certificate and key");
    }
    EVP_PKEY *key = nullptr;
    X509 *certificate = nullptr;
    STACK_OF(X509) *chain = nullptr;
    const char *secret = phrase->value ? phrase->value->c_str() : nullptr;
    if (PKCS12_parse(file.get(), secret, &key, &certificate, &chain) != 1)
        return pkcs12Problem(file.get(), name, *phrase);
    Identity identity{CertificatePtr(certificate), KeyPtr(key), CertificateStackPtr(chain)};
    ERR_clear_error();
    if (!identity.key || !identity.certificate)
        return invalidFile(name + " holds no key with its certificate; export both into it");
    return identity;
}

} // namespace

Result<std::string> readSmallFile(const fs::path &file)
{
    const auto problem = [&](const Error &error) {
        std::string text = error.code == ErrorCode::NotFound
                               ? "cannot read " + file.string() + ": there is no such file"
                           : error.code == ErrorCode::Limit
                               ? file.string() + " is larger than 1 MB: that is no certificate file"
                               : file.string() + ' ' + error.message;
        return Error{
            error.code == ErrorCode::Limit ? ErrorCode::Invalid : error.code, std::move(text), {}};
    };
    const auto opened = files::open(file);
    if (!opened)
        return problem(opened.error());
    auto bytes = opened->readAll(kLargestFile);
    return bytes ? std::move(bytes) : problem(bytes.error());
}

Result<Identity> readIdentity(const Tls &tls, const fs::path &folder)
{
    return tls.kind == Tls::Kind::Pkcs12 ? readPkcs12(tls, folder) : readPem(tls, folder);
}

Result<CertificateStackPtr> readClientAuthority(const std::string &file, const fs::path &folder)
{
    const fs::path path = resolve(file, folder);
    const auto pem = readSmallFile(path);
    if (!pem)
        return pem.error();
    return readCertificates(*pem, path);
}

KeyPtr keyFromPem(const std::string &pem)
{
    const std::optional<std::string> none;
    PassphraseAsker asker{none};
    KeyPtr key(PEM_read_bio_PrivateKey(bioOf(pem).get(), nullptr, onPassphrase, &asker));
    ERR_clear_error();
    return key;
}

CertificatePtr certificateFromPem(const std::string &pem)
{
    CertificatePtr certificate(PEM_read_bio_X509(bioOf(pem).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    return certificate;
}

} // namespace understudy::wire
