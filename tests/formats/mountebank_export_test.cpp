// SPDX-License-Identifier: Apache-2.0
// Servers as imposters of mountebank.
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

namespace understudy::formats::mountebank {
namespace {

using namespace test;
using testing::HasSubstr;

Exported exportedFrom(std::string_view yaml, const std::filesystem::path &folder = {})
{
    auto out = exportServer(parseMock(yaml), "mountebank", folder);
    if (!out) {
        ADD_FAILURE() << out.error().text();
        return {};
    }
    return *std::move(out);
}

JsonObject imposterIn(const Exported &exported)
{
    const auto value = JsonValue::parse(exported.text).value();
    return *value.ifObject()->find("imposters")->ifArray()->at(0).ifObject();
}

JsonValue stubsOf(std::string_view yaml) { return *imposterIn(exportedFrom(yaml)).find("stubs"); }

JsonValue jsonOf(std::string_view text) { return JsonValue::parse(text).value(); }

constexpr const char *kHead = "understudy: 1\nname: S\nlisten: {port: 4545}\n";
/// What stands last where a server has no fallback.
constexpr const char *kLast = R"({"responses": [{"is": {"statusCode": 404}}]})";

TEST(MountebankExport, AnEndpointIsAStub)
{
    const Exported out = exportedFrom(std::string(kHead) + R"(
endpoints:
- {method: [GET, PUT], path: /users, responses: [{status: 201, headers: {X-A: [1, 2]}, body: hi}]}
)");
    const JsonObject imposter = imposterIn(out);
    EXPECT_EQ(*imposter.find("protocol"), JsonValue("http"));
    EXPECT_EQ(*imposter.find("port"), JsonValue(4545));
    EXPECT_EQ(*imposter.find("stubs"), jsonOf(R"([{"predicates": [
        {"or": [{"equals": {"method": "GET"}}, {"equals": {"method": "PUT"}}]},
        {"equals": {"path": "/users"}, "caseSensitive": true}],
        "responses": [{"is": {"statusCode": 201, "headers": {"X-A": ["1", "2"],
        "Content-Type": "text/plain; charset=utf-8"}, "body": "hi"}}]},)"
                                              + std::string(kLast) + "]"));
    EXPECT_THAT(allMessages(out.report), HasSubstr("a stub for GET does not answer HEAD there"));
}

TEST(MountebankExport, StubsStandInTheOrderOfAnswers)
{
    const JsonValue stubs = stubsOf(std::string(kHead) + R"(
base: /v1
endpoints:
- {path: '/u/{id}', responses: [{body: b}]}
- {path: /u/me, responses: [{body: a}]}
- {path: 'regex:/x\d+', priority: 1, responses: [{body: c}]}
)");
    const auto pathAt = [&](std::size_t i) {
        return *stubs.ifArray()->at(i).ifObject()->find("predicates")->ifArray()->at(0).ifObject();
    };
    EXPECT_EQ(JsonValue(pathAt(0)),
              jsonOf(R"({"matches": {"path": "^/x\\d+$"}, "caseSensitive": true})"));
    EXPECT_EQ(JsonValue(pathAt(1)),
              jsonOf(R"({"equals": {"path": "/v1/u/me"}, "caseSensitive": true})"));
    EXPECT_EQ(JsonValue(pathAt(2)),
              jsonOf(R"({"matches": {"path": "^/v1/u/[^/]+$"}, "caseSensitive": true})"));
}

TEST(MountebankExport, RulesArePredicates)
{
    const JsonValue stubs = stubsOf(std::string(kHead) + R"(
fallback: {status: 200}
endpoints:
- path: regex:.*
  responses:
  - body: x
    when:
      any:
      - header.X-A: {contains: b}
      - none: [query.q: {equals: '7'}]
      - 'body:$.a': {matches: '(?i)^c'}
      - body: {json: {d: [1]}, not: {endsWith: z}}
      - cookie.e: {equals: f}
)");
    EXPECT_EQ(stubs, jsonOf(R"json([{"predicates": [{"or": [
        {"contains": {"headers": {"X-A": "b"}}, "caseSensitive": true, "keyCaseSensitive": false},
        {"not": {"equals": {"query": {"q": "7"}}}},
        {"matches": {"body": "^c"}, "jsonpath": {"selector": "$.a"}},
        {"and": [{"deepEquals": {"body": {"d": [1]}}, "caseSensitive": true},
                 {"not": {"endsWith": {"body": "z"}, "caseSensitive": true}}]},
        {"matches": {"headers": {"Cookie": "(?:^|;\\s*)e=f(?:;|$)"
}
}
, "caseSensitive" : true, "keyCaseSensitive" : false
}]
}],
        "responses": [{"is": {"statusCode": 200,
            "headers": {"Content-Type": "text/plain; charset=utf-8"}, "body": "x"}}]
}])json"));
}

TEST(MountebankExport, SaysThatListsMayHaveAnyOrder)
{
    constexpr std::string_view kRule = R"(
endpoints:
- {path: /a, responses: [{when: {body: {json: [1, 2]}}}]}
- {path: /b, responses: [{when: {body: {json: [1, 2], ignoreArrayOrder: true}}}]}
)";
    const std::string said
        = allMessages(exportedFrom(std::string(kHead) + std::string(kRule)).report);
    EXPECT_THAT(said, HasSubstr("ANY /a: lists in JSON bodies may have any order there"));
    EXPECT_THAT(said, testing::Not(HasSubstr("ANY /b: lists")));
}

