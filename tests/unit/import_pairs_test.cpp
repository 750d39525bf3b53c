// SPDX-License-Identifier: Apache-2.0
// What is the same though ids and places have moved, and what a stamp knows.
#include "core/workspace/import_pairs.h"

#include "tests/unit/import_update_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace understudy::workspace {
namespace {

using namespace update;
using testing::ElementsAre;
using testing::IsEmpty;

/// An example that comes first takes over the id of the one that was edited.
TEST(ImportPairs, AnEditStaysWithItsResponseWhenIdsShift)
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
TEST(ImportPairs, WhatCameNewIsNoEditLater)
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

TEST(ImportPairs, StubsOfOneUrlAreKnownByTheirRules)
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

/// An answer that was made for one request is not sent to another unasked.
TEST(ImportPairs, OtherRulesOfAnEditedResponseAreAQuestion)
{
    const auto stub = [](const std::string &query) {
        formats::LoadOutcome outcome = formats::loadText(
            R"({"request": {"method": "GET", "urlPath": "/x", "queryParameters": {"q": {"equalTo": ")"
                + query + R"("}}}, "response": {"body": "A"}})",
            "stub.json");
        EXPECT_EQ(outcome.servers.size(), 1U);
        stampImport(outcome, {});
        return outcome.servers.at(0).server;
    };
    EXPECT_THAT(said(ImportUpdate(fromFile(stub("a")), stub("b"))),
                ElementsAre("GET /x, 200: when changed"));
    Server mine = fromFile(stub("a"));
    const Rule asked = *endpoint(mine, "get-x").responses.at(0).when;
    endpoint(mine, "get-x").responses.at(0).body = Body::text("mine");
    const ImportUpdate update(mine, stub("b"));
    EXPECT_THAT(said(update), ElementsAre("edited: GET /x, 200: when changed"));
    Server after = updated(update);
    EXPECT_EQ(endpoint(after, "get-x").responses.at(0).when, asked);
}

TEST(ImportPairs, AnEndpointCalledAsAFolderIsNone)
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

TEST(ImportPairs, ServersAreKnownByNameBeforePlace)
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

TEST(ImportPairs, KnowsHowItsDocumentWasRead)
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

TEST(ImportPairs, AStampKeepsEachChoiceByItself)
{
    for (const formats::LoadChoice &choice : formats::kLoadChoices) {
        ImportStamp stamp;
        stamp.from = "a.yaml";
        stamp.place = 3;
        stamp.name = "A & B";
        stamp.options.*choice.isChosen = true;
        Server server;
        setStamp(server, stamp);
        EXPECT_EQ(stampOf(fromFile(server)), stamp) << choice.name;
        EXPECT_EQ(asBefore(stamp, {}), stamp.options) << choice.name;
    }
}

TEST(ImportPairs, OfAStampThatWasTamperedWithTakesNothingByItself)
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
