// SPDX-License-Identifier: Apache-2.0
#include "tests/corpus/corpus.h"
#include "tests/formats/mockoon_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::formats::mockoon {
namespace {

using namespace test;
using testing::HasSubstr;

std::filesystem::path collection() { return corpus() / "mockoon"; }

TEST(MockoonCollection, IsUnderstoodAsBefore)
{
    checkCounts(collection(),
                {
                    // endpoints, switched off, responses, not served yet, understood otherwise
                    {"advanced-data-buckets.json", {4, 0, 7, 0, 2}},
                    {"amazonawscom-mediastore-data.json", {5, 0, 19, 0, 7}},
                    {"apideckcom-proxy.json", {6, 0, 18, 0, 8}},
                    {"azurecom-search-searchindex.json", {10, 0, 11, 0, 3}},
                    {"callbacks.json", {3, 0, 3, 0, 4}},
                    {"crud-buckets.json", {3, 0, 3, 0, 2}},
                    {"databuckets.json", {5, 0, 5, 0, 3}},
                    {"demo-crud.json", {7, 0, 9, 0, 1}},
                    {"deutschebahncom-stada.json", {4, 0, 16, 0, 6}},
                    {"file-bodies/envs/file.json", {3, 0, 3, 0, 4}},
                    {"folders.json", {2, 0, 2, 0, 2}},
                    {"generate-mock-data.json", {5, 0, 5, 0, 6}},
                    {"global-route.json", {3, 0, 3, 0, 2}},
                    {"headers.json", {4, 0, 4, 0, 2}},
                    {"httpbinorg.json", {73, 0, 101, 0, 15}},
                    {"jellyfinlocal.json", {408, 0, 1181, 0, 386}},
                    {"mozillacom-kinto.json", {20, 1, 90, 0, 14}},
                    {"open-runtimes-proxy.json", {2, 0, 2, 0, 2}},
                    {"openapi-export.json", {6, 0, 11, 0, 2}},
                    {"proxy.json", {1, 0, 1, 1, 2}},
                    {"rate-limiting.json", {3, 0, 4, 0, 2}},
                    {"response-rules.json", {6, 0, 34, 0, 5}},
                    {"schema-broken.json", {1, 0, 2, 0, 6}},
                    {"templating.json", {61, 0, 61, 0, 10}},
                    {"webhooks-and-callbacks.json", {3, 0, 3, 0, 2}},
                    {"websocket.json", {2, 0, 2, 7, 5}},
                });
}

TEST(MockoonCollection, MakesServersThatAreValidCompileAndSurviveBeingWritten)
{
    checkServersOf(collection());
}

TEST(MockoonCollection, IsRecognised)
{
    for (const auto &file : filesBelow(collection()))
        EXPECT_TRUE(recognise(*readFile(file))) << file;
}

TEST(MockoonCollection, AnswersTheRulesOfItsOwnTests)
{
    const ServedEnvironment served(importFile(collection() / "response-rules.json").server);
    const std::string asJson = "Content-Type: application/json\r\n";
    const std::string asForm = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(served.ask("GET", "/rules/2").body, "16"); // as in Mockoon: no body is an empty text
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, "{}").status, 404);
    EXPECT_EQ(served.ask("GET", "/rules/2?obj[prop2]=value2").body, "1");
    EXPECT_EQ(served.ask("GET", "/rules/2?array=test2&array=x").body, "2");
    EXPECT_EQ(served.ask("GET", "/RULES/15/").body, "3");
    EXPECT_EQ(served.ask("GET", "/rules/2", "Accept-Charset: UTF-8\r\n").body, "4");
    EXPECT_EQ(served.ask("GET", "/rules/2", "Accept-Charset: UTF-16\r\n").body, "5");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"name": "john"})").body, "6");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"user": [{"name": "John"}]})").body, "7");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"users": ["John", "Paul"]})").body, "8");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"user": ["Richard"]})").body, "9");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"test": 1})").body, "12");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"test": true})").body, "13");
    EXPECT_EQ(served.ask("GET", "/rules/2", {}, "testfullbody").body, "14");
    EXPECT_EQ(served.ask("GET", "/rules/2", asForm, "var1=val1&object%5Bproperty%5D=objv1").body,
              "formdata");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"property1": ""})").body, "16");
}

TEST(MockoonCollection, CountsRequestsAndTakesTheDefaultAgain)
{
    const ServedEnvironment served(importFile(collection() / "response-rules.json").server);
    for (const std::string_view expected : {"res1", "res2", "res3", "res1"})
        EXPECT_EQ(served.ask("GET", "/requestnumber").body, expected);
}

TEST(MockoonCollection, KeepsFoldersAndPrefixes)
{
    const Server folders = importFile(collection() / "folders.json").server;
    EXPECT_TRUE(std::any_of(folders.items.begin(), folders.items.end(),
                            [](const Item &i) { return i.folder(); }));
    const Server stada = importFile(collection() / "deutschebahncom-stada.json").server;
    EXPECT_EQ(stada.base, "/stada/v2");
    EXPECT_EQ(ServedEnvironment(stada).ask("GET", "/stada/v2/stations").status, 200);
}

TEST(MockoonCollection, ReadsTheBrokenFileOfLevelSixteen)
{
    const LoadedServer loaded = importFile(collection() / "schema-broken.json");
    EXPECT_EQ(loaded.server.listen.address, "127.0.0.1");
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/test").status, 200);
    EXPECT_THAT(served.ask("GET", "/test").head,
                HasSubstr("Content-Type: application/json; charset=utf-8\r\n"));
}

} // namespace
} // namespace understudy::formats::mockoon
