// SPDX-License-Identifier: Apache-2.0
#include "core/engine/answer_builder.h"

#include "core/base/text.h"
#include "core/http/charset.h"
#include "core/http/status.h"
#include "core/match/multipart.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy {

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

bool isSuccess(int status) { return status >= 200 && status < 300; }

bool isNamed(const http::HeaderField &field, std::string_view name)
{
    return text::equalsIgnoreCase(field.name, name);
}

} // namespace

std::shared_ptr<const PreparedAnswer> prepareAnswer(AnswerParts parts, bool isStatic)
{
    auto answer = std::make_shared<PreparedAnswer>();
    answer->status = parts.status;
    answer->isStatic = isStatic;
    const http::HeaderField *coding = http::findHeader(parts.headers, "Transfer-Encoding");
    const http::HeaderField *trailer = http::findHeader(parts.headers, "Trailer");
    const bool bodiless = http::isBodiless(parts.status);
    answer->isChunked = !bodiless && coding && listsName(coding->value, "chunked");

    // No client takes a 1xx for the answer; it would wait for another one for ever.
    answer->closes = parts.status < 200;

    std::string statusLine = "HTTP/1.1 " + std::to_string(parts.status) + ' ';
    statusLine
        += parts.reason.empty() ? http::reasonPhrase(parts.status) : std::string_view(parts.reason);
    statusLine += "\r\n";
    std::string lines;
    std::string trailers;
    for (const http::HeaderField &field : parts.headers) {
        if (isNamed(field, "Content-Length") || isNamed(field, "Transfer-Encoding"))
            continue;
        const bool isTrailer
            = answer->isChunked && trailer && listsName(trailer->value, field.name);
        appendHeader(isTrailer ? trailers : lines, field.name, field.value);
        answer->hasDate |= isNamed(field, "Date");
        answer->hasAllowOrigin |= isNamed(field, "Access-Control-Allow-Origin");
        answer->hasAllowCredentials |= isNamed(field, "Access-Control-Allow-Credentials");
        if (isNamed(field, "Access-Control-Expose-Headers")) {
            answer->hasExposeHeaders = true;
            answer->exposesAll |= listsName(field.value, "*");
        }
        if (isNamed(field, "Connection")) {
            answer->hasConnection = true;
            answer->closes |= listsName(field.value, "close");
        }
    }
    const std::uint64_t length = parts.contentLength.value_or(parts.body.size());
    std::string lengthLine;
    if (!bodiless)
        appendHeader(lengthLine, "Content-Length", std::to_string(length));
    if (answer->isChunked) {
        answer->unchunkedHead = statusLine + lines + lengthLine;
        answer->unchunkedBody = std::make_shared<const std::string>(parts.body);
        appendHeader(lines, "Transfer-Encoding", "chunked");
        answer->body = std::make_shared<const std::string>(chunked(parts.body, trailers));
    } else {
        lines += lengthLine;
        answer->body
            = std::make_shared<const std::string>(bodiless ? std::string{} : std::move(parts.body));
    }
    answer->head = statusLine + lines;
    answer->head.shrink_to_fit();
    return answer;
}

std::shared_ptr<const PreparedAnswer> prepareMessage(int status, std::string_view text)
{
    AnswerParts parts;
    parts.status = status;
    parts.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
    parts.body = std::string(text) + '\n';
    return prepareAnswer(std::move(parts), false);
}

http::Precondition preconditionOf(const AnswerParts &parts, const http::RequestHead &request)
{
    return isSuccess(parts.status) ? http::evaluatePreconditions(request, parts.headers)
                                   : http::Precondition::Holds;
}

bool hasValidators(const AnswerParts &parts)
{
    return isSuccess(parts.status)
           && (http::findHeader(parts.headers, "ETag")
               || http::findHeader(parts.headers, "Last-Modified"));
}

std::optional<std::string> encodeBody(AnswerParts &parts)
{
    const http::HeaderField *type = http::findHeader(parts.headers, "Content-Type");
    if (!type || parts.body.empty())
        return std::nullopt;
    const std::string charset = headerParameter(type->value, "charset");
    if (http::isUtf8Charset(charset) && !text::equalsIgnoreCase(charset, "us-ascii")
        && !text::equalsIgnoreCase(charset, "ascii"))
        return std::nullopt;
    auto encoded = http::fromUtf8(parts.body, charset);
    if (!encoded)
        return "the charset '" + charset + "' is not known here; the body is sent as UTF-8";
    parts.body = std::move(encoded->bytes);
    if (encoded->unrepresentable == 0)
        return std::nullopt;
    const std::string count = std::to_string(encoded->unrepresentable);
    return count
           + (encoded->unrepresentable == 1 ? " character of the body is"
                                            : " characters of the body are")
           + " not in the charset '" + charset + "' that the Content-Type announces; '?' is sent";
}

http::HeaderList mergeHeaders(const http::HeaderList &base, const http::HeaderList &over)
{
    http::HeaderList out;
    for (const http::HeaderField &field : base) {
        if (isNamed(field, "Set-Cookie") || !http::findHeader(over, field.name))
            out.push_back(field);
    }
    out.insert(out.end(), over.begin(), over.end());
    return out;
}

} // namespace understudy
