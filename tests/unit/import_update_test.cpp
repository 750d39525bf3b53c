// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/import_update.h"

#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"
#include "core/workspace/import_pairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace understudy::workspace {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char *kDocument = R"(openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /pets:
    get:
      tags: [pets]
      summary: All pets
      responses:
        '200': {description: ok, content: {application/json: {example: [1]}}}
        '404': {description: none}
    post:
      tags: [pets]
      responses: {'201': {description: made}}
  /owners:
    get:
      tags: [owners]
      responses: {'200': {description: ok, content: {application/json: {example: [a]}}}}
)";

Server imported(const std::string &text)
{
    formats::LoadOutcome outcome = formats::loadText(text, "shop.yaml");
    EXPECT_EQ(outcome.servers.size(), 1U);
    stampImport(outcome, {});
    return outcome.servers.at(0).server;
}

/// As it comes back from the file that an import has made.
Server fromFile(const Server &server)
{
    const formats::native::ReadOutcome read
        = formats::native::read(formats::native::write(server), "shop.mock.yaml");
    EXPECT_TRUE(read.ok());
    return read.server;
}

std::string with(std::string text, const std::string &old, const std::string &now)
{
    const std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), now);
}

std::vector<std::string> said(const ImportUpdate &update)
{
    std::vector<std::string> out;
    for (const ImportChange &change : update.changes())
        out.push_back((change.isEdited ? "edited: " : "") + textOf(change));
    return out;
}

/// With everything accepted that was not edited here.
Server updated(const ImportUpdate &update)
{
    std::vector<bool> accepted;
    for (const ImportChange &change : update.changes())
        accepted.push_back(!change.isEdited);
    const Result<Server> merged = update.merged(accepted);
    EXPECT_TRUE(merged) << merged.error().text();
    return merged ? *merged : Server{};
}

std::vector<std::string> endpointsOf(const Server &server)
{
    std::vector<std::string> out;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        std::string label;
        for (const Folder *folder : visit.folders)
            label += folder->name + "/";
        out.push_back(label + endpointLabel(visit.endpoint));
    });
    return out;
}

Endpoint &endpoint(Server &server, const char *id)
{
    Endpoint *found = findEndpoint(server, id);
    EXPECT_TRUE(found) << id;
    static Endpoint none;
    return found ? *found : none;
}

TEST(ImportUpdate, OfADocumentThatIsTheSameSaysNothing)
{
    const Server mine = fromFile(imported(kDocument));
    EXPECT_THAT(said(ImportUpdate(mine, imported(kDocument))), IsEmpty());
}

TEST(ImportUpdate, TakesWhatIsNewThereAndLeavesWhatWasMadeHere)
{
    Server mine = fromFile(imported(kDocument));
    Endpoint own;
    own.path = "/mine";
    mine.items.insert(mine.items.begin(), own);
    assignIds(mine);
    const std::string now = with(kDocument, "    post:\n      tags: [pets]\n",
                                 "    delete:\n      tags: [pets]\n      responses: {'204': "
                                 "{description: x}}\n    post:\n      tags: [pets]\n");
    const ImportUpdate update(mine, imported(now));
    EXPECT_THAT(said(update), ElementsAre("DELETE /pets: new"));
    EXPECT_THAT(endpointsOf(updated(update)),
                ElementsAre("ANY /mine", "pets/GET /pets", "pets/DELETE /pets", "pets/POST /pets",
                            "owners/GET /owners"));
}

TEST(ImportUpdate, MakesTheFolderOfWhatIsNew)
{
    const Server mine = fromFile(imported(kDocument));
    const ImportUpdate update(
        mine, imported(with(kDocument, "  /owners:\n",
                            "  /carts:\n    get:\n      tags: [carts]\n      responses: {'200': "
                            "{description: ok}}\n  /owners:\n")));
    EXPECT_THAT(said(update), ElementsAre("GET /carts: new"));
    EXPECT_THAT(
        endpointsOf(updated(update)),
        ElementsAre("pets/GET /pets", "pets/POST /pets", "carts/GET /carts", "owners/GET /owners"));
}

