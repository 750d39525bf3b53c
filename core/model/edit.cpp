// SPDX-License-Identifier: Apache-2.0
#include "core/model/edit.h"

#include "core/base/text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace understudy {

namespace {

void walk(const std::vector<Item> &items, std::vector<const Folder *> &folders, ItemPath &path,
          bool enabled, const std::function<void(const EndpointVisit &)> &visit)
{
    for (std::size_t i = 0; i < items.size(); ++i) {
        path.push_back(i);
        if (const Endpoint *endpoint = items[i].endpoint()) {
            visit({*endpoint, folders, path, enabled && endpoint->enabled});
        } else {
            const Folder *folder = items[i].folder();
            folders.push_back(folder);
            walk(folder->items, folders, path, enabled && folder->enabled, visit);
            folders.pop_back();
        }
        path.pop_back();
    }
}

/// Appends the way to the endpoint; false, and nothing is appended, if it is not there.
bool findWay(const std::vector<Item> &items, std::string_view id, ItemPath &way)
{
    for (std::size_t i = 0; i < items.size(); ++i) {
        way.push_back(i);
        const Endpoint *endpoint = items[i].endpoint();
        if (endpoint ? endpoint->id == id : findWay(items[i].folder()->items, id, way))
            return true;
        way.pop_back();
    }
    return false;
}

/// Ids that are given away. Numbers go on where they ended, so that thousands of endpoints of one
/// path cost what they cost elsewhere.
class TakenIds
{
public:
    TakenIds() = default;
    explicit TakenIds(const Server &server)
    {
        forEachEndpoint(server, [this](const EndpointVisit &v) { take(v.endpoint.id); });
    }

    /// False if it was taken before.
    bool take(const std::string &id) { return m_taken.insert(id).second; }

    /// `base`, or the first of `base-2`, `base-3`, … that is free; it is taken then.
    std::string takeLike(std::string base)
    {
        if (take(base))
            return base;
        int &next = m_next.try_emplace(base, 2).first->second;
        std::string id = base + '-' + std::to_string(next);
        while (!take(id))
            id = base + '-' + std::to_string(++next);
        return id;
    }

private:
    std::unordered_set<std::string> m_taken;
    std::unordered_map<std::string, int> m_next;
};

std::string baseId(const Endpoint &endpoint)
{
    std::string id = text::slug(methodsText(endpoint) + ' ' + endpoint.path);
    return id.empty() ? "endpoint" : id;
}

/// Whether every response has an id of its own.
bool hasResponseIds(const Endpoint &endpoint)
{
    const std::vector<Response> &responses = endpoint.responses;
    constexpr std::size_t few = 8;
    if (responses.size() > few) {
        std::unordered_set<std::string_view> seen;
        return std::all_of(responses.begin(), responses.end(), [&](const Response &r) {
            return !r.id.empty() && seen.insert(r.id).second;
        });
    }
    for (auto at = responses.begin(); at != responses.end(); ++at) {
        const bool isTaken
            = std::any_of(responses.begin(), at, [&](const Response &r) { return r.id == at->id; });
        if (at->id.empty() || isTaken)
            return false;
    }
    return true;
}

void assignResponseIds(Endpoint &endpoint)
{
    TakenIds taken;
    for (Response &response : endpoint.responses) {
        if (!response.id.empty() && taken.take(response.id))
            continue;
        response.id
            = taken.takeLike(response.id.empty() ? std::to_string(response.status) : response.id);
    }
}

/// Whether assignIn would change anything.
bool needsIds(const std::vector<Item> &items, std::unordered_set<std::string_view> &seen)
{
    return std::any_of(items.begin(), items.end(), [&](const Item &item) {
        if (const Folder *folder = item.folder())
            return needsIds(folder->items, seen);
        const Endpoint &endpoint = *item.endpoint();
        return endpoint.id.empty() || !seen.insert(endpoint.id).second || !hasResponseIds(endpoint);
    });
}

/// Whether each item has the id that the one in its place had before.
bool keepsIds(const std::vector<Item> &before, const std::vector<Item> &after)
{
    return std::equal(
        before.begin(), before.end(), after.begin(), after.end(), [](const Item &a, const Item &b) {
            if (a.sharesWith(b))
                return true;
            if (a.folder() && b.folder())
                return keepsIds(a.folder()->items, b.folder()->items);
            return a.endpoint() && b.endpoint() && a.endpoint()->id == b.endpoint()->id
                   && hasResponseIds(*b.endpoint());
        });
}

void assignIn(Item &item, std::unordered_set<std::string> &seen, TakenIds &taken);

void assignIn(std::vector<Item> &items, std::unordered_set<std::string> &seen, TakenIds &taken)
{
    for (Item &item : items)
        assignIn(item, seen, taken);
}

/// Endpoints that have their ids stay shared.
void assignIn(Item &item, std::unordered_set<std::string> &seen, TakenIds &taken)
{
    if (item.folder()) {
        assignIn(item.mutableFolder()->items, seen, taken);
        return;
    }
    const Endpoint &given = *item.endpoint();
    const bool isNew = !given.id.empty() && seen.insert(given.id).second;
    const bool hasResponses = hasResponseIds(given);
    if (isNew && hasResponses)
        return;
    Endpoint &endpoint = *item.mutableEndpoint();
    if (!isNew) {
        endpoint.id = taken.takeLike(endpoint.id.empty() ? baseId(endpoint) : endpoint.id);
        seen.insert(endpoint.id);
    }
    if (!hasResponses)
        assignResponseIds(endpoint);
}

} // namespace

