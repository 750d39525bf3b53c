// SPDX-License-Identifier: Apache-2.0
#include "core/formats/insomnia/templates.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

namespace understudy::formats::insomnia {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kExport4 = R"({
  "_type": "export", "__export_format": 4, "__export_date": "2024-05-01T10:00:00.000Z",
  "__export_source": "insomnia.desktop.app:v9.1.0",
  "resources": [
    {"_id": "req_2", "_type": "request", "parentId": "fld_1", "name": "Create user",
     "method": "POST", "url": "{{ _.base_url }}/users", "metaSortKey": 2,
     "description": "Makes one.", "headers": [{"name": "Content-Type", "value": "application/json"}],
     "body": {"mimeType": "application/json", "text": "{\"a\": 1}"},
     "authentication": {"type": "bearer", "token": "x"}, "preRequestScript": "x();"},
    {"_id": "req_1", "_type": "request", "parentId": "fld_1", "name": "Get user",
     "method": "GET", "url": "{{ _.base_url }}/users/:id", "metaSortKey": 1, "body": {},
     "pathParameters": [{"name": "id", "value": "7"}], "authentication": {}},
    {"_id": "fld_1", "_type": "request_group", "parentId": "wrk_1", "name": "Users",
     "environment": {"v": "v2"}, "metaSortKey": 5},
    {"_id": "req_3", "_type": "request", "parentId": "wrk_1", "name": "Old",
     "method": "GET", "url": "http://{{ _.hosts[0].name }}/{{ _['v'] }}/{% uuid 'v4' %}/x",
     "metaSortKey": 1},
    {"_id": "wrk_1", "_type": "workspace", "parentId": null, "name": "Shop", "description": "D",
     "scope": "collection"},
    {"_id": "env_1", "_type": "environment", "parentId": "wrk_1", "name": "Base Environment",
     "data": {"v": "v1", "base_url": "{{ _.scheme }}://h/{{ _.v }}", "scheme": "http",
              "hosts": [{"name": "h"}]}},
    {"_id": "env_2", "_type": "environment", "parentId": "env_1", "name": "Production",
     "data": {"scheme": "https"}},
    {"_id": "ws_1", "_type": "websocket_request", "parentId": "wrk_1", "name": "Live",
     "url": "ws://h/live"},
    {"_id": "spc_1", "_type": "api_spec", "parentId": "wrk_1", "name": "Spec",
     "contents": "openapi: 3.0.0"},
    {"_id": "jar_1", "_type": "cookie_jar", "parentId": "wrk_1", "name": "Jar", "cookies": []},
    {"_id": "uts_1", "_type": "unit_test_suite", "parentId": "wrk_1", "name": "Suite"},
    {"_id": "ut_1", "_type": "unit_test", "parentId": "uts_1", "name": "T", "code": "x"},
    {"_id": "wrk_2", "_type": "workspace", "parentId": null, "name": "Mocks", "scope": "mock-server"},
    {"_id": "mock_1", "_type": "mock", "parentId": "wrk_2", "name": "Mock", "url": ""},
    {"_id": "mock_route_1", "_type": "mock_route", "parentId": "mock_1", "name": "/orders",
     "method": "POST", "statusCode": 201, "statusText": "Made", "mimeType": "application/json",
     "headers": [{"name": "X-A", "value": "b"}, {"name": "X-B", "value": "b", "disabled": true}],
     "body": "{\"id\": 1}"},
    {"_id": "a", "_type": "request_group", "parentId": "b", "name": "circle"},
    {"_id": "b", "_type": "request_group", "parentId": "a", "name": "circle"},
    {"_id": "c", "_type": "request", "parentId": "a", "name": "Lost", "url": "http://h/lost"}
  ]
})";

constexpr std::string_view kCollection5 = R"(type: collection.insomnia.rest/5.0
schema_version: "5.1"
name: Weather
meta:
  id: wrk_1
  created: 1717508275743
  description: Forecasts
collection:
  - name: Later
    url: "{{ _.host }}/later"
    method: get
    meta:
      id: req_2
      sortKey: -1
      description: Not now.
  - name: Forecasts
    meta:
      id: fld_1
      sortKey: -5
    environment:
      city: Paris
    children:
      - name: Today
        url: "{{ _.host }}/today/{{ _.city }}/{{ _.day }}"
        method: GET
        parameters:
          - name: a
            value: b
        authentication:
          type: basic
          username: ada
        scripts:
          preRequest: "insomnia.environment.set('x', 1);"
        meta:
          id: req_1
          sortKey: 1
  - name: Live
    url: wss://weather.test/live
    meta:
      id: ws-req_1
      sortKey: 0
cookieJar:
  name: Default Jar
  cookies:
    - {key: a, value: b}
environments:
  name: Base Environment
  data:
    host: https://weather.test
  subEnvironments:
    - name: Staging
      data:
        host: https://staging.test/v1
    - name: Production
      data:
        host: https://prod.test
)";