TEST(ImportUpdate, PutsWhatIsNewWhereTheDocumentHasIt)
{
    const Server mine = fromFile(imported(kDocument));
    const std::string now
        = with(with(kDocument, "paths:\n",
                    "paths:\n  /first:\n    get:\n      tags: [pets]\n      responses: {'200': "
                    "{description: ok}}\n"),
               "        '200': {description: ok, content: {application/json: {example: [1]}}}\n",
               "        '200': {description: ok, content: {application/json: {example: [1]}}}\n"
               "        '202': {description: later}\n");
    const ImportUpdate update(mine, imported(now));
    EXPECT_THAT(said(update), ElementsAre("GET /first: new", "GET /pets, 202 (later): new"));
    Server after = updated(update);
    EXPECT_THAT(endpointsOf(after), ElementsAre("pets/GET /first", "pets/GET /pets",
                                                "pets/POST /pets", "owners/GET /owners"));
    std::vector<int> statuses;
    for (const Response &response : endpoint(after, "get-pets").responses)
        statuses.push_back(response.status);
    EXPECT_THAT(statuses, ElementsAre(200, 202, 404));
}

TEST(ImportUpdate, KeepsALatencyThatWasSetHereBesideABodyThatChangedThere)
{
    Server mine = fromFile(imported(kDocument));
    Behaviour slow;
    slow.latency.head = FixedLatency{std::chrono::milliseconds(300)};
    endpoint(mine, "get-pets").responses.at(0).behaviour = slow;
    endpoint(mine, "get-pets").responses.at(1).status = 410;
    const ImportUpdate update(mine, imported(with(kDocument, "example: [1]", "example: [1, 2]")));
    EXPECT_THAT(said(update), ElementsAre("GET /pets, 200 (ok): body changed"));
    EXPECT_THAT(update.changes().at(0).mine, testing::HasSubstr("- 1\n"));
    EXPECT_THAT(update.changes().at(0).theirs, testing::HasSubstr("- 2\n"));
    Server after = updated(update);
    const Endpoint &pets = endpoint(after, "get-pets");
    EXPECT_EQ(pets.responses.at(0).behaviour, slow);
    EXPECT_EQ(pets.responses.at(1).status, 410);
    EXPECT_EQ(pets.responses.at(0).body, Body::ofJson(JsonArray{1, 2}));
}

TEST(ImportUpdate, AsksBeforeItTakesThePlaceOfAnEdit)
{
    Server mine = fromFile(imported(kDocument));
    Body text = Body::text("my own");
    endpoint(mine, "get-pets").responses.at(0).body = text;
    const ImportUpdate update(mine, imported(with(kDocument, "example: [1]", "example: [1, 2]")));
    EXPECT_THAT(said(update), ElementsAre("edited: GET /pets, 200 (ok): body changed"));
    Server kept = updated(update);
    EXPECT_EQ(endpoint(kept, "get-pets").responses.at(0).body, text);
    Result<Server> taken = update.merged({true});
    ASSERT_TRUE(taken);
    EXPECT_EQ(endpoint(*taken, "get-pets").responses.at(0).body, Body::ofJson(JsonArray{1, 2}));
    // What was declined is an edit, which is not asked about again.
    EXPECT_THAT(said(ImportUpdate(fromFile(kept),
                                  imported(with(kDocument, "example: [1]", "example: [1, 2]")))),
                IsEmpty());
}

TEST(ImportUpdate, TakesOutWhatIsGoneUnlessItWasEdited)
{
    Server mine = fromFile(imported(kDocument));
    endpoint(mine, "get-pets").responses.at(1).name = "no pets";
    const std::string now = with(
        with(kDocument, "        '404': {description: none}\n", ""),
        "  /owners:\n    get:\n      tags: [owners]\n      responses: {'200': {description: ok, "
        "content: {application/json: {example: [a]}}}}\n",
        "");
    const ImportUpdate update(mine, imported(now));
    EXPECT_THAT(said(update),
                ElementsAre("edited: GET /pets, 404 (no pets): gone", "GET /owners: gone"));
    Server after = updated(update);
    EXPECT_THAT(endpointsOf(after), ElementsAre("pets/GET /pets", "pets/POST /pets"));
    EXPECT_EQ(after.items.size(), 1U) << "the folder that is empty goes with it";
    EXPECT_EQ(endpoint(after, "get-pets").responses.size(), 2U);
}

TEST(ImportUpdate, DoesNotBringBackWhatWasTakenOutHere)
{
    Server mine = fromFile(imported(kDocument));
    mine.items.erase(mine.items.begin() + 1); // owners
    endpoint(mine, "get-pets").responses.pop_back();
    EXPECT_THAT(said(ImportUpdate(mine, imported(kDocument))), IsEmpty());
    const ImportUpdate update(mine, imported(with(kDocument, "example: [a]", "example: [b]")));
    EXPECT_THAT(said(update), ElementsAre("edited: GET /owners: changed, and taken out here"));
}

