// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/mockoon_environment.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy {
namespace {

/// An endpoint whose first response answers what fails `rules`, with what they failed.
test::ServedEnvironment refusing(const std::string &rules)
{
    return test::ServedEnvironment(
        test::parseMock("understudy: 1\nendpoints:\n- path: /x\n  responses:\n"
                        "  - {status: 200, body: fine}\n"
                        "  - status: 422\n    template: true\n    body: '{{json violations}}'\n"
                        "    when: {none: [{all: "
                        + rules + "}]}\n"));
}

TEST(Violations, WhatTheRequestFailedIsInTheAnswer)
{
    test::ServedEnvironment server
        = refusing("[{query.page: {matches: '^[0-9]+$'}}, {header.X-Key: {absent: false}}]");
    EXPECT_EQ(server.ask("GET", "/x?page=7", "X-Key: k\r\n").body, "fine");
    EXPECT_EQ(server.ask("GET", "/x?page=one").body,
              R"([{"target":"query.page","expected":"matches ^[0-9]+$","actual":"one"},)"
              R"_({"target":"header.X-Key","expected":"present","actual":"(absent)"}])_");
}

TEST(Violations, AChoiceNamesWhatTheValueShouldBe)
{
    test::ServedEnvironment server
        = refusing("[{any: [{query.page: {absent: true}}, {query.page: {lessOrEqual: 9}}]}]");
    EXPECT_EQ(server.ask("GET", "/x").body, "fine");
    EXPECT_EQ(server.ask("GET", "/x?page=10").body,
              R"([{"target":"query.page","expected":"lessOrEqual 9","actual":"10"}])");
}

TEST(Violations, WhatMustNotBeThereIsNamedWhereNothingElseIs)
{
    test::ServedEnvironment server = refusing("[{query.debug: {absent: true}}]");
    EXPECT_EQ(server.ask("GET", "/x?debug=1").body,
              R"([{"target":"query.debug","expected":"absent","actual":"1"}])");
    test::ServedEnvironment inner = refusing("[{none: [{query.debug: {equals: '1'}}]}]");
    EXPECT_EQ(inner.ask("GET", "/x?debug=1").body,
              R"([{"target":"query.debug","expected":"none of: equals 1","actual":"1"}])");
}

TEST(Violations, OfAValueThatIsMissingNothingMoreIsSaid)
{
    test::ServedEnvironment server
        = refusing("[{query.page: {absent: false, matches: '^[0-9]+$', less: 5}}]");
    EXPECT_EQ(server.ask("GET", "/x").body,
              R"_([{"target":"query.page","expected":"present","actual":"(absent)"}])_");
}

TEST(Violations, ALongExpectationIsCut)
{
    test::ServedEnvironment server
        = refusing("[{query.page: {equals: " + std::string(5'000, 'a') + "}}]");
    const std::string body = server.ask("GET", "/x?page=b").body;
    EXPECT_LT(body.size(), 400U);
    EXPECT_THAT(body, testing::HasSubstr("aaa…\",\"actual\":\"b\""));
}

TEST(Violations, NoneWithoutRulesThatWantAFailure)
{
    test::ServedEnvironment server(test::parseMock(
        "understudy: 1\nendpoints:\n- path: /x\n  responses:\n"
        "  - {template: true, body: '{{json violations}}', when: {query.a: {equals: 1}}}\n"
        "  - {template: true, body: 'else {{json violations}}'}\n"));
    EXPECT_EQ(server.ask("GET", "/x?a=1").body, "[]");
    EXPECT_EQ(server.ask("GET", "/x").body, "else []");
}

} // namespace
} // namespace understudy
