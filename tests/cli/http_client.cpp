// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/http_client.h"

#include "tests/cli/process.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace understudy::cli_test {
namespace {

sockaddr_in loopback(int port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

} // namespace

bool accepts(int port)
{
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const int failure
        = connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    close(descriptor);
    return failure == 0;
}

Client::Client(int port)
    : m_descriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const sockaddr_in address = loopback(port);
    if (connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        close(m_descriptor);
        throw std::runtime_error("nobody listens on port " + std::to_string(port));
    }
}

Client::~Client() { close(m_descriptor); }

void Client::send(std::string_view bytes) const
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string Client::readUntil(std::string_view end) const
{
    constexpr int wait = std::chrono::milliseconds(patience).count();
    std::string text;
    while (end.empty() || text.find(end) == std::string::npos) {
        pollfd waiting{m_descriptor, POLLIN, 0};
        char buffer[4096];
        const ssize_t size
            = poll(&waiting, 1, wait) > 0 ? read(m_descriptor, buffer, sizeof buffer) : 0;
        if (size <= 0)
            break;
        text.append(buffer, static_cast<std::size_t>(size));
    }
    return text;
}

std::string get(int port, std::string_view path, std::string_view headers)
{
    const Client client(port);
    client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + std::string(headers) + "\r\n");
    return client.readAll();
}

Occupier::Occupier()
    : m_descriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto *raw = reinterpret_cast<sockaddr *>(&address);
    if (bind(m_descriptor, raw, size) != 0 || listen(m_descriptor, 1) != 0
        || getsockname(m_descriptor, raw, &size) != 0)
        throw std::runtime_error("no port to occupy");
    m_port = ntohs(address.sin_port);
}

Occupier::~Occupier() { close(m_descriptor); }

} // namespace understudy::cli_test
