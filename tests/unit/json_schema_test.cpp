// SPDX-License-Identifier: Apache-2.0
// JSON Schema: a table of schemas with values that fit and values that do not. The verdicts are
// those of the specifications; Ajv 8 says the same but for what is marked.
#include "core/match/schema/json_schema.h"

#include <gmock/gmock.h>

using namespace understudy;

namespace {

JsonValue schemaJson(const std::string &text)
{
    auto value = JsonValue::parse(text);
    EXPECT_TRUE(value) << text;
    return value ? *std::move(value) : JsonValue();
}

/// Values as a JSON list without its brackets.
struct SchemaCase
{
    std::string schema;
    std::string fit;
    std::string unfit;
};

void checkSchemas(const std::string &draft, const std::vector<SchemaCase> &cases)
{
    for (const SchemaCase &c : cases) {
        JsonValue schema = schemaJson(c.schema);
        if (JsonObject *object = schema.ifObject(); object && !draft.empty())
            object->set("$schema", draft);
        const auto compiled = JsonSchema::compile(schema);
        ASSERT_TRUE(compiled) << c.schema << ": " << compiled.error().message;
        for (const bool isFit : {true, false}) {
            const JsonValue values = schemaJson('[' + (isFit ? c.fit : c.unfit) + ']');
            for (const JsonValue &value : *values.ifArray()) {
                WorkBudget budget(kConditionWork);
                EXPECT_EQ(compiled->fits(value, budget), verdictOf(isFit))
                    << c.schema << " in " << (isFit ? c.fit : c.unfit) << ", number "
                    << &value - values.ifArray()->data();
                EXPECT_EQ(compiled->fault(value, budget).has_value(), !isFit) << c.schema;
            }
        }
    }
}

std::string schemaFaultOf(const std::string &schema, const std::string &value)
{
    const auto compiled = JsonSchema::compile(schemaJson(schema));
    EXPECT_TRUE(compiled) << schema;
    WorkBudget budget(kConditionWork);
    const auto fault = compiled->fault(schemaJson(value), budget);
    return fault ? fault->place + " | " + fault->message : "none";
}

std::string schemaErrorOf(const std::string &schema)
{
    const auto compiled = JsonSchema::compile(schemaJson(schema));
    return compiled ? "" : compiled.error().message;
}

const std::string kFour = "http://json-schema.org/draft-04/schema#";
const std::string kSeven = "http://json-schema.org/draft-07/schema#";
const std::string k2019 = "https://json-schema.org/draft/2019-09/schema";

} // namespace

TEST(JsonSchema, KeywordsOfAllDrafts)
{
    for (const std::string &draft : {kFour, kSeven, k2019, std::string()}) {
        checkSchemas(
            draft,
            {{R"({"type":"integer"})", "1, 1.0, -3, 1e20", R"("1", 1.5, null)"},
             {R"({"type":["integer","null"]})", "1, null", R"("1")"},
             {R"({"type":"string","nullable":true})", R"("a", null)", "1"},
             {R"({"enum":[1,"a",[1],{"a":1},null]})", R"(1.0, "a", [1.0], {"a":1}, null)",
              R"("b", [2], {})"},
             {R"({"minimum":2,"maximum":3})", R"(2, 3, 2.5, "x")", "1.999999999999999999, 3.1"},
             {R"({"multipleOf":0.01})", R"(4.35, 19.99, 0, -0.07, "x")", "0.075, 1e-3"},
             {R"({"multipleOf":3})", "99999999999999999999, 3e5", "1e20, 1"},
             {R"({"minLength":2,"maxLength":3})", R"("äö", "abc", 5)", R"("ä", "abcd")"},
             {R"({"pattern":"^a+$"})", R"("aa", 1)", R"("ba", "")"},
             {R"({"minItems":1,"maxItems":2})", "[1], [1,2], 5", "[], [1,2,3]"},
             {R"({"uniqueItems":true})", R"([1,2,"1",[1],{}], [{"a":1},{"a":2}])",
              R"([1,1.0], [{"a":1,"b":2},{"b":2,"a":1}], [[1],[1]])"},
             {R"({"minProperties":1,"maxProperties":1})", R"({"a":1}, [])", R"({}, {"a":1,"b":2})"},
             {R"({"required":["a"]})", R"({"a":null}, 5)", "{}"},
             {R"({"properties":{"a":{"type":"integer"}},"additionalProperties":false})",
              R"({}, {"a":1})", R"({"a":"x"}, {"b":1})"},
             {R"({"patternProperties":{"^x":{"type":"integer"}},)"
              R"("additionalProperties":{"type":"string"}})",
              R"({"x1":1,"y":"s"})", R"({"x1":"s"}, {"y":1})"},
             {R"({"items":{"required":["a"]}})", R"([], [{"a":1}], 5)", R"([{"a":1},{}])"},
             {R"({"dependencies":{"a":["b"],"c":{"required":["d"]}}})",
              R"({}, {"a":1,"b":1}, {"c":1,"d":1})", R"({"a":1}, {"c":1})"},
             {R"({"allOf":[{"minimum":1},{"maximum":2}]})", "1, 2", "0, 3"},
             {R"({"anyOf":[{"type":"integer"},{"minimum":2}]})", "1, 2.5", "1.5"},
             {R"({"oneOf":[{"type":"integer"},{"minimum":2}]})", "1, 2.5", "3, 1.5"},
             {R"({"not":{"type":"object"}})", "1, []", "{}"},
             {R"({"definitions":{"a%b/c":{"type":"string"}},"properties":{"x":)"
              R"({"$ref":"#/definitions/a%25b~1c"}}})",
              R"({"x":"s"})", R"({"x":1})"},
             {R"({"properties":{"a":{"$ref":"#"}},"additionalProperties":false})",
              R"({"a":{"a":{}}})", R"({"a":{"a":{"b":1}}})"}});
    }
}

