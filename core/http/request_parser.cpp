// SPDX-License-Identifier: Apache-2.0
#include "core/http/request_parser.h"

#include "core/base/text.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <cstring>

namespace understudy::http {

namespace {

// RFC 9112 section 2.2 asks to skip "at least one" empty line before a request; more than a few are
// an attack.
constexpr std::size_t kBlankLines = 8;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Visible ASCII only. RFC 3986 allows less; a mock keeps quotes, bars and braces as they were
/// sent.
bool isTarget(std::string_view target)
{
    return !target.empty() && std::all_of(target.begin(), target.end(), [](char c) {
        return c > 0x20 && c < 0x7f;
    });
}

/// origin-form, absolute-form, asterisk-form, or authority-form for CONNECT (RFC 9112 section 3.2).
bool isTargetForm(std::string_view method, std::string_view target)
{
    if (target.front() == '/' || target == "*")
        return true;
    if (method == "CONNECT")
        return target.find('/') == std::string_view::npos;
    const std::size_t colon = target.find("://");
    return colon != std::string_view::npos && colon > 0 && target.size() > colon + 3
           && std::all_of(target.begin(), target.begin() + static_cast<std::ptrdiff_t>(colon),
                          [](char c) {
                              return (text::lower(c) >= 'a' && text::lower(c) <= 'z') || isDigit(c)
                                     || c == '+' || c == '-' || c == '.';
                          });
}

/// What uri-host and port may consist of (RFC 9112 section 3.2, RFC 3986 section 3.2.2); empty is
/// allowed.
bool isHost(std::string_view text)
{
    constexpr std::string_view kMarks = "-._~%!$&'()*+,;=:[]";
    return std::all_of(text.begin(), text.end(), [&](char c) {
        const char l = text::lower(c);
        return (l >= 'a' && l <= 'z') || isDigit(c) || kMarks.find(c) != std::string_view::npos;
    });
}

Span spanOf(std::size_t offset, std::size_t size)
{
    return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(size)};
}

} // namespace

void RequestParser::fail(int status, std::string message)
{
    m_failure = {status, std::move(message)};
    m_state = State::Failed;
    m_keepAlive = false;
}

void RequestParser::failHeadTooLarge()
{
    const std::string limit = std::to_string(m_options.headLimit) + " bytes (limits.head)";
    if (m_state == State::RequestLine)
        fail(414, "the request line is longer than " + limit);
    else
        fail(431, "the head is longer than " + limit);
}

std::size_t RequestParser::feed(std::string_view input)
{
    std::size_t taken = 0;
    while (taken < input.size() && !isDone()) {
        const std::string_view rest = input.substr(taken);
        if (m_state == State::Body)
            taken += feedBody(rest);
        else if (m_state == State::Chunks)
            taken += feedChunks(rest);
        else
            taken += feedLine(rest);
    }
    return taken;
}

std::size_t RequestParser::feedLine(std::string_view input)
{
    std::string &raw = m_request.head.m_raw;
    if (raw.empty())
        raw.reserve(std::min<std::size_t>(input.size(), 4096));
    const std::size_t lineFeed = input.find('\n');
    const bool isWhole = lineFeed != std::string_view::npos;
    const std::size_t size = isWhole ? lineFeed + 1 : input.size();
    if (raw.size() + size > m_options.headLimit) {
        raw.append(input.substr(0, m_options.headLimit - raw.size()));
        failHeadTooLarge();
        return size;
    }
    raw.append(input.substr(0, size));

    std::string_view line = std::string_view(raw).substr(m_lineStart);
    const std::size_t cr = line.find('\r');
    if (cr != std::string_view::npos && cr + 1 < line.size() && line[cr + 1] != '\n') {
        fail(400, "a carriage return without a line feed");
        return size;
    }
    if (!isWhole) {
        // Bytes that can never become a method, such as a TLS hello, need not wait for a line end.
        const std::string_view method = line.substr(0, line.find_first_of(" \r"));
        if (m_state == State::RequestLine && !method.empty() && !isToken(method))
            fail(400, "the request does not begin with a method; is this a TLS client?");
        return size;
    }
    if (cr == std::string_view::npos) {
        fail(400, "a line ends with a line feed alone; HTTP lines end with CR LF");
        return size;
    }
    line.remove_suffix(2);
    const std::size_t offset = m_lineStart;
    m_lineStart = raw.size();
    if (m_state == State::Headers) {
        if (line.empty())
            finishHead();
        else
            parseHeaderLine(line, offset);
    } else if (!line.empty()) {
        parseRequestLine(line, offset);
    } else if (++m_blankLines > kBlankLines) {
        fail(400, "too many empty lines before the request");
    } else {
        raw.clear();
        m_lineStart = 0;
    }
    return size;
}

