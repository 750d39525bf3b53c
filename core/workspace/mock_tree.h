// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Canonical trees of mock files (native::writeTree), whose endpoints, responses and folders have
/// what tells them from their siblings in `text`: looked at and changed.
namespace understudy::workspace::mock_tree {

using formats::yaml::Node;

/// A response in its list.
struct Place
{
    Node *list = nullptr; ///< null: it is not there
    std::size_t index = 0;

    Node &node() const { return list->items[index]; }
};

/// Each endpoint, in file order.
void forEachEndpoint(const Node &server, const std::function<void(const Node &)> &visit);
void forEachEndpoint(Node &server, const std::function<void(Node &)> &visit);

/// In a list of responses.
Place placeIn(Node &list, std::string_view id);
const Node *responseIn(const Node &endpoint, std::string_view id);
/// The list of an endpoint's responses; null if it has none.
Node *responsesIn(Node &endpoint);

/// The value of a key, made an empty list where it is not there.
Node &listOf(Node &map, std::string_view key);
void setKey(Node &map, std::string_view key, const Node &value);
void eraseKey(Node &map, std::string_view key);

/// Puts an item of `theirs` into a list of the same kind: behind the nearest one before it that
/// stands in both, or before the nearest one behind it, or last.
void insertAsIn(Node &list, const Node &theirs, std::size_t index);
/// Takes out endpoints, and the folders that nothing is left in then and that say nothing else.
void eraseEndpoints(Node &server, const std::set<std::string_view> &ids);

/// Where the endpoints of a server stand, to be taken over into another. The server must outlive it
/// and stay as it is.
class Index
{
public:
    explicit Index(const Node &server);

    const Node &server() const { return m_server; }
    /// One that is there.
    const Node &endpoint(std::string_view id) const;
    /// Puts an endpoint of the server into `other`, in the folders that it has here, which are made
    /// where they are missing.
    void insertInto(Node &other, std::string_view id) const;

private:
    using Path = std::vector<std::size_t>;
    void collect(const Node &map, const Path &above);

    const Node &m_server;
    std::unordered_map<std::string_view, Path> m_paths;
};

} // namespace understudy::workspace::mock_tree
