// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "tests/formats/mockoon_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace understudy::formats::mockoon {
namespace {

using namespace test;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;
namespace json = boost::json;

const fs::path kData = UNDERSTUDY_SOURCE_DIR "/tests/data/mockoon";

// The environments of tests/data/mockoon.

TEST(MockoonImport, UnderstandsItsOwnFilesAsBefore)
{
    checkCounts(kData,
                {
                    // endpoints, switched off, responses, not served yet, understood otherwise
                    {"bodies.json", {7, 0, 7, 2, 3}},
                    {"broken.json", {1, 0, 2, 0, 5}},
                    {"folders.json", {3, 0, 3, 0, 1}},
                    {"rules.json", {3, 0, 21, 0, 0}},
                });
}

TEST(MockoonImport, MakesServersThatAreValidCompileAndSurviveBeingWritten)
{
    checkServersOf(kData);
}

TEST(MockoonImport, AnswersByRulesOfEveryTarget)
{
    const ServedEnvironment served(importFile(kData / "rules.json").server);
    const std::string asJson = "Content-Type: application/json\r\n";
    const std::string asForm = "Content-Type: application/x-www-form-urlencoded\r\n";
    const auto body
        = [&](std::string_view target, std::string_view headers = {}, std::string_view sent = {}) {
              return served.ask("GET", target, headers, sent).body;
          };
    EXPECT_EQ(body("/shelves/2"), "empty property"); // as in Mockoon: no body is an empty text
    EXPECT_EQ(body("/shelves/2", asJson, "{}"), "default");
    EXPECT_EQ(served.ask("GET", "/shelves/2", asJson, "{}").status, 404);
    EXPECT_EQ(body("/shelves/2?filter[genre]=crime"), "query object");
    EXPECT_EQ(body("/shelves/2?tag=novel&tag=x"), "query list");
    EXPECT_EQ(body("/SHELVES/15/"), "parameter");
    EXPECT_EQ(body("/shelves/2", "Accept-Language: de\r\n"), "header");
    EXPECT_EQ(body("/shelves/2", "Accept-Language: fi\r\n"), "header pattern");
    EXPECT_EQ(body("/shelves/2", asJson, R"({"title": "dune"})"), "property");
    EXPECT_EQ(body("/shelves/2", asJson, R"({"authors": [{"name": "Frank"}]})"), "nested");
    EXPECT_EQ(body("/shelves/2", asJson, R"({"topics": ["sea", "sand"]})"), "member of a list");
    EXPECT_EQ(body("/shelves/2", asJson, R"({"pages": 412})"), "number");
    EXPECT_EQ(body("/shelves/2", asJson, R"({"lent": true})"), "flag");
    EXPECT_EQ(body("/shelves/2", {}, "the whole text"), "whole text");
    EXPECT_EQ(body("/shelves/2", asForm, "author%5Bfirst%5D=Frank&year=1965"), "form");
    EXPECT_EQ(body("/shelves/2?probe=1", asJson, "{}"), "inverted");
    EXPECT_EQ(body("/shelves/2", asJson, R"({"note": ""})"), "empty property");
}

TEST(MockoonImport, CountsRequestsAndTakesTheDefaultAgain)
{
    const ServedEnvironment served(importFile(kData / "rules.json").server);
    for (const std::string_view expected : {"first", "second", "later", "later"})
        EXPECT_EQ(served.ask("GET", "/turns").body, expected);
    for (const std::string_view expected : {"a", "b", "c", "a"})
        EXPECT_EQ(served.ask("GET", "/round").body, expected);
}

TEST(MockoonImport, KeepsFoldersAndPrefixes)
{
    const Server server = importFile(kData / "folders.json").server;
    ASSERT_TRUE(server.items.at(0).folder());
    EXPECT_EQ(server.items[0].folder()->name, "Books");
    EXPECT_EQ(server.base, "/api/v2");
    const ServedEnvironment served(server);
    EXPECT_EQ(served.ask("POST", "/api/v2/books").status, 201);
    EXPECT_EQ(served.ask("GET", "/api/v2/").body, "root");
    EXPECT_EQ(served.ask("GET", "/books").status, 404);
}

TEST(MockoonImport, RepairsABrokenFileOfLevelSixteen)
{
    const ServedEnvironment served(importFile(kData / "broken.json").server);
    const Answer answer = served.ask("GET", "/lost");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "found");
    EXPECT_THAT(answer.head, HasSubstr("Content-Type: application/json"));
}

