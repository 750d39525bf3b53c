// SPDX-License-Identifier: Apache-2.0
#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

namespace understudy::formats::postman {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

constexpr const char *kName = "shop.postman_collection.json";

std::string collection(const std::string &items, const std::string &more = {})
{
    return R"({"info": {"name": "Shop", "schema": )"
           R"("https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": [)"
           + items + "]" + more + "}";
}

LoadedServer imported(const std::string &items, const std::string &more = {})
{
    LoadedServer loaded = loadedOne(collection(items, more), kName);
    EXPECT_EQ(loaded.format, "postman");
    expectWhole(loaded.server);
    return loaded;
}

std::vector<Endpoint> endpointsOf(const Server &server)
{
    std::vector<Endpoint> out;
    forEachEndpoint(server, [&](const EndpointVisit &visit) { out.push_back(visit.endpoint); });
    return out;
}

/// The path of a request to that URL.
std::string pathFor(const std::string &url, const std::string &more = {})
{
    const LoadedServer loaded
        = imported(R"({"name": "r", "request": {"method": "GET", "url": )" + url + "}}", more);
    return endpointsOf(loaded.server).at(0).path;
}

std::string example(const std::string &name, int code, const std::string &body,
                    const std::string &url = {}, const std::string &request = {})
{
    const std::string original = url.empty()
                                     ? std::string()
                                     : R"("originalRequest": {"method": "GET", "url": ")" + url
                                           + "\"" + (request.empty() ? "" : ", " + request) + "}, ";
    return R"({"name": ")" + name + "\", " + original + "\"code\": " + std::to_string(code)
           + R"(, "body": ")" + body + "\"}";
}

std::string item(const std::string &method, const std::string &url, const std::string &examples)
{
    return R"({"name": "R", "request": {"method": ")" + method + R"(", "url": ")" + url
           + R"("}, "response": [)" + examples + "]}";
}

TEST(Postman, KeepsFoldersAndTakesExamplesAsAnswers)
{
    const LoadedServer loaded = imported(
        R"({"name": "Users", "item": [{"name": "Get it", "request": {"method": "GET",
            "description": "One", "url": "http://h/users/:id"}, "response": [{"name": "Found",
            "code": 203, "status": "Half", "_postman_previewlanguage": "json", "body": "{ }",
            "header": [{"key": "X-A", "value": "1"}, {"key": "X-B", "value": "2",
            "disabled": true}]}]}]})");
    EXPECT_EQ(loaded.server.name, "Shop");
    const Folder *folder = loaded.server.items.at(0).folder();
    ASSERT_TRUE(folder);
    EXPECT_EQ(folder->name, "Users");
    const Endpoint &endpoint = *folder->items.at(0).endpoint();
    EXPECT_EQ(endpoint.name, "Get it");
    EXPECT_EQ(endpoint.path, "/users/{id}");
    EXPECT_EQ(endpoint.description, "One");
    const Response &answer = endpoint.responses.at(0);
    EXPECT_EQ(answer.status, 203);
    EXPECT_EQ(answer.reason, "Half");
    EXPECT_EQ(answer.body, Body::text("{ }"));
    EXPECT_EQ(answer.headers,
              (http::HeaderList{{"X-A", "1"}, {"Content-Type", "application/json"}}));
}