constexpr std::string_view kMock5 = R"(type: mock.insomnia.rest/5.0
schema_version: "5.1"
name: Mocks
meta:
  id: wrk_2
server:
  url: https://mock.example
  useInsomniaCloud: true
routes:
  - name: /users/1
    method: GET
    statusCode: 200
    statusText: ""
    mimeType: application/json
    headers: []
    body: '{"id": 1}'
    meta:
      id: mock-route_1
      description: One.
  - name: gone
    method: DELETE
    statusCode: 410
    mimeType: text/plain
    body: "gone {{ x }}"
  - name: /odd
    method: GET
    statusCode: 42
    body: ""
)";

TEST(InsomniaTemplates, AreVariables)
{
    EXPECT_EQ(plainTemplate("{{ _.a }}/{{ b }}/{{ _['c-d'].e }}/{{_[\"f\"]}}"),
              "{{a}}/{{b}}/{{c-d.e}}/{{f}}");
    EXPECT_EQ(plainTemplate("x{% uuid 'v4' %}y{% response 'body', 'req_1' %}{%%}"),
              "x{{uuid}}y{{response}}{{tag}}");
    EXPECT_EQ(plainTemplate("{% never ends {{"), "{% never ends {{");
}

TEST(Insomnia, MakesAServerOfEachWorkspace)
{
    const std::vector<LoadedServer> servers = loadedFrom(kExport4, "export.json");
    ASSERT_EQ(servers.size(), 2u);
    for (const LoadedServer &loaded : servers)
        expectWhole(loaded.server);
    EXPECT_EQ(servers[0].format, "insomnia");
    EXPECT_EQ(servers[0].server.name, "Shop");
    EXPECT_EQ(servers[0].server.description, "D");
    EXPECT_EQ(servers[1].server.name, "Mocks");
    EXPECT_EQ(servers[0].server.listen.port + 1, servers[1].server.listen.port);
    // The groups have their own values, which go before those of the environment.
    EXPECT_THAT(labelsOf(servers[0].server),
                ElementsAre("Old (GET /v1/{uuid}/x)", "Users/Get user (GET /v2/users/{id})",
                            "Users/Create user (POST /v2/users)"));
    EXPECT_EQ(ServedEnvironment(servers[0].server).ask("GET", "/v2/users/7").status, 200);
}

TEST(Insomnia, AnswersAsItsMockServersDo)
{
    const std::vector<LoadedServer> servers = loadedFrom(kExport4, "export.json");
    ASSERT_EQ(servers.size(), 2u);
    const auto made = ServedEnvironment(servers[1].server).ask("POST", "/orders");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.body, "{\"id\": 1}");
    EXPECT_THAT(made.head, HasSubstr("201 Made"));
    EXPECT_THAT(made.head, HasSubstr("X-A: b"));
    EXPECT_THAT(made.head, HasSubstr("Content-Type: application/json"));
    EXPECT_THAT(made.head, testing::Not(HasSubstr("X-B")));

    const LoadedServer loaded = loadedOne(kMock5, "mock.yaml");
    expectWhole(loaded.server);
    EXPECT_EQ(loaded.server.name, "Mocks");
    EXPECT_THAT(labelsOf(loaded.server), ElementsAre("GET /users/1", "DELETE /gone", "GET /odd"));
    ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/users/1").body, "{\"id\": 1}");
    EXPECT_EQ(served.ask("DELETE", "/gone").status, 410);
    EXPECT_EQ(served.ask("DELETE", "/gone").body, "gone {{ x }}");
    EXPECT_EQ(served.ask("GET", "/odd").status, 200);
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("mock.yaml:25:5: GET /odd: it has no status that ends a request"));
    EXPECT_THAT(said, HasSubstr("mock.yaml:20:5: 1 mock route has templates in the body"));
}

TEST(Insomnia, SaysWhatHasNoEffectAtItsPlace)
{
    const std::vector<LoadedServer> servers = loadedFrom(kExport4, "export.json");
    ASSERT_EQ(servers.size(), 2u);
    const std::string said = allMessages(servers[0].problems);
    EXPECT_THAT(said, HasSubstr("export.json:5:5: 1 item has 'authentication'"));
    EXPECT_THAT(said, HasSubstr("export.json:5:5: 1 script: not run"));
    EXPECT_THAT(said, HasSubstr("export.json:25:5: Live: it is no request of HTTP; left out"));
    EXPECT_THAT(said, HasSubstr("export.json:27:5: Spec: a document of OpenAPI inside"));
    EXPECT_THAT(said, HasSubstr("export.json:31:5: 1 test: not run"));
    EXPECT_THAT(said, HasSubstr("the values of the sub-environment 'Production' are taken"));
    EXPECT_THAT(said, HasSubstr("export.json:40:5: Lost: no workspace leads to it"));
    EXPECT_THAT(said, HasSubstr("no value in the environments for {{uuid}}"));
    EXPECT_THAT(said, HasSubstr("GET /v2/users/{id}: it has no saved example"));
}

