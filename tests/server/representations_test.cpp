// SPDX-License-Identifier: Apache-2.0
// Conditions, ranges, names and places of what is sent.
#include "tests/server/representations_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

class OwnValidators : public testing::Test
{
protected:
    OwnValidators()
        : server(mock(R"(
- {path: /tag, method: ANY, responses: [{headers: {ETag: '"v1"', Last-Modified: "Sun, 06 Nov 1994 08:49:37 GMT"}, bodyFile: f.txt}]}
- {path: /weak, method: ANY, responses: [{headers: {ETag: 'W/"v1"'}, bodyFile: f.txt}]}
- {path: /created, method: ANY, responses: [{status: 201, headers: {ETag: '"v1"'}, bodyFile: f.txt}]}
- {path: /error, method: ANY, responses: [{status: 503, headers: {ETag: '"v1"'}, bodyFile: f.txt}]}
)"))
    {
        server.folder().write("f.txt", "0123456789");
    }
    std::string status(const std::string &method, const std::string &path,
                       const std::string &headers)
    {
        return exchangeWith(server.port(), method + ' ' + path + " HTTP/1.1\r\n" + headers)
            .substr(9, 3);
    }

    RunningMock server;
};

constexpr const char *kBefore = "Sun, 06 Nov 1994 08:49:36 GMT";
constexpr const char *kSame = "Sun, 06 Nov 1994 08:49:37 GMT";

} // namespace

TEST_F(OwnValidators, AreTheOnesThatCount)
{
    EXPECT_EQ(status("GET", "/tag", "If-Match: \"v1\"\r\n"), "200");
    EXPECT_EQ(status("GET", "/tag", "If-Match: \"v2\"\r\n"), "412");
    EXPECT_EQ(status("GET", "/tag", "If-None-Match: \"v1\"\r\n"), "304");
    EXPECT_EQ(status("HEAD", "/tag", "If-None-Match: W/\"v1\"\r\n"), "304") << "weak comparison";
    EXPECT_EQ(status("GET", "/tag", "If-None-Match: \"a,b\", \"v1\"\r\n"), "304");
    EXPECT_EQ(status("GET", "/tag", "If-None-Match: \"x\"\r\nIf-None-Match: \"v1\"\r\n"), "304");
    EXPECT_EQ(status("GET", "/tag", "If-None-Match: \"v2\"\r\n"), "200");
    EXPECT_EQ(status("GET", "/tag", "If-Modified-Since: " + std::string(kSame) + "\r\n"), "304");
    EXPECT_EQ(status("GET", "/tag", "If-Modified-Since: " + std::string(kBefore) + "\r\n"), "200");
    EXPECT_EQ(status("GET", "/tag", "If-Unmodified-Since: " + std::string(kBefore) + "\r\n"),
              "412");
    EXPECT_EQ(status("GET", "/tag", "If-Range: \"v1\"\r\nRange: bytes=0-1\r\n"), "206");
    EXPECT_EQ(status("GET", "/tag", "If-Range: \"v2\"\r\nRange: bytes=0-1\r\n"), "200");
    EXPECT_EQ(status("GET", "/weak", "If-Match: W/\"v1\"\r\n"), "412") << "strong comparison";
    EXPECT_EQ(status("GET", "/weak", "If-Range: W/\"v1\"\r\nRange: bytes=0-1\r\n"), "200");
}

TEST_F(OwnValidators, UnsafeMethodsFailWhereSafeOnesAreNotModified)
{
    for (const std::string method : {"PUT", "POST", "DELETE", "PATCH"}) {
        EXPECT_EQ(status(method, "/tag", "If-None-Match: \"v1\"\r\n"), "412") << method;
        EXPECT_EQ(status(method, "/tag", "If-None-Match: *\r\n"), "412") << method;
        EXPECT_EQ(status(method, "/tag", "If-None-Match: \"v2\"\r\n"), "200") << method;
        EXPECT_EQ(status(method, "/tag", "If-Modified-Since: " + std::string(kSame) + "\r\n"),
                  "200")
            << method;
        EXPECT_EQ(status(method, "/created", "If-None-Match: \"v1\"\r\n"), "412") << method;
    }
    EXPECT_EQ(status("GET", "/error", "If-None-Match: \"v1\"\r\n"), "503");
}

