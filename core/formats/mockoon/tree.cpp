// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/tree.h"

#include <map>
#include <set>

namespace understudy::formats::mockoon {

namespace {

using Object = boost::json::object;

// Bounds the recursion; what is nested more deeply is put at the end of the tree.
constexpr int kMaxTreeDepth = 64;

class TreeBuilder
{
public:
    TreeBuilder(const ObjectReader &environment, Notes &notes)
        : m_environment(environment)
        , m_notes(notes)
        , m_folders(environment.objects("folders"))
        , m_routes(environment.objects("routes"))
    {
        for (const std::vector<const Object *> *list : {&m_folders, &m_routes}) {
            for (const Object *object : *list) {
                if (const auto *uuid = object->if_contains("uuid"); uuid && uuid->is_string())
                    m_byUuid.emplace(uuid->get_string(), object);
            }
        }
        m_isFolder.insert(m_folders.begin(), m_folders.end());
    }

    std::vector<TreeEntry> build()
    {
        for (const Object *folder : m_folders)
            m_children[folder] = references(*folder, "children");
        std::vector<TreeEntry> root;
        for (const Object *object : references(m_environment.object(), "rootChildren"))
            append(object, root, 0);
        // Nobody refers to these; then those in a ring of folders that the root does not reach.
        for (const Object *folder : m_folders) {
            if (!m_referred.contains(folder))
                append(folder, root, 0);
        }
        for (const std::vector<const Object *> *list : {&m_folders, &m_routes}) {
            for (const Object *object : *list)
                append(object, root, 0);
        }
        return root;
    }

private:
    std::vector<const Object *> references(const Object &from, std::string_view key)
    {
        std::vector<const Object *> out;
        Notes silent({});
        for (const Object *child : ObjectReader(from, silent, {}).objects(key)) {
            const std::string uuid = ObjectReader(*child, silent, {}).text("uuid");
            const auto found = m_byUuid.find(uuid);
            if (found == m_byUuid.end())
                m_notes.changed({}, "'" + std::string(key) + "' refers to '" + uuid
                                        + "', which is not there");
            else if (m_referred.insert(found->second).second)
                out.push_back(found->second);
            else
                m_notes.changed({}, "'" + std::string(key) + "' refers to '" + uuid
                                        + "' for the second time");
        }
        return out;
    }

    void append(const Object *object, std::vector<TreeEntry> &out, int depth)
    {
        if (depth > kMaxTreeDepth || !m_reached.insert(object).second)
            return;
        TreeEntry entry;
        if (!m_isFolder.contains(object)) {
            entry.route = object;
        } else {
            entry.folder = object;
            for (const Object *child : m_children[object])
                append(child, entry.children, depth + 1);
        }
        out.push_back(std::move(entry));
    }

    const ObjectReader &m_environment;
    Notes &m_notes;
    std::vector<const Object *> m_folders;
    std::vector<const Object *> m_routes;
    std::map<std::string, const Object *, std::less<>> m_byUuid;
    std::set<const Object *> m_isFolder;
    std::set<const Object *> m_referred;
    std::set<const Object *> m_reached;
    std::map<const Object *, std::vector<const Object *>> m_children;
};

} // namespace

std::vector<TreeEntry> buildTree(const ObjectReader &environment, Notes &notes)
{
    return TreeBuilder(environment, notes).build();
}

} // namespace understudy::formats::mockoon
