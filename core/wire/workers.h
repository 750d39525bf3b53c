// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <mutex>

namespace boost::asio {
class thread_pool;
}

namespace understudy::wire {

/// Threads for what takes longer than an I/O thread may be kept from its other connections: answers
/// that run scripts. Made when they are first needed. Only core/wire includes this header.
class Workers
{
public:
    Workers();
    ~Workers();
    Workers(const Workers &) = delete;
    Workers &operator=(const Workers &) = delete;

    /// Waits for what runs; what has not begun is dropped. To be called when the I/O threads have
    /// ended, and before their contexts go.
    void end();

    /// Calls `work` on one of the threads; the coroutine goes on on its own. What `work` refers to
    /// has to live in the coroutine's frame, which stays where it is meanwhile.
    boost::asio::awaitable<void> run(std::function<void()> work);

private:
    boost::asio::thread_pool &pool();

    std::mutex m_mutex;
    std::unique_ptr<boost::asio::thread_pool> m_pool;
};

} // namespace understudy::wire
