// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/pact_support.h"

/// Contracts of Pact that are damaged, or larger than can be.
namespace understudy::formats::pact {
namespace {

constexpr std::string_view kHostile = R"x({"consumer": {"name": "c"}, "provider": {"name": "p"},
 "interactions": [{"type": "Synchronous/HTTP", "key": "1", "description": "d", "providerStates": [{"name": "s", "params": {"a": 1}}],
 "request": {"method": "POST", "path": "/a/1", "query": {"q": ["1", "2"]}, "headers": {"Content-Type": ["application/json"], "X": ["1"]},
 "body": {"content": {"a": [1, {"b": "2"}], "m": {"k": 1}}, "contentType": "application/json", "encoded": false},
 "matchingRules": {"path": {"matchers": [{"match": "regex", "regex": "/a/\\d+"}]}, "header": {"X": {"matchers": [{"match": "include", "value": "1"}]}},
 "query": {"q": {"combine": "OR", "matchers": [{"match": "date", "format": "yyyy-MM-dd'T'HH"}]}},
 "body": {"$.a": {"matchers": [{"match": "type", "min": 1}]}, "$.a[*].b": {"matchers": [{"match": "regex", "regex": "(x|\\d)+"}]}, "$['m']": {"matchers": [{"match": "eachKey", "rules": [{"match": "semver"}]}]}}}},
 "response": {"status": 200, "headers": {"A": ["b"]}, "body": {"content": "AAH/", "encoded": "base64"}, "generators": {"body": {"$.a": {"type": "Uuid"}}}}},
 {"description": "e", "providerState": "s", "request": {"method": "get", "path": "/a", "query": "a=1&b=2", "matchingRules": {"$.query.a": {"match": "type"}, "$.body.x[0]": {"max": 2}}}, "response": {"body": "x"}}],
 "metadata": {"pactSpecification": {"version": "4.0"}}})x";

TEST(PactHostile, DamagedFilesAreSafe)
{
    expectSafeWhenDamaged(std::string(kHostile), kName, "pact", 500);
}

TEST(PactHostile, StrangeTypesAreSafe) { expectSafeWhenRetyped(kHostile, kName, "pact"); }

TEST(PactHostile, DeepAndLongBodiesEnd)
{
    const std::string deep = std::string(150, '[') + std::string(150, ']');
    for (const std::string &rules :
         {std::string("{}"), R"({"body": {"$": )" + rule(R"({"match": "type"})") + "}}"}) {
        const LoadedServer loaded = imported(contract(
            R"({"request": {"method": "POST", "path": "/", "body": )" + deep
            + R"(, "matchingRules": )" + rules + R"(}, "response": {"body": )" + deep + "}}"));
        EXPECT_THAT(allMessages(loaded.problems), HasSubstr("nested too deeply"));
    }
    std::string list = "[1";
    for (int i = 0; i < 20'000; ++i)
        list += ",1";
    expectSafe(contract(R"({"request": {"method": "POST", "path": "/", "body": )" + list
                        + R"(], "matchingRules": {"body": {"$": )" + rule(R"({"match": "type"})")
                        + R"(}}}, "response": {}})"),
               kName, "pact");
}

/// A number of entries with commas between them, `#` standing for the number of each.
std::string entries(int count, const std::string &entry, const std::string &comma = ", ")
{
    std::string out;
    for (int i = 0; i < count; ++i) {
        out += i == 0 ? "" : comma;
        for (const char c : entry)
            out += c == '#' ? std::to_string(i) : std::string(1, c);
    }
    return out;
}

std::size_t timesSaid(const LoadedServer &loaded, const std::string &part)
{
    const std::string said = allMessages(loaded.problems);
    std::size_t count = 0;
    for (std::size_t at = said.find(part); at != said.npos; at = said.find(part, at + 1))
        ++count;
    return count;
}

TEST(PactHostile, ManyParametersAreMetAllTheSameAndSaidOnce)
{
    const std::string many = entries(510, "p#=v", "&");
    for (const std::string &query :
         {"\"" + many + "\"", "{" + entries(510, R"("p#": ["v"])") + "}"}) {
        const LoadedServer loaded = imported(
            contract(interaction(R"("method": "GET", "path": "/a", "query": )" + query, 201)));
        const ServedEnvironment served(loaded.server);
        EXPECT_EQ(served.ask("GET", "/a?" + many).status, 201);
        EXPECT_EQ(served.ask("GET", "/a").status, 404);
        EXPECT_EQ(timesSaid(loaded, "too many or too long parameters"), 1u);
    }
    const std::string longer = entries(400, std::string(200, 'p') + "#=v", "&");
    const LoadedServer loaded = imported(
        contract(interaction(R"("method": "GET", "path": "/a", "query": ")" + longer + "\"", 201)));
    EXPECT_EQ(timesSaid(loaded, "too many or too long parameters"), 1u);
}

TEST(PactHostile, ManyFieldsOfAFormAreSaid)
{
    const std::string many = entries(510, "p#=v", "&");
    const LoadedServer loaded = imported(
        contract(interaction(R"("method": "POST", "path": "/a", "headers": {"Content-Type":
                       "application/x-www-form-urlencoded"}, "body": ")"
                                 + many + "\"",
                             201)));
    EXPECT_EQ(timesSaid(loaded, "the first 500 fields are compared"), 1u);
    EXPECT_EQ(ServedEnvironment(loaded.server)
                  .ask("POST", "/a", "Content-Type: application/x-www-form-urlencoded\r\n", many)
                  .status,
              201);
}

TEST(PactHostile, ManyMatchingRulesAreSaidOnce)
{
    for (const std::string &rules :
         {R"({"body": {)" + entries(2'010, R"("$.m#": {"matchers": [{"match": "type"}]})") + "}}",
          "{" + entries(2'010, R"("$.body.m#": {"match": "type"})") + "}"}) {
        const std::string body = "{" + entries(2'010, R"("m#": 1)") + "}";
        const LoadedServer loaded = imported(contract(interaction(
            R"("method": "POST", "path": "/a", "body": )" + body + R"(, "matchingRules": )" + rules,
            201)));
        EXPECT_EQ(timesSaid(loaded, "more than 2000 matching rules"), 1u);
        EXPECT_EQ(ServedEnvironment(loaded.server).ask("POST", "/a", kJson, body).status, 201);
    }
}

TEST(PactHostile, ALongFormatOfADateTakesAnyValue)
{
    const LoadedServer loaded = imported(contract(interaction(
        R"("method": "GET", "path": "/a", "query": "d=x", "matchingRules": {"query": {"d":
           {"matchers": [{"match": "date", "date": ")"
            + entries(60, "yyyy-") + R"("}]}}})",
        201)));
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/a?d=x").status, 201);
    EXPECT_EQ(timesSaid(loaded, "the format of a date is too long"), 1u);
}

} // namespace
} // namespace understudy::formats::pact
