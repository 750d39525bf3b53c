// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/mock_tree.h"

#include <algorithm>
#include <optional>

namespace understudy::workspace::mock_tree {

namespace {

constexpr std::string_view kEndpoints = "endpoints";

Node *mutableFind(Node &map, std::string_view key)
{
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
        if (map.keys[i].text == key)
            return &map.items[i];
    }
    return nullptr;
}

bool isFolder(const Node &item) { return item.find("folder") != nullptr; }

std::optional<std::size_t> indexOf(const Node &list, std::string_view id, bool isOfFolder)
{
    const auto found = std::find_if(list.items.begin(), list.items.end(), [&](const Node &item) {
        return item.text == id && isFolder(item) == isOfFolder;
    });
    if (found == list.items.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - list.items.begin());
}

std::optional<std::size_t> indexIn(const Node &list, std::string_view id)
{
    return indexOf(list, id, false);
}

/// The same item in another list.
std::optional<std::size_t> indexLike(const Node &list, const Node &item)
{
    return indexOf(list, item.text, isFolder(item));
}

std::size_t insertionIndex(const Node &list, const Node &theirs, std::size_t index)
{
    for (std::size_t i = index; i-- > 0;) {
        if (const auto before = indexLike(list, theirs.items[i]))
            return *before + 1;
    }
    for (std::size_t i = index + 1; i < theirs.items.size(); ++i) {
        if (const auto behind = indexLike(list, theirs.items[i]))
            return *behind;
    }
    return list.items.size();
}

void insertItem(Node &list, const Node &theirs, std::size_t index, Node item)
{
    const std::size_t at = insertionIndex(list, theirs, index);
    list.items.insert(list.items.begin() + static_cast<std::ptrdiff_t>(at), std::move(item));
}

} // namespace

void forEachEndpoint(const Node &server, const std::function<void(const Node &)> &visit)
{
    const Node *list = server.find(kEndpoints);
    for (std::size_t i = 0; list && i < list->items.size(); ++i) {
        if (isFolder(list->items[i]))
            forEachEndpoint(list->items[i], visit);
        else
            visit(list->items[i]);
    }
}

void forEachEndpoint(Node &server, const std::function<void(Node &)> &visit)
{
    Node *list = mutableFind(server, kEndpoints);
    for (std::size_t i = 0; list && i < list->items.size(); ++i) {
        if (isFolder(list->items[i]))
            forEachEndpoint(list->items[i], visit);
        else
            visit(list->items[i]);
    }
}

Place placeIn(Node &list, std::string_view id)
{
    const auto index = indexIn(list, id);
    return index ? Place{&list, *index} : Place{};
}

const Node *responseIn(const Node &endpoint, std::string_view id)
{
    const Node *list = endpoint.find("responses");
    const auto index = list ? indexIn(*list, id) : std::nullopt;
    return index ? &list->items[*index] : nullptr;
}

Node *responsesIn(Node &endpoint) { return mutableFind(endpoint, "responses"); }

Node &listOf(Node &map, std::string_view key)
{
    if (!map.find(key))
        map.add(key, Node::list());
    return *mutableFind(map, key);
}

void setKey(Node &map, std::string_view key, const Node &value)
{
    if (Node *there = mutableFind(map, key))
        *there = value;
    else
        map.add(key, value);
}

void eraseKey(Node &map, std::string_view key)
{
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
        if (map.keys[i].text != key)
            continue;
        map.keys.erase(map.keys.begin() + static_cast<std::ptrdiff_t>(i));
        map.items.erase(map.items.begin() + static_cast<std::ptrdiff_t>(i));
        return;
    }
}

void insertAsIn(Node &list, const Node &theirs, std::size_t index)
{
    insertItem(list, theirs, index, theirs.items[index]);
}

void eraseEndpoints(Node &server, const std::set<std::string_view> &ids)
{
    Node *list = mutableFind(server, kEndpoints);
    if (!list)
        return;
    std::erase_if(list->items, [&](Node &item) {
        if (!isFolder(item))
            return ids.contains(item.text);
        const Node *inner = item.find(kEndpoints);
        if (!inner || inner->items.empty()) // as it was before
            return false;
        eraseEndpoints(item, ids);
        const bool isBare = item.keys.size() == 2; // its name and its endpoints
        return isBare && item.find(kEndpoints)->items.empty();
    });
}

Index::Index(const Node &server)
    : m_server(server)
{
    collect(server, {});
}

void Index::collect(const Node &map, const Path &above)
{
    const Node *list = map.find(kEndpoints);
    for (std::size_t i = 0; list && i < list->items.size(); ++i) {
        Path own = above;
        own.push_back(i);
        if (isFolder(list->items[i]))
            collect(list->items[i], own);
        else
            m_paths.emplace(list->items[i].text, std::move(own));
    }
}

const Node &Index::endpoint(std::string_view id) const
{
    const Node *at = &m_server;
    for (const std::size_t step : m_paths.at(id))
        at = &at->find(kEndpoints)->items[step];
    return *at;
}

void Index::insertInto(Node &other, std::string_view id) const
{
    const Path &path = m_paths.at(id);
    const Node *from = &m_server;
    Node *to = &other;
    for (std::size_t depth = 0; depth < path.size(); ++depth) {
        const Node &items = *from->find(kEndpoints);
        const Node &item = items.items[path[depth]];
        Node &list = listOf(*to, kEndpoints);
        if (!isFolder(item)) {
            insertItem(list, items, path[depth], item);
            return;
        }
        auto index = indexLike(list, item);
        if (!index) {
            Node empty = item;
            setKey(empty, kEndpoints, Node::list());
            insertItem(list, items, path[depth], std::move(empty));
            index = indexLike(list, item);
        }
        from = &item;
        to = &list.items[*index];
    }
}

} // namespace understudy::workspace::mock_tree
