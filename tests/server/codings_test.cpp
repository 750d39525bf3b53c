// SPDX-License-Identifier: Apache-2.0
// Content codings and charsets of what is sent and received.
#include "core/engine/gzip.h"
#include "tests/server/representations_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Charsets, OfAnAnswerAreThoseItAnnounces)
{
    RunningMock server(mock(R"(
- {path: /latin, responses: [{headers: {Content-Type: text/plain; charset=iso-8859-1}, body: "é€"}]}
- {path: /windows, responses: [{headers: {Content-Type: text/plain; charset=windows-1252}, body: "é€"}]}
- {path: /json, responses: [{headers: {Content-Type: application/json; charset=iso-8859-1}, bodyJson: {a: é}}]}
- {path: /wide, responses: [{headers: {Content-Type: text/plain; charset=UTF-16BE}, body: "é"}]}
- {path: /utf8, responses: [{headers: {Content-Type: text/plain; charset=UTF-8}, body: "é"}]}
- {path: /klingon, responses: [{headers: {Content-Type: text/plain; charset=klingon}, body: "é"}]}
- {path: /bytes, responses: [{headers: {Content-Type: text/plain; charset=iso-8859-1}, bodyBase64: "w6k="}]}
- {path: /fault, behaviour: {faults: [{kind: status, status: 503, headers: {Content-Type: text/plain; charset=iso-8859-1}, body: "é"}]}, responses: [{body: x}]}
)"));
    const auto body = [&](const std::string &path) { return bodyOf(get(server.port(), path)); };
    EXPECT_EQ(body("/latin"), "\xE9?");
    EXPECT_EQ(body("/windows"), "\xE9\x80");
    EXPECT_EQ(body("/json"), "{\"a\":\"\xE9\"}");
    EXPECT_EQ(body("/wide"), std::string("\0\xE9", 2));
    EXPECT_EQ(body("/utf8"), "é");
    EXPECT_EQ(body("/klingon"), "é");
    EXPECT_EQ(body("/bytes"), "é") << "bytes are bytes";
    EXPECT_EQ(body("/fault"), "\xE9");
    EXPECT_THAT(server.events(), Contains(HasSubstr("1 character of the body is not in the charset "
                                                    "'iso-8859-1'")));
    EXPECT_THAT(server.events(), Contains(HasSubstr("'klingon' is not known")));
}

namespace {

class CodedBodies : public testing::Test
{
protected:
    CodedBodies()
        : server(mock(R"(
- path: /x
  method: POST
  responses:
  - {when: ["body:$.a": {equals: 1}], body: json}
  - {when: [body: {binary: H4sI}], body: raw}
  - {when: [body: {equals: "é€"}], body: text}
  - {when: [form.name: {equals: "é"}], body: form}
  - {when: ["body:/a": {equals: "é"}], body: xml}
  - {when: [body: {contains: bomb}], body: bomb}
  - {when: [body: {not: {contains: bomb}}], body: other}
)"))
    {}
    std::string ask(const std::string &headers, const std::string &body)
    {
        return bodyOf(exchangeWith(server.port(), "POST /x HTTP/1.1\r\n" + headers, body));
    }
    static std::string bytes(std::string_view hex)
    {
        std::string out;
        for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
            out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
        return out;
    }

    RunningMock server;
};

} // namespace

TEST_F(CodedBodies, AreDecodedForRules)
{
    const std::string json = "{\"a\": 1}";
    EXPECT_EQ(ask("Content-Encoding: gzip\r\n", gzip(json)), "json");
    EXPECT_EQ(ask("Content-Encoding: X-GZIP\r\n", gzip(json)), "json");
    EXPECT_EQ(ask("Content-Encoding: deflate\r\n", bytes("789cab564a54b25230ac050009e50229")),
              "json");
    EXPECT_EQ(ask("Content-Encoding: deflate\r\n", bytes("ab564a54b25230ac0500")), "json")
        << "without the zlib wrapper";
    EXPECT_EQ(ask("Content-Encoding: br\r\n", bytes("8b03807b2261223a20317d03")), "json");
    EXPECT_EQ(
        ask("Content-Encoding: gzip, identity\r\nContent-Encoding: gzip\r\n", gzip(gzip(json))),
        "json");
    const auto last = server.exchange(6);
    EXPECT_EQ(*last->requestBody.content, gzip(gzip(json))) << "the journal keeps what was sent";
}

TEST_F(CodedBodies, ThatAreBrokenOrUnknownStayAsTheyAre)
{
    EXPECT_EQ(ask("Content-Encoding: gzip\r\n", "{\"a\": 1}"), "json");
    EXPECT_EQ(ask("Content-Encoding: zstd\r\n", "{\"a\": 1}"), "json");
    EXPECT_EQ(ask("Content-Encoding: gzip\r\n", "\x1f\x8b\x08"), "raw");
}

TEST_F(CodedBodies, ThatWouldFillTheMemoryAreUndecided)
{
    const std::string bomb = gzip(gzip(std::string(80'000'000, 'a')));
    const std::string answer
        = exchangeWith(server.port(), "POST /x HTTP/1.1\r\nContent-Encoding: gzip, gzip\r\n", bomb);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(answer, HasSubstr("the body is larger than 32 MiB"));
}

TEST_F(CodedBodies, AreReadInTheirCharset)
{
    EXPECT_EQ(ask("Content-Type: text/plain; charset=windows-1252\r\n", "\xE9\x80"), "text");
    EXPECT_EQ(ask("Content-Type: text/plain; charset=\"iso-8859-15\"\r\n", "\xE9\xA4"), "text");
    EXPECT_EQ(ask("Content-Type: text/plain\r\n", std::string("\xFF\xFE\xE9\0\xAC\x20", 6)),
              "text");
    EXPECT_EQ(ask("Content-Type: text/plain; charset=utf-16\r\n", std::string("\0\xE9\x20\xAC", 4)),
              "text");
    EXPECT_EQ(ask("Content-Type: text/plain; charset=utf-8\r\n", "\xEF\xBB\xBFé€"), "text");
    EXPECT_EQ(
        ask("Content-Type: application/json; charset=utf-16le\r\n", std::string("{\0\"\0a\0\"\0:\0"
                                                                                "1\0}\0",
                                                                                14)),
        "json");
    EXPECT_EQ(ask("Content-Encoding: gzip\r\nContent-Type: text/plain; charset=windows-1252\r\n",
                  gzip("\xE9\x80")),
              "text");
    EXPECT_EQ(ask("Content-Type: application/x-www-form-urlencoded; charset=windows-1252\r\n",
                  "name=%E9"),
              "form");
    EXPECT_EQ(ask("Content-Type: application/x-www-form-urlencoded\r\n", "name=%C3%A9"), "form");
    EXPECT_EQ(ask("Content-Type: application/xml; charset=windows-1252\r\n", "<a>\xE9</a>"), "xml");
    EXPECT_EQ(ask("Content-Type: application/xml\r\n",
                  "<?xml version='1.0' encoding='windows-1252'?><a>\xE9</a>"),
              "xml");
    EXPECT_EQ(ask("Content-Type: application/xml; charset=utf-8\r\n",
                  "<?xml version='1.0' encoding='windows-1252'?><a>é</a>"),
              "xml");
}
