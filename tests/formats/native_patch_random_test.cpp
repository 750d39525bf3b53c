// SPDX-License-Identifier: Apache-2.0
// Random edits of a file whose lines say who owns them.
#include "tests/formats/native_patch_support.h"

#include <algorithm>
#include <random>
#include <set>

namespace understudy::formats::patching {

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
                return item.mutableFolder()->items;
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
            Folder *folder = item.mutableFolder();
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

} // namespace understudy::formats::patching
