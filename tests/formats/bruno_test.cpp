// SPDX-License-Identifier: Apache-2.0
#include "core/formats/bruno/bru_text.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

namespace understudy::formats::bruno {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

/// As Bruno 2.13 writes it.
constexpr std::string_view kGetUser = R"(meta {
  name: Get user
  type: http
  seq: 2
  tags: [
    smoke
  ]
}

get {
  url: {{baseUrl}}/users/:id?expand=1
  body: none
  auth: bearer
}

params:query {
  expand: 1
  ~off: 2
}

params:path {
  id: 7
}

headers {
  "key with: colon": x
}

vars:pre-request {
  baseUrl: https://shop.example/api
}

assert {
  res.status: eq 200
}

script:post-response {
  if (true) {
    console.log(1);
  }
}

docs {
  One user.
}

example {
  name: Found
  description: '''
    It is
    there
  '''

  request: {
    url: {{baseUrl}}/users/:id?expand=1
    method: get
    mode: none
    params:query: {
      expand: 1
    }

    params:path: {
      id: 7
    }
  }

  response: {
    headers: {
      content-type: application/json; charset=utf-8
      ~x-off: 1
    }

    status: {
      code: 200
      text: OK
    }

    body: {
      type: json
      content: '''
        {
          "id": 7
        }
      '''
    }
  }
}

example {
  name: Missing

  request: {
    url: {{baseUrl}}/users/:id
    method: get
    mode: none
    params:path: {
      id: 8
    }
  }

  response: {
    status: {
      code: 404
      text: Nobody
    }

    body: {
      type: text
      content: '''
        no such user
      '''
    }
  }
}
)";

TEST(Bru, HasBlocksOfPairsTextsAndLists)
{
    const auto level = readBru("meta {\r\n  name: a: b\r\n}\n\nvars:secret [\n  x,\n  y\n]\n"
                               "body:json {\n\n  {\n    \"a\": 1\n  }\n}\n"
                               "params:query {\n  ~\"k \\\"q\\\": 1\": v\n  @description('d')\n"
                               "  long: '''\n    a\n      b\n  ''' @contentType(x/y)\n"
                               "  list: [\n    p\n    q\n  ]\n  empty:\n}\n",
                               "x.bru");
    ASSERT_TRUE(level);
    ASSERT_EQ(level->blocks.size(), 4u);
    EXPECT_EQ(blockText(*level->find("body:json")), "{\n  \"a\": 1\n}");
    EXPECT_EQ((*readPairs(level->blocks[0], "x.bru"))[0].value, "a: b");
    const auto pairs = readPairs(*level->find("params:query"), "x.bru");
    ASSERT_TRUE(pairs);
    ASSERT_EQ(pairs->size(), 4u);
    EXPECT_EQ((*pairs)[0].name, "k \"q\": 1");
    EXPECT_FALSE((*pairs)[0].isEnabled);
    EXPECT_EQ((*pairs)[1].value, "a\n  b");
    EXPECT_EQ((*pairs)[2].value, "p, q");
    EXPECT_EQ((*pairs)[3].value, "");
}

TEST(Bru, SaysWhereItIsBroken)
{
    const auto errorOf
        = [](const std::string &text) { return allMessages(loadText(text, "x.bru").errors); };
    EXPECT_THAT(errorOf("meta {\n  name: a\n}\nget {\n  url: x\n"),
                HasSubstr("x.bru:4:1: the block 'get' that begins here has no end"));
    EXPECT_THAT(errorOf("hello\n"), HasSubstr("x.bru:1:1: a block is expected here"));
    EXPECT_THAT(errorOf("get {\n  url\n}\n"), HasSubstr("x.bru:2:3: 'name: value' is expected"));
    EXPECT_THAT(errorOf("get {\n  url: /\n}\nexample {\n  response: {\n    status: {\n"
                        "      code 200\n    }\n  }\n}\n"),
                HasSubstr("x.bru:7:7: 'name: value' is expected"));
    EXPECT_THAT(errorOf("vars {\n  a: b\n}\n"), HasSubstr("x.bru:1:1: there is no request"));
    EXPECT_THAT(errorOf(""), HasSubstr("x.bru:1:1: there is no request"));
}

TEST(Bruno, AnswersWithTheExamplesOfAFile)
{
    const LoadedServer loaded = loadedOne(kGetUser, "get-user.bru");
    expectWhole(loaded.server);
    EXPECT_EQ(loaded.format, "bruno");
    EXPECT_EQ(loaded.server.name, "get-user");
    EXPECT_THAT(labelsOf(loaded.server), ElementsAre("Get user (GET /api/users/{id})"));
    EXPECT_EQ(loaded.server.items[0].endpoint()->description, "One user.");
    ServedEnvironment served(loaded.server);
    const auto found = served.ask("GET", "/api/users/7?expand=1");
    EXPECT_EQ(found.status, 200);
    EXPECT_EQ(found.body, "{\n  \"id\": 7\n}");
    EXPECT_THAT(found.head, HasSubstr("content-type: application/json; charset=utf-8"));
    const auto missing = served.ask("GET", "/api/users/8");
    EXPECT_EQ(missing.body, "no such user");
    EXPECT_THAT(missing.head, HasSubstr("404 Nobody"));
    EXPECT_THAT(missing.head, HasSubstr("text/plain"));
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("get-user.bru:10:1: 1 item has 'auth'"));
    EXPECT_THAT(said, HasSubstr("1 script: not run"));
    EXPECT_THAT(said, HasSubstr("1 block of tests: not run"));
}

