// SPDX-License-Identifier: Apache-2.0
// Long matches succeed; matches without end are cut off, and then a condition has failed whichever
// way it asks.
#include "core/engine/route_index.h"
#include "tests/unit/rule_support.h"

using namespace understudy;
using namespace understudy::test;

namespace {

const std::string kHostileText = repeated("x", 300'000);
const std::string kHostile = "(?=(x+))[0-9]";

std::string nested(std::size_t levels, const std::string &inside = {})
{
    std::string out;
    for (std::size_t i = 0; i < levels; ++i)
        out += "<a>";
    out += inside;
    for (std::size_t i = 0; i < levels; ++i)
        out += "</a>";
    return out;
}

} // namespace

TEST(MatchLimits, OrdinaryExpressionsMatchLongTexts)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"^(?:a|b)*$", repeated("ab", 2000)},
        {"^(?:a|b)*$", repeated("ab", 500'000)},
        {"^(.|\\n)*?end", repeated("line\n", 1100) + "end"},
        {"^(.|\\n)*$", repeated("line\n", 200'000)},
        {"<id>(.*?)</id>", "<id>" + repeated("0123456789", 200'000) + "</id>"},
        {"\"id\"\\s*:\\s*(\\d+)", repeated("{\"name\": \"ada\"}, ", 1'000'000) + "\"id\": 7"},
        {"^(\\w+,)+\\w+$", repeated("alpha,beta,", 100'000) + "end"},
        {"(['\"]).*?\\1", repeated("abc ", 50'000) + "'quoted'"},
    };
    for (const auto &[expression, text] : cases) {
        EXPECT_TRUE(rulesHold(
            "[{body: {matches: '" +
                [&characters = expression] {
                    std::string quoted;
                    for (const char c : characters)
                        quoted += c == '\'' ? "''" : std::string(1, c);
                    return quoted;
                }()
                + "'}}]",
            postOf("text/plain", text)))
            << expression << " on " << text.size() << " bytes";
    }
}

TEST(MatchLimits, LongPathsMatchTheirExpression)
{
    auto index = RouteIndex::build({{0, {"GET"}, *parsePathPattern("regex:/(?:a|b)*"), 5},
                                    {1, {"GET"}, *parsePathPattern("/p/{name:(?:a|b)*}"), 5}},
                                   {});
    ASSERT_TRUE(index);
    const ConnectionFacts facts{"127.0.0.1", 80, false, "", ""};
    const std::string text = repeated("ab", 40'000);
    const auto request = requestOf("GET /" + text + " HTTP/1.1\r\nHost: a\r\n", "");
    EXPECT_EQ(index->find(RequestView(request, facts)).endpoints, std::vector<std::uint32_t>{0});
    const auto parameter = requestOf("GET /p/" + text + " HTTP/1.1\r\nHost: a\r\n", "");
    EXPECT_EQ(index->find(RequestView(parameter, facts)).endpoints, std::vector<std::uint32_t>{1});
}

TEST(MatchLimits, JsonPathsMatchLongTexts)
{
    const auto request = postOf("application/json", "[\"" + repeated("ab", 100'000) + "\"]");
    EXPECT_TRUE(rulesHold("[{body: {jsonPath: '$[?match(@, \"(a|b)*\")]'}}]", request));
    EXPECT_TRUE(rulesHold("[{body: {jsonPath: '$[?search(@, \"^(a|b)*$\")]'}}]", request));
}

TEST(MatchLimits, ASpentBudgetFailsAConditionAndItsNegation)
{
    const http::Request request = postOf("text/plain", kHostileText);
    const std::string rule = "{body: {matches: '" + kHostile + "'}}";
    const std::string negated = "{body: {not: {matches: '" + kHostile + "'}}}";
    EXPECT_FALSE(rulesHold("[" + rule + "]", request));
    EXPECT_FALSE(rulesHold("[" + negated + "]", request));
    EXPECT_FALSE(rulesHold("{none: [" + rule + "]}", request));
    EXPECT_FALSE(rulesHold("{none: [" + negated + "]}", request));
    EXPECT_FALSE(rulesHold("{none: [{any: [" + rule + ", {method: {equals: GET}}]}]}", request));
}

TEST(MatchLimits, WhatDoesNotDependOnTheUndecidedIsDecided)
{
    const http::Request request = postOf("text/plain", kHostileText);
    const std::string rule = "{body: {matches: '" + kHostile + "'}}";
    EXPECT_TRUE(rulesHold("{any: [" + rule + ", {method: {equals: POST}}]}", request));
    EXPECT_TRUE(rulesHold("{none: [{all: [" + rule + ", {method: {equals: GET}}]}]}", request));
}

TEST(MatchLimits, TheTraceSaysWhatWasNotDecided)
{
    const Judged judged
        = judge("{none: [{body: {matches: '" + kHostile + "'}}]}", postOf("", kHostileText));
    ASSERT_EQ(judged.trace.size(), 1u);
    EXPECT_TRUE(judged.trace[0].undecided);
    EXPECT_FALSE(judged.trace[0].passed);
    EXPECT_NE(judged.trace[0].actual.find("the regular expression takes more work"),
              std::string::npos)
        << judged.trace[0].actual;
}

TEST(MatchLimits, OneRequestHasOneBudgetForAllItsConditions)
{
    std::string rules = "{any: [";
    for (int i = 0; i < 40; ++i)
        rules += std::string(i ? ", " : "") + "{body: {matches: '" + kHostile + "'}}";
    const ConnectionFacts facts;
    const http::Request request = postOf("text/plain", kHostileText);
    const RequestView view(request, facts);
    const NamedValues path;
    const std::function<std::string(std::string_view, const MatchContext &)> scenario
        = [](std::string_view, const MatchContext &) { return std::string(); };
    std::vector<ConditionTrace> trace;
    EXPECT_FALSE(rulesOf(rules + "]}").matches({view, path, 1, {}, scenario}, trace));
    EXPECT_EQ(view.work().left(), 0u);
    EXPECT_EQ(trace.size(), 40u);
}

TEST(MatchLimits, BackReferencesPayForWhatTheyCompare)
{
    const Judged judged = judge("[{body: {matches: '(x+x*)\\1{2}y'}}]",
                                postOf("text/plain", repeated("x", 100'000) + "zy"));
    ASSERT_EQ(judged.trace.size(), 1u);
    EXPECT_TRUE(judged.trace[0].undecided);
}

TEST(MatchLimits, AJsonPathWithoutEndIsUndecided)
{
    std::string list = "[";
    for (int i = 0; i < 3000; ++i)
        list += std::string(i ? "," : "") + "[1]";
    const auto request = postOf("application/json", list + "]");
    const std::string path = "$[?$[?$[?@ < 0]]]";
    EXPECT_FALSE(rulesHold("[{body: {jsonPath: '" + path + "'}}]", request));
    EXPECT_FALSE(rulesHold("[{body: {not: {jsonPath: '" + path + "'}}}]", request));
    const Judged target = judge("[{'body:" + path + "': {absent: true}}]", request);
    EXPECT_FALSE(target.holds) << "nobody knows whether there is a value";
    EXPECT_TRUE(target.trace.at(0).undecided);
    const auto text = postOf("application/json", "[\"" + kHostileText + "\"]");
    EXPECT_FALSE(rulesHold("[{body: {not: {jsonPath: '$[?search(@, \"(x+x+)+[0-9]\")]'}}}]", text));
}

TEST(MatchLimits, AnXPathThatCouldTakeSecondsIsNotBegun)
{
    const auto request = postOf("application/xml", nested(15'000));
    for (const std::string path :
         {"//a//b", "//a[.//b]", "count(//a//b) = 0", "//a[contains(., \"x\")]", "//b | //a//c",
          "//a/ancestor::b", "//a[count(//a) = 1]", "//a = //a//a", "/descendant::a/descendant::b",
          "//a[following::b]", "(//a)//b"}) {
        const Judged judged = judge("[{body: {xPath: '" + path + "'}}]", request);
        EXPECT_FALSE(judged.holds) << path;
        EXPECT_TRUE(judged.trace.at(0).undecided) << path;
        EXPECT_FALSE(rulesHold("[{body: {not: {xPath: '" + path + "'}}}]", request)) << path;
    }
    const Judged target = judge("[{'body://a//b': {absent: true}}]", request);
    EXPECT_FALSE(target.holds);
    EXPECT_NE(target.trace.at(0).actual.find("the XPath could take more work"), std::string::npos);
}

TEST(MatchLimits, OrdinaryXPathsRunOnLargeDocuments)
{
    std::string list = "<list>";
    for (int i = 0; i < 10'000; ++i)
        list += "<item id='" + std::to_string(i) + "'><price>" + std::to_string(i)
                + "</price><name>n</name></item>";
    const auto request = postOf("application/xml", list + "</list>");
    for (const std::string path :
         {"//item[price > 9998]", "//item//price", "/list/item[@id=\"7\"]/name",
          "count(//item) > 3", "//item[.//price=7]/name", "//item[contains(name, \"n\")]",
          "//list//item//name", "//*[text()=\"n\"]", "sum(//price) > 5", "//item[last()]"})
        EXPECT_TRUE(rulesHold("[{body: {xPath: '" + path + "'}}]", request)) << path;
    EXPECT_TRUE(
        rulesHold("[{body: {xPath: '//b'}}]", postOf("application/xml", nested(15'000, "<b/>"))))
        << "one walk over a deep document is no long walk";
}

TEST(MatchLimits, PairingLongListsWhateverTheirOrderIsUndecided)
{
    std::string up = "[";
    std::string down = "[";
    for (int i = 0; i < 6000; ++i) {
        up += std::string(i ? "," : "") + std::to_string(i);
        down += std::string(i ? "," : "") + std::to_string(6000 - 1 - i);
    }
    const auto request = postOf("application/json", down + "]");
    const std::string plain = "{json: " + up + "], ignoreArrayOrder: true}";
    const Judged judged = judge("[{body: " + plain + "}]", request);
    EXPECT_FALSE(judged.holds);
    EXPECT_TRUE(judged.trace.at(0).undecided);
    EXPECT_FALSE(rulesHold("{none: [{body: " + plain + "}]}", request));
    EXPECT_TRUE(rulesHold("[{body: {json: [3, 1, 2], ignoreArrayOrder: true}}]",
                          postOf("application/json", "[1, 2, 3]")));
}

TEST(MatchLimits, ListsAgainstManyValuesAreUndecided)
{
    std::string wanted = "[";
    for (int i = 0; i < 5000; ++i)
        wanted += std::string(i ? ", " : "") + "'w" + std::to_string(i) + "'";
    wanted += "]";
    std::string body = "[";
    for (int i = 0; i < 20'000; ++i)
        body += std::string(i ? "," : "") + "\"v" + std::to_string(i) + "\"";
    const auto request = postOf("application/json", body + "]");
    const Judged oneOf = judge("[{'body:$[*]': {not: {oneOf: " + wanted + "}}}]", request);
    EXPECT_FALSE(oneOf.holds);
    EXPECT_TRUE(oneOf.trace.at(0).undecided);
    EXPECT_TRUE(rulesHold("[{'body:$[*]': {includes: ['v19999', 'v0']}}]", request));
    EXPECT_TRUE(rulesHold("[{method: {oneOf: [GET, POST]}}]", request));
}

TEST(MatchLimits, JsonThatIsNestedTooDeeplyIsUndecided)
{
    const std::string deep = std::string(250, '[') + std::string(250, ']');
    const auto request = postOf("application/json", deep);
    for (const std::string rule :
         {"[{'body:$..x': {absent: true}}]", "{none: [{body: {jsonPath: '$[0]'}}]}",
          "[{body: {not: {jsonPath: '$.x'}}}]", "[{body: {not: {json: 1}}}]"}) {
        const Judged judged = judge(rule, request);
        EXPECT_FALSE(judged.holds) << rule;
        EXPECT_TRUE(judged.trace.at(0).undecided) << rule;
        EXPECT_NE(judged.trace.at(0).actual.find("the body is JSON nested deeper than 200"),
                  std::string::npos)
            << judged.trace.at(0).actual;
    }
    EXPECT_TRUE(rulesHold("[{body: {contains: '[[['}}]", request)) << "its text can be read";
    EXPECT_TRUE(rulesHold("[{'body:$..x': {absent: true}}]", postOf("text/plain", "no JSON")));
}

TEST(MatchLimits, ClaimsThatAreNestedTooDeeplyAreUndecided)
{
    // {"a":[[…]]} with 250 levels, in base64url.
    const std::string claims
        = "eyJhIjpb" + repeated("W1tb", 83 * 4) + repeated("XV1d", 83 * 4) + "XX0";
    const auto request = postOf("", "", "Authorization: Bearer e30." + claims + ".x\r\n");
    const Judged judged = judge("[{'jwt.b': {absent: true}}]", request);
    EXPECT_FALSE(judged.holds);
    EXPECT_TRUE(judged.trace.at(0).undecided) << judged.trace.at(0).actual;
}

TEST(MatchLimits, WhatABodyInAnUnreadableCodingHoldsIsUndecided)
{
    for (const auto &[coding, body] :
         {std::pair<std::string, std::string>{"zstd", "(\xB5/\xFD"}, {"gzip", "\x1f\x8b\x08"}}) {
        const auto request = postOf("text/plain", body, "Content-Encoding: " + coding + "\r\n");
        for (const std::string rule :
             {"[{body: {not: {contains: zzz}}}]", "{none: [{body: {contains: zzz}}]}",
              "[{'body:$..x': {absent: true}}]", "[{'form.x': {absent: true}}]"}) {
            const Judged judged = judge(rule, request);
            EXPECT_FALSE(judged.holds) << coding << ' ' << rule;
            EXPECT_TRUE(judged.trace.at(0).undecided) << coding << ' ' << rule;
            EXPECT_NE(judged.trace.at(0).actual.find(coding), std::string::npos);
        }
        EXPECT_FALSE(rulesHold("[{body: {absent: true}}]", request));
    }
}

TEST(MatchLimits, ALongNeedleIsFoundInALongText)
{
    // std::string::find took seconds: it compares 400,000 bytes at 400,000 places.
    const std::string needle = std::string(400'000, 'a') + "b";
    EXPECT_FALSE(rulesHold("[{body: {contains: " + needle + "}}]",
                           postOf("text/plain", std::string(800'000, 'a'))));
    EXPECT_TRUE(rulesHold("[{body: {contains: " + needle + "}}]",
                          postOf("text/plain", std::string(400'000, 'a') + needle)));
}
