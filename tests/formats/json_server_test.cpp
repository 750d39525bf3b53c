// SPDX-License-Identifier: Apache-2.0
// The data of json-server as a server of buckets.
#include "core/base/json_text.h"
#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

namespace understudy::formats::json_server {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

constexpr const char *kName = "shop.json";

LoadedServer importedData(const std::string &text)
{
    LoadedServer loaded = loadedOne(text, kName);
    EXPECT_EQ(loaded.format, "json-server");
    expectWhole(loaded.server);
    return loaded;
}

std::string formatOf(const std::string &text, const std::string &name = kName)
{
    const LoadOutcome outcome = loadText(text, name);
    return outcome.servers.empty() ? std::string() : std::string(outcome.servers[0].format);
}

TEST(JsonServer, ListsAndObjectsAreBuckets)
{
    const LoadedServer loaded
        = importedData(R"({"$schema": "x", "posts": [{"id": 1}], "profile": {"name": "a"}})");
    EXPECT_EQ(loaded.server.name, "shop");
    EXPECT_TRUE(loaded.server.cors);
    ASSERT_EQ(loaded.server.buckets.size(), 2U);
    EXPECT_EQ(loaded.server.buckets[0].name, "posts");
    EXPECT_EQ(loaded.server.buckets[0].key, "id");
    EXPECT_EQ(writeJson(loaded.server.buckets[0].items), R"([{"id":1}])");
    std::vector<std::string> labels;
    forEachEndpoint(loaded.server, [&](const EndpointVisit &visit) {
        labels.push_back(endpointLabel(visit.endpoint) + ' ' + visit.endpoint.crud);
    });
    EXPECT_EQ(labels, (std::vector<std::string>{"GET /db ", "PUT, PATCH, DELETE /posts ",
                                                "ANY /posts posts", "DELETE /profile ",
                                                "ANY /profile/{id} ", "ANY /profile profile"}));
}

/// Asks what stands in NAME.requests.json, each with what json-server 0.17.4 answered. How many.
std::size_t expectRecordedAnswers(const std::string &name)
{
    const std::filesystem::path folder
        = std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "tests/data/json_server";
    const LoadOutcome outcome = load(folder / (name + ".json"));
    if (outcome.servers.size() != 1) {
        ADD_FAILURE() << allMessages(outcome.errors);
        return 0;
    }
    expectWhole(outcome.servers[0].server);
    const ServedEnvironment served(outcome.servers[0].server);
    const auto requests = JsonValue::parse(*readFile(folder / (name + ".requests.json"))).value();
    for (const JsonValue &one : *requests.ifArray()) {
        const JsonObject &request = *one.ifObject();
        const JsonValue *method = request.find("method");
        const JsonValue *json = request.find("json");
        const JsonObject &expected = *request.find("answer")->ifObject();
        const Answer answer = served.ask(
            method ? *method->ifString() : "GET", *request.find("target")->ifString(),
            json ? "Content-Type: application/json\r\n" : "", json ? writeJson(*json) : "");
        EXPECT_EQ(JsonValue(answer.status), *expected.find("status")) << writeJson(one);
        if (method && *method->ifString() == "HEAD")
            continue;
        auto body = JsonValue::parse(answer.body);
        if (!body) {
            ADD_FAILURE() << writeJson(one) << answer.body;
            continue;
        }
        if (request.contains("drawn")) {
            EXPECT_TRUE(body->ifObject()->find("id")->isString());
            body->ifObject()->set("id", "string");
        }
        EXPECT_EQ(writeJson(*body), *expected.find("body")->ifString()) << writeJson(one);
    }
    return requests.ifArray()->size();
}

TEST(JsonServer, AnswersAsTheRealOneDid) { EXPECT_EQ(expectRecordedAnswers("db"), 61U); }

TEST(JsonServer, QueriesFindWhatTheRealOneFound)
{
    EXPECT_GT(expectRecordedAnswers("queries"), 45U);
}

TEST(JsonServer, CountsWhatWasFound)
{
    const ServedEnvironment served(
        importedData(R"({"a": [{"id": 1, "k": "x"}, {"id": 2, "k": "x"}, {"id": 3, "k": "y"}]})")
            .server);
    const Answer answer = served.ask("GET", "/a?k=x&_page=1&_limit=1");
    EXPECT_EQ(answer.body, R"([{"id":1,"k":"x"}])");
    EXPECT_THAT(answer.head, HasSubstr("X-Total-Count: 2\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("Cache-Control: no-cache\r\n"));
    EXPECT_EQ(served.ask("GET", "/a?_sort=-id&_per_page=1").body, R"([{"id":3,"k":"y"}])");
}

TEST(JsonServer, CountsOnlyWhereAPartIsAskedFor)
{
    const ServedEnvironment served(importedData(R"({"a": [{"id": 1}, {"id": 2}]})").server);
    for (const char *target : {"/a?_limit=1", "/a?_end=1", "/a?_page=1"})
        EXPECT_THAT(served.ask("GET", target).head, HasSubstr("X-Total-Count: 2\r\n")) << target;
    for (const char *target : {"/a", "/a?_start=1", "/a?id=1", "/a?_limit="})
        EXPECT_THAT(served.ask("GET", target).head, Not(HasSubstr("X-Total-Count"))) << target;
}

TEST(JsonServer, ABucketHasItsDialectInTheMockFile)
{
    const LoadedServer loaded = importedData(R"({"a": [{"id": 1}]})");
    EXPECT_EQ(loaded.server.buckets.at(0).dialect, CrudDialect::JsonServer);
    EXPECT_TRUE(loaded.server.buckets[0].extensions.empty());
    EXPECT_THAT(native::write(loaded.server), HasSubstr("dialect: json-server"));
    constexpr std::string_view kHead
        = "understudy: 1\nendpoints: [{path: /a, crud: a}]\nbuckets:\n";
    const auto ask = [&](const std::string &more) {
        const LoadedServer own = loadedOne(
            std::string(kHead) + "  a: {items: [{id: 1}, {id: 2}]" + more + "}\n", "a.mock.yaml");
        return ServedEnvironment(own.server).ask("GET", "/a?_limit=1").body;
    };
    EXPECT_EQ(ask(", dialect: json-server"), R"([{"id":1}])");
    EXPECT_EQ(ask(", dialect: mockoon"), R"([{"id":1},{"id":2}])");
    EXPECT_EQ(ask(", x-json-server: true"), R"([{"id":1},{"id":2}])");
    const LoadOutcome wrong
        = loadText(std::string(kHead) + "  a: {dialect: jsonserver}\n", "a.mock.yaml");
    ASSERT_FALSE(wrong.errors.empty());
    EXPECT_THAT(allMessages(wrong.errors), HasSubstr("a.mock.yaml:4:"));
}

TEST(JsonServer, ListsOfTextsMayStandBesideItems)
{
    EXPECT_EQ(formatOf(R"({"a": [{"id": 1}], "tags": ["x", 2]})"), "json-server");
    EXPECT_EQ(formatOf(R"({"tags": ["x"]})"), "");
    EXPECT_EQ(formatOf(R"({"a": [{"id": 1}], "l": [[1]]})"), "");
    const LoadedServer loaded = importedData(R"({"a": [{"id": 1}], "tags": ["x"]})");
    EXPECT_THAT(allMessages(loaded.problems),
                HasSubstr("'tags': not all of its items are objects"));
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/tags/0").status, 404);
    EXPECT_EQ(served.ask("DELETE", "/tags/0").status, 404);
    EXPECT_EQ(served.ask("GET", "/tags").body, R"(["x"])");
}

TEST(JsonServer, IsKnownByItsItemsOrByItsName)
{
    EXPECT_EQ(formatOf(R"({"a": [{"id": 1}], "b": {}, "c": []})"), "json-server");
    EXPECT_EQ(formatOf(R"({"a": [], "b": {}})", "db.json"), "json-server");
    EXPECT_EQ(formatOf(R"({"a": [], "b": {}})"), "");
    EXPECT_EQ(formatOf(R"({"a": [{"name": 1}]})"), "");
    EXPECT_EQ(formatOf(R"({"a": [{"id": 1}], "version": 2})"), "");
    EXPECT_EQ(formatOf(R"({"a": [{"id": 1}, 2]})"), "");
    EXPECT_EQ(formatOf("a:\n- id: 1\n", "a.yaml"), "");
    EXPECT_EQ(formatOf(R"({"mappings": [{"id": "1", "request": {"url": "/a"},
                            "response": {"status": 200}}]})"),
              "wiremock");
}

