// SPDX-License-Identifier: Apache-2.0
#include "core/wire/peer_presence.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#endif

#include <array>
#include <cstring>
#include <optional>

namespace understudy::wire {

using boost::asio::ip::tcp;

Presence presenceOf(int socket)
{
    pollfd state{socket, POLLRDHUP, 0};
    if (::poll(&state, 1, 0) <= 0)
        return Presence::There;
    if ((state.revents & (POLLERR | POLLNVAL)) != 0)
        return Presence::Gone;
    // HUP: both sides have ended, and ours only ends with the answer.
    if ((state.revents & POLLHUP) != 0)
        return Presence::Gone;
    return (state.revents & POLLRDHUP) != 0 ? Presence::EndedInput : Presence::There;
}

#ifdef __linux__

namespace {

class DiagnosisSocket
{
public:
    DiagnosisSocket()
        : m_socket(
            ::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG))
    {}
    ~DiagnosisSocket()
    {
        if (m_socket >= 0)
            ::close(m_socket);
    }
    DiagnosisSocket(const DiagnosisSocket &) = delete;
    DiagnosisSocket &operator=(const DiagnosisSocket &) = delete;

    /// The inode of the file that a socket belongs to, 0 for none; nothing where there is no such
    /// socket or the system does not say. Netlink answers while it is asked.
    std::optional<std::uint32_t> inodeOf(const inet_diag_sockid &id, unsigned char family) const
    {
        struct Ask
        {
            nlmsghdr header;
            inet_diag_req_v2 request;
        } ask{};
        ask.header.nlmsg_len = sizeof ask;
        ask.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
        ask.header.nlmsg_flags = NLM_F_REQUEST;
        ask.request.sdiag_family = family;
        ask.request.sdiag_protocol = IPPROTO_TCP;
        ask.request.idiag_states = ~0U;
        ask.request.id = id;
        if (m_socket < 0 || ::send(m_socket, &ask, sizeof ask, 0) < 0)
            return std::nullopt;
        alignas(nlmsghdr) std::array<char, 4096> buffer{};
        const auto size = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        constexpr std::size_t kLeast = NLMSG_LENGTH(sizeof(inet_diag_msg));
        nlmsghdr header{};
        if (size < static_cast<ssize_t>(kLeast))
            return std::nullopt;
        std::memcpy(&header, buffer.data(), sizeof header);
        if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY)
            return std::nullopt;
        inet_diag_msg found{};
        std::memcpy(&found, buffer.data() + NLMSG_HDRLEN, sizeof found);
        return found.idiag_inode;
    }

private:
    int m_socket;
};

void copyAddress(const boost::asio::ip::address &address, bool asV6, __be32 (&out)[4])
{
    if (!asV6) {
        const auto bytes = address.to_v4().to_bytes();
        std::memcpy(out, bytes.data(), bytes.size());
        return;
    }
    const auto v6 = address.is_v6() ? address.to_v6()
                                    : boost::asio::ip::make_address_v6(boost::asio::ip::v4_mapped,
                                                                       address.to_v4());
    const auto bytes = v6.to_bytes();
    std::memcpy(out, bytes.data(), bytes.size());
}

/// Without the form in which a socket of IPv6 shows addresses of IPv4.
boost::asio::ip::address plainAddress(const boost::asio::ip::address &address)
{
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
    return address;
}

} // namespace

bool hasClosed(const tcp::endpoint &client, const tcp::endpoint &server)
{
    const auto from = plainAddress(client.address());
    const auto to = plainAddress(server.address());
    const bool isHere = from.is_loopback() || from == to;
    if (!isHere || from.is_v4() != to.is_v4())
        return false;
    const DiagnosisSocket diagnosis;
    // A client may reach an address of IPv4 by a socket of IPv6.
    for (const bool asV6 : {false, true}) {
        if (!asV6 && from.is_v6())
            continue;
        inet_diag_sockid id{};
        id.idiag_sport = htons(client.port());
        id.idiag_dport = htons(server.port());
        copyAddress(from, asV6, id.idiag_src);
        copyAddress(to, asV6, id.idiag_dst);
        id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
        id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
        if (const auto inode = diagnosis.inodeOf(id, asV6 ? AF_INET6 : AF_INET))
            return *inode == 0;
    }
    return false; // behind a translation of addresses, or in another network namespace
}

#else

bool hasClosed(const tcp::endpoint &, const tcp::endpoint &) { return false; }

#endif

} // namespace understudy::wire
