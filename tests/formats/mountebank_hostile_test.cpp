// SPDX-License-Identifier: Apache-2.0
// Imposters that are broken, strange or meant to do harm.
#include "tests/formats/recorded_support.h"

namespace understudy::formats::mountebank {
namespace {

using namespace test;

constexpr const char *kFile = "imposters.json";

constexpr const char *kImposters = R"({"imposters": [{"port": 4545, "protocol": "http", "name": "T",
"defaultResponse": {"statusCode": 404, "headers": {"A": "b"}, "body": "x", "_mode": "binary"},
"stubs": [{"predicates": [{"equals": {"method": "GET", "path": "/a", "query": {"q": ["1", 2]}}},
{"deepEquals": {"query": {"a": "b"}, "body": {"c": [1, {"d": null}]}}, "caseSensitive": true},
{"not": {"or": [{"matches": {"path": "^/x[^y]*$"}}, {"and": [{"exists": {"headers": {"H": false}}}]}]}},
{"contains": {"body": "e"}, "except": "^f", "jsonpath": {"selector": "$..a[?(@.b)]"}},
{"startsWith": {"body": "g"}, "xpath": {"selector": "//h:i", "ns": {"h": "urn:h"}}}],
"responses": [{"is": {"statusCode": 200, "body": {"j": "${K}"}}, "repeat": 3, "behaviors": [{"wait": 5},
{"copy": {"from": {"query": "q"}, "into": "${K}", "using": {"method": "regex", "selector": "\\d+"}}}]},
{"fault": "RANDOM_DATA_THEN_CLOSE"}, {"proxy": {"to": "http://l"}}]}]}]})";

TEST(MountebankHostile, CutAndFlippedFilesAreSurvived)
{
    expectSafeWhenDamaged(kImposters, kFile, "mountebank", 1'500);
}

TEST(MountebankHostile, StrangeTypesAreSurvived)
{
    expectSafeWhenRetyped(kImposters, kFile, "mountebank");
}

TEST(MountebankHostile, DeepAndLongPredicatesEnd)
{
    std::string deep;
    std::string closing;
    for (int i = 0; i < 90; ++i) {
        deep += R"({"not": )";
        closing += "}";
    }
    const std::string begin = R"({"protocol": "http", "stubs": [{"predicates": [)";
    const std::string end = R"(], "responses": [{"is": {}}]}]})";
    expectSafe(begin + deep + R"({"equals": {"path": "/"}})" + closing + end, kFile, "mountebank");
    std::string many = R"({"or": [)";
    for (int i = 0; i < 5'000; ++i)
        many += R"({"equals": {"query": {"q": ")" + std::to_string(i) + "\"}}},";
    expectSafe(begin + many + R"({"equals": {"path": "/"}}]})" + end, kFile, "mountebank");
    const std::string text(100'000, 'a');
    for (const char *kind : {"equals", "matches", "contains"})
        expectSafe(begin + "{\"" + kind + R"(": {"body": ")" + text + R"("}, "except": "b"})" + end,
                   kFile, "mountebank");
    std::string endless = R"({"matches": {"body": "(((a*)*)*)*b"}})";
    expectSafe(begin + endless + end, kFile, "mountebank");
}

TEST(MountebankHostile, TooManyImpostersAreSaid)
{
    std::string text = R"({"imposters": [)";
    for (int i = 0; i < 1'000; ++i)
        text += R"({"protocol": "http", "port": 1},)";
    text += R"({"protocol": "http", "port": 1}]})";
    const LoadOutcome outcome = loadText(text, kFile);
    EXPECT_EQ(outcome.servers.size(), 200U);
    EXPECT_NE(allMessages(outcome.servers[0].problems).find("those behind it are left out"),
              std::string::npos);
}

} // namespace
} // namespace understudy::formats::mountebank