TEST(MockoonImport, RecognisesItsFilesAndNoOthers)
{
    for (const fs::path &file : filesBelow(kData))
        EXPECT_TRUE(recognise(*readFile(file))) << file;
    EXPECT_TRUE(recognise(R"({"source": "mockoon:1.8.0", "data": []})"));
    EXPECT_TRUE(recognise("\xEF\xBB\xBF{\"lastMigration\": 33, \"routes\": []}"));
    EXPECT_TRUE(recognise(R"({"lastMigration": 33, "routes": [)")); // broken, but Mockoon's
    for (const std::string_view other :
         {"", "[]", "{}", R"({"openapi": "3.0.0"})", R"({"routes": []})", "understudy: 1",
          R"({"request": {}, "response": {}})"})
        EXPECT_FALSE(recognise(other)) << other;
}

TEST(MockoonImport, SaysWhereATextIsNoJson)
{
    const LoadOutcome broken = import("{\n  \"routes\": [\n    {\"é\": 1,}\n  ]\n}", "env.json");
    ASSERT_EQ(broken.errors.size(), 1u);
    EXPECT_EQ(broken.errors[0].error.where, (Place{"env.json", 3, 13}));
    EXPECT_EQ(broken.errors[0].error.code, ErrorCode::Syntax);
    EXPECT_TRUE(broken.servers.empty());

    const LoadOutcome cut = import("{\"lastMigration\": 33,\n\"routes\": [", "env.json");
    ASSERT_EQ(cut.errors.size(), 1u);
    EXPECT_EQ(cut.errors[0].error.where.line, 2);

    EXPECT_EQ(import("", "env.json").errors.size(), 1u);
    EXPECT_EQ(import("\xff\xfe", "env.json").errors.size(), 1u);
    EXPECT_EQ(import(std::string(100'000, '['), "env.json").errors.size(), 1u);
    EXPECT_THAT(import("[1]", "env.json").errors.at(0).error.message,
                HasSubstr("no Mockoon environment"));
    EXPECT_EQ(
        import(R"({"routes": [], "lastMigration": 33} x)", "env.json").errors.at(0).error.where,
        (Place{"env.json", 1, 37}));
}

TEST(MockoonImport, ReadsEveryEnvironmentOfAListExport)
{
    const LoadOutcome outcome = import(
        R"({"source": "mockoon:1.2.3", "data": [
             {"type": "environment", "item": {"name": "One", "port": "3001", "routes": [], "lastMigration": 5}},
             {"type": "environment", "item": {"name": "Two", "routes": [
               {"method": "get", "endpoint": "old", "statusCode": "201", "body": "hi", "contentType": "text/csv"}]}},
             {"type": "environment", "item": 3}]})",
        "list.json");
    ASSERT_EQ(outcome.servers.size(), 2u);
    EXPECT_EQ(outcome.servers[0].server.name, "One");
    EXPECT_EQ(outcome.servers[0].server.listen.port, 3001);
    EXPECT_EQ(outcome.errors.size(), 1u);

    const Answer answer = ServedEnvironment(outcome.servers[1].server).ask("GET", "/old");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "hi");
    EXPECT_THAT(answer.head, HasSubstr("Content-Type: text/csv; charset=utf-8\r\n"));
}

/// Puts each of `strange` in the place of each value of `value` and tries `root` every time.
void tryEverywhere(const json::value &root, json::value &value,
                   const std::vector<json::value> &strange)
{
    for (const json::value &other : strange) {
        const json::value before = std::exchange(value, other);
        for (const LoadedServer &loaded : import(json::serialize(root), "strange.json").servers) {
            for (const Finding &finding : validate(loaded.server))
                ADD_FAILURE() << json::serialize(before) << " -> " << json::serialize(other) << ": "
                              << finding.field << ": " << finding.message;
        }
        value = before;
    }
    if (json::array *array = value.if_array()) {
        for (json::value &child : *array)
            tryEverywhere(root, child, strange);
    } else if (json::object *object = value.if_object()) {
        for (auto &member : *object)
            tryEverywhere(root, member.value(), strange);
    }
}

