// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/server.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Walking and changing the document without knowing how deep its folders are.
namespace understudy {

/// Where an item stands: indices from the root of `items` downwards.
using ItemPath = std::vector<std::size_t>;

/// An endpoint as the walk meets it: in file order, with the folders around it, outermost first.
struct EndpointVisit
{
    const Endpoint &endpoint;
    const std::vector<const Folder *> &folders;
    const ItemPath &path;
    bool enabled; ///< its own flag and those of all folders
};

void forEachEndpoint(const Server &server, const std::function<void(const EndpointVisit &)> &visit);

/// The first with that id, to be changed: made this server's own where copies share it.
Endpoint *findEndpoint(Server &server, std::string_view id);
const Endpoint *findEndpoint(const Server &server, std::string_view id);

/// The item at a path, or nullptr. To change what it holds: Item::mutableEndpoint.
Item *itemAt(Server &server, const ItemPath &path);
const Item *itemAt(const Server &server, const ItemPath &path);
/// The list of the folder at `folder`, the root list for an empty path; nullptr if there is no
/// folder.
std::vector<Item> *itemsOf(Server &server, const ItemPath &folder);
const std::vector<Item> *itemsOf(const Server &server, const ItemPath &folder);

/// Where the endpoint of that id stands; empty if there is none.
ItemPath pathOf(const Server &server, std::string_view id);
/// The server with one item alone, in the folders around it; as it is for an empty path.
Server partOf(Server server, const ItemPath &path);

/// Gives every endpoint and response without an id one, made from method and path ("get-users-id")
/// or status ("200", "200-2"), unique where it must be. Ids that exist are kept; a second holder of
/// the same id gets a number. Returns true if anything was changed.
bool assignIds(Server &server);
/// The same for a copy of `before`, which has its ids, that was changed: what it shares with it is
/// not looked at.
bool assignIds(Server &server, const Server &before);

/// An id for `endpoint` that no endpoint of `server` has.
std::string makeEndpointId(const Server &server, const Endpoint &endpoint);

/// "GET /users": how lists and messages call an endpoint; its name where it has one is `label (GET
/// /users)`.
std::string endpointLabel(const Endpoint &endpoint);
/// "GET", "GET, POST", "ANY".
std::string methodsText(const Endpoint &endpoint);
/// "Found" or "200": how lists and messages call a response.
std::string responseLabel(const Response &response);

} // namespace understudy