TEST(Bruno, ComparesBodiesOfEveryKind)
{
    const auto example
        = [](const std::string &mode, const std::string &body, const std::string &answer) {
              return "example {\n  name: " + answer
                     + "\n  request: {\n    url: http://h/a\n    method: POST\n    mode: " + mode
                     + "\n" + body
                     + "  }\n  response: {\n    status: {\n      code: 200\n    }\n    body: {\n"
                       "      type: text\n      content: '''\n        "
                     + answer + "\n      '''\n    }\n  }\n}\n";
          };
    const LoadedServer loaded = loadedOne(
        "post {\n  url: http://h/a\n}\n"
            + example("json", "    body:json: {\n      {\n        \"a\": 1\n      }\n    }\n",
                      "one")
            + example("formUrlEncoded",
                      "    body:form-urlencoded: {\n      a: 2\n      ~b: 3\n    }\n", "two")
            + example("graphql",
                      "    body:graphql: {\n      { a }\n    }\n    body:graphql:vars: {\n"
                      "      {\"v\": 1}\n    }\n",
                      "three")
            + example("xml", "    body:xml: {\n      <a/>\n    }\n", "four"),
        "a.bru");
    expectWhole(loaded.server);
    ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("POST", "/a", {}, R"({"a":1})").body, "one");
    EXPECT_EQ(
        served.ask("POST", "/a", "Content-Type: application/x-www-form-urlencoded\r\n", "a=2").body,
        "two");
    EXPECT_EQ(served.ask("POST", "/a", {}, R"({"query":"{ a }","variables":{"v":1}})").body,
              "three");
    EXPECT_EQ(served.ask("POST", "/a", {}, "<a/>").body, "four");
}

TEST(Bruno, LeavesOutWhatIsNotHttp)
{
    const std::string grpc = "meta {\n  name: G\n  type: grpc\n}\ngrpc {\n  url: h:1\n}\n";
    EXPECT_THAT(allMessages(loadText(grpc, "x.bru").errors), HasSubstr("there is no request"));
    const LoadedServer custom
        = loadedOne("http {\n  method: purge\n  url: http://h/{{a}}/b\n}\n", "x.bru");
    EXPECT_THAT(labelsOf(custom.server), ElementsAre("PURGE /{a}/b"));
    EXPECT_THAT(allMessages(custom.problems), HasSubstr("no value in the collection for {{a}}"));
}

constexpr std::string_view kExport = R"({
  "name": "Shop", "version": "1",
  "items": [
    {"type": "folder", "name": "Users", "root": {"request": {"vars": {"req": [
       {"name": "v", "value": "v2", "enabled": true}]}}},
     "items": [
      {"type": "http", "name": "Get", "seq": 1, "request": {
        "url": "{{base}}/{{v}}/users/:id", "method": "get",
        "headers": [], "params": [{"name": "id", "value": "7", "type": "path", "enabled": true},
                                  {"name": "q", "value": "1", "type": "query", "enabled": false}],
        "body": {"mode": "none"}, "auth": {"mode": "basic"}, "script": {"req": "x"},
        "tests": "t", "docs": "One"},
       "examples": [
        {"name": "ok", "request": {"url": "{{base}}/{{v}}/users/:id", "method": "GET",
          "params": [{"name": "id", "value": "7", "type": "path", "enabled": true}]},
         "response": {"status": 200, "statusText": "OK",
          "headers": [{"name": "X-A", "value": "b", "enabled": true},
                      {"name": "X-B", "value": "b", "enabled": false}],
          "body": {"type": "json", "content": "{\"id\":7}"}}}]}]},
    {"type": "graphql", "name": "Graph", "request": {"url": "{{base}}/graphql", "method": "POST",
      "body": {"mode": "graphql", "graphql": {"query": "{ a }", "variables": "{}"}}}},
    {"type": "ws", "name": "Socket", "request": {"url": "ws://h"}},
    {"type": "js", "name": "helper.js"}
  ],
  "activeEnvironmentUid": "e2",
  "environments": [
    {"uid": "e1", "name": "a", "variables": [{"name": "base", "value": "https://h/a"}]},
    {"uid": "e2", "name": "b", "variables": [{"name": "base", "value": "https://h/b"}]}],
  "brunoConfig": {"version": "1", "name": "Shop", "type": "collection"}
})";

