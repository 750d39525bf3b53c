// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/openapi_support.h"
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace understudy::formats::openapi {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;

Exported exported(const Server &server, const std::filesystem::path &folder = {})
{
    auto out = exportServer(server, "openapi", folder);
    if (!out) {
        ADD_FAILURE() << out.error().text();
        return {};
    }
    return *std::move(out);
}

/// What stands at a path of names of the document that is written of a mock file; compact.
std::string partOf(const std::string &mock, const std::vector<std::string> &names)
{
    auto json = JsonValue::parse(exported(parseMock(mock)).text);
    const JsonValue *at = json ? &*json : nullptr;
    for (const std::string &name : names) {
        const JsonArray *list = at ? at->ifArray() : nullptr;
        if (list)
            at = &list->at(std::stoul(name));
        else
            at = at && at->ifObject() ? at->ifObject()->find(name) : nullptr;
    }
    return at ? writeJson(*at) : "nothing";
}

std::string messagesOf(const std::string &mock)
{
    return allMessages(exported(parseMock(mock)).report);
}

std::string mockOf(const std::string &endpoints, const std::string &server = {})
{
    return "understudy: 1\nname: Shop\n" + server + "endpoints:\n" + endpoints;
}

TEST(OpenApiExport, KeepsWhatTheSamplesAnswer)
{
    const std::filesystem::path folder
        = std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "resources/samples";
    const LoadOutcome samples = load(folder);
    ASSERT_TRUE(samples.ok());
    ASSERT_GE(samples.servers.size(), 4U);
    for (const LoadedServer &sample : samples.servers) {
        const LoadedServer again
            = importedDocument(exported(sample.server, sample.folder()).text, "again.json");
        EXPECT_EQ(again.server.name, sample.server.name);
        EXPECT_THAT(answersOf(again.server), IsSupersetOf(answersOf(sample.server))) << sample.file;
    }
}

TEST(OpenApiExport, IsTheSameAgainAfterAnImport)
{
    const std::string mock = mockOf(R"(
- folder: Users
  endpoints:
  - id: get-user
    method: GET
    path: /users/{id}
    responses:
    - name: Found
      headers: {X-Page: "2"}
      bodyJson: {id: a1, price: 12.90, tags: [x], more: null}
    - name: Other
      when: {path.id: {equals: b2}}
      bodyJson: {id: b2, price: 1, tags: []}
    - {name: Gone, status: 410, headers: {Content-Type: text/html}, body: <p>gone</p>}
)",
                                    "base: /api/v1\nlisten: {port: 4000}\n");
    const std::string first = exported(parseMock(mock)).text;
    const Server again = importedDocument(first, "api.json").server;
    EXPECT_EQ(again.base, "/api/v1");
    EXPECT_EQ(again.items.at(0).folder()->name, "Users");
    const std::string second = exported(again).text;
    const Server third = importedDocument(second, "api.json").server;
    EXPECT_EQ(answersOf(again), answersOf(third));
    EXPECT_EQ(answersOf(again), answersOf(parseMock(mock)));
    EXPECT_EQ(first, exported(parseMock(mock)).text);
}

TEST(OpenApiExport, AnswersTheSameWhenItIsServed)
{
    const std::string mock = mockOf(R"(
- method: GET
  path: /users/{id:[0-9]+}
  responses: [{bodyJson: {id: 7, price: 12.90}}]
- method: GET
  path: /a b/{file}.json
  responses: [{body: grün}]
- method: DELETE
  path: /users/{user}
  responses: [{status: 204}]
- method: POST
  path: /users
  responses:
  - {headers: {Content-Type: application/xml}, body: "<a/>", status: 201}
  - {when: {header.X: {equals: y}}, status: 422, body: no}
)",
                                    "base: /api\n");
    const ServedEnvironment before(parseMock(mock));
    const ServedEnvironment after(
        importedDocument(exported(parseMock(mock)).text, "api.json").server);
    const auto same = [&](std::string_view method, const std::string &target) {
        const Answer a = before.ask(method, "/api" + target);
        const Answer b = after.ask(method, "/api" + target);
        EXPECT_EQ(a.status, b.status) << target;
        EXPECT_EQ(a.head, b.head) << target;
        EXPECT_EQ(a.body, b.body) << target;
    };
    same("GET", "/users/7");
    same("GET", "/a%20b/x.json");
    same("DELETE", "/users/7");
    same("POST", "/users");
    EXPECT_EQ(after.ask("POST", "/api/users", "Prefer: code=422\r\n").body, "no");
}

