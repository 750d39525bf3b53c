// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockoon/repair.h"

#include <boost/json/object.hpp>

#include <vector>

namespace understudy::formats::mockoon {

/// A route, or a folder with its entries, in the order in which Mockoon shows and tries them.
struct TreeEntry
{
    const boost::json::object *route = nullptr;
    const boost::json::object *folder = nullptr;
    std::vector<TreeEntry> children;
};

/// The tree under `rootChildren` with Mockoon's repairs: unknown and second references are dropped,
/// what nobody refers to comes last, folders before routes. Older files have no tree: their routes
/// in the order of the list. The pointers lead into the environment.
std::vector<TreeEntry> buildTree(const ObjectReader &environment, Notes &notes);

} // namespace understudy::formats::mockoon
