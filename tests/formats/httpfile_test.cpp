// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/httpfile_support.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

namespace understudy::formats::httpfile {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> endpointsOf(const std::string &text, const std::string &name = "a.http")
{
    const LoadedServer loaded = loadedOne(text, name);
    expectWhole(loaded.server);
    return labelsOf(loaded.server);
}

std::string saidOf(const std::string &text)
{
    return allMessages(loadedOne(text, "a.http").problems);
}

TEST(HttpFile, HasAnEndpointForEachMethodAndPath)
{
    const LoadedServer loaded = loadedOne(kShop, "shop.http");
    expectWhole(loaded.server);
    EXPECT_EQ(loaded.format, "http");
    EXPECT_EQ(loaded.server.name, "shop");
    EXPECT_EQ(loaded.server.description, "The shop");
    ASSERT_EQ(loaded.server.items.size(), 4u);
    const Endpoint &list = *loaded.server.items[0].endpoint();
    EXPECT_EQ(endpointLabel(list), "List users (GET /api/v1/users)");
    EXPECT_EQ(list.description, "All of them.");
    EXPECT_EQ(loaded.server.items[1].endpoint()->path, "/api/v1/users/{userId}");
    EXPECT_EQ(loaded.server.items[2].endpoint()->name, "create");
}

TEST(HttpFile, AnswersWithWhatWasSaved)
{
    const LoadedServer loaded = loadedOne(kShop, "shop.http");
    ServedEnvironment served(loaded.server);
    const auto first = served.ask("GET", "/api/v1/users?page=1");
    EXPECT_EQ(first.body, R"([{"id": 1}])");
    EXPECT_THAT(first.head, Not(HasSubstr("28 Nov")));
    EXPECT_EQ(served.ask("GET", "/api/v1/users?page=2&size=10").body, R"([{"id": 11}])");
    EXPECT_EQ(served.ask("GET", "/api/v1/users/9").status, 200);
    const auto made = served.ask("POST", "/api/v1/users", {}, R"({"name":"Ada"})");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.body, "made");
    EXPECT_THAT(made.head, HasSubstr("Location: /api/v1/users/7"));
    const auto taken = served.ask("POST", "/api/v1/users", "x-mock-response-code: 409\r\n");
    EXPECT_EQ(taken.status, 409);
    EXPECT_EQ(taken.body, "taken");
    EXPECT_THAT(taken.head, HasSubstr("409 Twice"));
}

TEST(HttpFile, SaysWhatHasNoEffectAtItsLine)
{
    const std::string said = saidOf(std::string(kShop));
    EXPECT_THAT(said, HasSubstr("a.http:37:1: <> 2026-11-28T050000.200.json: the answer is in"));
    EXPECT_THAT(said, HasSubstr("a.http:34:1: 1 script: not run"));
    EXPECT_THAT(said, HasSubstr("< ./logo.png: the body is in another file"));
    EXPECT_THAT(said, HasSubstr("no value in the file for {{userId}}"));
    EXPECT_THAT(said, HasSubstr("a.http:19:1: GET /api/v1/users: the request 'pageTwo' has the "
                                "same method and path"));
    EXPECT_THAT(said, HasSubstr("POST /api/v1/upload: it has no saved example"));
}

TEST(HttpFile, TakesRequestLinesOfEveryForm)
{
    EXPECT_THAT(endpointsOf("https://h.example/a HTTP/2\n###\nget localhost:80/b\n###\n"
                            "  PUT /c\nHost: h.example\n####\nPURGE http://h/d\n###\n"
                            "GET {{host}}\n    /e/f\n    ?x=1 HTTP/1.1\nA: b\n###\n"
                            "GRAPHQL http://h/g\n\nquery { a }\n###\nGET http://h/{{$guid}}/{i}\n"),
                ElementsAre("GET /a", "GET /b", "PUT /c", "PURGE /d", "GET /e/f", "POST /g",
                            "GET /{guid}/%7Bi%7D"));
    // REST Client takes commands of curl, too.
    EXPECT_THAT(endpointsOf("GET http://h/a\n###\ncurl -X PATCH http://h/b \\\n -d x\n###\n"
                            "GET http://h/c\n"),
                ElementsAre("GET /a", "PATCH /b", "GET /c"));
}

TEST(HttpFile, ComparesFormsOnSeveralLinesAndGraphQl)
{
    const LoadedServer loaded = loadedOne(R"(POST http://h/login
Content-Type: application/x-www-form-urlencoded

name=ada
&password=1

HTTP/1.1 200 OK

in
###
POST http://h/login
Content-Type: application/x-www-form-urlencoded

name=ada&password=2

HTTP/1.1 401 Unauthorized

out
###
POST http://h/graphql
X-REQUEST-TYPE: GraphQL

query A { a }

{"v": 1}

HTTP/1.1 200 OK

A
###
GRAPHQL http://h/graphql

query B { b }

HTTP/1.1 200 OK

B
)",
                                          "a.rest");
    expectWhole(loaded.server);
    ServedEnvironment served(loaded.server);
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(served.ask("POST", "/login", form, "name=ada&password=2").body, "out");
    EXPECT_EQ(served.ask("POST", "/login", form, "name=ada&password=1").body, "in");
    EXPECT_EQ(served.ask("POST", "/graphql", {}, R"({"query":"query B { b }"})").body, "B");
    EXPECT_EQ(
        served.ask("POST", "/graphql", {}, R"({"variables":{"v":1},"query":"query A { a }"})").body,
        "A");
}

