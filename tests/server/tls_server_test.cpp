// SPDX-License-Identifier: Apache-2.0
// TLS as a server of the workbench speaks it: one port for both, limits, what the journal says.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

std::string tlsMock(const std::string &more = {})
{
    return "understudy: 1\nname: Test\nlisten: {port: 0, tls: self-signed}\n" + more
           + "endpoints:\n- {path: /x, responses: [{body: fine}]}\n"
             "- {path: /name, responses: [{when: [{host: {equals: shop.localhost}}, {scheme: "
             "{equals: https}}], body: shop}]}\n";
}

/// A blocking client over TCP that trusts everybody; what the server shows is looked at elsewhere
/// (tls_session_test.cpp).
class TrustingClient
{
public:
    /// Without `waits` it says hello and no more.
    TrustingClient(std::uint16_t port, const char *host, bool waits = true)
        : m_context(SSL_CTX_new(TLS_client_method()))
        , m_ssl(SSL_new(m_context))
        , m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{10, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        ::connect(m_socket, reinterpret_cast<const sockaddr *>(&to), sizeof(to));
        if (!waits)
            ::fcntl(m_socket, F_SETFL, O_NONBLOCK);
        SSL_set_fd(m_ssl, m_socket);
        SSL_set_tlsext_host_name(m_ssl, host);
        m_isDone = SSL_connect(m_ssl) == 1;
    }
    ~TrustingClient()
    {
        SSL_free(m_ssl);
        SSL_CTX_free(m_context);
        ::close(m_socket);
    }
    TrustingClient(const TrustingClient &) = delete;
    TrustingClient &operator=(const TrustingClient &) = delete;

    bool isDone() const { return m_isDone; }
    /// Whether bytes or an end come within so long.
    bool hears(int milliseconds) const
    {
        pollfd poll{m_socket, POLLIN | POLLRDHUP, 0};
        return ::poll(&poll, 1, milliseconds) == 1;
    }

    /// The answer up to its body's end, or to the end of the connection.
    std::string ask(const std::string &target, std::size_t bodySize)
    {
        const std::string text = "GET " + target + " HTTP/1.1\r\nHost: shop.localhost\r\n\r\n";
        SSL_write(m_ssl, text.data(), static_cast<int>(text.size()));
        std::string out;
        char buffer[4096];
        while (true) {
            const std::size_t end = out.find("\r\n\r\n");
            if (end != std::string::npos && out.size() >= end + 4 + bodySize)
                return out;
            const int n = SSL_read(m_ssl, buffer, sizeof(buffer));
            if (n <= 0) {
                m_saidGoodbye = SSL_get_error(m_ssl, n) == SSL_ERROR_ZERO_RETURN;
                return out;
            }
            out.append(buffer, static_cast<std::size_t>(n));
        }
    }
    bool saidGoodbye() const { return m_saidGoodbye; } ///< the connection ended with close_notify

private:
    SSL_CTX *m_context;
    SSL *m_ssl;
    int m_socket;
    bool m_isDone = false;
    bool m_saidGoodbye = false;
};

} // namespace

TEST(TlsServer, AnswersPlainHttpOnTheSamePort)
{
    RunningMock server(tlsMock());
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), "fine");
    EXPECT_EQ(server.exchange()->tls, "");
    EXPECT_THAT(server.bench().status(server.id())->url, testing::StartsWith("https://127.0.0.1:"));
}

TEST(TlsServer, AnswersSeveralRequestsOfAConnection)
{
    RunningMock server(tlsMock());
    TrustingClient client(server.port(), "shop.localhost");
    ASSERT_TRUE(client.isDone());
    EXPECT_THAT(client.ask("/x", 4), testing::EndsWith("fine"));
    EXPECT_THAT(client.ask("/name", 4), testing::EndsWith("shop"));
    const auto first = server.exchange(1);
    EXPECT_EQ(first->tls, "TLS 1.3, shop.localhost");
    EXPECT_TRUE(first->timings.acceptedBefore);
    EXPECT_TRUE(first->timings.handshake);
    const auto second = server.exchange(2);
    EXPECT_FALSE(second->timings.handshake);
}

TEST(TlsServer, SendsBigBodies)
{
    RunningMock server(
        "understudy: 1\nname: Test\nlisten: {port: 0, tls: self-signed}\nendpoints:\n"
        "- {path: /x, responses: [{bodyFile: big.bin}]}\n");
    const std::string content(3'000'000, 'b');
    server.folder().write("big.bin", content);
    TrustingClient client(server.port(), "shop.localhost");
    EXPECT_THAT(client.ask("/x", content.size()), testing::EndsWith("\r\n\r\n" + content));
}