void RequestParser::parseRequestLine(std::string_view line, std::size_t offset)
{
    const std::size_t first = line.find(' ');
    const std::string_view method = line.substr(0, first);
    if (!isToken(method))
        return fail(400, "the request does not begin with a method");
    if (first == std::string_view::npos)
        return fail(400, "the request line has no target");
    const std::size_t second = line.find(' ', first + 1);
    const std::string_view target
        = line.substr(first + 1, second == std::string_view::npos ? second : second - first - 1);
    if (!isTarget(target))
        return fail(400, "the request target is empty or holds bytes that are not visible ASCII");
    if (second == std::string_view::npos)
        return fail(400, "the request line has no HTTP version (HTTP/0.9 is not served)");
    if (!isTargetForm(method, target))
        return fail(400, "the request target is neither a path, nor an absolute URL, nor '*'");

    const std::string_view version = line.substr(second + 1);
    if (version.size() != 8 || !version.starts_with("HTTP/") || !isDigit(version[5])
        || version[6] != '.' || !isDigit(version[7]))
        return fail(400, "the request line does not end with an HTTP version");
    if (version[5] != '1')
        return fail(505, "HTTP/" + std::string(version.substr(5))
                             + " is not served, only HTTP/1.1 and HTTP/1.0");

    RequestHead &head = m_request.head;
    head.m_method = spanOf(offset, method.size());
    head.m_target = spanOf(offset + first + 1, target.size());
    // RFC 9110 section 2.5: a higher minor version is treated as the highest that is known.
    head.m_version = version[7] == '0' ? 10 : 11;
    head.m_headers.reserve(12);
    m_state = State::Headers;
}

void RequestParser::parseHeaderLine(std::string_view line, std::size_t offset)
{
    if (line.front() == ' ' || line.front() == '\t')
        return fail(400, "a header line begins with white space; folded lines are not accepted "
                         "(RFC 9112 section 5.2)");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return fail(400, "a header line has no colon");
    const std::string_view name = line.substr(0, colon);
    if (!isToken(name))
        return fail(400, "a header name is empty or holds a character that is not allowed there");
    const std::string_view value = text::trim(line.substr(colon + 1));
    if (!isFieldValue(value))
        return fail(400,
                    "the value of header '" + std::string(name) + "' holds a control character");
    const std::size_t valueOffset
        = value.empty() ? colon + 1 : static_cast<std::size_t>(value.data() - line.data());
    m_request.head.m_headers.emplace_back(spanOf(offset, name.size()),
                                          spanOf(offset + valueOffset, value.size()));
}

void RequestParser::finishHead()
{
    const RequestHead &head = m_request.head;
    m_state = State::Body;
    readConnection();
    readFraming();
    if (m_failure.status)
        return;
    if (m_options.requireHost) {
        const std::vector<std::string_view> hosts = head.all("Host");
        if (hosts.size() > 1)
            return fail(400, "more than one Host header");
        if (hosts.empty() && head.version() == 11)
            return fail(400, "an HTTP/1.1 request without a Host header");
        if (!hosts.empty() && !isHost(hosts.front()))
            return fail(400, "the Host header is not a host name or address");
    }
    if (const auto expect = head.find("Expect"); expect && head.version() == 11) {
        if (!text::equalsIgnoreCase(*expect, "100-continue"))
            return fail(417, "the expectation '" + std::string(*expect) + "' is not known");
        m_expectsContinue = m_chunked || m_remaining > 0;
    }
    m_request.hasBody = m_chunked || head.find("Content-Length").has_value();
    if (m_chunked)
        m_state = State::Chunks;
    else if (m_remaining == 0)
        m_state = State::Complete;
}