TEST(Insomnia, ReadsCollectionsOfVersion5)
{
    const LoadedServer loaded = loadedOne(kCollection5, "weather.yaml");
    expectWhole(loaded.server);
    EXPECT_EQ(loaded.server.name, "Weather");
    EXPECT_EQ(loaded.server.description, "Forecasts");
    EXPECT_THAT(labelsOf(loaded.server), ElementsAre("Forecasts/Today (GET /v1/today/Paris/{day})",
                                                     "Later (GET /v1/later)"));
    EXPECT_EQ(loaded.server.items.back().endpoint()->description, "Not now.");
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("of 2 sub-environments the values of the first are taken: "
                                "'Staging'"));
    EXPECT_THAT(said, HasSubstr("weather.yaml:37:5: Live: it is no request of HTTP"));
    EXPECT_THAT(said, HasSubstr("cookieJar: cookies of a client"));
    EXPECT_THAT(said, HasSubstr("1 item has 'authentication'"));
    EXPECT_THAT(said, HasSubstr("1 script: not run"));
}

TEST(Insomnia, SaysNothingOfTheNameOfAnEnvironmentWithoutOne)
{
    const auto saidWith = [](const std::string &below) {
        return allMessages(loadedOne("type: collection.insomnia.rest/5.0\ncollection:\n"
                                     "- {name: A, url: 'http://h/a'}\n"
                                     "environments:\n  subEnvironments: "
                                         + below + "\n",
                                     "x.yaml")
                               .problems);
    };
    EXPECT_THAT(saidWith("[{}]"), HasSubstr("the values of the sub-environment are taken\n"));
    EXPECT_THAT(saidWith("[{}, {}]"),
                HasSubstr("of 2 sub-environments the values of the first are taken\n"));
}

TEST(Insomnia, ReadsPartsWithoutAWorkspaceAndYaml)
{
    const LoadedServer loaded = loadedOne("_type: export\n__export_format: 4\nresources:\n"
                                          "- {_id: r, _type: request, parentId: gone, name: A, "
                                          "url: 'http://h/a'}\n",
                                          "part.yaml");
    expectWhole(loaded.server);
    EXPECT_EQ(loaded.server.name, "part");
    EXPECT_THAT(labelsOf(loaded.server), ElementsAre("A (GET /a)"));
}

TEST(Insomnia, SaysWhatItIsNot)
{
    const auto errorOf
        = [](const std::string &text) { return allMessages(loadText(text, "x.yaml").errors); };
    EXPECT_THAT(errorOf("_type: export\n__export_format: 2\nresources: []\n"),
                HasSubstr("x.yaml:1:1: an export of Insomnia of version 1 or 2"));
    EXPECT_THAT(errorOf("_type: export\n__export_format: 4\n"),
                HasSubstr("x.yaml:1:1: this is no export of Insomnia"));
    EXPECT_THAT(errorOf("_type: export\n__export_format: 4\nresources: []\n"),
                HasSubstr("x.yaml:1:1: there is no request and no mock route"));
    EXPECT_THAT(errorOf("type: environment.insomnia.rest/5.0\nname: E\n"),
                HasSubstr("x.yaml:1:1: an environment of Insomnia"));
    EXPECT_THAT(errorOf("type: collection.insomnia.rest/5.0\nname: [\n"), HasSubstr("x.yaml:"));
}

TEST(Insomnia, ThatIsDamagedAnywhereIsSafe)
{
    for (const std::string_view text : {kExport4, kCollection5, kMock5})
        expectSafeWhenDamaged(std::string(text), "x.json", "insomnia", 150);
}

TEST(Insomnia, OfStrangeTypesIsSafe)
{
    expectSafeWhenRetyped(kExport4, "x.json", "insomnia");
    for (const std::string_view text : {kCollection5, kMock5})
        expectSafeWhenRetyped(text, "x.json", "insomnia", "\n");
}

TEST(Insomnia, ThatIsDeepOrGoesInCirclesEnds)
{
    std::string text = R"({"_type": "export", "__export_format": 4, "resources": [
{"_id": "r", "_type": "request", "parentId": "99999", "name": "R", "url": "http://h/{{ _.a }}"},
{"_id": "s", "_type": "request", "parentId": "50", "name": "S", "url": "http://h/s"},
{"_id": "e", "_type": "environment", "parentId": "w", "data": {"a": "{{ _.a }}{{ _.a }}"}},
{"_id": "w", "_type": "workspace", "parentId": "w", "name": "W"})";
    for (int i = 0; i < 100'000; ++i)
        text += ",\n{\"_id\": \"" + std::to_string(i)
                + R"(", "_type": "request_group", "name": "f",)" + "\"parentId\": \""
                + (i == 0 ? "w" : std::to_string(i - 1)) + "\"}";
    const LoadedServer loaded = loadedOne(text + "]}", "deep.json");
    expectWhole(loaded.server);
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("f: it lies too deep; left out"));
    EXPECT_THAT(said, HasSubstr("R: no workspace leads to it"));
}

} // namespace
} // namespace understudy::formats::insomnia
