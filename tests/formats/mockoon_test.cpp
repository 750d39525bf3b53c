// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/mockoon_environment.h"

#include "core/base/json_text.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"

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

const fs::path kData = UNDERSTUDY_SHARED_DATA "/mockoon";

std::vector<fs::path> dataFiles()
{
    std::vector<fs::path> out;
    std::error_code ignored;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(kData, ignored)) {
        if (entry.path().extension() == ".json")
            out.push_back(entry.path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

LoadedServer importFile(const fs::path &path)
{
    const auto text = readFile(path);
    LoadOutcome outcome = text ? import(*text, path) : LoadOutcome{};
    for (const Problem &error : outcome.errors)
        ADD_FAILURE() << error.error.text();
    if (outcome.servers.size() != 1) {
        ADD_FAILURE() << path << ": one server expected";
        return {};
    }
    return std::move(outcome.servers.front());
}

/// What an import understood. A change of understanding changes a row below.
struct Counts
{
    int endpoints = 0;
    int disabled = 0;
    int responses = 0;
    int notServed = 0; ///< warnings: kept without effect
    int changed = 0;   ///< notes: understood in another way
    bool operator==(const Counts &) const = default;
};

std::ostream &operator<<(std::ostream &out, const Counts &c)
{
    return out << '{' << c.endpoints << ", " << c.disabled << ", " << c.responses << ", "
               << c.notServed << ", " << c.changed << '}';
}

Counts countsOf(const LoadedServer &loaded)
{
    Counts out;
    forEachEndpoint(loaded.server, [&](const EndpointVisit &visit) {
        ++out.endpoints;
        out.disabled += visit.enabled ? 0 : 1;
        out.responses += static_cast<int>(visit.endpoint.responses.size());
    });
    for (const Problem &problem : loaded.problems)
        ++(problem.severity == Severity::Warning ? out.notServed : out.changed);
    return out;
}

TEST(MockoonImport, UnderstandsEveryFileOfTheCollectionAsBefore)
{
    const std::map<std::string, Counts> expected{
        // endpoints, switched off, responses, not served yet, understood otherwise
        {"advanced-data-buckets.json", {4, 0, 7, 11, 2}},
        {"amazonawscom-mediastore-data.json", {5, 0, 19, 2, 7}},
        {"apideckcom-proxy.json", {6, 0, 18, 0, 8}},
        {"azurecom-search-searchindex.json", {10, 0, 11, 7, 3}},
        {"callbacks.json", {3, 0, 3, 2, 4}},
        {"crud-buckets.json", {3, 0, 3, 3, 2}},
        {"databuckets.json", {5, 0, 5, 9, 3}},
        {"demo-crud.json", {7, 0, 9, 4, 2}},
        {"deutschebahncom-stada.json", {4, 0, 16, 8, 6}},
        {"file-bodies/envs/file.json", {3, 0, 3, 3, 4}},
        {"folders.json", {2, 0, 2, 0, 2}},
        {"generate-mock-data.json", {5, 0, 5, 5, 6}},
        {"global-route.json", {3, 0, 3, 0, 2}},
        {"headers.json", {4, 0, 4, 0, 2}},
        {"httpbinorg.json", {73, 0, 101, 0, 15}},
        {"jellyfinlocal.json", {408, 0, 1181, 197, 386}},
        {"mozillacom-kinto.json", {20, 1, 90, 61, 14}},
        {"open-runtimes-proxy.json", {2, 0, 2, 2, 3}},
        {"openapi-export.json", {6, 0, 11, 4, 2}},
        {"proxy.json", {1, 0, 1, 2, 2}},
        {"rate-limiting.json", {3, 0, 4, 4, 2}},
        {"response-rules.json", {6, 0, 34, 0, 5}},
        {"schema-broken.json", {1, 0, 2, 0, 7}},
        {"templating.json", {61, 0, 61, 63, 10}},
        {"webhooks-and-callbacks.json", {3, 0, 3, 4, 2}},
        {"websocket.json", {2, 0, 2, 7, 5}},
    };
    std::map<std::string, Counts> found;
    for (const fs::path &file : dataFiles())
        found[fs::relative(file, kData).string()] = countsOf(importFile(file));
    ASSERT_FALSE(found.empty()) << "the shared data is missing";
    for (const auto &[name, counts] : found) {
        if (!expected.contains(name)) {
            ADD_FAILURE() << "no row for {\"" << name << "\", " << counts << "},";
            continue;
        }
        EXPECT_EQ(counts, expected.at(name)) << name;
    }
    EXPECT_EQ(found.size(), expected.size());
}

TEST(MockoonImport, MakesServersThatAreValidAndCompile)
{
    for (const fs::path &file : dataFiles()) {
        const Server server = importFile(file).server;
        for (const Finding &finding : validate(server))
            ADD_FAILURE() << file << ": " << finding.endpointId << ": " << finding.message;
        CompileOptions options;
        options.folder = file.parent_path();
        options.allowOutside = true;
        const auto compiled
            = CompiledServer::compile(server, std::make_shared<ServerMemory>(), options);
        EXPECT_TRUE(compiled.hasValue())
            << file << ": " << (compiled ? "" : compiled.error().text());
    }
}

TEST(MockoonImport, SurvivesBeingWrittenAsAMockFile)
{
    for (const fs::path &file : dataFiles()) {
        const Server server = importFile(file).server;
        const native::ReadOutcome read = native::read(native::write(server), "written.mock.yaml");
        for (const Problem &problem : read.problems)
            ADD_FAILURE() << file << ": " << problem.error.text();
        EXPECT_TRUE(read.server == server) << file;
    }
}

TEST(MockoonImport, RecognisesItsFilesAndNoOthers)
{
    for (const fs::path &file : dataFiles())
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
    for (const std::string name : {"callbacks.json", "folders.json", "schema-broken.json"}) {
        json::value root = json::parse(*readFile(kData / name));
        tryEverywhere(root, root, strange);
    }
}

// Modes (reference/mockoon.md section 3.3).

json::object answer(std::string_view body, bool isDefault = false, json::array rules = {})
{
    return {{"body", body}, {"default", isDefault}, {"rules", std::move(rules)}};
}

json::array onQuery(std::string_view value)
{
    return {json::object{
        {"target", "query"}, {"modifier", "q"}, {"operator", "equals"}, {"value", value}}};
}

json::object withMode(std::string_view mode, json::array responses)
{
    json::object r = route("get", "r", std::move(responses));
    r["responseMode"] = mode.empty() ? json::value(nullptr) : json::value(mode);
    return r;
}

TEST(MockoonModes, DefaultAnswersWhateverItsPlace)
{
    const ServedEnvironment served(environment({withMode(
        "", {answer("first"), answer("default", true), answer("rules", false, onQuery("1"))})}));
    EXPECT_EQ(served.ask("GET", "/r").body, "default");
    EXPECT_EQ(served.ask("GET", "/r?q=1").body, "rules");
}

TEST(MockoonModes, DefaultWithRulesKeepsItsPlaceAmongTheOthers)
{
    const ServedEnvironment served(environment({withMode(
        "", {answer("default", true, onQuery("1")), answer("other", false, onQuery("1"))})}));
    EXPECT_EQ(served.ask("GET", "/r?q=1").body, "default");
    EXPECT_EQ(served.ask("GET", "/r?q=2").body, "default");
}

TEST(MockoonModes, FallbackGoesOnWithTheNextRoute)
{
    const ServedEnvironment served(environment(
        {withMode("FALLBACK", {answer("default", true), answer("one", false, onQuery("1"))}),
         route("get", "*", {answer("any", true)})}));
    EXPECT_EQ(served.ask("GET", "/r?q=1").body, "one");
    EXPECT_EQ(served.ask("GET", "/r").body, "any");
}

TEST(MockoonModes, SequentialIgnoresRulesAndBeginsAgain)
{
    const ServedEnvironment served(environment(
        {withMode("SEQUENTIAL", {answer("a", true), answer("b", false, onQuery("1"))})}));
    EXPECT_EQ(served.ask("GET", "/r").body, "a");
    EXPECT_EQ(served.ask("GET", "/r").body, "b");
    EXPECT_EQ(served.ask("GET", "/r").body, "a");
}

TEST(MockoonModes, RandomTakesAnyOfThem)
{
    const LoadedServer loaded = imported(
        environment({withMode("RANDOM", {answer("a", true), answer("b", false, onQuery("1"))})}));
    const Endpoint &endpoint = *loaded.server.items.at(0).endpoint();
    EXPECT_EQ(endpoint.select, Selection::Random);
    EXPECT_FALSE(endpoint.responses.at(1).when.has_value());
    EXPECT_TRUE(endpoint.responses.at(1).extensions.contains("x-mockoon-rules"));
}

TEST(MockoonModes, DisabledRulesLeaveTheDefaultAlone)
{
    const ServedEnvironment served(environment(
        {withMode("DISABLE_RULES", {answer("a", false, onQuery("1")), answer("b", true)})}));
    EXPECT_EQ(served.ask("GET", "/r?q=1").body, "b");
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
    EXPECT_EQ(loaded.problems.size(), 10u);
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
    EXPECT_EQ(response.callbacks.at(0).url, "http://127.0.0.1:3000/hook");
    EXPECT_EQ(response.callbacks[0].method, "PUT");
    EXPECT_EQ(server.extensions.find("x-mockoon-ws")->ifArray()->size(), 1u);
    EXPECT_TRUE(server.items.at(1).endpoint()->responses.at(0).isTemplate);
    EXPECT_EQ(server.items[1].endpoint()->responses[0].dialect, Dialect::Mockoon);
    EXPECT_EQ(server.upstream->url, "https://example.com");
    EXPECT_EQ(countsOf(loaded).notServed, 6);
}

// Well-known routes of the collection.

TEST(MockoonCollection, AnswersTheRulesOfItsOwnTests)
{
    const ServedEnvironment served(importFile(kData / "response-rules.json").server);
    const std::string asJson = "Content-Type: application/json\r\n";
    const std::string asForm = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(served.ask("GET", "/rules/2").body, "16"); // as in Mockoon: no body is an empty text
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, "{}").status, 404);
    EXPECT_EQ(served.ask("GET", "/rules/2?obj[prop2]=value2").body, "1");
    EXPECT_EQ(served.ask("GET", "/rules/2?array=test2&array=x").body, "2");
    EXPECT_EQ(served.ask("GET", "/RULES/15/").body, "3");
    EXPECT_EQ(served.ask("GET", "/rules/2", "Accept-Charset: UTF-8\r\n").body, "4");
    EXPECT_EQ(served.ask("GET", "/rules/2", "Accept-Charset: UTF-16\r\n").body, "5");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"name": "john"})").body, "6");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"user": [{"name": "John"}]})").body, "7");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"users": ["John", "Paul"]})").body, "8");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"user": ["Richard"]})").body, "9");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"test": 1})").body, "12");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"test": true})").body, "13");
    EXPECT_EQ(served.ask("GET", "/rules/2", {}, "testfullbody").body, "14");
    EXPECT_EQ(served.ask("GET", "/rules/2", asForm, "var1=val1&object%5Bproperty%5D=objv1").body,
              "formdata");
    EXPECT_EQ(served.ask("GET", "/rules/2", asJson, R"({"property1": ""})").body, "16");
}

