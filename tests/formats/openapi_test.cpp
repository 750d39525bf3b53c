// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/openapi_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace understudy::formats::openapi {
namespace {

using namespace test;
using testing::HasSubstr;

constexpr std::string_view kShop = R"(openapi: 3.1.0
info:
  title: Shop
  description: |
    Sells things.
servers:
- url: https://shop.example.com/{version}/
  variables:
    version: {default: v2}
tags:
- name: orders
- name: items
paths:
  /items:
    parameters:
    - {name: page, in: query}
    get:
      tags: [items]
      operationId: listItems
      summary: Lists items.
      description: All of them.
      responses:
        '200':
          description: The items
          content:
            application/json:
              schema:
                type: array
                items: {$ref: '#/components/schemas/Item'}
  /items/{id}:
    get:
      tags: [items]
      deprecated: true
      responses:
        '200': {$ref: '#/components/responses/Item'}
        '404': {description: Not there}
    delete:
      responses:
        '204': {description: Gone}
  /orders:
    post:
      tags: [orders]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      callbacks:
        done: {}
      responses:
        '202': {description: Taken}
webhooks: {}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
  responses:
    Item:
      description: One
      content:
        application/json:
          schema: {$ref: '#/components/schemas/Item'}
  schemas:
    Item:
      type: object
      required: [id]
      properties:
        id: {type: integer, format: int64, example: 7}
        name: {type: string, example: Chair}
)";

TEST(OpenApi, MakesAnEndpointOfEachOperation)
{
    const LoadedServer loaded = importedDocument(kShop);
    EXPECT_EQ(loaded.server.name, "Shop");
    EXPECT_EQ(loaded.server.description, "Sells things.");
    EXPECT_EQ(loaded.server.base, "/v2");
    const std::vector<Endpoint> endpoints = endpointsOf(loaded.server);
    ASSERT_EQ(endpoints.size(), 4u);
    EXPECT_EQ(endpoints[1].name, "listItems");
    EXPECT_EQ(endpoints[1].description, "Lists items.\n\nAll of them.");
    EXPECT_EQ(endpoints[1].methods, std::vector<std::string>{"GET"});
    EXPECT_EQ(endpoints[2].path, "/items/{id}");
    EXPECT_EQ(endpoints[2].description, "Deprecated.");
}

TEST(OpenApi, AnswersBelowEachOfItsServersAndWithoutThem)
{
    const LoadedServer loaded = importedDocument(
        "openapi: 3.0.0\ninfo: {title: t, version: '1'}\n"
        "servers: [{url: 'https://a.example/v1'}, {url: 'https://b.example/v2'}]\n"
        "paths: {/a: {get: {responses: {'200': {description: ok}}}}}\n");
    EXPECT_EQ(loaded.server.base, "/v1");
    EXPECT_EQ(loaded.server.otherBases, (std::vector<std::string>{"/v2", ""}));
    EXPECT_EQ(loaded.server.items.size(), 1U); // not an endpoint for each
}

TEST(OpenApi, FilesEndpointsByTheirFirstTag)
{
    const LoadedServer loaded = importedDocument(kShop);
    ASSERT_EQ(loaded.server.items.size(), 3u);
    EXPECT_EQ(loaded.server.items[0].folder()->name, "orders");
    EXPECT_EQ(loaded.server.items[1].folder()->items.size(), 2u);
    EXPECT_EQ(loaded.server.items[2].endpoint()->methods[0], "DELETE");
}

TEST(OpenApi, NestsFoldersByTheParentOfATag)
{
    const LoadedServer loaded = importedDocument(R"(openapi: 3.2.0
info: {title: T}
tags:
- {name: flights}
- {name: domestic, parent: flights}
- {name: a, parent: b}
- {name: b, parent: a}
paths:
  /d: {get: {tags: [domestic]}, query: {tags: [a]}}
)");
    ASSERT_EQ(loaded.server.items.size(), 2u);
    const Folder *flights = loaded.server.items[0].folder();
    ASSERT_TRUE(flights && flights->items.size() == 1 && flights->items[0].folder());
    EXPECT_EQ(flights->items[0].folder()->name, "domestic");
}

