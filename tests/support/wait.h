// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <thread>

namespace understudy::test {

/// Looks every millisecond whether a condition holds; false if it still does not after `longest`.
template<class Condition>
[[nodiscard]] bool waitFor(Condition condition,
                           std::chrono::milliseconds longest = std::chrono::seconds(10))
{
    const auto end = std::chrono::steady_clock::now() + longest;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

} // namespace understudy::test
