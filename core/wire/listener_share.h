// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/wire_script.h"
#include "core/wire/service.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace understudy::wire {

/// What the connections of one listener have in common. Any thread.
struct ListenerShare
{
    std::shared_ptr<Service> service;
    std::atomic<bool> closing{false}; ///< no further request is read
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> handshakes{0}; ///< that are going on
    std::atomic<std::uint64_t> accepted{0};
    /// Bytes of requests that needed more than one read and are arriving or being answered.
    std::atomic<std::uint64_t> held{0};
    std::function<void()> lastGone; ///< called when `connections` falls to 0 while closing
    /// Takes the server away for so long: the refuse and blackhole faults.
    std::function<void(ServerEffect, Duration)> takeAway;
    std::function<bool()> isAway; ///< it is taken away now
};

} // namespace understudy::wire
