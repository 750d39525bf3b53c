// SPDX-License-Identifier: Apache-2.0
#include "core/wire/listen_gate.h"

#include "core/wire/await.h"

#include <boost/asio/ip/v6_only.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace understudy::wire {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

// How soon a switch that turns scheduled faults off or on is seen.
constexpr auto kLookAgain = 50ms;

/// The address is taken, and nobody listens on it yet: clients are refused.
boost::system::error_code bindTo(tcp::acceptor &acceptor, const tcp::endpoint &endpoint)
{
    boost::system::error_code ec;
    acceptor.open(endpoint.protocol(), ec);
    if (!ec)
        acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec && endpoint.address().is_v6() && endpoint.address().is_unspecified())
        acceptor.set_option(asio::ip::v6_only(false), ec);
    if (!ec)
        acceptor.bind(endpoint, ec);
    if (ec) {
        boost::system::error_code ignored;
        acceptor.close(ignored);
    }
    return ec;
}

} // namespace

boost::system::error_code listenOn(tcp::acceptor &acceptor, const tcp::endpoint &endpoint)
{
    boost::system::error_code ec = bindTo(acceptor, endpoint);
    if (!ec)
        acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) {
        boost::system::error_code ignored;
        acceptor.close(ignored);
    }
    return ec;
}

ListenGate::ListenGate(asio::io_context &context, tcp::acceptor &acceptor)
    : m_context(context)
    , m_acceptor(acceptor)
    , m_timer(context)
    , m_opened(context)
{}

SteadyTime ListenGate::look(Service &service)
{
    if (m_endpoint.port() == 0) {
        boost::system::error_code ec;
        m_endpoint = m_acceptor.local_endpoint(ec);
    }
    const SteadyTime now = std::chrono::steady_clock::now();
    const ListenState planned = service.snapshot()->listenState(
        std::chrono::duration_cast<Duration>(now - service.started()));
    ServerEffect wanted = planned.effect;
    SteadyTime next = SteadyTime::max();
    if (planned.changesIn)
        next = now + *planned.changesIn;
    if (planned.isScheduled)
        next = std::min<SteadyTime>(next, now + kLookAgain);
    if (m_away != ServerEffect::None && now < m_awayUntil) {
        wanted = m_away;
        next = std::min(next, m_awayUntil);
    } else {
        m_away = ServerEffect::None;
    }
    apply(wanted, service);
    if (m_state != wanted)
        next = std::min<SteadyTime>(next, now + kLookAgain); // the port is taken: try again
    return next;
}

asio::awaitable<void> ListenGate::run(std::shared_ptr<Service> service, std::shared_ptr<void> owner)
{
    while (!m_isClosed) {
        m_timer.expires_at(look(*service));
        co_await m_timer.async_wait(kNoThrow);
    }
    owner.reset();
}

asio::awaitable<void> ListenGate::waitOpen()
{
    while (!m_isClosed && m_state != ServerEffect::None) {
        m_opened.expires_at(SteadyTime::max());
        co_await m_opened.async_wait(kNoThrow);
    }
}

void ListenGate::takeAway(ServerEffect effect, Duration duration)
{
    m_away = effect;
    m_awayUntil = std::chrono::steady_clock::now() + duration;
    m_timer.cancel();
}

void ListenGate::close()
{
    m_isClosed = true;
    boost::system::error_code ec;
    m_acceptor.close(ec);
    m_filler.reset();
    m_timer.cancel();
    m_opened.cancel();
}

void ListenGate::apply(ServerEffect wanted, Service &service)
{
    if (wanted == m_state || m_isClosed)
        return;
    if (m_state != ServerEffect::None)
        leave(service);
    if (m_state != ServerEffect::None || wanted == ServerEffect::None)
        return;
    boost::system::error_code ec;
    if (wanted == ServerEffect::Refuse) {
        m_acceptor.close(ec);
        // Bound without listening, the port refuses and stays ours: nobody else can take it
        // meanwhile.
        bindTo(m_acceptor, m_endpoint);
        m_state = wanted;
        service.report(Severity::Note, "fault refuse: not listening for a while");
    } else {
        m_acceptor.cancel(ec);
        fillQueue();
        m_state = wanted;
        service.report(Severity::Note, "fault blackhole: not accepting for a while");
    }
}

/// Back to listening; the state stays as it was if the port cannot be had.
void ListenGate::leave(Service &service)
{
    if (m_state == ServerEffect::Refuse) {
        boost::system::error_code ec;
        if (m_acceptor.is_open())
            m_acceptor.listen(asio::socket_base::max_listen_connections, ec);
        else
            ec = listenOn(m_acceptor, m_endpoint);
        if (ec) {
            service.report(Severity::Error,
                           "cannot listen again after the fault refuse: " + ec.message());
            return;
        }
    } else {
        boost::system::error_code ec;
        m_filler.reset();
        m_acceptor.listen(asio::socket_base::max_listen_connections, ec);
    }
    m_state = ServerEffect::None;
    service.report(Severity::Note, "listening again");
    m_opened.cancel();
}

/// A queue of length 0 holds one connection (Linux, tcp: backlog); ours takes the place, so that
/// the next client's connect gets no answer.
void ListenGate::fillQueue()
{
    ::listen(m_acceptor.native_handle(), 0);
    tcp::endpoint target = m_endpoint;
    if (target.address().is_unspecified()) {
        target.address(target.address().is_v6()
                           ? asio::ip::address(asio::ip::address_v6::loopback())
                           : asio::ip::address(asio::ip::address_v4::loopback()));
    }
    boost::system::error_code ec;
    m_filler.emplace(m_context);
    m_filler->open(target.protocol(), ec);
    m_filler->native_non_blocking(true, ec);
    // Asio's own connect would wait.
    const int connected = ::connect(m_filler->native_handle(), target.data(),
                                    static_cast<socklen_t>(target.size()));
    if (connected != 0 && errno != EINPROGRESS) {
        m_filler.reset(); // the first client takes the place, and only the next ones wait
        return;
    }
    const tcp::endpoint own = m_filler->local_endpoint(ec);
    if (!ec)
        m_fillerEnd = own;
}

} // namespace understudy::wire
