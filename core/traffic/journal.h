// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/traffic/exchange.h"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace understudy {

/// The bounds of a journal. Bodies larger than `bodyBytes` keep only their beginning.
struct JournalLimits
{
    std::size_t bytes = 64u << 20;
    std::size_t count = 1'000'000;
    std::size_t bodyBytes = 8u << 20;
};

/// An exchange with its place in the journal.
struct JournalEntry
{
    std::uint64_t sequence = 0; ///< from 1, without gaps, never used again
    std::shared_ptr<const Exchange> exchange;
};

/// What a reader gets: entries in order, where to go on, and how many it came too late for.
struct JournalPage
{
    std::vector<JournalEntry> entries;
    std::uint64_t cursor = 0; ///< pass it to the next readSince
    std::uint64_t missed
        = 0; ///< entries between the old cursor and the first one held that are gone
};

/// Numbers that stay exact whatever is dropped.
struct JournalCounters
{
    std::uint64_t appended = 0;
    std::uint64_t evicted = 0;                    ///< whole rows that went
    std::uint64_t bodiesDropped = 0;              ///< bodies taken from rows that stayed
    std::uint64_t unmatched = 0;                  ///< NoEndpoint and NoRule
    std::array<std::uint64_t, 6> byStatusClass{}; ///< [1] = 1xx … [5] = 5xx, [0] = everything else
    std::map<FaultKind, std::uint64_t> faults;    ///< that happened on purpose
    std::uint64_t delayed = 0;                    ///< exchanges with a latency on purpose
    Duration injectedLatency{};                   ///< of all of them together
    std::size_t rows = 0;                         ///< held now
    std::size_t bytes = 0;                        ///< held now, as the budget counts
    std::size_t bytesLimit = 0;
};

/// Bounded record of what the servers did. The I/O threads append, everybody reads; every member
/// function may be called from any thread and none waits for a reader. Under pressure bodies go
/// first, oldest first, then whole rows.
class Journal
{
public:
    explicit Journal(JournalLimits limits = {});

    /// Takes the exchange over. Returns its sequence number.
    std::uint64_t append(std::shared_ptr<const Exchange> exchange);

    /// At most `limit` entries behind `cursor` (0 = from the oldest held).
    JournalPage readSince(std::uint64_t cursor, std::size_t limit) const;

    /// One entry, or a null exchange if it is no longer held.
    JournalEntry at(std::uint64_t sequence) const;

    /// Sequence of the newest entry; 0 if there never was one.
    std::uint64_t newest() const;

    JournalCounters counters() const;
    /// Requests an endpoint of a server has answered since the journal was made: exact, never
    /// dropped.
    std::uint64_t hits(const std::string &serverId, const std::string &endpointId) const;

    JournalLimits limits() const;
    /// Takes effect before it returns. What has to go for it is counted like all losses; servers go
    /// on meanwhile. `bodyBytes` is taken by servers that are made from then on.
    void setLimits(JournalLimits limits);

    /// Forgets all rows; sequence numbers and counters go on.
    void clear();

private:
    struct Key
    {
        std::string server;
        std::string endpoint;
        auto operator<=>(const Key &) const = default;
    };

    std::uint64_t *hitCounter(const Exchange &exchange);
    bool dropOldestBody();
    void makeRoom(std::vector<std::shared_ptr<const Exchange>> &gone);

    mutable std::mutex m_mutex;
    JournalLimits m_limits;
    std::deque<std::shared_ptr<const Exchange>> m_entries;
    std::uint64_t m_firstSequence = 1; ///< of m_entries.front()
    std::uint64_t m_firstWithBody = 1; ///< everything before has already lost its bodies
    std::size_t m_bytes = 0;
    JournalCounters m_counters;
    std::map<Key, std::uint64_t> m_hits;
    // An endpoint's id is one shared text per compiled server: its address finds the counter
    // without comparing texts.
    std::unordered_map<std::shared_ptr<const std::string>, std::uint64_t *> m_hitByAddress;
};

} // namespace understudy
