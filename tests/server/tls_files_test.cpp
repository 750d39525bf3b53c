// SPDX-License-Identifier: Apache-2.0
// Certificate files: what is read, and what is said about those that cannot be used.
#include "core/runtime/authority.h"
#include "core/wire/tls/certificate_factory.h"
#include "tests/server/tls_client.h"
#include "tests/support/mock.h"
#include "tests/support/nobody.h"

#include <gmock/gmock.h>

#include <openssl/pem.h>

#include <cstdlib>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

namespace {

WallTime wallNow() { return std::chrono::system_clock::now(); }

wire::Identity identity(const std::string &name, WallTime from = wallNow() - 24h,
                        WallTime to = wallNow() + 24h)
{
    wire::Identity made{nullptr, wire::newKey(), nullptr};
    made.certificate
        = wire::newCertificate({name, {name}, from, to, false}, made.key.get(), nullptr, nullptr);
    return made;
}

std::string encryptedKey(EVP_PKEY *key, const std::string &passphrase)
{
    const wire::BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, EVP_aes_256_cbc(), passphrase.data(),
                                  static_cast<int>(passphrase.size()), nullptr, nullptr);
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pkcs12(const wire::Identity &identity, const char *passphrase)
{
    const wire::Pkcs12Ptr file(PKCS12_create(passphrase, "server", identity.key.get(),
                                             identity.certificate.get(), nullptr, 0, 0, 0, 0, 0));
    unsigned char *bytes = nullptr;
    const int size = i2d_PKCS12(file.get(), &bytes);
    const wire::TextPtr owner(bytes);
    return {reinterpret_cast<char *>(bytes), static_cast<std::size_t>(size)};
}

/// A variable of the environment, for one test.
class Variable
{
public:
    Variable(const char *name, const char *value)
        : m_name(name)
    {
        setenv(name, value, 1);
    }
    ~Variable() { unsetenv(m_name); }
    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;

private:
    const char *m_name;
};

/// A folder with good files, for tests that spoil one of them.
struct Files
{
    TemporaryFolder folder;
    wire::Identity server = identity("shop.example");
    Tls tls;

    Files()
    {
        tls.kind = Tls::Kind::Pem;
        tls.certificate = "server.pem";
        tls.key = "server-key.pem";
        folder.write("server.pem", wire::pemText(server.certificate.get()));
        folder.write("server-key.pem", wire::pemText(server.key.get()));
    }
    Result<CertificateInfo> check() const { return checkTls(tls, folder.path(), {}, wallNow()); }
    std::string complaint() const
    {
        const auto checked = check();
        return checked ? "no complaint" : checked.error().message;
    }
};

} // namespace

TEST(TlsFiles, ReadAPemCertificateWithItsKey)
{
    const Files files;
    const auto shown = files.check();
    ASSERT_TRUE(shown) << shown.error().message;
    EXPECT_EQ(shown->subject, "CN=shop.example");
    EXPECT_THAT(shown->names, testing::ElementsAre("shop.example"));
    EXPECT_EQ(shown->file, files.folder.path() / "server.pem");
}

TEST(TlsFiles, SendTheWholeChainOfAFile)
{
    Files files;
    wire::Identity root{nullptr, wire::newKey(), nullptr};
    root.certificate = wire::newCertificate({"Root", {}, wallNow() - 24h, wallNow() + 24h, true},
                                            root.key.get(), nullptr, nullptr);
    const auto leaf
        = wire::newCertificate({"localhost", {"localhost"}, wallNow() - 24h, wallNow() + 24h},
                               files.server.key.get(), root.certificate.get(), root.key.get());
    files.folder.write("server.pem", wire::pemText(leaf.get()) + "text between\n"
                                         + wire::pemText(root.certificate.get()));
    const auto context
        = wire::TlsContext::create(files.tls, files.folder.path(), "127.0.0.1", nullptr, wallNow());
    ASSERT_TRUE(context) << context.error().message;
    TlsClient client({.trust = wire::pemText(root.certificate.get())});
    wire::TlsSession session(*context, client.serverSocket(), {});
    EXPECT_EQ(shakeHands(session, client), wire::TlsSession::Status::Done) << client.error();
    EXPECT_EQ(sk_X509_num(SSL_get_peer_cert_chain(client.ssl())), 2);
}

