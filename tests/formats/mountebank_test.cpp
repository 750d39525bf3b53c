// SPDX-License-Identifier: Apache-2.0
// Imposters of mountebank: what an import makes of them, what it says, and what it answers.
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

namespace understudy::formats::mountebank {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

constexpr const char *kName = "imposters.json";

std::string imposterOf(const std::string &stubs, const std::string &more = {})
{
    return R"({"imposters": [{"port": 4545, "protocol": "http", "name": "T", "host": "127.0.0.1")"
           + more + ", \"stubs\": [" + stubs + "]}]}";
}

LoadedServer importedImposter(const std::string &stubs, const std::string &more = {})
{
    LoadedServer loaded = loadedOne(imposterOf(stubs, more), kName);
    EXPECT_EQ(loaded.format, "mountebank");
    expectWhole(loaded.server);
    return loaded;
}

std::string stubOf(const std::string &predicates,
                   const std::string &response = R"({"body": "hit"})")
{
    return R"({"predicates": [)" + predicates + R"(], "responses": [{"is": )" + response + "}]}";
}

/// The body for a request to an imposter with that predicate.
std::string answerTo(const std::string &predicates, std::string_view method,
                     std::string_view target, std::string_view headers = {},
                     std::string_view body = {})
{
    return ServedEnvironment(importedImposter(stubOf(predicates)).server)
        .ask(method, target, headers, body)
        .body;
}

const Endpoint &endpointAt(const LoadedServer &loaded, std::size_t index)
{
    return *loaded.server.items.at(index).endpoint();
}

TEST(Mountebank, AnImposterIsAServer)
{
    const LoadedServer loaded = importedImposter(
        R"({"predicates": [{"equals": {"method": "get", "path": "/Users"}}], "responses": [{"is":
            {"statusCode": "201", "headers": {"X-A": 5, "Set-Cookie": ["a=1", "b=2"]}, "body": "u"}}]})");
    EXPECT_EQ(loaded.server.name, "T");
    EXPECT_EQ(loaded.server.listen.port, 4545);
    const Endpoint &endpoint = endpointAt(loaded, 0);
    EXPECT_EQ(endpoint.methods, std::vector<std::string>{"GET"});
    EXPECT_EQ(endpoint.path, "/Users");
    const Response &answer = endpoint.responses.at(0);
    EXPECT_FALSE(answer.when);
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.headers,
              (http::HeaderList{{"X-A", "5"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}));
    EXPECT_EQ(allMessages(loaded.problems), "");
}

TEST(Mountebank, SingleImpostersAndOnesWithoutStubsAreTaken)
{
    EXPECT_EQ(loadedOne(R"({"protocol": "http", "port": 1, "stubs": []})", "one.json").server.name,
              "one");
    const auto two = loadedFrom(R"({"imposters": [{"protocol": "http", "port": 1},
        {"protocol": "https", "port": 2, "name": "S"}]})",
                                "two.json");
    ASSERT_EQ(two.size(), 2U);
    EXPECT_EQ(two[0].server.name, "two 1");
    EXPECT_EQ(two[1].server.name, "S");
    EXPECT_TRUE(two[1].server.listen.tls);
    EXPECT_EQ(two[1].id, "two-2");
}

TEST(Mountebank, WhatNoStubAnswersIsAnEmpty200)
{
    const Answer answer = ServedEnvironment(importedImposter("").server).ask("GET", "/x");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "");
    EXPECT_THAT(answer.head, HasSubstr("Connection: close"));
}

TEST(Mountebank, TheDefaultResponseFillsWhatOthersLeaveOut)
{
    const ServedEnvironment served(
        importedImposter(stubOf(R"({"equals": {"path": "/a"}})", R"({"body": "own"})"),
                         R"(, "defaultResponse": {"statusCode": 404, "headers": {"X-D": "1"},
                            "body": "default"})")
            .server);
    EXPECT_EQ(served.ask("GET", "/a").status, 404);
    EXPECT_EQ(served.ask("GET", "/a").body, "own");
    EXPECT_THAT(served.ask("GET", "/a").head, HasSubstr("X-D: 1"));
    EXPECT_EQ(served.ask("GET", "/b").body, "default");
}

