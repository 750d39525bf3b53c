// SPDX-License-Identifier: Apache-2.0
// The TLS layer over pairs of sockets, against OpenSSL as the client.
#include "tests/server/tls_meeting.h"

#include <gmock/gmock.h>

#include <sys/socket.h>
#include <unistd.h>

using namespace understudy;
using namespace understudy::test;
using testing::Contains;
using testing::HasSubstr;

namespace {

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
    Meeting meeting(side, options, "cut");
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
        return HandshakePlan{};
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