TEST(ImportUpdate, TakesWhatIsSaidOfTheServerButNotWhereItListens)
{
    Server mine = fromFile(imported(kDocument));
    mine.listen.port = 4711;
    mine.description = "mine";
    const ImportUpdate update(mine,
                              imported(with(kDocument, "title: Shop, version: '1'",
                                            "title: Shop 2, version: '1', description: theirs")
                                       + "servers: [{url: 'https://x.example:8443/v2'}]\n"));
    EXPECT_THAT(said(update), ElementsAre("the server: base, name changed",
                                          "edited: the server: description changed"));
    const Server after = updated(update);
    EXPECT_EQ(after.name, "Shop 2");
    EXPECT_EQ(after.base, "/v2");
    EXPECT_EQ(after.description, "mine");
    EXPECT_EQ(after.listen.port, 4711);
}

TEST(ImportUpdate, ComparesEachBucketByItself)
{
    const auto db = [](const std::string &text) {
        formats::LoadOutcome outcome
            = formats::loadText(text, "db.json", {.format = "json-server"});
        stampImport(outcome, {});
        return outcome.servers.at(0).server;
    };
    Server mine = fromFile(db(R"({"posts": [{"id": 1}], "tags": [{"id": 1}]})"));
    mine.buckets.at(0).items = JsonArray{};
    const ImportUpdate update(mine, db(R"({"posts": [{"id": 1}], "tags": [{"id": 2}]})"));
    EXPECT_THAT(said(update), ElementsAre("the server: buckets/tags changed"));
    const Server after = updated(update);
    EXPECT_EQ(after.buckets.at(0).items, JsonValue(JsonArray{}));
    EXPECT_EQ(after.buckets.at(1).items, JsonValue(JsonArray{JsonObject{{"id", 2}}}));
}

/// Buckets may be called as keys of the server are.
TEST(ImportUpdate, ABucketTakesNoKeyOfItsNameAlong)
{
    for (const char *name : {"endpoints", "name", "listen", "x-imported"}) {
        const auto db = [&](const char *id) {
            formats::LoadOutcome outcome = formats::loadText(
                "{\"" + std::string(name) + R"(": [{"id": )" + id + R"(}], "tags": [{"id": 1}]})",
                "db.json", {.format = "json-server"});
            stampImport(outcome, {});
            return outcome.servers.at(0).server;
        };
        const Server mine = fromFile(db("1"));
        const Server offered = db("2");
        const ImportUpdate update(mine, offered);
        EXPECT_THAT(said(update),
                    ElementsAre("the server: buckets/" + std::string(name) + " changed"));
        EXPECT_EQ(updated(update), offered);
    }
}

/// An example that comes first takes over the id of the one that was edited.
TEST(ImportUpdate, AnEditStaysWithItsResponseWhenIdsShift)
{
    const std::string one
        = with(kDocument, "'404': {description: none}",
               "'404': {description: none, content: {application/json: {examples: "
               "{a: {value: {n: 1}}}}}}");
    const std::string two
        = with(one, "{a: {value: {n: 1}}}", "{b: {value: {n: 0}}, a: {value: {n: 1}}}");
    const std::string three
        = with(one, "{a: {value: {n: 1}}}", "{a: {value: {n: 1}}, b: {value: {n: 2}}}");
    for (const std::string &now : {two, three}) {
        Server mine = fromFile(imported(one));
        Response *edited = nullptr;
        for (Response &response : endpoint(mine, "get-pets").responses)
            edited = response.status == 404 ? &response : edited;
        ASSERT_TRUE(edited);
        const std::optional<Rule> when = edited->when;
        edited->body = Body::ofJson(JsonObject{{"n", 42}});
        const ImportUpdate update(mine, imported(now));
        Server after = updated(update);
        int seen = 0;
        for (const Response &response : endpoint(after, "get-pets").responses) {
            if (response.body == Body::ofJson(JsonObject{{"n", 42}})) {
                ++seen;
                EXPECT_EQ(response.when, when);
            }
        }
        EXPECT_EQ(seen, 1);
        EXPECT_THAT(said(ImportUpdate(fromFile(after), imported(now))), IsEmpty());
    }
}