/// What mountebank 2.9.1 answered to each request stands beside it.
TEST(Mountebank, AnswersAsTheRealOneDid)
{
    std::size_t asked = 0;
    for (const std::string name : {"predicates", "answers"}) {
        const std::filesystem::path folder
            = std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "tests/data/mountebank";
        const LoadOutcome outcome = load(folder / (name + ".json"));
        ASSERT_EQ(outcome.servers.size(), 1U) << allMessages(outcome.errors);
        expectWhole(outcome.servers[0].server);
        const ServedEnvironment served(outcome.servers[0].server);
        const auto requests
            = JsonValue::parse(*readFile(folder / (name + ".requests.json"))).value();
        for (const JsonValue &one : *requests.ifArray()) {
            const JsonObject &request = *one.ifObject();
            const auto textAt = [&](const JsonObject &object, std::string_view key) {
                const JsonValue *value = object.find(key);
                return value && value->ifString() ? *value->ifString() : std::string();
            };
            std::string headers;
            if (const JsonValue *named = request.find("headers")) {
                for (const JsonMember &member : *named->ifObject())
                    headers += member.name + ": " + *member.value.ifString() + "\r\n";
            }
            const std::string method = textAt(request, "method");
            const JsonObject &expected = *request.find("answer")->ifObject();
            if (*expected.find("status") == JsonValue(0))
                continue; // it is closed without an answer
            const Answer answer
                = served.ask(method.empty() ? "GET" : method, textAt(request, "target"), headers,
                             textAt(request, "body"));
            EXPECT_EQ(JsonValue(answer.status), *expected.find("status")) << writeJson(one);
            const std::string body = textAt(expected, "body");
            const auto json = JsonValue::parse(body);
            if (json && json->isObject())
                EXPECT_EQ(JsonValue::parse(answer.body).value(), *json) << writeJson(one);
            else
                EXPECT_EQ(text::asUtf8(answer.body), body) << writeJson(one);
            ++asked;
        }
    }
    EXPECT_GT(asked, 110U);
}

TEST(Mountebank, LetterCaseCountsOnlyWhereItIsAskedFor)
{
    EXPECT_EQ(answerTo(R"({"equals": {"body": "Ada"}})", "POST", "/", "", "ADA"), "hit");
    EXPECT_EQ(
        answerTo(R"({"equals": {"body": "Ada"}, "caseSensitive": true})", "POST", "/", "", "ADA"),
        "");
    EXPECT_EQ(answerTo(R"({"contains": {"body": "ÄÖ"}})", "POST", "/", "", "xäöx"), "hit");
    EXPECT_EQ(answerTo(R"({"equals": {"path": "/A"}, "caseSensitive": true})", "GET", "/a"), "");
}

TEST(Mountebank, PathsAreThoseThatAreSent)
{
    for (const char *path : {"/sp ace", "/\u00e4", "/{x}", "/q?x"}) {
        const std::string text(path);
        for (const char *how : {"equals", "startsWith", "contains", "endsWith"}) {
            const LoadedServer loaded = importedImposter(
                stubOf("{\"" + std::string(how) + R"(": {"path": ")" + text + "\"}}"));
            EXPECT_THAT(allMessages(loaded.problems), HasSubstr("the predicate never holds"));
            const ServedEnvironment served(loaded.server);
            for (const char *target : {"/sp%20ace", "/%C3%A4", "/%7Bx%7D", "/q%3Fx"})
                EXPECT_EQ(served.ask("GET", target).body, "") << path << ' ' << target;
        }
    }
    EXPECT_EQ(answerTo(R"({"equals": {"path": "/sp%20ace"}})", "GET", "/sp%20ace"), "hit");
    EXPECT_EQ(answerTo(R"({"not": {"equals": {"path": "/sp ace"}}})", "GET", "/sp%20ace"), "hit");
    EXPECT_EQ(answerTo(R"({"equals": {"path": "/it's|[1]"}})", "GET", "/it's|[1]"), "hit");
}

TEST(Mountebank, WhatExceptFindsDoesNotCount)
{
    EXPECT_EQ(answerTo(R"({"equals": {"body": "done"}, "except": "!$"})", "POST", "/", "", "Done!"),
              "hit");
    EXPECT_EQ(
        answerTo(R"({"equals": {"body": "done"}, "except": "^\\s+"})", "POST", "/", "", "  done"),
        "hit");
    EXPECT_EQ(
        answerTo(R"({"equals": {"body": "done"}, "except": "^\\s+"})", "POST", "/", "", "done  "),
        "");
    const LoadedServer loaded
        = importedImposter(stubOf(R"({"matches": {"body": "x"}, "except": "y"})"));
    EXPECT_FALSE(endpointAt(loaded, 0).enabled);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("'except' has no word here"));
}

TEST(Mountebank, NumbersInJsonAreComparedByTheirValue)
{
    EXPECT_EQ(answerTo(R"({"equals": {"body": {"n": 1.50}}})", "POST", "/", "", R"({"n": 1.5})"),
              "hit");
    EXPECT_EQ(answerTo(R"({"equals": {"body": {"n": 7}}})", "POST", "/", "", R"({"n": "7"})"),
              "hit");
}

TEST(Mountebank, FirstOperatorOfAPredicateCounts)
{
    const LoadedServer loaded
        = importedImposter(stubOf(R"({"contains": {"body": "a"}, "startsWith": {"body": "b"}})"));
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("POST", "/", "", "xa").body, "hit");
    EXPECT_THAT(allMessages(loaded.problems),
                HasSubstr("'startsWith' beside the first operator of a predicate has no effect"));
}

TEST(Mountebank, StubsAnswerInTheirOrder)
{
    const ServedEnvironment served(
        importedImposter(stubOf(R"({"matches": {"path": "^/a"}})", R"({"body": "first"})") + ","
                         + stubOf(R"({"equals": {"path": "/ab"}})", R"({"body": "never"})"))
            .server);
    EXPECT_EQ(served.ask("GET", "/ab").body, "first");
}

TEST(Mountebank, ResponsesGoRoundAndRepeat)
{
    const ServedEnvironment served(
        importedImposter(R"({"responses": [{"is": {"body": "1"}, "repeat": 2},
                            {"is": {"body": "2"}}]})")
            .server);
    std::string bodies;
    for (int i = 0; i < 7; ++i)
        bodies += served.ask("GET", "/").body;
    EXPECT_EQ(bodies, "1121121");
}