TEST(OpenApiExport, WritesTheServerAndItsFolders)
{
    const std::string mock = mockOf(R"(
- folder: A
  endpoints:
  - folder: B
    endpoints:
    - {method: GET, path: /x, responses: [{status: 200}]}
- folder: B
  endpoints:
  - {method: GET, path: /y, responses: [{status: 200}]}
)",
                                    "description: Tea\nbase: /v1\nlisten: {address: '::', port: "
                                    "4000, tls: self-signed}\n");
    EXPECT_EQ(partOf(mock, {"openapi"}), R"("3.1.0")");
    EXPECT_EQ(partOf(mock, {"info"}), R"({"title":"Shop","description":"Tea","version":"1.0.0"})");
    EXPECT_EQ(partOf(mock, {"servers"}), R"([{"url":"https://[::1]:4000/v1"}])");
    EXPECT_EQ(partOf(mock, {"tags"}), R"([{"name":"B"},{"name":"B 2"}])");
    EXPECT_EQ(partOf(mock, {"paths", "/y", "get", "tags"}), R"(["B 2"])");
}

TEST(OpenApiExport, WritesPathsAsTemplates)
{
    const auto path = [](const std::string &written) {
        const std::string mock
            = mockOf("- {method: GET, path: '" + written + "', responses: [{status: 200}]}\n");
        const auto json = JsonValue::parse(exported(parseMock(mock)).text);
        const JsonObject &paths = *json->ifObject()->find("paths")->ifObject();
        if (paths.empty())
            return std::string("nothing");
        const JsonObject &get = *paths.begin()->value.ifObject()->find("get")->ifObject();
        const JsonValue *parameters = get.find("parameters");
        return paths.begin()->name + ' ' + (parameters ? writeJson(*parameters) : "");
    };
    EXPECT_EQ(path("/"), "/ ");
    EXPECT_EQ(path("/a/"), "/a/ ");
    EXPECT_EQ(path("/a b/%7Bx%7D"), "/a%20b/%7Bx%7D ");
    EXPECT_EQ(path("/{id}.json"), "/{id}.json [{\"name\":\"id\",\"in\":\"path\",\"required\":true,"
                                  "\"schema\":{\"type\":\"string\"}}]");
    EXPECT_THAT(path("/{id:[0-9]+|x}"), HasSubstr(R"("pattern":"^(?:[0-9]+|x)$")"));
    EXPECT_THAT(path("/{id:(?i)a}"), Not(HasSubstr("pattern")));
    EXPECT_THAT(path("/*/{any}"), HasSubstr("/{any}/{any2} "));
    EXPECT_THAT(path("/{rest*}"), HasSubstr("slashes included"));
    EXPECT_EQ(path("regex: /x.*"), "nothing");
}

TEST(OpenApiExport, JoinsEndpointsThatADocumentCannotTellApart)
{
    const std::string mock = mockOf(R"(
- {id: empty, method: GET, path: "/cart/{id:[0-9]+}", responses: [{name: Empty, body: none}]}
- {id: full, method: GET, path: "/cart/{key}", responses: [{name: Full, body: some}]}
- {id: drop, method: DELETE, path: "/cart/{key}", responses: [{status: 204}]}
)");
    EXPECT_EQ(partOf(mock, {"paths", "/cart/{id}", "get", "operationId"}), R"("empty")");
    EXPECT_EQ(partOf(mock, {"paths", "/cart/{id}", "get", "responses", "200", "content",
                            "text/plain", "examples"}),
              R"({"Empty":{"value":"none"},"Full":{"value":"some"}})");
    EXPECT_EQ(partOf(mock, {"paths", "/cart/{id}", "delete", "parameters", "0", "name"}),
              R"("id")");
    EXPECT_THAT(messagesOf(mock), HasSubstr("both are one operation there"));
}

