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

JsonValue memberOf(const std::string &body, std::string_view name)
{
    const auto answer = JsonValue::parse(body);
    const JsonObject *object = answer ? answer->ifObject() : nullptr;
    const JsonValue *found = object ? object->find(name) : nullptr;
    EXPECT_TRUE(found) << body;
    return found ? *found : JsonValue();
}

/// Whether `v` of `{"n": 1, "v": SCHEMA}` stays what it is unasked. `n` is drawn: without any such
/// value there is no such response.
void expectStays(const std::string &schema, const char *version = "3.0.3")
{
    const ServedEnvironment served(dynamicServer(documentOf(
        R"({"type": "object", "properties": {"n": {"type": "integer"}, "v": )" + schema + "}}",
        "{}", version)));
    const std::string usual = writeJson(memberOf(served.ask("GET", "/x").body, "v"));
    std::set<std::string> numbers;
    for (int i = 0; i < kDraws; ++i) {
        const std::string body = served.ask("GET", "/x", kDynamic).body;
        EXPECT_EQ(writeJson(memberOf(body, "v")), usual) << schema;
        numbers.insert(writeJson(memberOf(body, "n")));
    }
    EXPECT_GT(numbers.size(), 1U) << schema;
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

/// Holds what is drawn for each schema to an expression, and to be several values.
struct DrawnAs
{
    const char *schema;
    const char *regex;
    const char *name = "v";
};
void expectDrawn(const std::vector<DrawnAs> &cases)
{
    for (const DrawnAs &c : cases) {
        const std::vector<std::string> values = drawn(c.schema, c.name);
        const std::regex regex(c.regex);
        for (const std::string &value : values)
            EXPECT_TRUE(std::regex_match(value, regex)) << c.schema << ": " << value;
        EXPECT_GT(std::set(values.begin(), values.end()).size(), 1U) << c.schema;
    }
}

TEST(OpenApiDynamic, AnswersAreOfTheirFormatsAndDiffer)
{
    expectDrawn({
        {R"({"type": "string"})", R"("[a-z]+")"},
        {R"({"type": "string", "format": "date"})", R"("20[23]\d-[01]\d-[0-3]\d")"},
        {R"({"type": "string", "format": "date-time"})",
         R"("\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")"},
        {R"({"type": "string", "format": "uuid"})",
         R"("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")"},
        {R"({"type": "string", "format": "email"})", R"("[^@" ]+@example\.[a-z]+")"},
        {R"({"type": "string", "format": "ipv4"})", R"("\d+\.\d+\.\d+\.\d+")"},
        {R"({"type": "string", "minLength": 3, "maxLength": 5})", R"("[A-Za-z]{5}")"},
        {R"({"type": "string", "minLength": 20})", R"("[A-Za-z]{20}")"},
        {R"({"type": "string"})", R"("[^@" ]+@example\.[a-z]+")", "e_mail"},
        {R"({"type": "string"})", R"("[A-Z].+ .+")", "full-name"},
        {R"({"type": "integer"})", R"([1-9]\d{0,2}|1000)"},
        {R"({"type": "integer", "minimum": 5, "exclusiveMaximum": 9})", "[5-8]"},
        {R"({"type": "integer", "maximum": -5})", R"(-\d+)"},
        {R"({"type": "integer", "minimum": 1, "maximum": 40, "multipleOf": 10})", "[1234]0"},
        {R"({"type": "number", "minimum": 0.5, "maximum": 0.75})", R"(0\.[567]\d?)"},
        {R"({"type": "boolean"})", "true|false"},
        {R"({"enum": ["a b", "c", 3, null]})", R"("a b"|"c"|3)"},
        {R"({"type": "array", "items": {"type": "integer"}})", R"(\[\d+(,\d+){0,2}\])"},
        {R"({"type": "array", "minItems": 5, "maxItems": 9, "items": {"type": "integer"}})",
         R"(\[\d+(,\d+){4}\])"},
        {R"({"type": "object", "additionalProperties": {"type": "integer"}})",
         R"(\{"property1":\d+\})"},
        {R"({"oneOf": [{"type": "integer", "minimum": 9000, "maximum": 9999}, {"type": "string"}]})",
         R"(9\d{3})"},
    });
}

TEST(OpenApiDynamic, WhatOnlyTheSampleIsKnownToKeepStays)
{
    for (const char *schema :
         {R"({"type": "string", "pattern": "^A[0-9]$"})", R"({"const": "x"})",
          R"({"type": "string", "format": "byte"})", R"({"type": "number", "multipleOf": 0.25})",
          R"({"type": "string", "format": "email", "maxLength": 20})"})
        expectStays(schema);
}

TEST(OpenApiDynamic, NumbersKeepBoundsThatAreRoundPowersOfTen)
{
    expectDrawn({
        {R"({"type": "number", "minimum": 100000, "maximum": 1000000})", R"([1-9]\d{5}(\.\d+)?)"},
        {R"({"type": "number", "minimum": 1e9})", R"(100000\d{4}(\.\d+)?)"},
        {R"({"type": "number", "minimum": -0.004, "maximum": 0.05})", R"(0|0\.0[1-5]?)"},
    });
}

TEST(OpenApiDynamic, IntegersKeepTheRangesOfTheirFormats)
{
    expectDrawn({
        {R"({"type": "integer", "format": "int8"})", R"(\d\d?|1[01]\d|12[0-7])"},
        {R"({"type": "integer", "format": "int8", "maximum": -100})", R"(-1[01]\d|-12[0-8])"},
        {R"({"type": "integer", "format": "uint8", "maximum": 1})", "[01]"},
        {R"({"type": "integer", "format": "uint8", "minimum": 250, "maximum": 999})", "25[0-5]"},
        {R"({"type": "integer", "format": "int16", "minimum": 32760})", R"(3276[0-7])"},
        {R"({"type": "integer", "format": "uint16", "minimum": 65530})", R"(6553[0-5])"},
        {R"({"type": "integer", "format": "int32", "minimum": 2147483600})",
         R"(21474836([0-3]\d|4[0-7]))"},
        {R"({"type": "integer", "format": "uint32", "minimum": 4294967290})", R"(429496729[0-5])"},
        {R"({"type": "number", "format": "int32"})", R"(\d+)"},
    });
}

TEST(OpenApiDynamic, OfAnEnumOnlyThatIsDrawnWhichFitsAllSchemas)
{
    expectDrawn({
        {R"({"allOf": [{"enum": ["a", "b", "c"]}, {"enum": ["b", "c", "d"]}]})", R"("[bc]")"},
        {R"({"enum": [1, 5, 10], "minimum": 5})", "5|10"},
        {R"({"enum": ["a", "bbb", "cccc"], "minLength": 3})", R"("bbb"|"cccc")"},
        {R"({"enum": [12345678901234567890, 9007199254740993, -3, 0.5]})", R"(-3|0\.5)"},
        {R"({"type": "string", "enum": ["a", "b", 3, 4]})", R"("[ab34]")"},
        {R"({"type": "string", "enum": ["a", "bb", "cc"], "pattern": "^..$"})", R"("bb"|"cc")"},
        {R"({"allOf": [{"type": "object", "properties": {"a": {"enum": [1, 2, 3]}}},
              {"additionalProperties": {"type": "integer", "minimum": 2}}]})",
         R"(\{"a":[23]\})"},
        {R"({"type": "object", "properties": {"kind": {"enum": ["cat", "dog"]}}, "oneOf": [
              {"required": ["lives"], "properties": {"kind": {"enum": ["cat"]}, "lives": {"type": "integer"}}},
              {"required": ["bark"], "properties": {"kind": {"enum": ["dog"]}, "bark": {"type": "string"}}}]})",
         R"(\{"kind":"cat","lives":\d+\})"},
    });
    expectStays(R"({"enum": [12345678901234567890, 9007199254740993, -3]})");
    expectStays(R"({"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]})");
}

