// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace understudy::cli_test {

/// A TCP connection to a port of this machine. Throws if nobody listens there.
class Client
{
public:
    explicit Client(int port);
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void send(std::string_view bytes) const;
    /// Reads until `end` has arrived, the other side closed, or the patience is over.
    std::string readUntil(std::string_view end) const;
    std::string readAll() const { return readUntil({}); }

private:
    int m_descriptor;
};

/// The whole answer to a GET, status line and headers included.
std::string get(int port, std::string_view path, std::string_view headers = {});

/// Whether somebody listens on the port.
bool accepts(int port);

/// A TCP socket that listens on a free port of the loopback interface, and does nothing else.
class Occupier
{
public:
    Occupier();
    ~Occupier();
    Occupier(const Occupier &) = delete;
    Occupier &operator=(const Occupier &) = delete;
    int port() const { return m_port; }

private:
    int m_descriptor;
    int m_port = 0;
};

} // namespace understudy::cli_test