TEST(OpenApiExport, GivesOperationsTheirIds)
{
    const std::string mock = mockOf(R"(
- {id: a, name: List all, method: [GET, HEAD], path: /a, responses: [{status: 200}]}
- {id: b, name: listPets, description: "Deprecated.\n\nOld", method: GET, path: /b, responses: [{status: 200}]}
- {id: c, method: ANY, path: /c, responses: [{status: 200}]}
)");
    EXPECT_EQ(partOf(mock, {"paths", "/a", "head", "operationId"}), R"("a-head")");
    EXPECT_EQ(partOf(mock, {"paths", "/a", "head", "summary"}), R"("List all")");
    EXPECT_EQ(partOf(mock, {"paths", "/b", "get", "operationId"}), R"("listPets")");
    EXPECT_EQ(partOf(mock, {"paths", "/b", "get", "description"}), R"("Old")");
    EXPECT_EQ(partOf(mock, {"paths", "/b", "get", "deprecated"}), "true");
    EXPECT_EQ(partOf(mock, {"paths", "/c", "post", "operationId"}), R"("c-post")");
    EXPECT_THAT(messagesOf(mock), HasSubstr("ANY /c: an operation has one method"));
}

TEST(OpenApiExport, WritesWhatRulesAskFor)
{
    const std::string mock = mockOf(R"(
- method: POST
  path: /x/{id}
  responses:
  - status: 201
    when:
    - path.id: {equals: 7}
    - query.page: {oneOf: [1, 2]}
    - header.X-Key: {matches: "^a"}
    - header.Accept: {contains: json}
    - cookie.s: {equals: t}
    - body:$.card.number: {equals: "4000"}
    - body: {json: {a: 1}}
    - count: {less: 3}
  - {body: ok}
)");
    EXPECT_EQ(partOf(mock, {"paths", "/x/{id}", "post", "parameters"}),
              R"([{"name":"id","in":"path","required":true,"schema":{"type":"string"},)"
              R"("example":"7"},)"
              R"({"name":"page","in":"query","required":false,"schema":{"type":"string"},)"
              R"("examples":{"1":{"value":"1"},"2":{"value":"2"}}},)"
              R"({"name":"X-Key","in":"header","required":false,"schema":{"type":"string"}},)"
              R"({"name":"s","in":"cookie","required":false,"schema":{"type":"string"},)"
              R"("example":"t"}])");
    EXPECT_EQ(partOf(mock, {"paths", "/x/{id}", "post", "requestBody"}),
              R"({"content":{"application/json":{"schema":{"anyOf":[{"type":"object",)"
              R"("properties":{"card":{"type":"object","properties":{"number":)"
              R"({"examples":["4000"]}}}}},{"type":"object","properties":{"a":)"
              R"({"type":"integer"}},"required":["a"]}]},"example":{"a":1}}}})");
    EXPECT_THAT(messagesOf(mock), HasSubstr("rules on 'count' have no word in OpenAPI"));
}

TEST(OpenApiExport, TakesSchemasOfRulesButForThoseWithReferences)
{
    const auto body = [](const std::string &schema) {
        return partOf(mockOf("- method: POST\n  path: /x\n  responses:\n  - when: {body: "
                             "{jsonSchema: "
                             + schema + "}}\n    status: 201\n"),
                      {"paths", "/x", "post", "requestBody", "content", "application/json"});
    };
    EXPECT_EQ(body("{type: object, required: [a]}"),
              R"({"schema":{"type":"object","required":["a"]}})");
    EXPECT_EQ(body("{$ref: '#/definitions/a', definitions: {a: {}}}"), "nothing");
}

TEST(OpenApiExport, InfersSchemas)
{
    const auto schema = [](const std::string &value) {
        return partOf(
            mockOf("- {method: GET, path: /x, responses: [{bodyJson: " + value + "}]}\n"),
            {"paths", "/x", "get", "responses", "200", "content", "application/json", "schema"});
    };
    EXPECT_EQ(schema("1"), R"({"type":"integer"})");
    EXPECT_EQ(schema("[1, 2.5]"), R"({"type":"array","items":{"type":"number"}})");
    EXPECT_EQ(schema("[null, a]"), R"({"type":"array","items":{"type":["string","null"]}})");
    EXPECT_EQ(schema("{a: null, b: []}"),
              R"({"type":"object","properties":{"a":{},"b":{"type":"array"}},)"
              R"("required":["a","b"]})");
    EXPECT_EQ(schema("[{a: 1, b: true}, {b: false, c: x}]"),
              R"({"type":"array","items":{"type":"object","properties":{"a":{"type":"integer"},)"
              R"("b":{"type":"boolean"},"c":{"type":"string"}},"required":["b"]}})");
    std::string many = "{";
    for (int i = 0; i < 300; ++i)
        many += "k" + std::to_string(i) + ": 1, ";
    EXPECT_EQ(schema(many + "}"), R"({"type":"object","additionalProperties":{"type":"integer"}})");
}

