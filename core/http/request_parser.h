// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/chunked_decoder.h"
#include "core/http/request.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::http {

struct ParserOptions
{
    std::size_t headLimit = 64'000;        ///< bytes from the request line to the empty line
    std::uint64_t bodyLimit = 100'000'000; ///< bytes of the decoded body
    bool requireHost = true; ///< RFC 9112 section 3.2: HTTP/1.1 without exactly one Host is a 400
};

/// Why a message was refused: the status that says so, and a sentence for the user.
struct ParseFailure
{
    int status = 0;
    std::string message;
    bool operator==(const ParseFailure &) const = default;
};

/// Reads one request at a time from a stream of bytes, in pieces of any size, after RFC 9112.
/// Strict where leniency would be guessing: bare CR or LF, folded lines, white space before the
/// colon, conflicting or malformed lengths are refused. The verdict does not depend on how the
/// bytes were cut.
///
///     RequestParser parser;
///     while (!parser.isDone())
///         input.remove_prefix(parser.feed(input));   // read more when all is consumed
///     if (!parser.failure()) use(parser.take());
///
/// Not shared between threads.
class RequestParser
{
public:
    explicit RequestParser(ParserOptions options = {})
        : m_options(options)
    {}

    /// Takes bytes up to the end of the message; returns how many. Takes nothing once isDone.
    std::size_t feed(std::string_view input);

    /// The peer sent its last byte. In the middle of a request that is a failure.
    void finish();

    bool isHeadComplete() const
    {
        return m_state != State::RequestLine && m_state != State::Headers;
    }
    bool isComplete() const { return m_state == State::Complete; }
    bool isDone() const { return m_state == State::Complete || m_failure.status != 0; }
    /// Nothing of a request has arrived yet (blank lines before it do not count).
    bool isIdle() const { return m_state == State::RequestLine && m_request.head.m_raw.empty(); }

    const ParseFailure *failure() const { return m_failure.status ? &m_failure : nullptr; }

    // Valid once the head is complete:
    const RequestHead &head() const { return m_request.head; }
    /// The connection may carry another request behind this one (RFC 9112 section 9.3).
    bool keepAlive() const { return m_keepAlive; }
    /// The client waits for 100 before it sends the body (RFC 9110 section 10.1.1).
    bool expectsContinue() const { return m_expectsContinue; }
    /// Some of the body has arrived, so that nobody waits for a 100.
    bool hasBodyBytes() const { return !m_request.body.empty(); }
    /// How much of the body has arrived, without the framing of chunks.
    std::size_t bodySize() const { return m_request.body.size(); }

    /// Bytes that what has arrived holds on the heap.
    std::size_t heapSize() const
    {
        return m_request.head.heapSize() + m_request.body.capacity() + m_chunks.heapSize();
    }

    /// What was received of the message so far, for showing a refused one; head only.
    std::string_view rawHead() const { return m_request.head.m_raw; }

    /// Hands the request over and starts anew for the next one.
    Request take();

private:
    enum class State { RequestLine, Headers, Body, Chunks, Complete, Failed };

    std::size_t feedLine(std::string_view input);
    void makeRoom(std::size_t more);
    std::size_t feedBody(std::string_view input);
    std::size_t feedChunks(std::string_view input);
    void parseRequestLine(std::string_view line, std::size_t offset);
    void parseHeaderLine(std::string_view line, std::size_t offset);
    void finishHead();
    void readConnection();
    void readFraming();
    bool readTransferEncoding();
    void fail(int status, std::string message);
    void failHeadTooLarge();

    ParserOptions m_options;
    State m_state = State::RequestLine;
    Request m_request;
    ParseFailure m_failure;
    std::size_t m_lineStart = 0;
    std::size_t m_blankLines = 0;
    std::uint64_t m_remaining = 0;
    bool m_chunked = false;
    bool m_keepAlive = true;
    bool m_expectsContinue = false;
    ChunkedDecoder m_chunks;
};

} // namespace understudy::http
