// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/many_clients.h"

#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <map>
#include <string_view>

namespace understudy::bench {

namespace {

using Clock = std::chrono::steady_clock;

int connectTo(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof(address)) == 0)
        return socket;
    ::close(socket);
    return -1;
}

std::string request(const std::string &target, bool keep)
{
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + (keep ? "" : "Connection: close\r\n")
           + "\r\n";
}

struct Client
{
    int socket = -1;
    int left = 0;
    Clock::time_point sent{};
};

} // namespace

Delays measure(std::uint16_t port, const Load &load)
{
    const std::string bytes = request(load.target, true);
    const int poll = ::epoll_create1(0);
    std::vector<Client> clients(static_cast<std::size_t>(load.connections));
    std::multimap<Clock::time_point, std::size_t> due; // who sends when
    const auto begin = Clock::now() + std::chrono::milliseconds(100);
    for (std::size_t i = 0; i < clients.size(); ++i) {
        clients[i].socket = connectTo(port);
        clients[i].left = load.requestsEach;
        if (clients[i].socket < 0)
            return {};
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, clients[i].socket, &event);
        // The first requests are spread over one turn of request and pause.
        due.emplace(begin + 2 * load.think * static_cast<int>(i) / load.connections, i);
    }
    Delays delays;
    const std::size_t expected = clients.size() * static_cast<std::size_t>(load.requestsEach);
    std::array<epoll_event, 256> events{};
    std::array<char, 4096> buffer{};
    while (delays.size() < expected) {
        auto now = Clock::now();
        while (!due.empty() && due.begin()->first <= now) {
            Client &client = clients[due.begin()->second];
            due.erase(due.begin());
            client.sent = Clock::now();
            if (::send(client.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0)
                return {};
            now = Clock::now();
        }
        const int count = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()),
                                       due.empty() ? 1000 : 1);
        now = Clock::now();
        for (int e = 0; e < count; ++e) {
            const std::size_t index = events[static_cast<std::size_t>(e)].data.u64;
            Client &client = clients[index];
            if (::recv(client.socket, buffer.data(), buffer.size(), 0) <= 0)
                return {};
            delays.push_back(
                std::chrono::duration_cast<std::chrono::microseconds>(now - client.sent));
            if (--client.left > 0)
                due.emplace(now + load.think, index);
        }
    }
    for (const Client &client : clients)
        ::close(client.socket);
    ::close(poll);
    return delays;
}

Transfer transfer(std::uint16_t port, const std::string &target)
{
    const int socket = connectTo(port);
    const std::string bytes = request(target, false);
    const auto begin = Clock::now();
    ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    std::array<char, 65536> buffer{};
    std::string head;
    Transfer out;
    bool inBody = false;
    while (true) {
        const auto n = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (n <= 0)
            break;
        if (inBody) {
            out.bytes += static_cast<std::uint64_t>(n);
            continue;
        }
        head.append(buffer.data(), static_cast<std::size_t>(n));
        const std::size_t end = head.find("\r\n\r\n");
        inBody = end != std::string::npos;
        if (inBody)
            out.bytes = head.size() - end - 4;
    }
    out.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    ::close(socket);
    return out;
}

} // namespace understudy::bench
