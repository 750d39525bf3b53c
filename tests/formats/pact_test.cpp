// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/pact_support.h"

/// Contracts of Pact. What requests get was observed from pact-stub-server 0.7.1.
namespace understudy::formats::pact {
namespace {

TEST(Pact, TheProviderIsAServer)
{
    const LoadedServer loaded = imported(contract(
        R"({"description": "a user", "providerState": "user 7 exists",
            "request": {"method": "get", "path": "/users/7"},
            "response": {"status": 200, "headers": {"Content-Type": "application/json", "X": "y"},
                         "body": {"n": 1.50, "id": 7}}})",
        "2.0.0"));
    EXPECT_EQ(loaded.server.name, "Users API");
    EXPECT_EQ(loaded.server.description, "As Web expects it.");
    const Endpoint &endpoint = *loaded.server.items.at(0).endpoint();
    EXPECT_EQ(endpoint.name, "a user");
    EXPECT_EQ(endpoint.methods, std::vector<std::string>{"GET"});
    const Answer answer = ServedEnvironment(loaded.server).ask("GET", "/users/7");
    EXPECT_EQ(answer.body, R"({"n":1.50,"id":7})");
    EXPECT_THAT(answer.head, HasSubstr("X: y"));
    EXPECT_EQ(allMessages(loaded.problems), "");
}

TEST(Pact, QueriesAreWhole)
{
    const std::string old = R"("method": "GET", "path": "/s", "query": "q=a+b&p=1")";
    EXPECT_EQ(statusOf(old, "GET", "/s?p=1&q=a%20b", {}, {}, "2.0.0"), 201);
    EXPECT_EQ(statusOf(old, "GET", "/s?p=1&q=a+b&z=1", {}, {}, "2.0.0"), 404);
    EXPECT_EQ(statusOf(old, "GET", "/s?p=1", {}, {}, "2.0.0"), 404);
    EXPECT_EQ(statusOf(R"("method": "GET", "path": "/s")", "GET", "/s?x=1"), 404);
    const std::string query = R"("method": "GET", "path": "/q", "query": {"a": ["1"],
        "b[]": ["2", "3"]}, "matchingRules": {"query": {"a": {"matchers": [{"match": "regex",
        "regex": "\\d+"}]}}})";
    EXPECT_EQ(statusOf(query, "GET", "/q?a=55&b[]=2&b%5B%5D=3"), 201);
    EXPECT_EQ(statusOf(query, "GET", "/q?a=x5&b[]=2&b[]=3"), 404);
    EXPECT_EQ(statusOf(query, "GET", "/q?a=5&b[]=2"), 404);
    const std::string either = R"("method": "GET", "path": "/q", "query": {"a": ["x"]},
        "matchingRules": {"query": {"a": {"combine": "OR", "matchers": [
        {"match": "regex", "regex": "x"}, {"match": "regex", "regex": "y"}]}}})";
    EXPECT_EQ(statusOf(either, "GET", "/q?a=y"), 201);
    EXPECT_EQ(statusOf(either, "GET", "/q?a=z"), 404);
}

TEST(Pact, PathsByExpression)
{
    for (const std::string &rules :
         {std::string(R"({"$.path": {"match": "regex", "regex": "/p/[0-9]+"}})"),
          R"({"path": )" + rule(R"({"match": "regex", "regex": "^/p/[0-9]+$"})") + "}"}) {
        const std::string request = R"("method": "GET", "path": "/p/1", "matchingRules": )" + rules;
        EXPECT_EQ(statusOf(request, "GET", "/p/12"), 201) << rules;
        EXPECT_EQ(statusOf(request, "GET", "/p/x"), 404) << rules;
        EXPECT_EQ(statusOf(request, "GET", "/x/p/1"), 404) << rules;
    }
}

TEST(Pact, APathThatIsNoExpressionIsOffAndSaid)
{
    const LoadedServer loaded = imported(contract(interaction(
        R"("method": "GET", "path": "/p", "matchingRules": {"path": {"matchers": [{"match": "regex",
           "regex": "(["}]}})",
        200)));
    EXPECT_FALSE(loaded.server.items.at(0).endpoint()->enabled);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("its path is no regular expression"));
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/").status, 404);
}

TEST(Pact, BodiesWithoutRulesAreTheSame)
{
    const std::string request = R"("method": "PUT", "path": "/e", "headers": {"Content-Type":
        "application/json"}, "body": {"a": [1, 2], "b": {"c": null}})";
    EXPECT_EQ(statusOf(request, "PUT", "/e", kJson, R"({"b": {"c": null}, "a": [1, 2]})"), 201);
    for (const char *other :
         {R"({"a": [2, 1], "b": {"c": null}})", R"({"a": [1, 2, 3], "b": {"c": null}})",
          R"({"a": [1, 2], "b": {"c": null}, "d": 1})"})
        EXPECT_EQ(statusOf(request, "PUT", "/e", kJson, other), 404) << other;
    EXPECT_EQ(statusOf(request, "PUT", "/e"), 201); // no body meets any
}

