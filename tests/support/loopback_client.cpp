// SPDX-License-Identifier: Apache-2.0
#include "tests/support/loopback_client.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace understudy::test {

LoopbackClient::LoopbackClient()
    : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
{}

LoopbackClient::LoopbackClient(std::uint16_t port, const char *address)
    : m_socket(::socket(std::strchr(address, ':') ? AF_INET6 : AF_INET, SOCK_STREAM, 0))
{
    connect(port, address);
}

bool LoopbackClient::connect(std::uint16_t port, const char *address)
{
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    const bool isSix = ::inet_pton(AF_INET6, address, &six.sin6_addr) == 1;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &to.sin_addr);
    const timeval patience{10, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    const auto *end = isSix ? reinterpret_cast<const sockaddr *>(&six)
                            : reinterpret_cast<const sockaddr *>(&to);
    m_connected = ::connect(m_socket, end, isSix ? sizeof(six) : sizeof(to)) == 0;
    return m_connected;
}

LoopbackClient::~LoopbackClient()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

bool LoopbackClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

void LoopbackClient::finish() { ::shutdown(m_socket, SHUT_WR); }

void LoopbackClient::reset()
{
    const linger now{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    ::close(m_socket);
    m_socket = -1;
}

bool LoopbackClient::hasAnswer() const
{
    char byte = 0;
    return !m_buffer.empty() || ::recv(m_socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

bool LoopbackClient::fill()
{
    char block[16384];
    const ssize_t n = ::recv(m_socket, block, sizeof(block), 0);
    m_reset = m_reset || (n < 0 && errno == ECONNRESET);
    if (n <= 0)
        return false;
    m_buffer.append(block, static_cast<std::size_t>(n));
    return true;
}

std::string LoopbackClient::readBytes(std::size_t size)
{
    while (m_buffer.size() < size && fill()) {
    }
    std::string out = m_buffer.substr(0, size);
    m_buffer.erase(0, out.size());
    return out;
}

std::string LoopbackClient::readAll()
{
    while (fill()) {
    }
    return std::exchange(m_buffer, {});
}

std::string LoopbackClient::readAnswer(bool bodiless)
{
    std::size_t head = 0;
    while ((head = m_buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill())
            return std::exchange(m_buffer, {});
    }
    std::size_t end = head + 4;
    const std::string_view text = std::string_view(m_buffer).substr(0, end);
    if (const std::size_t at = text.find("\r\nContent-Length: ");
        at != std::string_view::npos && !bodiless) {
        end += std::strtoul(m_buffer.c_str() + at + 18, nullptr, 10);
    } else if (text.find("\r\nTransfer-Encoding: chunked") != std::string_view::npos && !bodiless) {
        while (m_buffer.find("\r\n0\r\n", head + 2) == std::string::npos && fill()) {
        }
        const std::size_t last = m_buffer.find("\r\n0\r\n", head + 2);
        while (m_buffer.find("\r\n\r\n", last) == std::string::npos && fill()) {
        }
        end = m_buffer.find("\r\n\r\n", last) + 4;
    }
    return readBytes(end);
}

std::string get(std::uint16_t port, std::string_view target, std::string_view headers)
{
    LoopbackClient client(port);
    client.send("GET " + std::string(target)
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + std::string(headers)
                + "\r\n");
    return client.readAll();
}

std::string bodyOf(std::string_view answer)
{
    const std::size_t head = answer.find("\r\n\r\n");
    if (head == std::string_view::npos)
        return {};
    std::string_view rest = answer.substr(head + 4);
    if (answer.substr(0, head).find("\r\nTransfer-Encoding: chunked") == std::string_view::npos)
        return std::string(rest);
    std::string out;
    while (true) {
        const std::size_t size = std::strtoul(std::string(rest.substr(0, 16)).c_str(), nullptr, 16);
        if (size == 0)
            return out;
        rest.remove_prefix(rest.find("\r\n") + 2);
        out += rest.substr(0, size);
        rest.remove_prefix(size + 2);
    }
}

std::string statusLine(std::string_view answer)
{
    return std::string(answer.substr(0, answer.find("\r\n")));
}

} // namespace understudy::test