TEST(OpenApiDynamic, KeywordsThatAreNotKeptLeaveTheSample)
{
    for (const char *schema : {
             R"({"type": "string", "not": {"minLength": 30}})",
             R"({"type": "integer", "if": {"minimum": 50}, "then": {"multipleOf": 7}})",
             R"({"allOf": [{"type": "integer", "multipleOf": 6}, {"multipleOf": 3}]})",
             R"({"type": "integer", "multipleOf": 1e300, "minimum": 0})",
             R"({"type": "object", "properties": {"a": {"type": "integer"}},
                 "not": {"properties": {"a": {"minimum": 50}}}})",
             R"({"type": "object", "properties": {"a": {"type": "integer"}},
                 "if": {"properties": {"a": {"minimum": 50}}}, "then": {"required": ["b"]}})",
             R"({"type": "object", "properties": {"a": {"type": "object", "properties": {
                 "b": {"type": "integer"}}}}, "dependentSchemas": {"a": {"maxProperties": 1}}})",
             R"({"type": "object", "properties": {"a": {"type": "integer"}},
                 "patternProperties": {"^a": {"maximum": 50}}})",
             R"({"type": "array", "items": {"type": "integer"}, "not": {"minItems": 2}})",
         })
        expectStays(schema, "3.1.0");
}

