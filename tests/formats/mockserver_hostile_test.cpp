// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/mockserver_support.h"

/// Expectations of MockServer that are damaged, or more than can be.
namespace understudy::formats::mockserver {
namespace {

constexpr std::string_view kHostile = R"([{"id": "a", "priority": 3,
 "httpRequest": {"method": "!GET", "path": "/a/{b}/c.*", "pathParameters": {"b": ["[0-9]+"]},
  "queryStringParameters": [{"name": "?q.*", "values": ["!x", {"schema": {"type": "integer", "minimum": 1}}]}],
  "headers": {"keyMatchStyle": "MATCHING_KEY", "X-A": ["a|b"]}, "cookies": {"c": "d"}, "secure": true,
  "body": {"type": "JSON", "json": {"a": [1, "${json-unit.any-string}"]}, "matchType": "STRICT", "not": true}},
 "httpResponse": {"statusCode": 201, "reasonPhrase": "R", "headers": {"H": ["1", "2"]}, "cookies": {"s": "t"},
  "body": {"type": "BINARY", "base64Bytes": "AAH/", "contentType": "image/png"},
  "delay": {"timeUnit": "SECONDS", "value": 1}, "connectionOptions": {"closeSocket": true}},
 "times": {"remainingTimes": 2, "unlimited": false}, "timeToLive": {"unlimited": true}},
 {"httpRequest": {"path": "/x", "body": {"type": "XPATH", "xpath": "/a", "namespacePrefixes": {"p": "u"}}},
  "httpError": {"dropConnection": true, "responseBytes": "AA=="}}])";

TEST(MockServerHostile, DamagedFilesAreSafe)
{
    expectSafeWhenDamaged(std::string(kHostile), kName, "mockserver", 500);
}

TEST(MockServerHostile, StrangeTypesAreSafe)
{
    expectSafeWhenRetyped(kHostile, kName, "mockserver");
}

TEST(MockServerHostile, ManyExpectationsAndDeepOnesEnd)
{
    std::string many = "[";
    for (int i = 0; i < 12'000; ++i)
        many += expectation(R"("path": "/a/)" + std::to_string(i) + R"(.*")") + ",\n";
    const LoadedServer loaded = loadedOne(many + expectation("") + "]", kName);
    EXPECT_EQ(loaded.server.items.size(), 10'000u);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("more than 10000 expectations"));
    const std::string nested = std::string(150, '[') + std::string(150, ']');
    for (const char *part : {"httpRequest", "httpResponse"})
        expectSafe("{\"" + std::string(part) + R"(": {"body": )" + nested + "}}", kName,
                   "mockserver");
    const std::string deep(100'000, '[');
    expectSafe(R"({"httpRequest": )" + deep, kName, "mockserver");
}

} // namespace
} // namespace understudy::formats::mockserver
