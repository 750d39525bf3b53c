// SPDX-License-Identifier: Apache-2.0
// The TLS layer over pairs of sockets, against OpenSSL as the client.
#include "core/wire/tls/tls_session.h"

#include "core/wire/tls/certificate_authority.h"
#include "core/wire/tls/tls_context_private.h"
#include "tests/server/tls_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <sys/socket.h>
#include <unistd.h>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using wire::CertificateAuthority;
using wire::TlsContext;
using wire::TlsFault;
using wire::TlsSession;
using Status = TlsSession::Status;

namespace {

WallTime now() { return std::chrono::system_clock::now(); }

/// A self-signed server's side, and the authority that clients may trust.
struct Side
{
    std::shared_ptr<CertificateAuthority> authority = *CertificateAuthority::open({});
    std::shared_ptr<const TlsContext> context = make({});

    std::shared_ptr<const TlsContext> make(const Tls &tls,
                                           const std::filesystem::path &folder = {}) const
    {
        auto made = TlsContext::create(tls, folder, "127.0.0.1", authority, now());
        if (!made)
            throw std::runtime_error(made.error().message);
        return *made;
    }
    TlsClientOptions trusting() const { return {.trust = authority->pem()}; }
};

/// One connection from the hello on.
struct Meeting
{
    TlsClient client;
    std::string askedFor;
    int asked = 0;
    TlsSession session;
    Status status;

    Meeting(const Side &side, const TlsClientOptions &options,
            std::optional<TlsFault> fault = std::nullopt)
        : Meeting(side.context, options, fault)
    {}
    Meeting(const std::shared_ptr<const TlsContext> &context, const TlsClientOptions &options,
            std::optional<TlsFault> fault = std::nullopt)
        : client(options)
        , session(context, client.serverSocket(),
                  [this, fault](std::string_view name) {
                      askedFor = name;
                      ++asked;
                      return fault;
                  })
        , status(shakeHands(session, client))
    {}
};

std::string readFrom(TlsSession &session, std::size_t size = 65536)
{
    std::string bytes(size, '\0');
    std::size_t read = 0;
    session.read(bytes.data(), bytes.size(), read);
    bytes.resize(read);
    return bytes;
}

Status readStatus(TlsSession &session)
{
    char byte = 0;
    std::size_t read = 0;
    return session.read(&byte, 1, read);
}

/// A client's certificate, signed by `issuer`.
wire::Identity clientIdentity(const std::string &name, const wire::Identity &issuer)
{
    wire::Identity identity{wire::CertificatePtr(X509_new()), wire::newKey(), nullptr};
    X509 *c = identity.certificate.get();
    X509_set_version(c, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(c), 7);
    X509_gmtime_adj(X509_getm_notBefore(c), -3600);
    X509_gmtime_adj(X509_getm_notAfter(c), 3600);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(c, X509_get_subject_name(issuer.certificate.get()));
    X509_set_pubkey(c, identity.key.get());
    X509_sign(c, issuer.key.get(), EVP_sha256());
    return identity;
}

wire::Identity rootIdentity(const std::string &name)
{
    wire::Identity identity{nullptr, wire::newKey(), nullptr};
    identity.certificate = wire::newCertificate({name, {}, now() - 24h, now() + 24h, true},
                                                identity.key.get(), nullptr, nullptr);
    return identity;
}

class TlsVersions : public testing::TestWithParam<int>
{};

} // namespace

TEST_P(TlsVersions, CarryDataBothWays)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.lowest = options.highest = GetParam();
    Meeting meeting(side, options);
    ASSERT_EQ(meeting.status, Status::Done) << meeting.session.error();
    EXPECT_EQ(meeting.client.error(), "");
    EXPECT_EQ(meeting.session.protocol(), GetParam() == TLS1_3_VERSION ? "TLS 1.3" : "TLS 1.2");
    EXPECT_TRUE(meeting.client.send("GET / HTTP/1.1\r\n"));
    EXPECT_EQ(readFrom(meeting.session), "GET / HTTP/1.1\r\n");
    EXPECT_EQ(sendAll(meeting.session, meeting.client, "HTTP/1.1 200 OK\r\n"),
              "HTTP/1.1 200 OK\r\n");
}

