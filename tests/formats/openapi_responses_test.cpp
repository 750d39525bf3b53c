// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/openapi_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::formats::openapi {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kChoices = R"(openapi: 3.0.3
info: {title: T}
paths:
  /a:
    get:
      responses:
        '404':
          description: Not there
          content:
            application/problem+json:
              examples:
                plain: {value: {title: gone}}
                long: {value: {title: gone for long}}
        '201':
          description: Made
          headers:
            Location: {schema: {type: string, format: uri}}
            X-List: {schema: {type: array, items: {type: integer}, example: [1, 2]}}
            Content-Length: {schema: {type: integer}}
          content:
            application/xml:
              schema: {$ref: '#/components/schemas/Book'}
            application/json:
              schema: {$ref: '#/components/schemas/Book'}
              examples:
                first: {value: {title: One}}
                second: {value: {title: Two}}
            text/csv:
              example: "a,b"
        5XX: {description: Broken}
        default: {description: Else}
components:
  schemas:
    Book:
      type: object
      xml: {name: book}
      properties:
        id: {type: integer, xml: {attribute: true}}
        title: {type: string, example: A & B}
        tags: {type: array, xml: {wrapped: true}, items: {type: string, xml: {name: tag}}}
)";

TEST(OpenApiResponses, TheFirstSuccessIsTheUsualOne)
{
    const LoadedServer loaded = importedDocument(kChoices);
    const Endpoint endpoint = endpointsOf(loaded.server).at(0);
    EXPECT_EQ(endpoint.responses[0].status, 201);
    EXPECT_EQ(endpoint.responses[0].name, "Made");
    EXPECT_FALSE(endpoint.responses[0].when);
    const Answer answer = ServedEnvironment(loaded.server).ask("GET", "/a");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, R"({"title":"One"})");
    EXPECT_THAT(answer.head, HasSubstr("Location: https://example.com/resource/1\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("X-List: 1,2\r\n"));
    EXPECT_TRUE(says(loaded, "the header 'Content-Length' is written by the server itself"));
}

struct Choice
{
    const char *headers;
    int status;
    const char *body;
};

TEST(OpenApiResponses, AreChosenByPreferAndAccept)
{
    const ServedEnvironment served(importedDocument(kChoices).server);
    const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<book id=\"1\">"
                            "<title>A &amp; B</title><tags><tag>string</tag></tags></book>\n";
    const Choice choices[]{
        {"Prefer: code=404\r\n", 404, R"({"title":"gone"})"},
        {"Prefer: respond-async, code=404\r\n", 404, R"({"title":"gone"})"},
        {"Prefer: code=404; example=long\r\n", 404, R"({"title":"gone for long"})"},
        {"Prefer: code=404\r\nPrefer: example=\"long\"\r\n", 404, R"({"title":"gone for long"})"},
        {"Prefer: example=second\r\n", 201, R"({"title":"Two"})"},
        {"Prefer: code=201, example=second\r\n", 201, R"({"title":"Two"})"},
        {"Prefer: code=404, example=second\r\n", 404, R"({"title":"gone"})"},
        {"Prefer: code=4040\r\n", 201, R"({"title":"One"})"},
        {"Accept: application/xml\r\n", 201, xml.c_str()},
        {"Accept: text/html, application/xml\r\n", 201, xml.c_str()},
        {"Accept: application/json, application/xml\r\n", 201, R"({"title":"One"})"},
        {"Accept: text/html, application/xml;q=0.9, */*;q=0.8\r\n", 201, R"({"title":"One"})"},
        {"Accept: text/csv\r\n", 201, "a,b"},
        {"Accept: text/csv\r\nPrefer: code=404\r\n", 404, R"({"title":"gone"})"},
        {"Prefer: code=500\r\n", 500, ""},
        {"Prefer: code=501\r\n", 501, ""},
    };
    for (const Choice &choice : choices) {
        const Answer answer = served.ask("GET", "/a", choice.headers);
        EXPECT_EQ(answer.status, choice.status) << choice.headers;
        EXPECT_EQ(answer.body, choice.body) << choice.headers;
    }
}

std::string withExample(std::string_view schema, std::string_view example)
{
    return "openapi: 3.0.3\ninfo: {title: T}\npaths:\n  /a:\n    get:\n      responses:\n"
           "        default:\n          description: x\n          content:\n"
           "            application/json:\n              schema: "
           + std::string(schema) + "\n              example: " + std::string(example) + "\n";
}

std::string answerOf(const std::string &document)
{
    return ServedEnvironment(importedDocument(document).server).ask("GET", "/a").body;
}

TEST(OpenApiResponses, ExamplesKeepTheirNumbersAndOrder)
{
    EXPECT_EQ(answerOf(withExample("{type: object}", "{z: 12.90, a: 1e400}")),
              R"({"z":12.90,"a":1e400})");
}

TEST(OpenApiResponses, ExamplesThatContradictTheSchemaAreMended)
{
    constexpr std::string_view kSchema
        = "{type: object, required: [id], additionalProperties: false, properties: {id: {type: "
          "integer}, day: {type: string, format: date}, all: {type: array, items: {type: "
          "string}}}}";
    const std::string document = withExample(kSchema, "{day: soon, all: [a, null], other: 1}");
    EXPECT_EQ(answerOf(document), R"({"day":"2024-05-01","all":["a","string"],"id":1})");
    EXPECT_TRUE(says(importedDocument(document), "GET /a, 200: the example: "));
}

TEST(OpenApiResponses, JsonInsideOfATextIsSentAsJson)
{
    EXPECT_EQ(answerOf(withExample("{type: object}", R"('{"a": 1.0}')")), R"({"a":1.0})");
    EXPECT_EQ(answerOf(withExample("{type: string}", R"('{"a": 1.0}')")), R"("{\"a\": 1.0}")");
}

TEST(OpenApiResponses, WhatThePathAsksForIsInTheAnswer)
{
    const ServedEnvironment served(importedDocument(R"(openapi: 3.0.0
info: {title: T}
paths:
  /users/{username}:
    get:
      parameters: [{name: username, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}
  /users/{username}/pets/{petId}:
    parameters: [{name: petId, in: path, required: true, schema: {type: integer, format: int64}}]
    get:
      responses:
        '200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '404': {description: y}
components:
  schemas:
    User: {type: object, properties: {username: {type: string}, age: {type: integer}}}
    Pet: {type: object, properties: {id: {type: integer, example: 10}, name: {type: string}}}
)")
                                       .server);
    EXPECT_EQ(served.ask("GET", "/users/ada%22").body,
              "{\n  \"username\": \"ada\\\"\",\n  \"age\": 1\n}");
    EXPECT_EQ(served.ask("GET", "/users/ada/pets/7").body,
              "{\n  \"id\": 7,\n  \"name\": \"string\"\n}");
    EXPECT_EQ(served.ask("GET", "/users/ada/pets/x").body, R"({"id":10,"name":"string"})");
    EXPECT_EQ(served.ask("GET", "/users/ada/pets/7", "Prefer: code=404\r\n").status, 404);
}

TEST(OpenApiResponses, BytesAreBytes)
{
    const ServedEnvironment served(importedDocument(R"(openapi: 3.0.0
info: {title: T}
paths:
  /a:
    get:
      responses:
        '200':
          description: x
          content: {'image/*': {schema: {type: string, format: binary}}}
)")
                                       .server);
    const Answer answer = served.ask("GET", "/a");
    EXPECT_THAT(answer.head, HasSubstr("Content-Type: image/png\r\n"));
    EXPECT_THAT(answer.body, HasSubstr("PNG"));
}

TEST(OpenApiResponses, NonsenseIsSaidAndLeftOut)
{
    const LoadedServer loaded = importedDocument(R"(openapi: 3.0.0
info: {title: T}
paths:
  /a:
    get:
      responses:
        abc: {description: x}
        '101': {description: x}
        '204': {description: x, content: {application/json: {example: 1}}}
        '400': {description: "a\r\nb", headers: {"bad name": {schema: {type: string}}, X-Break: {example: "a\nb"}},
                content: {"no type": {example: 1}}}
)");
    for (const std::string_view words :
         {"'abc' is no status", "an answer of 101", "has no body", "the header 'bad name'",
          "the header 'X-Break'", "'no type' is no media type"})
        EXPECT_TRUE(says(loaded, words)) << words;
}

} // namespace
} // namespace understudy::formats::openapi
