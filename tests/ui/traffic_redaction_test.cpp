// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_samples.h"
#include "ui/services/traffic_har.h"
#include "ui/services/traffic_redaction.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;

namespace {

const char *const kForm = "application/x-www-form-urlencoded";

std::string hiddenIn(std::string_view text, std::string_view type = "application/json")
{
    Redactor redactor({});
    return redactor.body(text, type);
}

} // namespace

TEST(Redaction, LeavesValuesOfMembersOut)
{
    EXPECT_EQ(hiddenIn(R"({"user": "a", "password": "b\"c", "n": 1})"),
              R"({"user": "a", "password": "redacted", "n": 1})");
    EXPECT_EQ(hiddenIn(R"({"list": [{"accessToken" : 12.5}, {"API_KEY":{"x":["}"]}}]})"),
              R"({"list": [{"accessToken" : "redacted"}, {"API_KEY":"redacted"}]})");
    EXPECT_EQ(hiddenIn(R"({"pass\u0077ord": "b"})"), R"({"pass\u0077ord": "redacted"})");
}

TEST(Redaction, ChangesNothingElse)
{
    for (const char *text : {R"({"a": 1.50, "b":   [ ], "passwords": "x"})", "password",
                             R"({"password": null, "token": "", "secret": false})", R"("password")",
                             "plain \"text\": {", "", "\""})
        EXPECT_EQ(hiddenIn(text), text);
}

TEST(Redaction, ReachesIntoWhatIsCutAndWhatIsNoJson)
{
    EXPECT_EQ(hiddenIn(R"({"token": "abcdef)"), R"({"token": "redacted")");
    EXPECT_EQ(hiddenIn("{\"token\": 1}\n{\"token\": 2}\n"),
              "{\"token\": \"redacted\"}\n{\"token\": \"redacted\"}\n");
    EXPECT_EQ(hiddenIn("data: it's 5\" {\"token\": \"x\"}\n\n", "text/event-stream"),
              "data: it's 5\" {\"token\": \"redacted\"}\n\n");
}

TEST(Redaction, TakesATimeThatGrowsWithTheText)
{
    std::string text = "\"";
    for (int i = 0; i < 300'000; ++i)
        text += "\\\"a\\\":";
    EXPECT_EQ(hiddenIn(text), text);
}

TEST(Redaction, LeavesValuesOfFormsOut)
{
    EXPECT_EQ(hiddenIn("user=a&pass%77ord=b&token=&x", kForm),
              "user=a&pass%77ord=redacted&token=&x");
    const std::string part = "--b\r\nContent-Disposition: form-data; name=\"";
    EXPECT_EQ(
        hiddenIn(part + "user\"\r\n\r\na\r\n" + part + "password\"\r\n\r\nsecret\r\n--b--\r\n",
                 "multipart/form-data; boundary=b"),
        part + "user\"\r\n\r\na\r\n" + part + "password\"\r\n\r\nredacted\r\n--b--\r\n");
}

TEST(Redaction, LeavesParametersOfUrlsOut)
{
    Redactor redactor({});
    EXPECT_EQ(redactor.url("http://a/b?x=1&api-key=2#access_token=3&y"),
              "http://a/b?x=1&api-key=redacted#access_token=redacted&y");
    EXPECT_EQ(redactor.url("/token=1?Token=%20"), "/token=1?Token=redacted");
    EXPECT_EQ(redactor.url("*"), "*");
    EXPECT_EQ(redactor.header("referer", "/?token=1"), "/?token=redacted");
    EXPECT_EQ(redactor.header("X-Other", "/?token=1"), "/?token=1");
    EXPECT_EQ(redactor.count(), 4);
}

TEST(Redaction, IsKeptInTheSettings)
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath("settings.ini"), QSettings::IniFormat);
    EXPECT_EQ(readTrafficRedaction(settings), TrafficRedaction());
    TrafficRedaction wanted{{"X-Mine"}, {}, {"iban", "pin"}};
    writeTrafficRedaction(settings, wanted);
    EXPECT_EQ(readTrafficRedaction(settings), wanted);
}

TEST(Redaction, IsWhatAnExportGoesByAndCounts)
{
    const auto exchange
        = understudy::test::makeExchange({.method = "POST",
                                          .target = "/pay?pin=1234&x=1",
                                          .requestBody = R"({"iban": "DE12"})",
                                          .responseBody = R"({"iban": "DE34"})",
                                          .headers = {{"X-Mine", "hidden"},
                                                      {"Authorization", "shown"},
                                                      {"Referer", "http://a/?pin=1234"},
                                                      {"Content-Type", "application/json"}}});
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const HarSummary summary
        = writeHar(out, {1}, [&](quint64) { return exchange; }, {{"x-mine"}, {"PIN"}, {"iban"}});
    EXPECT_EQ(summary.redacted, 5);
    for (const char *secret : {"hidden", "1234", "DE12", "DE34"})
        EXPECT_FALSE(out.data().contains(secret)) << secret;
    EXPECT_TRUE(out.data().contains("shown"));
    const QJsonValue entry = QJsonDocument::fromJson(out.data())["log"]["entries"][0];
    EXPECT_EQ(entry["request"]["url"], "http://127.0.0.1:3000/pay?pin=redacted&x=1");
    EXPECT_EQ(entry["request"]["queryString"][0]["value"], "redacted");
    EXPECT_EQ(entry["request"]["postData"]["text"], R"({"iban": "redacted"})");
}

TEST(Redaction, LooksIntoBytes)
{
    const auto contentOf = [](const std::string &body, const char *type) {
        const auto exchange = understudy::test::makeExchange({.responseBody = body});
        exchange->responseHead
            = std::string("HTTP/1.1 200 OK\r\nContent-Type: ") + type + "\r\n\r\n";
        Redactor redactor({});
        const QJsonValue content
            = QJsonDocument::fromJson(harEntry(*exchange, redactor))["response"]["content"];
        EXPECT_EQ(content["encoding"], "base64");
        return QByteArray::fromBase64(content["text"].toString().toLatin1()).toStdString();
    };
    EXPECT_EQ(contentOf("{\"token\": \"abc\", \"name\": \"\xE9\"}", "application/json"),
              "{\"token\": \"redacted\", \"name\": \"\xE9\"}");
    const std::string utf16("\xFF\xFE{\0\"\0t\0o\0k\0e\0n\0\"\0:\0"
                            "7\0}\0",
                            24);
    EXPECT_EQ(contentOf(utf16, "text/plain"), "{\"token\":\"redacted\"}");
}

TEST(Redaction, LooksIntoCompressedBodies)
{
    // {"token": "abc"} with gzip
    const auto gzip = QByteArray::fromBase64("H4sIAAAAAAACA6tWKsnPTs1TslJQSkxKVqoFAOiOUe8QAAAA");
    const auto exchange = understudy::test::makeExchange({.responseBody = gzip.toStdString()});
    exchange->responseHead
        = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\n\r\n";
    Redactor redactor({});
    const QJsonValue content
        = QJsonDocument::fromJson(harEntry(*exchange, redactor))["response"]["content"];
    EXPECT_EQ(content["text"], R"({"token": "redacted"})");
    EXPECT_FALSE(content.toObject().contains("encoding"));
    EXPECT_EQ(content["size"], 16);
    EXPECT_EQ(content["compression"], 16 - gzip.size());
}