TEST(Mountebank, WaitsAreAddedAndWaitFunctionsAreSaid)
{
    const LoadedServer loaded = importedImposter(
        R"({"responses": [{"is": {}, "behaviors": [{"wait": 100}, {"wait": 50},
            {"wait": "() => 5"}]}]})");
    const auto head = endpointAt(loaded, 0).responses.at(0).behaviour.latency.head;
    ASSERT_TRUE(head);
    EXPECT_EQ(std::get<FixedLatency>(*head).value, std::chrono::milliseconds(150));
    EXPECT_THAT(allMessages(loaded.problems),
                HasSubstr("imposters.json:2:22: stub 1: a wait that JavaScript works out"));
}

TEST(Mountebank, FaultsAreFaults)
{
    const LoadedServer loaded
        = importedImposter(R"({"responses": [{"fault": "CONNECTION_RESET_BY_PEER"}]},
                              {"responses": [{"fault": "RANDOM_DATA_THEN_CLOSE"}]},
                              {"responses": [{"fault": "NONSENSE"}]})");
    EXPECT_EQ(endpointAt(loaded, 0).responses[0].behaviour.faults.at(0).kind, FaultKind::Close);
    EXPECT_EQ(endpointAt(loaded, 1).responses[0].behaviour.faults.at(0).kind, FaultKind::Garbage);
    EXPECT_TRUE(endpointAt(loaded, 2).responses[0].behaviour.faults.empty());
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("'NONSENSE' is no fault of mountebank"));
}

TEST(Mountebank, CopiesAreTemplatesWhereTheyHaveAWord)
{
    const LoadedServer loaded = importedImposter(
        R"json({"responses": [{"is": {"body": "T {{x}}"}, "behaviors": [{"copy": {"from": "path",
            "into": "T", "using": {"method": "regex", "selector": "\\d+"}}}]}]},
           {"responses": [{"is": {"body": "T[1]"}, "behaviors": [{"copy": {"from": "path",
            "into": "T", "using": {"method": "regex", "selector": "(\\d)"
}
}
}]
}]
},
           {"responses": [{"is": {"body": "T"}, "behaviors": [{"copy": {"from": "body",
            "into": "T", "using": {"method": "xpath", "selector": "//a"}}}, {"lookup": {}},
            {"decorate": "x"}, {"shellTransform": "y"}]}]})json");
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/a/42").body, "42 {{x}}");
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("stub 2: this 'copy' has no word here, as more than its first"));
    EXPECT_THAT(said, HasSubstr("stub 3: this 'copy' has no word here: its token is sent"));
    EXPECT_THAT(said, HasSubstr("'lookup' is not done here"));
    EXPECT_THAT(said, HasSubstr("'decorate' is not done here"));
    EXPECT_THAT(said, HasSubstr("'shellTransform' is not done here"));
}

