// SPDX-License-Identifier: Apache-2.0
#include "tests/support/request_cases.h"

#include <gtest/gtest.h>

#include <random>

using namespace understudy::http;
using understudy::test::parseAll;
using understudy::test::parseWhole;
using understudy::test::Verdict;

TEST(RequestParser, GivesTheVerdictOfRfc9112HoweverTheBytesArrive)
{
    const auto cases
        = understudy::test::loadCases(UNDERSTUDY_SOURCE_DIR "/tests/data/http1/requests.json");
    ASSERT_EQ(cases.size(), 56U);
    for (const auto &c : cases)
        understudy::test::checkEveryWay(c, c.expected);
}

TEST(RequestParser, KeepsTheHeadAsItWasWritten)
{
    const std::string head
        = "pUt /a%2Fb?x=1&x=2 HTTP/1.1\r\nhOST: h\r\nX-A:  one \t\r\nx-a: two\r\n\r\n";
    const Verdict verdict = parseWhole(head);
    ASSERT_EQ(verdict.requests.size(), 1U);
    const RequestHead &parsed = verdict.requests[0].head;
    EXPECT_EQ(parsed.raw(), head);
    EXPECT_EQ(parsed.method(), "pUt");
    EXPECT_EQ(parsed.target(), "/a%2Fb?x=1&x=2");
    EXPECT_EQ(parsed.header(0).name, "hOST");
    EXPECT_EQ(parsed.header(1).value, "one");
    EXPECT_EQ(parsed.all("X-A"), (std::vector<std::string_view>{"one", "two"}));
}

TEST(RequestParser, ReadsWhatAHeadSaysThatWasMade)
{
    const RequestHead made("PUT", "/a?b=c",
                           {{"Host", "h"}, {"X-Empty", ""}, {"Content-Length", "0"}});
    RequestParser parser;
    parser.feed(made.raw());
    ASSERT_TRUE(parser.isComplete());
    const RequestHead head = parser.take().head;
    EXPECT_EQ(head.raw(), made.raw());
    EXPECT_EQ(head.method(), made.method());
    EXPECT_EQ(head.target(), made.target());
    ASSERT_EQ(head.headerCount(), made.headerCount());
    for (std::size_t i = 0; i < head.headerCount(); ++i) {
        EXPECT_EQ(head.header(i).name, made.header(i).name);
        EXPECT_EQ(head.header(i).value, made.header(i).value);
    }
    EXPECT_EQ(made.find("x-empty"), "");
}

TEST(RequestParser, ViewsSurviveACopy)
{
    RequestParser parser;
    parser.feed("GET /copied HTTP/1.1\r\nHost: h\r\n\r\n");
    auto original = std::make_unique<Request>(parser.take());
    const Request copy = *original;
    original.reset();
    EXPECT_EQ(copy.head.target(), "/copied");
    EXPECT_EQ(copy.head.find("host"), "h");
}

TEST(RequestParser, DecodesChunksAndKeepsTrailers)
{
    const Verdict verdict
        = parseWhole("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 9\r\n\r\n");
    ASSERT_EQ(verdict.requests.size(), 1U);
    EXPECT_EQ(verdict.requests[0].body, "hello world");
    ASSERT_EQ(verdict.requests[0].trailers.size(), 1U);
    EXPECT_EQ(verdict.requests[0].trailers[0].second, "9");
}

TEST(RequestParser, RefusesWithTheStatusThatSaysWhy)
{
    ParserOptions small;
    small.headLimit = 200;
    small.bodyLimit = 10;
    const std::string host = "Host: h\r\n";
    const std::vector<std::pair<std::string, int>> cases{
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
        {"GET / HTTP/2.0\r\n" + host + "\r\n", 505},
        {"GET /" + std::string(300, 'a'), 414},
        {"GET / HTTP/1.1\r\nX: " + std::string(300, 'a'), 431},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 11\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nb\r\n", 413},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
        {"POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: +3\r\n\r\nabc", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
         400},
        {"POST / HTTP/1.1\r\n" + host + "Expect: tea\r\nContent-Length: 1\r\n\r\n", 417},
        {"GET /\x01 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"GET / HTTP/1.1\r\nX: a\x0b\r\n" + host + "\r\n", 400},
    };
    for (const auto &[input, status] : cases) {
        // A chunk is refused when its data begins.
        EXPECT_EQ(parseWhole(input + (input.ends_with("b\r\n") ? "0123" : ""), small).failure,
                  status)
            << input;
    }
}

TEST(RequestParser, ChecksTheHost)
{
    const auto verdict = [](const std::string &host) {
        return parseWhole("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").failure;
    };
    for (const char *good : {"h", "h:80", "[::1]:80", "127.0.0.1", "", "a_b.c%20d"})
        EXPECT_EQ(verdict(good), 0) << good;
    for (const char *bad : {"a b", "h/x", "u@h", "h?x", "a\\b", "<h>"})
        EXPECT_EQ(verdict(bad), 400) << bad;
}

TEST(RequestParser, RefusesATlsHelloWithoutWaitingForALine)
{
    RequestParser parser;
    parser.feed(std::string_view("\x16\x03\x01\x00\xc8", 5));
    ASSERT_NE(parser.failure(), nullptr);
    EXPECT_EQ(parser.failure()->status, 400);
}

TEST(RequestParser, KeepsConnectionsByVersionAndHeader)
{
    const auto keepsAlive = [](const std::string &text) {
        RequestParser parser;
        parser.feed(text);
        EXPECT_TRUE(parser.isComplete()) << text;
        return parser.keepAlive();
    };
    EXPECT_TRUE(keepsAlive("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
    EXPECT_FALSE(keepsAlive("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n"));
    EXPECT_FALSE(keepsAlive("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_TRUE(keepsAlive("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
    EXPECT_FALSE(keepsAlive("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n"));
}

TEST(RequestParser, ToldToExpectAContinueOnlyWithABody)
{
    RequestParser with;
    with.feed("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_TRUE(with.isHeadComplete());
    EXPECT_FALSE(with.isComplete());
    EXPECT_TRUE(with.expectsContinue());
    RequestParser without;
    without.feed("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_FALSE(without.expectsContinue());
}

TEST(RequestParser, SaysWhatItHoldsAndHoldsNoMoreOfABodyThanIsAnnounced)
{
    RequestParser headers;
    std::string head = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 10'000; ++i)
        head += "a:\r\n";
    headers.feed(head);
    EXPECT_GT(headers.heapSize(), 2 * head.size()) << "the place of each header counts, too";

    RequestParser body;
    body.feed("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000000\r\n\r\n");
    EXPECT_LT(body.heapSize(), 10'000U) << "nothing on the word of a client";
    const std::string part(3'000'000, 'x');
    body.feed(part);
    body.feed("x");
    EXPECT_GT(body.heapSize(), 3'000'000U);
    EXPECT_LT(body.heapSize(), 5'010'000U);
}

TEST(RequestParser, AnEndInTheMiddleIsAFailure)
{
    RequestParser parser;
    parser.feed("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
    EXPECT_EQ(parser.failure(), nullptr);
    parser.finish();
    ASSERT_NE(parser.failure(), nullptr);
    EXPECT_EQ(parser.failure()->status, 400);
    RequestParser idle;
    idle.feed("\r\n");
    idle.finish();
    EXPECT_EQ(idle.failure(), nullptr);
}