void forEachEndpoint(const Server &server, const std::function<void(const EndpointVisit &)> &visit)
{
    std::vector<const Folder *> folders;
    ItemPath path;
    walk(server.items, folders, path, true, visit);
}

Endpoint *findEndpoint(Server &server, std::string_view id)
{
    ItemPath way;
    return findWay(server.items, id, way) ? itemAt(server, way)->mutableEndpoint() : nullptr;
}

const Endpoint *findEndpoint(const Server &server, std::string_view id)
{
    ItemPath way;
    return findWay(server.items, id, way) ? itemAt(server, way)->endpoint() : nullptr;
}

std::vector<Item> *itemsOf(Server &server, const ItemPath &folder)
{
    std::vector<Item> *items = &server.items;
    for (const std::size_t index : folder) {
        if (index >= items->size() || !(*items)[index].folder())
            return nullptr;
        items = &(*items)[index].mutableFolder()->items;
    }
    return items;
}

Item *itemAt(Server &server, const ItemPath &path)
{
    if (path.empty())
        return nullptr;
    std::vector<Item> *items = itemsOf(server, ItemPath(path.begin(), path.end() - 1));
    return items && path.back() < items->size() ? &(*items)[path.back()] : nullptr;
}

const std::vector<Item> *itemsOf(const Server &server, const ItemPath &folder)
{
    if (folder.empty())
        return &server.items;
    const Item *item = itemAt(server, folder);
    return item && item->folder() ? &item->folder()->items : nullptr;
}

const Item *itemAt(const Server &server, const ItemPath &path)
{
    const std::vector<Item> *items = &server.items;
    const Item *item = nullptr;
    for (const std::size_t index : path) {
        if (!items || index >= items->size())
            return nullptr;
        item = &(*items)[index];
        items = item->folder() ? &item->folder()->items : nullptr;
    }
    return item;
}

bool assignIds(Server &server)
{
    std::unordered_set<std::string_view> known;
    known.reserve(server.items.size());
    bool changed = needsIds(server.items, known);
    if (changed) {
        std::unordered_set<std::string> seen;
        TakenIds taken(server);
        assignIn(server.items, seen, taken);
    }
    if (server.fallback && server.fallback->id.empty()) {
        server.fallback->id = "fallback";
        changed = true;
    }
    return changed;
}

bool assignIds(Server &server, const Server &before)
{
    const bool hasFallback = !server.fallback || !server.fallback->id.empty();
    return (!hasFallback || !keepsIds(before.items, server.items)) && assignIds(server);
}

std::string makeEndpointId(const Server &server, const Endpoint &endpoint)
{
    return TakenIds(server).takeLike(baseId(endpoint));
}

std::string methodsText(const Endpoint &endpoint)
{
    std::string out;
    for (const std::string &method : endpoint.methods)
        out += (out.empty() ? "" : ", ") + method;
    return out;
}

std::string endpointLabel(const Endpoint &endpoint)
{
    const std::string what = methodsText(endpoint) + ' ' + endpoint.path;
    return endpoint.name.empty() ? what : endpoint.name + " (" + what + ')';
}

std::string responseLabel(const Response &response)
{
    return response.name.empty() ? std::to_string(response.status) : response.name;
}

ItemPath pathOf(const Server &server, std::string_view id)
{
    ItemPath way;
    findWay(server.items, id, way);
    return way;
}

Server partOf(Server server, const ItemPath &path)
{
    std::vector<Item> *items = &server.items;
    for (const std::size_t index : path) {
        if (index >= items->size())
            break;
        Item only = (*items)[index];
        items->clear();
        items->push_back(std::move(only));
        Folder *folder = items->front().mutableFolder();
        if (!folder)
            break;
        items = &folder->items;
    }
    return server;
}

} // namespace understudy
