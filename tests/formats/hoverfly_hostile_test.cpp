// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/hoverfly_support.h"

/// Simulations of Hoverfly that are damaged, or larger than can be.
namespace understudy::formats::hoverfly {
namespace {

constexpr std::string_view kHostile = R"x({"data": {"pairs": [{"request": {
 "path": [{"matcher": "regex", "value": "^/a(b|c)"}], "method": [{"matcher": "exact", "value": "PUT"}],
 "destination": [{"matcher": "exact", "value": "a.example"}, {"matcher": "glob", "value": "*"}],
 "scheme": [{"matcher": "exact", "value": "https"}],
 "headers": {"Authorization": [{"matcher": "jwt", "value": "{\"payload\":{\"a\":1}}"}]},
 "query": {"q": [{"matcher": "array", "value": ["1"], "config": {"ignoreOrder": true}}]},
 "body": [{"matcher": "jsonpath", "value": "$.a", "doMatch": {"matcher": "form", "value": {"f": [{"matcher": "glob", "value": "*"}]}}}],
 "requiresState": {"sequence:1": "1", "k": "v"}},
 "response": {"status": 200, "body": "{{ Request.Path.[0] }}", "encodedBody": false, "templated": true,
 "headers": {"A": ["b"]}, "transitionsState": {"k": "w"}, "removesState": ["k"],
 "logNormalDelay": {"min": 1, "max": 9, "mean": 5, "median": 4}, "fixedDelay": 3}},
 {"request": {"path": {"exactMatch": "/x"}, "deprecatedQuery": [{"matcher": "glob", "value": "a*"}]}, "response": {}}],
 "globalActions": {"delays": [{"urlPattern": ".", "delay": 5, "httpMethod": "GET"}], "delaysLogNormal": []}},
 "meta": {"schemaVersion": "v5.2"}})x";

TEST(HoverflyHostile, DamagedFilesAreSafe)
{
    expectSafeWhenDamaged(std::string(kHostile), kName, "hoverfly", 500);
}

TEST(HoverflyHostile, StrangeTypesAreSafe) { expectSafeWhenRetyped(kHostile, kName, "hoverfly"); }

TEST(HoverflyHostile, ManyPairsAndLongChainsEnd)
{
    std::string many;
    for (int i = 0; i < 11'000; ++i)
        many += pair(R"("path": )" + matcher("glob", "/a/" + std::to_string(i) + "*")) + ",\n";
    const LoadedServer loaded = loadedOne(simulation(many + pair("")), kName);
    EXPECT_EQ(loaded.server.items.size(), 10'000u);
    const std::string nested = std::string(150, '[') + std::string(150, ']');
    expectSafe(simulation(pair(R"("body": )" + matcher("json", nested))), kName, "hoverfly");
    many.clear();
    for (int i = 0; i < 100; ++i)
        many += pair(R"("destination": )" + matcher("exact", "host" + std::to_string(i))) + ",\n";
    for (int i = 0; i < 9'000; ++i)
        many += pair(R"("path": )" + matcher("glob", "/a*" + std::to_string(i))) + ",\n";
    EXPECT_EQ(loadedFrom(simulation(many + pair("")), kName).size(), 3u);
    std::string chain;
    std::string close;
    for (int i = 0; i < 240; ++i) {
        chain += R"({"matcher": "glob", "value": "*", "doMatch": )";
        close += "}";
    }
    expectSafe(simulation(pair(R"("body": )" + chain + "{}" + close)), kName, "hoverfly");
}

TEST(Hoverfly, LimitsAreSaidOnce)
{
    const auto timesSaid = [](const std::string &text, const char *part) {
        const std::string said = allMessages(loadedFrom(text, kName).at(0).problems);
        int count = 0;
        for (std::size_t at = said.find(part); at != said.npos; at = said.find(part, at + 1))
            ++count;
        return count;
    };
    std::string hosts;
    std::string delays;
    std::string pairs;
    for (int i = 0; i < 210; ++i) {
        const std::string number = std::to_string(i);
        hosts += to(matcher("exact", "host" + number), "a") + ",\n";
        hosts += to(matcher("glob", "*" + number + ".example"), "a") + ",\n";
        delays += R"({"urlPattern": "/a", "delay": 1},)";
    }
    EXPECT_EQ(timesSaid(simulation(hosts + pair("")), "left out"), 1);
    EXPECT_EQ(timesSaid(simulation(pair(""), R"(, "globalActions": {"delays": [)" + delays
                                                 + R"({"urlPattern": "/b", "delay": 2}]})"),
                        "left out"),
              1);
    for (int i = 0; i < 10'002; ++i)
        pairs += pair(R"("path": )" + matcher("exact", "/a")) + ",\n";
    EXPECT_EQ(timesSaid(simulation(pairs + pair("")), "left out"), 1);
    pairs.clear();
    for (int i = 0; i < 10; ++i)
        pairs += to(matcher("exact", "host" + std::to_string(i)), "a") + ",\n";
    for (int i = 0; i < 9'000; ++i)
        pairs += pair(R"("path": )" + matcher("exact", "/a" + std::to_string(i))) + ",\n";
    EXPECT_EQ(timesSaid(simulation(pairs + pair("")), "left out"), 1);
}

} // namespace
} // namespace understudy::formats::hoverfly
