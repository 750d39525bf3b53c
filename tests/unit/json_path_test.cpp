// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_path.h"

#include "core/base/json_text.h"
#include "core/match/comparison.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace understudy {
namespace {

JsonValue parsed(std::string_view text)
{
    auto value = JsonValue::parse(text, 20'000);
    return value ? *std::move(value) : JsonValue("this is not JSON");
}

JsonValue selected(std::string_view path, const JsonValue &document)
{
    const auto parsed = JsonPath::parse(path);
    if (!parsed)
        return "error: " + parsed.error().message;
    JsonArray out;
    for (const JsonValue *node : parsed->select(document))
        out.push_back(*node);
    return out;
}

std::string selectedText(std::string_view path, std::string_view document)
{
    return writeJson(selected(path, parsed(document)));
}

std::string errorOf(std::string_view path)
{
    const auto parsed = JsonPath::parse(path);
    return parsed ? std::string("no error") : parsed.error().message;
}

JsonArray complianceTests()
{
    std::ifstream file(UNDERSTUDY_SHARED_DATA "/jsonpath/cts.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (text.empty())
        return {};
    return *parsed(text).ifObject()->find("tests")->ifArray();
}

TEST(JsonPath, PassesTheComplianceTestSuite)
{
    const JsonArray tests = complianceTests();
    ASSERT_EQ(tests.size(), 703u)
        << "jsonpath/cts.json is missing in the shared data, or another one";
    for (const JsonValue &test : tests) {
        const JsonObject &entry = *test.ifObject();
        const std::string selector = *entry.find("selector")->ifString();
        SCOPED_TRACE(*entry.find("name")->ifString() + ": " + selector);
        if (entry.contains("invalid_selector")) {
            EXPECT_FALSE(JsonPath::parse(selector).hasValue());
            continue;
        }
        const JsonValue result = selected(selector, *entry.find("document"));
        if (const JsonValue *only = entry.find("result")) {
            EXPECT_EQ(writeJson(result), writeJson(*only));
            continue;
        }
        const JsonArray &allowed = *entry.find("results")->ifArray();
        EXPECT_NE(std::find(allowed.begin(), allowed.end(), result), allowed.end())
            << writeJson(result);
    }
}

TEST(JsonPath, ReturnsPointersIntoTheDocument)
{
    const JsonValue document = parsed(R"({"a":[1,2]})");
    const auto nodes = JsonPath::parse("$.a[1]")->select(document);
    ASSERT_EQ(nodes.size(), 1u);
    EXPECT_EQ(nodes[0], &document.ifObject()->find("a")->ifArray()->at(1));
}

TEST(JsonPath, VisitsDescendantsBeforeTheirChildren)
{
    EXPECT_EQ(selectedText("$..*", R"({"a":{"b":[1,2]},"c":3})"), R"([{"b":[1,2]},3,[1,2],1,2])");
}

TEST(JsonPath, ComparesNumbersByValueWhateverTheyAreWrittenAs)
{
    EXPECT_EQ(selectedText("$[?@ == 1]", "[1, 1.0, 1e0, 10e-1, \"1\", true]"), "[1,1.0,1e0,10e-1]");
    EXPECT_EQ(selectedText("$[?@.a == @.b]", R"([{"a":[1,{"x":2}],"b":[1.0,{"x":2.0}]}])"),
              R"([{"a":[1,{"x":2}],"b":[1.0,{"x":2.0}]}])");
}

TEST(JsonPath, SaysAtWhichColumnWhatWasExpected)
{
    EXPECT_EQ(errorOf(""), "JSONPath, column 1: expected '$' at the beginning");
    EXPECT_EQ(errorOf("a.b"), "JSONPath, column 1: expected '$' at the beginning");
    EXPECT_EQ(errorOf("$.a."), "JSONPath, column 5: expected a name or '*' behind '.'");
    EXPECT_EQ(errorOf("$.ä[x]"),
              "JSONPath, column 5: expected a quoted name, a number, ':', '*' or '?'");
    EXPECT_EQ(errorOf("$[?(@.a]"), "JSONPath, column 8: expected ')', '&&' or '||'");
    EXPECT_EQ(
        errorOf("$[?size(@) > 1]"),
        "JSONPath, column 4: expected one of the functions length, count, value, match and search");
    EXPECT_EQ(JsonPath::parse("$.a.").error().where.column, 5);
}

TEST(JsonPath, RefusesDeepNestingInsteadOfOverflowingTheStack)
{
    std::string brackets = "$[?";
    for (int i = 0; i < 5000; ++i)
        brackets += '(';
    EXPECT_EQ(JsonPath::parse(brackets).error().code, ErrorCode::Limit);

    std::string filters = "$";
    for (int i = 0; i < 3000; ++i)
        filters += "[?@";
    EXPECT_EQ(JsonPath::parse(filters).error().code, ErrorCode::Limit);

    EXPECT_EQ(JsonPath::parse("$" + std::string(100'000, ' ')).error().code, ErrorCode::Limit);
}

TEST(JsonPath, WalksADeepDocumentWithoutRecursion)
{
    JsonValue document(1);
    for (int i = 0; i < 20'000; ++i) {
        JsonArray outer;
        outer.push_back(std::move(document));
        document = std::move(outer);
    }
    EXPECT_EQ(JsonPath::parse("$..*")->select(document).size(), 20'000u);
    // Taken apart from outside: the destructor of a JSON value is recursive.
    while (document.isArray()) {
        JsonValue inner = std::move(document.ifArray()->front());
        document = std::move(inner);
    }
}

TEST(JsonPath, StopsAnEvaluationThatWouldTakeTooLong)
{
    JsonArray wide;
    for (int i = 0; i < 2000; ++i)
        wide.emplace_back(i);
    const JsonValue document(wide);
    const auto result = JsonPath::parse("$[?$[?$[?@ < 0]]]")->trySelect(document);
    ASSERT_FALSE(result.hasValue());
    EXPECT_EQ(result.error().code, ErrorCode::Limit);
    EXPECT_TRUE(JsonPath::parse("$[?$[?$[?@ < 0]]]")->select(document).empty());
}

TEST(JsonPath, SurvivesARegularExpressionThatBacktracksWithoutEnd)
{
    const JsonValue document(JsonArray{JsonValue(std::string(5000, 'a') + "b")});
    const auto path = JsonPath::parse("$[?match(@, '(a*)*(a*)*c')]");
    ASSERT_TRUE(path.hasValue());
    EXPECT_TRUE(path->select(document).empty());
}

TEST(JsonPath, TreatsABrokenRegularExpressionAsNoMatch)
{
    EXPECT_EQ(selectedText("$[?match(@, '(')]", R"(["(", "a"])"), "[]");
    EXPECT_EQ(selectedText("$[?!search(@, $[0])]", R"(["["])"), R"(["["])");
}

TEST(JsonPath, KnowsWhetherItSelectsOneNodeAtMost)
{
    EXPECT_TRUE(JsonPath::parse("$.a['b'][0]")->isSingular());
    EXPECT_FALSE(JsonPath::parse("$..a")->isSingular());
    EXPECT_FALSE(JsonPath::parse("$[0,1]")->isSingular());
    EXPECT_FALSE(JsonPath::parse("$[?@.a]")->isSingular());
}

} // namespace
} // namespace understudy