void RequestParser::readConnection()
{
    const RequestHead &head = m_request.head;
    bool close = false;
    bool keepAlive = false;
    for (const std::string_view value : head.all("Connection")) {
        for (const std::string_view token : text::split(value, ',')) {
            close |= text::equalsIgnoreCase(text::trim(token), "close");
            keepAlive |= text::equalsIgnoreCase(text::trim(token), "keep-alive");
        }
    }
    // What follows a CONNECT belongs to a tunnel that is not there.
    m_keepAlive = !close && (head.version() == 11 || keepAlive) && head.method() != "CONNECT";
}

/// Whether the request is chunked; fails for everything that is not exactly that (RFC 9112
/// section 6.1 and 6.3).
bool RequestParser::readTransferEncoding()
{
    const std::vector<std::string_view> fields = m_request.head.all("Transfer-Encoding");
    if (fields.empty())
        return false;
    std::vector<std::string_view> codings;
    for (const std::string_view field : fields) {
        for (const std::string_view coding : text::split(field, ','))
            codings.push_back(text::trim(coding));
    }
    const auto isChunked
        = [](std::string_view coding) { return text::equalsIgnoreCase(coding, "chunked"); };
    if (m_request.head.version() == 10) {
        fail(400, "Transfer-Encoding in an HTTP/1.0 request: its length cannot be trusted");
    } else if (!isChunked(codings.back())
               || std::count_if(codings.begin(), codings.end(), isChunked) > 1) {
        fail(400, "'chunked' is not the last transfer coding, or not the only one of its kind: the "
                  "length is unknown");
    } else if (codings.size() > 1) {
        fail(501, "the transfer coding '" + std::string(codings.front()) + "' is not implemented");
    } else {
        return true;
    }
    return false;
}

void RequestParser::readFraming()
{
    m_chunked = readTransferEncoding();
    if (m_failure.status)
        return;
    const std::vector<std::string_view> lengths = m_request.head.all("Content-Length");
    if (lengths.empty())
        return;
    if (m_chunked)
        return fail(400, "both Transfer-Encoding and Content-Length: the length is ambiguous");
    if (lengths.size() > 1)
        return fail(400, "more than one Content-Length");
    const std::string_view text = lengths.front();
    if (text.empty() || !std::all_of(text.begin(), text.end(), isDigit))
        return fail(400, "the Content-Length is not a number");
    for (const char digit : text) {
        if (m_remaining > (UINT64_MAX - 9) / 10)
            return fail(400, "the Content-Length does not fit into 64 bits");
        m_remaining = m_remaining * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    if (m_remaining > m_options.bodyLimit) {
        fail(413, "a body of " + std::to_string(m_remaining) + " bytes is over the limit of "
                      + std::to_string(m_options.bodyLimit) + " bytes (limits.body)");
    }
}

/// Room for `more` bytes of the body, and for as many as have arrived already: not for all that a
/// client announces and may never send, nor for more than it announces.
void RequestParser::makeRoom(std::size_t more)
{
    std::string &body = m_request.body;
    const std::size_t wanted = body.size() + more;
    if (wanted > body.capacity())
        body.reserve(static_cast<std::size_t>(
            std::min<std::uint64_t>(body.size() + m_remaining, 2 * wanted)));
}

std::size_t RequestParser::feedBody(std::string_view input)
{
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(m_remaining, input.size()));
    makeRoom(n);
    m_request.body.append(input.substr(0, n));
    m_remaining -= n;
    if (m_remaining == 0)
        m_state = State::Complete;
    return n;
}

std::size_t RequestParser::feedChunks(std::string_view input)
{
    const std::size_t n
        = m_chunks.feed(input, m_request.body, m_options.bodyLimit, m_options.headLimit);
    if (m_chunks.failureStatus()) {
        fail(m_chunks.failureStatus(), std::string(m_chunks.failureText()));
    } else if (m_chunks.isComplete()) {
        m_request.trailers = m_chunks.takeTrailers();
        m_state = State::Complete;
    }
    return n;
}

void RequestParser::finish()
{
    if (!isDone() && !isIdle())
        fail(400, "the client closed the connection in the middle of a request");
}

Request RequestParser::take()
{
    Request request = std::move(m_request);
    *this = RequestParser(m_options);
    return request;
}

} // namespace understudy::http