TEST(TlsFiles, ReadAnEncryptedKeyWithThePassphraseOfTheEnvironment)
{
    Files files;
    files.folder.write("server-key.pem", encryptedKey(files.server.key.get(), "open sesame"));
    files.tls.passphraseEnv = "UNDERSTUDY_TEST_PASSPHRASE";
    const Variable variable("UNDERSTUDY_TEST_PASSPHRASE", "open sesame");
    EXPECT_EQ(files.complaint(), "no complaint");
}

TEST(TlsFiles, SayThatThePassphraseIsWrong)
{
    Files files;
    files.folder.write("server-key.pem", encryptedKey(files.server.key.get(), "open sesame"));
    files.tls.passphraseEnv = "UNDERSTUDY_TEST_PASSPHRASE";
    const Variable variable("UNDERSTUDY_TEST_PASSPHRASE", "open barley");
    EXPECT_THAT(files.complaint(),
                AllOf(HasSubstr("the passphrase in UNDERSTUDY_TEST_PASSPHRASE does not open"),
                      HasSubstr("server-key.pem")));
}

TEST(TlsFiles, SayThatThePassphraseIsNotSet)
{
    Files files;
    files.tls.passphraseEnv = "UNDERSTUDY_TEST_NOT_SET";
    EXPECT_THAT(files.complaint(),
                HasSubstr("environment variable UNDERSTUDY_TEST_NOT_SET, which passphraseEnv "
                          "names, is not set"));
}

TEST(TlsFiles, SayThatAKeyIsEncrypted)
{
    const Files files;
    files.folder.write("server-key.pem", encryptedKey(files.server.key.get(), "open sesame"));
    EXPECT_THAT(files.complaint(),
                AllOf(HasSubstr("server-key.pem is encrypted"), HasSubstr("passphraseEnv")));
}

TEST(TlsFiles, SayThatTheKeyIsOfAnotherCertificate)
{
    const Files files;
    const wire::Identity other = identity("other.example");
    files.folder.write("server-key.pem", wire::pemText(other.key.get()));
    const auto checked = files.check();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::Invalid);
    EXPECT_THAT(checked.error().message,
                AllOf(HasSubstr("server-key.pem does not belong to the certificate in"),
                      HasSubstr("server.pem")));
}

TEST(TlsFiles, SayThatAFileIsMissing)
{
    Files files;
    files.tls.key = "nowhere.pem";
    const auto checked = files.check();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::NotFound);
    EXPECT_THAT(checked.error().message, HasSubstr("nowhere.pem"));
}

TEST(TlsFiles, SayThatAFileMayNotBeRead)
{
    const Files files;
    std::filesystem::permissions(files.folder.path(), std::filesystem::perms::all);
    std::filesystem::permissions(files.folder.path() / "server-key.pem", {});
    const Nobody nobody;
    const auto checked = files.check();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::Access);
    EXPECT_THAT(checked.error().message, HasSubstr("server-key.pem"));
}

TEST(TlsFiles, SayThatAFileIsNotPem)
{
    const Files files;
    files.folder.write("server.pem", "\x30\x82\x01\x01 binary");
    EXPECT_THAT(files.complaint(),
                AllOf(HasSubstr("server.pem is not PEM"), HasSubstr("openssl x509 -inform der")));
    files.folder.write("server.pem", wire::pemText(files.server.certificate.get()));
    files.folder.write("server-key.pem", "\x30\x82\x01\x01 binary");
    EXPECT_THAT(files.complaint(), HasSubstr("server-key.pem holds no private key in PEM"));
}

