// SPDX-License-Identifier: Apache-2.0
#include "core/wire/workers.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace understudy::wire {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kWorkers = 4; // they mostly wait

asio::awaitable<void> call(std::function<void()> work)
{
    work();
    co_return;
}

} // namespace

Workers::Workers() = default;
Workers::~Workers() { join(); }

void Workers::join()
{
    const std::lock_guard lock(m_mutex);
    if (!m_pool)
        return;
    m_pool->stop();
    m_pool->join();
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
    co_await asio::co_spawn(pool(), call(std::move(work)), asio::use_awaitable);
}

} // namespace understudy::wire
