// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/broken_rules.h"

#include "core/engine/compile_findings.h"
#include "core/formats/format.h"
#include "core/formats/rule_parts.h"
#include "core/model/edit.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy {
namespace {

TEST(BrokenRules, OfAnImportedFileNeverHoldAndAreKept)
{
    formats::LoadOutcome outcome = formats::loadText(
        R"([{"httpRequest": {"path": "/a", "body": {"type": "JSON_PATH",
                "jsonPath": "$.store.book[?(@.title =~ /.*a/i)]"}}, "httpResponse": {"body": "a"}},
            {"httpRequest": {"path": "/b"}, "httpResponse": {"body": "b"}}])",
        "x.json", {.format = "mockserver"});
    ASSERT_EQ(outcome.servers.size(), 1U);
    formats::LoadedServer &loaded = outcome.servers[0];
    ASSERT_FALSE(compileFindings(loaded.server, {}).empty());
    const std::size_t notes = loaded.problems.size();
    workspace::switchOffBrokenRules(outcome);
    EXPECT_TRUE(compileFindings(loaded.server, {}).empty());
    ASSERT_EQ(loaded.problems.size(), notes + 1);
    EXPECT_THAT(loaded.problems.back().error.message, testing::HasSubstr("is never sent"));
    int off = 0;
    forEachEndpoint(loaded.server, [&](const EndpointVisit &visit) {
        for (const Response &response : visit.endpoint.responses)
            off += response.extensions.contains("x-rule-off") ? 1 : 0;
    });
    EXPECT_EQ(off, 1);
    workspace::switchOffBrokenRules(outcome);
    EXPECT_EQ(loaded.problems.size(), notes + 1);
}

TEST(BrokenRules, InGroupsAndNegatedNeverHold)
{
    for (const char *body :
         {R"({"type": "XPATH", "xpath": "/a[", "not": true})",
          R"({"type": "JSON_SCHEMA", "jsonSchema": {"pattern": "("}, "optional": true})",
          R"({"type": "JSON_PATH", "jsonPath": "$.[", "not": true, "optional": true})"}) {
        formats::LoadOutcome outcome
            = formats::loadText(R"([{"httpRequest": {"headers": {"X": ["!a"]}, "body": )"
                                    + std::string(body) + R"(}, "httpResponse": {"body": "a"}}])",
                                "x.json", {.format = "mockserver"});
        ASSERT_EQ(outcome.servers.size(), 1U);
        formats::LoadedServer &loaded = outcome.servers[0];
        ASSERT_EQ(compileFindings(loaded.server, {}).size(), 1U) << body;
        workspace::switchOffBrokenRules(outcome);
        EXPECT_TRUE(compileFindings(loaded.server, {}).empty());
        EXPECT_EQ(loaded.server.items.at(0).endpoint()->responses.at(0).when, formats::never());
    }
}

TEST(BrokenRules, WhatIsOnlyRemarkedUponStays)
{
    formats::LoadOutcome outcome = formats::loadText(
        R"([{"httpRequest": {"body": {"type": "JSON_SCHEMA", "jsonSchema": {"type": "string",
                "format": "colour"}}}, "httpResponse": {"body": "a"}}])",
        "x.json", {.format = "mockserver"});
    ASSERT_EQ(outcome.servers.size(), 1U);
    ASSERT_FALSE(compileFindings(outcome.servers[0].server, {}).empty());
    const Server before = outcome.servers[0].server;
    workspace::switchOffBrokenRules(outcome);
    EXPECT_EQ(outcome.servers[0].server, before);
}

TEST(BrokenRules, APathThatCannotBeCompiledIsOff)
{
    formats::LoadOutcome outcome = formats::loadText(
        R"([{"httpRequest": {"path": "/a"}, "httpResponse": {"body": "a"}},
            {"httpRequest": {"path": "/b"}, "httpResponse": {"body": "b"}}])",
        "x.json", {.format = "mockserver"});
    ASSERT_EQ(outcome.servers.size(), 1U);
    formats::LoadedServer &loaded = outcome.servers[0];
    findEndpoint(loaded.server, loaded.server.items.at(0).endpoint()->id)->path = "regex:(";
    workspace::switchOffBrokenRules(outcome);
    EXPECT_TRUE(compileFindings(loaded.server, {}).empty());
    EXPECT_FALSE(loaded.server.items.at(0).endpoint()->enabled);
    EXPECT_TRUE(loaded.server.items.at(1).endpoint()->enabled);
    EXPECT_THAT(loaded.problems.back().error.message, testing::HasSubstr("is switched off"));
}