TEST(OpenApiDynamic, OfOneOfIsDrawnWhereNoOtherBranchCanFit)
{
    expectDrawn({
        {R"({"oneOf": [{"type": "integer"}, {"type": "null"}]})", R"(\d+)"},
        {R"({"anyOf": [{"type": "integer"}, {"type": "null"}]})", R"(\d+)"},
        {R"({"oneOf": [{"type": "boolean"}, {"type": "string"}, {"type": "number"}]})",
         "true|false"},
    });
    for (
        const char *schema : {
            R"({"oneOf": [{"type": "string"}, {"maxLength": 5}]})",
            R"({"oneOf": [{"type": "integer", "maximum": 500}, {"type": "integer", "minimum": 5}]})",
            R"({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 5}]})",
            R"({"oneOf": [{"type": "string"}, {"type": ["integer", "string"], "minLength": 7}]})",
        })
        expectStays(schema, "3.1.0");
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

TEST(OpenApiDynamic, AnotherMediaTypeIsStillHadByAccept)
{
    const ServedEnvironment served(
        dynamicServer(R"({"openapi": "3.0.3", "info": {"title": "T"}, "paths": {
        "/x": {"get": {"responses": {
          "200": {"description": "", "content": {
            "application/json": {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}},
            "application/xml": {"schema": {"type": "object", "xml": {"name": "x"}, "properties": {"n": {"type": "integer"}}}},
            "text/plain": {"schema": {"type": "string", "example": "plain"}}}},
          "404": {"description": "", "content": {
            "application/json": {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}},
            "text/plain": {"schema": {"type": "string", "example": "missing"}}}}}}}}})"));
    const auto ask
        = [&](const std::string &headers) { return served.ask("GET", "/x", headers).body; };
    const std::string usual = ask("");
    const std::string xml = ask("Accept: application/xml\r\n");
    EXPECT_THAT(xml, testing::HasSubstr("<x>"));
    const std::string dynamic = kDynamic;
    EXPECT_EQ(ask(dynamic + "Accept: application/xml\r\n"), xml);
    EXPECT_EQ(ask(dynamic + "Accept: application/xml, application/json\r\n"), xml);
    EXPECT_EQ(ask(dynamic + "Accept: text/plain\r\n"), "plain");
    EXPECT_EQ(ask("Prefer: code=404, dynamic=true\r\nAccept: text/plain\r\n"), "missing");
    for (const char *accept : {"", "Accept: */*\r\n", "Accept: application/json\r\n",
                               "Accept: application/json, application/xml\r\n"}) {
        const std::string body = ask(dynamic + accept);
        EXPECT_NE(body, usual) << accept;
        memberOf(body, "n");
    }
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
