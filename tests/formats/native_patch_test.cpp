// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace understudy;
using namespace understudy::formats;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string sample(const char *name)
{
    const auto text
        = readFile(std::string(UNDERSTUDY_SOURCE_DIR "/tests/data/native/patch/") + name);
    EXPECT_TRUE(text) << name;
    return text ? *text : std::string();
}

Server readOk(std::string_view text)
{
    native::ReadOutcome outcome = native::read(text, "test.mock.yaml");
    for (const Problem &problem : outcome.problems)
        ADD_FAILURE() << problem.error.text() << "\n" << text;
    return outcome.server;
}

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    for (const std::string_view line : text::split(text, '\n'))
        lines.emplace_back(line);
    return lines;
}

/// How many lines of `before` have another text in `after`, or -1 if their numbers differ.
int changedLines(const std::string &before, const std::string &after)
{
    const auto a = linesOf(before);
    const auto b = linesOf(after);
    if (a.size() != b.size())
        return -1;
    int changed = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        changed += a[i] != b[i] ? 1 : 0;
    return changed;
}

/// Patches `text` by `edit` and checks that the result says what the edited server says.
template<class Edit>
std::string patched(const std::string &text, Edit edit)
{
    const Server before = readOk(text);
    Server after = before;
    edit(after);
    assignIds(after);
    std::string out = native::patch(text, before, after);
    EXPECT_EQ(native::write(readOk(out)), native::write(after));
    EXPECT_EQ(readOk(out), after);
    return out;
}

Endpoint &endpointOf(Server &server, std::string_view id)
{
    Endpoint *endpoint = findEndpoint(server, id);
    EXPECT_TRUE(endpoint) << id;
    return *endpoint;
}

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
        s.items[0].endpoint()->path = "/changed";
        s.items[0].endpoint()->id = "changed";
        s.items[0].endpoint()->id = "any-changed";
    });
    one([](Server &s) {
        s.items[0].endpoint()->responses[0].status = 404;
        s.items[0].endpoint()->responses[0].id = "404";
    });
    one([](Server &s) { s.items[0].endpoint()->responses[0].body.content = "one\nthree\n"; });
    one([](Server &s) { s.items[1].folder()->name = "G"; });
    one([](Server &s) {
        s.items[1].folder()->items[0].endpoint()->responses[0].body.content = "bye";
    });
    one([](Server &s) {
        s.items[1].folder()->items[1].endpoint()->methods = {"PUT"};
        s.items[1].folder()->items[1].endpoint()->id = "put-c";
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
    same([](Server &s) { s.items[0].endpoint()->name = "A"; });
    same([](Server &s) { s.items[0].endpoint()->responses.clear(); });
    same([](Server &s) { s.items[0].endpoint()->responses.emplace_back(); });
    same([](Server &s) {
        s.items.insert(s.items.begin(), s.items[1].folder()->items[0]);
        s.items[0].endpoint()->id = "copy";
    });
    same([](Server &s) { s.items[1].folder()->items[0].endpoint()->responses[0].when.reset(); });
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
        s.items[0].endpoint()->responses[0].status = 404;
        s.items[0].endpoint()->responses[0].id = "404";
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
        text, [](Server &s) { s.items[0].endpoint()->responses[0].body.content = "two"; });
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

namespace {

/// Random edits; each says whose lines it may touch, by the marks at the ends of the sample's
/// lines.
class Editor
{
public:
    explicit Editor(unsigned seed)
        : m_random(seed)
    {}

    void edit(Server &server)
    {
        switch (pick(16)) {
        case 0:
            server.name = word();
            touch("server.name");
            break;
        case 1:
            server.cors = !server.cors;
            touch("server.cors");
            break;
        case 2:
            server.headers.push_back({"X-" + std::to_string(++m_serial), word()});
            touch("server.headers");
            break;
        case 3:
            server.description = text();
            break;
        case 4:
            server.listen.port = static_cast<std::uint16_t>(pick(65536));
            touch("server.listen");
            break;
        case 5:
            remove(server);
            break;
        case 6:
            insert(server);
            break;
        case 7:
            move(server);
            break;
        case 8:
            folder(server);
            break;
        case 9:
            server.limits.body = ByteCount{pick(3) * 1000};
            touch("server.limits");
            break;
        default:
            endpoint(server);
        }
    }

    const std::set<std::string> &touched() const { return m_touched; }

private:
    std::size_t pick(std::size_t below) { return m_random() % below; }
    void touch(std::string mark) { m_touched.insert(std::move(mark)); }

    std::string word()
    {
        static const std::vector<std::string> words{
            "plain", "yes",    "12",         "1e3",   "a: b",  "# no",    "über",
            " lead", "trail ", "it's",       "\"q\"", "1:30",  "null",    "-",
            "ok?",   "\t",     "2024-01-02", "[x",    "*star", "emoji 🍵", "~"};
        return words[pick(words.size())];
    }

    std::string text()
    {
        std::string out;
        for (std::size_t n = pick(4) + 1; n > 0; --n)
            out += word() + (pick(3) > 0 ? "\n" : pick(2) > 0 ? "\n\n" : "");
        return out;
    }

    std::string mark(const Item &item)
    {
        if (const Folder *folder = item.folder())
            return folder->name == "Orders" ? "orders" : folder->name;
        return item.endpoint()->id == "get-health" ? "health" : item.endpoint()->id;
    }

    void touchAll(const Item &item)
    {
        touch(mark(item));
        if (const Folder *folder = item.folder()) {
            for (const Item &inner : folder->items)
                touchAll(inner);
        }
    }

    std::vector<Item> &someList(Server &server)
    {
        for (Item &item : server.items) {
            if (item.folder() && pick(2) == 0)
                return item.folder()->items;
        }
        return server.items;
    }

    void remove(Server &server)
    {
        std::vector<Item> &items = someList(server);
        if (items.empty())
            return;
        const auto at = items.begin() + static_cast<std::ptrdiff_t>(pick(items.size()));
        touchAll(*at);
        items.erase(at);
    }

    void insert(Server &server)
    {
        Endpoint added;
        added.path = "/new" + std::to_string(pick(3));
        added.id = makeEndpointId(server, added);
        added.responses.push_back(response());
        std::vector<Item> &items = someList(server);
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(pick(items.size() + 1)), added);
    }

    void move(Server &server)
    {
        std::vector<Item> &items = someList(server);
        if (items.size() < 2)
            return;
        const std::size_t from = pick(items.size());
        Item item = items[from];
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(from));
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(pick(items.size() + 1)), item);
    }

    void folder(Server &server)
    {
        for (Item &item : server.items) {
            Folder *folder = item.folder();
            if (!folder)
                continue;
            touch(mark(item));
            if (pick(2) == 0)
                folder->enabled = !folder->enabled;
            else
                folder->behaviour.latency.head = FixedLatency{std::chrono::milliseconds(pick(100))};
            return;
        }
    }

    Response response()
    {
        Response out;
        out.status = static_cast<int>(200 + pick(4));
        if (pick(2) == 0)
            out.headers.push_back({"X-" + std::to_string(pick(10)), "v" + std::to_string(pick(9))});
        if (pick(3) > 0)
            out.body = Body::text(text());
        else
            out.body = Body::ofJson(JsonObject{
                {"a", word()}, {"b", JsonArray{1, 2.5, nullptr, text()}}, {word(), JsonObject()}});
        return out;
    }

    void endpoint(Server &server)
    {
        std::vector<std::string> ids;
        forEachEndpoint(server, [&](const EndpointVisit &v) { ids.push_back(v.endpoint.id); });
        if (ids.empty())
            return;
        Endpoint &e = *findEndpoint(server, ids[pick(ids.size())]);
        touch(mark(e));
        switch (pick(8)) {
        case 0:
            e.name = word();
            break;
        case 1:
            e.path = "/p" + std::to_string(pick(100));
            break;
        case 2:
            e.enabled = !e.enabled;
            break;
        case 3:
            e.description = text();
            break;
        case 4:
            e.responses.push_back(response());
            break;
        case 5:
            if (!e.responses.empty())
                e.responses.erase(e.responses.begin()
                                  + static_cast<std::ptrdiff_t>(pick(e.responses.size())));
            break;
        case 6:
            e.methods = pick(2) == 0 ? std::vector<std::string>{"GET", "PATCH"}
                                     : std::vector<std::string>{"DELETE"};
            break;
        default:
            if (!e.responses.empty()) {
                Response &r = e.responses[pick(e.responses.size())];
                const std::string id = r.id;
                r = response();
                r.id = id;
            }
        }
    }

    std::mt19937 m_random;
    int m_serial = 0;
    std::set<std::string> m_touched;
};

