// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/journal.h"

#include "core/traffic/injected_latency.h"

#include <algorithm>

namespace understudy {

namespace {

// The newest rows keep their bodies whatever happens: they are the ones somebody is looking at.
constexpr std::uint64_t kRowsThatKeepBodies = 256;

// Addresses of endpoint ids that are remembered; recompiling a server makes new ones.
constexpr std::size_t kKnownAddresses = 65'536;

// New limits take effect in steps of this size: who appends meanwhile waits for one at most.
constexpr std::size_t kStepBytes = 8u << 20;
constexpr std::size_t kStepRows = 4096;

/// A copy that shares everything but the bodies.
std::shared_ptr<const Exchange> withoutBodies(const Exchange &exchange)
{
    auto copy = std::make_shared<Exchange>(exchange);
    for (CapturedBody *body : {&copy->requestBody, &copy->responseBody}) {
        if (body->content && !body->isShared) {
            body->content.reset();
            body->dropped = true;
        }
    }
    return copy;
}

void countBehaviour(const Exchange &exchange, JournalCounters &counters)
{
    if (!exchange.behaviour)
        return;
    if (exchange.behaviour->fault)
        ++counters.faults[exchange.behaviour->fault->kind];
    if (const Duration latency = injectedLatency(exchange); latency.count() > 0) {
        ++counters.delayed;
        counters.injectedLatency += latency;
    }
}

bool ownsBody(const Exchange &exchange)
{
    return (exchange.requestBody.content && !exchange.requestBody.isShared
            && exchange.requestBody.size > 0)
           || (exchange.responseBody.content && !exchange.responseBody.isShared
               && exchange.responseBody.size > 0);
}

} // namespace

Journal::Journal(JournalLimits limits)
    : m_limits(limits)
{}

std::uint64_t *Journal::hitCounter(const Exchange &exchange)
{
    if (!exchange.endpointId || !exchange.serverId)
        return nullptr;
    if (const auto known = m_hitByAddress.find(exchange.endpointId); known != m_hitByAddress.end())
        return known->second;
    if (m_hitByAddress.size() >= kKnownAddresses)
        m_hitByAddress.clear();
    std::uint64_t *counter = &m_hits[{*exchange.serverId, *exchange.endpointId}];
    m_hitByAddress.emplace(exchange.endpointId, counter);
    return counter;
}

std::uint64_t Journal::append(std::shared_ptr<const Exchange> exchange)
{
    const std::size_t size = exchange->memorySize();
    std::vector<std::shared_ptr<const Exchange>> gone; // destroyed after the lock is released
    const std::lock_guard lock(m_mutex);
    ++m_counters.appended;
    // What others answered to callbacks is none of our statuses.
    const int statusClass = exchange->match == MatchKind::Callback ? 0 : exchange->status / 100;
    ++m_counters.byStatusClass[statusClass >= 1 && statusClass <= 5
                                   ? static_cast<std::size_t>(statusClass)
                                   : 0];
    if (exchange->match == MatchKind::NoEndpoint || exchange->match == MatchKind::NoRule)
        ++m_counters.unmatched;
    countBehaviour(*exchange, m_counters);
    if (std::uint64_t *counter = hitCounter(*exchange))
        ++*counter;
    m_entries.push_back(std::move(exchange));
    m_bytes += size;
    makeRoom(gone);
    return m_counters.appended;
}

bool Journal::dropOldestBody()
{
    const std::uint64_t end = m_firstSequence + m_entries.size();
    m_firstWithBody = std::max(m_firstWithBody, m_firstSequence);
    for (; m_firstWithBody + kRowsThatKeepBodies < end; ++m_firstWithBody) {
        auto &entry = m_entries[m_firstWithBody - m_firstSequence];
        if (!ownsBody(*entry))
            continue;
        m_bytes -= entry->memorySize();
        entry = withoutBodies(*entry);
        m_bytes += entry->memorySize();
        ++m_counters.bodiesDropped;
        return true;
    }
    return false;
}

void Journal::makeRoom(std::vector<std::shared_ptr<const Exchange>> &gone)
{
    while (m_bytes > m_limits.bytes && dropOldestBody()) {
    }
    while (!m_entries.empty() && (m_bytes > m_limits.bytes || m_entries.size() > m_limits.count)) {
        m_bytes -= m_entries.front()->memorySize();
        gone.push_back(std::move(m_entries.front()));
        m_entries.pop_front();
        ++m_firstSequence;
        ++m_counters.evicted;
    }
}

JournalPage Journal::readSince(std::uint64_t cursor, std::size_t limit) const
{
    JournalPage page;
    const std::lock_guard lock(m_mutex);
    std::uint64_t next = cursor == UINT64_MAX ? cursor : cursor + 1;
    if (next < m_firstSequence) {
        page.missed = m_firstSequence - next;
        next = m_firstSequence;
    }
    const std::uint64_t end = m_firstSequence + m_entries.size();
    if (next < end)
        page.entries.reserve(std::min<std::uint64_t>(limit, end - next));
    for (; next < end && page.entries.size() < limit; ++next)
        page.entries.push_back({next, m_entries[next - m_firstSequence]});
    page.cursor = next - 1;
    return page;
}

JournalEntry Journal::at(std::uint64_t sequence) const
{
    const std::lock_guard lock(m_mutex);
    if (sequence < m_firstSequence || sequence >= m_firstSequence + m_entries.size())
        return {sequence, nullptr};
    return {sequence, m_entries[sequence - m_firstSequence]};
}

std::uint64_t Journal::newest() const
{
    const std::lock_guard lock(m_mutex);
    return m_firstSequence + m_entries.size() - 1;
}

JournalCounters Journal::counters() const
{
    const std::lock_guard lock(m_mutex);
    JournalCounters counters = m_counters;
    counters.rows = m_entries.size();
    counters.bytes = m_bytes;
    counters.bytesLimit = m_limits.bytes;
    return counters;
}

std::uint64_t Journal::hits(const std::string &serverId, const std::string &endpointId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_hits.find({serverId, endpointId});
    return found == m_hits.end() ? 0 : found->second;
}

JournalLimits Journal::limits() const
{
    const std::lock_guard lock(m_mutex);
    return m_limits;
}

void Journal::setLimits(JournalLimits limits)
{
    for (bool isDone = false; !isDone;) {
        std::vector<std::shared_ptr<const Exchange>> gone; // destroyed after the lock is released
        const std::lock_guard lock(m_mutex);
        m_limits.bodyBytes = limits.bodyBytes;
        m_limits.bytes = std::max(limits.bytes, m_bytes - std::min(m_bytes, kStepBytes));
        m_limits.count
            = std::max(limits.count, m_entries.size() - std::min(m_entries.size(), kStepRows));
        isDone = m_limits.bytes == limits.bytes && m_limits.count == limits.count;
        makeRoom(gone);
    }
}

void Journal::clear()
{
    std::deque<std::shared_ptr<const Exchange>> gone;
    const std::lock_guard lock(m_mutex);
    m_firstSequence += m_entries.size();
    m_firstWithBody = m_firstSequence;
    gone.swap(m_entries);
    m_bytes = 0;
}

} // namespace understudy
