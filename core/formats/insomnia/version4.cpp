// SPDX-License-Identifier: Apache-2.0
#include "core/formats/format_table.h"
#include "core/formats/insomnia/resources.h"
#include "core/formats/insomnia/workspace.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace understudy::formats::insomnia {

using recorded::fieldOf;
using recorded::listOf;
using recorded::oneLine;
using recorded::textOf;

namespace {

constexpr int kMaxLevels = 100; ///< of groups inside of each other
/// Each is a server, with a port.
constexpr std::size_t kMaxWorkspaces = 500;

using Nodes = std::vector<const yaml::Node *>;

bool isOfType(const yaml::Node &node, std::string_view type)
{
    return textOf(&node, "_type") == type;
}

/// In the order in which Insomnia shows them, where all requests and groups say what it is.
void sortByKey(Nodes &nodes)
{
    const auto keyOf
        = [](const yaml::Node *node) { return recorded::numberOf(node, "metaSortKey"); };
    const bool hasOrder = std::all_of(nodes.begin(), nodes.end(), [&](const yaml::Node *node) {
        return keyOf(node) || !(isOfType(*node, "request") || isOfType(*node, "request_group"));
    });
    if (hasOrder)
        std::stable_sort(nodes.begin(), nodes.end(), [&](const auto *a, const auto *b) {
            return keyOf(a).value_or(0) < keyOf(b).value_or(0);
        });
}

/// The list as a tree.
class ResourceTree
{
public:
    explicit ResourceTree(const std::vector<yaml::Node> &resources)
    {
        std::set<std::string> ids;
        for (const yaml::Node &node : resources)
            ids.insert(textOf(&node, "_id"));
        for (const yaml::Node &node : resources) {
            if (isOfType(node, "workspace")) {
                m_workspaces.push_back(&node);
                continue;
            }
            const std::string parent = textOf(&node, "parentId");
            if (parent.empty() || !ids.contains(parent))
                m_orphans.push_back(&node);
            else
                m_children[parent].push_back(&node);
        }
        for (auto &[id, nodes] : m_children)
            sortByKey(nodes);
    }

    const Nodes &workspaces() const { return m_workspaces; }
    /// Whose parent is not in the file, as where one folder was exported.
    const Nodes &orphans() const { return m_orphans; }
    const Nodes &childrenOf(const yaml::Node &node) const
    {
        static const Nodes none;
        const std::string id = textOf(&node, "_id");
        const auto found = id.empty() ? m_children.end() : m_children.find(id);
        return found == m_children.end() ? none : found->second;
    }

private:
    Nodes m_workspaces;
    Nodes m_orphans;
    std::unordered_map<std::string, Nodes> m_children;
};

class ResourceWalk
{
public:
    ResourceWalk(const ResourceTree &tree, Notes &notes, std::set<const yaml::Node *> &seen)
        : m_tree(tree)
        , m_maker(notes)
        , m_notes(notes)
        , m_seen(seen)
    {}

    WorkspaceMaker &run(const Nodes &roots)
    {
        setEnvironments(roots);
        walk(roots, 0);
        m_tests.say(m_notes, "test", "tests", ": not run");
        return m_maker;
    }

private:
    /// The first is the base environment; the others, and those below it, are its
    /// sub-environments.
    void setEnvironments(const Nodes &roots)
    {
        Nodes below;
        const yaml::Node *base = nullptr;
        for (const yaml::Node *node : roots) {
            if (!isOfType(*node, "environment"))
                continue;
            if (base) {
                below.push_back(node);
                continue;
            }
            base = node;
            for (const yaml::Node *child : m_tree.childrenOf(*node)) {
                if (isOfType(*child, "environment"))
                    below.push_back(child);
                m_seen.insert(child);
            }
        }
        if (base)
            m_maker.setEnvironment(fieldOf(base, "data"));
        m_maker.setSubEnvironments(below);
    }

    void walk(const Nodes &nodes, int level)
    {
        for (const yaml::Node *node : nodes) {
            if (m_seen.insert(node).second)
                read(*node, level);
        }
    }

    void read(const yaml::Node &node, int level)
    {
        const std::string type = textOf(&node, "_type");
        if (type == "request") {
            m_maker.addRequest(node);
        } else if (type == "mock_route") {
            m_maker.addRoute(node);
        } else if (type == "request_group" || type == "mock" || type == "mock_server") {
            if (level >= kMaxLevels) {
                m_maker.leaveOut(node, "it lies too deep");
                return;
            }
            m_maker.openGroup(node);
            walk(m_tree.childrenOf(node), level + 1);
            m_maker.closeGroup();
        } else {
            readOther(node, type, level);
        }
    }

