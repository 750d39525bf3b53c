// SPDX-License-Identifier: Apache-2.0
// What a document says and no request fulfils.
#include "core/formats/format.h"
#include "core/model/reach.h"

#include "core/model/edit.h"

#include <gmock/gmock.h>

#include <map>

using namespace understudy;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::vector<std::string> warningsOf(const std::string &endpoint)
{
    const auto loaded = formats::loadText("understudy: 1\nendpoints:\n- " + endpoint + "\n",
                                          "t.mock.yaml", {.format = "native"});
    std::vector<std::string> out;
    for (const Problem &problem : loaded.errors)
        ADD_FAILURE() << endpoint << ": " << problem.error.text();
    if (!loaded.servers.empty()) {
        for (const Finding &finding : findUnreachable(loaded.servers.at(0).server))
            out.push_back(finding.field + ": " + finding.message);
    }
    return out;
}

std::vector<std::string> warningsOfRule(const std::string &when)
{
    return warningsOf("{path: /x, responses: [{when: " + when + ", body: x}]}");
}

} // namespace

TEST(Reach, SaysThatMethodsInRulesAreUpperCase)
{
    EXPECT_THAT(warningsOfRule("[method: {equals: get}]"),
                ElementsAre(HasSubstr("did you mean 'GET'")));
    EXPECT_EQ(warningsOfRule("[method: {oneOf: [get, post]}]").size(), 2u);
    EXPECT_THAT(warningsOfRule("[method: {oneOf: [GET, purge]}]"), IsEmpty());
    EXPECT_THAT(warningsOfRule("[method: {equalsIgnoreCase: get}]"), IsEmpty());
}

TEST(Reach, SaysThatAnyIsTheNameOfAllMethods)
{
    EXPECT_THAT(warningsOf("{path: /x, method: '*', responses: [{body: x}]}"),
                ElementsAre(HasSubstr("did you mean ANY?")));
    EXPECT_THAT(warningsOf("{path: /x, method: ALL, responses: [{body: x}]}"),
                ElementsAre(HasSubstr("did you mean ANY?")));
}

TEST(Reach, SaysWhatIsNoPartOfAPath)
{
    EXPECT_THAT(warningsOf("{path: '/m?x=1', responses: [{body: x}]}"),
                ElementsAre(HasSubstr("it never matches")));
    EXPECT_THAT(warningsOf("{path: '/n/:id/x', responses: [{body: x}]}"),
                ElementsAre(HasSubstr("did you mean {id}?")));
    EXPECT_THAT(warningsOf("{path: '/n/{id:a?b}/x:y/%3F', responses: [{body: x}]}"), IsEmpty());
    EXPECT_THAT(warningsOf("{path: 'regex:/a?', responses: [{body: x}]}"), IsEmpty());
}

TEST(Reach, SaysThatJsonInATextIsAText)
{
    for (const std::string text : {"12", "true", "null", "[1]", "{\"a\": 1}"})
        EXPECT_THAT(warningsOfRule("[body: {json: '" + text + "'}]"),
                    ElementsAre(HasSubstr("leave the quotes away")))
            << text;
    EXPECT_THAT(warningsOfRule("[body: {json: abc}]"), IsEmpty());
    EXPECT_THAT(warningsOfRule("{any: [{body: {json: '12'}}, {body: {json: 12}}]}"), IsEmpty())
        << "both are meant";
}

TEST(FindShadower, SaysWhatFindShadowedSays)
{
    const std::vector<std::string> paths{"/a",      "/a/",     "/ab",       "/a/{x}",     "/a/{y}",
                                         "/a/{x}/", "/a/%62",  "/a/b",      "/a/*",       "/{z}/b",
                                         "/a/:id",  "/a/b{x}", "regex:^/a", "regex: ^/a "};
    // A small generator of its own: the same servers on every machine.
    std::uint32_t state = 7;
    const auto pick = [&](std::uint32_t below) {
        state = state * 1664525 + 1013904223;
        return (state >> 16) % below;
    };
    std::size_t shadowed = 0;
    for (int round = 0; round < 200; ++round) {
        Server server;
        Folder folder;
        folder.enabled = pick(4) != 0;
        for (int i = 0; i < 8; ++i) {
            Endpoint endpoint;
            endpoint.path = paths[pick(static_cast<std::uint32_t>(paths.size()))];
            endpoint.methods = {pick(3) == 0 ? "GET" : "ANY"};
            endpoint.priority = static_cast<int>(4 + pick(3));
            endpoint.enabled = pick(6) != 0;
            endpoint.responses.emplace_back();
            if (pick(5) == 0)
                endpoint.responses[0].times = 1;
            if (pick(3) == 0)
                folder.items.emplace_back(endpoint);
            else
                server.items.emplace_back(endpoint);
        }
        server.items.emplace_back(folder);
        assignIds(server);
        std::map<std::string, std::string> expected;
        for (const Shadowing &shadowing : findShadowed(server))
            expected[shadowing.loser] = shadowing.winner;
        shadowed += expected.size();
        forEachEndpoint(server, [&](const EndpointVisit &visit) {
            const std::string &id = visit.endpoint.id;
            const auto winner = expected.find(id);
            EXPECT_EQ(findShadower(server, id).value_or(""),
                      winner == expected.end() ? "" : winner->second)
                << round << ' ' << id << ' ' << visit.endpoint.path;
        });
    }
    EXPECT_GT(shadowed, 50u);
}
