// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/native_patch_support.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace understudy::formats::patching {

using testing::HasSubstr;
using testing::Not;

namespace {

const std::string kCanonical = R"(understudy: 1
name: Shop
headers:
  X-A: "1"
endpoints:
- path: /a
  responses:
  - status: 201
    body: |
      one
      two
- folder: F
  endpoints:
  - method: GET
    path: /b
    responses:
    - when:
      - query.q: {contains: x}
      body: hello
  - method: GET
    path: /c
)";

} // namespace

TEST(NativePatch, LeavesTheTextAloneWithoutAChange)
{
    const std::string text = sample("shop.mock.yaml");
    EXPECT_EQ(patched(text, [](Server &) {}), text);
}

TEST(NativePatch, ChangesDurationsOfALatencyInTheirLine)
{
    const std::string text = "understudy: 1\n"
                             "endpoints:\n"
                             "- path: /a # slow\n"
                             "  behaviour: {latency: {samples: [12ms, 40ms]}}\n";
    const auto with = [&](SampledLatency samples) {
        return patched(text, [&](Server &server) {
            server.items[0].mutableEndpoint()->behaviour.latency.head = std::move(samples);
        });
    };
    const auto line = [](const std::string &samples) {
        return "understudy: 1\nendpoints:\n- path: /a # slow\n  behaviour: {latency: {samples: "
               + samples + "}}\n";
    };
    EXPECT_EQ(with({{}, {Duration(12'000), Duration(40'000), Duration(7'500)}}),
              line("[12ms, 40ms, 7.5ms]"));
    EXPECT_EQ(with({{}, {Duration(40'000)}}), line("[40ms]"));
    EXPECT_EQ(with({"times.csv", {}}), line("times.csv"));
}

TEST(NativePatch, ChangesOneLineOfACanonicalFileForOneValue)
{
    const Server server = readOk(kCanonical);
    ASSERT_EQ(native::write(server), kCanonical);
    const auto one = [](auto edit) {
        std::string out = patched(kCanonical, edit);
        EXPECT_EQ(changedLines(kCanonical, out), 1) << out;
        return out;
    };
    one([](Server &s) { s.name = "Another"; });
    one([](Server &s) { s.headers[0].value = "2"; });
    one([](Server &s) {
        s.items[0].mutableEndpoint()->path = "/changed";
        s.items[0].mutableEndpoint()->id = "changed";
        s.items[0].mutableEndpoint()->id = "any-changed";
    });
    one([](Server &s) {
        s.items[0].mutableEndpoint()->responses[0].status = 404;
        s.items[0].mutableEndpoint()->responses[0].id = "404";
    });
    one([](Server &s) {
        s.items[0].mutableEndpoint()->responses[0].body.content = "one\nthree\n";
    });
    one([](Server &s) { s.items[1].mutableFolder()->name = "G"; });
    one([](Server &s) {
        s.items[1].mutableFolder()->items[0].mutableEndpoint()->responses[0].body.content = "bye";
    });
    one([](Server &s) {
        s.items[1].mutableFolder()->items[1].mutableEndpoint()->methods = {"PUT"};
        s.items[1].mutableFolder()->items[1].mutableEndpoint()->id = "put-c";
    });
}

TEST(NativePatch, MakesCanonicalTextOutOfCanonicalText)
{
    const auto same = [](auto edit) {
        Server after = readOk(kCanonical);
        edit(after);
        assignIds(after);
        EXPECT_EQ(patched(kCanonical, edit), native::write(after));
    };
    same([](Server &s) { s.cors = true; });
    same([](Server &s) { s.description = "Two\nlines\n"; });
    same([](Server &s) { s.headers.clear(); });
    same([](Server &s) { s.items.clear(); });
    same([](Server &s) { s.items.erase(s.items.begin()); });
    same([](Server &s) { std::swap(s.items[0], s.items[1]); });
    same([](Server &s) { s.items[0].mutableEndpoint()->name = "A"; });
    same([](Server &s) { s.items[0].mutableEndpoint()->responses.clear(); });
    same([](Server &s) { s.items[0].mutableEndpoint()->responses.emplace_back(); });
    same([](Server &s) {
        s.items.insert(s.items.begin(), s.items[1].folder()->items[0]);
        s.items[0].mutableEndpoint()->id = "copy";
    });
    same([](Server &s) {
        s.items[1].mutableFolder()->items[0].mutableEndpoint()->responses[0].when.reset();
    });
}

TEST(NativePatch, KeepsCommentsAroundAChangedValue)
{
    const std::string text = sample("shop.mock.yaml");
    const std::string out = patched(text, [](Server &s) {
        endpointOf(s, "fetch").responses[0].status = 404;
        endpointOf(s, "fetch").responses[0].id = "404";
    });
    EXPECT_EQ(changedLines(text, out), 1);
    EXPECT_THAT(out, HasSubstr("      - status: 404      # spelled out on purpose @fetch\n"));
}

TEST(NativePatch, KeepsTheCommentBehindAServerKey)
{
    const std::string text = sample("shop.mock.yaml");
    const std::string out = patched(text, [](Server &s) { s.name = "Another: shop"; });
    EXPECT_EQ(changedLines(text, out), 1);
    EXPECT_THAT(out, HasSubstr("name:   \"Another: shop\"  # the name people see @server.name\n"));
}

TEST(NativePatch, RemovesAnEndpointWithTheCommentAboveIt)
{
    const std::string out
        = patched(sample("shop.mock.yaml"), [](Server &s) { s.items.erase(s.items.begin() + 1); });
    EXPECT_THAT(out, Not(HasSubstr("@list")));
    EXPECT_THAT(out, HasSubstr("# Is anybody there? @health\n"));
    EXPECT_THAT(out, HasSubstr("\n\n  # ------ Orders ------\n\n  - folder: Orders"));
}

TEST(NativePatch, MovesAnEndpointWithItsText)
{
    const std::string out = patched(sample("shop.mock.yaml"), [](Server &s) {
        std::rotate(s.items.begin(), s.items.begin() + 1, s.items.begin() + 2);
    });
    EXPECT_THAT(out, HasSubstr("endpoints:\n  # Lists come in pages. @list\n  - id: list\n"));
    EXPECT_THAT(
        out,
        HasSubstr(
            "          ]}\n\n  # Is anybody there? @health\n  - path: /health        # @health\n"));
}

TEST(NativePatch, SetsANewEndpointApartAsTheOthersAre)
{
    const std::string out = patched(sample("shop.mock.yaml"), [](Server &s) {
        Endpoint added;
        added.path = "/added";
        s.items.insert(s.items.begin() + 1, added);
    });
    EXPECT_THAT(out,
                HasSubstr("# @health\n\n  - path: /added\n\n  # Lists come in pages. @list\n"));
}

TEST(NativePatch, WritesAnIdThatAnotherEndpointNoLongerImplies)
{
    const std::string text
        = "understudy: 1\nendpoints:\n# one\n- path: /a\n# two\n- path: /a\n# three\n- path: /b\n";
    const std::string out = patched(text, [](Server &s) { s.items.erase(s.items.begin()); });
    EXPECT_EQ(out,
              "understudy: 1\nendpoints:\n# two\n- id: any-a-2\n  path: /a\n# three\n- path: /b\n");
}

TEST(NativePatch, KeepsTheLineEndsOfWindows)
{
    std::string text;
    for (const char c : sample("shop.mock.yaml"))
        text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(patched(text, [](Server &) {}), text);
    const std::string out = patched(text, [](Server &s) {
        s.description = "New";
        endpointOf(s, "create").responses[0].body = Body::text("two\nlines\n");
    });
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), std::count(out.begin(), out.end(), '\r'));
    EXPECT_THAT(out, HasSubstr("# Made in two steps. @create\r\n"));
    EXPECT_THAT(out, HasSubstr("        body: |\r\n          two\r\n          lines\r\n"));
}

TEST(NativePatch, LivesWithAMissingLastLineEnd)
{
    const std::string text = "understudy: 1\nname: A # name\nendpoints:\n- path: /a # a";
    EXPECT_EQ(patched(text, [](Server &s) { s.name = "B"; }),
              "understudy: 1\nname: B # name\nendpoints:\n- path: /a # a");
    EXPECT_EQ(patched(text,
                      [](Server &s) {
                          Endpoint added;
                          added.path = "/b";
                          s.items.emplace_back(added);
                      }),
              "understudy: 1\nname: A # name\nendpoints:\n- path: /a # a\n- path: /b\n");
}

TEST(NativePatch, KeepsTheByteOrderMark)
{
    const std::string text = "\xef\xbb\xbfunderstudy: 1 # mark\nname: A\n";
    EXPECT_EQ(patched(text, [](Server &s) { s.name = "B"; }),
              "\xef\xbb\xbfunderstudy: 1 # mark\nname: B\n");
}

TEST(NativePatch, KeepsJsonJson)
{
    const std::string text = R"({
    "understudy": 1,
    "name": "A",
    "cors": false,
    "endpoints": [
        {
            "path": "/a",
            "responses": [
                {
                    "status": 200,
                    "bodyJson": {
                        "price": 1.5
                    }
                }
            ]
        }
    ]
}
)";
    const std::string out = patched(text, [](Server &s) {
        s.items[0].mutableEndpoint()->responses[0].status = 404;
        s.items[0].mutableEndpoint()->responses[0].id = "404";
    });
    EXPECT_EQ(changedLines(text, out), 1) << out;
    EXPECT_THAT(out, HasSubstr("                    \"status\": 404,\n"));
}

TEST(NativePatch, FallsBackToTheCanonicalTextWhereAnAnchorWouldBreak)
{
    const std::string text
        = "understudy: 1\nendpoints:\n- path: /a\n  responses: &shared\n  - body: one\n"
          "- path: /b\n  responses: *shared\n";
    const std::string out = patched(
        text, [](Server &s) { s.items[0].mutableEndpoint()->responses[0].body.content = "two"; });
    EXPECT_THAT(out, HasSubstr("body: one"));
}

TEST(NativePatch, WritesTheNewDocumentWhenTheTextIsAnother)
{
    Server before;
    before.name = "A";
    Server after = before;
    after.name = "B";
    EXPECT_EQ(native::patch("not: [a mock", before, after), native::write(after));
}

/// Inline maps and lists, and the spelling of what is in them.
namespace {

constexpr const char *kFlow = R"(understudy: 1
name: Flow
endpoints:
- path: /a
  responses: [ {status: 200,  bodyJson: {n: 12.90, b: 1, c: [0x1F, 'x, y']}} ] # as it is
- {path: /b, responses: [{headers: {X-A: "1"}, body: hi}]}
- path: /c
  responses:
  - bodyJson: {
      big: 1236546565217899832645, # of somebody's ledger
      other: 1e400
    }
)";

void setBody(Server &server, std::string_view endpoint, std::string_view json)
{
    findEndpoint(server, endpoint)->responses[0].body = Body::ofJson(*JsonValue::parse(json));
}

} // namespace

TEST(NativePatch, ChangesAValueInsideOfAnInlineMapAlone)
{
    std::string wanted = kFlow;
    wanted.replace(wanted.find("b: 1,"), 5, "b: 2,");
    EXPECT_EQ(
        patched(kFlow,
                [](Server &s) { setBody(s, "any-a", R"({"n":12.90,"b":2,"c":[31,"x, y"]})"); }),
        wanted);
    wanted = kFlow;
    wanted.replace(wanted.find("1e400"), 5, "'a, b'");
    wanted.replace(wanted.find("'a, b'"), 6, "\"a, b\"");
    EXPECT_EQ(patched(kFlow,
                      [](Server &s) {
                          setBody(s, "any-c", R"({"big":1236546565217899832645,"other":"a, b"})");
                      }),
              wanted);
}

TEST(NativePatch, KeepsAnInlineMapInlineWhenItGrowsOrShrinks)
{
    const std::string out
        = patched(kFlow, [](Server &s) { findEndpoint(s, "any-b")->responses[0].status = 404; });
    EXPECT_EQ(changedLines(kFlow, out), 1) << out;
    EXPECT_THAT(out, HasSubstr("- {path: /b, responses: [{"));
    const std::string less
        = patched(kFlow, [](Server &s) { setBody(s, "any-a", R"({"n":12.90,"c":[31,"x, y"]})"); });
    EXPECT_EQ(changedLines(kFlow, less), 1) << less;
    EXPECT_THAT(less, HasSubstr("12.90, c: [0x1F, \"x, y\"]}"));
    EXPECT_THAT(less, HasSubstr("# as it is"));
}

TEST(NativePatch, FromTheFileAsItWasReadLeavesNothingOfAnEditThatWasUndone)
{
    const Server before = readOk(kFlow);
    Server after = before;
    after.items.erase(after.items.begin());
    after.name = "Other";
    EXPECT_NE(native::patch(kFlow, before, after), kFlow);
    after.items.insert(after.items.begin(), before.items.front());
    std::string wanted = kFlow;
    wanted.replace(wanted.find("Flow"), 4, "Other");
    EXPECT_EQ(native::patch(kFlow, before, after), wanted);
    after.name = "Flow";
    EXPECT_EQ(native::patch(kFlow, before, after), kFlow);
}

} // namespace understudy::formats::patching
