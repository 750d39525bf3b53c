// SPDX-License-Identifier: Apache-2.0
#include "core/template/jmes_path.h"

#include "core/base/json_text.h"

#include <gtest/gtest.h>

namespace understudy {

TEST(JmesPath, FindsWhatTheSpecificationSays)
{
    const JsonValue document = *JsonValue::parse(
        R"({"a": {"b": {"c": [1, 2, 3, 4, 5]}}, "list": [{"n": "x", "v": 1, "t": ["p"]}, {"n": "y", "v": 2, "t": ["q", "r"]},)"
        R"( {"n": "z", "v": 10}], "with space": true, "empty": []})");
    const std::vector<std::pair<std::string_view, std::string_view>> rows{
        {"a.b.c[0]", "1"},
        {"a.b.c[-1]", "5"},
        {"a.b.c[1:3]", "[2,3]"},
        {"a.b.c[::-2]", "[5,3,1]"},
        {"\"with space\"", "true"},
        {"nothing.more", "null"},
        {"list[*].n", R"(["x","y","z"])"},
        {"list[].t[]", R"(["p","q","r"])"},
        {"list[?v > `1`].n", R"(["y","z"])"},
        {"list[?v > `1` && n == 'y'] | [0].v", "2"},
        {"list[?!t].n", R"(["z"])"},
        {"list[0].{name: n, value: v}", R"({"name":"x","value":1})"},
        {"list[0].[n, v]", R"(["x",1])"},
        {"a.*.c[0]", "[1]"},
        {"empty || 'none'", R"("none")"},
        {"length(list)", "3"},
        {"sum(list[*].v)", "13"},
        {"max(a.b.c)", "5"},
        {"join('-', list[*].n)", R"("x-y-z")"},
        {"sort(list[*].n) | reverse(@)", R"(["z","y","x"])"},
        {"keys(a)", R"(["b"])"},
        {"contains(a.b.c, `3`)", "true"},
        {"to_number('12')", "12"},
        {"not_null(nothing, a.b.c[1])", "2"},
    };
    for (const auto &[query, expected] : rows) {
        const auto found = selectJmesPath(document, query);
        ASSERT_TRUE(found) << query << ": " << found.error().message;
        EXPECT_EQ(writeJson(*found), expected) << query;
    }
    for (const std::string_view broken : {"a.", "a[", "a[?", "[", "a ||", "no_such(a)", "a b"})
        EXPECT_FALSE(selectJmesPath(document, broken)) << broken;
    EXPECT_FALSE(selectJmesPath(document, std::string(5000, '(')));
}

} // namespace understudy
