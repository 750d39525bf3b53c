// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/mockoon_environment.h"

#include "core/base/regex.h"
#include "core/formats/mockoon/lookup.h"
#include "core/match/json_path.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::formats::mockoon {
namespace {

using namespace test;
namespace json = boost::json;

json::object rule(std::string_view target, std::string_view modifier, std::string_view op,
                  std::string_view value, bool invert = false)
{
    return {{"target", target},
            {"modifier", modifier},
            {"operator", op},
            {"value", value},
            {"invert", invert}};
}

json::object response(std::string_view body, json::array rules = {},
                      std::string_view rulesOperator = "OR")
{
    return {{"body", body},
            {"rules", std::move(rules)},
            {"rulesOperator", rulesOperator},
            {"statusCode", 200}};
}

/// A route whose answer is "yes" if the rules hold and "no" if they do not.
json::object yesOrNo(json::array rules, std::string_view rulesOperator = "OR")
{
    json::object no = response("no");
    no["default"] = true;
    return environment(
        {route("all", "p/:id", {response("yes", std::move(rules), rulesOperator), std::move(no)})});
}

struct Case
{
    json::object rule;
    std::string method = "GET";
    std::string target = "/p/7";
    std::string headers = {};
    std::string body = {};
    bool holds = true;
};

const std::string kJson = "Content-Type: application/json\r\n";
const std::string kForm = "Content-Type: application/x-www-form-urlencoded\r\n";

void check(const std::vector<Case> &cases)
{
    for (const Case &c : cases) {
        const ServedEnvironment served(yesOrNo({c.rule}));
        EXPECT_EQ(served.ask(c.method, c.target, c.headers, c.body).body, c.holds ? "yes" : "no")
            << json::serialize(c.rule) << " on " << c.method << ' ' << c.target << ' ' << c.headers
            << c.body;
    }
}

// The checked examples of reference/mockoon.md section 3.4, and one row per combination of target
// and operator.
TEST(MockoonRules, HoldOnBodiesAsTheyDoInMockoon)
{
    check({
        {rule("body", "a", "equals", "1"), "POST", "/p/7", kJson, R"({"a":[1,2]})", true},
        {rule("body", "a", "equals", "3"), "POST", "/p/7", kJson, R"({"a":[1,2]})", false},
        {rule("body", "a", "equals", "1"), "POST", "/p/7", kJson, R"({"a":{"x":1}})", false},
        {rule("body", "a", "equals", "null"), "POST", "/p/7", kJson, R"({"a":"x"})", false},
        {rule("body", "a", "equals", ""), "POST", "/p/7", kJson, R"({"a":null})", true},
        {rule("body", "a", "equals", "null"), "POST", "/p/7", kJson, R"({"a":null})", false},
        {rule("body", "a", "equals", "null"), "POST", "/p/7", kJson, R"({"a":"null"})", true},
        {rule("body", "a.b", "equals", "true"), "POST", "/p/7", kJson, R"({"a":{"b":true}})", true},
        {rule("body", "a.0.b", "equals", "1"), "POST", "/p/7", kJson, R"({"a":[{"b":1}]})", true},
        {rule("body", "a.0.b", "equals", "1"), "POST", "/p/7", kJson, R"({"a":{"0":{"b":1}}})",
         true},
        {rule("body", "a\\.b", "equals", "1"), "POST", "/p/7", kJson, R"({"a.b":1})", true},
        {rule("body", "a", "equals", "1"), "POST", "/p/7", kForm, "a=1", true},
        {rule("body", "", "equals", R"({"a":1})"), "POST", "/p/7", kJson, R"({"a": 1})", false},
        {rule("body", "", "equals", "hello"), "POST", "/p/7", {}, "hello", true},
        {rule("body", "", "equals", ""), "POST", "/p/7", {}, {}, true},
        {rule("body", "", "regex", "l+o$"), "POST", "/p/7", {}, "hello", true},
        {rule("body", "", "regex_i", "HELLO"), "POST", "/p/7", {}, "hello", true},
        {rule("body", "", "null", ""), "POST", "/p/7", kJson, "{}", false},
        {rule("body", "", "null", ""), "POST", "/p/7", kJson, {}, true},
        {rule("body", "a", "null", ""), "POST", "/p/7", kJson, R"({"a":null})", true},
        {rule("body", "a", "null", ""), "POST", "/p/7", kJson, R"({"b":1})", true},
        {rule("body", "a", "null", ""), "POST", "/p/7", kJson, R"({"a":0})", false},
        {rule("body", "a", "empty_array", ""), "POST", "/p/7", kJson, R"({"a":[]})", true},
        {rule("body", "a", "empty_array", ""), "POST", "/p/7", kJson, R"({"a":[1]})", false},
        {rule("body", "a", "array_includes", "1"), "POST", "/p/7", kJson, R"({"a":[2,1]})", true},
        {rule("body", "a", "array_includes", "1"), "POST", "/p/7", kJson, R"({"a":"1"})", false},
        {rule("body", "a", "regex", "^Ric"), "POST", "/p/7", kJson, R"({"a":["Paul","Richard"]})",
         true},
        {rule("body", R"($.a[?(@.n=="x")].n)", "equals", "x"), "POST", "/p/7", kJson,
         R"({"a":[{"n":"x"}]})", true},
        {rule("body", "$..n", "array_includes", "x"), "POST", "/p/7", kJson, R"({"a":[{"n":"x"}]})",
         true},
        {rule("body", "$.a[*]", "null", ""), "POST", "/p/7", kJson, R"({"a":[null]})", false},
        {rule("body", "$.a[*]", "null", ""), "POST", "/p/7", kJson, R"({"a":[]})", true},
        {rule("body", "a", "equals", ""), "POST", "/p/7", kJson, {}, true},
        {rule("body", "a", "equals", "1", true), "POST", "/p/7", kJson, R"({"b":1})", true},
        {rule("body", "a", "equals", "1", true), "POST", "/p/7", kJson, R"({"a":1})", false},
    });
}

TEST(MockoonRules, HoldOnTheRestOfTheRequestAsTheyDoInMockoon)
{
    check({
        {rule("method", "", "equals", "get"), "GET", "/p/7", {}, {}, true},
        {rule("method", "", "equals", "post"), "GET", "/p/7", {}, {}, false},
        {rule("method", "", "regex", "^(put|patch)$"), "PUT", "/p/7", {}, {}, true},
        {rule("query", "a", "equals", "2"), "GET", "/p/7?a=1&a=2", {}, {}, true},
        {rule("query", "a", "equals", "2"), "GET", "/p/7?a%5B%5D=1&a%5B%5D=2", {}, {}, true},
        {rule("query", "o.p", "regex", "^v"), "GET", "/p/7?o%5Bp%5D=value", {}, {}, true},
        {rule("query", "$.a", "equals", "2"), "GET", "/p/7?a=2", {}, {}, true},
        {rule("query", "a", "null", ""), "GET", "/p/7?b=2", {}, {}, true},
        {rule("query", "a", "null", ""), "GET", "/p/7?a=", {}, {}, true},
        {rule("query", "a", "null", ""), "GET", "/p/7?a=2", {}, {}, false},
        {rule("header", "x-a", "equals", "1"), "GET", "/p/7", "X-A: 1\r\n", {}, true},
        {rule("header", "x-a", "null", ""), "GET", "/p/7", {}, {}, true},
        {rule("header", "", "null", ""), "GET", "/p/7", {}, {}, true},
        {rule("header", "x-a", "equals", "1", true), "GET", "/p/7", {}, {}, true},
        {rule("cookie", "c", "equals", "1"), "GET", "/p/7", "Cookie: c=1\r\n", {}, true},
        {rule("cookie", "", "null", ""), "GET", "/p/7", {}, {}, false},
        {rule("params", "id", "equals", "7"), "GET", "/p/7", {}, {}, true},
        {rule("params", "id", "regex", "^8"), "GET", "/p/7", {}, {}, false},
        {rule("params", "x", "null", ""), "GET", "/p/7", {}, {}, true},
        {rule("path", "", "equals", "/p/7"), "GET", "/p/7", {}, {}, true},
        {rule("path", "", "equals", "/p/:id"), "GET", "/p/8", {}, {}, true},
        {rule("path", "", "equals", "/q"), "GET", "/p/8", {}, {}, false},
        {rule("request_number", "", "equals", "1"), "GET", "/p/8", {}, {}, true},
        {rule("request_number", "", "regex", "^[2-9]$"), "GET", "/p/8", {}, {}, false},
    });
}

TEST(MockoonRules, CountTheRequestsOfTheirRoute)
{
    const ServedEnvironment served(yesOrNo({rule("request_number", "", "equals", "2")}));
    EXPECT_EQ(served.ask("GET", "/p/1").body, "no");
    EXPECT_EQ(served.ask("GET", "/p/1").body, "yes");
    EXPECT_EQ(served.ask("GET", "/p/1").body, "no");
}

TEST(MockoonRules, AreJoinedByTheirOperator)
{
    const json::array rules{rule("query", "a", "equals", "1"), rule("query", "b", "equals", "1")};
    const ServedEnvironment any(yesOrNo(rules, "OR"));
    EXPECT_EQ(any.ask("GET", "/p/1?b=1").body, "yes");
    const ServedEnvironment all(yesOrNo(rules, "AND"));
    EXPECT_EQ(all.ask("GET", "/p/1?b=1").body, "no");
    EXPECT_EQ(all.ask("GET", "/p/1?a=1&b=1").body, "yes");
}

TEST(MockoonRules, CountTheFieldsOfALongForm)
{
    std::string fields;
    for (int i = 0; i < 500; ++i)
        fields += (i > 0 ? "&customer_identifier=c" : "customer_identifier=c") + std::to_string(i);
    check({
        {rule("body", "customer_identifier.length", "equals", "500"), "POST", "/p/7", kForm,
         fields},
        {rule("body", "customer_identifier.length", "equals", "499"), "POST", "/p/7", kForm, fields,
         false},
        {rule("body", "customer_identifier.300", "equals", "c300"), "POST", "/p/7", kForm, fields},
        {rule("body", "customer_identifier.300", "equals", "c301"), "POST", "/p/7", kForm, fields,
         false},
        // What an attribute cannot be called goes into no expression.
        {rule("body", "_declaration._attributes.(", "equals", "1"),
         "POST",
         "/p/7",
         {},
         "<?xml version='1.0'?><a/>",
         false},
    });
}

// As Mockoon 9.9 answered.
TEST(MockoonRules, HoldValuesAgainstSchemasInBuckets)
{
    const auto answer = [](std::string_view target, std::string_view modifier,
                           std::string_view schema, const std::string &type,
                           const std::string &body) {
        json::object env = yesOrNo({rule(target, modifier, "valid_json_schema", schema)});
        env["data"] = json::array{json::object{{"id", "b1"}, {"name", "schemas"}, {"value", R"({
            "order": {"type": "object", "required": ["a"],
                      "properties": {"a": {"type": "integer"}}},
            "text": {"type": "string"},
            "odd": {"foo": 1},
            "format": {"format": "zzz"},
            "lost": {"$ref": "#/nope"},
            "d4": {"$schema": "http://json-schema.org/draft-04/schema#"},
            "beside": {"$ref": "#/definitions/o", "required": ["b"],
                       "definitions": {"o": {"type": "object"}}}})"}}};
        return ServedEnvironment(env).ask("POST", "/p/7?q=1", type, body).body;
    };
    EXPECT_EQ(answer("body", "", "schemas.order", kJson, R"({"a":1})"), "yes");
    EXPECT_EQ(answer("body", "", "b1.order", kJson, R"({"a":1})"), "yes");
    EXPECT_EQ(answer("body", "", "schemas.order", kJson, R"({"a":"x"})"), "no");
    EXPECT_EQ(answer("body", "", "schemas.order", {}, R"({"a":1})"), "no");
    EXPECT_EQ(answer("body", "", "schemas.text", "Content-Type: text/plain\r\n", R"({"a":1})"),
              "yes");
    EXPECT_EQ(answer("body", "", "schemas.text", kJson, "{bad"), "yes");
    EXPECT_EQ(answer("body", "n", "schemas.text", kJson, R"({"n":null})"), "yes");
    EXPECT_EQ(answer("body", "n", "schemas.text", kJson, "{}"), "no");
    EXPECT_EQ(answer("body", "", "schemas.beside", kJson, R"({"b":1})"), "yes");
    EXPECT_EQ(answer("body", "", "schemas.beside", kJson, R"({"a":1})"), "no");
    EXPECT_EQ(answer("query", "q", "schemas.text", kJson, "1"), "yes");
    EXPECT_EQ(answer("query", "q", "schemas.order", kJson, "1"), "no");
    // What Ajv refuses never holds.
    for (const char *refused : {"odd", "format", "lost", "d4", "nope"})
        EXPECT_EQ(answer("body", "", std::string("schemas.") + refused, kJson, "{}"), "no")
            << refused;
}

TEST(MockoonRules, ThatCannotBeExpressedNeverHold)
{
    const json::object foreign = rule("query", "", "valid_json_schema", "schemas.text");
    for (const json::object &unknown :
         {foreign, rule("body", "a", "regex", "{{x}}"), rule("body", "$.a^", "equals", "1"),
          rule("query", "a", "equals", "{{#if 1}}x{{/if}}"),
          rule("nonsense", "a", "equals", "1")}) {
        const LoadedServer loaded = imported(yesOrNo({unknown}));
        EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/p/1").body, "no")
            << json::serialize(unknown);
        EXPECT_FALSE(loaded.problems.empty()) << json::serialize(unknown);
    }
    // The others decide under OR, nothing does under AND.
    const json::array mixed{foreign, rule("query", "a", "equals", "1")};
    EXPECT_EQ(ServedEnvironment(yesOrNo(mixed, "OR")).ask("GET", "/p/1?a=1").body, "yes");
    EXPECT_EQ(ServedEnvironment(yesOrNo(mixed, "AND")).ask("GET", "/p/1?a=1").body, "no");
}

TEST(MockoonRules, AreRenderedWhereTheyAreTemplates)
{
    const auto answer = [](const json::object &one, const std::string &target) {
        return ServedEnvironment(yesOrNo({one})).ask("GET", target).body;
    };
    EXPECT_EQ(answer(rule("templating", "{{queryParam 'a'}}", "equals", "1"), "/p/1?a=1"), "yes");
    EXPECT_EQ(answer(rule("templating", "{{queryParam 'a'}}", "equals", "1"), "/p/1?a=2"), "no");
    EXPECT_EQ(answer(rule("templating", "a{{urlParam 'id'}}", "regex", "^a\\d$"), "/p/7"), "yes");
    const json::object same = rule("query", "a", "equals", "x{{queryParam 'b'}}");
    EXPECT_EQ(answer(same, "/p/1?a=x5&b=5"), "yes");
    EXPECT_EQ(answer(same, "/p/1?a=5&b=5"), "no");
    EXPECT_EQ(answer(rule("query", "{{queryParam 'n'}}", "equals", "1"), "/p/1?n=c&c=1"), "yes");
    EXPECT_EQ(answer(rule("method", "", "equals", "{{lowercase (method)}}"), "/p/1"), "yes");
    EXPECT_EQ(answer(rule("global_var", "never", "equals", "1"), "/p/1"), "no");
}

TEST(MockoonLookup, TurnsDotPathsIntoJsonPaths)
{
    EXPECT_EQ(jsonPathOf(dotPathSteps("a.b\\.c.0")), "$.a['b.c']['0',0]");
    EXPECT_EQ(jsonPathOf(dotPathSteps("it's")), "$['it\\'s']");
    EXPECT_EQ(jsonPathOf(dotPathSteps("a\tb")), "$['a\\u0009b']");
    EXPECT_EQ(jsonPathOf(dotPathSteps("007")), "$['007']");
    EXPECT_EQ(jsonPathOf({"a", "b"}, 1), "$.b");
}

TEST(MockoonLookup, RewritesForeignJsonPaths)
{
    const std::vector<std::pair<std::string, std::string>> rows{
        {"$", "$"},
        {"$.a.b[0]", "$.a.b[0]"},
        {"$..x", "$..x"},
        {"$..*", "$..*"},
        {"$.a-b", "$['a-b']"},
        {"$.1", "$['1']"},
        {"$[name.with.dots]", "$['name.with.dots']"},
        {"$['a']..['b']", "$['a']..['b']"},
        {"$.a[1:3,5]", "$.a[1:3,5]"},
        {"$.a[?(@.n === 'x' && @.m !== 2)]", "$.a[?(@.n == 'x' && @.m != 2)]"},
    };
    for (const auto &[foreign, ours] : rows) {
        EXPECT_EQ(toRfcJsonPath(foreign).value_or("(nothing)"), ours) << foreign;
        EXPECT_TRUE(JsonPath::parse(ours).hasValue()) << ours;
    }
    for (const std::string foreign :
         {"a", "$.a^", "$.a~", "$[(@.length-1)]", "$[?(@property=='a')]", "$.", "$[", "$a"})
        EXPECT_FALSE(toRfcJsonPath(foreign).has_value()) << foreign;
}

TEST(MockoonLookup, RewritesJavaScriptExpressions)
{
    EXPECT_EQ(toPcre("^a\\/b$", false).value(), "^a/b\\z");
    EXPECT_EQ(toPcre("x", true).value(), "(?i)x");
    EXPECT_EQ(toPcre("\\u00e9[^]", false).value(), "é[\\s\\S]");
    EXPECT_TRUE(Regex::compile(toPcre("\\u00e9[^]*?(?<n>a)\\k<n>", true).value()).hasValue());
}

} // namespace
} // namespace understudy::formats::mockoon