TEST(Postman, ReadsUrlsInEveryForm)
{
    EXPECT_EQ(pathFor(R"("https://h.example/a/:id?x=1#y")"), "/a/{id}");
    EXPECT_EQ(pathFor(R"("{{baseUrl}}/a")"), "/a");
    EXPECT_EQ(pathFor(R"("http:///order/")"), "/order/");
    EXPECT_EQ(pathFor(R"("localhost:3000")"), "/");
    EXPECT_EQ(pathFor(R"({"host": ["a", "b"], "path": ["x", {"value": ":id"}]})"), "/x/{id}");
    EXPECT_EQ(pathFor(R"({"host": "{{h}}", "path": "/x/y"})"), "/x/y");
    EXPECT_EQ(pathFor(R"({"raw": "{{h}}/u/{{user id}}/f-{{n}}.json/{{a}}{{b}}/{x}"})"),
              "/u/{user_id}/f-{n}.json/*/%7Bx%7D");
    EXPECT_EQ(pathFor(R"("h/:id/:id")"), "/{id}/{id-2}");
}

TEST(Postman, FillsVariablesOfTheCollectionIn)
{
    const std::string values = R"(, "variable": [{"key": "base", "value": "http://h/{{v}}"},
        {"key": "v", "value": "v2"}, {"key": "loop", "value": "{{loop}}{{loop}}"}])";
    EXPECT_EQ(pathFor(R"("{{base}}/users")", values), "/v2/users");
    EXPECT_EQ(pathFor(R"("{{base}}/{{loop}}")", values), "/v2/*");
    const LoadedServer loaded = imported(R"({"name": "r", "request": "{{unknown}}/a"})");
    EXPECT_THAT(allMessages(loaded.problems),
                HasSubstr("no value in the collection for {{unknown}}"));
}

TEST(Postman, GivesTheFirstThatSucceedsAndOthersByTheirRequest)
{
    const LoadedServer loaded
        = imported(item("GET", "http://h/list/:id",
                        example("missing", 404, "none", "http://h/list/0") + ","
                            + example("first", 200, "one", "http://h/list/1?page=1") + ","
                            + example("second", 200, "two", "http://h/list/1?page=2") + ","
                            + example("body", 200, "three", "http://h/list/1?page=1",
                                      R"("body": {"mode": "raw", "raw": "{\"q\": 1}"})")));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/list/1").body, "one");
    EXPECT_EQ(served.ask("GET", "/list/1?page=2").body, "two");
    EXPECT_EQ(served.ask("GET", "/list/0").status, 404);
    EXPECT_EQ(served.ask("GET", "/list/1?page=1", {}, R"({"q":1})").body, "three");
}

TEST(Postman, GivesOthersByTheHeadersOfPostmansMockServers)
{
    const LoadedServer loaded
        = imported(item("GET", "http://h/a",
                        example("bad", 500, "bad") + "," + example("good", 200, "good") + ","
                            + example("worse", 500, "worse")));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/a").body, "good");
    EXPECT_EQ(served.ask("GET", "/a", "x-mock-response-code: 500\r\n").body, "bad");
    EXPECT_EQ(served.ask("GET", "/a", "x-mock-response-name: worse\r\n").body, "worse");
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("2 examples answer the same request"));
}

TEST(Postman, MakesOneEndpointOfRequestsToOnePath)
{
    const LoadedServer loaded = imported(
        item("GET", "http://h/a/:x?q=1", example("one", 200, "1", "http://h/a/:x?q=1")) + ","
        + item("GET", "http://h/a/:y?q=2", example("two", 200, "2", "http://h/a/:y?q=2")));
    EXPECT_EQ(loaded.server.items.size(), 1u);
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/a/7?q=2").body, "2");
}

TEST(Postman, SaysOnceWhatHasNoEffectHere)
{
    const std::string scripts = R"("event": [{"listen": "test"}, {"listen": "prerequest"}])";
    const LoadedServer loaded
        = imported("{\"name\": \"a\", " + scripts + R"(, "request": {"method": "GET", "url": "h/a",
            "auth": {"type": "basic"}}}, {"name": "b", )"
                       + scripts + R"(, "request": "h/b"})",
                   R"(, "auth": {"type": "bearer"})");
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("2 test scripts: not run"));
    EXPECT_THAT(said, HasSubstr("2 scripts that run before a request: not run"));
    EXPECT_THAT(said, HasSubstr("2 items have 'auth'"));
    EXPECT_THAT(said, HasSubstr("GET /a: it has no saved example"));
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/b").status, 200);
}

TEST(Postman, SaysThatFilesAreNotCompared)
{
    const LoadedServer loaded = imported(
        R"({"name": "a", "request": {"method": "POST", "url": "h/a", "body": {"mode": "formdata",
            "formdata": [{"key": "f", "type": "file", "src": "a.png"}]}}},
           {"name": "b", "request": {"method": "POST", "url": "h/b", "body": {"mode": "file"}}},
           {"name": "c", "request": {"method": "POST", "url": "h/c", "body": {"mode": "formdata",
            "formdata": [{"key": "f", "type": "file", "disabled": true}]}}})");
    EXPECT_THAT(allMessages(loaded.problems),
                HasSubstr("2 requests send a file: it is not compared"));
}

TEST(Postman, NamesTheCureForItsOtherFiles)
{
    const auto errorOf
        = [](const std::string &text) { return allMessages(loadText(text, "x.json").errors); };
    EXPECT_THAT(errorOf(R"({"id": "1", "order": [], "requests": []})"),
                HasSubstr("x.json:1:1: a Postman collection of version 1: open it in Postman"));
    EXPECT_THAT(errorOf(R"({"values": [], "_postman_variable_scope": "environment"})"),
                HasSubstr("import the collection"));
    EXPECT_EQ(loadedOne("{\"collection\": " + collection("") + "}", "x.json").server.name, "Shop");
}

