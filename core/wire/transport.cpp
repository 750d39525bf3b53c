// SPDX-License-Identifier: Apache-2.0
#include "core/wire/transport.h"

#include "core/wire/await.h"

#include <boost/asio/buffer.hpp>

#include <sys/ioctl.h>
#include <sys/socket.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

#include <array>
#include <cerrno>

namespace understudy::wire {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr char kHandshakeRecord = 0x16;
// A fast sender must not hold the thread.
constexpr std::size_t kMostDiscarded = 65'536;

bool wouldBlock(const boost::system::error_code &ec)
{
    return ec == asio::error::would_block || ec == asio::error::try_again;
}

Transport::Status statusOf(TlsSession::Status status)
{
    switch (status) {
    case TlsSession::Status::Done:
        return Transport::Status::Done;
    case TlsSession::Status::WantRead:
        return Transport::Status::WantRead;
    case TlsSession::Status::WantWrite:
        return Transport::Status::WantWrite;
    default:
        return Transport::Status::End;
    }
}

} // namespace

Transport::Transport(tcp::socket socket)
    : m_socket(std::move(socket))
{}

Transport::Status Transport::beginsTls()
{
    char first = 0;
    const auto n = ::recv(m_socket.native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK ? Status::WantRead : Status::End;
    return n == 1 && first == kHandshakeRecord ? Status::Done : Status::End;
}

void Transport::startTls(std::shared_ptr<const TlsContext> context,
                         TlsSession::HelloHandler onHello)
{
    m_tls = std::make_unique<TlsSession>(std::move(context), m_socket.native_handle(),
                                         std::move(onHello));
}

Transport::Status Transport::readSome(char *data, std::size_t size, std::size_t &read)
{
    read = 0;
    if (!m_socket.is_open())
        return Status::End; // TLS holds a number that may be somebody else's by now
    if (m_tls)
        return statusOf(m_tls->read(data, size, read));
    boost::system::error_code ec;
    read = m_socket.read_some(asio::buffer(data, size), ec);
    if (wouldBlock(ec))
        return Status::WantRead;
    return ec ? Status::End : Status::Done;
}

Transport::Status Transport::writeSome(std::string_view head, std::string_view body,
                                       std::size_t &written)
{
    written = 0;
    if (!m_socket.is_open())
        return Status::End;
    if (m_tls)
        return statusOf(m_tls->write(head.empty() ? body : head, written));
    boost::system::error_code ec;
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(body)};
    written = m_socket.write_some(buffers, ec);
    if (wouldBlock(ec))
        return Status::WantWrite;
    return ec ? Status::End : Status::Done;
}

asio::awaitable<bool> Transport::wait(Status wanted)
{
    const auto direction
        = wanted == Status::WantWrite ? tcp::socket::wait_write : tcp::socket::wait_read;
    const auto [ec] = co_await m_socket.async_wait(direction, kNoThrow);
    co_return !ec;
}

bool Transport::shutdownSend()
{
    if (m_tls && m_socket.is_open())
        m_tls->close();
    return cutSend();
}

bool Transport::cutSend()
{
    boost::system::error_code ec;
    m_socket.shutdown(tcp::socket::shutdown_send, ec);
    return !ec;
}

void Transport::reset()
{
    boost::system::error_code ec;
    m_socket.set_option(asio::socket_base::linger(true, 0), ec);
    m_socket.close(ec);
}

std::size_t Transport::unsent()
{
#ifdef SIOCOUTQ
    int bytes = 0;
    if (::ioctl(m_socket.native_handle(), SIOCOUTQ, &bytes) == 0 && bytes > 0)
        return static_cast<std::size_t>(bytes);
#endif
    return 0;
}

bool Transport::discard(std::size_t &drained)
{
    std::array<char, 4096> buffer{};
    for (std::size_t round = 0; round < kMostDiscarded / buffer.size(); ++round) {
        const auto n = ::recv(m_socket.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (n == 0)
            return false;
        if (n < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        drained += static_cast<std::size_t>(n);
    }
    return true;
}

Presence Transport::presence() const
{
    return m_socket.is_open() ? presenceOf(const_cast<tcp::socket &>(m_socket).native_handle())
                              : Presence::Gone;
}

bool Transport::hasClientClosed() const
{
    boost::system::error_code ec;
    const tcp::endpoint client = m_socket.remote_endpoint(ec);
    if (ec)
        return true; // it was reset meanwhile
    const tcp::endpoint server = m_socket.local_endpoint(ec);
    return !ec && hasClosed(client, server);
}

void Transport::cancel()
{
    boost::system::error_code ec;
    m_socket.cancel(ec);
}

void Transport::close()
{
    boost::system::error_code ec;
    m_socket.close(ec);
}

} // namespace understudy::wire