TEST(JsonServer, SaysWhatItLeavesOut)
{
    LoadOutcome outcome = loadText(
        R"({"text": "x", "a/b": [], "": {}, "mixed": [1, {"id": 2}], "it's": [{"id": 1}]})", kName,
        {.format = "json-server"});
    ASSERT_EQ(outcome.servers.size(), 1U);
    expectWhole(outcome.servers[0].server);
    const std::string said = allMessages(outcome.servers[0].problems);
    EXPECT_THAT(said, HasSubstr("shop.json:1:10: 'text': is neither a list nor an object"));
    EXPECT_THAT(said, HasSubstr("shop.json:1:15: 'a/b': cannot be a part of a path"));
    EXPECT_THAT(said, HasSubstr("'': cannot be a part of a path"));
    EXPECT_THAT(said, HasSubstr("'mixed': not all of its items are objects"));
    EXPECT_THAT(said, HasSubstr("_embed, _expand"));
    EXPECT_THAT(said, HasSubstr("the file stays as it is"));
    EXPECT_EQ(ServedEnvironment(outcome.servers[0].server).ask("GET", "/it's/1").body,
              R"({"id":1})");

    for (const char *text : {"[1]", "7", R"({"a": 1})", "{}"}) {
        const LoadOutcome none = loadText(text, kName, {.format = "json-server"});
        ASSERT_EQ(none.errors.size(), 1U) << text;
        EXPECT_EQ(none.errors[0].error.where.line, 1) << text;
    }
}

