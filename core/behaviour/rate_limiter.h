// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace understudy {

/// What is left of a quota after a request has been counted.
struct Quota
{
    bool isExceeded = false; ///< this request is over the limit
    std::uint64_t limit = 0;
    std::uint64_t remaining = 0;
    Duration resetIn{}; ///< until the window of this key ends
};

/// Counts requests by key in fixed windows; the window of a key begins with its first request after
/// the last one ended. Any thread; exact under parallel requests.
class RateLimiter
{
public:
    Quota take(const std::string &key, std::uint64_t limit, Duration per, Duration now);
    void reset();

private:
    struct Window
    {
        Duration start{};
        std::uint64_t used = 0;
    };

    std::mutex m_mutex;
    std::unordered_map<std::string, Window> m_windows;
    Duration m_swept = Duration::min() / 2;
};

} // namespace understudy
