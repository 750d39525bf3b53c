// SPDX-License-Identifier: Apache-2.0
// How exactly latencies and throttles are kept. Fixed latency is compared with a bare Asio timer
// behind the same clients in the same run, so that a noisy machine disturbs both alike.
#include "core/formats/format.h"
#include "core/runtime/workbench.h"
#include "tests/bench/many_clients.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace understudy;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto kLatency = 50ms;
constexpr int kRounds = 3;

bool missed = false;

void report(bool isMet, const char *name, const std::string &text)
{
    missed = missed || !isMet;
    std::printf("%s %-34s %s\n", isMet ? "ok  " : "MISS", name, text.c_str());
    std::fflush(stdout);
}

std::string formatted(const char *pattern, auto... values)
{
    char buffer[256];
    std::snprintf(buffer, sizeof(buffer), pattern, values...);
    return buffer;
}

/// Reads something, waits, writes an answer, and again: nothing but Asio.
class BareServer
{
public:
    BareServer()
        : m_acceptor(m_context, tcp::endpoint(asio::ip::address_v4::loopback(), 0))
    {
        asio::co_spawn(m_context, accept(), asio::detached);
        m_thread = std::thread([this] { m_context.run(); });
    }
    ~BareServer()
    {
        m_context.stop();
        m_thread.join();
    }
    std::uint16_t port() const { return m_acceptor.local_endpoint().port(); }

private:
    asio::awaitable<void> accept()
    {
        while (true) {
            tcp::socket socket = co_await m_acceptor.async_accept(asio::use_awaitable);
            asio::co_spawn(m_context, serve(std::move(socket)), asio::detached);
        }
    }

    static asio::awaitable<void> serve(tcp::socket socket)
    {
        static const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        socket.set_option(tcp::no_delay(true));
        char buffer[4096];
        try {
            while (true) {
                co_await socket.async_read_some(asio::buffer(buffer), asio::use_awaitable);
                asio::steady_timer timer(socket.get_executor(), kLatency);
                co_await timer.async_wait(asio::use_awaitable);
                co_await asio::async_write(socket, asio::buffer(answer), asio::use_awaitable);
            }
        } catch (const boost::system::system_error &) {
            // the client has left
        }
    }

    asio::io_context m_context{1};
    tcp::acceptor m_acceptor;
    std::thread m_thread;
};

/// A running mock with one I/O thread, as the bare server has.
class Mock
{
public:
    explicit Mock(const std::string &endpoints)
        : m_bench({.threads = 1})
    {
        auto outcome = formats::loadText(
            "understudy: 1\nname: Bench\nlisten: {port: 0}\nendpoints:\n" + endpoints,
            "bench.mock.yaml", {.format = "native"});
        m_id = m_bench.add(std::move(outcome.servers.at(0).server),
                           std::filesystem::temp_directory_path());
        if (!m_bench.start(m_id))
            std::exit(2);
    }
    std::uint16_t port() const { return m_bench.status(m_id)->port; }

private:
    Workbench m_bench;
    std::string m_id;
};

struct Lateness
{
    double earliest = 0; ///< milliseconds after the due time; negative: too early
    double p99 = 0;
};

Lateness lateness(bench::Delays delays)
{
    if (delays.empty())
        return {-1000, 1000};
    std::sort(delays.begin(), delays.end());
    const auto late = [](std::chrono::microseconds delay) {
        return std::chrono::duration<double, std::milli>(delay - kLatency).count();
    };
    return {late(delays.front()), late(delays[delays.size() * 99 / 100])};
}

void fixedLatency()
{
    const BareServer bare;
    const Mock ours("- {path: /x, behaviour: {latency: 50ms}, responses: [{body: ok}]}\n");
    const bench::Load load;
    std::vector<double> difference;
    std::vector<double> tail;
    double earliest = 1000;
    for (int round = 0; round < kRounds; ++round) {
        const Lateness reference = lateness(bench::measure(bare.port(), load));
        const Lateness own = lateness(bench::measure(ours.port(), load));
        difference.push_back(own.p99 - reference.p99);
        tail.push_back(own.p99);
        earliest = std::min(earliest, own.earliest);
    }
    std::sort(difference.begin(), difference.end());
    std::sort(tail.begin(), tail.end());
    report(earliest >= 0, "1,000 connections at 50 ms",
           formatted("earliest %.3f ms after its time (target: none before)", earliest));
    const double median = difference[difference.size() / 2];
    report(median <= 2.0, "",
           formatted("p99 %.2f ms late, %.2f ms beyond a bare Asio timer (target 2)",
                     tail[tail.size() / 2], median));
}

void throttles()
{
    const auto folder = std::filesystem::temp_directory_path();
    const auto file = folder / ("understudy-bench-" + std::to_string(::getpid()) + ".bin");
    std::ofstream(file) << std::string(1'000'000, 'a');
    struct Case
    {
        const char *name;
        std::string throttle;
        double seconds;
    };
    const Case cases[]{
        {"1 MB at 100 kB/s", "{download: 100kB/s}", 10.0},
        {"1 MB at 1 MB/s", "{download: 1MB/s}", 1.0},
        {"1 MB in 5 chunks over 2 s", "{chunks: 5, over: 2s}", 2.0},
        {"1 MB in 100 kB slices, 100 ms each", "{slice: 100kB, pause: 100ms}", 1.0},
    };
    std::string endpoints;
    for (std::size_t i = 0; i < std::size(cases); ++i)
        endpoints += "- {path: /" + std::to_string(i)
                     + ", behaviour: {throttle: " + cases[i].throttle
                     + "}, responses: [{bodyFile: " + file.filename().string() + "}]}\n";
    const Mock server(endpoints);
    bench::Transfer transfers[std::size(cases)];
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        threads.emplace_back(
            [&, i] { transfers[i] = bench::transfer(server.port(), "/" + std::to_string(i)); });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        const double off = transfers[i].seconds / cases[i].seconds - 1.0;
        report(std::abs(off) <= 0.05 && transfers[i].bytes == 1'000'000, cases[i].name,
               formatted("%.3f s, %+.1f %% of its time (target 5), %llu bytes",
                         transfers[i].seconds, off * 100.0,
                         static_cast<unsigned long long>(transfers[i].bytes)));
    }
    std::filesystem::remove(file);
}

} // namespace

int main()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    fixedLatency();
    throttles();
    return missed ? 1 : 0;
}