TEST(OpenApi, AnswersWithExamplesAndGeneratedValues)
{
    const ServedEnvironment served(importedDocument(kShop).server);
    EXPECT_EQ(served.ask("GET", "/v2/items").body, R"([{"id":7,"name":"Chair"}])");
    const Answer item = served.ask("GET", "/v2/items/1");
    EXPECT_EQ(item.body, R"({"id":7,"name":"Chair"})");
    EXPECT_THAT(item.head, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_EQ(served.ask("GET", "/v2/items/1", "Prefer: code=404\r\n").status, 404);
    EXPECT_EQ(served.ask("DELETE", "/v2/items/1").status, 204);
    EXPECT_EQ(served.ask("POST", "/v2/orders").status, 202);
}

TEST(OpenApi, SaysWhatHasNoEffect)
{
    const LoadedServer loaded = importedDocument(kShop);
    for (const std::string_view words :
         {"POST /orders: its callbacks are not sent", "webhooks are requests",
          "security schemes are not checked", "requests are not checked",
          "addresses of servers have the defaults"})
        EXPECT_TRUE(says(loaded, words)) << words;
    for (const Problem &problem : loaded.problems)
        EXPECT_GT(problem.error.where.line, 0) << problem.error.message;
}

TEST(OpenApi, GivesEachBasePathItsEndpoints)
{
    const LoadedServer loaded = importedDocument(R"(openapi: 3.0.0
info: {title: T}
servers: [{url: /v1}, {url: 'https://x.example/v2'}]
paths:
  /a: {get: {responses: {'204': {description: ''}}}}
  /b:
    servers: [{url: /other/}]
    get: {responses: {'204': {description: ''}}}
)");
    const ServedEnvironment served(loaded.server);
    for (const std::string_view path : {"/v1/a", "/v2/a", "/other/b"})
        EXPECT_EQ(served.ask("GET", path).status, 204) << path;
    EXPECT_EQ(served.ask("GET", "/v1/b").status, 404);
}

TEST(OpenApi, TakesPathsOfAnyKind)
{
    const LoadedServer loaded = importedDocument(R"(openapi: 3.0.0
info: {title: T}
servers: [{url: /api}]
paths:
  /range/{from}-{to}: {get: {responses: {'204': {description: ''}}}}
  /odd/{a:b}/*/}: {get: {responses: {'204': {description: ''}}}}
  no-slash: {get: {responses: {'204': {description: ''}}}}
  /q?kind=x: {get: {responses: {'204': {description: ''}}}}
  /twice/{id}/{id}: {get: {responses: {'204': {description: ''}}}}
)");
    const ServedEnvironment served(loaded.server);
    for (const std::string_view path :
         {"/api/range/1-2", "/api/odd/1/*/%7D", "/api/no-slash", "/api/q", "/api/twice/1/2"})
        EXPECT_EQ(served.ask("GET", path).status, 204) << path;
    EXPECT_TRUE(says(loaded, "the query in its path does not count"));
}

TEST(OpenApi, TellsPathsApartByTheTypesOfTheirParameters)
{
    const LoadedServer loaded = importedDocument(R"(openapi: 3.0.0
info: {title: T}
paths:
  /a/{name}: {get: {responses: {'200': {description: ''}}}}
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {responses: {'201': {description: ''}}}
  /common/{id}/{name}: {get: {responses: {'200': {description: ''}}}}
  /common/{id}/{uuid}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}},
                 {name: uuid, in: path, required: true, schema: {type: string, format: uuid}}]
    get: {responses: {'202': {description: ''}}}
  /a/{uuid}:
    get:
      parameters: [{name: uuid, in: path, required: true, schema: {type: string, format: uuid}}]
      responses: {'202': {description: ''}}
)");
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/a/ada").status, 200);
    EXPECT_EQ(served.ask("GET", "/a/12").status, 201);
    EXPECT_EQ(served.ask("GET", "/common/x/3fa85f64-5717-4562-b3fc-2c963f66af01").status, 202);
    EXPECT_EQ(served.ask("GET", "/a/3fa85f64-5717-4562-b3fc-2c963f66af01").status, 202);
    EXPECT_TRUE(says(loaded, "GET /a/{id}: another path differs"));
}