TEST(OpenApiExport, WritesTemplatesAsExamplesWhereTheyAreJson)
{
    const auto example = [](const std::string &body) {
        return partOf(mockOf("- method: GET\n  path: /x/{id}\n  responses:\n  - template: true\n"
                             "    headers: {Content-Type: application/json}\n    body: '"
                             + body + "'\n"),
                      {"paths", "/x/{id}", "get", "responses", "200", "content", "application/json",
                       "example"});
    };
    EXPECT_EQ(example(R"({"a": "{{now "yyyy"}}", "b": {{path.id}}, "c": {{json path.id}}})"),
              R"({"a":"{{now \"yyyy\"}}","b":1,"c":"id"})");
    EXPECT_EQ(example(R"([{{#repeat 3}}{"n": {{#if a}}{{a}}{{else}}2{{/if}}}{{/repeat}}])"),
              R"([{"n":1}])");
    EXPECT_EQ(example("{{x}} {{y"), "nothing");
}

TEST(OpenApiExport, WritesTheOperationsOfABucket)
{
    const std::string mock
        = mockOf("- {id: pots, path: /pots, crud: pots}\n",
                 "buckets: {pots: {items: [{id: 1, name: A}, {id: 2, name: B, old: true}]}}\n");
    EXPECT_EQ(partOf(mock, {"paths", "/pots", "get", "responses", "200", "content",
                            "application/json", "example"}),
              R"([{"id":1,"name":"A"},{"id":2,"name":"B","old":true}])");
    EXPECT_EQ(partOf(mock, {"paths", "/pots", "post", "operationId"}), R"("pots-create")");
    EXPECT_THAT(partOf(mock, {"paths", "/pots"}), Not(HasSubstr(R"("required":[)")));
    EXPECT_EQ(partOf(mock, {"paths", "/pots", "post", "responses", "201", "description"}),
              R"("Created")");
    EXPECT_THAT(partOf(mock, {"paths", "/pots/{id}", "get", "responses"}),
                testing::AllOf(HasSubstr(R"("404")"), HasSubstr(R"("example":{"id":1)")));
    const ServedEnvironment before(parseMock(mock));
    const ServedEnvironment after(
        importedDocument(exported(parseMock(mock)).text, "api.json").server);
    const auto same = [&](std::string_view method, const std::string &path) {
        const Answer a = before.ask(method, path);
        const Answer b = after.ask(method, path);
        EXPECT_EQ(a.status, b.status) << method << path;
        EXPECT_EQ(a.body, b.body) << method << path;
    };
    same("GET", "/pots");
    same("GET", "/pots/1");
    same("DELETE", "/pots/1");
    same("DELETE", "/pots");
}

TEST(OpenApiExport, SaysWhatHasNoWordThereOnceForEachEndpoint)
{
    const std::string messages = messagesOf(mockOf(R"(
- method: GET
  path: /a
  behaviour: {latency: 10ms}
  responses:
  - {delay: 1s, status: 201, body: x, headers: {Set-Cookie: [a=1, b=2]}}
  - {delay: 1s, status: 202, body: y, times: 2, callbacks: [{url: http://127.0.0.1/}]}
  - {status: 700}
- {method: GET, path: "regex: /x.*", responses: [{status: 200}]}
- {method: GET, path: /off, enabled: false, responses: [{status: 200}]}
- {method: PROPFIND, path: /dav, responses: [{status: 200}]}
- {method: GET, path: /bytes, responses: [{bodyBase64: /w==}]}
)",
                                                   "cors: true\nfallback: {status: 418}\n"));
    for (const std::string part :
         {"'cors' has no word", "the fallback has no word",
          "GET /a: latency, throttling and faults", "GET /a: a header that is sent more than once",
          "GET /a: 'times' has no word", "GET /a: callbacks are not written", "a status above 599",
          "is a regular expression", "GET /off: it is switched off, and left out",
          "the method PROPFIND has no word", "GET /bytes: a body of bytes"})
        EXPECT_THAT(messages, HasSubstr(part));
    const std::string latency = "GET /a: latency";
    EXPECT_EQ(messages.find(latency), messages.rfind(latency));
}

} // namespace
} // namespace understudy::formats::openapi