/// What is inserted has an id that its stamp knows, whatever was taken out here.
TEST(ImportUpdate, WhatCameNewIsNoEditLater)
{
    const auto document = [](const char *third) {
        return with(kDocument, "'404': {description: none}",
                    std::string("'404': {description: none, content: {application/json: {examples: "
                                "{a: {value: 1}, b: {value: 2}")
                        + third + "}}}}");
    };
    Server mine = fromFile(imported(document("")));
    std::vector<Response> &responses = endpoint(mine, "get-pets").responses;
    const auto first = std::find_if(responses.begin(), responses.end(),
                                    [](const Response &r) { return r.status == 404; });
    responses.erase(first);
    const Server after = updated(ImportUpdate(mine, imported(document(", c: {value: 3}"))));
    const ImportUpdate later(fromFile(after), imported(document(", c: {value: 4}")));
    EXPECT_THAT(said(later), testing::Each(testing::Not(testing::HasSubstr("edited: "))));
    EXPECT_THAT(said(later), ElementsAre(testing::HasSubstr("body changed")));
}

TEST(ImportUpdate, StubsOfOneUrlAreKnownByTheirRules)
{
    const auto stub = [](const char *query, const char *body) {
        return std::string(
                   R"({"request": {"method": "GET", "urlPath": "/x", "queryParameters": {"q": {"equalTo": ")")
               + query + R"("}}}, "response": {"body": ")" + body + R"("}})";
    };
    const auto stubs = [](const std::string &list) {
        formats::LoadOutcome outcome
            = formats::loadText("{\"mappings\": [" + list + "]}", "stubs.json");
        EXPECT_EQ(outcome.servers.size(), 1U);
        stampImport(outcome, {});
        return outcome.servers.at(0).server;
    };
    const std::string two = stub("a", "A") + "," + stub("b", "B");
    Server mine = fromFile(stubs(two));
    forEachEndpoint(mine, [&](const EndpointVisit &visit) {
        Response &response = findEndpoint(mine, visit.endpoint.id)->responses.at(0);
        if (response.body == Body::text("B"))
            response.body = Body::text("mine");
    });
    const ImportUpdate update(mine, stubs(two + "," + stub("c", "C")));
    ASSERT_EQ(update.changes().size(), 1U) << testing::PrintToString(said(update));
    EXPECT_EQ(update.changes()[0].kind, ImportChange::Kind::Added);
    EXPECT_THAT(update.changes()[0].theirs, testing::HasSubstr("body: C"));
    std::vector<std::string> bodies;
    forEachEndpoint(updated(update), [&](const EndpointVisit &visit) {
        bodies.push_back(visit.endpoint.responses.at(0).body.content);
    });
    EXPECT_THAT(bodies, testing::UnorderedElementsAre("A", "mine", "C"));
}

TEST(ImportUpdate, AFolderThatSaysMoreThanItsNameStays)
{
    Server mine = fromFile(imported(kDocument));
    mine.items.at(1).mutableFolder()->behaviour.latency.head
        = FixedLatency{std::chrono::milliseconds(300)};
    const ImportUpdate update(
        mine, imported(with(kDocument, "  /owners:\n    get:\n      tags: [owners]\n",
                            "  /o:\n    get:\n")));
    const Server after = updated(update);
    ASSERT_EQ(after.items.size(), 3U);
    const Folder *kept = after.items[2].folder();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->name, "owners");
    EXPECT_TRUE(kept->behaviour.latency.head);
}

TEST(ImportUpdate, AnEndpointCalledAsAFolderIsNone)
{
    Server mine = fromFile(imported(kDocument));
    Endpoint own;
    own.id = "folder pets";
    own.path = "/own";
    mine.items.erase(mine.items.begin());
    mine.items.insert(mine.items.begin(), own);
    const ImportUpdate update(
        fromFile(mine),
        imported(with(kDocument, "paths:\n",
                      "paths:\n  /first:\n    get:\n      tags: [pets]\n      responses: "
                      "{'200': {description: ok}}\n")));
    EXPECT_THAT(endpointsOf(updated(update)),
                testing::UnorderedElementsAre("ANY /own", "pets/GET /first", "owners/GET /owners"));
}