TEST_F(OwnValidators, ConditionsHaveAnOrder)
{
    const std::string same = kSame;
    const std::string before = kBefore;
    EXPECT_EQ(status("GET", "/tag", "If-Match: \"v1\"\r\nIf-Unmodified-Since: " + before + "\r\n"),
              "200");
    EXPECT_EQ(status("GET", "/tag", "If-None-Match: \"v2\"\r\nIf-Modified-Since: " + same + "\r\n"),
              "200");
    EXPECT_EQ(status("GET", "/tag", "If-Match: \"v2\"\r\nIf-None-Match: \"v1\"\r\n"), "412");
    EXPECT_EQ(status("GET", "/tag", "If-None-Match: \"v1\"\r\nRange: bytes=99-\r\n"), "304");
}

TEST_F(OwnValidators, DatesMayHaveTheirOldForms)
{
    EXPECT_EQ(status("GET", "/tag", "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT\r\n"),
              "304");
    EXPECT_EQ(status("GET", "/tag", "If-Modified-Since: Sun Nov  6 08:49:37 1994\r\n"), "304");
    EXPECT_EQ(status("GET", "/tag", "If-Modified-Since: Sun Nov  6 08:49:36 1994\r\n"), "200");
    EXPECT_EQ(status("GET", "/tag", "If-Modified-Since: yesterday\r\n"), "200");
}

