// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/units.h"

#include <algorithm>
#include <cstdint>

namespace understudy {

/// A token bucket (faults.md, Throttling): bytes may pass at a rate. It holds at most what passes
/// in a hundredth of a second, so that a transfer is even and takes its time from the first byte.
/// The time is an argument.
class TokenBucket
{
public:
    TokenBucket(ByteCount perSecond, SteadyTime now)
        : m_rate(std::max<std::uint64_t>(1, perSecond.value))
        , m_filled(now)
    {}

    /// How many bytes go in one piece, at most.
    std::uint64_t piece() const { return std::max<std::uint64_t>(1, m_rate / kPiecesPerSecond); }

    /// When `bytes` (at most one piece) may pass, if nothing else passes before.
    SteadyTime readyFor(std::uint64_t bytes, SteadyTime now)
    {
        fill(now);
        const double missing = static_cast<double>(bytes) - m_tokens;
        return missing <= 0 ? now : now + toTime(missing);
    }

    /// Lets bytes pass; more than there are tokens makes a debt.
    void take(std::uint64_t bytes, SteadyTime now)
    {
        fill(now);
        m_tokens -= static_cast<double>(bytes);
    }

private:
    static constexpr std::uint64_t kPiecesPerSecond = 100;

    std::chrono::steady_clock::duration toTime(double bytes) const
    {
        return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
            std::chrono::duration<double>(bytes / static_cast<double>(m_rate)));
    }

    void fill(SteadyTime now)
    {
        const std::chrono::duration<double> passed = now - m_filled;
        m_filled = now;
        // Late wake-ups are made up for: two pieces may be waiting.
        const double most = 2.0 * static_cast<double>(piece());
        m_tokens = std::min(most, m_tokens + passed.count() * static_cast<double>(m_rate));
    }

    std::uint64_t m_rate;
    SteadyTime m_filled;
    double m_tokens = 0;
};

} // namespace understudy
