// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/openapi_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

/// What `Prefer: dynamic=true` gets.
namespace understudy::formats::openapi {
namespace {

using namespace test;

constexpr const char *kDynamic = "Prefer: dynamic=true\r\n";
constexpr int kDraws = 40;

Server dynamicServer(std::string_view text)
{
    LoadOutcome outcome = loadText(text, "api.json", {.dynamicAnswers = true});
    EXPECT_TRUE(outcome.ok() && outcome.servers.size() == 1);
    if (outcome.servers.empty())
        return {};
    checkImported(outcome.servers[0]);
    return std::move(outcome.servers[0].server);
}

/// What is drawn for `{"v": SCHEMA}`, as JSON.
std::vector<std::string> drawn(const std::string &schema, const std::string &name = "v")
{
    const ServedEnvironment served(dynamicServer(
        documentOf(R"({"type": "object", "properties": {")" + name + "\": " + schema + "}}")));
    std::vector<std::string> out;
    for (int i = 0; i < kDraws; ++i) {
        const auto answer = JsonValue::parse(served.ask("GET", "/x", kDynamic).body);
        EXPECT_TRUE(answer && answer->ifObject() && answer->ifObject()->contains(name)) << schema;
        if (answer && answer->ifObject() && answer->ifObject()->contains(name))
            out.push_back(writeJson(*answer->ifObject()->find(name)));
    }
    return out;
}

TEST(OpenApiDynamic, AnswersAreOfTheirFormatsAndDiffer)
{
    struct Case
    {
        const char *schema;
        const char *regex;
        const char *name = "v";
    };
    for (
        const Case &c : {
            Case{R"({"type": "string"})", R"("[a-z]+")"},
            Case{R"({"type": "string", "format": "date"})", R"("20[23]\d-[01]\d-[0-3]\d")"},
            Case{R"({"type": "string", "format": "date-time"})",
                 R"("\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")"},
            Case{R"({"type": "string", "format": "uuid"})",
                 R"("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")"},
            Case{R"({"type": "string", "format": "email"})", R"("[^@" ]+@example\.[a-z]+")"},
            Case{R"({"type": "string", "format": "ipv4"})", R"("\d+\.\d+\.\d+\.\d+")"},
            Case{R"({"type": "string", "minLength": 3, "maxLength": 5})", R"("[A-Za-z]{5}")"},
            Case{R"({"type": "string", "minLength": 20})", R"("[A-Za-z]{20}")"},
            Case{R"({"type": "string"})", R"("[^@" ]+@example\.[a-z]+")", "e_mail"},
            Case{R"({"type": "string"})", R"("[A-Z].+ .+")", "full-name"},
            Case{R"({"type": "integer"})", R"([1-9]\d{0,2}|1000)"},
            Case{R"({"type": "integer", "minimum": 5, "exclusiveMaximum": 9})", "[5-8]"},
            Case{R"({"type": "integer", "maximum": -5})", R"(-\d+)"},
            Case{R"({"type": "integer", "minimum": 1, "maximum": 40, "multipleOf": 10})",
                 "[1234]0"},
            Case{R"({"type": "number", "minimum": 0.5, "maximum": 0.75})", R"(0\.[567]\d?)"},
            Case{R"({"type": "boolean"})", "true|false"},
            Case{R"({"enum": ["a b", "c", 3, null]})", R"("a b"|"c"|3)"},
            Case{R"({"type": "array", "items": {"type": "integer"}})", R"(\[\d+(,\d+){0,2}\])"},
            Case{R"({"type": "array", "minItems": 5, "maxItems": 9, "items": {"type": "integer"}})",
                 R"(\[\d+(,\d+){4}\])"},
            Case{R"({"type": "object", "additionalProperties": {"type": "integer"}})",
                 R"(\{"property1":\d+\})"},
            Case{
                R"({"oneOf": [{"type": "integer", "minimum": 9000, "maximum": 9999}, {"type": "string"}]})",
                R"(9\d{3})"},
        }) {
        const std::vector<std::string> values = drawn(c.schema, c.name);
        const std::regex regex(c.regex);
        for (const std::string &value : values)
            EXPECT_TRUE(std::regex_match(value, regex)) << c.schema << ": " << value;
        EXPECT_GT(std::set(values.begin(), values.end()).size(), 1U) << c.schema;
    }
}

TEST(OpenApiDynamic, WhatOnlyTheSampleIsKnownToKeepStays)
{
    for (const char *schema :
         {R"({"type": "string", "pattern": "^A[0-9]$"})", R"({"const": "x"})",
          R"({"type": "string", "format": "byte"})", R"({"type": "number", "multipleOf": 0.25})",
          R"({"type": "string", "format": "email", "maxLength": 20})"}) {
        // Beside something that is drawn, without which there is no such response.
        const ServedEnvironment served(dynamicServer(documentOf(
            std::string(R"({"type": "object", "properties": {"n": {"type": "integer"}, "v": )")
            + schema + "}}")));
        std::set<std::string> values;
        for (int i = 0; i < kDraws; ++i) {
            const auto answer = JsonValue::parse(served.ask("GET", "/x", kDynamic).body);
            ASSERT_TRUE(answer && answer->ifObject()) << schema;
            values.insert(writeJson(*answer->ifObject()->find("v")));
        }
        EXPECT_EQ(values.size(), 1U) << schema;
    }
}

TEST(OpenApiDynamic, ListsThatMayNotRepeatAndDiscriminatorsStayRight)
{
    const ServedEnvironment served(dynamicServer(documentOf(
        R"({"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "kind"}})",
        R"({"Cat": {"type": "object", "required": ["kind", "lives"], "properties": {"kind": {"type": "string"},
                    "lives": {"type": "integer"},
                    "toys": {"type": "array", "uniqueItems": true, "items": {"enum": ["ball", "mouse"]}}}},
            "Dog": {"type": "object", "required": ["kind", "bark"], "properties": {"kind": {"type": "string"}}}})")));
    for (int i = 0; i < kDraws; ++i) {
        const std::string body = served.ask("GET", "/x", kDynamic).body;
        const auto answer = JsonValue::parse(body);
        ASSERT_TRUE(answer && answer->ifObject()) << body;
        EXPECT_EQ(*answer->ifObject()->find("kind"), JsonValue("Cat"));
        EXPECT_EQ(answer->ifObject()->find("toys")->ifArray()->size(), 1U);
    }
}

