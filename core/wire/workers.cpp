// SPDX-License-Identifier: Apache-2.0
#include "core/wire/workers.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace understudy::wire {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kWorkers = 4; // they mostly wait

} // namespace

Workers::Workers() = default;
Workers::~Workers() { end(); }

void Workers::end()
{
    const std::lock_guard lock(m_mutex);
    if (!m_pool)
        return;
    m_pool->stop();
    m_pool->join();
    m_pool.reset(); // and with it the coroutines that still waited for their turn
}

asio::thread_pool &Workers::pool()
{
    const std::lock_guard lock(m_mutex);
    if (!m_pool)
        m_pool = std::make_unique<asio::thread_pool>(kWorkers);
    return *m_pool;
}

asio::awaitable<void> Workers::run(std::function<void()> work)
{
    // The I/O thread's context knows nothing of the pool, so that either may go with what it holds.
    auto initiate = [this, &work](auto handler) {
        asio::post(pool(), [work = std::move(work), handler = std::move(handler)]() mutable {
            work();
            const auto home = asio::get_associated_executor(handler);
            asio::post(home, std::move(handler));
        });
    };
    co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(initiate,
                                                                         asio::use_awaitable);
}

} // namespace understudy::wire
