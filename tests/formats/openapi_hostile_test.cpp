// SPDX-License-Identifier: Apache-2.0
#include "core/base/draw.h"
#include "tests/formats/openapi_support.h"

#include <gtest/gtest.h>

/// Documents that are broken, strange or meant to do harm.
namespace understudy::formats::openapi {
namespace {

using namespace test;

constexpr std::string_view kDocument = R"(openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: '/{v}', variables: {v: {default: v1, enum: [v1]}}}]
tags: [{name: t, parent: p}]
paths:
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      tags: [t]
      responses:
        '200':
          description: x
          headers: {X-A: {schema: {type: array, items: {type: integer}}}}
          content:
            application/json:
              schema:
                oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]
                discriminator: {propertyName: k, mapping: {a: A}}
              examples: {one: {value: {k: a}}, two: {$ref: '#/components/examples/two'}}
            application/xml: {schema: {$ref: '#/components/schemas/A'}}
        4XX: {description: y}
components:
  examples: {two: {value: [1]}}
  schemas:
    A:
      type: object
      required: [k]
      additionalProperties: {$ref: '#/components/schemas/A'}
      properties:
        k: {type: string, pattern: '^[a-z]{1,3}$', minLength: 1}
        n: {type: number, minimum: 1, multipleOf: 0.5}
        l: {type: array, minItems: 1, uniqueItems: true, items: {enum: [1, 2]}}
)";

void checkOutcome(const LoadOutcome &outcome, const std::string &text)
{
    for (const Problem &problem : outcome.errors)
        EXPECT_GT(problem.error.where.line, 0) << problem.error.text() << "\n" << text;
    for (const LoadedServer &loaded : outcome.servers) {
        if (loaded.format == "openapi")
            checkImported(loaded);
    }
}

TEST(OpenApiHostile, EveryCutIsSurvived)
{
    for (std::size_t length = 0; length < kDocument.size(); ++length) {
        const std::string text(kDocument.substr(0, length));
        checkOutcome(loadText(text, "api.yaml", {.format = "openapi"}), text);
    }
}

TEST(OpenApiHostile, FlippedBytesAreSurvived)
{
    std::uint64_t state = 7;
    for (int round = 0; round < 2'000; ++round) {
        std::string text(kDocument);
        for (std::uint64_t flips = 1 + nextDraw(state) % 4; flips > 0; --flips)
            text[nextDraw(state) % text.size()] = static_cast<char>(nextDraw(state));
        checkOutcome(loadText(text, "api.yaml", {.format = "openapi"}), text);
    }
}

/// Values of every kind where others are expected.
TEST(OpenApiHostile, StrangeTypesAreSurvived)
{
    const std::string strange[]{"1",         "[]",          "{}",
                                "null",      "text",        "[[1], {a: 1}]",
                                "{$ref: 1}", "{$ref: '#'}", "{a: {b: [1]}}",
                                "true"};
    const std::string document(kDocument);
    for (std::size_t at = document.find(": "); at != std::string::npos;
         at = document.find(": ", at + 1)) {
        const std::size_t end = document.find_first_of(",}\n", at);
        for (const std::string &value : strange) {
            const std::string text = document.substr(0, at + 2) + value
                                     + (end == std::string::npos ? "" : document.substr(end));
            checkOutcome(loadText(text, "api.yaml", {.format = "openapi"}), text);
        }
    }
}

TEST(OpenApiHostile, SchemasThatNeverEndDoEnd)
{
    const std::string components[]{
        R"({"A": {"$ref": "#/components/schemas/A"}})",
        R"({"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}})",
        R"({"A": {"allOf": [{"$ref": "#/components/schemas/A"}]}})",
        R"({"A": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/A"}]}})",
        R"({"A": {"anyOf": [{"$ref": "#/components/schemas/A"}], "not": {"$ref": "#/components/schemas/A"}}})",
        R"({"A": {"type": "array", "minItems": 2, "items": {"$ref": "#/components/schemas/A"}}})",
        R"({"A": {"type": "array", "minItems": 1000000000, "items": {"type": "array", "minItems": 1000000000, "items": {}}}})",
        R"({"A": {"type": "object", "minProperties": 1000000000}})",
        R"({"A": {"type": "string", "minLength": 1000000000000}})",
        R"({"A": {"type": "string", "minLength": 99999999999999999999999999}})",
        R"({"A": {"type": "string", "pattern": "^(a{1000}){1000}$"}})",
        R"({"A": {"type": "string", "pattern": "(((a*)*)*)*b{99999999999999999999}"}})",
        R"({"A": {"type": "string", "pattern": "^(a+)+$", "example": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"}})",
        R"({"A": {"type": "number", "minimum": 1e308, "multipleOf": 1e-300}})",
        R"({"A": {"type": "integer", "minimum": 1e400, "maximum": -1e400}})",
        R"({"A": {"type": "number", "multipleOf": 0}})",
    };
    for (const std::string &schemas : components) {
        for (const char *version : {"3.0.0", "3.1.0"}) {
            const std::string text
                = documentOf(R"({"$ref": "#/components/schemas/A"})", schemas, version);
            checkOutcome(loadText(text, "api.json"), text);
        }
    }
}

TEST(OpenApiHostile, ManyBranchesOfBranchesAreCut)
{
    std::string components = "{";
    for (int level = 0; level < 30; ++level) {
        const std::string next
            = R"({"$ref": "#/components/schemas/S)" + std::to_string(level + 1) + "\"}";
        components += "\"S" + std::to_string(level) + R"(": {"oneOf": [)" + next + "," + next + ","
                      + next + "]},";
    }
    components += R"("S30": {"type": "integer"}})";
    const std::string text = documentOf(R"({"$ref": "#/components/schemas/S0"})", components);
    checkOutcome(loadText(text, "api.json"), text);
}

TEST(OpenApiHostile, DeepDocumentsAreRefusedWithAPlace)
{
    std::string schema;
    std::string close;
    for (int depth = 0; depth < 400; ++depth) {
        schema += R"({"items": )";
        close += "}";
    }
    const LoadOutcome outcome = loadText(documentOf(schema + "{}" + close), "api.json");
    ASSERT_EQ(outcome.errors.size(), 1u);
    EXPECT_GT(outcome.errors[0].error.where.column, 0);
}

} // namespace
} // namespace understudy::formats::openapi
