// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/outbound_request.h"
#include "core/traffic/exchange.h"
#include "core/wire/io_pool.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace understudy::wire {

/// Sends the callbacks of one server and records each try as an exchange of its own. Servers with
/// certificates that nobody vouches for are talked to on loopback addresses only. Any thread.
class CallbackSender
{
public:
    struct Options
    {
        std::shared_ptr<const std::string> serverId;
        std::shared_ptr<const std::string> serverName;
        std::size_t captureLimit = 0;
        /// Takes a finished exchange over; called on I/O threads.
        std::function<void(std::shared_ptr<const Exchange>)> record;
    };

    /// The pool must outlive it.
    CallbackSender(IoPool &pool, Options options);
    ~CallbackSender();
    CallbackSender(const CallbackSender &) = delete;
    CallbackSender &operator=(const CallbackSender &) = delete;

    /// More than so many that wait or are under way, or so many bytes, are refused, and that is
    /// recorded.
    static constexpr std::size_t kMaxWaiting = 1000;
    static constexpr std::size_t kMaxBytes = 64U << 20U;

    void send(std::vector<OutboundRequest> requests, std::uint64_t cause);
    /// Ends what is under way, and takes no more; nothing of it is recorded. To be called before
    /// the pool ends.
    void stop();

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace understudy::wire