TEST(OwnValidatorsOfInlineBodies, AreLookedAtToo)
{
    RunningMock server(mock(R"(
- {path: /text, method: ANY, responses: [{headers: {ETag: '"v1"', Last-Modified: "Sun, 06 Nov 1994 08:49:37 GMT"}, body: abc}]}
- {path: /json, method: ANY, responses: [{headers: {ETag: '"v1"', Content-Encoding: gzip}, bodyJson: {a: 1}}]}
- {path: /plain, method: ANY, responses: [{body: abc}]}
- {path: /error, method: ANY, responses: [{status: 503, headers: {ETag: '"v1"'}, body: abc}]}
)"));
    const auto ask
        = [&](const std::string &method, const std::string &path, const std::string &headers) {
              return exchangeWith(server.port(), method + ' ' + path + " HTTP/1.1\r\n" + headers);
          };
    const std::string unchanged = ask("GET", "/text", "If-None-Match: \"v1\"\r\n");
    EXPECT_THAT(unchanged, StartsWith("HTTP/1.1 304"));
    EXPECT_THAT(unchanged, HasSubstr("\r\nETag: \"v1\"\r\n"));
    EXPECT_EQ(bodyOf(unchanged), "");
    EXPECT_THAT(ask("GET", "/text", "If-None-Match: \"v2\"\r\n"), HasSubstr("\r\n\r\nabc"));
    EXPECT_THAT(ask("GET", "/text", "If-Match: \"v2\"\r\n"), StartsWith("HTTP/1.1 412"));
    EXPECT_THAT(ask("PUT", "/text", "If-None-Match: *\r\n"), StartsWith("HTTP/1.1 412"));
    EXPECT_THAT(ask("GET", "/text", "If-Modified-Since: " + std::string(kSame) + "\r\n"),
                StartsWith("HTTP/1.1 304"));
    const std::string packed
        = ask("GET", "/json", "Accept-Encoding: gzip\r\nIf-None-Match: \"v1\"\r\n");
    EXPECT_THAT(packed, StartsWith("HTTP/1.1 304"));
    EXPECT_THAT(packed, HasSubstr("\r\nVary: Accept-Encoding\r\n"));
    EXPECT_THAT(ask("GET", "/plain", "If-Match: \"v1\"\r\n"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(ask("GET", "/error", "If-None-Match: \"v1\"\r\n"), StartsWith("HTTP/1.1 503"));
}

TEST(SeveralRanges, OfMoreThanAMebibyteAreTheWholeFile)
{
    RunningMock server(mock("- {path: /f, responses: [{bodyFile: f.txt}]}\n"));
    server.folder().write("f.txt", std::string(1'600'000, 'x'));
    const std::string many = get(server.port(), "/f", "Range: bytes=0-599999,600000-1200000\r\n");
    EXPECT_THAT(many.substr(0, 12), "HTTP/1.1 200");
    EXPECT_EQ(bodyOf(many).size(), 1'600'000u);
    EXPECT_THAT(get(server.port(), "/f", "Range: bytes=0-9,1000000-1000009\r\n").substr(0, 12),
                "HTTP/1.1 206");
}

TEST(SeveralRanges, ComeAsOneMultipartBody)
{
    RunningMock server(mock("- {path: /f, responses: [{bodyFile: f.txt}]}\n"));
    server.folder().write("f.txt", "0123456789");
    const auto ask = [&](const std::string &range) {
        return get(server.port(), "/f", "Range: " + range + "\r\n");
    };
    const std::string answer = ask("bytes=0-1, 4-4,-2");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 206"));
    EXPECT_THAT(answer,
                HasSubstr("\r\nContent-Type: multipart/byteranges; boundary=understudy-range\r\n"));
    EXPECT_EQ(bodyOf(answer), "--understudy-range\r\nContent-Type: text/plain; charset=utf-8\r\n"
                              "Content-Range: bytes 0-1/10\r\n\r\n01\r\n"
                              "--understudy-range\r\nContent-Type: text/plain; charset=utf-8\r\n"
                              "Content-Range: bytes 4-4/10\r\n\r\n4\r\n"
                              "--understudy-range\r\nContent-Type: text/plain; charset=utf-8\r\n"
                              "Content-Range: bytes 8-9/10\r\n\r\n89\r\n--understudy-range--\r\n");
    EXPECT_EQ(bodyOf(ask("bytes=2-3,50-")), "23") << "one that can be is a single range";
    EXPECT_THAT(ask("bytes=20-,50-"), StartsWith("HTTP/1.1 416"));
    EXPECT_THAT(ask("bytes=0-1,oops"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(ask("bytes=0-5,1-6,2-7"), StartsWith("HTTP/1.1 200")) << "overlapping ones harm";
}

TEST(Downloads, SayNamesThatAreNotAscii)
{
    RunningMock server(
        mock("- {path: /a, responses: [{bodyFile: 'café \"x\".pdf', download: true}]}\n"
             "- {path: /b, responses: [{bodyFile: 'plain name.txt', download: true}]}\n"));
    server.folder().write("café \"x\".pdf", "x");
    server.folder().write("plain name.txt", "x");
    EXPECT_THAT(get(server.port(), "/a"),
                HasSubstr("\r\nContent-Disposition: attachment; filename=\"caf_ _x_.pdf\"; "
                          "filename*=UTF-8''caf%C3%A9%20%22x%22.pdf\r\n"));
    EXPECT_THAT(get(server.port(), "/b"),
                HasSubstr("\r\nContent-Disposition: attachment; filename=\"plain name.txt\"\r\n"));
}

TEST(EmptyBodies, AreBodiesWhereALengthIsAnnounced)
{
    RunningMock server(mock(R"(
- path: /x
  method: ANY
  responses:
  - {when: [body: {absent: true}], body: none}
  - {when: [body: {not: {empty: true}}], body: some}
  - {when: [body: {empty: true}, body: {equals: ''}, body: {matches: '^$'}], body: empty}
)"));
    const auto ask = [&](const std::string &body, bool hasLength) {
        return bodyOf(exchangeWith(server.port(), "POST /x HTTP/1.1\r\n", body, hasLength));
    };
    EXPECT_EQ(ask("", false), "none");
    EXPECT_EQ(ask("", true), "empty");
    EXPECT_EQ(ask("a", true), "some");
    LoopbackClient chunks(server.port());
    chunks.send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    EXPECT_EQ(bodyOf(chunks.readAnswer()), "empty");
}

TEST(Cors, ExposesTheAnswersOwnHeaders)
{
    RunningMock server(mock(R"(
- {path: /x, responses: [{headers: {X-Total: 1, X-Page: [1, 2], Set-Cookie: a=b}, body: x}]}
- {path: /own, responses: [{headers: {Access-Control-Expose-Headers: X-A}, body: x}]}
- {path: /bare, responses: [{body: x}]}
)",
                            "cors: true\n"));
    const std::string origin = "Origin: http://a\r\n";
    EXPECT_THAT(get(server.port(), "/x", origin),
                HasSubstr("\r\nAccess-Control-Expose-Headers: X-Total, X-Page, Date\r\n"));
    EXPECT_THAT(get(server.port(), "/bare", origin),
                HasSubstr("\r\nAccess-Control-Expose-Headers: Date\r\n"));
    const std::string own = get(server.port(), "/own", origin);
    EXPECT_THAT(own, HasSubstr("\r\nAccess-Control-Expose-Headers: X-A\r\n"));
    EXPECT_THAT(own, Not(HasSubstr("Expose-Headers: Date")));
}

TEST(Cors, LeavesTheAnswersOwnCorsHeaders)
{
    RunningMock server(mock(
        "- {path: /own, responses: [{headers: {Access-Control-Allow-Credentials: 'true'}, body: "
        "x}]}\n"
        "- {path: /all, responses: [{headers: {X-Total: '1', Access-Control-Expose-Headers: '*'}, "
        "body: x}]}\n",
        "cors: true\n"));
    const std::string own = get(server.port(), "/own", "Origin: http://b\r\n");
    const std::string name = "Access-Control-Allow-Credentials";
    EXPECT_NE(own.find(name), std::string::npos);
    EXPECT_EQ(own.find(name), own.rfind(name)) << "sent once";
    EXPECT_THAT(own, HasSubstr("\r\nAccess-Control-Allow-Origin: http://b\r\n"));
    const std::string all = get(server.port(), "/all", "Origin: http://b\r\n");
    EXPECT_THAT(all, HasSubstr("\r\nAccess-Control-Expose-Headers: X-Total, Date\r\n"));
}

TEST(Cors, AnswersPreflightsForPrivateNetworks)
{
    RunningMock server(mock("- {path: /x, responses: [{body: x}]}\n", "cors: true\n"));
    const std::string head = "OPTIONS /x HTTP/1.1\r\nOrigin: http://a\r\n"
                             "Access-Control-Request-Method: GET\r\n";
    EXPECT_THAT(exchangeWith(server.port(),
                             head + "Access-Control-Request-Private-Network: true\r\n", {}, false),
                HasSubstr("\r\nAccess-Control-Allow-Private-Network: true\r\n"));
    EXPECT_THAT(exchangeWith(server.port(), head, {}, false), Not(HasSubstr("Private-Network")));
}

TEST(EncodedSlashes, AreDataInEveryKindOfPath)
{
    RunningMock server(mock(R"(
- {path: 'regex:/dec/a/b/end', responses: [{body: regex}]}
- {path: 'regex:/dec/a%2Fb/end', responses: [{body: regex data}]}
- {path: '/id/{id}', responses: [{when: [path.id: {equals: a/b}], body: parameter}]}
- {path: '/rest/{rest*}', responses: [{when: [path.rest: {equals: 'a%2Fb/c'}], body: rest}]}
- {path: '/lit/a%2Fb', responses: [{body: literal}]}
- {path: '/p/{any}', responses: [{when: [path: {equals: '/p/a%2Fb'}], body: whole}, {when: [path: {equals: '/p/a%252Fb'}], body: escaped}]}
)"));
    const auto body = [&](const std::string &path) { return bodyOf(get(server.port(), path)); };
    EXPECT_EQ(body("/dec/a/b/end"), "regex");
    EXPECT_EQ(body("/dec/a%2Fb/end"), "regex data");
    EXPECT_EQ(body("/dec/a%2fb/end"), "regex data");
    EXPECT_EQ(body("/id/a%2Fb"), "parameter");
    EXPECT_EQ(body("/rest/a%2Fb/c"), "rest");
    EXPECT_THAT(get(server.port(), "/rest/a/b/c"), StartsWith("HTTP/1.1 404"));
    EXPECT_EQ(body("/lit/a%2Fb"), "literal");
    EXPECT_THAT(get(server.port(), "/lit/a/b"), StartsWith("HTTP/1.1 404"));
    EXPECT_EQ(body("/p/a%2fb"), "whole");
    EXPECT_EQ(body("/p/a%252Fb"), "escaped");
}

TEST(Localhost, IsBothLoopbackAddresses)
{
    RunningMock server("understudy: 1\nname: Test\nlisten: {port: 0, address: localhost}\n"
                       "endpoints:\n- {path: /x, responses: [{body: here}]}\n");
    const std::uint16_t port = server.port();
    EXPECT_EQ(bodyOf(get(port, "/x")), "here");
    LoopbackClient six(port, "::1");
    if (!six.isConnected())
        GTEST_SKIP() << "no IPv6 here";
    six.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(bodyOf(six.readAll()), "here");
    server.bench().stop(server.id());
    EXPECT_FALSE(LoopbackClient(port, "::1").isConnected());
}

TEST(MergedSlashes, AreOneWhereTheFileSaysSo)
{
    const std::string endpoints = "- {path: /a/b, responses: [{body: here}]}\n";
    RunningMock merging(mock(endpoints, "mergeSlashes: true\n"));
    RunningMock strict(mock(endpoints));
    EXPECT_EQ(bodyOf(get(merging.port(), "//a///b")), "here");
    EXPECT_THAT(get(strict.port(), "//a/b"), StartsWith("HTTP/1.1 404"));
}
