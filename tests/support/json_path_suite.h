// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"
#include "core/match/json_path.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace understudy::test {

/// The nodes that `path` selects as a list; the error as a text if it is none.
inline JsonValue selected(std::string_view path, const JsonValue &document)
{
    const auto parsed = JsonPath::parse(path);
    if (!parsed)
        return "error: " + parsed.error().message;
    JsonArray out;
    for (const JsonValue *node : parsed->select(document))
        out.push_back(*node);
    return out;
}

/// Runs a file of cases in the form of the JSONPath compliance test suite: `name`, `selector`, and
/// either `invalid_selector` or a `document` with the `result` (or the `results` that are allowed).
/// `size` is how many there are: a file that lost its cases proves nothing.
inline void checkJsonPathSuite(const std::filesystem::path &file, std::size_t size)
{
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto document = JsonValue::parse(text, 1000);
    ASSERT_TRUE(document) << file;
    const JsonArray &tests = *document->ifObject()->find("tests")->ifArray();
    ASSERT_EQ(tests.size(), size) << file;
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

} // namespace understudy::test
