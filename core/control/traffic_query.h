// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/traffic/filter.h"
#include "core/traffic/journal.h"

#include <string>
#include <utility>
#include <vector>

namespace understudy::control {

/// The query of GET /v1/traffic.
struct TrafficQuery
{
    std::uint64_t cursor = 0;
    std::size_t limit = 100; ///< 1 to 1000
    TrafficFilter filter;
};

/// Entries that pass, and where to go on. More may follow as long as `cursor` is below `newest`.
struct TrafficPage
{
    std::vector<JournalEntry> entries;
    std::uint64_t cursor = 0;
    std::uint64_t newest = 0;
    std::uint64_t missed = 0; ///< rows that were gone before they were read
};

/// Errors: Syntax with `where.column` for the filter; Invalid for an unknown or impossible
/// parameter.
Result<TrafficQuery>
parseTrafficQuery(const std::vector<std::pair<std::string, std::string>> &query);

/// Looks at a bounded number of rows, so that a filter that nothing passes does not hold the thread
/// up: a page may be short or empty although more rows follow.
TrafficPage readTraffic(const Journal &journal, const TrafficQuery &query, WallTime now);

} // namespace understudy::control
