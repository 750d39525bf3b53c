// SPDX-License-Identifier: Apache-2.0
// What the TLS layer does wrong on purpose, and what it asks of clients.
#include "core/wire/tls/certificate_factory.h"
#include "tests/server/tls_meeting.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

struct FaultCase
{
    const char *name;
    const char *variant;
    const char *clientSees;
    const char *serverSays;
};

class TlsFaults : public testing::TestWithParam<FaultCase>
{};

const std::vector<FaultCase> kFaults{
    {"Expired", "expired", "certificate has expired", "alert certificate expired"},
    {"NotYetValid", "not-yet-valid", "certificate is not yet valid", "alert bad certificate"},
    {"SelfSigned", "self-signed", "self-signed certificate", "alert unknown CA"},
    {"WrongHost", "wrong-host", "hostname mismatch", "alert bad certificate"},
    {"UntrustedChain", "untrusted-chain", "self-signed certificate in certificate chain",
     "alert unknown CA"},
    {"Alert", "alert", "handshake failure", "handshake_failure was sent on purpose"},
    {"OldVersion", "old-version", "tlsv1 alert protocol version", "speaks no version of TLS"},
};

} // namespace

TEST_P(TlsFaults, AreSeenByTheClient)
{
    const Side side;
    Meeting meeting(side, side.trusting(), GetParam().variant);
    EXPECT_EQ(meeting.status, Status::Failed);
    EXPECT_THAT(meeting.client.error(), HasSubstr(GetParam().clientSees));
    EXPECT_THAT(meeting.session.error(), HasSubstr(GetParam().serverSays));
    EXPECT_EQ(meeting.session.plan().effect, handshake(GetParam().variant).effect);
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
                       [](std::string_view) { return handshake(GetParam().variant); });
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
    Meeting meeting(context, side.trusting(), GetParam().variant);
    EXPECT_EQ(meeting.status, Status::Failed);
    EXPECT_THAT(meeting.client.error(), HasSubstr(GetParam().clientSees));
}

INSTANTIATE_TEST_SUITE_P(Tls, TlsFaults, testing::ValuesIn(kFaults),
                         [](const auto &fault) { return fault.param.name; });

TEST(TlsFault, StallSaysNothingToTheHello)
{
    const Side side;
    Meeting meeting(side, side.trusting(), "stall");
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
    Meeting meeting(side, options, "old-version");
    ASSERT_EQ(meeting.status, Status::Done) << meeting.session.error();
    EXPECT_EQ(meeting.session.protocol(), "TLS 1.1");
}

// Clients' certificates

namespace {

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
