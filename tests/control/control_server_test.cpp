// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/control_server.h"

#include "tests/control/samples.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>

#include <gtest/gtest.h>

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
