// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wire/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>

/// What the sources of Connection share.
namespace understudy::wire {

namespace asio = boost::asio;
using namespace std::chrono_literals;

inline constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);
// Of a streamed file an exchange keeps this much.
inline constexpr std::size_t kFileCapture = 262'144;

inline Duration since(SteadyTime start, SteadyTime now)
{
    return std::chrono::duration_cast<Duration>(now - start);
}

/// Cuts bytes into slices: each goes out after its pause, and the pauses are counted from the
/// first, so that late timers do not add up.
class Slicer
{
public:
    Slicer(Slices slices, std::uint64_t total)
        : m_slices(slices)
        , m_left(total)
        , m_due(std::chrono::steady_clock::now())
    {}

    /// When the next slice may go.
    SteadyTime due() const { return m_slices.size > 0 ? m_due + m_slices.pause : m_due; }
    /// The size of the next slice, which goes now.
    std::uint64_t take()
    {
        m_due = due();
        ++m_number;
        const bool isLast
            = m_slices.size == 0 || (m_slices.pieces > 0 && m_number >= m_slices.pieces);
        const std::uint64_t size = isLast ? m_left : std::min(m_slices.size, m_left);
        m_left -= size;
        return size;
    }

private:
    Slices m_slices;
    std::uint64_t m_left;
    std::uint64_t m_number = 0;
    SteadyTime m_due;
};

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
