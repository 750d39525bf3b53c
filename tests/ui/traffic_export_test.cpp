// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_samples.h"
#include "ui/services/traffic_export.h"
#include "ui/widgets/body_view_text.h"

#include <gtest/gtest.h>

#include <zlib.h>

using namespace understudy;
using namespace understudy::ui;

namespace {

QString curl(const understudy::test::Sample &sample)
{
    return curlCommand(*understudy::test::makeExchange(sample));
}

QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(1024, '\0');
    QByteArray in = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return out.left(static_cast<qsizetype>(stream.total_out));
}

} // namespace

TEST(CurlCommand, RepeatsAGet)
{
    EXPECT_EQ(
        curl({.target = "/users?page=2", .headers = {{"Accept", "text/html"}, {"X-Empty", ""}}}),
        "curl -i -g --path-as-is -H 'Host: 127.0.0.1:3000' -H 'Accept: text/html' "
        "-H 'X-Empty;' -H 'User-Agent:' 'http://127.0.0.1:3000/users?page=2'");
}

TEST(CurlCommand, QuotesForTheShell)
{
    const QString command = curl({.method = "POST",
                                  .target = "/it's",
                                  .requestBody = "it's $HOME `x`",
                                  .headers = {{"Content-Type", "text/plain"}}});
    EXPECT_TRUE(command.contains("-X 'POST'"));
    EXPECT_TRUE(command.contains(R"(--data-raw 'it'\''s $HOME `x`')")) << command.toStdString();
    EXPECT_TRUE(command.contains(R"('http://127.0.0.1:3000/it'\''s')"));
    EXPECT_TRUE(command.contains("-H 'Expect:'"));
    EXPECT_FALSE(command.contains("Content-Length"));
}

TEST(CurlCommand, EscapesControlBytes)
{
    const QString command = curl({.method = "POST", .requestBody = "one\ntwo\x1b[201~;id"});
    EXPECT_TRUE(command.contains(R"(--data-raw $'one\ntwo\x1b[201~;id')")) << command.toStdString();
}

TEST(CurlCommand, DoesNotReadAFileOfThisMachine)
{
    for (const char *target : {"file:///etc/passwd", "ftp://elsewhere/x"}) {
        const QString command = curl({.target = target});
        EXPECT_TRUE(command.endsWith(" --request-target '" + QString::fromLatin1(target)
                                     + "' 'http://127.0.0.1:3000/'"))
            << command.toStdString();
    }
}

TEST(CurlCommand, SendsNoContentTypeThatWasNotThere)
{
    EXPECT_TRUE(curl({.method = "PUT", .requestBody = "x"}).contains("-H 'Content-Type:'"));
}

TEST(CurlCommand, PipesBinaryBodies)
{
    const QString command = curl({.method = "POST", .requestBody = std::string("a\0\xff", 3)});
    EXPECT_TRUE(command.startsWith("printf %s 'YQD/' | base64 -d | curl "))
        << command.toStdString();
    EXPECT_TRUE(command.contains("--data-binary @-"));
}

TEST(CurlCommand, AsksOverTlsWhatCameOverTls)
{
    const auto exchange = understudy::test::makeExchange({});
    exchange->tls = "TLS 1.3, shop.localhost";
    const QString command = curlCommand(*exchange);
    EXPECT_TRUE(command.endsWith("'https://127.0.0.1:3000/users'")) << command.toStdString();
    EXPECT_TRUE(command.contains(" -k "));
}

TEST(CurlCommand, KeepsUnusualTargets)
{
    EXPECT_TRUE(curl({.method = "OPTIONS", .target = "*"}).contains("--request-target '*'"));
    EXPECT_TRUE(curl({.method = "HEAD"}).contains(" --head "));
}

TEST(PrettyJson, ChangesWhiteSpaceAlone)
{
    EXPECT_EQ(prettyJson(R"( {"b":1.50,"a":[1,{"x":"\"},{"}],"e":{},"f":[ ],"b":1e400} )").value(),
              "{\n  \"b\": 1.50,\n  \"a\": [\n    1,\n    {\n      \"x\": \"\\\"},{\"\n    }\n  ],"
              "\n  \"e\": {},\n  \"f\": [],\n  \"b\": 1e400\n}");
    EXPECT_EQ(prettyJson("12345678901234567890123").value(), "12345678901234567890123");
}

TEST(PrettyJson, LeavesOtherTextAlone)
{
    for (const char *text : {"", "{", "{\"a\":1} x", "<a/>", "[1,]", "{'a':1}"})
        EXPECT_FALSE(prettyJson(text).has_value()) << text;
}

TEST(HexDump, ShowsBytesAndText)
{
    EXPECT_EQ(hexDump(QByteArray("GET\n\xff 0123456789ab", 18)),
              "00000000  47 45 54 0a ff 20 30 31 32 33 34 35 36 37 38 39  |GET.. 0123456789|\n"
              "00000010  61 62                                            |ab|\n");
}

TEST(DecodeContent, UndoesGzipAndRefusesTheRest)
{
    const QByteArray text(100'000, 'x');
    EXPECT_EQ(decodeContent(gzip(text), "gzip").value(), text);
    EXPECT_EQ(decodeContent(gzip(text), "gzip", 20'000)->size() < 50'000, true);
    EXPECT_FALSE(decodeContent("not gzip at all", "gzip").has_value());
    EXPECT_FALSE(decodeContent(gzip(text), "br").has_value());
}
