// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/control_server.h"

#include "tests/control/samples.h"
#include "tests/support/no_descriptors.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <gtest/gtest.h>

#include <array>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

namespace understudy::control {
namespace {

/// A control plane over a workbench with one server, and a client for it.
class ControlServerTest : public testing::Test
{
protected:
    ControlServerTest() { id = workbench.add(helloServer(), "."); }

    void SetUp() override
    {
        const auto bound = control.listen(0);
        ASSERT_TRUE(bound) << bound.error().text();
        port = *bound;
    }

    std::unique_ptr<QNetworkReply> call(const QByteArray &method, const QString &target,
                                        const std::string &token, const QByteArray &body = {})
    {
        QNetworkRequest request(QUrl("http://127.0.0.1:" + QString::number(port) + target));
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(token));
        request.setTransferTimeout();
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        std::unique_ptr<QNetworkReply> reply(manager.sendCustomRequest(request, method, body));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        return reply;
    }
    static int statusOf(const QNetworkReply &reply)
    {
        return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

    Workbench workbench{WorkbenchOptions{
        .threads = 1, .journal = {}, .keepJournal = true, .allowOutside = false, .seed = {}}};
    ControlServer control{workbench, [](const std::string &) { return std::vector<Problem>{}; }};
    QNetworkAccessManager manager;
    std::string id;
    quint16 port = 0;
};

TEST_F(ControlServerTest, AnswersWithTheToken)
{
    const auto reply = call("GET", "/v1/servers", control.token());
    EXPECT_EQ(statusOf(*reply), 200);
    EXPECT_EQ(reply->header(QNetworkRequest::ContentTypeHeader).toString(), "application/json");
    EXPECT_TRUE(reply->readAll().contains("\"name\":\"Hello\""));
}

TEST_F(ControlServerTest, AsksForTheToken)
{
    const auto reply = call("GET", "/v1/servers", "wrong");
    EXPECT_EQ(statusOf(*reply), 401);
    EXPECT_EQ(reply->rawHeader("WWW-Authenticate"), "Bearer realm=\"understudy\"");
}

TEST_F(ControlServerTest, PassesMethodPathAndQueryOn)
{
    EXPECT_EQ(statusOf(*call("POST", "/v1/servers/" + QString::fromStdString(id) + "/start",
                             control.token())),
              200);
    EXPECT_EQ(workbench.status(id)->state, ServerState::Running);
    EXPECT_EQ(statusOf(*call("DELETE", "/v1/traffic", control.token())), 204);
    EXPECT_EQ(statusOf(*call("GET", "/v1/traffic?limit=0", control.token())), 400);
}

TEST_F(ControlServerTest, PassesTheBodyOn)
{
    const auto reply = call("PUT", "/v1/faults", control.token(), R"({"off": true})");
    EXPECT_EQ(statusOf(*reply), 200);
    EXPECT_TRUE(reply->readAll().contains("\"allOff\":true"));
    EXPECT_TRUE(workbench.faultSwitches().isOff({}));
    EXPECT_EQ(statusOf(*call("PUT", "/v1/faults", control.token(), "{")), 400);
}

TEST_F(ControlServerTest, AnswersEveryUnknownPathInJson)
{
    for (const char *path : {"/", "/a", "/a/b/c", "/v1/servers/%2Fx/y/z"}) {
        const auto reply = call("GET", path, control.token());
        EXPECT_EQ(statusOf(*reply), 404) << path;
        EXPECT_TRUE(reply->readAll().startsWith("{\"error\":")) << path;
    }
}

/// A stranger with a socket and without a token; the event loop turns while it waits.
class Stranger
{
public:
    explicit Stranger(quint16 port)
    {
        socket.connectToHost(QHostAddress::LocalHost, port);
        waitFor([this] { return socket.state() == QAbstractSocket::ConnectedState; });
    }

    template<class Condition>
    static bool waitFor(Condition holds)
    {
        const QDeadlineTimer end(20'000);
        QTimer tick; // somebody has to wake the loop when nothing happens
        tick.start(10);
        while (!holds() && !end.hasExpired())
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        return holds();
    }
    void send(const QByteArray &bytes)
    {
        socket.write(bytes);
        socket.flush();
    }
    /// Everything up to the end of the connection; what came so far if that does not come.
    QByteArray answer()
    {
        waitFor([this] { return isGone(); });
        return socket.readAll();
    }
    bool isGone() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    QTcpSocket socket;
};

/// The same with bounds that a test reaches.
class ControlGateTest : public ControlServerTest
{
protected:
    void SetUp() override
    {
        const auto bound = narrow.listen(0);
        ASSERT_TRUE(bound);
        port = *bound;
    }

