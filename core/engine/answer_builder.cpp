// SPDX-License-Identifier: Apache-2.0
#include "core/engine/answer_builder.h"

#include "core/base/text.h"
#include "core/http/charset.h"
#include "core/match/multipart.h"

namespace understudy {

namespace {

bool isSuccess(int status) { return status >= 200 && status < 300; }

bool isNamed(const http::HeaderField &field, std::string_view name)
{
    return text::equalsIgnoreCase(field.name, name);
}

} // namespace

std::shared_ptr<const http::PreparedResponse> prepareMessage(int status, std::string_view text)
{
    http::Response parts;
    parts.status = status;
    parts.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
    parts.body = std::string(text) + '\n';
    return http::prepareResponse(std::move(parts), false);
}

http::Precondition preconditionOf(const http::Response &parts, const http::RequestHead &request)
{
    return isSuccess(parts.status) ? http::evaluatePreconditions(request, parts.headers)
                                   : http::Precondition::Holds;
}

bool hasValidators(const http::Response &parts)
{
    return isSuccess(parts.status)
           && (http::findHeader(parts.headers, "ETag")
               || http::findHeader(parts.headers, "Last-Modified"));
}

std::optional<std::string> encodeBody(http::Response &parts)
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
