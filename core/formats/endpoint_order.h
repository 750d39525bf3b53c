// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/path_pattern.h"
#include "core/model/server.h"

#include <vector>

namespace understudy::formats {

/// An endpoint as the order sees it. `shapes`: the requests it can answer.
struct OrderedEndpoint
{
    std::vector<PathPattern> shapes;
    std::vector<std::string> methods;
    int priority = Endpoint{}.priority;
};

/// Whether some path fits both patterns; true in case of doubt. Letter case and a slash at the end
/// do not count.
bool canOverlap(const PathPattern &a, const PathPattern &b);

/// Other tools try their endpoints in the order in which they stand, we try exact paths before
/// parameters before wildcards before regular expressions (format.md, Selection). Gives a priority
/// to those endpoints, and only those, that our order would put behind one that comes later in the
/// tree and can answer the same request. `endpoints` is in the order of the other tool.
void keepOrder(std::vector<OrderedEndpoint> &endpoints);

} // namespace understudy::formats
