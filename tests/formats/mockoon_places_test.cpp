// SPDX-License-Identifier: Apache-2.0
// The lines that are said of Mockoon's rules.
#include "core/formats/mockoon/mockoon.h"
#include "core/formats/mockoon/rule_places.h"

#include <gmock/gmock.h>

namespace understudy::formats::mockoon {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// `member` stands before the two rules, of which the second is broken.
std::string environmentText(const std::string &member = {})
{
    return R"({"name": "E", "lastMigration": 33, "routes": [
 {"type": "http", "method": "get", "endpoint": "a", "responses": [
  {"body": "{\"responses\": [{\"rules\": [{}]}]}", )"
           + member + R"("rulesOperator": "OR", "rules": [
    {"target": "header", "modifier": "x", "value": "1", "operator": "equals"}, 1,
    {"target": "header", "modifier": "x", "value": "(", "operator": "regex"}]},
  {"body": "no", "default": true, "rules": []}]}]})";
}

/// What is said of rules, with its place.
std::vector<std::string> saidOf(const std::string &text)
{
    std::vector<std::string> out;
    for (const LoadedServer &loaded : import(text, "e.json").servers) {
        for (const Problem &problem : loaded.problems) {
            if (problem.error.message.find("regular expression") != std::string::npos)
                out.push_back(problem.error.text());
        }
    }
    return out;
}

std::vector<std::pair<int, int>> marksIn(const std::string &text)
{
    std::vector<std::pair<int, int>> out;
    for (const yaml::Mark mark : marksOfRules(text))
        out.emplace_back(mark.line, mark.column);
    return out;
}

TEST(MockoonPlaces, AreThoseOfRulesAlone)
{
    EXPECT_THAT(marksIn(environmentText()), ElementsAre(std::pair(4, 5), std::pair(5, 5)));
    EXPECT_THAT(marksIn(R"({"rules": [{}], "responses": [[{"rules": [{}]}], {"rules": {}},
{"x": {"rules": [{}]}, "rules": [[{}], {"rules": [{}]}]}]})"),
                ElementsAre(std::pair(2, 40)));
    EXPECT_THAT(marksIn(R"({"responses": [{"body": "é€", "rules": [{}]}]})"),
                ElementsAre(std::pair(1, 41)));
    for (const char *odd : {"", "]", "}{", "\"", "\"\\", "[[[[", R"("rules": [{)"})
        EXPECT_THAT(marksIn(odd), ElementsAre()) << odd;
}

TEST(MockoonPlaces, StandBeforeWhatIsSaidOfARule)
{
    EXPECT_THAT(saidOf(environmentText()),
                ElementsAre(AllOf(StartsWith("e.json:5:5: GET /a, response 1, rule 2: "))));
}

TEST(MockoonPlaces, AreKnownInEachEnvironmentOfAList)
{
    const std::string text = R"({"source": "mockoon:1.2.3", "data": [
{"type": "other", "item": {"responses": [{"rules": [{}]}]}},
{"type": "environment", "item": )"
                             + environmentText() + "},\n{\"type\": \"environment\", \"item\": "
                             + environmentText() + "}]}";
    EXPECT_THAT(saidOf(text), ElementsAre(StartsWith("e.json:7:5: "), StartsWith("e.json:13:5: ")));
}

TEST(MockoonPlaces, AreNotSaidWhereTheyCouldBeOthers)
{
    const auto said = saidOf(environmentText(R"("rules": [{"target": "body"}], )"));
    ASSERT_EQ(said.size(), 1U);
    EXPECT_THAT(said[0], StartsWith("e.json: GET /a"));
}

} // namespace
} // namespace understudy::formats::mockoon
