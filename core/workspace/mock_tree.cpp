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

std::optional<std::size_t> indexIn(const Node &list, std::string_view id)
{
    const auto found = std::find_if(list.items.begin(), list.items.end(),
                                    [&](const Node &item) { return item.text == id; });
    if (found == list.items.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - list.items.begin());
}

std::size_t insertionIndex(const Node &list, const Node &theirs, std::size_t index)
{
    for (std::size_t i = index; i-- > 0;) {
        if (const auto before = indexIn(list, theirs.items[i].text))
            return *before + 1;
    }
    for (std::size_t i = index + 1; i < theirs.items.size(); ++i) {
        if (const auto behind = indexIn(list, theirs.items[i].text))
            return *behind;
    }
    return list.items.size();
}

void insertItem(Node &list, const Node &theirs, std::size_t index, Node item)
{
    const std::size_t at = insertionIndex(list, theirs, index);
    list.items.insert(list.items.begin() + static_cast<std::ptrdiff_t>(at), std::move(item));
}

/// True once the endpoint stands in `map`, a server or folder, as it does in `theirs`.
bool insertInto(Node &map, const Node &theirs, std::string_view endpointId)
{
    const Node *items = theirs.find(kEndpoints);
    if (!items)
        return false;
    for (std::size_t i = 0; i < items->items.size(); ++i) {
        const Node &item = items->items[i];
        if (!isFolder(item)) {
            if (item.text != endpointId)
                continue;
            insertItem(listOf(map, kEndpoints), *items, i, item);
            return true;
        }
        if (!endpointIn(item, endpointId))
            continue;
        Node &list = listOf(map, kEndpoints);
        if (!indexIn(list, item.text)) {
            Node empty = item;
            setKey(empty, kEndpoints, Node::list());
            insertItem(list, *items, i, std::move(empty));
        }
        return insertInto(list.items[*indexIn(list, item.text)], item, endpointId);
    }
    return false;
}

/// True if the endpoint was below `map` and is not any more.
bool eraseFrom(Node &map, std::string_view endpointId)
{
    Node *list = mutableFind(map, kEndpoints);
    if (!list)
        return false;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
        Node &item = list->items[i];
        const bool isIt = !isFolder(item) && item.text == endpointId;
        if (!isIt && !(isFolder(item) && eraseFrom(item, endpointId)))
            continue;
        const Node *left = item.find(kEndpoints);
        if (isIt || !left || left->items.empty())
            list->items.erase(list->items.begin() + static_cast<std::ptrdiff_t>(i));
        return true;
    }
    return false;
}

} // namespace

void forEachEndpoint(const Node &server, const std::function<void(const Node &)> &visit)
{
    const Node *list = server.find(kEndpoints);
    if (!list)
        return;
    for (const Node &item : list->items) {
        if (isFolder(item))
            forEachEndpoint(item, visit);
        else
            visit(item);
    }
}

Place placeOf(Node &server, std::string_view endpointId)
{
    Node *list = mutableFind(server, kEndpoints);
    if (!list)
        return {};
    for (std::size_t i = 0; i < list->items.size(); ++i) {
        Node &item = list->items[i];
        if (!isFolder(item)) {
            if (item.text == endpointId)
                return {list, i};
        } else if (const Place inner = placeOf(item, endpointId); inner.list) {
            return inner;
        }
    }
    return {};
}

const Node *endpointIn(const Node &server, std::string_view endpointId)
{
    const Node *found = nullptr;
    forEachEndpoint(server, [&](const Node &endpoint) {
        if (!found && endpoint.text == endpointId)
            found = &endpoint;
    });
    return found;
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

void insertEndpoint(Node &server, const Node &theirs, std::string_view endpointId)
{
    insertInto(server, theirs, endpointId);
}

void eraseEndpoint(Node &server, std::string_view endpointId) { eraseFrom(server, endpointId); }

} // namespace understudy::workspace::mock_tree
