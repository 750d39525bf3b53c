// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/traffic/journal.h"

#include <memory>
#include <string>
#include <string_view>

namespace understudy {

/// What the filter needs to know beside the exchange: marks a user set, and the time for `since:`.
struct FilterContext
{
    WallTime now{};
    bool pinned = false;
    std::string_view mark;
};

/// The filter language of the traffic table (ux.md, 3.7), parsed once and asked often. A value; immutable; any thread.
///
///     auto filter = TrafficFilter::parse("status:5xx -path:/health");
///     if (filter && filter->matches(entry, {.now = clock.wallNow()})) ...
class TrafficFilter
{
public:
    /// An empty filter; everything matches.
    TrafficFilter();

    /// Errors: Syntax with `where.column` (from 1, in bytes) and a message that says what was expected; code Cancelled
    /// stands for a text that is only unfinished ("status:", "(a"), so that a line edit can tell the two apart.
    static Result<TrafficFilter> parse(std::string_view text);

    bool matches(const JournalEntry &entry, const FilterContext &context = {}) const;
    bool isEmpty() const;
    /// Whether it looks into bodies, which is slow and wants a progress display.
    bool readsBodies() const;

    struct Node;

private:
    std::shared_ptr<const Node> m_root;
};

} // namespace understudy
