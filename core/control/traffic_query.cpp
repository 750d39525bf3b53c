// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/traffic_query.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace understudy::control {
namespace {

constexpr std::size_t mostEntries = 1000;
constexpr std::size_t mostRowsRead = 10'000;

std::optional<std::uint64_t> parseNumber(const std::string &written)
{
    std::uint64_t number = 0;
    const char *end = written.data() + written.size();
    const auto [stopped, problem] = std::from_chars(written.data(), end, number);
    return problem == std::errc{} && stopped == end ? std::optional(number) : std::nullopt;
}

} // namespace

Result<TrafficQuery>
parseTrafficQuery(const std::vector<std::pair<std::string, std::string>> &query)
{
    TrafficQuery parsed;
    for (const auto &[name, value] : query) {
        if (name == "filter") {
            auto filter = TrafficFilter::parse(value);
            if (!filter) {
                Error error = filter.error();
                error.where.column = std::max(1, error.where.column);
                return error;
            }
            parsed.filter = std::move(*filter);
        } else if (name == "cursor") {
            const auto number = parseNumber(value);
            if (!number)
                return Error{ErrorCode::Invalid, "cursor takes a whole number", {}};
            parsed.cursor = *number;
        } else if (name == "limit") {
            const auto number = parseNumber(value);
            if (!number || *number < 1 || *number > mostEntries) {
                return Error{ErrorCode::Invalid,
                             "limit takes a number from 1 to " + std::to_string(mostEntries),
                             {}};
            }
            parsed.limit = static_cast<std::size_t>(*number);
        } else {
            return Error{ErrorCode::Invalid,
                         "unknown parameter \"" + name + "\"; known are cursor, limit, filter",
                         {}};
        }
    }
    return parsed;
}

TrafficPage readTraffic(const Journal &journal, const TrafficQuery &query, WallTime now)
{
    TrafficPage page;
    // Behind the newest there is nothing yet; the journal would take it for another journal's.
    page.cursor = std::min(query.cursor, journal.newest());
    FilterContext context;
    context.now = now;
    std::size_t rowsRead = 0;
    while (page.entries.size() < query.limit && rowsRead < mostRowsRead) {
        const JournalPage rows = journal.readSince(page.cursor, mostEntries);
        page.missed += rows.missed;
        if (rows.entries.empty()) {
            page.cursor = std::max(page.cursor, rows.cursor);
            break;
        }
        for (const JournalEntry &entry : rows.entries) {
            page.cursor = entry.sequence;
            ++rowsRead;
            if (query.filter.matches(entry, context))
                page.entries.push_back(entry);
            if (page.entries.size() == query.limit)
                break;
        }
    }
    page.newest = journal.newest();
    return page;
}

} // namespace understudy::control