TEST_P(TlsVersions, CarryMoreThanTheSocketHolds)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.lowest = options.highest = GetParam();
    Meeting meeting(side, options);
    ASSERT_EQ(meeting.status, Status::Done);
    std::string large(3'000'000, '\0');
    for (std::size_t i = 0; i < large.size(); ++i)
        large[i] = static_cast<char>(i * 31 + i / 251);
    std::size_t written = 0;
    ASSERT_EQ(meeting.session.write(large, written), Status::Done);
    ASSERT_LT(written, large.size()) << "the socket took everything, so nothing is tested";
    std::size_t none = 0;
    EXPECT_EQ(meeting.session.write(std::string(large.substr(written)), none), Status::WantWrite);
    std::string got;
    for (std::string part = meeting.client.receive(); !part.empty();
         part = meeting.client.receive())
        got += part;
    got += sendAll(meeting.session, meeting.client, std::string(large.substr(written)));
    EXPECT_TRUE(got == large);
}

TEST_P(TlsVersions, EndWithCloseNotify)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.lowest = options.highest = GetParam();
    Meeting meeting(side, options);
    meeting.session.close();
    EXPECT_EQ(meeting.client.receive(), "");
    EXPECT_TRUE(meeting.client.atEnd());
}

TEST_P(TlsVersions, EndWithoutCloseNotifyWhenCut)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.lowest = options.highest = GetParam();
    Meeting meeting(side, options, TlsFault::Cut);
    ASSERT_EQ(meeting.status, Status::Done);
    EXPECT_EQ(sendAll(meeting.session, meeting.client, "half"), "half");
    meeting.session.close();
    shutdown(meeting.client.serverSocket(), SHUT_WR);
    EXPECT_EQ(meeting.client.receive(), "");
    EXPECT_FALSE(meeting.client.atEnd());
    EXPECT_EQ(meeting.client.error(), "unexpected eof while reading");
}

INSTANTIATE_TEST_SUITE_P(Tls, TlsVersions, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto &version) {
                             return version.param == TLS1_3_VERSION ? "Tls13" : "Tls12";
                         });

TEST(TlsSession, WaitsForTheClientWithoutBlocking)
{
    const Side side;
    TlsClient client(side.trusting());
    TlsSession session(side.context, client.serverSocket(), {});
    EXPECT_EQ(session.handshake(), Status::WantRead);
    EXPECT_EQ(shakeHands(session, client), Status::Done);
    EXPECT_EQ(readStatus(session), Status::WantRead);
}

TEST(TlsSession, SaysThatDecryptedBytesAreLeft)
{
    const Side side;
    Meeting meeting(side, side.trusting());
    meeting.client.send("abcdef");
    EXPECT_EQ(readFrom(meeting.session, 2), "ab");
    EXPECT_TRUE(meeting.session.hasPending());
    EXPECT_EQ(readFrom(meeting.session), "cdef");
    EXPECT_FALSE(meeting.session.hasPending());
}

TEST(TlsSession, TellsTheServerNameOnceAndMakesACertificateForIt)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.host = "api.shop.example";
    Meeting meeting(side, options);
    ASSERT_EQ(meeting.status, Status::Done) << meeting.client.error();
    EXPECT_EQ(meeting.askedFor, "api.shop.example");
    EXPECT_EQ(meeting.asked, 1);
    EXPECT_EQ(meeting.session.serverName(), "api.shop.example");
    const CertificateInfo shown = wire::certificateInfo(meeting.client.certificate().get());
    EXPECT_EQ(shown.subject, "CN=api.shop.example");
    EXPECT_EQ(shown.issuer, "CN=Understudy local authority");
    for (const char *name : {"api.shop.example", "localhost", "127.0.0.1", "::1"})
        EXPECT_THAT(shown.names, Contains(name));
}

TEST(TlsSession, IsAskedOnceThoughTheClientSaysHelloTwice)
{
    const Side side;
    SSL_CTX_set1_groups_list(side.context->d().ssl.get(), "P-521");
    TlsClient client(side.trusting());
    SSL_set1_groups_list(client.ssl(), "X25519:P-521"); // the first hello has a share for the first
    int asked = 0;
    TlsSession session(side.context, client.serverSocket(), [&](std::string_view) {
        ++asked;
        return std::nullopt;
    });
    EXPECT_EQ(shakeHands(session, client), Status::Done) << client.error();
    EXPECT_EQ(asked, 1);
    EVP_PKEY *share = nullptr;
    ASSERT_EQ(SSL_get_peer_tmp_key(client.ssl(), &share), 1);
    EXPECT_EQ(EVP_PKEY_get_bits(wire::KeyPtr(share).get()), 521);
}

TEST(TlsSession, ServesAClientWithoutServerName)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.host.clear();
    Meeting meeting(side, options);
    EXPECT_EQ(meeting.status, Status::Done);
    EXPECT_EQ(meeting.asked, 1);
    EXPECT_EQ(meeting.askedFor, "");
}

