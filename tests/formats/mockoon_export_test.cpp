// SPDX-License-Identifier: Apache-2.0
// A server as a Mockoon environment: what an import makes of it again is the same, and what has no
// word is said. Answers are compared with the real Mockoon by tests/conformance.
#include "tests/formats/mockoon_environment.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::formats::mockoon {
namespace {

using testing::Contains;
using testing::HasSubstr;
namespace json = boost::json;

std::vector<std::string> textsOf(const std::vector<Problem> &problems)
{
    std::vector<std::string> out;
    for (const Problem &problem : problems)
        out.push_back(problem.error.text());
    return out;
}

json::object exported(const Server &server, std::vector<std::string> *said = nullptr)
{
    const auto out = exportServer(server, "mockoon");
    if (!out) {
        ADD_FAILURE() << out.error().text();
        return {};
    }
    if (said)
        *said = textsOf(out->report);
    return json::parse(out->text).as_object();
}

} // namespace

TEST(MockoonExport, ComesBackAsItWas)
{
    json::object file = test::environment(
        {test::route("get", "users/:id",
                     {json::object{{"body", "{{urlParam 'id'}}"},
                                   {"statusCode", 201},
                                   {"label", "one"},
                                   {"headers", json::array{{{"key", "X-A"}, {"value", "b"}}}},
                                   {"rules", json::array{{{"target", "body"},
                                                          {"modifier", "a.b"},
                                                          {"value", "^x"},
                                                          {"invert", false},
                                                          {"operator", "regex"}}}}},
                      test::answer("plain", true)}),
         test::route("all", "files/*", {test::answer("any", true)}),
         test::route("post", "v/:a.:b", {test::answer("two in one", true)})});
    file["data"] = json::array{
        {{"id", "abcd"}, {"name", "Users"}, {"value", "[{\"id\": 1}]"}, {"uuid", "u"}}};
    const LoadedServer first = test::imported(file);
    const LoadedServer again = test::imported(exported(first.server));
    EXPECT_EQ(exportText(again.server, "native").value(),
              exportText(first.server, "native").value());
}

TEST(MockoonExport, PutsRoutesIntoTheOrderInWhichTheyAnswer)
{
    const Server server = test::parseMock("understudy: 1\nendpoints:\n"
                                          "- folder: F\n  endpoints:\n"
                                          "  - {path: '/a/{id}', responses: [{body: any}]}\n"
                                          "- {path: /a/b, responses: [{body: exact}]}\n");
    std::vector<std::string> said;
    const json::object file = exported(server, &said);
    EXPECT_EQ(file.at("routes").at(0).at("endpoint").as_string(), "a/b");
    EXPECT_TRUE(file.at("folders").as_array().empty());
    EXPECT_THAT(said, Contains(HasSubstr("routes are asked in the order of the tree")));
}

TEST(MockoonExport, KeepsFoldersWhereNothingIsInTheWay)
{
    const Server server
        = test::parseMock("understudy: 1\nendpoints:\n- folder: Outer\n  endpoints:\n"
                          "  - {path: /a, responses: [{}]}\n"
                          "  - {folder: Inner, endpoints: [{path: /b, responses: [{}]}]}\n"
                          "- {path: /c, responses: [{}]}\n");
    const LoadedServer again = test::imported(exported(server));
    ASSERT_EQ(again.server.items.size(), 2U);
    const Folder *outer = again.server.items[0].folder();
    ASSERT_TRUE(outer);
    EXPECT_EQ(outer->name, "Outer");
    ASSERT_EQ(outer->items.size(), 2U);
    EXPECT_EQ(outer->items[1].folder()->name, "Inner");
}

TEST(MockoonExport, TranslatesOurTemplatesAndSaysWhatHasNoWord)
{
    const Server server = test::parseMock(
        "understudy: 1\nendpoints:\n- path: /a/{user-id}\n"
        "  behaviour: {faults: [{kind: reset}]}\n  responses:\n"
        "  - when: {query.n: {greater: 2}}\n    body: many\n"
        "  - template: true\n    body: \"{{path.user-id}} {{query.q}} {{bucket.x}}\"\n");
    std::vector<std::string> said;
    const json::object file = exported(server, &said);
    const json::value &route = file.at("routes").at(0);
    EXPECT_EQ(route.at("endpoint").as_string(), "a/:userid");
    ASSERT_EQ(route.at("responses").as_array().size(), 1U);
    EXPECT_EQ(route.at("responses").at(0).at("body").as_string(),
              "{{urlParam 'userid'}} {{queryParam 'q'}} {{bucket.x}}");
    EXPECT_THAT(said, Contains(HasSubstr("'query.n' with 'greater' has no word in Mockoon")));
    EXPECT_THAT(said, Contains(HasSubstr("'faults' has no word in Mockoon")));
    EXPECT_THAT(said, Contains(HasSubstr("{{bucket.x}}")));
}

TEST(MockoonExport, WritesRulesAsMockoonReadsThem)
{
    const Server server = test::parseMock(
        "understudy: 1\nendpoints:\n- path: /a/{my-id}\n  responses:\n"
        "  - when: [{method: {equals: GET}}, {path.my-id: {equals: '7'}}]\n    body: one\n"
        "  - when: {header.X: {matches: '(?s)^a.b\\z'}}\n    body: two\n"
        "  - when: {header.X: {matches: '\\p{L}(?i)x'}}\n    body: three\n"
        "  - body: plain\n    headers: {X-T: '{{method}}'}\n");
    std::vector<std::string> said;
    const json::object file = exported(server, &said);
    const json::array &responses = file.at("routes").at(0).at("responses").as_array();
    ASSERT_EQ(responses.size(), 3U);
    const json::array &rules = responses[0].at("rules").as_array();
    EXPECT_EQ(rules.at(0).at("value").as_string(), "get"); // compared in lower case there
    EXPECT_EQ(rules.at(1).at("modifier").as_string(), "myid");
    EXPECT_EQ(responses[1].at("rules").at(0).at("value").as_string(), "^a[\\s\\S]b$");
    EXPECT_THAT(said, Contains(HasSubstr("'header.X' with 'matches' has no word in Mockoon")));
    // Headers are always rendered there.
    EXPECT_EQ(responses[2].at("headers").at(0).at("value").as_string(), "\\{{method}}");
}

TEST(MockoonExport, SendsTheHeaderOfCorsWithEveryAnswer)
{
    const json::object file
        = exported(test::parseMock("understudy: 1\ncors: true\nendpoints: []\n"));
    EXPECT_EQ(file.at("headers").at(0).at("key").as_string(), "Access-Control-Allow-Origin");
}

} // namespace understudy::formats::mockoon
