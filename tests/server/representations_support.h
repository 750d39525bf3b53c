// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/loopback_client.h"

#include <cstdint>
#include <string>

namespace understudy::test {

/// Everything that a connection gives for one request; its head without Host, Connection and
/// length.
inline std::string exchangeWith(std::uint16_t port, const std::string &head,
                                const std::string &body = {}, bool hasLength = true)
{
    LoopbackClient client(port);
    client.send(head + "Host: h\r\nConnection: close\r\n"
                + (hasLength ? "Content-Length: " + std::to_string(body.size()) + "\r\n" : "")
                + "\r\n" + body);
    return client.readAll();
}

} // namespace understudy::test