TEST(Pact, TypesGoDownTheBody)
{
    const std::string request = R"("method": "POST", "path": "/t", "body": {"a": 1, "l": ["x"],
        "o": {"d": "2020-01-01"}}, "matchingRules": {"$.body": {"match": "type"},
        "$.body.l": {"min": 1, "match": "type"},
        "$.body.o.d": {"match": "regex", "regex": "\\d{4}-\\d{2}-\\d{2}"}})";
    const auto status = [&](std::string_view body) {
        return statusOf(request, "POST", "/t", kJson, body, "2.0.0");
    };
    EXPECT_EQ(status(R"({"a": 2.5, "l": ["x", "y"], "o": {"d": "2021-01-01"}})"), 201);
    EXPECT_EQ(status(R"({"a": "s", "l": ["x"], "o": {"d": "2021-01-01"}})"), 404);
    EXPECT_EQ(status(R"({"a": 2, "l": [], "o": {"d": "2021-01-01"}})"), 404);
    EXPECT_EQ(status(R"({"a": 2, "l": ["x"], "o": {"d": "x"}})"), 404);
    EXPECT_EQ(status(R"({"a": 2, "l": ["x"], "o": {"d": "2021-01-01"}, "z": 1})"), 404);
    EXPECT_EQ(status(R"({"a": 2, "l": ["x"]})"), 404);
}

TEST(Pact, MatchersOfEveryKind)
{
    struct Row
    {
        const char *matcher;
        const char *example;
        const char *same;
        const char *other;
    };
    const Row rows[]{
        {R"({"match": "integer"})", "1", "2", "2.5"},
        {R"({"match": "decimal"})", "1.5", "2.5", "2"},
        {R"({"match": "number"})", "1", "3.5", R"("3")"},
        {R"({"match": "boolean"})", "true", R"("true")", "1"},
        {R"({"match": "null"})", "null", "null", "1"},
        {R"({"match": "include", "value": "a.b"})", R"("xa.by")", R"("a.b!")", R"("aXb")"},
        {R"({"match": "regex", "regex": "x|y"})", R"("x")", R"("y")", R"("zy")"},
        {R"({"match": "regex", "regex": "\\d+"})", R"("1")", "12", R"("1x")"},
        {R"({"match": "date", "date": "yyyy-MM-dd"})", R"("2000-01-01")", R"("2020-02-03")",
         R"("03.02.2020")"},
        {R"({"match": "timestamp", "timestamp": "yyyy-MM-dd'T'HH:mm:ss.SSSX"})",
         R"("2000-01-01T10:00:00.000Z")", R"("2001-02-03T11:12:13.456+01:00")", R"("2001-02-03")"},
        {R"({"match": "time", "time": "HH:mm"})", R"("10:00")", R"("11:12")", R"("1112")"},
        {R"({"match": "equality"})", "1", "1", "2"},
        {R"({"match": "notEmpty"})", R"("a")", R"("b")", R"("")"},
        {R"({"match": "semver"})", R"("1.0.0")", R"("1.2.3-rc.1")", R"("1.2")"},
    };
    for (const Row &row : rows) {
        const auto body = [](const char *value) { return R"({"v": )" + std::string(value) + "}"; };
        const std::string rules = R"({"$.v": )" + rule(row.matcher) + "}";
        EXPECT_EQ(statusOfBody(body(row.example), rules, body(row.same)), 201) << row.matcher;
        EXPECT_EQ(statusOfBody(body(row.example), rules, body(row.other)), 404) << row.matcher;
    }
}

