// SPDX-License-Identifier: Apache-2.0
#include "core/wire/channel.h"

#include "core/wire/await.h"

#include <algorithm>

namespace understudy::wire {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// A request that is arriving while its server is stopped has this long to become whole.
constexpr auto kLastBytes = 500ms;
// Shorter pauses are not worth watching the client.
constexpr auto kShortPause = 20ms;
// How often a client is asked after that has ended its input, or sent more already: at first, and
// at last.
constexpr Duration kFirstLook = 50ms;
constexpr Duration kSlowestLook = 1s;
// After the last answer the client has this long to read it before the connection is gone (RFC 9112
// section 9.6).
constexpr auto kLinger = 2s;
constexpr std::size_t kLingerBytes = 4u << 20;
// How often it is looked whether the client has taken everything, before a reset.
constexpr auto kSentPoll = 1ms;
constexpr auto kMostSentPolls = 2000;
// How often a stalled connection looks whether its client has left.
constexpr auto kLeftPoll = 100ms;

} // namespace

Channel::Channel(asio::ip::tcp::socket socket, IoThread &thread,
                 std::shared_ptr<ListenerShare> share)
    : m_transport(std::move(socket))
    , m_thread(thread)
    , m_share(std::move(share))
{
    boost::system::error_code ec;
    auto &own = m_transport.socket();
    own.non_blocking(true, ec);
    own.set_option(asio::ip::tcp::no_delay(true), ec);
}

void Channel::setDeadline(Phase phase, SteadyTime deadline)
{
    m_phase = phase;
    m_deadline = deadline;
}

void Channel::setDeadline(Phase phase, Duration fromNow)
{
    setDeadline(phase, std::chrono::steady_clock::now() + fromNow);
}

void Channel::clearDeadline()
{
    m_deadline = SteadyTime::max();
    m_timedOut = false;
}

void Channel::extendDeadline(Duration by)
{
    if (m_deadline != SteadyTime::max())
        m_deadline += by;
}

void Channel::checkDeadline(SteadyTime now)
{
    if (now < m_deadline)
        return;
    m_timedOut = true;
    m_deadline = SteadyTime::max();
    m_transport.cancel();
}

void Channel::finishSoon()
{
    m_isFinishing = true;
    if (m_phase == Phase::Idle || m_phase == Phase::Stalled) {
        if (m_waiting)
            m_waiting->cancel();
        m_transport.cancel();
    } else if (m_phase == Phase::Reading) {
        // A request that has only begun is no answer in flight.
        m_deadline = std::min(m_deadline, std::chrono::steady_clock::now() + kLastBytes);
    }
}

void Channel::abort()
{
    m_isFinishing = true;
    m_phase = Phase::Closing;
    if (m_waiting)
        m_waiting->cancel();
    m_transport.close();
}

asio::awaitable<bool> Channel::receive(std::string_view &bytes, std::size_t most)
{
    Status wanted = Status::WantRead;
    while (true) {
        if (!m_transport.hasPending()) {
            const bool isReady = co_await m_transport.wait(wanted);
            if (!isReady || m_timedOut)
                co_return false;
        }
        auto &buffer = m_thread.readBuffer();
        std::size_t n = 0;
        wanted = m_transport.readSome(buffer.data(), std::min(most, buffer.size()), n);
        if (wanted == Status::End)
            co_return false;
        if (wanted == Status::Done) {
            bytes = {buffer.data(), n};
            co_return true;
        }
    }
}

asio::awaitable<bool> Channel::write(std::string_view head, std::string_view body)
{
    std::string kept; // the thread's buffer is not ours across a suspension
    while (!head.empty() || !body.empty()) {
        std::size_t n = 0;
        const Status status = m_transport.writeSome(head, body, n);
        if (status == Status::End)
            co_return false;
        const std::size_t fromHead = std::min(n, head.size());
        head.remove_prefix(fromHead);
        body.remove_prefix(n - fromHead);
        if (head.empty() && body.empty())
            break;
        if (status == Status::Done && m_transport.tls())
            continue; // a record went out, or the head: there may be room for more
        if (kept.empty() && !head.empty()) {
            kept.assign(head);
            head = kept;
        }
        m_deadline = std::chrono::steady_clock::now() + m_share->service->snapshot()->limits().idle;
        const Status wanted = status == Status::WantRead ? status : Status::WantWrite;
        const bool ready = co_await m_transport.wait(wanted);
        m_deadline = SteadyTime::max();
        if (!ready || m_timedOut)
            co_return false;
    }
    co_return true;
}

/// Shared with the wait for the socket, which may end after the pause has.
struct Channel::Watch
{
    asio::steady_timer *timer = nullptr; ///< of the pause; null when it is over
    bool isWoken = false;
};

/// Ends a pause as soon as something happens on the socket: bytes, the end of the client's input,
/// a reset.
std::shared_ptr<Channel::Watch> Channel::wakeOnInput(asio::steady_timer &timer)
{
    auto watch = std::make_shared<Watch>(Watch{&timer});
    m_transport.socket().async_wait(asio::ip::tcp::socket::wait_read,
                                    [watch](const boost::system::error_code &) {
                                        if (!watch->timer)
                                            return;
                                        watch->isWoken = true;
                                        watch->timer->cancel();
                                    });
    return watch;
}

