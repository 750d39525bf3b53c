// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::http {

/// Removes the chunked transfer coding (RFC 9112 section 7.1) from a stream of bytes cut anywhere.
/// Sizes, extensions and trailers are checked; nothing is guessed. Not shared between threads.
class ChunkedDecoder
{
public:
    /// Takes bytes up to the end of the coding and appends the decoded ones to `body`; returns how
    /// many it took. Fails with 413 when `body` would grow beyond `bodyLimit`, with 431 when a size
    /// line or the trailers exceed `lineLimit`.
    std::size_t feed(std::string_view input, std::string &body, std::uint64_t bodyLimit,
                     std::size_t lineLimit);

    bool isComplete() const { return m_state == State::Complete; }
    /// 0, or the status of the refusal.
    int failureStatus() const { return m_failureStatus; }
    std::string_view failureText() const { return m_failureText; }

    std::vector<std::pair<std::string, std::string>> takeTrailers()
    {
        return std::move(m_trailers);
    }

    /// Bytes held on the heap, the body aside.
    std::size_t heapSize() const
    {
        return m_line.capacity() + m_trailers.capacity() * sizeof(m_trailers[0]) + m_trailerBytes;
    }

private:
    enum class State { SizeLine, Data, DataEnd, Trailers, Complete };

    void readSizeLine(std::string_view line);
    void readTrailer(std::string_view line);
    void fail(int status, std::string_view text);

    State m_state = State::SizeLine;
    std::string m_line; ///< an unfinished line
    std::uint64_t m_remaining = 0;
    std::size_t m_trailerBytes = 0;
    std::vector<std::pair<std::string, std::string>> m_trailers;
    int m_failureStatus = 0;
    std::string_view m_failureText;
};

} // namespace understudy::http