TEST(JsonServerHostile, CutAndFlippedFilesAreSurvived)
{
    expectSafeWhenDamaged(R"({"posts": [{"id": 1, "t": "a", "n": {"m": [1, 2.50]}}, {"id": "x"}],
"it": {"a": null}, "empty": [], "{odd}": [{"id": 1e400}], "*": {}})",
                          kName, "json-server", 1'000);
}

TEST(JsonServerHostile, ManyAndDeepValuesEnd)
{
    std::string many = "{";
    for (int i = 0; i < 2'000; ++i)
        many += "\"r" + std::to_string(i) + R"(": [{"id": 1}],)";
    many += R"("z": []})";
    const LoadOutcome outcome = loadText(many, kName);
    ASSERT_EQ(outcome.servers.size(), 1U);
    EXPECT_EQ(outcome.servers[0].server.buckets.size(), 500U);
    EXPECT_THAT(allMessages(outcome.servers[0].problems), HasSubstr("'r500': is left out"));
    const std::string deep = R"({"a": )" + std::string(5'000, '[') + std::string(5'000, ']') + '}';
    const LoadOutcome refused = loadText(deep, kName, {.format = "json-server"});
    ASSERT_EQ(refused.errors.size(), 1U);
    EXPECT_GT(refused.errors[0].error.where.column, 0);
}

TEST(JsonServer, OrdersInCapitalsAndRefusesBodiesThatAreNoJson)
{
    const LoadOutcome outcome = loadText(R"({"a": [{"id": 1, "n": 1}, {"id": 2, "n": 3}]})", kName,
                                         {.format = "json-server"});
    ASSERT_EQ(outcome.servers.size(), 1U);
    ServedEnvironment server(outcome.servers[0].server);
    EXPECT_EQ(server.ask("GET", "/a?_sort=n&_order=DESC").body,
              R"([{"id":2,"n":3},{"id":1,"n":1}])");
    EXPECT_EQ(server.ask("GET", "/a?_sort=n,id&_order=desc,asc").body,
              R"([{"id":2,"n":3},{"id":1,"n":1}])");
    EXPECT_EQ(server.ask("POST", "/a", "Content-Type: application/json\r\n", "{bad").status, 400);
    EXPECT_EQ(server.ask("POST", "/a", "Content-Type: text/plain\r\n", "plain").body,
              R"({"id":3})");
    EXPECT_TRUE(loadText(R"({"data": [{"id": "1"}], "links": {}})", "answer.json").servers.empty());
}

} // namespace
} // namespace understudy::formats::json_server
