// SPDX-License-Identifier: Apache-2.0
// A mock file that is JSON is taken whole, with the places of what is wrong in it.
#include "core/formats/format.h"
#include "core/formats/yaml/parse.h"

#include <gtest/gtest.h>

using namespace understudy;
using formats::yaml::Node;

TEST(JsonFiles, MayHaveSurrogatePairsAndLongKeys)
{
    const std::string key(2000, 'k');
    const auto loaded = formats::loadText(
        R"({"understudy": 1, "name": "\ud83d\ude00 caf\u00e9", "headers": {"X-)" + key
            + R"(": "v"}, "endpoints": [{"path": "/x", "responses": [{"body": "a\n\u0001\/"}]}]})",
        "t.mock.json");
    ASSERT_TRUE(loaded.errors.empty()) << loaded.errors[0].error.text();
    const Server &server = loaded.servers.at(0).server;
    EXPECT_EQ(server.name, "😀 café");
    ASSERT_EQ(server.headers.size(), 1u);
    EXPECT_EQ(server.headers[0].name, "X-" + key);
    EXPECT_EQ(server.items.at(0).endpoint()->responses.at(0).body.content, "a\n\x01/");
}

TEST(JsonFiles, SayWhereSomethingIsWrong)
{
    const auto loaded = formats::loadText("{\n  \"understudy\": 1,\n  \"é\": \"\\ud83d\\ude00\", "
                                          "\"nmae\": \"x\"\n}\n",
                                          "t.mock.json");
    ASSERT_EQ(loaded.errors.size(), 2u);
    EXPECT_EQ(loaded.errors[0].error.where.line, 3);
    EXPECT_EQ(loaded.errors[0].error.where.column, 3);
    EXPECT_EQ(loaded.errors[1].error.where.line, 3);
    EXPECT_EQ(loaded.errors[1].error.where.column, 24);
    const auto twice = formats::yaml::parse("{\"a\": 1, \"a\": 2}", "f");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().message, "the key 'a' stands here twice");
    EXPECT_EQ(twice.error().where.column, 10);
}

TEST(JsonFiles, GiveTheTreeThatYamlGives)
{
    const std::string json = "{\"a\": [1, -2.50, true, null, \"t\", {}], \"b\": {\"c\": []}}";
    const auto whole = formats::yaml::parse(json, "f");
    const auto yaml = formats::yaml::parse("# not JSON\n" + json, "f");
    ASSERT_TRUE(whole && yaml);
    EXPECT_TRUE(formats::yaml::same(*whole, *yaml));
    const auto check = [](const Node &a, const Node &b, const auto &self) -> void {
        EXPECT_EQ(a.start.line + 1, b.start.line);
        EXPECT_EQ(a.start.column, b.start.column);
        EXPECT_EQ(a.end.column, b.end.column);
        EXPECT_EQ(a.flow, b.flow);
        EXPECT_EQ(a.style, b.style);
        ASSERT_EQ(a.items.size(), b.items.size());
        for (std::size_t i = 0; i < a.items.size(); ++i)
            self(a.items[i], b.items[i], self);
    };
    check(*whole, *yaml, check);
}

TEST(JsonFiles, AreBounded)
{
    std::string deep = "{\"a\":";
    for (int i = 0; i < 150; ++i)
        deep += '[';
    for (int i = 0; i < 150; ++i)
        deep += ']';
    const auto parsed = formats::yaml::parse(deep + "}", "f");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::Limit);
}

TEST(YamlFiles, SayThatMergeKeysAreOfYaml11)
{
    const auto loaded = formats::loadText(
        "understudy: 1\nendpoints:\n- <<: {enabled: false}\n  path: /x\n  responses: []\n",
        "t.mock.yaml");
    ASSERT_FALSE(loaded.errors.empty());
    EXPECT_NE(loaded.errors[0].error.message.find("YAML 1.1"), std::string::npos)
        << loaded.errors[0].error.message;
}

TEST(YamlFiles, SayThatMergeKeysInValuesAreOfYaml11)
{
    for (const std::string response :
         {"{bodyJson: {<<: {a: 1}, z: 1}}", "{bodyJson: [{b: {<<: {a: 1}}}]}",
          "{headers: {<<: {A: b}}, body: x}", "{when: [body: {json: {<<: {a: 1}}}], body: x}"}) {
        const auto loaded = formats::loadText(
            "understudy: 1\nendpoints:\n- path: /x\n  responses:\n  - " + response + "\n",
            "t.mock.yaml");
        ASSERT_EQ(loaded.errors.size(), 1u) << response;
        EXPECT_NE(loaded.errors[0].error.message.find("YAML 1.1"), std::string::npos)
            << loaded.errors[0].error.message;
    }
}

TEST(YamlFiles, KeepAQuotedMergeKeyAsAName)
{
    const auto loaded = formats::loadText("understudy: 1\nendpoints:\n- path: /x\n  responses:\n"
                                          "  - bodyJson:\n      '<<': 1\n",
                                          "t.mock.yaml");
    ASSERT_TRUE(loaded.ok()) << loaded.errors[0].error.message;
    const auto text = formats::exportText(loaded.servers.at(0).server, "native");
    ASSERT_TRUE(text);
    EXPECT_TRUE(formats::loadText(*text, "t.mock.yaml").ok()) << *text;
    EXPECT_TRUE(
        formats::loadText(
            R"({"understudy": 1, "endpoints": [{"path": "/x", "responses": [{"bodyJson": {"<<": 1}}]}]})",
            "t.mock.json")
            .ok());
}
