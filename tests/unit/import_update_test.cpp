// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/import_update_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace understudy::workspace {
namespace {

using namespace update;
using testing::ElementsAre;
using testing::IsEmpty;

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

} // namespace
} // namespace understudy::workspace
