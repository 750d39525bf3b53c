// SPDX-License-Identifier: Apache-2.0
#include "core/model/edit.h"

#include "core/base/text.h"

#include <set>

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

Endpoint *findIn(std::vector<Item> &items, std::string_view id)
{
    for (Item &item : items) {
        if (Endpoint *endpoint = item.endpoint()) {
            if (endpoint->id == id)
                return endpoint;
        } else if (Endpoint *found = findIn(item.folder()->items, id)) {
            return found;
        }
    }
    return nullptr;
}

std::string uniqueId(std::string base, const std::set<std::string, std::less<>> &taken)
{
    if (!taken.contains(base))
        return base;
    for (int n = 2;; ++n) {
        std::string candidate = base + '-' + std::to_string(n);
        if (!taken.contains(candidate))
            return candidate;
    }
}

std::string baseId(const Endpoint &endpoint)
{
    std::string id = text::slug(methodsText(endpoint) + ' ' + endpoint.path);
    return id.empty() ? "endpoint" : id;
}

bool assignResponseIds(Endpoint &endpoint)
{
    bool changed = false;
    std::set<std::string, std::less<>> taken;
    for (Response &response : endpoint.responses) {
        if (!response.id.empty() && taken.insert(response.id).second)
            continue;
        response.id
            = uniqueId(response.id.empty() ? std::to_string(response.status) : response.id, taken);
        taken.insert(response.id);
        changed = true;
    }
    return changed;
}

void collectIds(const Server &server, std::set<std::string, std::less<>> &ids)
{
    forEachEndpoint(server, [&](const EndpointVisit &v) { ids.insert(v.endpoint.id); });
}

bool assignIn(std::vector<Item> &items, std::set<std::string, std::less<>> &seen,
              std::set<std::string, std::less<>> &taken)
{
    bool changed = false;
    for (Item &item : items) {
        if (Folder *folder = item.folder()) {
            changed |= assignIn(folder->items, seen, taken);
            continue;
        }
        Endpoint &endpoint = *item.endpoint();
        if (endpoint.id.empty() || !seen.insert(endpoint.id).second) {
            endpoint.id = uniqueId(endpoint.id.empty() ? baseId(endpoint) : endpoint.id, taken);
            seen.insert(endpoint.id);
            taken.insert(endpoint.id);
            changed = true;
        }
        changed |= assignResponseIds(endpoint);
    }
    return changed;
}

} // namespace

void forEachEndpoint(const Server &server, const std::function<void(const EndpointVisit &)> &visit)
{
    std::vector<const Folder *> folders;
    ItemPath path;
    walk(server.items, folders, path, true, visit);
}

Endpoint *findEndpoint(Server &server, std::string_view id) { return findIn(server.items, id); }

const Endpoint *findEndpoint(const Server &server, std::string_view id)
{
    return findIn(const_cast<Server &>(server).items, id);
}

std::vector<Item> *itemsOf(Server &server, const ItemPath &folder)
{
    std::vector<Item> *items = &server.items;
    for (const std::size_t index : folder) {
        if (index >= items->size() || !(*items)[index].folder())
            return nullptr;
        items = &(*items)[index].folder()->items;
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

const Item *itemAt(const Server &server, const ItemPath &path)
{
    return itemAt(const_cast<Server &>(server), path);
}

bool assignIds(Server &server)
{
    std::set<std::string, std::less<>> seen;
    std::set<std::string, std::less<>> taken;
    collectIds(server, taken);
    bool changed = assignIn(server.items, seen, taken);
    if (server.fallback && server.fallback->id.empty()) {
        server.fallback->id = "fallback";
        changed = true;
    }
    return changed;
}

std::string makeEndpointId(const Server &server, const Endpoint &endpoint)
{
    std::set<std::string, std::less<>> taken;
    collectIds(server, taken);
    return uniqueId(baseId(endpoint), taken);
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

} // namespace understudy
