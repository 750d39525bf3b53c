// SPDX-License-Identifier: Apache-2.0
#include "core/formats/curl/command_line.h"
#include "tests/formats/asked_support.h"
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
    return labelsOf(loaded.server);
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

TEST(Curl, IsFoundInScripts)
{
    const auto formatOf = [](const std::string &text, const std::string &name) {
        const LoadOutcome outcome = loadText(text, name);
        return outcome.servers.size() == 1 ? std::string(outcome.servers[0].format) : "none";
    };
    const std::string script = "#!/bin/sh\nset -e\nTOKEN=abc\n";
    EXPECT_EQ(formatOf(script + "curl http://h/a\n", "calls.txt"), "curl");
    EXPECT_EQ(formatOf("set -e\ncd x\nexport A=b\n$ curl http://h/a\n", "calls.txt"), "curl");
    EXPECT_EQ(formatOf("A=b curl http://h/a\n", "calls.txt"), "curl");
    EXPECT_EQ(formatOf("make test\ncurl http://h/a\n", "calls.sh"), "curl");
    EXPECT_THAT(allMessages(loadText(script + "make\n", "calls.sh").errors),
                HasSubstr("no command of curl here has a URL"));
    for (const char *text : {"some words\ncurl http://h/a\n", "set: 1\ncurl: http://h/a\n",
                             "#!/usr/bin/python\nimport x\n", "curl\n", "A=b\n"})
        EXPECT_EQ(formatOf(text, "x.yaml"), "none") << text;
}

TEST(Curl, KnowsTheVariablesOfAScript)
{
    const LoadedServer loaded
        = loadedOne("#!/bin/bash\nexport BASE=https://h.example/api V=v1\nURL=\"${BASE}/$V\"\n"
                    "curl \"$URL/users\"\nif curl -fsS $BASE/health; then\n  ID=7 time curl -X PUT "
                    "$URL/$ID\nfi\n"
                    "A='$A$A'\ncurl \"$BASE/${NONE}/$/${x\" 'h.example/odata?$filter=x'\n",
                    "calls.sh");
    expectWhole(loaded.server);
    EXPECT_THAT(labelsOf(loaded.server),
                ElementsAre("GET /api/v1/users", "GET /api/health", "PUT /api/v1/7",
                            "GET /api/$%7BNONE%7D/$/$%7Bx", "GET /odata"));
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("no value in the text for $A, $NONE: it stays as it stands"));
    EXPECT_THAT(said, testing::Not(HasSubstr("is not curl")));
}

TEST(Curl, WithVariablesThatGrowIsBounded)
{
    std::string text = "A=aaaaaaaaaa\n";
    for (int i = 0; i < 100; ++i)
        text += "A=$A$A\n";
    EXPECT_EQ(askedFor(text + "curl http://h/b\n").size(), 1u);
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
    const auto exported = exportServer(parseMock(kAskedMock), "curl");
    ASSERT_TRUE(exported);
    EXPECT_EQ(exported->text,
              "# Shop\n"
              "curl -i "
              "'http://127.0.0.1:4000/v1/users/a%2Fb/2024-01-31/"
              "f-1.json?q=it%27s%20%26%20that' -H 'X-A: b' -H 'Cookie: c=d'\n"
              "curl -i -X 'POST' 'http://127.0.0.1:4000/v1/a%20b/' -H 'Content-Type: "
              "application/json' --data-raw '{\"a\":[1]}'\n"
              "curl -i --head 'http://127.0.0.1:4000/v1/a%20b/' -H 'Content-Type: "
              "application/json' --data-raw '{\"a\":[1]}'\n"
              "curl -i -X 'POST' 'http://127.0.0.1:4000/v1/form' --data-raw 'a=b%20c'\n"
              "curl -i -X 'POST' 'http://127.0.0.1:4000/v1/text' --data-raw $'###\\n{{x}}'\n");
    const std::string report = allMessages(exported->report);
    EXPECT_THAT(report, HasSubstr("what the rule for header.Y wants"));
    EXPECT_THAT(report, HasSubstr("1 more with rules have none"));
    EXPECT_THAT(report, HasSubstr("no address follows from a regular expression"));
    EXPECT_THAT(askedFor(exported->text),
                ElementsAre("GET /v1/users/a%2Fb/2024-01-31/f-1.json", "POST /v1/a%20b/",
                            "HEAD /v1/a%20b/", "POST /v1/form", "POST /v1/text"));
}

} // namespace
} // namespace understudy::formats::curl
