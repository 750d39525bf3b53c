// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/slicer.h"
#include "core/wire/await.h"
#include "core/wire/connection.h"

#include <chrono>

/// What the sources of Connection share.
namespace understudy::wire {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// Of a streamed file an exchange keeps this much.
inline constexpr std::size_t kFileCapture = 262'144;

inline Duration since(SteadyTime start, SteadyTime now)
{
    return std::chrono::duration_cast<Duration>(now - start);
}

/// A body as the journal keeps it, cut to `limit` bytes.
CapturedBody captureBody(std::string body, std::size_t limit);

struct Connection::Outcome
{
    SteadyTime arrived{}; ///< the last byte of the request
    SteadyTime matched{};
    SteadyTime firstOut{};
    SteadyTime complete{};
    std::string head;
    std::string error;
    /// Of a script, and of an answer with a file: the beginning of what was sent, head and body,
    /// and how much it was.
    std::optional<std::string> sent;
    std::uint64_t sentSize = 0;
    std::size_t sentLimit = 0;
    bool isWritten = true; ///< the client took it all
    Duration plannedTransfer{};

    void keep(std::string_view bytes);
};

struct Connection::Anticipated
{
    std::shared_ptr<const CompiledServer> server;
    Anticipation data;
};

} // namespace understudy::wire