    ControlServer narrow{workbench,
                         [](const std::string &) { return std::vector<Problem>{}; },
                         "secret",
                         {.connections = 3,
                          .head = 2000,
                          .body = 1000,
                          .request = std::chrono::milliseconds(300),
                          .answer = std::chrono::milliseconds(300)}};
};

TEST_F(ControlGateTest, AnswersAndCloses)
{
    Stranger one(port);
    one.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const QByteArray answer = one.answer();
    EXPECT_TRUE(one.isGone());
    EXPECT_TRUE(answer.startsWith("HTTP/1.1 200")) << answer.toStdString();
    EXPECT_TRUE(answer.toLower().contains("connection: close")) << answer.toStdString();
}

TEST_F(ControlGateTest, TakesARequestInPieces)
{
    Stranger one(port);
    for (const char c :
         QByteArray("PUT /v1/faults HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret\r\n"
                    "Content-Length: 13\r\n\r\n{\"off\": true}")) {
        one.send(QByteArray(1, c));
        QCoreApplication::processEvents();
    }
    EXPECT_TRUE(one.answer().contains("\"allOff\":true"));
}

TEST_F(ControlGateTest, KeepsAConnectionForOneRequestAfterTheOther)
{
    Stranger one(port);
    const QByteArray request
        = "GET /v1/servers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret\r\n";
    for (int i = 0; i < 3; ++i) {
        for (const char c : request + "\r\n") {
            one.send(QByteArray(1, c));
            QCoreApplication::processEvents();
        }
        QByteArray answer;
        EXPECT_TRUE(Stranger::waitFor([&] {
            answer += one.socket.readAll();
            return answer.endsWith("]}\n");
        })) << i
            << answer.toStdString();
        EXPECT_FALSE(one.isGone());
    }
    one.send(request + "Connection: close\r\n\r\n");
    EXPECT_TRUE(one.answer().endsWith("]}\n"));
    EXPECT_TRUE(one.isGone());
}

TEST_F(ControlGateTest, RefusesALargeBodyBeforeItComesAndWithoutAToken)
{
    for (const QByteArray &framing :
         {QByteArray("Content-Length: 400000000\r\n\r\n"),
          QByteArray("Transfer-Encoding: chunked\r\n\r\n") + "500\r\n" + QByteArray(0x500, 'x')}) {
        Stranger one(port);
        one.send("PUT /v1/faults HTTP/1.1\r\nHost: a\r\n" + framing);
        EXPECT_TRUE(one.answer().startsWith("HTTP/1.1 413"));
        EXPECT_TRUE(one.isGone());
    }
}

TEST_F(ControlGateTest, RefusesALargeHeadAndWhatIsNoRequest)
{
    Stranger large(port);
    large.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(5000, 'x'));
    EXPECT_TRUE(large.answer().startsWith("HTTP/1.1 431"));
    Stranger garbage(port);
    garbage.send("\x16\x03\x01 hello\r\n\r\n");
    EXPECT_TRUE(garbage.answer().startsWith("HTTP/1.1 400"));
}

TEST_F(ControlGateTest, WaitsForNobodyForLong)
{
    Stranger silent(port);
    Stranger slow(port);
    slow.send("GET /healthz HTTP/1.1\r\nHost:");
    EXPECT_TRUE(slow.answer().startsWith("HTTP/1.1 408"));
    EXPECT_EQ(silent.answer(), "");
    EXPECT_TRUE(silent.isGone());
}

TEST_F(ControlGateTest, DropsTheOldestThatSaysNothingWhenThereAreTooMany)
{
    std::vector<std::unique_ptr<Stranger>> strangers;
    for (int i = 0; i < 3; ++i)
        strangers.push_back(std::make_unique<Stranger>(port));
    Stranger served(port);
    served.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(served.answer().startsWith("HTTP/1.1 200"));
    EXPECT_TRUE(Stranger::waitFor([&] { return strangers.front()->isGone(); }));
}

TEST_F(ControlGateTest, RestsWhenThereAreNoDescriptorsAndGoesOnAfterwards)
{
    Stranger waiting(port); // its descriptor is needed before there are none
    waiting.answer();
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    Stranger::waitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; });
    socket.abort();
    const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::optional<test::NoDescriptors> none(std::in_place);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::connect(client, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    int turns = 0;
    bool isOver = false;
    QTimer::singleShot(300, [&isOver] { isOver = true; });
    for (; !isOver; ++turns)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    none.reset();
    EXPECT_LT(turns, 100) << "it spins";
    ::send(client, "GET /healthz HTTP/1.0\r\n\r\n", 25, 0);
    std::array<char, 12> answer{};
    EXPECT_TRUE(Stranger::waitFor([&] {
        return ::recv(client, answer.data(), answer.size(), MSG_DONTWAIT | MSG_PEEK)
               == static_cast<ssize_t>(answer.size());
    }));
    EXPECT_EQ(std::string_view(answer.data(), answer.size()), "HTTP/1.1 200");
    ::close(client);
}

TEST_F(ControlServerTest, SaysThatItsPortIsInUse)
{
    QTcpServer holder;
    ASSERT_TRUE(holder.listen(QHostAddress::LocalHost, 0));
    ControlServer second(workbench, {}, "secret");
    const auto bound = second.listen(holder.serverPort());
    ASSERT_FALSE(bound);
    EXPECT_EQ(bound.error().code, ErrorCode::InUse);
}

} // namespace
} // namespace understudy::control
