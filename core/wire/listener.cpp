// SPDX-License-Identifier: Apache-2.0
#include "core/wire/listener.h"

#include "core/base/text.h"
#include "core/wire/await.h"
#include "core/wire/connection.h"
#include "core/wire/io_thread.h"
#include "core/wire/listen_gate.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <condition_variable>
#include <future>
#include <mutex>

namespace understudy::wire {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

// How long to wait for descriptors to come back; the connections stay in the queue meanwhile.
constexpr auto kOutOfDescriptors = 50ms;

bool isOutOfResources(const boost::system::error_code &ec)
{
    return ec == asio::error::no_descriptors
           || ec == boost::system::errc::too_many_files_open_in_system
           || ec == asio::error::no_buffer_space || ec == asio::error::no_memory;
}

Error bindError(const boost::system::error_code &ec, const std::string &address, std::uint16_t port)
{
    const std::string place = address + ':' + std::to_string(port);
    if (ec == asio::error::address_in_use)
        return {ErrorCode::InUse, "port " + std::to_string(port) + " is in use", {}};
    if (ec == asio::error::access_denied)
        return {ErrorCode::Access,
                "port " + std::to_string(port) + " needs privileges on this system",
                {}};
    if (ec == boost::system::errc::address_not_available)
        return {ErrorCode::Invalid, "this machine has no address " + address, {}};
    return {ErrorCode::System, "cannot listen on " + place + ": " + ec.message(), {}};
}

} // namespace

class Listener::Private : public std::enable_shared_from_this<Private>
{
public:
    Private(IoPool &p, IoThread &t)
        : pool(p)
        , thread(t)
        , acceptor(t.context())
        , gate(t.context(), acceptor)
        , patienceTimer(t.context())
    {}

    asio::awaitable<void> acceptLoop();
    /// Calls `f` on each I/O thread for the connections of this listener there.
    void forEachConnection(void (Connection::*f)());

    IoPool &pool;
    IoThread &thread;
    tcp::acceptor acceptor;
    ListenGate gate; ///< opens and closes the acceptor while the listener lives
    asio::steady_timer patienceTimer;
    std::uint16_t port = 0;
    std::shared_ptr<ListenerShare> share = std::make_shared<ListenerShare>();
    std::mutex mutex;
    std::condition_variable gone;
    std::weak_ptr<Private> twin; ///< under the mutex
};

asio::awaitable<void> Listener::Private::acceptLoop()
{
    const auto self = shared_from_this();
    bool starved = false;
    while (true) {
        co_await gate.waitOpen();
        if (gate.isClosed())
            co_return;
        IoThread &target = pool.next();
        auto [ec, socket] = co_await acceptor.async_accept(target.context(), kNoThrow);
        boost::system::error_code ignored;
        if (!ec && gate.takeFiller(socket.remote_endpoint(ignored)))
            continue;
        if (!ec) {
            if (std::exchange(starved, false))
                share->service->report(Severity::Note,
                                       "descriptors are back: accepting connections again");
            Connection::start(std::make_shared<Connection>(std::move(socket), target, share));
            continue;
        }
        if (!isOutOfResources(ec))
            continue; // the client gave up while it was in the queue, or the gate has closed
        if (!std::exchange(starved, true)) {
            share->service->report(Severity::Warning,
                                   "no descriptors left (" + ec.message()
                                       + "): new connections wait until others end");
        }
        asio::steady_timer timer(thread.context(), kOutOfDescriptors);
        co_await timer.async_wait(kNoThrow);
    }
}

void Listener::Private::forEachConnection(void (Connection::*f)())
{
    for (unsigned i = 0; i < pool.size(); ++i) {
        IoThread &t = pool.thread(i);
        asio::post(t.context(), [&t, f, mine = share] {
            // A copy of the list: ending a connection takes it out.
            std::vector<Connection *> connections(t.connections().begin(), t.connections().end());
            for (Connection *connection : connections) {
                if (connection->share() == mine.get())
                    (connection->*f)();
            }
        });
    }
}

Listener::Listener(std::shared_ptr<Private> p)
    : d(std::move(p))
{}