TEST(OpenApi, ReadsVersionTwo)
{
    const LoadedServer loaded = importedDocument(R"(swagger: '2.0'
info: {title: Old}
basePath: /v1
produces: [application/json]
paths:
  /pets:
    get:
      responses:
        200:
          description: ok
          headers: {X-Rate: {type: integer, default: 5}}
          schema: {type: array, items: {$ref: '#/definitions/Pet'}}
        default: {description: bad, schema: {type: string}}
  /text:
    get:
      produces: [text/plain]
      responses:
        200: {description: ok, schema: {type: string}, examples: {text/plain: hello}}
definitions:
  Pet:
    type: object
    discriminator: kind
    properties: {kind: {type: string}, id: {type: integer}}
)");
    const ServedEnvironment served(loaded.server);
    const Answer pets = served.ask("GET", "/v1/pets");
    EXPECT_EQ(pets.body, R"([{"kind":"Pet","id":1}])");
    EXPECT_THAT(pets.head, HasSubstr("X-Rate: 5\r\n"));
    EXPECT_EQ(served.ask("GET", "/v1/pets", "Prefer: code=500\r\n").status, 500);
    EXPECT_EQ(served.ask("GET", "/v1/text").body, "hello");
}

TEST(OpenApi, FollowsReferencesToFilesBesideTheDocument)
{
    const std::filesystem::path folder = UNDERSTUDY_SOURCE_DIR "/tests/data/openapi/spec";
    const LoadOutcome outcome = load(folder / "api.yaml");
    ASSERT_EQ(outcome.servers.size(), 1u);
    const LoadedServer &loaded = outcome.servers[0];
    checkImported(loaded);
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/cats").body, R"({"name":"Tom","owner":{"name":"Ada"}})");
    EXPECT_EQ(served.ask("GET", "/cats", "Prefer: code=400\r\n").body, R"({"code":4})");
    EXPECT_TRUE(says(loaded, "is on another machine"));
    EXPECT_TRUE(says(loaded, "'/etc/hostname' is an absolute path"));
    EXPECT_TRUE(says(loaded, "leads out of the folders beside the document"));
    EXPECT_TRUE(says(loaded, "'missing.yaml' cannot be read"));
    EXPECT_TRUE(says(loaded, "'#/nowhere' leads nowhere"));
    EXPECT_TRUE(says(loaded, "leads in a circle"));
    EXPECT_TRUE(says(loaded, "broken.yaml:3:1: did not find"));
}

TEST(OpenApi, IsRefusedWithAPlaceWhereItIsNone)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"openapi: 4.0.0\n", "api.yaml:1:10: version '4.0.0' is not one of"},
        {"swagger: '1.2'\n", "api.yaml:1:10: version '1.2' is not one of"},
        {"openapi: 3.0.0\ninfo: [\n", "api.yaml:3:1: "},
        {"{\"openapi\": \"3.0.0\", \"info\": ", "api.yaml:1:"},
    };
    for (const auto &[text, expected] : cases) {
        const LoadOutcome outcome = loadText(text, "api.yaml");
        ASSERT_EQ(outcome.errors.size(), 1u) << text;
        EXPECT_THAT(outcome.errors[0].error.text(), HasSubstr(expected));
    }
    EXPECT_THAT(loadText("a: 1\n", "api.yaml", {.format = "openapi"}).errors[0].error.message,
                HasSubstr("this is no OpenAPI document"));
}

} // namespace
} // namespace understudy::formats::openapi
