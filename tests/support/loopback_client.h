// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::test {

/// A raw TCP connection to the loopback interface, blocking, for tests that care about every byte.
/// Reads give up after ten seconds, so that a broken server fails a test instead of hanging it.
class LoopbackClient
{
public:
    explicit LoopbackClient(std::uint16_t port, const char *address = "127.0.0.1");
    /// A socket for IPv4 that has its descriptor and no connection yet.
    LoopbackClient();
    ~LoopbackClient();
    LoopbackClient(const LoopbackClient &) = delete;
    LoopbackClient &operator=(const LoopbackClient &) = delete;

    bool connect(std::uint16_t port, const char *address = "127.0.0.1");
    bool isConnected() const { return m_connected; }
    bool send(std::string_view bytes);
    /// Ends the sending side.
    void finish();
    /// Closes with a reset.
    void reset();

    /// Something of an answer, or the end of the stream, is there to read.
    bool hasAnswer() const;
    /// The next answer, head and body (by Content-Length or chunks; `bodiless` for HEAD); empty at
    /// the end of the stream.
    std::string readAnswer(bool bodiless = false);
    /// Everything up to the end of the stream.
    std::string readAll();
    /// At least `size` bytes, or what came before the end.
    std::string readBytes(std::size_t size);
    bool isReset() const { return m_reset; }

private:
    bool fill();

    int m_socket = -1;
    bool m_connected = false;
    bool m_reset = false;
    std::string m_buffer;
};

/// One GET on a connection of its own; the whole answer.
std::string get(std::uint16_t port, std::string_view target, std::string_view headers = {});

/// The body of an answer without chunked coding.
std::string bodyOf(std::string_view answer);
/// The status line of an answer.
std::string statusLine(std::string_view answer);

} // namespace understudy::test