TEST(OpenApiDynamic, BracesOfASampleAreNoTemplate)
{
    const Server server = dynamicServer(documentOf(
        R"({"type": "object", "properties": {"n": {"type": "integer"}, "v": {"const": "{{now}}"}}})"));
    EXPECT_EQ(endpointsOf(server).at(0).responses.size(), 1U);
}

TEST(OpenApiDynamic, OnlyThoseWhoAskForItGetIt)
{
    const std::string document = documentOf(
        R"({"type": "object", "example": {"n": 7}, "properties": {"n": {"type": "integer"}}})");
    const ServedEnvironment served(dynamicServer(document));
    const std::string usual = served.ask("GET", "/x").body;
    EXPECT_THAT(usual, testing::HasSubstr("7"));
    EXPECT_EQ(served.ask("GET", "/x", "Prefer: dynamic=false\r\n").body, usual);
    EXPECT_EQ(served.ask("GET", "/x", "Prefer: dynamic=trueish\r\n").body, usual);
    EXPECT_NE(served.ask("GET", "/x", "Prefer: code=200, dynamic=true\r\n").body, usual);
    EXPECT_NE(served.ask("GET", "/x", "Prefer: dynamic=\"true\"\r\n").body, usual);
    const auto plain = importedDocument(document, "api.json");
    EXPECT_TRUE(plain.offered.dynamicAnswers);
    EXPECT_EQ(endpointsOf(plain.server).at(0).responses.size(), 1U);
    EXPECT_EQ(ServedEnvironment(plain.server).ask("GET", "/x", kDynamic).body, usual);
}

TEST(OpenApiDynamic, EachStatusHasItsOwn)
{
    const ServedEnvironment served(
        dynamicServer(R"({"openapi": "3.0.3", "info": {"title": "T"}, "paths": {
        "/x": {"get": {"responses": {
          "200": {"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}},
          "404": {"description": "", "content": {"application/json": {"schema":
            {"type": "object", "properties": {"code": {"type": "integer", "minimum": 9000, "maximum": 9999}}}}}}}}}}})"));
    const auto missing = served.ask("GET", "/x", "Prefer: code=404, dynamic=true\r\n");
    EXPECT_EQ(missing.status, 404);
    EXPECT_THAT(missing.body, testing::ContainsRegex("\"code\": 9[0-9][0-9][0-9]"));
    EXPECT_EQ(served.ask("GET", "/x", kDynamic).status, 200);
    EXPECT_EQ(served.ask("GET", "/x", "Prefer: code=404\r\n").body, "{\"code\":9000}");
}

TEST(OpenApiDynamic, TheSameRequestsGetTheSameData)
{
    const std::string document = documentOf(R"({"type": "array", "items": {"type": "string"}})");
    const ServedEnvironment one(dynamicServer(document));
    const ServedEnvironment other(dynamicServer(document));
    for (int i = 0; i < kDraws; ++i)
        EXPECT_EQ(one.ask("GET", "/x", kDynamic).body, other.ask("GET", "/x", kDynamic).body);
}

} // namespace
} // namespace understudy::formats::openapi