TEST(MockoonCollection, CountsRequestsAndTakesTheDefaultAgain)
{
    const ServedEnvironment served(importFile(kData / "response-rules.json").server);
    for (const std::string_view expected : {"res1", "res2", "res3", "res1"})
        EXPECT_EQ(served.ask("GET", "/requestnumber").body, expected);
}

TEST(MockoonCollection, KeepsFoldersAndPrefixes)
{
    const Server folders = importFile(kData / "folders.json").server;
    EXPECT_TRUE(std::any_of(folders.items.begin(), folders.items.end(),
                            [](const Item &i) { return i.folder(); }));
    const Server stada = importFile(kData / "deutschebahncom-stada.json").server;
    EXPECT_EQ(stada.base, "/stada/v2");
    EXPECT_EQ(ServedEnvironment(stada).ask("GET", "/stada/v2/stations").status, 200);
}

TEST(MockoonCollection, ReadsTheBrokenFileOfLevelSixteen)
{
    const LoadedServer loaded = importFile(kData / "schema-broken.json");
    EXPECT_EQ(loaded.server.listen.address, "127.0.0.1");
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/test").status, 200);
    EXPECT_THAT(served.ask("GET", "/test").head,
                HasSubstr("Content-Type: application/json; charset=utf-8\r\n"));
}

} // namespace
} // namespace understudy::formats::mockoon