TEST(TlsSession, TakesAServerNameThatNoCertificateCanCarry)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.host = "a,IP:10.0.0.1";
    options.verifies = false;
    Meeting meeting(side, options);
    ASSERT_EQ(meeting.status, Status::Done) << meeting.session.error();
    const CertificateInfo shown = wire::certificateInfo(meeting.client.certificate().get());
    EXPECT_THAT(shown.names, testing::ElementsAre("localhost", "127.0.0.1", "::1"));
    options.host = std::string(200, 'a');
    EXPECT_EQ(Meeting(side, options).status, Status::Done);
}

TEST(TlsSession, ShowsTheSameCertificateAgain)
{
    const Side side;
    Meeting first(side, side.trusting());
    Meeting second(side, side.trusting());
    EXPECT_EQ(wire::certificateInfo(first.client.certificate().get()).sha256,
              wire::certificateInfo(second.client.certificate().get()).sha256);
}

TEST(TlsSession, KeepsABoundedNumberOfCertificates)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    Meeting first(side, options);
    for (int i = 0; i < 300; ++i) {
        options.host = "host" + std::to_string(i) + ".example";
        ASSERT_EQ(Meeting(side, options).status, Status::Done);
    }
    Meeting again(side, side.trusting());
    EXPECT_NE(wire::certificateInfo(first.client.certificate().get()).sha256,
              wire::certificateInfo(again.client.certificate().get()).sha256);
}

TEST(TlsSession, IsNotTrustedByAClientThatDoesNotKnowTheAuthority)
{
    const Side side;
    Meeting meeting(side, {});
    EXPECT_EQ(meeting.status, Status::Failed);
    EXPECT_EQ(meeting.client.error(), "unable to get local issuer certificate");
    EXPECT_EQ(meeting.session.error(),
              "the client does not trust the certificate (alert unknown CA)");
}

TEST(TlsSession, ChoosesHttp11OfWhatTheClientOffers)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.protocols = {"h2", "http/1.1"};
    Meeting meeting(side, options);
    EXPECT_EQ(meeting.status, Status::Done);
    EXPECT_EQ(meeting.client.protocol(), "http/1.1");
}

TEST(TlsSession, RefusesAClientThatOffersNoHttp11)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.protocols = {"h2"};
    Meeting meeting(side, options);
    EXPECT_EQ(meeting.status, Status::Failed);
    EXPECT_EQ(meeting.session.error(), "the client does not offer HTTP/1.1 (ALPN)");
    EXPECT_EQ(meeting.client.error(), "tlsv1 alert no application protocol");
}

TEST(TlsSession, RefusesTls11)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.old = true;
    options.highest = TLS1_1_VERSION;
    Meeting meeting(side, options);
    EXPECT_EQ(meeting.status, Status::Failed);
    EXPECT_EQ(meeting.session.error(), "the client speaks no version of TLS that this server does");
}

TEST(TlsSession, SaysThatAClientDoesNotSpeakTls)
{
    const Side side;
    TlsClient client;
    const std::string words = "\x16\x03nonsense, and more of it than a record's head";
    ASSERT_EQ(::write(SSL_get_fd(client.ssl()), words.data(), words.size()),
              static_cast<ssize_t>(words.size()));
    TlsSession session(side.context, client.serverSocket(), {});
    EXPECT_EQ(session.handshake(), Status::Failed);
    EXPECT_FALSE(session.error().empty());
    EXPECT_EQ(session.handshake(), Status::Failed);
}

TEST(TlsSession, SaysThatAClientLeft)
{
    const Side side;
    TlsClient early(side.trusting());
    TlsSession session(side.context, early.serverSocket(), {});
    early.step();
    early.leave();
    EXPECT_EQ(session.handshake(), Status::Failed);
    EXPECT_THAT(session.error(), HasSubstr("the client"));

    Meeting meeting(side, side.trusting());
    meeting.client.receive(); // what is unread would make a reset of it
    meeting.client.leave();
    EXPECT_EQ(readStatus(meeting.session), Status::Failed);
    EXPECT_EQ(meeting.session.error(), "the client closed without close_notify");
}

TEST(TlsSession, SeesTheCloseNotifyOfTheClient)
{
    const Side side;
    Meeting meeting(side, side.trusting());
    meeting.client.sendCloseNotify();
    EXPECT_EQ(readStatus(meeting.session), Status::Closed);
}

