// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/engine/outbound_request.h"
#include "core/http/request.h"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace understudy::wire {

/// What became of a request of ours.
struct ClientResult
{
    WallTime began{};
    Duration sentAfter{};
    Duration answeredAfter{}; ///< the head of the answer was there
    Duration completeAfter{};
    std::string peer;         ///< "127.0.0.1:4000"
    std::string tls;          ///< "TLS 1.3"; empty without
    http::RequestHead sent;   ///< empty where no request could be made
    int status = 0;           ///< 0: no answer
    std::string head;         ///< from the status line to the empty line, both included
    http::HeaderList headers; ///< of it
    std::string body;         ///< without its chunks
    bool isCut = false;       ///< the answer is longer than what is kept
    bool isLoopback = false;  ///< it was asked of this machine
    bool isRefused = false;   ///< by ClientReach
    std::string error;        ///< why there is no answer, or not all of one
};

constexpr Duration kClientPatience = std::chrono::seconds(30);
/// An answer is kept up to so many bytes.
constexpr std::size_t kClientBody = 8U << 20U;

/// Whose addresses a host may have; nobody is asked where one of them is another's.
enum class ClientReach { Anybody, ThisMachine, OtherMachines };

struct ClientRules
{
    std::size_t body = kClientBody;
    ClientReach reach = ClientReach::Anybody;
};

/// Sends one request on a connection of its own and reads the answer into `out`; all of it takes at
/// most kClientPatience. Redirects are not followed, and no proxy is asked. Ends early when it is
/// cancelled.
boost::asio::awaitable<void> exchangeOver(const OutboundRequest &request, ClientResult &out,
                                          ClientRules rules = {});

} // namespace understudy::wire
