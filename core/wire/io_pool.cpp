// SPDX-License-Identifier: Apache-2.0
#include "core/wire/io_pool.h"

#include "core/http/date.h"
#include "core/wire/connection.h"
#include "core/wire/io_thread.h"
#include "core/wire/workers.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <vector>

namespace understudy::wire {

namespace {

using namespace std::chrono_literals;

constexpr auto kFinestSweep = 10ms;
constexpr auto kCoarsestSweep = 1s;

} // namespace

IoThread::IoThread(Workers &workers)
    : m_workers(workers)
    , m_work(boost::asio::make_work_guard(m_context))
    , m_sweepTimer(m_context)
    , m_thread([this] {
        // Signals are the program's business; they are taken on the thread that waits for them.
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, nullptr);
        m_context.run();
    })
{}

IoThread::~IoThread() { join(); }

void IoThread::join()
{
    if (!m_thread.joinable())
        return;
    m_work.reset();
    m_context.stop();
    m_thread.join();
}

std::string_view IoThread::dateLine()
{
    const auto now = std::chrono::system_clock::now();
    const auto second = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
    if (second != m_dateSecond) {
        m_dateSecond = second;
        m_dateLine = "Date: " + http::formatDate(now) + "\r\n";
    }
    return m_dateLine;
}

void IoThread::add(Connection *connection, std::chrono::microseconds granularity)
{
    m_connections.insert(connection);
    const auto wanted
        = std::clamp<std::chrono::microseconds>(granularity, kFinestSweep, kCoarsestSweep);
    if (m_sweeping && wanted >= m_sweepEvery)
        return;
    m_sweepEvery = m_sweeping ? std::min(m_sweepEvery, wanted) : wanted;
    m_sweeping = true;
    m_sweepTimer.cancel();
    scheduleSweep();
}

void IoThread::remove(Connection *connection) { m_connections.erase(connection); }

void IoThread::scheduleSweep()
{
    m_sweepTimer.expires_after(m_sweepEvery);
    m_sweepTimer.async_wait([this](const boost::system::error_code &ec) {
        if (ec)
            return; // scheduled anew with a shorter interval
        const auto now = std::chrono::steady_clock::now();
        for (Connection *connection : m_connections)
            connection->checkDeadline(now);
        // Without connections nothing wakes up: an idle program sleeps.
        m_sweeping = !m_connections.empty();
        if (m_sweeping)
            scheduleSweep();
    });
}

class IoPool::Private
{
public:
    Workers workers;
    std::vector<std::unique_ptr<IoThread>> threads;
    std::atomic<unsigned> turn{0};
};

IoPool::IoPool(unsigned threads)
    : d(std::make_unique<Private>())
{
    if (threads == 0)
        threads = std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
    for (unsigned i = 0; i < threads; ++i)
        d->threads.push_back(std::make_unique<IoThread>(d->workers));
}

IoPool::~IoPool()
{
    // All threads before the first context goes: what one thread still holds may belong to
    // another's context.
    for (const auto &thread : d->threads)
        thread->join();
    d->workers.end();
}

unsigned IoPool::size() const { return static_cast<unsigned>(d->threads.size()); }

IoThread &IoPool::next()
{
    return *d->threads[d->turn.fetch_add(1, std::memory_order_relaxed) % d->threads.size()];
}

IoThread &IoPool::thread(unsigned index) { return *d->threads[index]; }

} // namespace understudy::wire