TEST(MockoonImport, MakesValidServersWhateverStandsInAnyPlace)
{
    const std::vector<json::value> strange{
        nullptr, true, -1, 1e300, "", "a b\r\n{*", json::array{1}, json::object{{"a", 1}}};
    for (const std::string name : {"bodies.json", "folders.json", "broken.json"}) {
        json::value root = json::parse(*readFile(kData / name));
        tryEverywhere(root, root, strange);
    }
}

// Order, headers, bodies.

TEST(MockoonImport, TriesRoutesInTheOrderOfTheTree)
{
    json::object env = environment(
        {route("get", "a", {answer("exact")}), route("get", ":x", {answer("parameter")})});
    env["routes"].as_array()[0].as_object()["uuid"] = "u1";
    env["routes"].as_array()[1].as_object()["uuid"] = "u2";
    EXPECT_EQ(ServedEnvironment(env).ask("GET", "/a").body, "exact");
    env["rootChildren"] = json::array{json::object{{"type", "folder"}, {"uuid", "f"}},
                                      json::object{{"type", "route"}, {"uuid", "u1"}}};
    env["folders"] = json::array{
        json::object{{"uuid", "f"},
                     {"name", "Folder"},
                     {"children", {json::object{{"type", "route"}, {"uuid", "u2"}}}}}};
    const LoadedServer loaded = imported(env);
    ASSERT_TRUE(loaded.server.items.at(0).folder());
    EXPECT_EQ(loaded.server.items[0].folder()->name, "Folder");
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/a").body, "parameter");
}

TEST(MockoonImport, RepairsATreeWithRingsAndWrongReferences)
{
    json::object env
        = environment({route("get", "a", {answer("a")}), route("get", "b", {answer("b")})});
    env["routes"].as_array()[0].as_object()["uuid"] = "u1";
    const auto folder = [](std::string_view id, std::string_view child) {
        return json::object{{"uuid", id},
                            {"children", {json::object{{"type", "folder"}, {"uuid", child}}}}};
    };
    env["folders"] = json::array{folder("f", "g"), folder("g", "f")};
    env["rootChildren"] = json::array{json::object{{"type", "route"}, {"uuid", "nobody"}}, 7,
                                      json::object{{"type", "route"}, {"uuid", "u1"}},
                                      json::object{{"type", "route"}, {"uuid", "u1"}}};
    const LoadedServer loaded = imported(env);
    EXPECT_EQ(countsOf(loaded).endpoints, 2);
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/b").body, "b");
}

TEST(MockoonImport, SendsTheContentTypeThatMockoonSends)
{
    json::object typed = answer("typed");
    typed["headers"] = json::array{json::object{{"key", "content-type"}, {"value", "text/csv"}}};
    json::object env
        = environment({route("get", "plain", {answer("x")}), route("get", "typed", {typed})});
    EXPECT_THAT(ServedEnvironment(env).ask("GET", "/plain").head,
                HasSubstr("Content-Type: text/html; charset=utf-8\r\n"));
    env["headers"]
        = json::array{json::object{{"key", "Content-Type"}, {"value", "application/json"}},
                      json::object{{"key", "X-All"}, {"value", "1"}}};
    const ServedEnvironment served(env);
    EXPECT_THAT(served.ask("GET", "/plain").head,
                HasSubstr("Content-Type: application/json; charset=utf-8\r\n"));
    EXPECT_THAT(served.ask("GET", "/typed").head,
                HasSubstr("content-type: text/csv; charset=utf-8\r\n"));
    EXPECT_THAT(served.ask("GET", "/typed").head, HasSubstr("X-All: 1\r\n"));
    EXPECT_EQ(served.ask("GET", "/nowhere").status, 404);
}

TEST(MockoonImport, SendsNoContentTypeWithoutABody)
{
    json::object empty = answer("");
    empty["statusCode"] = 204;
    empty["headers"] = json::array{json::object{{"key", "Content-Type"}, {"value", "text/csv"}}};
    const Answer found
        = ServedEnvironment(environment({route("get", "r", {empty})})).ask("GET", "/r");
    EXPECT_EQ(found.status, 204);
    EXPECT_EQ(found.head.find("Content-Type"), std::string::npos);
    EXPECT_EQ(found.body, "");
}

