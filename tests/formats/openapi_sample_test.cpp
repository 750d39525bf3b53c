// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/openapi_support.h"

#include <gtest/gtest.h>

namespace understudy::formats::openapi {
namespace {

using namespace test;

struct SampleCase
{
    const char *name;
    std::string schema;
    std::string expected;
    std::string components = "{}";
    std::string version = "3.0.3";
};

void PrintTo(const SampleCase &sample, std::ostream *stream) { *stream << sample.name; }

class OpenApiSample : public testing::TestWithParam<SampleCase>
{};

TEST_P(OpenApiSample, IsWhatTheSchemaSays)
{
    const SampleCase &sample = GetParam();
    EXPECT_EQ(sampleOf(sample.schema, sample.components, sample.version), sample.expected);
}

const std::string kPets = R"({
  "Pet": {"type": "object", "required": ["kind"], "discriminator": {"propertyName": "kind",
          "mapping": {"meow": "#/components/schemas/Cat"}},
          "properties": {"kind": {"type": "string"}}},
  "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"},
          {"type": "object", "properties": {"lives": {"type": "integer", "minimum": 9}}}]},
  "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}]}})";
const std::string kTree = R"({"Tree": {"type": "object", "properties": {
  "name": {"type": "string"}, "left": {"$ref": "#/components/schemas/Tree"},
  "all": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
  "named": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Tree"}}}}})";

const SampleCase kSamples[]{
    {"Text", R"({"type": "string"})", R"("string")"},
    {"Date", R"({"type": "string", "format": "date"})", R"("2024-05-01")"},
    {"Moment", R"({"type": "string", "format": "date-time"})", R"("2024-05-01T09:30:00Z")"},
    {"Uuid", R"({"type": "string", "format": "uuid"})",
     R"("3fa85f64-5717-4562-b3fc-2c963f66af01")"},
    {"Mail", R"({"type": "string", "format": "email"})", R"("user1@example.com")"},
    {"ShortText", R"({"type": "string", "maxLength": 3})", R"("str")"},
    {"LongText", R"({"type": "string", "minLength": 12, "maxLength": 12})", R"("string text ")"},
    {"Pattern", R"({"type": "string", "pattern": "^[A-Z]{2}-\\d{3}$"})", R"("AB-345")"},
    {"Alternatives", R"({"type": "string", "pattern": "^(?:red|green)\\/(\\w+)$"})",
     R"("red/abcd")"},
    {"HourPattern", R"({"type": "string", "pattern": "^([01]\\d|2[0-3]):?([0-5]\\d)$"})",
     R"("12:45")"},
    {"PatternAndLength", R"({"type": "string", "pattern": "^[a-z]*$", "minLength": 9})",
     R"("abcdefghi")"},
    {"Integer", R"({"type": "integer"})", "1"},
    {"Number", R"({"type": "number"})", "1.5"},
    {"Least", R"({"type": "integer", "minimum": 18})", "18"},
    {"MostBelow", R"({"type": "integer", "maximum": -3, "exclusiveMaximum": true})", "-4"},
    {"Between", R"({"type": "number", "minimum": 2, "exclusiveMinimum": true, "maximum": 3})",
     "2.5"},
    {"Step", R"({"type": "number", "minimum": 0.15, "multipleOf": 0.1})", "0.2"},
    {"NewBounds", R"({"type": "integer", "exclusiveMinimum": 4})", "5", "{}", "3.1.0"},
    {"Boolean", R"({"type": "boolean"})", "true"},
    {"Enum", R"({"type": "string", "enum": ["b", "a"]})", R"("b")"},
    {"EnumOfNull", R"({"type": "string", "nullable": true, "enum": [null, "a"]})", R"("a")"},
    {"Const", R"({"const": {"a": [1]}})", R"({"a":[1]})", "{}", "3.1.0"},
    {"Types", R"({"type": ["null", "integer"]})", "1", "{}", "3.1.0"},
    {"Null", R"({"type": "null"})", "null", "{}", "3.1.0"},
    {"Example", R"({"type": "integer", "example": 12.0, "default": 3})", "12.0"},
    {"ExampleThatIsNone", R"({"type": "integer", "example": "many", "default": 3})", "3"},
    {"ExampleInQuotes", R"({"type": "integer", "example": "42"})", "42"},
    {"Examples", R"({"type": "string", "examples": ["one", "two"]})", R"("one")", "{}", "3.1.0"},
    {"Array", R"({"type": "array", "items": {"type": "integer"}})", "[1]"},
    {"UniqueItems",
     R"({"type": "array", "minItems": 3, "uniqueItems": true, "items": {"type": "string", "format": "uuid"}})",
     R"(["3fa85f64-5717-4562-b3fc-2c963f66af01","3fa85f64-5717-4562-b3fc-2c963f66af02","3fa85f64-5717-4562-b3fc-2c963f66af03"])"},
    {"NoItems", R"({"type": "array", "maxItems": 0, "items": {"type": "integer"}})", "[]"},
    {"Tuple", R"({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "boolean"}]})",
     "[1,true]", "{}", "3.1.0"},
    {"Object",
     R"({"type": "object", "required": ["c"], "properties": {"b": {"type": "integer", "readOnly": true},
        "a": {"type": "boolean", "writeOnly": true}}})",
     R"({"b":1,"c":"string"})"},
    {"Map", R"({"type": "object", "additionalProperties": {"type": "integer"}})",
     R"({"property1":1})"},
    {"MapOfThree", R"({"type": "object", "minProperties": 2, "additionalProperties": true})",
     R"({"property1":"string","property2":"string"})"},
    {"PatternNames",
     R"({"type": "object", "patternProperties": {"^x-[a-z]$": {"type": "integer"}}})",
     R"({"x-a":1})", "{}", "3.1.0"},
    {"AllOf",
     R"({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}},
        {"properties": {"b": {"type": "string"}, "a": {"minimum": 5}}}]})",
     R"({"a":5,"b":"string"})"},
    {"OneOf", R"({"oneOf": [{"type": "integer"}, {"type": "string"}]})", "1"},
    {"OneOfOnlyOne",
     R"({"oneOf": [{"type": "object", "properties": {"a": {"type": "integer"}}},
        {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}]})",
     R"({"a":1})"},
    {"AnyOfWithNull", R"({"anyOf": [{"type": "null"}, {"type": "boolean"}], "title": "x"})", "null",
     "{}", "3.1.0"},
    {"Discriminator", R"({"oneOf": [{"$ref": "#/components/schemas/Cat"}]})",
     R"({"kind":"meow","lives":9})", kPets},
    {"DiscriminatorByName", R"({"$ref": "#/components/schemas/Dog"})", R"({"kind":"Dog"})", kPets},
    {"Recursion", R"({"$ref": "#/components/schemas/Tree"})",
     R"({"name":"string","all":[],"named":{}})", kTree},
    {"SiblingsOfReferences", R"({"$ref": "#/components/schemas/Day", "example": "2020-02-02"})",
     R"("2020-02-02")", R"({"Day": {"type": "string", "format": "date"}})", "3.1.0"},
    {"NoSiblingsInThreePointZero",
     R"({"$ref": "#/components/schemas/Day", "example": "2020-02-02"})", R"("2024-05-01")",
     R"({"Day": {"type": "string", "format": "date"}})"},
    {"Anything", "{}", "{}"},
    {"True", "true", "{}", "{}", "3.1.0"},
};