TEST(BrokenRules, OfAMockFileAreItsAuthorsToMend)
{
    formats::LoadOutcome outcome = formats::loadText(
        "understudy: 1\nendpoints:\n- path: /a\n  responses:\n  - when: {body: {matches: '('}}\n",
        "a.mock.yaml");
    ASSERT_EQ(outcome.servers.size(), 1U);
    const Server before = outcome.servers[0].server;
    workspace::switchOffBrokenRules(outcome);
    EXPECT_EQ(outcome.servers[0].server, before);
}

/// What is said of the one rule of a file that is broken, with its place.
std::string saidOf(const char *text, const char *format)
{
    formats::LoadOutcome outcome = formats::loadText(text, "x.json", {.format = format});
    EXPECT_EQ(outcome.servers.size(), 1U) << text;
    if (outcome.servers.size() != 1)
        return {};
    const std::size_t notes = outcome.servers[0].problems.size();
    workspace::switchOffBrokenRules(outcome);
    EXPECT_EQ(outcome.servers[0].problems.size(), notes + 1) << text;
    return outcome.servers[0].problems.back().error.text();
}

TEST(BrokenRules, AreNamedWithTheirPlaceInTheFile)
{
    EXPECT_THAT(saidOf(R"({"mappings": [
  {"request": {"url": "/a"}, "response": {"body": "a"}},
  {"request": {
     "url": "/b",
     "bodyPatterns": [
       {"contains": "x"},
       {"matchesXPath": "/a["}
     ]},
   "response": {"body": "b"}}]})",
                       "wiremock"),
                testing::StartsWith("x.json:7:8: "));
    EXPECT_THAT(saidOf(R"({"mappings": [
  {"request": {"url": "/b", "bodyPatterns": [{"or": [
       {"contains": "x"},
       {"not": {"matchesXPath": "/a["}}]}]},
   "response": {"body": "b"}}]})",
                       "wiremock"),
                testing::StartsWith("x.json:4:16: "));
    EXPECT_THAT(saidOf(R"({"protocol": "http", "port": 4545, "stubs": [{
  "predicates": [
    {"equals": {"path": "/a"}},
    {"not": {
       "equals": {"body": "x"},
       "xpath": {"selector": "/a["}
    }}],
  "responses": [{"is": {"body": "a"}}]}]})",
                       "mountebank"),
                testing::StartsWith("x.json:5:27: "));
    EXPECT_THAT(saidOf(R"([{"httpRequest": {"path": "/a",
  "body": {"type": "XPATH", "xpath": "/a["}}, "httpResponse": {"body": "a"}}])",
                       "mockserver"),
                testing::StartsWith("x.json:2:11: "));
}

TEST(BrokenRules, AreNamedWithTheirPlaceByFindings)
{
    formats::LoadOutcome outcome = formats::loadText(
        R"([{"request": {"url": "/a"}, "response": {"body": "a"}},
{"request": {"url": "/b", "bodyPatterns": [{"matchesXPath": "/a["}]}, "response": {"body": "b"}}])",
        "x.json", {.format = "wiremock"});
    ASSERT_EQ(outcome.servers.size(), 1U);
    const auto placed = formats::placeFindings(outcome.servers[0],
                                               compileFindings(outcome.servers[0].server, {}));
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_THAT(placed[0].error.text(), testing::StartsWith("x.json:2:44: body: the XPath '/a['"));
}

TEST(BrokenRules, OfAFolderAreNamedWithTheirFile)
{
    const test::TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "mappings");
    folder.write("mappings/a.json", R"({"request": {"url": "/a"}, "response": {"body": "a"}})");
    const auto file = folder.write("mappings/b.json", R"({
  "request": {"url": "/b", "bodyPatterns": [
    {"matchesXPath": "/a["}]}, "response": {"body": "b"}})");
    formats::LoadOutcome outcome = formats::load(folder.path());
    ASSERT_EQ(outcome.servers.size(), 1U);
    workspace::switchOffBrokenRules(outcome);
    ASSERT_EQ(outcome.servers[0].problems.size(), 1U);
    EXPECT_THAT(outcome.servers[0].problems[0].error.text(),
                testing::StartsWith(file.string() + ":3:5: "));
}

} // namespace
} // namespace understudy
