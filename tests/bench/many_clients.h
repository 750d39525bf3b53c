// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace understudy::bench {

/// How long each answer took, from the last byte of its request to the first of the answer.
using Delays = std::vector<std::chrono::microseconds>;

struct Load
{
    int connections = 1000;
    int requestsEach = 20;
    /// A connection sends its next request so long after an answer, in turn, so that the requests
    /// of all connections are spread over time.
    std::chrono::milliseconds think{50};
    std::string target = "/x";
};

/// Keep-alive clients on one thread over epoll. Delays in the order the answers came; empty if the
/// server broke off.
Delays measure(std::uint16_t port, const Load &load);

/// One GET on a connection of its own: how long from the request to the end of the answer, in
/// seconds, and the size of its body.
struct Transfer
{
    double seconds = 0;
    std::uint64_t bytes = 0;
};
Transfer transfer(std::uint16_t port, const std::string &target);

} // namespace understudy::bench
