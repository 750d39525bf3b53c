// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace understudy {

using Duration = std::chrono::microseconds;
using SteadyTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;

inline Duration since(SteadyTime start, SteadyTime now)
{
    return std::chrono::duration_cast<Duration>(now - start);
}

/// The time as the library sees it. Tests turn a ManualClock by hand; any thread may ask.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual SteadyTime now() const = 0;
    virtual WallTime wallNow() const = 0;
};

class SystemClock final : public Clock
{
public:
    SteadyTime now() const override { return std::chrono::steady_clock::now(); }
    WallTime wallNow() const override { return std::chrono::system_clock::now(); }
};

class ManualClock final : public Clock
{
public:
    SteadyTime now() const override { return m_now; }
    WallTime wallNow() const override { return m_wall; }
    void advance(Duration by)
    {
        m_now += by;
        m_wall += by;
    }
    void setWall(WallTime wall) { m_wall = wall; }

private:
    SteadyTime m_now{};
    WallTime m_wall{};
};

} // namespace understudy