TEST(TlsSession, FailsQuietlyWhenItWritesToAClientThatLeft)
{
    const Side side;
    Meeting meeting(side, side.trusting());
    meeting.client.leave();
    const std::string bytes(100'000, 'x');
    std::size_t written = 0;
    EXPECT_EQ(meeting.session.write(bytes, written), Status::Failed);
    EXPECT_EQ(meeting.session.error(), "the client reset the connection");
    meeting.session.close();
}

TEST(TlsSession, ResumesAClientsSession)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    Meeting first(side, options);
    first.client.receive(); // the ticket comes before the first byte
    TlsClient second(options);
    const std::unique_ptr<SSL_SESSION, wire::Releases<SSL_SESSION_free>> ticket(
        SSL_get1_session(first.client.ssl()));
    SSL_set_session(second.ssl(), ticket.get());
    TlsSession session(side.context, second.serverSocket(), {});
    ASSERT_EQ(shakeHands(session, second), Status::Done);
    EXPECT_EQ(SSL_session_reused(second.ssl()), 1);
}

// Faults

namespace {

struct FaultCase
{
    TlsFault fault;
    const char *name;
    const char *clientSees;
    const char *serverSays;
};

class TlsFaults : public testing::TestWithParam<FaultCase>
{};

const std::vector<FaultCase> kFaults{
    {TlsFault::Expired, "Expired", "certificate has expired", "alert certificate expired"},
    {TlsFault::NotYetValid, "NotYetValid", "certificate is not yet valid", "alert bad certificate"},
    {TlsFault::SelfSigned, "SelfSigned", "self-signed certificate", "alert unknown CA"},
    {TlsFault::WrongHost, "WrongHost", "hostname mismatch", "alert bad certificate"},
    {TlsFault::UntrustedChain, "UntrustedChain", "self-signed certificate in certificate chain",
     "alert unknown CA"},
    {TlsFault::Alert, "Alert", "handshake failure", "handshake_failure was sent on purpose"},
    {TlsFault::OldVersion, "OldVersion", "tlsv1 alert protocol version",
     "speaks no version of TLS"},
};

} // namespace

TEST_P(TlsFaults, AreSeenByTheClient)
{
    const Side side;
    Meeting meeting(side, side.trusting(), GetParam().fault);
    EXPECT_EQ(meeting.status, Status::Failed);
    EXPECT_THAT(meeting.client.error(), HasSubstr(GetParam().clientSees));
    EXPECT_THAT(meeting.session.error(), HasSubstr(GetParam().serverSays));
    EXPECT_EQ(meeting.session.fault(), GetParam().fault);
}

TEST_P(TlsFaults, AreSeenByAClientThatWouldResume)
{
    const Side side;
    Meeting first(side, side.trusting());
    first.client.receive();
    TlsClient second(side.trusting());
    const std::unique_ptr<SSL_SESSION, wire::Releases<SSL_SESSION_free>> ticket(
        SSL_get1_session(first.client.ssl()));
    SSL_set_session(second.ssl(), ticket.get());
    TlsSession session(side.context, second.serverSocket(),
                       [](std::string_view) { return std::optional(GetParam().fault); });
    EXPECT_EQ(shakeHands(session, second), Status::Failed);
    EXPECT_THAT(second.error(), HasSubstr(GetParam().clientSees));
}

TEST_P(TlsFaults, AreMadeBesideCertificateFilesToo)
{
    const Side side;
    const TemporaryFolder folder;
    // RSA, which a client would get if it were left beside the issued one.
    const wire::KeyPtr key(EVP_RSA_gen(2048));
    const auto certificate = wire::newCertificate(
        {"localhost", {"localhost"}, now() - 24h, now() + 24h, false}, key.get(), nullptr, nullptr);
    folder.write("c.pem", wire::pemText(certificate.get()) + wire::pemText(key.get()));
    Tls tls;
    tls.kind = Tls::Kind::Pem;
    tls.certificate = "c.pem";
    const auto context = side.make(tls, folder.path());
    Meeting meeting(context, side.trusting(), GetParam().fault);
    EXPECT_EQ(meeting.status, Status::Failed);
    EXPECT_THAT(meeting.client.error(), HasSubstr(GetParam().clientSees));
}

INSTANTIATE_TEST_SUITE_P(Tls, TlsFaults, testing::ValuesIn(kFaults),
                         [](const auto &fault) { return fault.param.name; });

