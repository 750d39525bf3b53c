// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/rate_limiter.h"

#include <algorithm>

namespace understudy {

namespace {
// A client that sends a new key with every request must not fill the memory.
constexpr std::size_t kMostKeys = 10'000;
constexpr Duration kSweepEvery = std::chrono::seconds(1);
} // namespace

Quota RateLimiter::take(const std::string &key, std::uint64_t limit, Duration per, Duration now)
{
    const std::lock_guard lock(m_mutex);
    if (m_windows.size() >= kMostKeys && now - m_swept >= kSweepEvery) {
        m_swept = now;
        std::erase_if(m_windows, [&](const auto &w) { return now - w.second.start >= per; });
    }
    if (m_windows.size() >= kMostKeys && !m_windows.contains(key))
        m_windows.erase(m_windows.begin());
    const auto [found, isNew] = m_windows.try_emplace(key, Window{now, 0});
    Window &window = found->second;
    if (now - window.start >= per)
        window = {now, 0};
    Quota quota;
    quota.limit = limit;
    quota.isExceeded = window.used >= limit;
    if (!quota.isExceeded)
        ++window.used;
    quota.remaining = limit - std::min(limit, window.used);
    quota.resetIn = window.start + per - now;
    return quota;
}

void RateLimiter::reset()
{
    const std::lock_guard lock(m_mutex);
    m_windows.clear();
}

} // namespace understudy
