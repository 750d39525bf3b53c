// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/tree_edits.h"

#include <gtest/gtest.h>

namespace understudy::ui {

namespace {

Endpoint endpoint(const std::string &method, const std::string &path, int priority = 5)
{
    Endpoint e;
    e.methods = {method};
    e.path = path;
    e.priority = priority;
    e.responses.emplace_back();
    return e;
}

Server serverWith(std::vector<Endpoint> endpoints)
{
    Server server;
    for (Endpoint &e : endpoints)
        server.items.emplace_back(std::move(e));
    assignIds(server);
    return server;
}

} // namespace

TEST(TemplateForPath, NumbersAndUuidsBecomeParameters)
{
    EXPECT_EQ(templateForPath("/orders/17"), "/orders/{id}");
    EXPECT_EQ(templateForPath("/users/1/orders/2"), "/users/{id}/orders/{id2}");
    EXPECT_EQ(templateForPath("/x/3f2504e0-4f89-11d3-9a0c-0305e82c3301"), "/x/{id}");
    EXPECT_EQ(templateForPath("/v1/a{b}*"), "/v1/a%7Bb%7D%2A");
    EXPECT_EQ(templateForPath("/"), "/");
}

TEST(AddMock, StandsBeforeItsEqualAndTakesItsPriority)
{
    Server server = serverWith({endpoint("GET", "/a"), endpoint("ANY", "/orders/{number}", 2)});
    const auto id = addMock(server, "GET", "/orders/17?x=1");
    ASSERT_TRUE(id);
    const Endpoint *made = findEndpoint(server, *id);
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->path, "/orders/{id}");
    EXPECT_EQ(made->priority, 2);
    for (const Shadowing &shadow : findShadowed(server))
        EXPECT_NE(shadow.loser, *id);
    EXPECT_EQ(server.items[1].endpoint()->id, *id);
}

TEST(AddMock, StandsWithItsKin)
{
    Server server = serverWith({endpoint("GET", "/orders"), endpoint("GET", "/users")});
    const auto id = addMock(server, "POST", "/orders");
    ASSERT_TRUE(id);
    EXPECT_EQ(server.items[1].endpoint()->id, *id);
}

TEST(AddMock, LeavesTheBasePathOutAndRefusesWhatIsOutside)
{
    Server server;
    server.base = "/api";
    const auto id = addMock(server, "GET", "/api/things/3");
    ASSERT_TRUE(id);
    EXPECT_EQ(findEndpoint(server, *id)->path, "/things/{id}");
    EXPECT_FALSE(addMock(server, "GET", "/other"));
    EXPECT_FALSE(addMock(server, "GET", "/apis"));
}

TEST(FindShadowed, NamesTheWinnerByPriorityAndOrder)
{
    Server server = serverWith(
        {endpoint("GET", "/u/{id}"), endpoint("GET", "/u/{name}"), endpoint("GET", "/u/me")});
    auto found = findShadowed(server);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].loser, server.items[1].endpoint()->id);
    server.items[1].mutableEndpoint()->priority = 1;
    found = findShadowed(server);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].loser, server.items[0].endpoint()->id);
}

TEST(FindShadowed, AnEndpointWithRulesShadowsNobody)
{
    Server server = serverWith({endpoint("GET", "/u"), endpoint("GET", "/u")});
    server.items[0].mutableEndpoint()->responses[0].when
        = Rule{RuleLeaf{{RuleTarget::Kind::Query, "x", {}}, {{}}}};
    EXPECT_TRUE(findShadowed(server).empty());
}

TEST(MoveItem, StopsAtTheEnds)
{
    Server server = serverWith({endpoint("GET", "/a"), endpoint("GET", "/b")});
    EXPECT_TRUE(moveItem(server, {0}, -1).empty());
    EXPECT_EQ(moveItem(server, {0}, 1), (ItemPath{1}));
    EXPECT_EQ(server.items[1].endpoint()->path, "/a");
}

TEST(RemoveItems, TakesAFolderAndItsChildAtOnce)
{
    Server server = serverWith({endpoint("GET", "/a")});
    Folder folder;
    folder.items.emplace_back(endpoint("GET", "/b"));
    server.items.insert(server.items.begin(), Item(folder));
    removeItems(server, {{0}, {0, 0}});
    ASSERT_EQ(server.items.size(), 1U);
    EXPECT_EQ(server.items[0].endpoint()->path, "/a");
}

TEST(DuplicateItem, GivesTheCopyIdsOfItsOwn)
{
    Server server = serverWith({endpoint("GET", "/a")});
    const ItemPath copy = duplicateItem(server, {0});
    ASSERT_EQ(copy, (ItemPath{1}));
    EXPECT_NE(server.items[0].endpoint()->id, server.items[1].endpoint()->id);
}

TEST(FolderState, IsMixedWhenTheChildrenAre)
{
    Folder folder;
    folder.items.emplace_back(endpoint("GET", "/a"));
    folder.items.emplace_back(endpoint("GET", "/b"));
    EXPECT_EQ(folderState(folder), Qt::Checked);
    folder.items[0].mutableEndpoint()->enabled = false;
    EXPECT_EQ(folderState(folder), Qt::PartiallyChecked);
    toggleFolder(folder);
    EXPECT_TRUE(folder.items[0].endpoint()->enabled);
    toggleFolder(folder);
    EXPECT_FALSE(folder.enabled);
    EXPECT_TRUE(folder.items[0].endpoint()->enabled);
}

} // namespace understudy::ui