TEST(TlsFiles, SayThatAFileIsDamaged)
{
    const Files files;
    std::string pem = wire::pemText(files.server.certificate.get());
    files.folder.write("server.pem", pem.replace(60, 3, "!!!"));
    EXPECT_THAT(files.complaint(),
                AllOf(HasSubstr("a certificate in"), HasSubstr("server.pem cannot be read")));
    files.folder.write("server.pem", wire::pemText(files.server.certificate.get()));
    std::string key = wire::pemText(files.server.key.get());
    files.folder.write("server-key.pem", key.replace(60, 3, "!!!"));
    EXPECT_THAT(files.complaint(), HasSubstr("server-key.pem cannot be read"));
}

TEST(TlsFiles, SayThatACertificateHasExpired)
{
    const Files files;
    const auto expired = wire::newCertificate({"shop.example",
                                               {"shop.example"},
                                               WallTime{} + 24h * 365 * 30,
                                               WallTime{} + 24h * 365 * 31},
                                              files.server.key.get(), nullptr, nullptr);
    files.folder.write("server.pem", wire::pemText(expired.get()));
    EXPECT_THAT(files.complaint(), HasSubstr("server.pem expired on 2000-12-24"));
    const auto checked = files.check();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::Invalid);
}

TEST(TlsFiles, SayThatACertificateIsNotValidYet)
{
    Files files;
    files.server = identity("shop.example", wallNow() + 48h, wallNow() + 96h);
    files.folder.write("server.pem", wire::pemText(files.server.certificate.get()));
    files.folder.write("server-key.pem", wire::pemText(files.server.key.get()));
    EXPECT_THAT(files.complaint(), HasSubstr("server.pem is not valid before"));
}

TEST(TlsFiles, SayThatAFolderIsNoFile)
{
    Files files;
    files.tls.certificate = ".";
    EXPECT_THAT(files.complaint(), HasSubstr("is not a file"));
}

TEST(TlsFiles, ReadPkcs12)
{
    Files files;
    files.tls = {};
    files.tls.kind = Tls::Kind::Pkcs12;
    files.tls.pkcs12 = "server.p12";
    files.folder.write("server.p12", pkcs12(files.server, nullptr));
    EXPECT_EQ(files.complaint(), "no complaint");
    files.folder.write("server.p12", pkcs12(files.server, "open sesame"));
    EXPECT_THAT(files.complaint(),
                AllOf(HasSubstr("server.p12 is encrypted"), HasSubstr("passphraseEnv")));
    files.tls.passphraseEnv = "UNDERSTUDY_TEST_PASSPHRASE";
    {
        const Variable variable("UNDERSTUDY_TEST_PASSPHRASE", "open barley");
        EXPECT_THAT(files.complaint(),
                    HasSubstr("the passphrase in UNDERSTUDY_TEST_PASSPHRASE does not open"));
    }
    const Variable variable("UNDERSTUDY_TEST_PASSPHRASE", "open sesame");
    EXPECT_EQ(files.complaint(), "no complaint");
    files.folder.write("server.p12", wire::pemText(files.server.certificate.get()));
    EXPECT_THAT(files.complaint(), HasSubstr("server.p12 is not a PKCS#12 file"));
}

TEST(TlsFiles, SayWhatIsWrongWithTheClientsAuthority)
{
    Files files;
    files.tls.clientAuthority = "clients.pem";
    EXPECT_THAT(files.complaint(), HasSubstr("clients.pem"));
    files.folder.write("clients.pem", "nothing");
    EXPECT_THAT(files.complaint(), HasSubstr("clients.pem is not PEM"));
    const wire::Identity expired = identity("Clients", wallNow() - 96h, wallNow() - 48h);
    files.folder.write("clients.pem", wire::pemText(expired.certificate.get()));
    EXPECT_THAT(files.complaint(), HasSubstr("clientAuthority in clients.pem expired on"));
    files.folder.write("clients.pem", wire::pemText(files.server.certificate.get()));
    EXPECT_EQ(files.complaint(), "no complaint");
}