/// The marked lines whose owner was not touched.
std::vector<std::string> marked(const std::string &text, const std::set<std::string> &touched)
{
    std::vector<std::string> lines;
    for (const std::string &line : linesOf(text)) {
        const std::size_t at = line.rfind('@');
        if (at != std::string::npos && !touched.contains(line.substr(at + 1)))
            lines.push_back(line);
    }
    return lines;
}

} // namespace

TEST(NativePatch, SaysTheSameAsTheDocumentAfterRandomEdits)
{
    const std::string original = sample("shop.mock.yaml");
    for (unsigned seed = 1; seed <= 100; ++seed) {
        Editor editor(seed);
        std::string text = original;
        for (int step = 0; step < 4; ++step) {
            const Server before = readOk(text);
            Server after = before;
            editor.edit(after);
            assignIds(after);
            const std::string out = native::patch(text, before, after);
            ASSERT_EQ(native::write(readOk(out)), native::write(after)) << "seed " << seed << "\n"
                                                                        << out;
            ASSERT_EQ(readOk(out), after) << "seed " << seed;
            // Every untouched line is still there; lists may have been put in another order.
            std::vector<std::string> expected = marked(original, editor.touched());
            std::vector<std::string> found = marked(out, editor.touched());
            std::sort(expected.begin(), expected.end());
            std::sort(found.begin(), found.end());
            ASSERT_EQ(found, expected) << "seed " << seed << " step " << step << "\n--- from\n"
                                       << text << "\n--- to\n"
                                       << out;
            text = out;
        }
    }
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
