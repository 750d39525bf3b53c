// SPDX-License-Identifier: Apache-2.0
#include "core/formats/format_table.h"
#include "core/formats/insomnia/resources.h"
#include "core/formats/insomnia/workspace.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::formats::insomnia {

using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::oneLine;
using recorded::textOf;

namespace {

/// In the order in which Insomnia shows them, where all say what it is.
std::vector<const yaml::Node *> sortedBySortKey(const std::vector<yaml::Node> &items)
{
    const auto keyOf
        = [](const yaml::Node *node) { return recorded::numberOf(mapOf(node, "meta"), "sortKey"); };
    std::vector<const yaml::Node *> out;
    out.reserve(items.size());
    for (const yaml::Node &item : items)
        out.push_back(&item);
    if (std::all_of(out.begin(), out.end(), keyOf))
        std::stable_sort(out.begin(), out.end(),
                         [&](const auto *a, const auto *b) { return *keyOf(a) < *keyOf(b); });
    return out;
}

class NestedReader
{
public:
    NestedReader(const yaml::Node &root, Notes &notes)
        : m_root(root)
        , m_notes(notes)
        , m_maker(notes)
    {}

    WorkspaceMaker &run()
    {
        setEnvironments();
        read(listOf(&m_root, "collection"));
        for (const yaml::Node &route : listOf(&m_root, "routes")) {
            if (route.isMap())
                m_maker.addRoute(route);
            else
                m_maker.leaveOut(route, "it is no mock route");
        }
        saySideMatters();
        return m_maker;
    }

private:
    /// The base environment with those below it; some tools write a list.
    void setEnvironments()
    {
        const yaml::Node *all = fieldOf(&m_root, "environments");
        std::vector<const yaml::Node *> below;
        if (all && all->isList()) {
            for (const yaml::Node &each : all->items)
                below.push_back(&each);
        }
        m_maker.setEnvironment(fieldOf(all, "data"));
        for (const yaml::Node &each : listOf(all, "subEnvironments"))
            below.push_back(&each);
        m_maker.setSubEnvironments(below);
    }

    void read(const std::vector<yaml::Node> &items)
    {
        for (const yaml::Node *item : sortedBySortKey(items)) {
            const yaml::Node *children = fieldOf(item, "children");
            const std::string id = textOf(mapOf(item, "meta"), "id");
            const std::string url = textOf(item, "url");
            if (children && children->isList()) {
                m_maker.openGroup(*item);
                read(children->items);
                m_maker.closeGroup();
            } else if (id.starts_with("ws-req") || id.starts_with("greq")
                       || id.starts_with("socketio-req") || url.starts_with("ws://")
                       || url.starts_with("wss://")) {
                m_maker.leaveOut(*item, "it is no request of HTTP");
            } else if (fieldOf(item, "url")) {
                m_maker.addRequest(*item);
            } else if (id.starts_with("fld")) {
                m_maker.openGroup(*item);
                m_maker.closeGroup();
            } else {
                m_maker.leaveOut(*item, "neither a request nor a group");
            }
        }
    }

    void saySideMatters()
    {
        if (const yaml::Node *spec = mapOf(&m_root, "spec");
            spec && (fieldOf(spec, "contents") || fieldOf(spec, "file")))
            m_notes.notServed("spec",
                              "a document of OpenAPI inside of the file is not read: save it as a "
                              "file of its own and import that",
                              spec->start);
        for (const yaml::Node &suite : listOf(&m_root, "testSuites"))
            m_notes.notServed(oneLine(textOf(&suite, "name")), "tests are not run", suite.start);
        if (const yaml::Node *jar = mapOf(&m_root, "cookieJar");
            jar && !listOf(jar, "cookies").empty())
            m_notes.notServed("cookieJar", "cookies of a client have no effect on answers",
                              jar->start);
    }

    const yaml::Node &m_root;
    Notes &m_notes;
    WorkspaceMaker m_maker;
};

std::string nothingIn(const std::string &type)
{
    if (type.starts_with("environment."))
        return "an environment of Insomnia, which has values and no requests: import the "
               "collection";
    if (type.starts_with("mcp"))
        return "a client of MCP has no requests of HTTP";
    return "there is no request of HTTP and no mock route in this file of Insomnia";
}

} // namespace

LoadOutcome importNested(const yaml::Node &root, const std::filesystem::path &file)
{
    Notes notes(file.string());
    NestedReader reader(root, notes);
    WorkspaceMaker &maker = reader.run();
    if (maker.isEmpty())
        return failed({ErrorCode::Invalid,
                       nothingIn(textOf(&root, "type")),
                       {file.string(), root.start.line, root.start.column}});
    LoadedServer loaded{{}, "insomnia", file, {}};
    loaded.server.name = oneLine(textOf(&root, "name"));
    if (loaded.server.name.empty())
        loaded.server.name = oneLine(file.stem().string());
    loaded.server.description = textOf(mapOf(&root, "meta"), "description");
    loaded.server.items = maker.finish();
    assignIds(loaded.server);
    loaded.problems = notes.take();
    return succeeded(std::move(loaded));
}

} // namespace understudy::formats::insomnia
