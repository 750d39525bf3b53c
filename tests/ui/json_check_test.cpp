// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/json_check.h"

#include <gtest/gtest.h>

namespace understudy::ui {

TEST(JsonCheck, AcceptsWhatIsJson)
{
    for (const char *text : {"{}", "[]", " [1, -2.5e3, \"a\\u00e9\\n\", true, false, null] ",
                             "\"text\"", "0", "{\"a\": {\"b\": [[], {}]}}"})
        EXPECT_TRUE(checkJson(text).isValid) << text;
}

TEST(JsonCheck, SaysWhereAndWhatWasExpected)
{
    struct Case
    {
        const char *text;
        int line;
        int column;
        const char *message;
    };
    for (const Case &c :
         {Case{"{\"a\": 1\n \"b\": 2}", 2, 2, "expected ',' or '}'"},
          Case{"[1 2]", 1, 4, "expected ',' or ']'"},
          Case{"{a: 1}", 1, 2, "expected a name in quotes"},
          Case{"{\"a\" 1}", 1, 6, "expected ':'"}, Case{"[1,]", 1, 4, "expected a value"},
          Case{"{\"ä\": tru}", 1, 7, "expected a value"},
          Case{"{} x", 1, 4, "expected the end of the text"},
          Case{"[01]", 1, 2, "a number does not begin with 0"},
          Case{"[\"a\\q\"]", 1, 5, "this escape does not exist"},
          Case{"", 1, 1, "expected a value"},
          Case{"\"abc", 1, 1, "this text has no closing '\"'"}}) {
        const JsonCheck check = checkJson(c.text);
        EXPECT_FALSE(check.isValid) << c.text;
        EXPECT_EQ(check.line, c.line) << c.text;
        EXPECT_EQ(check.column, c.column) << c.text;
        EXPECT_EQ(check.message.toStdString(), c.message) << c.text;
    }
}

TEST(JsonCheck, DeepNestingCostsNoStack)
{
    const QByteArray deep = QByteArray(200'000, '[') + QByteArray(200'000, ']');
    EXPECT_TRUE(checkJson(deep).isValid);
}

TEST(JsonCheck, TemplatePartsAreNeutral)
{
    const QByteArray text
        = "{\"id\": {{path.id}}, \"name\": \"{{body.name}} \\\"x\\\"\"{{#if a}}, \"b\": 1{{/if}}}";
    EXPECT_FALSE(checkJson(text).isValid);
    EXPECT_TRUE(checkJson(text, true).isValid) << checkJson(text, true).message.toStdString();
    const QByteArray formatted = formatJson(text, true);
    for (const char *part : {"{{path.id}}", "{{body.name}}", "{{#if a}}", "{{/if}}"})
        EXPECT_TRUE(formatted.contains(part)) << formatted.toStdString();
}

TEST(JsonCheck, FormattingKeepsEveryTokenAsItIsWritten)
{
    EXPECT_EQ(formatJson("{\"a\":1.50,\"b\":[1e3,\"x\\u0041\"],\"c\":[ ]}\n"),
              "{\n  \"a\": 1.50,\n  \"b\": [\n    1e3,\n    \"x\\u0041\"\n  ],\n  \"c\": []\n}\n");
    EXPECT_EQ(formatJson("{broken"), "{broken");
}

TEST(JsonCheck, SaysThatATemplateIsOne)
{
    const JsonCheck check = checkJson("{\"path\": {{request.path}}}");
    EXPECT_FALSE(check.isValid);
    EXPECT_EQ(check.column, 11);
    EXPECT_TRUE(check.message.startsWith("this looks like a template, but “Template” is off"));
    EXPECT_TRUE(checkJson("{\"path\": {{request.path}}}", true).isValid);
    // What would be no JSON as a template either.
    EXPECT_EQ(checkJson("{{a: 1}").message, "expected a name in quotes");
}

TEST(JsonCheck, DoesNotJudgeWhatBlocksMake)
{
    const JsonCheck known = checkJson(R"({"a": {{count}}, "b": "{{x}}"})", true);
    EXPECT_TRUE(known.isValid && known.isKnown);
    const JsonCheck blocks = checkJson(R"({"a": {{#if x}}1{{else}}2{{/if}}})", true);
    EXPECT_TRUE(blocks.isValid);
    EXPECT_FALSE(blocks.isKnown);
    EXPECT_FALSE(checkJson(R"({"a": {{count}} "b": 1})", true).isValid);
    const QByteArray kept = R"({"a":{{#if x}}1{{else}}2{{/if}}})";
    EXPECT_EQ(formatJson(kept, true), kept);
}

} // namespace understudy::ui
