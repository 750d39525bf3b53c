// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_samples.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/services/traffic_feed.h"
#include "ui/services/traffic_har.h"
#include "ui/services/traffic_resend.h"

#include <QAbstractItemView>
#include <QAction>
#include <QBuffer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;
using namespace std::chrono_literals;

namespace {

QByteArray entryText(const Exchange &exchange)
{
    Redactor redactor({});
    return harEntry(exchange, redactor);
}

QJsonValue entryOf(const Exchange &exchange)
{
    return QJsonDocument::fromJson(entryText(exchange)).object();
}

QJsonObject valueNamed(const QJsonArray &headers, const QString &name)
{
    for (const QJsonValue each : headers) {
        if (each["name"].toString() == name)
            return each.toObject();
    }
    return {};
}

QJsonArray entriesIn(const QByteArray &archive)
{
    return QJsonDocument::fromJson(archive)["log"]["entries"].toArray();
}

} // namespace

TEST(HarEntry, HasEveryFieldOfTheSpecification)
{
    const QJsonValue entry = entryOf(*understudy::test::makeExchange(
        {.method = "POST",
         .target = "/users?page=2&q=a%20b",
         .status = 302,
         .duration = 40ms,
         .requestBody = "name=x",
         .headers = {{"Content-Type", "application/x-www-form-urlencoded"}}}));
    const QJsonObject request = entry["request"].toObject();
    EXPECT_EQ(request["method"], "POST");
    EXPECT_EQ(request["url"], "http://127.0.0.1:3000/users?page=2&q=a%20b");
    EXPECT_EQ(request["httpVersion"], "HTTP/1.1");
    EXPECT_EQ(request["queryString"].toArray()[1].toObject()["value"], "a b");
    EXPECT_EQ(request["postData"]["text"], "name=x");
    EXPECT_EQ(request["postData"]["mimeType"], "application/x-www-form-urlencoded");
    const QJsonObject response = entry["response"].toObject();
    EXPECT_EQ(response["status"], 302);
    EXPECT_EQ(response["statusText"], "Found");
    EXPECT_EQ(response["content"]["text"], "[]");
    EXPECT_EQ(response["content"]["mimeType"], "application/json");
    for (const char *key : {"cookies", "headers", "redirectURL", "headersSize", "bodySize"}) {
        EXPECT_TRUE(request.contains(key) || std::string(key) == "redirectURL") << key;
        EXPECT_TRUE(response.contains(key)) << key;
    }
    const QJsonObject timings = entry["timings"].toObject();
    EXPECT_EQ(entry["time"].toDouble(), timings["send"].toDouble() + timings["wait"].toDouble()
                                            + timings["receive"].toDouble());
    EXPECT_EQ(entry["time"].toDouble(), 40);
    EXPECT_TRUE(entry["startedDateTime"].toString().endsWith('Z'));
    EXPECT_TRUE(entry["cache"].isObject());
}

TEST(HarEntry, LeavesCredentialsAndCookiesOut)
{
    const auto exchange = understudy::test::makeExchange(
        {.headers
         = {{"authorization", "Bearer secret"}, {"Cookie", "id=secret"}, {"Accept", "text/html"}}});
    exchange->responseHead = "HTTP/1.1 200 OK\r\nSet-Cookie: id=secret\r\n\r\n";
    EXPECT_FALSE(entryText(*exchange).contains("secret"));
    const QJsonArray sent = entryOf(*exchange)["request"]["headers"].toArray();
    EXPECT_EQ(valueNamed(sent, "authorization")["value"], "");
    EXPECT_EQ(valueNamed(sent, "Accept")["value"], "text/html");
    EXPECT_TRUE(valueNamed(entryOf(*exchange)["response"]["headers"].toArray(), "Set-Cookie")
                    .contains("value"));
}

TEST(HarEntry, KeepsBinaryBodiesInBase64)
{
    const auto exchange = understudy::test::makeExchange({.responseBody = "\xFF\xFE"});
    const QJsonObject content = entryOf(*exchange)["response"]["content"].toObject();
    EXPECT_EQ(content["encoding"], "base64");
    EXPECT_EQ(content["text"], "//4=");
}

TEST(HarEntry, SaysWhatWasDoneOnPurpose)
{
    const QJsonValue entry = entryOf(*understudy::test::makeBroken());
    EXPECT_EQ(entry["_understudy"]["fault"], "reset at body");
    EXPECT_EQ(entry["_understudy"]["latency"], 213);
    EXPECT_TRUE(entry["request"]["url"].toString().startsWith("https://"));
}

