// SPDX-License-Identifier: Apache-2.0
// The language, its limits and its errors. The whole specification data runs in tests/corpus.
#include "core/template/template.h"

#include <gmock/gmock.h>

#include <fstream>

namespace understudy::handlebars {

namespace {

std::string rendered(std::string_view text, const JsonValue &context,
                     const TemplateOptions &options = {}, const RenderOptions &limits = {})
{
    const auto compiled = Template::compile(text, options);
    if (!compiled)
        return "not compiled: " + compiled.error().message;
    std::string out;
    const auto done = compiled->render(out, Value::ofJson(context), nullptr, limits);
    return done ? out : "failed: " + done.error().message;
}

JsonValue json(std::string_view text) { return *JsonValue::parse(text); }

} // namespace

TEST(Template, TheExampleOfItsHeaderWorks)
{
    const auto hello = Template::compile("Hello {{name}}!", {});
    ASSERT_TRUE(hello);
    std::string out;
    ASSERT_TRUE(hello->render(out, JsonObject{{"name", "Ada"}}));
    EXPECT_EQ(out, "Hello Ada!");
}

TEST(Template, RendersWhatHandlebarsRenders)
{
    const JsonValue context = json(
        R"({"a": "<x>", "n": 0, "list": [1, {"b": 2}], "o": {"k": "v"}, "empty": [], "t": true})");
    const std::vector<std::pair<std::string_view, std::string_view>> rows{
        {"{{a}} {{{a}}} {{&a}}", "&lt;x&gt; <x> <x>"},
        {"{{nothing}}{{nothing.more}}|", "|"},
        {"{{#each list}}{{@index}}{{@first}}{{@last}}{{b}};{{/each}}", "0truefalse;1falsetrue2;"},
        {"{{#each o}}{{@key}}={{this}}{{/each}}", "k=v"},
        {"{{#each empty}}x{{else}}none{{/each}}", "none"},
        {"{{#if n}}y{{else if t}}t{{else}}n{{/if}}", "t"},
        {"{{#if n includeZero=true}}y{{/if}}", "y"},
        {"{{#with o as |it|}}{{it.k}}{{../n}}{{/with}}", "v0"},
        {"{{#list}}{{.}},{{/list}}", "1,[object Object],"},
        {"{{^t}}no{{/t}}{{^empty}}none{{/empty}}", "none"},
        {"{{lookup list 0}}{{list.[1].b}}{{list.length}}", "122"},
        {"\\{{a}} \\\\{{n}}", "{{a}} \\0"},
        {"{{! not here }}{{!-- nor {{this}} --}}x", "x"},
        {" {{~n~}} ", "0"},
        {"{{#if t}}\n  line\n{{/if}}\nend", "  line\nend"},
        {"{{{{raw}}}} {{a}} {{{{/raw}}}}", ""},
        {"{{#*inline \"p\"}}[{{x}}]{{/inline}}{{> p x=1}}{{> p x=n}}", "[1][0]"},
    };
    for (const auto &[text, expected] : rows)
        EXPECT_EQ(rendered(text, context), expected) << text;
}

TEST(Template, KeepsNumbersAsTheyWereWritten)
{
    EXPECT_EQ(rendered("{{n}} {{big}}", json(R"({"n": 12.90, "big": 1236546565217899832645})")),
              "12.90 1236546565217899832645");
}

TEST(Template, SaysWhereItIsBroken)
{
    const std::vector<std::tuple<std::string_view, int, int>> rows{
        {"ab{{", 1, 5},         {"{{#if a}}x", 1, 1}, {"x\n {{/if}}", 2, 2},
        {"{{#a}}{{/b}}", 1, 7}, {"{{a b=}}", 1, 7},   {"{{foo/../bar}}", 1, 9},
    };
    for (const auto &[text, line, column] : rows) {
        const auto compiled = Template::compile(text, {});
        ASSERT_FALSE(compiled) << text;
        EXPECT_EQ(compiled.error().code, ErrorCode::Syntax) << text;
        EXPECT_EQ(compiled.error().where.line, line) << text << compiled.error().message;
        EXPECT_EQ(compiled.error().where.column, column) << text << compiled.error().message;
    }
}

TEST(Template, EndsWhereItsLimitsAre)
{
    const JsonValue context = json(R"({"list": [1,2,3,4,5,6,7,8,9,10]})");
    RenderOptions few;
    few.maxSteps = 50;
    const std::string loops = "{{#each list}}{{#each @root.list}}x{{/each}}{{/each}}";
    EXPECT_THAT(rendered(loops, context, {}, few), testing::HasSubstr("too many steps"));
    EXPECT_EQ(rendered(loops, context), std::string(100, 'x'));
    RenderOptions small;
    small.maxOutput = 20;
    EXPECT_THAT(rendered("{{#each list}}0123456789{{/each}}", context, {}, small),
                testing::HasSubstr("writes too much"));
    const std::string recursion = "{{#*inline \"p\"}}{{> p}}{{/inline}}{{> p}}";
    EXPECT_THAT(rendered(recursion, context), testing::HasSubstr("without an end"));
    std::string deep;
    for (int i = 0; i < 1000; ++i)
        deep += "{{#a}}";
    EXPECT_THAT(rendered(deep, context), testing::HasSubstr("100 levels"));
    EXPECT_THAT(rendered("{{" + std::string(1000, '(') + "a", context),
                testing::HasSubstr("100 levels"));
}

TEST(Template, AMissingHelperIsAnErrorUnlessItIsTolerated)
{
    EXPECT_EQ(rendered("{{nope 1}}", {}), "failed: there is no helper \"nope\"");
    TemplateOptions tolerant;
    tolerant.toleratesMissingHelpers = true;
    EXPECT_EQ(rendered("[{{nope 1}}{{#nope 1}}x{{/nope}}{{#nope}}y{{/nope}}]", {}, tolerant),
              "[y]");
}

TEST(Value, WritesNumbersAsJavaScriptDoes)
{
    const std::vector<std::pair<double, std::string_view>> rows{
        {0.1 + 0.2, "0.30000000000000004"},
        {1e21, "1e+21"},
        {1e20, "100000000000000000000"},
        {1e-6, "0.000001"},
        {1e-7, "1e-7"},
        {-0.0, "0"},
        {1152921504606846976.0, "1152921504606847000"},
        {-123456.789, "-123456.789"},
        {1.5e300, "1.5e+300"},
        {123, "123"},
    };
    for (const auto &[value, expected] : rows)
        EXPECT_EQ(numberText(value), expected);
    EXPECT_EQ(numberOf(" 12 "), 12);
    EXPECT_EQ(numberOf("0x1F"), 31);
    EXPECT_EQ(numberOf(""), 0);
    EXPECT_TRUE(std::isnan(numberOf("12px")));
    EXPECT_TRUE(std::isnan(numberOf("nan")));
}

} // namespace understudy::handlebars
