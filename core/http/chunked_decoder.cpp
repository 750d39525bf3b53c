// SPDX-License-Identifier: Apache-2.0
#include "core/http/chunked_decoder.h"

#include "core/base/text.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <charconv>

namespace understudy::http {

namespace {

/// Extensions of a chunk (RFC 9112 section 7.1.1): `*( BWS ";" BWS name [ BWS "=" BWS (token /
/// quoted-string) ] )`.
bool areExtensions(std::string_view text)
{
    while (!text.empty()) {
        text = text::trim(text);
        if (!text.starts_with(';'))
            return false;
        text = text::trim(text.substr(1));
        const std::size_t nameEnd = std::min(text.find_first_of("=; \t"), text.size());
        if (!isToken(text.substr(0, nameEnd)))
            return false;
        text.remove_prefix(nameEnd);
        const std::string_view ahead = text::trim(text);
        if (!ahead.starts_with('='))
            continue;
        text = text::trim(ahead.substr(1));
        if (text.starts_with('"')) {
            std::size_t end = 1;
            while (end < text.size() && text[end] != '"')
                end += text[end] == '\\' ? 2 : 1;
            if (end >= text.size() || !isFieldValue(text.substr(1, end - 1)))
                return false;
            text.remove_prefix(end + 1);
        } else {
            const std::size_t end = std::min(text.find_first_of("; \t"), text.size());
            if (!isToken(text.substr(0, end)))
                return false;
            text.remove_prefix(end);
        }
    }
    return true;
}

} // namespace

void ChunkedDecoder::fail(int status, std::string_view text)
{
    m_failureStatus = status;
    m_failureText = text;
}

void ChunkedDecoder::readSizeLine(std::string_view line)
{
    const char *end = line.data() + line.size();
    std::uint64_t size = 0;
    const auto [rest, ec] = std::from_chars(line.data(), end, size, 16);
    const std::string_view extensions(rest, static_cast<std::size_t>(end - rest));
    if (ec == std::errc::result_out_of_range)
        return fail(413, "a chunk size does not fit into 64 bits");
    if (ec != std::errc{})
        return fail(400, "a chunk does not begin with its size in hexadecimal digits");
    // White space is part of the extensions' grammar and may not stand alone.
    if (!extensions.empty() && (text::trim(extensions).empty() || !areExtensions(extensions)))
        return fail(400, "the size line of a chunk is malformed");
    m_remaining = size;
    m_state = size == 0 ? State::Trailers : State::Data;
}

void ChunkedDecoder::readTrailer(std::string_view line)
{
    if (line.empty()) {
        m_state = State::Complete;
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
        return fail(400, "a trailer line is not 'Name: value'");
    const std::string_view value = text::trim(line.substr(colon + 1));
    if (!isFieldValue(value))
        return fail(400, "the value of a trailer holds a control character");
    m_trailers.emplace_back(line.substr(0, colon), value);
}

std::size_t ChunkedDecoder::feed(std::string_view input, std::string &body, std::uint64_t bodyLimit,
                                 std::size_t lineLimit)
{
    std::size_t taken = 0;
    while (taken < input.size() && m_state != State::Complete && m_failureStatus == 0) {
        const std::string_view rest = input.substr(taken);
        if (m_state == State::Data) {
            const auto n
                = static_cast<std::size_t>(std::min<std::uint64_t>(m_remaining, rest.size()));
            if (m_remaining > bodyLimit || body.size() > bodyLimit - m_remaining) {
                fail(413, "the body is larger than the limit");
                break;
            }
            body.append(rest.substr(0, n));
            taken += n;
            m_remaining -= n;
            if (m_remaining == 0)
                m_state = State::DataEnd;
            continue;
        }
        // All other states read a line; a line is parsed when its line feed is there.
        const std::size_t feed = rest.find('\n');
        m_line.append(rest.substr(0, feed == std::string_view::npos ? rest.size() : feed + 1));
        taken += feed == std::string_view::npos ? rest.size() : feed + 1;
        if (m_state == State::DataEnd && m_line != "\r\n" && m_line != "\r") {
            fail(400, "a chunk is not followed by a line break; its size is wrong");
            break;
        }
        const std::size_t cr = m_line.find('\r');
        if (cr != std::string::npos && cr + 1 < m_line.size() && m_line[cr + 1] != '\n') {
            fail(400, "a carriage return without a line feed");
            break;
        }
        if (m_line.size() + m_trailerBytes > lineLimit) {
            fail(m_state == State::Trailers ? 431 : 400,
                 "a chunk's size line or the trailers are too long");
            break;
        }
        if (feed == std::string_view::npos)
            break;
        if (!m_line.ends_with("\r\n")) {
            fail(400, "a line feed without a carriage return");
            break;
        }
        const std::string_view line = std::string_view(m_line).substr(0, m_line.size() - 2);
        if (m_state == State::SizeLine) {
            readSizeLine(line);
        } else if (m_state == State::DataEnd) {
            m_state = State::SizeLine;
        } else {
            m_trailerBytes += m_line.size();
            readTrailer(line);
        }
        m_line.clear();
    }
    return taken;
}

} // namespace understudy::http
