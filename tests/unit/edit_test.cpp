// SPDX-License-Identifier: Apache-2.0
#include "core/model/edit.h"

#include <gtest/gtest.h>

using namespace understudy;

namespace {

Server threeEndpoints()
{
    Server server;
    for (const char *path : {"/a", "/b", "/c"}) {
        Endpoint endpoint;
        endpoint.path = path;
        endpoint.responses.resize(2);
        server.items.emplace_back(endpoint);
    }
    Folder folder;
    folder.items.emplace_back(*server.items[0].endpoint());
    server.items.emplace_back(folder);
    assignIds(server);
    return server;
}

std::vector<std::string> idsOf(const Server &server)
{
    std::vector<std::string> ids;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        ids.push_back(visit.endpoint.id);
        for (const Response &response : visit.endpoint.responses)
            ids.back() += ' ' + response.id;
    });
    return ids;
}

} // namespace

TEST(Items, AreSharedUntilOneIsChanged)
{
    const Server before = threeEndpoints();
    Server after = before;
    EXPECT_TRUE(after.items[1].sharesWith(before.items[1]));
    findEndpoint(after, "any-b")->name = "B";
    EXPECT_FALSE(after.items[1].sharesWith(before.items[1]));
    EXPECT_TRUE(after.items[0].sharesWith(before.items[0]));
    EXPECT_TRUE(after.items[3].sharesWith(before.items[3]));
    EXPECT_EQ(findEndpoint(before, "any-b")->name, "");
    EXPECT_FALSE(after == before);
    findEndpoint(after, "any-b")->name.clear();
    EXPECT_TRUE(after == before);
}

TEST(Items, InFoldersAreMadeTheirOwnOnTheWay)
{
    const Server before = threeEndpoints();
    Server after = before;
    itemAt(after, {3, 0})->mutableEndpoint()->name = "inner";
    EXPECT_EQ(itemAt(before, {3, 0})->endpoint()->name, "");
    EXPECT_EQ(itemAt(after, {3, 0})->endpoint()->name, "inner");
    EXPECT_TRUE(after.items[0].sharesWith(before.items[0]));
}

TEST(AssignIds, OfAnEditGivesWhatAWholeLookGives)
{
    const Server before = threeEndpoints();
    const std::vector<std::function<void(Server &)>> edits{
        [](Server &) {},
        [](Server &s) { s.items[1].mutableEndpoint()->id.clear(); },
        [](Server &s) { s.items[1].mutableEndpoint()->id = "any-a"; },
        [](Server &s) { s.items[1].mutableEndpoint()->responses.emplace_back(); },
        [](Server &s) { s.items[1].mutableEndpoint()->responses[0].id = "200-2"; },
        [](Server &s) { s.items.push_back(s.items[0]); },
        [](Server &s) {
            itemAt(s, {3, 0})->mutableEndpoint()->id.clear();
        },
        [](Server &s) { s.items.erase(s.items.begin()); },
        [](Server &s) { s.fallback.emplace(); },
        [](Server &s) { std::swap(s.items[0], s.items[2]); },
    };
    for (std::size_t i = 0; i < edits.size(); ++i) {
        Server whole = before;
        edits[i](whole);
        Server edited = whole;
        EXPECT_EQ(assignIds(edited, before), assignIds(whole)) << i;
        EXPECT_EQ(idsOf(edited), idsOf(whole)) << i;
        EXPECT_TRUE(edited == whole) << i;
    }
}

TEST(PartOf, KeepsOneItemInItsFolders)
{
    const Server server = threeEndpoints();
    EXPECT_EQ(pathOf(server, "any-c"), ItemPath{2});
    EXPECT_EQ(pathOf(server, "nobody"), ItemPath{});
    EXPECT_EQ(idsOf(partOf(server, {1})), (std::vector<std::string>{"any-b 200 200-2"}));
    const Server inFolder = partOf(server, {3, 0});
    ASSERT_EQ(inFolder.items.size(), 1U);
    ASSERT_TRUE(inFolder.items[0].folder());
    EXPECT_EQ(idsOf(inFolder), (std::vector<std::string>{idsOf(server).back()}));
    // What is not there, and nothing at all, is the whole.
    EXPECT_TRUE(partOf(server, {}) == server);
    EXPECT_TRUE(partOf(server, {9}) == server);
}
