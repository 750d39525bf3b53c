// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>

namespace understudy::wire {

class Connection;
class Workers;

/// One I/O thread: its io_context, what its connections share, and the sweep that ends those whose
/// time is over. Everything but context() belongs to the thread itself. Only core/wire includes
/// this header.
class IoThread
{
public:
    /// `workers` are those of the pool, and outlive it.
    explicit IoThread(Workers &workers);
    ~IoThread();
    IoThread(const IoThread &) = delete;
    IoThread &operator=(const IoThread &) = delete;

    boost::asio::io_context &context() { return m_context; }
    /// Ends the thread; its context and what waits there stay until destruction. Another thread's.
    void join();

    Workers &workers() { return m_workers; }
    /// Space for one read; valid until the next suspension of whoever reads.
    std::array<char, 65536> &readBuffer() { return *m_readBuffer; }
    /// Space to put an answer together; same rule.
    std::string &writeBuffer() { return m_writeBuffer; }
    /// "Date: …\r\n" of this second.
    std::string_view dateLine();

    /// A connection lives here from its start to its end. `granularity` is how exactly its
    /// deadlines need to be kept.
    void add(Connection *connection, std::chrono::microseconds granularity);
    void remove(Connection *connection);
    const std::unordered_set<Connection *> &connections() const { return m_connections; }

private:
    void scheduleSweep();

    Workers &m_workers;
    boost::asio::io_context m_context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    boost::asio::steady_timer m_sweepTimer;
    std::chrono::microseconds m_sweepEvery{1'000'000};
    bool m_sweeping = false;
    std::unique_ptr<std::array<char, 65536>> m_readBuffer
        = std::make_unique<std::array<char, 65536>>();
    std::string m_writeBuffer;
    std::chrono::seconds m_dateSecond{-1};
    std::string m_dateLine;
    std::unordered_set<Connection *> m_connections;
    std::thread m_thread; // last: it uses everything above
};

} // namespace understudy::wire