    void readOther(const yaml::Node &node, const std::string &type, int level)
    {
        if (type == "grpc_request" || type == "websocket_request" || type == "socketio_request")
            m_maker.leaveOut(node, "it is no request of HTTP");
        else if (type == "api_spec" && !textOf(&node, "contents").empty())
            m_maker.leaveOut(node, "a document of OpenAPI inside of the file is not read: save it "
                                   "as a file of its own and import that");
        else if (type == "unit_test")
            m_tests.meet(node.start);
        else if (type == "unit_test_suite" && level < kMaxLevels)
            walk(m_tree.childrenOf(node), level + 1);
        else if (type == "cookie_jar" && !listOf(&node, "cookies").empty())
            m_maker.leaveOut(node, "cookies of a client have no effect on answers");
        else if (type.empty())
            m_maker.leaveOut(node, "it has no '_type'");
    }

    const ResourceTree &m_tree;
    WorkspaceMaker m_maker;
    Notes &m_notes;
    std::set<const yaml::Node *> &m_seen;
    described::Tally m_tests;
};

class ResourceImport
{
public:
    ResourceImport(const yaml::Node &root, const std::filesystem::path &file)
        : m_resources(listOf(&root, "resources"))
        , m_tree(m_resources)
        , m_file(file)
    {}

    LoadOutcome run()
    {
        const Nodes &workspaces = m_tree.workspaces();
        for (std::size_t i = 0; i < std::min(workspaces.size(), kMaxWorkspaces); ++i) {
            Nodes roots = m_tree.childrenOf(*workspaces[i]);
            // What belongs to nobody belongs to the first.
            if (i == 0)
                roots.insert(roots.end(), m_tree.orphans().begin(), m_tree.orphans().end());
            add(*workspaces[i], roots);
        }
        if (workspaces.empty())
            add({}, m_tree.orphans());
        if (m_outcome.servers.empty())
            return failed({ErrorCode::Invalid,
                           "there is no request and no mock route in this export of Insomnia",
                           {m_file.string(), 1, 1}});
        sayUnreached();
        return std::move(m_outcome);
    }

private:
    void add(const yaml::Node &workspace, const Nodes &roots)
    {
        Notes notes(m_file.string());
        ResourceWalk walk(m_tree, notes, m_seen);
        WorkspaceMaker &maker = walk.run(roots);
        if (maker.isEmpty()) {
            std::vector<Problem> said = notes.take();
            std::move(said.begin(), said.end(), std::back_inserter(m_ofEmpty));
            return;
        }
        LoadedServer loaded{{}, "insomnia", m_file, {}};
        Server &server = loaded.server;
        server.name = oneLine(textOf(&workspace, "name"));
        if (server.name.empty())
            server.name = oneLine(m_file.stem().string());
        server.description = textOf(&workspace, "description");
        server.listen.port
            = static_cast<std::uint16_t>(server.listen.port + m_outcome.servers.size());
        server.items = maker.finish();
        assignIds(server);
        loaded.problems = notes.take();
        m_outcome.servers.push_back(std::move(loaded));
    }

    /// What is in a circle of parents, or in more workspaces than there can be servers.
    void sayUnreached()
    {
        Notes notes(m_file.string());
        for (const yaml::Node &node : m_resources) {
            if (!m_seen.contains(&node)
                && (isOfType(node, "request") || isOfType(node, "mock_route")))
                notes.notServed(oneLine(textOf(&node, "name")),
                                "no workspace leads to it by 'parentId'; left out", node.start);
        }
        std::vector<Problem> said = notes.take();
        std::vector<Problem> &first = m_outcome.servers.front().problems;
        first.insert(first.end(), m_ofEmpty.begin(), m_ofEmpty.end());
        first.insert(first.end(), said.begin(), said.end());
    }

    const std::vector<yaml::Node> &m_resources;
    ResourceTree m_tree;
    const std::filesystem::path &m_file;
    std::set<const yaml::Node *> m_seen;
    std::vector<Problem> m_ofEmpty; ///< what was said of workspaces that make no server
    LoadOutcome m_outcome;
};

} // namespace

LoadOutcome importResources(const yaml::Node &root, const std::filesystem::path &file)
{
    return ResourceImport(root, file).run();
}

} // namespace understudy::formats::insomnia