TEST(Postman, OfAnythingIsNeverTrusted)
{
    for (const char *items :
         {R"(null, 1, [], {}, {"item": 3}, {"request": []}, {"request": 7, "response": {}})",
          R"({"request": {"method": [], "url": [], "header": {}, "body": []}, "response": [3, {},
              {"code": "x", "header": "A: b\nC", "body": [], "originalRequest": 4},
              {"code": 1e9, "header": [1, {"key": "a b", "value": "\u0001"}], "originalRequest":
                {"url": {"path": [{}, [], null], "query": [1], "variable": [2]},
                 "body": {"mode": "graphql", "graphql": {"query": [], "variables": "{"}}}}]})",
          R"({"request": {"method": "G T", "url": "http://h/{{{{a}}}}/:/:{/{{}}/%zz/**"}})"})
        expectSafe(collection(items), kName, "postman");
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "{\"item\": [";
    expectSafe(collection(deep), kName, "postman");
}

TEST(Postman, ThatIsDamagedAnywhereIsSafe)
{
    expectSafeWhenDamaged(
        collection(item("GET", "{{base}}/list/:id",
                        example("missing", 404, "none", "http://h/list/0") + ","
                            + example("f", 200, "{{x}}", "http://h/list/1?page=1") + ","
                            + example("b", 500, "t", "http://h/list/1?page=1",
                                      R"("body": {"mode": "raw", "raw": "{\"q\": 1}"})")),
                   R"(, "variable": [{"key": "base", "value": "http://h/{{v}}"}])"),
        kName, "postman");
}

/// The server that comes of what is written of a mock file, and the report.
std::pair<Server, std::string> throughPostman(const std::string &mock)
{
    const auto exported = exportServer(parseMock(mock), "postman");
    if (!exported) {
        ADD_FAILURE() << exported.error().text();
        return {};
    }
    LoadedServer loaded = loadedOne(exported->text, kName);
    expectWhole(loaded.server);
    return {loaded.server, allMessages(exported->report)};
}

TEST(PostmanExport, AnswersTheSameWhenItIsImported)
{
    const std::string mock = R"(understudy: 1
name: Shop
base: /api
headers: {X-All: "1"}
endpoints:
- folder: Users
  endpoints:
  - method: GET
    path: /users/{id}
    responses:
    - when: {path.id: {equals: "7"}}
      status: 404
      bodyJson: {error: "no {{such}} user", deep: {a: {b: [1.0]}}}
    - when: {all: [{path.id: {equals: a/b c}}, {query.full: {equals: "yes & no"}}]}
      body: full
    - body: user
  - method: [POST, PUT]
    path: "/users/a:b/%7B%7Bx%7D%7D/*"
    responses:
    - when: {body: {json: {q: [1, {r: 2}]}}}
      status: 201
      headers: {Set-Cookie: [a=1, b=2], Content-Type: text/html}
      body: "<p>"
    - when: {form.a: {equals: x y}}
      body: form
    - {status: 202, reason: Later}
- method: GET
  path: /f-{n}.json
  responses:
  - body: file
)";
    const auto [server, report] = throughPostman(mock);
    EXPECT_EQ(server.items.at(0).folder()->name, "Users");
    const ServedEnvironment before(parseMock(mock));
    const ServedEnvironment after(server);
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
    const auto same = [&](std::string_view method, const std::string &target,
                          const std::string &headers = {}, const std::string &body = {}) {
        const Answer a = before.ask(method, "/api" + target, headers, body);
        const Answer b = after.ask(method, "/api" + target, headers, body);
        EXPECT_EQ(a.status, b.status) << target;
        EXPECT_EQ(a.head, b.head) << target;
        EXPECT_EQ(a.body, b.body) << target;
    };
    same("GET", "/users/7");
    same("GET", "/users/8");
    same("GET", "/users/a%2Fb%20c?full=yes+%26+no");
    same("GET", "/users/a%2Fb%20c");
    same("POST", "/users/a:b/%7B%7Bx%7D%7D/z", {}, R"({"q":[1,{"r":2}]})");
    same("PUT", "/users/a:b/%7B%7Bx%7D%7D/z", {}, "other");
    same("POST", "/users/a:b/%7B%7Bx%7D%7D/z", form, "a=x+y");
    same("GET", "/f-12.json");
}

TEST(PostmanExport, SaysNothingOfAnswersThatAreChosenByNameThereToo)
{
    const LoadedServer loaded = imported(
        item("GET", "http://h/a", example("good", 200, "good") + "," + example("bad", 500, "bad")));
    const auto exported = exportServer(loaded.server, "postman");
    ASSERT_TRUE(exported);
    EXPECT_EQ(allMessages(exported->report), "");
    const LoadedServer again = loadedOne(exported->text, kName);
    const ServedEnvironment served(again.server);
    EXPECT_EQ(served.ask("GET", "/a", "x-mock-response-name: bad\r\n").body, "bad");
}

TEST(PostmanExport, HasTheShapeOfTheSchema)
{
    const auto exported
        = exportText(parseMock("understudy: 1\nname: A\nendpoints:\n- method: GET\n  path: /a/{b}\n"
                               "  responses:\n  - when: {query.c: {equals: d}}\n    body: x\n"),
                     "postman");
    ASSERT_TRUE(exported);
    const auto json = JsonValue::parse(*exported);
    ASSERT_TRUE(json);
    const JsonObject *info = json->ifObject()->find("info")->ifObject();
    EXPECT_EQ(*info->find("schema"),
              "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
    const JsonObject *first = json->ifObject()->find("item")->ifArray()->at(0).ifObject();
    for (const char *key : {"name", "request", "response"})
        EXPECT_TRUE(first->contains(key)) << key;
    const JsonObject *answer = first->find("response")->ifArray()->at(0).ifObject();
    for (const char *key :
         {"name", "originalRequest", "status", "code", "header", "cookie", "body"})
        EXPECT_TRUE(answer->contains(key)) << key;
    const JsonObject *url = answer->find("originalRequest")->ifObject()->find("url")->ifObject();
    EXPECT_EQ(*url->find("raw"), "{{baseUrl}}/a/:b?c=d");
    EXPECT_EQ(*url->find("path"), JsonValue(JsonArray{"a", ":b"}));
}

TEST(PostmanExport, SaysWhatHasNoWordThere)
{
    const auto [server, report] = throughPostman(R"(understudy: 1
cors: true
fallback: {status: 418}
endpoints:
- method: ANY
  path: /a/{b:[0-9]+}
  behaviour: {latency: 10ms}
  responses:
  - when: {header.X: {contains: y}}
    template: true
    body: "{{path.b}}"
- method: GET
  path: "regex: /x.*"
  responses: [{status: 200}]
- method: GET
  path: /off
  enabled: false
  responses: [{bodyBase64: /w==}]
- method: GET
  path: /bytes
  responses: [{bodyBase64: /w==}]
)");
    for (const char *said :
         {"'cors'", "the fallback", "{b:[0-9]+} is any text", "one method there: GET",
          "ANY /a/{b:[0-9]+}: its behaviour", "its rule has no word", "templates have no word",
          "every answer has a rule", "a regular expression has no word", "it is switched off",
          "a body of bytes"})
        EXPECT_THAT(report, HasSubstr(said));
}

TEST(Postman, TheEnvironmentBesideItGivesItsValues)
{
    const TemporaryFolder folder;
    const auto file = folder.write(
        kName,
        collection(
            R"({"name": "a", "request": {"method": "GET", "url": "{{base}}/{{part}}/{{off}}"}})",
            R"(, "variable": [{"key": "part", "value": "old"}])"));
    const auto pathNow = [&] {
        const LoadOutcome outcome = load(file);
        EXPECT_EQ(outcome.servers.size(), 1U);
        return outcome.servers.empty() ? std::string()
                                       : endpointsOf(outcome.servers[0].server).at(0).path;
    };
    EXPECT_EQ(pathNow(), "/old/{off}");
    folder.write("b.postman_environment.json",
                 "{\"values\": [{\"key\": \"part\", \"value\": \"b\"}]}");
    EXPECT_EQ(pathNow(), "/b/{off}");
    folder.write("a.postman_environment.json",
                 R"({"name": "A", "_postman_variable_scope": "environment", "values": [
                    {"key": "base", "value": "https://shop.example/v1", "enabled": true},
                    {"key": "part", "value": "new"},
                    {"key": "off", "value": "x", "enabled": false}]})");
    EXPECT_EQ(pathNow(), "/v1/new/{off}");
    const LoadOutcome several = load(file);
    EXPECT_THAT(
        several.servers.at(0).problems,
        testing::Contains(testing::Field(
            &Problem::error,
            testing::Field(&Error::message,
                           HasSubstr("'a.postman_environment.json' beside it; there are 2")))));
    folder.write("a.postman_environment.json", "{\"values\": [");
    EXPECT_EQ(pathNow(), "/old/{off}");
}

} // namespace
} // namespace understudy::formats::postman