TEST(MockoonImport, RepairsImpossibleValuesAndSaysSo)
{
    json::object broken = answer("x");
    broken["statusCode"] = 99;
    broken["latency"] = "25";
    broken["headers"] = json::array{json::object{{"key", "no name"}, {"value", "1"}},
                                    json::object{{"key", "X-Twice"}, {"value", "1"}},
                                    json::object{{"key", "x-twice"}, {"value", "2"}}, 3};
    json::object r = route("POST", "r", {broken, 5});
    r["enabled"] = false;
    json::object env = environment({r, "no route"});
    env["port"] = "8080";
    env["latency"] = -1;
    const LoadedServer loaded = imported(env);
    EXPECT_EQ(loaded.server.listen.port, 8080);
    const Endpoint &endpoint = *loaded.server.items.at(0).endpoint();
    EXPECT_FALSE(endpoint.enabled);
    EXPECT_EQ(endpoint.methods, std::vector<std::string>{"POST"});
    EXPECT_EQ(endpoint.responses.size(), 1u);
    EXPECT_EQ(endpoint.responses[0].status, 200);
    EXPECT_EQ(std::get<FixedLatency>(*endpoint.responses[0].behaviour.latency.head).value,
              std::chrono::milliseconds(25));
    EXPECT_EQ(endpoint.responses[0].headers.at(0), (http::HeaderField{"X-Twice", "2"}));
    EXPECT_EQ(loaded.problems.size(), 8u) << "a number in quotes is that number";
}

TEST(MockoonImport, KeepsWhatIsNotServedYetAndSaysSo)
{
    json::object bucket{{"id", "ab12"},
                        {"name", "Users"},
                        {"value", R"([{"id": 1, "n": 1236546565217899832645, "p": 12.90}])"}};
    json::object fromBucket = answer("");
    fromBucket["bodyType"] = "DATABUCKET";
    fromBucket["databucketID"] = "ab12";
    fromBucket["callbacks"] = json::array{json::object{{"uuid", "c"}, {"latency", 5}}};
    json::object crud = route("", "users", {fromBucket});
    crud["type"] = "crud";
    json::object socket = route("get", "ws", {});
    socket["type"] = "ws";
    json::object env = environment({crud, socket, route("get", "t", {answer("{{now}}")})});
    env["data"] = json::array{bucket};
    env["callbacks"] = json::array{
        json::object{{"uuid", "c"}, {"method", "put"}, {"uri", "/hook"}, {"body", "x"}}};
    env["proxyMode"] = true;
    env["proxyHost"] = "https://example.com";
    const LoadedServer loaded = imported(env);
    const Server &server = loaded.server;
    EXPECT_EQ(writeJson(server.buckets.at(0).items),
              R"([{"id":1,"n":1236546565217899832645,"p":12.90}])");
    EXPECT_EQ(server.items.at(0).endpoint()->crud, "Users");
    const Response &response = server.items[0].endpoint()->responses.at(0);
    EXPECT_EQ(response.body.kind, Body::Kind::Bucket);
    EXPECT_EQ(response.callbacks.at(0).url, "/hook"); // of this server, wherever it listens
    EXPECT_EQ(response.callbacks[0].method, "PUT");
    EXPECT_EQ(server.extensions.find("x-mockoon-ws")->ifArray()->size(), 1u);
    EXPECT_TRUE(server.items.at(1).endpoint()->responses.at(0).isTemplate);
    EXPECT_EQ(server.items[1].endpoint()->responses[0].dialect, Dialect::Mockoon);
    EXPECT_EQ(server.upstream->url, "https://example.com");
    EXPECT_EQ(countsOf(loaded).notServed, 2); // WebSocket, upstream
}

// As Mockoon 9.9 answered.
TEST(MockoonImport, AMissingFileIsSaidAsMockoonSaysIt)
{
    const auto missing = [](std::string_view path, bool isBody) {
        json::object response = answer("");
        response["bodyType"] = "FILE";
        response["filePath"] = path;
        response["sendFileAsBody"] = isBody;
        response["statusCode"] = 201;
        return ServedEnvironment(environment({route("get", "f", {response})})).ask("GET", "/f");
    };
    const Answer text = missing("./none.txt", true);
    EXPECT_EQ(text.status, 201);
    EXPECT_TRUE(text.body.starts_with(
        "Error while serving the file content: ENOENT: no such file or directory, open '/"))
        << text.body;
    EXPECT_TRUE(text.body.ends_with("/none.txt'")) << text.body;
    const Answer bytes = missing("./none.pdf", false);
    EXPECT_NE(bytes.body.find("directory, stat '/"), std::string::npos) << bytes.body;
}

} // namespace
} // namespace understudy::formats::mockoon