TEST(ImportUpdate, ServersAreKnownByNameBeforePlace)
{
    const auto stamp = [](std::size_t place, const char *name, const char *id) {
        ImportStamp out;
        out.from = "a.json";
        out.place = place;
        out.name = name;
        out.endpoints[id];
        return out;
    };
    const std::vector<ImportStamp> earlier{stamp(0, "A", "get-a"), stamp(1, "B", "get-b"),
                                           stamp(0, "A", "get-a")};
    using Places = std::vector<std::size_t>;
    EXPECT_THAT(matchServers(earlier, {stamp(0, "New", "get-a"), stamp(1, "A", "get-a"),
                                       stamp(2, "B", "get-b")}),
                ElementsAre(Places{}, Places{0, 2}, Places{1}));
    EXPECT_THAT(matchServers(earlier, {stamp(1, "Renamed", "get-b")}), ElementsAre(Places{1}));
    EXPECT_THAT(matchServers(earlier, {stamp(1, "Another", "get-z")}), ElementsAre(Places{}));
    EXPECT_THAT(matchServers(earlier, {ImportStamp{}}), ElementsAre(Places{}));
}

TEST(ImportUpdate, KnowsHowItsDocumentWasRead)
{
    formats::LoadOutcome outcome
        = formats::loadText(kDocument, "a/b/shop.yaml", {.checkRequests = true});
    stampImport(outcome, {.checkRequests = true, .makeBuckets = true});
    const Server mine = fromFile(outcome.servers.at(0).server);
    const auto stamp = stampOf(mine);
    ASSERT_TRUE(stamp);
    EXPECT_EQ(stamp->from, "shop.yaml");
    EXPECT_TRUE(stamp->options.checkRequests);
    EXPECT_FALSE(stampOf(Server{}));
}

/// Whatever has changed there: who has edited nothing and accepts everything has what it says now.
TEST(ImportUpdate, OfWhatWasNotEditedIsTheDocument)
{
    const std::string text = kDocument;
    const std::vector<std::string> versions{
        text,
        with(text, "example: [1]", "example: {a: 1}"),
        with(text, "application/json: {example: [1]}", "text/plain: {example: plain}"),
        with(text, "      tags: [pets]\n      summary: All pets\n", "      tags: [owners]\n"),
        with(text, "        '404': {description: none}\n",
             "        '404': {description: other}\n        '500': {description: broken}\n"),
        with(text, "  /pets:\n", "  /animals:\n"),
        with(text, "    post:\n      tags: [pets]\n      responses: {'201': {description: made}}\n",
             ""),
        "openapi: 3.0.3\ninfo: {title: Empty}\npaths: {}\n",
    };
    const auto byId = [](const Server &server) {
        std::map<std::string, Endpoint> out;
        forEachEndpoint(server, [&](const EndpointVisit &visit) {
            out.emplace(visit.endpoint.id, visit.endpoint);
        });
        return out;
    };
    for (std::size_t from = 0; from < versions.size(); ++from) {
        for (std::size_t to = 0; to < versions.size(); ++to) {
            const Server offered = imported(versions[to]);
            const ImportUpdate update(fromFile(imported(versions[from])), offered);
            for (const ImportChange &change : update.changes())
                EXPECT_FALSE(change.isEdited) << textOf(change);
            const Server after = updated(update);
            EXPECT_EQ(byId(after), byId(offered)) << from << " to " << to;
            EXPECT_EQ(after.name, offered.name);
            EXPECT_EQ(after.extensions, offered.extensions);
            EXPECT_TRUE(ImportUpdate(fromFile(after), offered).changes().empty());
        }
    }
}

TEST(ImportUpdate, OfAStampThatWasTamperedWithTakesNothingByItself)
{
    for (const char *stamp :
         {"x-imported: {from: shop.yaml}",
          "x-imported: {from: shop.yaml, endpoints: 3, responses: "
          "[1], place: -4, server: {a: b}}",
          "x-imported: {from: shop.yaml, endpoints: {get-pets: 7}, responses: {get-pets: 'a=b', "
          "get-owners: {'200': {}}}, place: 99999999999999999999}",
          "x-imported: {from: 12}", "x-imported: text"}) {
        std::string text = formats::native::write(imported(kDocument));
        text = text.substr(0, text.find("x-imported:")) + stamp + "\n";
        const auto read = formats::native::read(text, "shop.mock.yaml");
        ASSERT_TRUE(read.ok()) << stamp;
        EXPECT_THAT(said(ImportUpdate(read.server, imported(kDocument))), IsEmpty()) << stamp;
        const ImportUpdate update(read.server,
                                  imported(with(kDocument, "example: [1]", "example: [1, 2]")));
        EXPECT_THAT(said(update), ElementsAre("edited: GET /pets, 200 (ok): body changed"))
            << stamp;
    }
}

} // namespace
} // namespace understudy::workspace
