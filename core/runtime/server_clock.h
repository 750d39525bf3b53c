// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <atomic>
#include <cstdint>
#include <limits>

namespace understudy {

/// The time that a server goes by: `now` in templates, dates in rules, the Date header. The real
/// one unless somebody sets it; it runs on from there, or stands still. Any thread; who changes it
/// from several at once gets one of the results.
class ServerClock
{
public:
    WallTime shown(WallTime real) const
    {
        const std::int64_t frozen = m_frozen.load(std::memory_order_relaxed);
        return frozen == kRuns ? real + WallTime::duration(m_offset.load(std::memory_order_relaxed))
                               : WallTime(WallTime::duration(frozen));
    }
    bool isReal() const { return !isFrozen() && m_offset.load(std::memory_order_relaxed) == 0; }
    bool isFrozen() const { return m_frozen.load(std::memory_order_relaxed) != kRuns; }

    /// From `real` on it shows `time`, and runs on from there.
    void set(WallTime time, WallTime real)
    {
        m_offset = (time - real).count();
        m_frozen = kRuns;
    }
    /// It stands at `time`.
    void freeze(WallTime time)
    {
        m_frozen = time.time_since_epoch().count();
        m_offset = 0;
    }
    /// By so much, forwards or back, whether it runs or not.
    void advance(WallTime::duration by)
    {
        if (isFrozen())
            m_frozen += by.count();
        else
            m_offset += by.count();
    }
    /// Back to the real time.
    void reset()
    {
        m_frozen = kRuns;
        m_offset = 0;
    }

private:
    static constexpr std::int64_t kRuns = std::numeric_limits<std::int64_t>::min();

    // In WallTime's own units.
    std::atomic<std::int64_t> m_offset{0};
    std::atomic<std::int64_t> m_frozen{kRuns};
};

} // namespace understudy