TEST(Pact, ListsAndMembersOfAnyName)
{
    const std::string list = R"({"$.l": )" + rule(R"({"match": "type", "min": 1, "max": 3})")
                             + R"(, "$.l[*].id": )" + rule(R"({"match": "integer"})") + "}";
    const char *example = R"({"l": [{"id": 1}]})";
    EXPECT_EQ(statusOfBody(example, list, R"({"l": [{"id": 5}, {"id": 6}]})"), 201);
    EXPECT_EQ(statusOfBody(example, list, R"({"l": [{"id": 5}, {"id": "x"}]})"), 404);
    EXPECT_EQ(statusOfBody(example, list, R"({"l": [{"id":1},{"id":1},{"id":1},{"id":1}]})"), 404);
    const std::string values = R"({"$.m": )" + rule(R"({"match": "values"})") + R"(, "$.m.*": )"
                               + rule(R"({"match": "integer"})") + "}";
    EXPECT_EQ(statusOfBody(R"({"m": {"k": 1}})", values, R"({"m": {"z": 5, "y": 6}})"), 201);
    EXPECT_EQ(statusOfBody(R"({"m": {"k": 1}})", values, R"({"m": {"z": "x"}})"), 404);
    const std::string each
        = R"({"$": )"
          + rule(R"({"match": "eachKey", "rules": [{"match": "regex", "regex": "k\\d?"}]},
                    {"match": "eachValue", "rules": [{"match": "regex", "regex": "a.*"}]})")
          + "}";
    EXPECT_EQ(statusOfBody(R"({"k": "aa"})", each, R"({"k1": "abc", "k2": "a"})"), 201);
    EXPECT_EQ(statusOfBody(R"({"k": "aa"})", each, R"({"k1": "b"})"), 404);
    EXPECT_EQ(statusOfBody(R"({"k": "aa"})", each, R"({"x": "a"})"), 404);
}

TEST(Pact, BodiesThatAreNoJson)
{
    const std::string text = R"("method": "POST", "path": "/a", "body": {"content": "hello",
        "contentType": "text/plain", "encoded": false})";
    EXPECT_EQ(statusOf(text, "POST", "/a", {}, "hello", "4.0"), 201);
    EXPECT_EQ(statusOf(text, "POST", "/a", {}, "hellos", "4.0"), 404);
    const std::string form = R"("method": "POST", "path": "/a",
        "headers": {"Content-Type": "application/x-www-form-urlencoded"}, "body": "a=1&b=2")";
    const char *type = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(statusOf(form, "POST", "/a", type, "b=2&a=1"), 201);
    EXPECT_EQ(statusOf(form, "POST", "/a", type, "a=1"), 404);
    const std::string xml = R"("method": "POST", "path": "/a",
        "headers": {"Content-Type": "application/xml"}, "body": "<a><b>1</b></a>")";
    EXPECT_EQ(statusOf(xml, "POST", "/a", {}, "<a> <b>1</b></a>"), 201);
    EXPECT_EQ(statusOf(xml, "POST", "/a", {}, "<a><b>2</b></a>"), 404);
    const std::string other = R"("method": "DELETE", "path": "/a", "body": "x")";
    EXPECT_EQ(statusOf(other, "DELETE", "/a", {}, "y"), 201);
}

TEST(Pact, Version4AnswersWithItsContent)
{
    const LoadedServer loaded = imported(contract(
        R"({"type": "Synchronous/HTTP", "key": "1", "description": "p", "pending": false,
            "request": {"method": "GET", "path": "/v4"},
            "response": {"status": 200, "headers": {"X-A": ["1", "2"]},
                "body": {"content": "AAH/", "contentType": "application/octet-stream",
                         "encoded": "base64"}}},
           {"type": "Asynchronous/Messages", "description": "event", "contents": {}})",
        "4.0"));
    const Answer answer = ServedEnvironment(loaded.server).ask("GET", "/v4");
    EXPECT_EQ(answer.body, std::string("\0\1\xFF", 3));
    EXPECT_THAT(answer.head, HasSubstr("Content-Type: application/octet-stream"));
    EXPECT_THAT(answer.head, HasSubstr("X-A: 1\r\nX-A: 2"));
    EXPECT_THAT(allMessages(loaded.problems),
                HasSubstr("event: it is 'Asynchronous/Messages' and not HTTP; left out"));
}

TEST(Pact, HeadersTellInteractionsApartAndAreNotRequired)
{
    const LoadedServer loaded = imported(contract(
        interaction(R"("method": "GET", "path": "/a", "headers": {"Accept": "b/b", "X": "1"})", 203)
        + "," + interaction(R"("method": "GET", "path": "/a", "headers": {"Accept": "a/a"})", 201)
        + ","
        + interaction(R"("method": "GET", "path": "/b", "headers": {"Accept": "a/a"})", 202)));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/a", "Accept: a/a\r\n").status, 201);
    EXPECT_EQ(served.ask("GET", "/a", "Accept: b/b\r\nX: 1\r\n").status, 203);
    EXPECT_EQ(served.ask("GET", "/a", "Accept: c/c\r\n").status, 201); // the fewest differences
    EXPECT_EQ(served.ask("GET", "/b").status, 202);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("headers tell interactions apart"));
}

TEST(Pact, ProviderStatesAreChosenByAHeader)
{
    const std::string request = R"("method": "GET", "path": "/users/7")";
    const LoadedServer loaded = imported(
        contract(interaction(request, 200, R"(, "providerStates": [{"name": "it exists"}])") + ","
                 + interaction(request, 404, R"(, "providerStates": [{"name": "it is gone"}])")));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/users/7").status, 200);
    EXPECT_EQ(served.ask("GET", "/users/7", "X-Provider-State: it is gone\r\n").status, 404);
    EXPECT_EQ(served.ask("GET", "/users/7", "X-Provider-State: it exists\r\n").status, 200);
}

