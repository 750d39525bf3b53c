// SPDX-License-Identifier: Apache-2.0
// What an import of WireMock's files says, and what an export has no word for.
#include "core/base/json_text.h"
#include "core/formats/format.h"
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::formats {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::vector<std::string> messages(const std::vector<Problem> &problems)
{
    std::vector<std::string> out;
    for (const Problem &problem : problems)
        out.push_back(problem.error.text());
    return out;
}

LoadedServer importedStub(const std::string &text)
{
    LoadOutcome outcome = loadText(text, "stub.json");
    for (const Problem &error : outcome.errors)
        ADD_FAILURE() << error.error.text();
    if (outcome.servers.empty())
        return {};
    EXPECT_EQ(outcome.servers[0].format, "wiremock");
    EXPECT_TRUE(validate(outcome.servers[0].server).empty());
    return std::move(outcome.servers[0]);
}

const Endpoint &onlyEndpoint(const LoadedServer &loaded)
{
    return *loaded.server.items.at(0).endpoint();
}

} // namespace

TEST(WireMockImport, TakesCommentsAndKeepsPlaces)
{
    const LoadedServer loaded = importedStub("{ // a stub\n"
                                             "  \"request\": {\"url\": \"/a\", /* \"x\" */\n"
                                             "    \"nonsense\": 1},\n"
                                             "  \"response\": {\"body\": \"// no comment\"}}\n");
    EXPECT_EQ(onlyEndpoint(loaded).responses[0].body.content, "// no comment");
    EXPECT_EQ(
        onlyEndpoint(importedStub("// first\n{\"request\": {\"url\": \"/b\"}, \"response\": {}}"))
            .path,
        "/b");
    EXPECT_THAT(messages(loaded.problems), Contains(HasSubstr("stub.json:3:5: ANY /a: 'nonsense' "
                                                              "is no key of a request pattern")));
}

