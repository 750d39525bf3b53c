// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/folders.h"

#include "core/formats/openapi/plain_text.h"

#include <algorithm>
#include <map>
#include <set>

namespace understudy::formats::openapi {

namespace {

constexpr int kDeepestFolder = 8;

struct TagEntry
{
    std::string parent;
    std::vector<Item> items;
};

class FolderTree
{
public:
    FolderTree(Document &document, std::vector<TaggedEndpoint> endpoints)
    {
        const Element tags = document.child(document.root(), "tags");
        for (std::size_t i = 0; tags.isList() && i < tags.size(); ++i) {
            const Element tag = tags.entry(i);
            const std::string name = tag.text("name");
            if (!name.empty())
                entry(name).parent = tag.text("parent");
        }
        for (TaggedEndpoint &tagged : endpoints) {
            if (tagged.tag.empty())
                m_loose.emplace_back(std::move(tagged.endpoint));
            else
                entry(tagged.tag).items.emplace_back(std::move(tagged.endpoint));
        }
    }

    std::vector<Item> run()
    {
        std::vector<Item> out;
        std::vector<std::string> roots;
        for (const std::string &name : m_order)
            (isRoot(name) ? roots : m_children[m_tags[name].parent]).push_back(name);
        for (const std::string &name : roots)
            addFolder(name, out, 0);
        std::move(m_loose.begin(), m_loose.end(), std::back_inserter(out));
        return out;
    }

private:
    TagEntry &entry(const std::string &name)
    {
        const auto [found, isNew] = m_tags.try_emplace(name);
        if (isNew)
            m_order.push_back(name);
        return found->second;
    }

    /// It has no parent, or one that is not there, too far up or itself.
    bool isRoot(const std::string &name) const
    {
        std::string at = name;
        for (int depth = 0; depth < kDeepestFolder; ++depth) {
            const auto found = m_tags.find(at);
            if (found == m_tags.end() || found->second.parent.empty())
                return depth == 0;
            at = found->second.parent;
            if (!m_tags.contains(at))
                return depth == 0;
        }
        return true;
    }

    void addFolder(const std::string &name, std::vector<Item> &to, int depth)
    {
        if (!m_placed.insert(name).second || depth > kDeepestFolder)
            return;
        Folder folder;
        folder.name = oneLineOf(name);
        folder.items = std::move(m_tags[name].items);
        for (const std::string &child : m_children[name])
            addFolder(child, folder.items, depth + 1);
        if (!folder.items.empty())
            to.emplace_back(std::move(folder));
    }

    std::map<std::string, TagEntry> m_tags;
    std::vector<std::string> m_order;
    std::map<std::string, std::vector<std::string>> m_children; ///< of those that are no roots
    std::vector<Item> m_loose;
    std::set<std::string> m_placed;
};

} // namespace

std::vector<Item> intoFolders(Document &document, std::vector<TaggedEndpoint> endpoints)
{
    return FolderTree(document, std::move(endpoints)).run();
}

} // namespace understudy::formats::openapi