TEST(MountebankExport, PathsAreComparedAsTheyAreSent)
{
    const Exported out = exportedFrom(std::string(kHead) + R"(
endpoints:
- {path: /a b/%2F, responses: [{}]}
- path: regex:.*
  responses:
  - {when: {path: {startsWith: "/ä%2F"}}, body: x}
  - {when: {path: {matches: "^/c d"}}, body: y}
)");
    for (const char *path : {"\"/a%20b/%2F\"", "\"/%C3%A4%2F\"", "\"^/c%20d\""})
        EXPECT_THAT(out.text, HasSubstr(path));
}

TEST(MountebankExport, TurnsRepeatAndWaitsAreBehaviors)
{
    const JsonValue stubs = stubsOf(std::string(kHead) + R"(
behaviour: {latency: 10ms}
fallback: {status: 200}
endpoints:
- path: /t
  select: sequence
  repeat: loop
  responses:
  - {status: 204, times: 3, behaviour: {latency: 5ms}}
  - {status: 200, behaviour: {faults: [{kind: reset}]}}
)");
    EXPECT_EQ(stubs.ifArray()->at(0).ifObject()->find("responses")->ifArray()->at(0),
              jsonOf(R"({"is": {"statusCode": 204}, "behaviors": [{"wait": 15}], "repeat": 3})"));
    EXPECT_EQ(stubs.ifArray()->at(0).ifObject()->find("responses")->ifArray()->at(1),
              jsonOf(R"({"fault": "CONNECTION_RESET_BY_PEER", "behaviors": [{"wait": 10}]})"));
}

TEST(MountebankExport, TemplatesOfPlainValuesAreCopies)
{
    const Exported out = exportedFrom(std::string(kHead) + R"(
endpoints:
- path: /t
  responses:
  - {template: true, body: "{{query.q}} {{body.a.0}} {{uuid}}"}
)");
    EXPECT_THAT(out.text, HasSubstr("\"${query.q} ${body.a.0} {{uuid}}\""));
    EXPECT_THAT(out.text, HasSubstr("\"selector\": \"$.a[0]\""));
    EXPECT_THAT(allMessages(out.report), HasSubstr("the template {{uuid}} has no word"));
}

TEST(MountebankExport, SaysWhatHasNoWord)
{
    const Exported out = exportedFrom(std::string(kHead) + R"(
mergeSlashes: true
buckets: {b: {items: []}}
endpoints:
- {path: /c, crud: b}
- {path: /off, enabled: false, responses: [{}]}
- {path: /s, requires: {scenario: a, state: b}, responses: [{}]}
- {path: /r, responses: [{when: {query.n: {less: 5}}, body: x}]}
- {path: /d, select: random, responses: [{reason: Odd}, {bodyBucket: b}]}
- {path: /f, behaviour: {throttle: {download: 1kB/s}, faults: [{kind: truncate, at: body, offset: 1B}]}, responses: [{bodyFile: none.txt}]}
)");
    const std::string said = allMessages(out.report);
    for (const char *part :
         {"'mergeSlashes' has no word", "an endpoint of a bucket's operations", "is switched off",
          "needs the state of a scenario", "'query.n' with 'less' has no word",
          "choosing a response by chance", "the reason phrase 'Odd'", "a bucket has no word",
          "a throttle has no word", "the fault 'truncate'", "this response is left out"})
        EXPECT_THAT(said, HasSubstr(part));
}

TEST(MountebankExport, FaultsOfSomeAnswersAreNotThoseOfAll)
{
    const Exported out = exportedFrom(std::string(kHead) + R"(
endpoints:
- {path: /f, responses: [{behaviour: {faults: [{kind: reset, rate: 0.5}]}}]}
)");
    EXPECT_THAT(out.text, testing::Not(HasSubstr("CONNECTION_RESET")));
    EXPECT_THAT(allMessages(out.report), HasSubstr("the fault 'reset' as it is here has no word"));
}

TEST(MountebankExport, WhatWasImportedComesOutWithItsPredicates)
{
    const std::string text = R"({"imposters": [{"protocol": "http", "port": 1, "stubs": [
        {"predicates": [{"deepEquals": {"query": {"a": "b", "c": ["d", "e"]}}}],
         "responses": [{"is": {"body": "x"}}]},
        {"predicates": [{"deepEquals": {"query": {}}}], "responses": [{"is": {"body": "y"}}]}]}]})";
    const LoadedServer loaded = loadedOne(text, "i.json");
    const auto exported = exportServer(loaded.server, "mountebank");
    ASSERT_TRUE(exported);
    EXPECT_THAT(exported->text, HasSubstr("\"deepEquals\""));
    const LoadedServer again = loadedOne(exported->text, "i.json");
    for (const Server *server : {&loaded.server, &again.server}) {
        const ServedEnvironment served(*server);
        EXPECT_EQ(served.ask("GET", "/?c=E&a=b&c=d").body, "x");
        EXPECT_EQ(served.ask("GET", "/?a=b&c=d&c=e&f=g").body, "");
        EXPECT_EQ(served.ask("GET", "/").body, "y");
    }
}

} // namespace
} // namespace understudy::formats::mountebank