TEST(HttpFile, LeavesOutWhatIsNoRequestAndSaysSo)
{
    const std::string said = saidOf("< {% request.x = 1 %}\nimport ./other.http\nGET http://h/a\n"
                                    "no header\n\n>> ./out.json\n###\nhello world\n\nGET "
                                    "http://h/never\n###\nWEBSOCKET ws://h/b\n###\n{{\nf(1)\n}}\n"
                                    "< ./pre.js\nGET http://h/c\n\n> {% never ends");
    EXPECT_THAT(said, HasSubstr("a.http:2:1: import ./other.http: other files are not read"));
    EXPECT_THAT(said, HasSubstr("a.http:4:1: no header: is no header; left out"));
    EXPECT_THAT(said, HasSubstr("a.http:6:1: >> ./out.json: where a client writes the answer"));
    EXPECT_THAT(said, HasSubstr("a.http:8:1: hello world: is no request; left out"));
    EXPECT_THAT(said, HasSubstr("a.http:12:1: WEBSOCKET ws://h/b: it is no request"));
    EXPECT_THAT(said, HasSubstr("a.http:1:1: 4 scripts: not run"));
    EXPECT_THAT(said, HasSubstr("a.http:20:1: the script that begins here does not end"));
}

TEST(HttpFile, KnowsScriptsAndAssertionsOfHttpYac)
{
    const LoadedServer loaded = loadedOne("{{+\nf();\n}}\nPOST http://h/a\n?? status == 200\n\n"
                                          "{\"a\": 1}\n?? body $.a exists\n{{response\n  g();\n}}\n"
                                          "HTTP/1.1 201 - Created\n\n{{b}}\n",
                                          "a.http");
    expectWhole(loaded.server);
    EXPECT_EQ(loaded.server.items[0].endpoint()->path, "/a");
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("a.http:1:1: 4 scripts: not run"));
    const auto answer = ServedEnvironment(loaded.server).ask("POST", "/a");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "{{b}}");
}

TEST(HttpFile, SaysWhereNothingWasFound)
{
    const auto errorOf
        = [](const std::string &text) { return allMessages(loadText(text, "x.http").errors); };
    EXPECT_THAT(errorOf("# only a comment\n"),
                HasSubstr("x.http:1:1: there is no request of HTTP"));
    EXPECT_THAT(errorOf("###\n\nhello\n"), HasSubstr("x.http:3:1: there is no request of HTTP"));
    EXPECT_THAT(errorOf("HTTP/1.1 200 OK\n\nx\n"), HasSubstr("x.http:1:1: there is no request"));
    EXPECT_THAT(errorOf(""), HasSubstr("x.http:1:1: there is no request"));
}

TEST(HttpFile, ThatIsDamagedAnywhereIsSafe)
{
    expectSafeWhenDamaged(std::string(kShop), "shop.http", "http");
    expectSafeWhenDamaged("< {% a %}\ncurl 'http://h/a' -d $'x'\n###\nGRAPHQL http://h/{{a}}{{b}}/"
                          "{{c}}x\nX: y\n\nq\n\n{}\n###\nHTTP/1.1 200 OK\nA:b\n\nx\n{{\n",
                          "calls.rest", "http");
}

TEST(HttpFile, ThatIsHugeOrDeepIsRead)
{
    std::string many = "@a = {{a}}{{a}}\n";
    for (int i = 0; i < 20'000; ++i)
        many += "### " + std::to_string(i) + "\nGET http://h/{{a}}/" + std::to_string(i) + "\n";
    EXPECT_EQ(loadedOne(many, "many.http").server.items.size(), 20'000u);
    EXPECT_EQ(endpointsOf("GET http://h/" + std::string(100'000, '{') + "\n").size(), 1u);
    EXPECT_EQ(endpointsOf("GET http://h" + std::string(5'000, '/') + "\n").size(), 1u);
}

/// Comparing each field with each other one takes longer than ctest waits for a test.
TEST(HttpFile, TellsAnswersApartByManyFields)
{
    std::string query = "x=2";
    for (int i = 0; i < 200'000; ++i)
        query += "&f" + std::to_string((i * 7919) % 200'000) + "=1";
    const std::string text = "GET http://h/a?x=1\n\nHTTP/1.1 200 OK\n\none\n###\nGET http://h/a?"
                             + query + "\n\nHTTP/1.1 200 OK\n\ntwo\n";
    const LoadedServer loaded = loadedOne(text, "many.http");
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/a?x=1").body, "one");
}

TEST(HttpFile, SaysOfARequestWithoutANameWhatItSharesWithAnother)
{
    const std::string said = saidOf("GET http://h/a\n###\nGET http://h/a\n");
    EXPECT_THAT(said, HasSubstr("a.http:3:1: GET /a: it has the same method and path as one"));
    EXPECT_THAT(said, Not(HasSubstr("''")));
}

TEST(HttpFile, ABlockOfJavaScriptEndsWithALineOfBraces)
{
    const LoadedServer loaded
        = loadedOne("{{\n  console.log({a: {b: 1}});\n  exports.token = 1;\n}}\n"
                    "GET https://shop.example/yac\n",
                    "x.http");
    ASSERT_EQ(loaded.server.items.size(), 1U);
    EXPECT_EQ(loaded.server.items[0].endpoint()->path, "/yac");
}

} // namespace
} // namespace understudy::formats::httpfile