TEST(Mountebank, SwitchesOffWhatItCannotAnswer)
{
    const LoadedServer loaded = importedImposter(
        R"({"predicates": [{"inject": "r => true"}], "responses": [{"is": {}}]},
           {"responses": [{"proxy": {"to": "http://x.example"}}]},
           {"responses": [{"inject": "r => 1"}, {"is": {"body": "left"}}]},
           {"predicates": [{"equals": {"query": {"a": "b"}}, "jsonpath": {"selector": "$.a"}}],
            "responses": [{"is": {}}]},
           {"predicates": [{"nonsense": 1}], "responses": [{"is": {}}]})");
    EXPECT_FALSE(endpointAt(loaded, 0).enabled);
    EXPECT_TRUE(endpointAt(loaded, 0).extensions.contains("x-mountebank"));
    EXPECT_FALSE(endpointAt(loaded, 1).enabled);
    EXPECT_TRUE(endpointAt(loaded, 2).enabled);
    EXPECT_FALSE(endpointAt(loaded, 3).enabled);
    EXPECT_FALSE(endpointAt(loaded, 4).enabled);
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/").body, "left");
    EXPECT_EQ(served.ask("GET", "/").body, "left");
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("imposters.json:1:112: stub 1: a predicate in JavaScript is not "
                                "run, so that this stub is switched off"));
    EXPECT_THAT(said, HasSubstr("requests are not passed on to 'http://x.example'"));
    EXPECT_THAT(said, HasSubstr("stub 3: JavaScript does not make answers here"));
    EXPECT_THAT(said, HasSubstr("a selector has a word here for the body alone"));
    EXPECT_THAT(said, HasSubstr("stub 5: this is no predicate of mountebank"));
}

TEST(Mountebank, OtherProtocolsAreSaid)
{
    const auto servers = loadedFrom(R"({"imposters": [{"protocol": "tcp", "port": 1, "name": "Q"},
        {"protocol": "http", "port": 2}, {"protocol": "smtp", "port": 3}]})",
                                    kName);
    ASSERT_EQ(servers.size(), 1U);
    EXPECT_THAT(
        allMessages(servers[0].problems),
        HasSubstr("imposters.json:1:16: Q: an imposter of the protocol 'tcp' is not served"));
    EXPECT_THAT(allMessages(servers[0].problems), HasSubstr("imposters.json:2:42: an imposter of "
                                                            "the protocol 'smtp'"));
    const LoadOutcome none = loadText(R"({"imposters": [{"protocol": "tcp", "port": 1}]})", kName);
    ASSERT_EQ(none.errors.size(), 1U);
    EXPECT_THAT(none.errors[0].error.text(), HasSubstr("imposters.json:1:15: no imposter"));
}

TEST(Mountebank, SaysWhatElseIsOtherwise)
{
    const LoadedServer loaded = loadedOne(
        R"({"imposters": [{"protocol": "https", "port": 1, "key": "K", "cert": "C",
            "mutualAuth": true, "rejectUnauthorized": true, "allowCORS": true,
            "recordRequests": true, "requests": [{"path": "/"}], "numberOfRequests": 1,
            "nonsense": 1, "_links": {}, "stubs": [{"responses": [{"is": {"x": 1}}],
            "matches": []}]}]})",
        kName);
    expectWhole(loaded.server);
    EXPECT_TRUE(loaded.server.cors);
    const std::string said = allMessages(loaded.problems);
    for (const char *part :
         {"listens on all interfaces", "its key and certificate stand in the file",
          "clients are not asked for a certificate", "preflights are answered by 'cors'",
          "requests are always recorded here", "the requests it has recorded are left out",
          "'nonsense' has no effect", "'x' is no key of what a response is",
          "the requests it was asked are left out"})
        EXPECT_THAT(said, HasSubstr(part));
    EXPECT_THAT(said, Not(HasSubstr("_links")));
    const auto back = exportServer(loaded.server, "mountebank");
    ASSERT_TRUE(back);
    EXPECT_THAT(back->text, HasSubstr("\"key\": \"K\""));
}

TEST(Mountebank, TemplatesOfEjsAreNamed)
{
    const LoadOutcome outcome
        = loadText(R"({"imposters": [<%- include('a.json') %>]})", "imposters.ejs");
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_THAT(outcome.errors[0].error.text(), HasSubstr("take what 'mb save' writes"));
    EXPECT_GT(outcome.errors[0].error.where.line, 0);
}

} // namespace
} // namespace understudy::formats::mountebank
