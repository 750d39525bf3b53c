// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/json_path.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace understudy::test {

/// The nodes that `path` selects as a list; the error as a text if it is none.
inline boost::json::value selected(std::string_view path, const boost::json::value &document)
{
    const auto parsed = JsonPath::parse(path);
    if (!parsed)
        return boost::json::value("error: " + parsed.error().message);
    boost::json::array out;
    for (const boost::json::value *node : parsed->select(document))
        out.push_back(*node);
    return out;
}

/// Runs a file of cases in the form of the JSONPath compliance test suite: `name`, `selector`, and
/// either `invalid_selector` or a `document` with the `result` (or the `results` that are allowed).
/// `size` is how many there are: a file that lost its cases proves nothing.
inline void checkJsonPathSuite(const std::filesystem::path &file, std::size_t size)
{
    namespace json = boost::json;
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    ASSERT_FALSE(text.empty()) << file;
    const json::value document = json::parse(text);
    const json::array &tests = document.at("tests").as_array();
    ASSERT_EQ(tests.size(), size) << file;
    for (const json::value &test : tests) {
        const json::object &entry = test.as_object();
        const std::string selector(entry.at("selector").as_string());
        SCOPED_TRACE(std::string(entry.at("name").as_string()) + ": " + selector);
        if (entry.contains("invalid_selector")) {
            EXPECT_FALSE(JsonPath::parse(selector).hasValue());
            continue;
        }
        const json::value result = selected(selector, entry.at("document"));
        if (const json::value *only = entry.if_contains("result")) {
            EXPECT_EQ(json::serialize(result), json::serialize(*only));
            continue;
        }
        const json::array &allowed = entry.at("results").as_array();
        EXPECT_NE(std::find(allowed.begin(), allowed.end(), result), allowed.end())
            << json::serialize(result);
    }
}

} // namespace understudy::test