TEST(Har, LeavesOutWhatIsNoRequest)
{
    Journal journal;
    journal.append(understudy::test::makeExchange({}));
    journal.append(understudy::test::makeNoRequest());
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const HarSummary summary
        = writeHar(out, {1, 2, 99}, [&](quint64 n) { return journal.at(n).exchange; });
    EXPECT_EQ(summary.written, 1);
    EXPECT_EQ(summary.left, 2);
    EXPECT_EQ(entriesIn(out.data()).size(), 1);
    const QJsonValue log = QJsonDocument::fromJson(out.data())["log"];
    EXPECT_EQ(log["version"], "1.2");
    EXPECT_TRUE(log["creator"]["name"].isString());
}

TEST(Har, IsWrittenOfTheRowsShown)
{
    Journal journal;
    understudy::test::fill(journal, 5);
    TrafficPage page(journal);
    page.show();
    page.feed()->poll();
    QSignalSpy finished(page.model(), &TrafficModel::searchFinished);
    page.setFilterText("path:/n/2 OR path:/n/4");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !finished.isEmpty(); }));
    const QTemporaryDir folder;
    page.setExportFolder(folder.filePath("exports"));
    auto *toast = page.findChild<QLabel *>("toastText");
    auto *menu = page.findChild<QMenu *>("exportTrafficMenu");
    ASSERT_TRUE(menu);
    for (const QString name : {"traffic.har", "traffic-2.har"}) {
        menu->actions().front()->trigger();
        ASSERT_TRUE(QTest::qWaitFor([&] { return toast->text().contains(name); }))
            << toast->text().toStdString();
        QFile file(folder.filePath("exports/" + name));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const QJsonArray entries = entriesIn(file.readAll());
        ASSERT_EQ(entries.size(), 2);
        EXPECT_EQ(entries[1]["request"]["url"], "http://127.0.0.1:3000/n/4");
    }
}

TEST(Resend, RepeatsTheRequestWithALengthOfItsOwn)
{
    const auto bytes = requestAgain(*understudy::test::makeExchange(
        {.method = "POST",
         .target = "/a?b=c",
         .requestBody = "hello",
         .headers = {{"X-Id", "7"}, {"Connection", "keep-alive"}, {"Expect", "100-continue"}}}));
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->toStdString(), "POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nX-Id: 7\r\n"
                                    "Content-Length: 5\r\nConnection: close\r\n\r\nhello");
}

TEST(Resend, DoesNotSendHalfABody)
{
    const auto exchange
        = understudy::test::makeExchange({.method = "POST", .requestBody = "hello"});
    exchange->requestBody.size = 5'000;
    EXPECT_FALSE(requestAgain(*exchange));
    EXPECT_FALSE(requestAgain(*understudy::test::makeNoRequest()));
}

TEST(Resend, FindsTheServerByItsPort)
{
    const auto exchange = understudy::test::makeExchange({});
    EXPECT_EQ(
        resendTarget(*exchange, {"http://127.0.0.1:4000", "http://127.0.0.2:3000/base"}).host(),
        "127.0.0.2");
    EXPECT_EQ(resendTarget(*exchange, {"http://127.0.0.1:4000"}).port(), 4000);
    EXPECT_TRUE(resendTarget(*exchange, {}).isEmpty());
    exchange->tls = "TLS 1.3, shop.localhost";
    EXPECT_EQ(resendTarget(*exchange, {"http://127.0.0.1:3000"}).scheme(), "https");
    exchange->match = MatchKind::Recorded;
    EXPECT_EQ(resendTarget(*exchange, {"http://127.0.0.1:3000"}).scheme(), "http");
}

TEST(Resend, SendsTheSelectedRow)
{
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    Journal journal;
    understudy::test::fill(journal, 1);
    TrafficPage page(journal);
    page.show();
    page.feed()->poll();
    page.setListening({"http://127.0.0.1:" + QString::number(server.serverPort())});
    page.findChild<QAbstractItemView *>("trafficView")->setCurrentIndex(page.model()->index(0, 0));
    page.findChild<QAction *>("traffic.resend")->trigger();
    ASSERT_TRUE(QTest::qWaitFor([&] { return server.hasPendingConnections(); }));
    QTcpSocket *client = server.nextPendingConnection();
    QByteArray received;
    ASSERT_TRUE(QTest::qWaitFor([&] {
        received += client->readAll();
        return received.endsWith("\r\n\r\n");
    }));
    EXPECT_TRUE(received.startsWith("GET /n/1 HTTP/1.1\r\n")) << received.toStdString();
    client->close();
}

TEST(Resend, SaysThatNobodyListens)
{
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    const QUrl target("http://127.0.0.1:" + QString::number(server.serverPort()));
    server.close();
    TrafficResender resender;
    QSignalSpy failed(&resender, &TrafficResender::failed);
    resender.send(target, "GET / HTTP/1.1\r\n\r\n", {});
    EXPECT_TRUE(QTest::qWaitFor([&] { return failed.count() == 1; }));
}
