// SPDX-License-Identifier: Apache-2.0
#include "core/http/request_parser.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <sstream>

using namespace understudy::http;

namespace {

/// What a stream of bytes came to: the requests that were whole, and how it ended.
struct Verdict
{
    std::vector<Request> requests;
    int failure = 0;
    bool incomplete = false;
    bool leftover = false; ///< bytes behind a request that closes the connection
    bool operator==(const Verdict &) const = default;
    bool accepted() const { return failure == 0 && !leftover; }
};

/// Feeds `input` in pieces whose sizes `nextPiece` gives, request after request.
template<class NextPiece>
Verdict parseAll(std::string_view input, const ParserOptions &options, NextPiece nextPiece)
{
    Verdict verdict;
    RequestParser parser(options);
    bool open = true;
    while (!input.empty() && open) {
        std::string_view piece = input.substr(0, std::max<std::size_t>(1, nextPiece()));
        while (!piece.empty()) {
            const std::size_t taken = parser.feed(piece);
            piece.remove_prefix(taken);
            input.remove_prefix(taken);
            if (parser.failure()) {
                verdict.failure = parser.failure()->status;
                return verdict;
            }
            if (!parser.isComplete())
                continue;
            open = parser.keepAlive();
            verdict.requests.push_back(parser.take());
            if (!open)
                break;
        }
    }
    verdict.leftover = input.find_first_not_of("\r\n") != std::string_view::npos;
    verdict.incomplete = !parser.isIdle();
    return verdict;
}

Verdict parseWhole(std::string_view input, const ParserOptions &options = {})
{
    return parseAll(input, options, [&] { return input.size(); });
}

std::string unescape(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        switch (text[++i]) {
        case 'r':
            out += '\r';
            break;
        case 'n':
            out += '\n';
            break;
        case 't':
            out += '\t';
            break;
        case 'x':
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
            break;
        default:
            out += text[i];
        }
    }
    return out;
}

struct ParserCase
{
    std::string name;
    std::string input;
    bool expected = false;
    std::string notes;
};

std::vector<ParserCase> loadCases(const std::string &file)
{
    std::ifstream in(std::string(UNDERSTUDY_SHARED_DATA) + "/http1/" + file);
    std::stringstream text;
    text << in.rdbuf();
    std::vector<ParserCase> cases;
    const boost::json::value document = boost::json::parse(text.str());
    for (const auto &value : document.as_array()) {
        const auto &o = value.as_object();
        cases.push_back({std::string(o.at("name").as_string()),
                         unescape(std::string_view(o.at("input_bytes_escaped").as_string())),
                         o.at("expected").as_string() == "accepted",
                         std::string(o.at("notes").as_string())});
        // Bytes that a switched protocol owns are not HTTP.
        const std::string marker = "parsing stops at byte ";
        if (const auto at = cases.back().notes.find(marker); at != std::string::npos)
            cases.back().input.resize(std::stoul(cases.back().notes.substr(at + marker.size())));
    }
    return cases;
}

/// Where RFC 9110 and 9112 ask for another verdict than the recorded one, and why.
const std::map<std::string, std::string> &rfcDecides()
{
    static const std::map<std::string, std::string> cases{
        {"sample: No HTTP version", "HTTP/0.9 is not part of RFC 9112"},
        {"method: SOURCE request with ICE", "RFC 9112 2.3: HTTP-version begins with HTTP"},
        {"method: OPTIONS request with RTSP", "RFC 9112 2.3: HTTP-version begins with HTTP"},
        {"method: ANNOUNCE request with RTSP", "RFC 9112 2.3: HTTP-version begins with HTTP"},
        {"method: PRI request HTTP2", "the HTTP/2 preface: its second half is no HTTP/1.1 request"},
        {"transfer-encoding: POST with `chunked` as last transfer-encoding",
         "RFC 9112 6.1: unknown coding, 501"},
        {"transfer-encoding: POST with `chunked` as last transfer-encoding (multiple headers)",
         "RFC 9112 6.1: unknown coding, 501"},
        {"invalid: Invalid method", "RFC 9110 9.1: any token is a method"},
        {"invalid: HTTP protocol and ANNOUNCE method", "RFC 9110 9.1: any token is a method"},
    };
    return cases;
}

class Llhttp : public testing::Test
{
protected:
    static void check(const ParserCase &c, bool expected)
    {
        SCOPED_TRACE(c.name);
        ParserOptions options;
        options.requireHost = false;
        const Verdict whole = parseWhole(c.input, options);
        bool accepted = whole.accepted();
        // An error that the source sees before the line is whole shows here when the peer closes.
        if (!expected && accepted && whole.incomplete)
            accepted = false;
        EXPECT_EQ(accepted, expected) << c.notes << "\nstatus " << whole.failure;
        EXPECT_EQ(parseAll(c.input, options, [] { return 1; }), whole) << "byte by byte";
        std::mt19937 random(42);
        for (int round = 0; round < 20; ++round) {
            EXPECT_EQ(parseAll(c.input, options, [&] { return 1 + random() % 40; }), whole)
                << "round " << round;
        }
    }
};

} // namespace

TEST_F(Llhttp, StrictCasesGetTheExpectedVerdict)
{
    const auto cases = loadCases("llhttp-requests.json");
    ASSERT_EQ(cases.size(), 126U);
    std::size_t decidedByRfc = 0;
    for (const ParserCase &c : cases) {
        const bool differs = rfcDecides().contains(c.name);
        decidedByRfc += differs;
        check(c, c.expected != differs);
    }
    EXPECT_EQ(decidedByRfc, rfcDecides().size()) << "a named case is no longer in the data";
}

TEST_F(Llhttp, LenienciesAreNotLetThrough)
{
    const auto cases = loadCases("llhttp-requests-lenient.json");
    ASSERT_EQ(cases.size(), 29U);
    for (const ParserCase &c : cases)
        check(c, false);
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
