// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Canonical trees of mock files (native::writeTree), whose endpoints, responses and folders have
/// what tells them from their siblings in `text`: looked at and changed.
namespace understudy::workspace::mock_tree {

using formats::yaml::Node;

/// An endpoint, or a response in its list.
struct Place
{
    Node *list = nullptr; ///< null: it is not there
    std::size_t index = 0;

    Node &node() const { return list->items[index]; }
};

/// Each endpoint, in file order.
void forEachEndpoint(const Node &server, const std::function<void(const Node &)> &visit);

Place placeOf(Node &server, std::string_view endpointId);
/// The same, to be looked at; null if it is not there.
const Node *endpointIn(const Node &server, std::string_view endpointId);
/// In a list of responses.
Place placeIn(Node &list, std::string_view id);
const Node *responseIn(const Node &endpoint, std::string_view id);

/// The value of a key, made an empty list where it is not there.
Node &listOf(Node &map, std::string_view key);
void setKey(Node &map, std::string_view key, const Node &value);
void eraseKey(Node &map, std::string_view key);

/// Puts an item of `theirs` into a list of the same kind: behind the nearest one before it that
/// stands in both, or before the nearest one behind it, or last.
void insertAsIn(Node &list, const Node &theirs, std::size_t index);
/// Puts an endpoint of `theirs`, a whole server, into the folders that it has there, which are made
/// where they are missing.
void insertEndpoint(Node &server, const Node &theirs, std::string_view endpointId);
/// Takes out an endpoint, and the folders that it was the last one in.
void eraseEndpoint(Node &server, std::string_view endpointId);

} // namespace understudy::workspace::mock_tree
