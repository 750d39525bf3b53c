// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/rate_limiter.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace understudy {

/// What the faults of one scope remember from request to request. Shared by all snapshots of a
/// server, so that an edit does not start the count again. Any thread.
class ScopeState
{
public:
    /// The number, from 1, of the request that asks.
    std::uint64_t next() { return m_requests.fetch_add(1, std::memory_order_relaxed) + 1; }

    /// The quota of the rate-limit fault at that place of the scope's list.
    std::shared_ptr<RateLimiter> limiter(std::size_t index)
    {
        const std::lock_guard lock(m_mutex);
        auto &found = m_limiters[index];
        if (!found)
            found = std::make_shared<RateLimiter>();
        return found;
    }

    void reset()
    {
        m_requests = 0;
        const std::lock_guard lock(m_mutex);
        for (const auto &[index, limiter] : m_limiters)
            limiter->reset();
    }

private:
    std::atomic<std::uint64_t> m_requests{0};
    std::mutex m_mutex;
    std::map<std::size_t, std::shared_ptr<RateLimiter>> m_limiters;
};

} // namespace understudy
