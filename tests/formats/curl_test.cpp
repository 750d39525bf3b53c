// SPDX-License-Identifier: Apache-2.0
#include "core/formats/curl/command_line.h"
#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

namespace understudy::formats::curl {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> wordsOf(const std::string &text)
{
    const auto commands = splitCommands(text, "x.sh");
    return commands && commands->size() == 1 ? commands->front().words
                                             : std::vector<std::string>{"not one command"};
}

/// The endpoints of the commands, as lists call them.
std::vector<std::string> askedFor(const std::string &text)
{
    const LoadedServer loaded = loadedOne(text, "calls.txt");
    expectWhole(loaded.server);
    std::vector<std::string> out;
    forEachEndpoint(loaded.server, [&](const EndpointVisit &visit) {
        out.push_back(endpointLabel(visit.endpoint));
    });
    return out;
}

TEST(CurlWords, AreThoseOfBash)
{
    EXPECT_THAT(wordsOf(R"(curl 'a "b' "c $d \"e\\" f\ g)"
                        "\\\n  h # rest"),
                ElementsAre("curl", "a \"b", "c $d \"e\\", "f g", "h"));
    EXPECT_THAT(wordsOf(R"(a $'x\n\'\x41\u00e4\101' b''c "")"), ElementsAre("a",
                                                                            "x\n'A\xC3\xA4"
                                                                            "A",
                                                                            "bc", ""));
    EXPECT_THAT(wordsOf("$ curl -s x > out.txt 2>&1"), ElementsAre("curl", "-s", "x"));
}

TEST(CurlWords, SayWhereAQuoteIsNotClosed)
{
    for (const std::string quote : {"'", "\"", "$'"}) {
        const auto commands = splitCommands("curl a\n b " + quote + "c\n", "x.sh");
        ASSERT_FALSE(commands);
        EXPECT_EQ(commands.error().where, (Place{"x.sh", 2, 4}));
    }
}

TEST(Curl, TakesTheMethodFromTheOptions)
{
    EXPECT_THAT(askedFor(R"(curl https://h.example/a
curl -X DELETE h.example/b
curl -sSXPATCH h.example/c -H 'A: b'
curl h.example/d -d a=1 --data-raw b=2
curl --json '{}' h.example/e
curl -F f=@x h.example/f; curl -I h.example/g
curl -Gd q=1 h.example/h | jq .
curl -T file h.example/i
curl --url h.example/j -o out -u me:pw -b c=d -A x
curl h.example/k h.example/l --next -d x h.example/m
)"),
                ElementsAre("GET /a", "DELETE /b", "PATCH /c", "POST /d", "POST /e", "POST /f",
                            "HEAD /g", "GET /h", "PUT /i", "GET /j", "GET /k", "GET /l",
                            "POST /m"));
}

TEST(Curl, AnswersWithAnEmpty200)
{
    const LoadedServer loaded = loadedOne("# how to\n$ curl 'http://h/{a}/*?x=1' \\\n -H 'A: b'\n"
                                          "$ curl http://h/{a}/*\n$ echo done\n",
                                          "calls.txt");
    EXPECT_EQ(loaded.format, "curl");
    EXPECT_EQ(loaded.server.name, "calls");
    ASSERT_EQ(loaded.server.items.size(), 1u);
    const Response &answer = loaded.server.items[0].endpoint()->responses.at(0);
    EXPECT_EQ(answer.name, "GET /%7Ba%7D/%2A");
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.when);
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("calls.txt:5:1: 'echo': is not curl; left out"));
    EXPECT_THAT(said, HasSubstr("(a query, headers)"));
}

TEST(Curl, SaysWhatCannotBeAsked)
{
    const auto said
        = [](const std::string &text) { return allMessages(loadText(text, "x.txt").errors); };
    EXPECT_THAT(said("curl ftp://h/a"), HasSubstr("no command of curl here has a URL"));
    EXPECT_THAT(said("curl 'http://h/a\n"), HasSubstr("x.txt:1:6: the quote ' that begins here"));
    const LoadedServer loaded = loadedOne("curl h/a ftp://h/b\ncurl -v\n", "x.txt");
    EXPECT_THAT(allMessages(loaded.problems),
                HasSubstr("x.txt:1:1: GET 'ftp://h/b': it is no URL"));
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("x.txt:2:1: curl: the command has no URL"));
}

TEST(Curl, ThatIsDamagedAnywhereIsSafe)
{
    expectSafeWhenDamaged(
        "# c\n$ curl -sX POST 'http://h/a b' -H \"X: y\" \\\n --data $'\\x41\\n' "
        "> out\ncurl -G -d q=1 https://u:p@h:8443/{x}/../*#f; curl -I h/c | jq .\n",
        "calls.sh", "curl");
}

TEST(CurlExport, AsksForTheFirstAnswerOfEachEndpoint)
{
    const auto exported = exportServer(parseMock(R"(understudy: 1
name: Shop
listen: {port: 4000}
base: /v1
endpoints:
- method: GET
  path: /users/{id}/{day:\d{4}-\d\d-\d\d}/f-{n}.json
  responses:
  - when:
      all:
      - path.id: {equals: a/b}
      - query.q: {equals: "it's & that"}
      - header.X-A: {equals: b}
      - cookie.c: {equals: d}
      - header.Y: {contains: z}
    status: 200
  - when: {query.q: {equals: r}}
    status: 201
- method: [POST, HEAD]
  path: /a b/
  responses:
  - when: {body: {json: {a: [1]}}}
    status: 200
- method: GET
  path: "regex: /x.*"
  responses: [{status: 200}]
)"),
                                       "curl");
    ASSERT_TRUE(exported);
    EXPECT_EQ(exported->text,
              "# Shop\n"
              "curl -i "
              "'http://127.0.0.1:4000/v1/users/a%2Fb/2024-01-31/"
              "f-1.json?q=it%27s%20%26%20that' -H 'X-A: b' -H 'Cookie: c=d'\n"
              "curl -i -X 'POST' 'http://127.0.0.1:4000/v1/a%20b/' -H 'Content-Type: "
              "application/json' --data-raw '{\"a\":[1]}'\n"
              "curl -i --head 'http://127.0.0.1:4000/v1/a%20b/' -H 'Content-Type: "
              "application/json' --data-raw '{\"a\":[1]}'\n");
    const std::string report = allMessages(exported->report);
    EXPECT_THAT(report, HasSubstr("what the rule for header.Y wants"));
    EXPECT_THAT(report, HasSubstr("1 more with rules have none"));
    EXPECT_THAT(report, HasSubstr("no address follows from a regular expression"));
    EXPECT_THAT(askedFor(exported->text), ElementsAre("GET /v1/users/a%2Fb/2024-01-31/f-1.json",
                                                      "POST /v1/a%20b/", "HEAD /v1/a%20b/"));
}

} // namespace
} // namespace understudy::formats::curl