INSTANTIATE_TEST_SUITE_P(All, OpenApiSample, testing::ValuesIn(kSamples),
                         [](const auto &sample) { return std::string(sample.param.name); });

TEST(OpenApiSamples, AreCutWhereTheyWouldBeLarge)
{
    // Each has ten of the next: 10^8 values.
    std::string components = "{";
    for (int level = 0; level < 8; ++level) {
        components += (level ? "," : "") + std::string("\"S") + std::to_string(level)
                      + R"(": {"type": "object", "properties": {)";
        for (int p = 0; p < 10; ++p)
            components += (p ? "," : "") + std::string("\"p") + std::to_string(p)
                          + R"(": {"$ref": "#/components/schemas/S)" + std::to_string(level + 1)
                          + "\"}";
        components += "}}";
    }
    components += R"(, "S8": {"type": "integer"}})";
    const std::string sample = sampleOf(R"({"$ref": "#/components/schemas/S0"})", components);
    EXPECT_LT(sample.size(), 100'000u);
    EXPECT_GT(sample.size(), 10u);
}

TEST(OpenApiSamples, SayWhereNothingFits)
{
    const auto loaded = importedDocument(documentOf(R"({"$ref": "#/components/schemas/A"})",
                                                    R"({"A": {"type": "object", "required": ["a"],
                       "properties": {"a": {"$ref": "#/components/schemas/A"}}}})"),
                                         "api.json");
    EXPECT_TRUE(says(loaded, "by its schema it holds itself"));
    EXPECT_TRUE(
        says(importedDocument(documentOf(R"({"type": "integer", "minimum": 5, "maximum": 4})"),
                              "api.json"),
             "does not fit the schema: the value is"));
}

} // namespace
} // namespace understudy::formats::openapi
