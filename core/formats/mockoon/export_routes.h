// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockoon/buckets.h"
#include "core/formats/mockoon/export_answer.h"

#include <vector>

namespace understudy::formats::mockoon {

/// The endpoints of a server as routes, with the tree they stand in.
struct ExportedRoutes
{
    JsonArray routes;
    JsonArray folders;
    JsonArray rootChildren;
};

/// `written`: the buckets as the environment has them. Routes stand in the order in which our
/// endpoints answer wherever two of them may answer the same request; where folders are in the way
/// of that, there are none, which is noted.
ExportedRoutes exportRoutes(ExportScope &scope, const Buckets &written);

} // namespace understudy::formats::mockoon
