// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/endpoint_order.h"
#include "core/formats/mockoon/responses.h"
#include "core/formats/mockoon/tree.h"

#include <boost/json/array.hpp>

#include <vector>

namespace understudy::formats::mockoon {

/// The routes of an environment as endpoints in folders.
struct TranslatedRoutes
{
    std::vector<Item> items;
    boost::json::array webSockets; ///< ws routes as they stand in the file; there is no counterpart
};

/// `base` is the server's base path. `prefix` is the endpointPrefix as it stands in the file: part
/// of what rules on the path see, and put before every path where it is no plain text (then `base`
/// is empty).
TranslatedRoutes translateRoutes(const std::vector<TreeEntry> &tree, const std::string &base,
                                 const std::string &prefix, Buckets &buckets,
                                 const EnvironmentScope &environment, Notes &notes);

} // namespace understudy::formats::mockoon