/// Whether the client has left; asks the system only now and then.
bool Channel::hasLeft(SteadyTime now)
{
    if (now < m_nextLook)
        return false;
    m_nextLook = now + m_lookEvery;
    m_lookEvery = std::min(m_lookEvery * 2, kSlowestLook);
    const Presence presence = m_transport.presence();
    m_isClientGone = presence == Presence::Gone
                     || (presence == Presence::EndedInput && m_transport.hasClientClosed());
    return m_isClientGone;
}

void Channel::beginLooking()
{
    m_hasInput = false;
    m_lookEvery = kFirstLook;
    m_nextLook = std::chrono::steady_clock::now() + kFirstLook;
}

asio::awaitable<bool> Channel::pauseUntil(SteadyTime until)
{
    // Idle and stalled connections look after themselves.
    return pauseUntil(until, m_phase == Phase::Answering || m_phase == Phase::Reading);
}

asio::awaitable<bool> Channel::pauseUntil(SteadyTime until, bool isWatched)
{
    if (m_phase == Phase::Closing || m_isClientGone)
        co_return false;
    asio::steady_timer timer(m_thread.context());
    for (SteadyTime now = std::chrono::steady_clock::now(); now < until;
         now = std::chrono::steady_clock::now()) {
        if (isWatched && hasLeft(now))
            co_return false;
        SteadyTime next = until;
        std::shared_ptr<Watch> watch;
        if (isWatched && until - now > kShortPause) {
            if (m_hasInput)
                next = std::min(until, m_nextLook);
            else
                watch = wakeOnInput(timer);
        }
        timer.expires_at(next);
        m_waiting = &timer;
        co_await timer.async_wait(kNoThrow);
        m_waiting = nullptr;
        const bool isWoken = watch && watch->isWoken;
        if (watch)
            watch->timer = nullptr;
        if (watch && !isWoken)
            m_transport.cancel();
        if (isWoken) {
            m_hasInput = true;
            m_nextLook = {};
        }
        if (m_phase == Phase::Closing)
            co_return false;
        if (!isWoken && std::chrono::steady_clock::now() < next)
            break; // stopping the server ends it early
    }
    co_return true;
}

asio::awaitable<void> Channel::stall(std::optional<Duration> duration)
{
    m_phase = Phase::Stalled;
    m_timedOut = false;
    m_deadline = SteadyTime::max();
    SteadyTime now = std::chrono::steady_clock::now();
    const SteadyTime end = duration ? now + *duration : SteadyTime::max();
    while (now < end && !m_share->closing && m_transport.presence() == Presence::There) {
        const SteadyTime next = std::min<SteadyTime>(end, now + kLeftPoll);
        const bool isOpen = co_await pauseUntil(next);
        if (!isOpen)
            co_return;
        now = std::chrono::steady_clock::now();
    }
}

asio::awaitable<void> Channel::readOn()
{
    m_phase = Phase::Stalled;
    m_timedOut = false;
    m_deadline = SteadyTime::max();
    bool isThere = true;
    std::size_t drained = 0;
    while (isThere && !m_share->closing) {
        isThere = co_await m_transport.wait(Status::WantRead);
        isThere = isThere && m_transport.discard(drained);
    }
}

asio::awaitable<void> Channel::resetWhenSent()
{
    for (int poll = 0; poll < kMostSentPolls && m_transport.unsent() > 0; ++poll) {
        const SteadyTime next = std::chrono::steady_clock::now() + kSentPoll;
        const bool isOpen = co_await pauseUntil(next);
        if (!isOpen)
            co_return;
    }
    m_transport.reset();
}

asio::awaitable<void> Channel::takeServerAway(ServerEffect effect, Duration duration)
{
    if (!m_share->takeAway)
        co_return;
    m_share->takeAway(effect, duration);
    const SteadyTime giveUp = std::chrono::steady_clock::now() + std::min<Duration>(duration, 1s);
    SteadyTime now = std::chrono::steady_clock::now();
    while (!m_share->isAway() && now < giveUp) {
        const bool isOpen = co_await pauseUntil(now + kSentPoll);
        if (!isOpen)
            co_return;
        now = std::chrono::steady_clock::now();
    }
}

asio::awaitable<void> Channel::endAs(WireEnd end, std::optional<Duration> stallFor)
{
    if (m_phase == Phase::Closing)
        co_return;
    switch (end) {
    case WireEnd::Reset:
        co_await resetWhenSent();
        break;
    case WireEnd::HalfClose:
        m_transport.shutdownSend();
        co_await readOn();
        break;
    case WireEnd::Stall:
        co_await stall(stallFor);
        if (m_phase != Phase::Closing)
            m_transport.shutdownSend();
        break;
    case WireEnd::KeepAlive:
    case WireEnd::Race:
    case WireEnd::Close:
    case WireEnd::Cut:
        co_await lingeringClose(end == WireEnd::Cut);
        break;
    }
}

asio::awaitable<void> Channel::lingeringClose(bool cut)
{
    if (m_phase == Phase::Closing)
        co_return;
    const bool isOpen = cut ? m_transport.cutSend() : m_transport.shutdownSend();
    m_timedOut = false;
    setDeadline(Phase::Closing, kLinger);
    for (std::size_t drained = 0; isOpen && drained < kLingerBytes;) {
        const bool isReady = co_await m_transport.wait(Status::WantRead);
        if (!isReady || m_timedOut || !m_transport.discard(drained))
            co_return;
    }
}

} // namespace understudy::wire