TEST(TlsFault, StallSaysNothingToTheHello)
{
    const Side side;
    Meeting meeting(side, side.trusting(), TlsFault::Stall);
    EXPECT_EQ(meeting.status, Status::Held);
    EXPECT_EQ(meeting.client.error(), "");
    EXPECT_FALSE(meeting.client.isDone());
    EXPECT_EQ(meeting.client.waiting(), 0U);
    EXPECT_EQ(meeting.asked, 1);
}

TEST(TlsFault, OldVersionServesAClientThatSpeaksTls11)
{
    const Side side;
    TlsClientOptions options = side.trusting();
    options.old = true;
    Meeting meeting(side, options, TlsFault::OldVersion);
    ASSERT_EQ(meeting.status, Status::Done) << meeting.session.error();
    EXPECT_EQ(meeting.session.protocol(), "TLS 1.1");
}

// Clients' certificates

namespace {

struct ClientSide
{
    TemporaryFolder folder;
    wire::Identity root = rootIdentity("Clients");
    wire::Identity stranger = rootIdentity("Strangers");
    wire::Identity ada = clientIdentity("Ada", root);
    wire::Identity eve = clientIdentity("Eve", stranger);
    Side side;
    std::shared_ptr<const TlsContext> context;

    explicit ClientSide(std::optional<ClientCertificate> wanted, bool byAuthority = true)
    {
        Tls tls;
        tls.clientCertificate = wanted;
        if (byAuthority) {
            folder.write("clients.pem", wire::pemText(root.certificate.get()));
            tls.clientAuthority = "clients.pem";
        }
        context = side.make(tls, folder.path());
    }
    TlsClientOptions with(const wire::Identity *identity) const
    {
        TlsClientOptions options = side.trusting();
        options.identity = identity;
        return options;
    }
};

/// With TLS 1.3 the client is done before the server has looked at its certificate.
std::string afterwards(Meeting &meeting)
{
    if (meeting.client.error().empty())
        meeting.client.receive();
    return meeting.client.error();
}

} // namespace

TEST(ClientCertificates, AreReadWhereTheyAreAskedFor)
{
    const ClientSide clients(std::nullopt);
    Meeting meeting(clients.context, clients.with(&clients.ada));
    ASSERT_EQ(meeting.status, Status::Done) << meeting.session.error();
    EXPECT_EQ(meeting.session.certificateSubject(), "CN=Ada");
}

TEST(ClientCertificates, AreRequiredWithAnAuthorityUnlessSaidOtherwise)
{
    const ClientSide clients(std::nullopt);
    Meeting meeting(clients.context, clients.with(nullptr));
    EXPECT_EQ(meeting.status, Status::Failed);
    EXPECT_EQ(meeting.session.error(),
              "the client shows no certificate, which this server asks for");
    EXPECT_EQ(afterwards(meeting), "tlsv13 alert certificate required");
}

TEST(ClientCertificates, OfStrangersAreRefused)
{
    for (const auto wanted : {ClientCertificate::Optional, ClientCertificate::Required}) {
        const ClientSide clients(wanted);
        Meeting meeting(clients.context, clients.with(&clients.eve));
        EXPECT_EQ(meeting.status, Status::Failed);
        EXPECT_EQ(meeting.session.error(), "the client's certificate is not accepted: unable to "
                                           "get local issuer certificate");
        EXPECT_EQ(afterwards(meeting), "tlsv1 alert unknown ca");
    }
}

TEST(ClientCertificates, MayBeLeftOutWhereTheyAreOptional)
{
    const ClientSide clients(ClientCertificate::Optional);
    Meeting without(clients.context, clients.with(nullptr));
    EXPECT_EQ(without.status, Status::Done);
    EXPECT_EQ(without.session.certificateSubject(), "");
    Meeting with(clients.context, clients.with(&clients.ada));
    EXPECT_EQ(with.session.certificateSubject(), "CN=Ada");
}

TEST(ClientCertificates, AreNotAskedForWithNone)
{
    const ClientSide clients(ClientCertificate::None);
    Meeting meeting(clients.context, clients.with(&clients.ada));
    EXPECT_EQ(meeting.status, Status::Done);
    EXPECT_EQ(meeting.session.certificateSubject(), "");
}

TEST(ClientCertificates, OfAnybodyWillDoWithoutAnAuthority)
{
    const ClientSide clients(ClientCertificate::Required, false);
    Meeting with(clients.context, clients.with(&clients.eve));
    EXPECT_EQ(with.status, Status::Done) << with.session.error();
    EXPECT_EQ(with.session.certificateSubject(), "CN=Eve");
    Meeting without(clients.context, clients.with(nullptr));
    EXPECT_EQ(without.status, Status::Failed);
}