TEST(JsonSchema, KeywordsThatCameOrChanged)
{
    checkSchemas(kFour, {{R"({"minimum":1,"exclusiveMinimum":true})", "2", "1"},
                         {R"({"const":1})", "1, 2", ""}});
    checkSchemas(
        kSeven,
        {{R"({"const":{"a":1}})", R"({"a":1.0})", R"({}, {"a":2})"},
         {R"({"exclusiveMinimum":1,"exclusiveMaximum":3})", "2", "1, 3"},
         {R"({"contains":{"type":"integer"}})", R"(["a",1], {})", R"([], ["a"])"},
         {R"({"propertyNames":{"pattern":"^[ab]$"}})", R"({"a":1}, 5)", R"({"c":1})"},
         {R"({"if":{"type":"integer"},"then":{"minimum":2},"else":{"type":"string"}})", R"(2, "a")",
          "1, null"},
         {R"({"items":[{"type":"integer"}],"additionalItems":{"type":"string"}})",
          R"([], [1], [1,"a"])", R"(["a"], [1,2])"},
         // Beside a reference nothing counts.
         {R"({"$ref":"#/definitions/a","minimum":5,"definitions":{"a":{"type":"integer"}}})", "1",
          R"("a")"},
         {R"({"$ref":"#foo","definitions":{"x":{"$id":"#foo","type":"integer"}}})", "1",
          R"("a")"}});
    checkSchemas(
        {},
        {{R"({"prefixItems":[{"type":"integer"}],"items":false})", "[], [1]", R"(["a"], [1,2])"},
         {R"({"contains":{"type":"integer"},"minContains":2,"maxContains":3})", "[1,2], [1,2,3]",
          "[1], [1,2,3,4]"},
         {R"({"contains":{"type":"string"},"minContains":0})", "[], [1]", ""},
         {R"({"dependentRequired":{"a":["b"]}})", R"({"b":1}, {"a":1,"b":1})", R"({"a":1})"},
         {R"({"$ref":"#/$defs/a","minimum":5,"$defs":{"a":{"type":"integer"}}})", "5", R"(1, "a")"},
         {R"({"$ref":"#foo","$defs":{"x":{"$anchor":"foo","type":"integer"}}})", "1", R"("a")"},
         {R"({"$id":"https://e.com/a/root","$ref":"part","$defs":{"p":{"$id":"part",)"
          R"("type":"integer"}}})",
          "1", R"("a")"}});
}

TEST(JsonSchema, KnowsWhatNoOtherPartLookedAt)
{
    checkSchemas(
        {},
        {{R"({"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false})",
          R"({}, {"a":1})", R"({"b":1})"},
         {R"({"anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},)"
          R"({"properties":{"b":true},"required":["b"]}],"unevaluatedProperties":false})",
          R"({"a":1}, {"b":1}, {"a":1,"b":1})", R"({"a":"x","b":1}, {"a":1,"c":1})"},
         {R"({"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":)"
          R"({"properties":{"b":true}},"else":{"properties":{"c":true}},)"
          R"("unevaluatedProperties":false})",
          R"({"a":1,"b":1}, {"c":1})", R"({"a":1,"c":1}, {"b":1})"},
         {R"({"properties":{"a":true},"unevaluatedProperties":{"type":"string"}})",
          R"({"a":1,"b":"s"})", R"({"b":1})"},
         {R"({"anyOf":[{"prefixItems":[true,{"const":2}]},{"prefixItems":[true]}],)"
          R"("unevaluatedItems":false})",
          "[1], [1,2]", "[1,3], [1,2,3]"},
         // Ajv takes the second one; section 11.2 does not.
         {R"({"contains":{"type":"integer"},"unevaluatedItems":false})", "[1,2]", R"(["a",1])"}});
}