TEST(Bruno, ReadsAnExportedCollection)
{
    const LoadedServer loaded = loadedOne(kExport, "shop.json");
    expectWhole(loaded.server);
    EXPECT_EQ(loaded.format, "bruno");
    EXPECT_EQ(loaded.server.name, "Shop");
    EXPECT_THAT(labelsOf(loaded.server),
                ElementsAre("Users/Get (GET /b/v2/users/{id})", "Graph (POST /b/graphql)"));
    const auto answer = ServedEnvironment(loaded.server).ask("GET", "/b/v2/users/9");
    EXPECT_EQ(answer.body, "{\"id\":7}");
    EXPECT_THAT(answer.head, HasSubstr("X-A: b"));
    EXPECT_THAT(answer.head, testing::Not(HasSubstr("X-B")));
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("values of one are taken: 'b'"));
    EXPECT_THAT(said, HasSubstr("shop.json:22:5: Socket: it is no request of HTTP, but of ws"));
    EXPECT_THAT(said, HasSubstr("shop.json:23:5: helper.js: neither a request nor a folder"));
    EXPECT_THAT(said, HasSubstr("1 item has 'auth'"));
}

TEST(Bruno, SaysWhatIsTakenFromAnswersAndFiles)
{
    const std::string said = allMessages(
        loadedOne("meta {\n  name: a\n}\npost {\n  url: http://h/a\n  body: multipartForm\n}\n"
                  "body:multipart-form {\n  a: 1\n  f: @file(a.png) @contentType(image/png)\n}\n"
                  "vars:post-response {\n  token: res.body.token\n}\n",
                  "x.bru")
            .problems);
    EXPECT_THAT(said, HasSubstr("x.bru:4:1: 1 item sets variables from an answer"));
    EXPECT_THAT(said, HasSubstr("x.bru:4:1: 1 request sends a file: it is not compared"));
    EXPECT_THAT(allMessages(loadedOne("put {\n  url: http://h/a\n  body: file\n}\nbody:file {\n"
                                      "  file: @file(a.bin)\n}\n",
                                      "x.bru")
                                .problems),
                HasSubstr("1 request sends a file"));
    const std::string exported
        = allMessages(loadedOne(R"({"name": "S", "version": "1", "brunoConfig": {},
 "root": {"request": {"headers": [{"name": "A", "value": "b"}], "tests": "t",
                      "vars": {"res": [{"name": "x", "value": "res.body"}]}}},
 "items": [
  {"type": "http", "name": "a", "request": {"url": "http://h/a", "method": "POST",
   "vars": {"res": [{"name": "t", "value": "res.body"}]},
   "body": {"mode": "multipartForm", "multipartForm": [{"name": "f", "type": "file", "value": ["a"]},
                                                       {"name": "g", "value": "1"}]}}},
  {"type": "http", "name": "b", "request": {"url": "http://h/b", "method": "PUT",
   "body": {"mode": "file", "file": [{"filePath": "a"}]}}}]})",
                                "x.json")
                          .problems);
    EXPECT_THAT(exported, HasSubstr("2 items set variables from an answer"));
    EXPECT_THAT(exported, HasSubstr("2 requests send a file"));
    EXPECT_THAT(exported, HasSubstr("headers of every request are not asked for"));
    EXPECT_THAT(exported, HasSubstr("1 script: not run"));
}

TEST(Bruno, SaysNothingOfTheNameOfAnEnvironmentWithoutOne)
{
    const std::string said = allMessages(
        loadedOne(R"({"name": "S", "version": "1", "brunoConfig": {}, "environments": [{}, {}],
 "items": [{"type": "http", "name": "a", "request": {"url": "http://h/a"}}]})",
                  "x.json")
            .problems);
    EXPECT_THAT(said, HasSubstr("of 2 environments the values of one are taken\n"));
}

TEST(Bruno, SaysThatOpenCollectionIsNotReadYet)
{
    for (const char *text : {"opencollection: 1.0.0\ninfo: {name: S}\n",
                             "info:\n  name: A\n  type: http\nhttp:\n  url: http://h/a\n"})
        EXPECT_EQ(allMessages(loadText(text, "a.yml").errors),
                  "a.yml: OpenCollection files of Bruno cannot be imported yet\n");
}

TEST(Bruno, ThatIsDamagedAnywhereIsSafe)
{
    expectSafeWhenDamaged(std::string(kGetUser), "get.bru", "bruno");
    expectSafeWhenDamaged(std::string(kExport), "shop.json", "bruno");
}

TEST(Bruno, OfStrangeTypesIsSafe) { expectSafeWhenRetyped(kExport, "x.json", "bruno"); }

TEST(Bruno, FoldersThatLieTooDeepAreOneWithTheLast)
{
    std::string text = R"({"name": "D", "version": "1", "items": [)";
    std::string close = "]}";
    for (int i = 0; i < 60; ++i) {
        text += R"({"type": "folder", "name": "f", "items": [)";
        close.insert(0, "]}");
    }
    text += R"({"type": "http", "name": "r", "request": {"url": "http://h/a"}})";
    const LoadedServer loaded = loadedOne(text + close, "deep.json");
    expectWhole(loaded.server);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("f: the folder lies too deep"));
}

} // namespace
} // namespace understudy::formats::bruno