TEST(TlsServer, GivesUpAHandshakeThatDoesNotGoOn)
{
    RunningMock server(tlsMock("limits: {handshake: 40ms}\n"));
    LoopbackClient client(server.port());
    client.send("\x16\x03\x01");
    EXPECT_EQ(client.readAll(), "");
    const auto exchange = server.exchange();
    EXPECT_EQ(exchange->match, MatchKind::NoRequest);
    EXPECT_THAT(exchange->error, HasSubstr("not done within 40ms (limits.handshake)"));
}

TEST(TlsServer, SlowHandshakesHoldNobodyUp)
{
    RunningMock server(tlsMock());
    LoopbackClient slow(server.port());
    slow.send("\x16\x03\x01");
    TrustingClient client(server.port(), "shop.localhost");
    EXPECT_THAT(client.ask("/x", 4), testing::EndsWith("fine"));
}

TEST(TlsServer, CutsTheConnectionWithoutGoodbye)
{
    RunningMock cut(tlsMock("behaviour: {faults: [{kind: tls, variant: cut}]}\n"));
    TrustingClient client(cut.port(), "shop.localhost");
    const std::string answer = client.ask("/x", 1000);
    EXPECT_THAT(answer, testing::EndsWith("fine"));
    EXPECT_THAT(answer, testing::Not(HasSubstr("Content-Length")));
    EXPECT_FALSE(client.saidGoodbye());
    ASSERT_TRUE(cut.exchange()->behaviour && cut.exchange()->behaviour->fault);
    EXPECT_EQ(cut.exchange()->behaviour->fault->label, "tls cut");
}

TEST(TlsServer, SaysGoodbyeWhereNothingIsWrong)
{
    RunningMock server(tlsMock("behaviour: {faults: [{kind: close, at: body, offset: 2B}]}\n"));
    TrustingClient client(server.port(), "shop.localhost");
    EXPECT_THAT(client.ask("/x", 4), testing::EndsWith("\r\n\r\nfi"));
    EXPECT_TRUE(client.saidGoodbye());
}

TEST(TlsServer, RefusesAHandshakeWithAnAlertAndSaysWhy)
{
    RunningMock server(tlsMock("behaviour: {faults: [{kind: tls, variant: alert, when: [{host: "
                               "{equals: shop.localhost}}]}]}\n"));
    EXPECT_FALSE(TrustingClient(server.port(), "shop.localhost").isDone());
    EXPECT_TRUE(TrustingClient(server.port(), "other.localhost").isDone());
    const auto exchange = server.exchange();
    EXPECT_EQ(exchange->match, MatchKind::NoRequest);
    EXPECT_EQ(exchange->behaviour->fault->effect, "the handshake was refused with an alert");
}

TEST(TlsServer, HoldsAHandshakeInSilenceUntilItIsStopped)
{
    RunningMock server(tlsMock("behaviour: {faults: [{kind: tls, variant: stall, when: [{host: "
                               "{equals: shop.localhost}}]}]}\n"));
    const TrustingClient held(server.port(), "shop.localhost", false);
    EXPECT_EQ(server.exchange()->behaviour->fault->effect, "the client's hello was never answered");
    // Whoever ended it would have done so by the time the next one is answered.
    TrustingClient other(server.port(), "other.localhost");
    EXPECT_THAT(other.ask("/x", 4), testing::EndsWith("fine"));
    EXPECT_FALSE(held.hears(0));
    server.bench().stopAll(0s);
    EXPECT_TRUE(held.hears(10'000));
}

TEST(TlsServer, ABrokenKeyStopsNoOtherServer)
{
    RunningMock good(mock("- {path: /x, responses: [{body: fine}]}\n"));
    good.folder().write("broken.pem", "no key");
    Server broken = parseMock("understudy: 1\nname: Broken\nlisten: {port: 0, tls: {certificate: "
                              "broken.pem, key: broken.pem}}\nendpoints: []\n");
    const std::string id = good.bench().add(broken, good.folder().path());
    const auto failures = good.bench().startAll();
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].first, id);
    EXPECT_THAT(failures[0].second.message, HasSubstr("broken.pem"));
    EXPECT_EQ(bodyOf(get(good.port(), "/x")), "fine");
}