TEST(Pact, WhatHasNoEffectIsSaid)
{
    const LoadedServer loaded = imported(contract(
        R"({"description": "d", "pluginConfiguration": {}, "transport": "grpc",
            "request": {"method": "POST", "path": "/a", "body": {"a": [1], "b": 1},
              "matchingRules": {"body": {"$.a": {"matchers": [{"match": "arrayContains"}]},
                                         "$.b": {"matchers": [{"match": "magic"}]}}}},
            "response": {"status": 99, "colour": 1, "generators": {"body": {"$.a": {"type": "Uuid"}}}}})",
        "4.0", R"(, "messages": [{"description": "m"}])"));
    EXPECT_FALSE(loaded.server.items.at(0).endpoint()->enabled);
    const std::string said = allMessages(loaded.problems);
    for (const char *part :
         {"'pluginConfiguration' of an interaction", "its transport 'grpc' is not HTTP",
          "the matcher 'arrayContains' has no word", "the matcher 'magic' has no word",
          "the status '99' is none of HTTP", "'colour' of a response",
          "its generators have no effect", "m: it is a message"})
        EXPECT_THAT(said, HasSubstr(part));
}

TEST(Pact, WhatHoldsNoHttpIsRefusedWithACure)
{
    const LoadOutcome messages = loadText(
        R"({"consumer": {"name": "a"}, "provider": {"name": "b"}, "messages": []})", kName);
    ASSERT_EQ(messages.errors.size(), 1u);
    EXPECT_EQ(messages.errors[0].error.text(),
              "web-users.json:1:1: this contract has no HTTP interactions, which alone can be "
              "served; they stand in the list 'interactions'");
    const LoadOutcome none = loadText("{}", kName, {.format = "pact"});
    ASSERT_EQ(none.errors.size(), 1u);
    EXPECT_THAT(none.errors[0].error.text(), HasSubstr("this is no contract of Pact"));
}

TEST(Pact, AnExpressionThatCannotBeReadTakesAnyValueAndSaysSo)
{
    const auto contract = [](const std::string &regex) {
        return R"({"consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": [
            {"description": "d", "request": {"method": "GET", "path": "/a", "query": "q=x",
             "matchingRules": {"$.query.q[0]": {"match": "regex", "regex": ")"
               + regex + R"("}}}, "response": {"status": 200}}],
            "metadata": {"pactSpecification": {"version": "2.0.0"}}})";
    };
    const LoadOutcome odd = loadText(contract("(*nonsense"), "x.json");
    ASSERT_EQ(odd.servers.size(), 1U);
    EXPECT_THAT(allMessages(odd.servers[0].problems), HasSubstr("any value is taken"));
    EXPECT_EQ(ServedEnvironment(odd.servers[0].server).ask("GET", "/a?q=1").status, 200);
    const LoadOutcome java = loadText(contract(R"([\\u0041-\\u005A]+)"), "x.json");
    ASSERT_EQ(java.servers.size(), 1U);
    EXPECT_EQ(ServedEnvironment(java.servers[0].server).ask("GET", "/a?q=AZ").status, 200);
    EXPECT_NE(ServedEnvironment(java.servers[0].server).ask("GET", "/a?q=1").status, 200);
}

TEST(Pact, EscapesOfJavaAreReadInPaths)
{
    const std::string request = R"("method": "GET", "path": "/AZ", "matchingRules": {"path":
        {"matchers": [{"match": "regex", "regex": "/[\\u0041-\\u005A]+"}]}})";
    EXPECT_EQ(statusOf(request, "GET", "/AB"), 201);
    EXPECT_EQ(statusOf(request, "GET", "/1"), 404);
}

TEST(Pact, RulesOfANameComeBeforeThoseOfAnyName)
{
    const std::string any = R"("$.*": )" + rule(R"({"match": "type"})");
    const std::string own = R"("$.a": )" + rule(R"({"match": "regex", "regex": "x+"})");
    for (const std::string &rules : {"{" + any + ", " + own + "}", "{" + own + ", " + any + "}"}) {
        EXPECT_EQ(statusOfBody(R"({"a": "x", "b": "x"})", rules, R"({"a": "xx", "b": "y"})"), 201);
        EXPECT_EQ(statusOfBody(R"({"a": "x", "b": "x"})", rules, R"({"a": "y", "b": "y"})"), 404);
    }
}

} // namespace
} // namespace understudy::formats::pact
