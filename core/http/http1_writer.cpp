// SPDX-License-Identifier: Apache-2.0
#include "core/http/http1_writer.h"

#include "core/base/text.h"
#include "core/http/status.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::http {

namespace {

// The size of the pieces a chunked body is cut into; small enough that clients see several.
constexpr std::size_t kChunk = 16'384;

void appendHeader(std::string &head, std::string_view name, std::string_view value)
{
    head.append(name).append(": ").append(value).append("\r\n");
}

std::string hex(std::size_t value)
{
    std::array<char, 20> buffer{};
    const auto [end, ec] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, 16);
    return {buffer.data(), end};
}

/// RFC 9112 section 7.1.
std::string chunked(std::string_view body, std::string_view trailers)
{
    std::string out;
    out.reserve(body.size() + body.size() / kChunk * 8 + trailers.size() + 32);
    while (!body.empty()) {
        const std::string_view piece = body.substr(0, kChunk);
        out.append(hex(piece.size())).append("\r\n").append(piece).append("\r\n");
        body.remove_prefix(piece.size());
    }
    return out.append("0\r\n").append(trailers).append("\r\n");
}

bool listsName(std::string_view list, std::string_view name)
{
    const auto names = text::split(list, ',');
    return std::any_of(names.begin(), names.end(), [&](std::string_view n) {
        return text::equalsIgnoreCase(text::trim(n), name);
    });
}

bool isNamed(const HeaderField &field, std::string_view name)
{
    return text::equalsIgnoreCase(field.name, name);
}

/// What the head says of itself.
void note(const HeaderField &field, PreparedResponse &out)
{
    out.hasDate |= isNamed(field, "Date");
    out.hasAllowOrigin |= isNamed(field, "Access-Control-Allow-Origin");
    out.hasAllowCredentials |= isNamed(field, "Access-Control-Allow-Credentials");
    if (isNamed(field, "Access-Control-Expose-Headers")) {
        out.hasExposeHeaders = true;
        out.exposesAll |= listsName(field.value, "*");
    }
    if (isNamed(field, "Connection")) {
        out.hasConnection = true;
        out.closes |= listsName(field.value, "close");
    }
}

} // namespace

std::shared_ptr<const PreparedResponse> prepareResponse(Response response, bool isStatic)
{
    auto out = std::make_shared<PreparedResponse>();
    out->status = response.status;
    out->isStatic = isStatic;
    const HeaderField *coding = findHeader(response.headers, "Transfer-Encoding");
    const HeaderField *trailer = findHeader(response.headers, "Trailer");
    const bool bodiless = isBodiless(response.status);
    const bool isChunked = !bodiless && coding && listsName(coding->value, "chunked");
    // No client takes a 1xx for the answer; it would wait for another one for ever.
    out->closes = response.status < 200;

    std::size_t room = 64; // status line and Content-Length
    for (const HeaderField &field : response.headers)
        room += field.name.size() + field.value.size() + 4;
    std::string lines;
    lines.reserve(room);
    lines.append("HTTP/1.1 ").append(std::to_string(response.status)) += ' ';
    lines += response.reason.empty() ? reasonPhrase(response.status)
                                     : std::string_view(response.reason);
    lines += "\r\n";
    std::string trailers;
    for (const HeaderField &field : response.headers) {
        if (isNamed(field, "Content-Length") || isNamed(field, "Transfer-Encoding"))
            continue;
        const bool isTrailer = isChunked && trailer && listsName(trailer->value, field.name);
        appendHeader(isTrailer ? trailers : lines, field.name, field.value);
        note(field, *out);
    }
    if (isChunked) {
        out->chunkedHead = lines;
        appendHeader(out->chunkedHead, "Transfer-Encoding", "chunked");
        out->chunkedBody = std::make_shared<const std::string>(chunked(response.body, trailers));
    }
    const std::uint64_t length = response.contentLength.value_or(response.body.size());
    if (!bodiless)
        appendHeader(lines, "Content-Length", std::to_string(length));
    out->head = std::move(lines);
    if (isStatic) // it stays
        out->head.shrink_to_fit();
    out->body
        = std::make_shared<const std::string>(bodiless ? std::string{} : std::move(response.body));
    return out;
}

void Http1Writer::writeHead(std::string_view extraLines, std::string_view dateLine, bool keepsAlive,
                            std::string &out) const
{
    out.assign(m_isChunked ? m_response.chunkedHead : m_response.head);
    out += extraLines;
    if (!m_response.hasDate)
        out += dateLine;
    if (!keepsAlive && !m_response.hasConnection)
        out += "Connection: close\r\n";
    else if (keepsAlive && m_isOld && !m_response.hasConnection)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
}

} // namespace understudy::http