Result<std::unique_ptr<Listener>> Listener::open(IoPool &pool, const std::string &address,
                                                 std::uint16_t port,
                                                 std::shared_ptr<Service> service)
{
    std::string bare = address;
    if (bare.starts_with('[') && bare.ends_with(']'))
        bare = bare.substr(1, bare.size() - 2);
    if (text::equalsIgnoreCase(bare, "localhost"))
        return openBoth(pool, port, service);
    boost::system::error_code ec;
    const auto ip = asio::ip::make_address(bare, ec);
    if (ec) {
        return Error{
            ErrorCode::Invalid,
            "'" + address
                + "' is not an IP address; write 127.0.0.1, ::1, 0.0.0.0 or [::], for example",
            {}};
    }
    auto d = std::make_shared<Private>(pool, pool.next());
    const tcp::endpoint endpoint(ip, port);
    ec = listenOn(d->acceptor, endpoint);
    if (ec)
        return bindError(ec, address, port);
    d->port = d->acceptor.local_endpoint(ec).port();
    d->share->service = std::move(service);
    d->share->lastGone = [weak = std::weak_ptr(d)] {
        if (const auto p = weak.lock()) {
            const std::lock_guard lock(p->mutex);
            p->gone.notify_all();
        }
    };
    d->share->takeAway = [weak = std::weak_ptr(d)](ServerEffect effect, Duration duration) {
        const auto p = weak.lock();
        if (!p)
            return;
        asio::post(p->thread.context(),
                   [p, effect, duration] { p->gate.takeAway(effect, duration); });
        // A server that refuses refuses on all its addresses.
        std::shared_ptr<Private> twin;
        {
            const std::lock_guard lock(p->mutex);
            twin = p->twin.lock();
        }
        if (twin) {
            asio::post(twin->thread.context(),
                       [twin, effect, duration] { twin->gate.takeAway(effect, duration); });
        }
    };
    d->share->isAway = [weak = std::weak_ptr(d)] {
        const auto p = weak.lock();
        return !p || p->gate.isAway();
    };
    // A server that refuses from its start accepts nobody.
    d->gate.look(*d->share->service);
    asio::co_spawn(
        d->thread.context(), [d] { return d->gate.run(d->share->service, d); }, asio::detached);
    asio::co_spawn(
        d->thread.context(), [d] { return d->acceptLoop(); }, asio::detached);
    return std::unique_ptr<Listener>(new Listener(std::move(d)));
}

/// A browser or client that resolves "localhost" tries one of the two first, whichever it likes.
Result<std::unique_ptr<Listener>> Listener::openBoth(IoPool &pool, std::uint16_t port,
                                                     const std::shared_ptr<Service> &service)
{
    boost::system::error_code ec;
    tcp::acceptor probe(pool.next().context());
    const bool hasIpv6 = !listenOn(probe, {asio::ip::address_v6::loopback(), 0});
    probe.close(ec);
    constexpr int kAttempts = 20; // a port that is free on one may be taken on the other
    for (int attempt = 1;; ++attempt) {
        auto listener = open(pool, "127.0.0.1", port, service);
        if (!listener || !hasIpv6)
            return listener;
        auto twin = open(pool, "::1", (*listener)->port(), service);
        if (!twin && port == 0 && attempt < kAttempts)
            continue;
        if (!twin)
            return twin.error();
        for (auto [one, other] :
             {std::pair((*listener)->d, (*twin)->d), std::pair((*twin)->d, (*listener)->d)}) {
            const std::lock_guard lock(one->mutex);
            one->twin = other;
        }
        (*listener)->m_twin = *std::move(twin);
        return listener;
    }
}

Listener::~Listener() { close(Duration{}); }

void Listener::reconsider()
{
    if (m_twin)
        m_twin->reconsider();
    asio::post(d->thread.context(), [p = d] { p->gate.reconsider(); });
}

std::uint16_t Listener::port() const { return d->port; }

std::size_t Listener::connections() const
{
    return d->share->connections + (m_twin ? m_twin->connections() : 0);
}

void Listener::close(Duration patience)
{
    if (m_twin)
        m_twin->close(patience);
    const bool first = !d->share->closing.exchange(true);
    std::promise<void> closed;
    asio::post(d->thread.context(), [this, &closed, patience] {
        d->gate.close();
        d->patienceTimer.expires_after(patience);
        d->patienceTimer.async_wait([p = d](const boost::system::error_code &cancelled) {
            if (!cancelled)
                p->forEachConnection(&Connection::abort);
        });
        closed.set_value();
    });
    // The port is free when this returns.
    closed.get_future().wait();
    if (first || patience.count() == 0)
        d->forEachConnection(patience.count() == 0 ? &Connection::abort : &Connection::finishSoon);
}

bool Listener::waitClosed(Duration patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    {
        std::unique_lock lock(d->mutex);
        if (!d->gone.wait_until(lock, end, [this] { return d->share->connections == 0; }))
            return false;
    }
    return !m_twin
           || m_twin->waitClosed(std::chrono::duration_cast<Duration>(std::max(
               end - std::chrono::steady_clock::now(), std::chrono::steady_clock::duration{})));
}

} // namespace understudy::wire