TEST(WireMockImport, SwitchesOffWhatItCannotAnswer)
{
    const LoadedServer proxy = importedStub(
        R"({"request": {"url": "/p"}, "response": {"proxyBaseUrl": "http://x.example"}})");
    EXPECT_FALSE(onlyEndpoint(proxy).enabled);
    const LoadedServer custom = importedStub(
        R"({"request": {"url": "/c", "customMatcher": {"name": "mine"}}, "response": {}})");
    EXPECT_FALSE(onlyEndpoint(custom).enabled);
    EXPECT_THAT(messages(custom.problems),
                Contains(HasSubstr("the custom matcher 'mine' is Java")));
    const LoadedServer matcher = importedStub(
        R"({"request": {"url": "/m", "headers": {"A": {"equalsTo": "x"}}}, "response": {}})");
    EXPECT_THAT(messages(matcher.problems),
                Contains(HasSubstr("'equalsTo' is no matcher of WireMock")));
}

TEST(WireMockImport, RefusesStrangeShapesWithoutEnding)
{
    const char *stubs[] = {
        R"({"request": {"url": ["/a"], "method": 7, "headers": [1]}, "response": {"status": "x", "headers": 4}})",
        R"({"request": {"bodyPatterns": {"a": 1}, "queryParameters": {"a": null}}, "response": {"body": [1]}})",
        R"({"request": {"urlPathTemplate": "/{/}/{}/**{"}, "response": {"fault": {}, "transformers": "x"}})",
        R"({"request": {"urlPattern": "(["}, "response": {"status": 99999, "delayDistribution": 5}})",
        R"({"request": {}, "response": {}, "priority": {}, "scenarioName": [], "postServeActions": 7})",
        R"({"mappings": [1, "x", {"request": 5}, {"response": null}, []]})",
    };
    for (const char *stub : stubs) {
        const LoadOutcome outcome = loadText(stub, "stub.json", {.format = "wiremock"});
        ASSERT_EQ(outcome.servers.size(), 1U) << stub;
        for (const Finding &finding : validate(outcome.servers[0].server))
            ADD_FAILURE() << stub << ": " << finding.message;
    }
}

TEST(WireMockImport, ThatIsDamagedAnywhereIsSafe)
{
    for (const char *name : {"answers", "matchers", "order", "urls"}) {
        const auto text
            = formats::readFile(std::filesystem::path(UNDERSTUDY_SOURCE_DIR)
                                / "tests/data/wiremock/mappings" / (std::string(name) + ".json"));
        ASSERT_TRUE(text);
        test::expectSafeWhenDamaged(*text, "stub.json", "wiremock");
    }
}

TEST(WireMockImport, SaysWhatIsWrongInItsOwnWords)
{
    const LoadOutcome outcome = loadText("{\"mappings\": {}}", "m.json");
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_THAT(outcome.errors[0].error.message, HasSubstr("stand in a list 'mappings'"));
}

TEST(WireMockImport, SaysWhereABrokenFileBreaks)
{
    const LoadOutcome outcome
        = loadText("{\"request\": {\"url\": \"/a\"},\n \"response\": {", "stub.json");
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_EQ(outcome.errors[0].error.code, ErrorCode::Syntax);
    EXPECT_EQ(outcome.errors[0].error.where.line, 2);
}

TEST(WireMockImport, ServesFilesBesideTheFolderOfMappings)
{
    test::TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "mappings/deep");
    std::filesystem::create_directories(folder.path() / "__files");
    folder.write("__files/a.txt", "content");
    const auto file
        = folder.write("mappings/deep/a.json",
                       R"({"request": {"url": "/a"}, "response": {"bodyFileName": "a.txt"}})");
    const LoadOutcome one = load(file);
    ASSERT_EQ(one.servers.size(), 1U);
    EXPECT_EQ(one.servers[0].folder(), folder.path());
    const LoadOutcome all = load(folder.path());
    ASSERT_EQ(all.servers.size(), 1U);
    EXPECT_EQ(all.servers[0].folder(), folder.path());
    EXPECT_EQ(onlyEndpoint(all.servers[0]).responses[0].body.content, "__files/a.txt");
}

TEST(WireMockExport, SaysWhatHasNoWordThere)
{
    const Server server = test::parseMock(
        "understudy: 1\nname: shop\nbuckets: {b: {items: []}}\nendpoints:\n"
        "- {path: /crud, crud: b}\n"
        "- {path: /off, enabled: false, responses: [{}]}\n"
        "- path: /count\n  responses: [{when: {count: {less: 3}}, body: few}, {body: many}]\n"
        "- path: /rate\n  behaviour: {faults: [{kind: status, status: 503, rate: 20%}]}\n"
        "  responses: [{template: true, body: \"{{faker 'person.firstName'}} {{path.id}}\"}]\n");
    const auto exported = exportServer(server, "wiremock");
    ASSERT_TRUE(exported);
    const auto said = messages(exported->report);
    EXPECT_THAT(said, Contains(HasSubstr("ANY /crud: an endpoint of a bucket's operations")));
    EXPECT_THAT(said, Contains(HasSubstr("ANY /off: is switched off")));
    EXPECT_THAT(said, Contains(HasSubstr("ANY /count: 'count' with 'less'")));
    EXPECT_THAT(said, Contains(HasSubstr("ANY /rate: the fault 'status'")));
    EXPECT_THAT(said, Contains(HasSubstr("{{faker 'person.firstName'}}")));
    EXPECT_THAT(exported->text, HasSubstr("{{request.path.id}}"));
    EXPECT_THAT(exported->text, HasSubstr("many"));
}

TEST(WireMockExport, KeepsOurOrder)
{
    const Server server = test::parseMock(
        "understudy: 1\nendpoints:\n"
        "- {path: '/{any*}', responses: [{body: rest}]}\n"
        "- path: /a\n  responses:\n"
        "  - {when: {any: [{query.x: {equals: '1'}}, {header.X: {contains: y}}]}, body: ruled}\n"
        "  - {body: plain}\n");
    const auto exported = exportServer(server, "wiremock");
    ASSERT_TRUE(exported);
    EXPECT_THAT(messages(exported->report),
                testing::ElementsAre(HasSubstr("a stub for GET does not answer HEAD there")));
    const LoadOutcome again = loadText(exported->text, "again.json");
    ASSERT_EQ(again.servers.size(), 1U);
    std::vector<std::pair<std::string, int>> order;
    for (const Item &item : again.servers[0].server.items)
        order.emplace_back(item.endpoint()->responses[0].body.content, item.endpoint()->priority);
    // One stub for each way in which the rule may hold, before the plain one, and that before the
    // rest.
    ASSERT_EQ(order.size(), 4U);
    const auto priorityOf = [&](const std::string &body) {
        return std::find_if(order.begin(), order.end(),
                            [&](const auto &row) { return row.first == body; })
            ->second;
    };
    EXPECT_LT(priorityOf("ruled"), priorityOf("plain"));
    EXPECT_LE(priorityOf("plain"), priorityOf("rest"));
}

namespace {

/// The mappings that come of one endpoint, without blanks.
std::string mappingsOf(const std::string &endpoint, std::vector<std::string> *said = nullptr)
{
    const Server server = test::parseMock("understudy: 1\nendpoints:\n" + endpoint);
    const auto exported = exportServer(server, "wiremock");
    if (!exported)
        return exported.error().text();
    if (said)
        *said = messages(exported->report);
    const auto parsed = JsonValue::parse(exported->text);
    return parsed ? writeJson(*parsed) : parsed.error().text();
}

} // namespace

TEST(WireMockExport, WritesExpressionsThatJavaReadsAlike)
{
    const std::pair<const char *, const char *> cases[]{
        {R"(^foo\\$)", R"([\\s\\S]*(?:^foo\\$)[\\s\\S]*)"},
        {R"((?s)^(?:a|b)\\z)", R"("matches":"a|b")"},
        {R"(^(?:ab)c(d)\\z)", R"x("matches":"(?:ab)c(d)")x"},
        {R"(^a.c$)", R"("matches":"a.c")"},
        {R"(abc)", R"([\\s\\S]*(?:abc)[\\s\\S]*)"},
    };
    for (const auto &[ours, theirs] : cases) {
        const std::string mappings
            = mappingsOf("- path: /a\n  responses: [{when: {body: {matches: \"" + std::string(ours)
                         + "\"}}}]\n");
        EXPECT_THAT(mappings, HasSubstr(theirs)) << ours;
    }
}

TEST(WireMockExport, AsksEachOfSeveralValuesAsWeDo)
{
    EXPECT_THAT(mappingsOf("- path: /a\n  responses: [{when: [{query.t: {equals: a}}, {query.t: "
                           "{contains: x}}]}]\n"),
                HasSubstr(R"("t":{"includes":[{"equalTo":"a"},{"contains":"x"}]})"));
    EXPECT_THAT(mappingsOf("- path: /a\n  responses: [{when: [{query.t: {contains: a}}, {query.t: "
                           "{not: {contains: x}}}]}]\n"),
                HasSubstr(R"("t":{"and":[{"contains":"a"},{"doesNotContain":"x"}]})"));
}

TEST(WireMockExport, MakesTurnsOfTimes)
{
    const std::string mappings
        = mappingsOf("- path: /a\n  responses: [{status: 503, times: 2}, {body: up}]\n");
    EXPECT_THAT(mappings, HasSubstr(R"("requiredScenarioState":"Started","newScenarioState":"2")"));
    EXPECT_THAT(mappings, HasSubstr(R"("requiredScenarioState":"2","newScenarioState":"3")"));
    EXPECT_THAT(mappings, HasSubstr(R"("body":"up")"));
}

TEST(WireMockExport, NeverAnswersForMoreThanTheEndpointDoes)
{
    std::vector<std::string> said;
    const std::string mappings = mappingsOf(
        "- path: /url\n  responses: [{when: {url: {matches: 'y=1'}}, body: loose}]\n", &said);
    EXPECT_THAT(mappings, testing::Not(HasSubstr("loose")));
    EXPECT_THAT(said, Contains(HasSubstr("a rule on 'url' has no word in WireMock")));
    EXPECT_THAT(mappingsOf("- path: /url\n  responses: [{when: {url: {equals: '/url?y=1'}}}]\n"),
                HasSubstr(R"("url":"/url?y=1")"));
    mappingsOf("- path: /a\n  behaviour: {faults: [{kind: reset, at: body}]}\n  responses: "
               "[{body: x}]\n",
               &said);
    EXPECT_THAT(said, Contains(HasSubstr("the fault 'reset'")));
}

TEST(WireMockExport, KeepsAsMetadataWhatHasNoWordThere)
{
    const auto metadataOf = [](const std::string &endpoint) {
        const auto parsed = JsonValue::parse(mappingsOf(endpoint));
        EXPECT_TRUE(parsed);
        const JsonArray &all = *parsed->ifObject()->find("mappings")->ifArray();
        const JsonValue *metadata = all.at(0).ifObject()->find("metadata");
        return metadata ? writeJson(*metadata) : std::string("none");
    };
    EXPECT_EQ(
        metadataOf("- path: /a\n  behaviour: {faults: [{kind: status, status: 503, rate: "
                   "20%}]}\n  responses: [{body: x}]\n"),
        R"({"understudy":{"path":"/a","behaviour":{"faults":[{"kind":"status","status":503,"rate":"20%"}]},)"
        R"("responses":[{"body":"x"}]}})");
    EXPECT_EQ(metadataOf("- path: /a\n  responses: [{body: x}]\n"), "none");
    EXPECT_THAT(metadataOf("- path: /a\n  x-wiremock: {metadata: {mine: 1}}\n  behaviour: {faults: "
                           "[{kind: status, status: 503}]}\n  responses: [{body: x}]\n"),
                testing::StartsWith(R"({"mine":1,"understudy":{)"));
}

TEST(WireMockExport, FindsTextsOfElementsAndItemsOfLists)
{
    EXPECT_THAT(mappingsOf("- path: /a\n  responses: [{when: {'body:/a/b': {equals: t}}}]\n"),
                HasSubstr(R"x({"expression":"/a/b/text()","equalTo":"t"})x"));
    EXPECT_THAT(
        mappingsOf("- path: /a\n  responses: [{template: true, body: '{{body.list.0.name}}'}]\n"),
        HasSubstr("{{jsonPath request.body '$.list[0].name'}}"));
}

TEST(WireMockImport, KeepsHyphensInTheNamesOfItsPath)
{
    const LoadedServer loaded
        = importedStub(R"({"request": {"urlPathTemplate": "/k/{my-id}"}, "response": {}})");
    EXPECT_EQ(onlyEndpoint(loaded).path, "/k/{my-id}");
}

TEST(WireMockImport, SwitchesOffMethodsThatAreNone)
{
    const LoadedServer loaded
        = importedStub(R"({"request": {"url": "/a", "method": "[ET"}, "response": {}})");
    EXPECT_FALSE(onlyEndpoint(loaded).enabled);
}

} // namespace understudy::formats
