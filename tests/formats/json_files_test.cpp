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

TEST(JsonFiles, SayWhatALimitOfOursIs)
{
    std::string lists(150, '[');
    lists += std::string(150, ']');
    const std::string json = "{\"understudy\": 1,\n \"x-a\": " + lists + '}';
    const std::string yaml = "understudy: 1\nx-a: " + lists + '\n';
    for (const auto &[text, name] :
         {std::pair(json, "t.mock.json"), std::pair(yaml, "t.mock.yaml")}) {
        const auto loaded = formats::loadText(text, name);
        ASSERT_EQ(loaded.errors.size(), 1u) << name;
        const Error &error = loaded.errors[0].error;
        EXPECT_EQ(error.code, ErrorCode::Limit);
        EXPECT_EQ(error.where.file, name);
        EXPECT_EQ(error.where.line, 2);
        EXPECT_NE(error.message.find("a limit of Understudy"), std::string::npos);
        EXPECT_NE(error.message.find("bodyFile"), std::string::npos);
    }
    const auto mockoon
        = formats::loadText("{\"lastMigration\": 33, \"x\":\n" + std::string(300, '[')
                                + std::string(300, ']') + ", \"routes\": []}",
                            "t.json");
    ASSERT_EQ(mockoon.errors.size(), 1u);
    EXPECT_EQ(mockoon.errors[0].error.where.line, 2);
    EXPECT_NE(mockoon.errors[0].error.message.find("a limit of Understudy"), std::string::npos);
}

TEST(JsonFiles, SayWhatIsWrongWithHalfACharacter)
{
    struct Row
    {
        std::string text;
        std::string file;
        std::string message;
        int column;
    };
    const std::string alone = "is one half of a character alone";
    const std::vector<Row> rows{
        {R"({"understudy": 1, "name": "a\ud83d b"})", "t.mock.json", "\\ud83d " + alone, 29},
        {R"({"understudy": 1, "name": "\udc00"})", "t.mock.json", "\\udc00 " + alone, 28},
        {R"({"understudy": 1, "\uDFFFx": 1})", "t.mock.json", "\\uDFFF " + alone, 20},
        {R"({"understudy": 1, "name": "\ud83d\ude00 \ud83d\ud83d"})", "t.mock.json",
         "\\ud83d " + alone, 41},
        {R"({"understudy": 1, "name": "\ud83d\ude00",})", "t.mock.json",
         "this is no JSON as it stands", 28},
        {R"({"understudy": 1, "name": "é\ud83d"})", "t.mock.json", "\\ud83d " + alone, 29},
        {R"({"lastMigration": 33, "name": "\ud83d b", "routes": []})", "t.json", "\\ud83d " + alone,
         32},
        {"{understudy: 1, name: \"a\\ud83d b\"}", "t.mock.yaml", "\\ud83d " + alone, 25},
        {"{understudy: 1, name: \"a\\ud83d\\ude00\"}", "t.mock.yaml", "write \\U0001F600", 25},
        {"{understudy: 1, name: \"\\UFFFFFFFF\"}", "t.mock.yaml", "\\UFFFFFFFF is no character",
         24},
    };
    for (const Row &row : rows) {
        const auto loaded = formats::loadText(row.text, row.file);
        ASSERT_EQ(loaded.errors.size(), 1u) << row.text;
        const Error &error = loaded.errors[0].error;
        EXPECT_NE(error.message.find(row.message), std::string::npos) << row.text << error.message;
        EXPECT_EQ(error.where.file, row.file);
        EXPECT_EQ(error.where.line, 1) << row.text;
        EXPECT_EQ(error.where.column, row.column) << row.text;
    }
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
