// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/behaviour/wire_script.h"

#include <algorithm>
#include <cstdint>

namespace understudy {

/// Cuts bytes into slices: each goes out after its pause, and the pauses are counted from the
/// first, so that late timers do not add up.
class Slicer
{
public:
    /// `begin`: when the pause of the first slice begins.
    Slicer(Slices slices, std::uint64_t total, SteadyTime begin)
        : m_slices(slices)
        , m_left(total)
        , m_due(begin)
    {}

    /// When the next slice may go.
    SteadyTime due() const { return m_slices.size > 0 ? m_due + m_slices.pause : m_due; }
    /// The size of the next slice, which goes now.
    std::uint64_t take()
    {
        m_due = due();
        ++m_number;
        const bool isLast
            = m_slices.size == 0 || (m_slices.pieces > 0 && m_number >= m_slices.pieces);
        const std::uint64_t size = isLast ? m_left : std::min(m_slices.size, m_left);
        m_left -= size;
        return size;
    }

private:
    Slices m_slices;
    std::uint64_t m_left;
    std::uint64_t m_number = 0;
    SteadyTime m_due;
};

} // namespace understudy