TEST(JsonSchema, ReferencesThatMeanTheOutermost)
{
    checkSchemas(
        {}, {{R"({"$id":"https://e.com/strict","$ref":"tree","$dynamicAnchor":"node",)"
              R"("unevaluatedProperties":false,"$defs":{"tree":{"$id":"https://e.com/tree",)"
              R"("$dynamicAnchor":"node","type":"object","properties":{"children":{"type":"array",)"
              R"("items":{"$dynamicRef":"#node"}}}}}})",
              R"({"children":[{"children":[]}]})", R"({"children":[{"children":[],"x":1}]})"}});
    // Both references count, whichever comes first.
    for (const std::string text :
         {R"("$ref":"#/$defs/a","$dynamicRef":"#n")", R"("$dynamicRef":"#n","$ref":"#/$defs/a")"}) {
        checkSchemas({}, {{"{" + text
                               + R"(,"$defs":{"a":{"minimum":2},"n":{"$dynamicAnchor":"n",)"
                                 R"("maximum":3}}})",
                           "2, 3", "1, 4"}});
    }
    checkSchemas(
        k2019,
        {{R"({"$id":"https://e.com/s","$recursiveAnchor":true,"$ref":"tree",)"
          R"("unevaluatedProperties":false,"$defs":{"tree":{"$id":"https://e.com/tree",)"
          R"("$recursiveAnchor":true,"type":"object","properties":{"children":{"type":"array",)"
          R"("items":{"$recursiveRef":"#"}}}}}})",
          R"({"children":[{"children":[]}]})", R"({"children":[{"children":[],"x":1}]})"}});
}

TEST(JsonSchema, Formats)
{
    const auto format = [](const std::string &name) { return R"({"format":")" + name + "\"}"; };
    checkSchemas(
        {},
        {{format("date"), R"("2024-02-29", 5)", R"("2023-02-29", "2024-1-1", "x")"},
         {format("date-time"),
          R"("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.1+01:30", "1998-12-31T15:59:60-08:00")",
          R"("2024-13-01T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:00", "2024-01-01")"},
         {format("time"), R"("10:00:00Z", "10:00:00+01:00")", R"("10:00:00", "25:00:00Z")"},
         {format("duration"), R"("P1D", "PT1H", "P1Y2M3DT4H5M6S", "P1W")", R"("P", "PT", "1D")"},
         {format("email"), R"("a@b.co", "joe.x+y@ex-a.com")", R"("a@b", "a b@c.de", "@x.y")"},
         {format("hostname"), R"("a", "a.b")", R"("-a", "a-", "a_b", "a..b")"},
         {format("ipv4"), R"("1.2.3.4")", R"("256.1.1.1", "1.2.3", "01.2.3.4")"},
         {format("ipv6"), R"("::1", "::ffff:1.2.3.4")", R"("1:2:3", "12345::")"},
         {format("uri"), R"("http://a.b/c?d#e", "urn:a:b", "http://[::1]/")",
          R"("a", "//a/b", "http://a b", "http://a/%zz")"},
         {format("uri-reference"), R"("a", "/a", "#x")", R"("\\x")"},
         {format("uuid"), R"("123e4567-e89b-12d3-a456-426614174000")",
          R"("123e4567e89b12d3a456426614174000", "x")"},
         {format("uri-template"), R"("/a/{b}", "{+a}", "{a,b*}")", R"("{")"},
         {format("json-pointer"), R"("", "/a", "/~0")", R"("a", "/~2")"},
         {format("relative-json-pointer"), R"("0", "1/a", "0#")", R"("/a", "01")"},
         {format("regex"), R"("[a-z]+")", R"("(")"},
         {format("byte"), R"("YQ==")", R"("a")"},
         {format("int32"), R"(1, "x")", "2147483648, 1.5"}});
    const auto unknown = JsonSchema::compile(schemaJson(format("zip-code")));
    ASSERT_TRUE(unknown);
    EXPECT_THAT(unknown->unknownFormats(), testing::ElementsAre("zip-code"));
}

TEST(JsonSchema, SaysWhereAValueDoesNotFit)
{
    const std::string schema
        = R"({"properties":{"id":{}},"required":["id"],"additionalProperties":false})";
    EXPECT_EQ(schemaFaultOf(schema, R"({"id":1,"b":2})"),
              "/b | a member that the schema does not allow");
    EXPECT_EQ(schemaFaultOf(schema, "{}"), " | 'id' is required");
    EXPECT_EQ(schemaFaultOf("false", "1"), " | nothing is allowed here");
    EXPECT_EQ(
        schemaFaultOf(R"({"properties":{"a":{"items":{"properties":{"q/1":{"minimum":1}}}}}})",
                      R"({"a":[{},{"q/1":0.50}]})"),
        "/a/1/q~11 | minimum 1, got 0.50");
    EXPECT_EQ(schemaFaultOf(R"({"type":["string","null"]})", "5"), " | type string or null, got 5");
    EXPECT_EQ(schemaFaultOf(R"({"maxItems":1})", "[1,2]"), " | at most 1 item, got 2");
    EXPECT_EQ(schemaFaultOf(R"({"oneOf":[{},{}]})", "1"),
              " | exactly one of the 2 of oneOf, but it fits 2");
    EXPECT_EQ(schemaFaultOf(R"({"pattern":"^a"})", R"("b")"), R"( | pattern ^a, got "b")");
    EXPECT_EQ(schemaFaultOf("{}", "1"), "none");
}

TEST(JsonSchema, WhatIsNoSchemaIsNamed)
{
    EXPECT_THAT(schemaErrorOf("5"), testing::HasSubstr("has to be a schema"));
    EXPECT_THAT(schemaErrorOf(R"({"properties":{"a":{"type":"text"}}})"),
                testing::StartsWith("#/properties/a: 'type' knows null"));
    EXPECT_THAT(schemaErrorOf(R"({"required":"a"})"), testing::HasSubstr("'required'"));
    EXPECT_THAT(schemaErrorOf(R"({"pattern":"("})"), testing::HasSubstr("no regular expression"));
    EXPECT_THAT(schemaErrorOf(R"({"$ref":"#/$defs/nope"})"), testing::HasSubstr("leads nowhere"));
    EXPECT_THAT(schemaErrorOf(R"({"$ref":"https://e.com/x"})"),
                testing::HasSubstr("another document"));
    EXPECT_THAT(schemaErrorOf(R"({"minLength":-1})"), testing::HasSubstr("0 or more"));
    EXPECT_THAT(schemaErrorOf(R"({"multipleOf":0})"), testing::HasSubstr("greater than 0"));
    EXPECT_THAT(schemaErrorOf(R"({"dependentRequired":{"a":true}})"),
                testing::HasSubstr("'dependentRequired' has to be a list"));
    // What asks of a value whether it fits itself.
    for (const char *circle : {R"({"$ref":"#"})", R"({"allOf":[{"$ref":"#"}]})",
                               R"({"$ref":"#/$defs/a","$defs":{"a":{"not":{"$ref":"#/$defs/a"}}}})",
                               R"({"if":{"$ref":"#"}})"})
        EXPECT_THAT(schemaErrorOf(circle), testing::HasSubstr("without end")) << circle;
}

TEST(JsonSchema, EndsWhatWouldTakeTooLong)
{
    // Each level of the value doubles the work.
    const auto doubling = JsonSchema::compile(
        schemaJson(R"({"anyOf":[{"items":{"$ref":"#"},"minItems":9},{"items":{"$ref":"#"}},)"
                   R"({"items":{"$ref":"#"},"not":{}}],"oneOf":[{"items":{"$ref":"#"}},false]})"));
    ASSERT_TRUE(doubling);
    const std::string deep = std::string(60, '[') + std::string(60, ']');
    WorkBudget budget(kConditionWork);
    EXPECT_EQ(doubling->fits(schemaJson(deep), budget), MatchVerdict::Undecided);
    EXPECT_FALSE(doubling->fault(schemaJson(deep), budget));
}
