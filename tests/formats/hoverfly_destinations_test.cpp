// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/hoverfly_support.h"

/// The servers that the destinations of a simulation of Hoverfly become.
namespace understudy::formats::hoverfly {
namespace {

TEST(Hoverfly, EachDestinationIsAServer)
{
    const auto to
        = [](const std::string &host, const std::string &body, const std::string &kind = "exact") {
              return pair(R"("destination": )" + matcher(kind, host) + R"(, "scheme": )"
                              + matcher("exact", "https") + R"(, "path": )"
                              + matcher("exact", "/" + body),
                          body);
          };
    const std::vector<LoadedServer> servers = loadedFrom(
        simulation(to("a.example", "a") + "," + to("b.example", "b") + ","
                   + to("*.example", "both", "glob") + "," + to("^b", "onlyb", "regex")),
        kName);
    ASSERT_EQ(servers.size(), 2u);
    EXPECT_EQ(servers[0].server.name, "simulation (a.example)");
    EXPECT_EQ(servers[1].server.listen.port, 3001);
    const ServedEnvironment a(servers[0].server);
    const ServedEnvironment b(servers[1].server);
    EXPECT_EQ(a.ask("GET", "/a").status, 200);
    EXPECT_EQ(a.ask("GET", "/b").status, 404);
    EXPECT_EQ(a.ask("GET", "/both").status, 200);
    EXPECT_EQ(b.ask("GET", "/both").status, 200);
    EXPECT_EQ(a.ask("GET", "/onlyb").status, 404);
    EXPECT_EQ(b.ask("GET", "/onlyb").status, 200);
    EXPECT_THAT(allMessages(servers[0].problems), HasSubstr("recorded over https"));
}

TEST(Hoverfly, PatternsThatFitNoNamedDestinationAreServersOfTheirOwn)
{
    const std::vector<LoadedServer> servers = loadedFrom(
        simulation(to(matcher("exact", "one.example"), "a") + ","
                   + to(matcher("glob", "*.other.example"), "b") + ","
                   + to(matcher("glob", "*.other.example"), "c") + ","
                   + to(matcher("regex", "^two"), "d") + "," + to(matcher("glob", "one.*"), "e")
                   + "," + to(matcher("glob", "*"), "any") + ","
                   + pair(R"("path": )" + matcher("exact", "/all"))),
        kName);
    ASSERT_EQ(servers.size(), 3U);
    const std::pair<const char *, std::vector<const char *>> rows[]{
        {"simulation (one.example)", {"/a", "/e"}},
        {"simulation (*.other.example)", {"/b", "/c"}},
        {"simulation (^two)", {"/d"}},
    };
    for (std::size_t i = 0; i < servers.size(); ++i) {
        EXPECT_EQ(servers[i].server.name, rows[i].first);
        const ServedEnvironment served(servers[i].server);
        std::size_t answered = 0;
        for (const char *path : {"/a", "/b", "/c", "/d", "/e"})
            answered += served.ask("GET", path).status == 200 ? 1 : 0;
        EXPECT_EQ(answered, rows[i].second.size());
        for (const char *path : rows[i].second)
            EXPECT_EQ(served.ask("GET", path).status, 200) << path;
        for (const char *path : {"/any", "/all"})
            EXPECT_EQ(served.ask("GET", path).status, 200) << path;
    }
    EXPECT_EQ(allMessages(servers[0].problems), "");
}

TEST(Hoverfly, APairThatFitsNoHostIsSaid)
{
    const std::vector<LoadedServer> servers
        = loadedFrom(simulation(to(matcher("exact", "one.example"), "a") + ","
                                + to(R"([{"matcher": "exact", "value": "one.example"},
                            {"matcher": "glob", "value": "*.other"}])",
                                     "b")),
                     kName);
    ASSERT_EQ(servers.size(), 1U);
    EXPECT_EQ(servers[0].server.items.size(), 1U);
    EXPECT_THAT(allMessages(servers[0].problems), HasSubstr("fits no host"));
}

} // namespace
} // namespace understudy::formats::hoverfly
