// SPDX-License-Identifier: Apache-2.0
#include "core/engine/callbacks.h"

#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/engine/bucket_answer.h"
#include "core/http/mime_type.h"
#include "core/http/request.h"
#include "core/http/response.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace understudy {

namespace {

// So that callbacks of servers that call each other come to an end. The first is Mockoon's.
constexpr std::string_view kMockoonDepth = "X-Mockoon-Callback-Depth";
constexpr std::string_view kDepth = "X-Understudy-Callback-Depth";

constexpr std::string_view kPlainText = "text/plain;charset=UTF-8";
constexpr std::size_t kMaxFile = 32U << 20U;

/// A file as the only field of a form, as Mockoon sends it.
std::string asForm(const std::string &content, std::string &type)
{
    std::string boundary = "understudy";
    while (content.find(boundary) != std::string::npos)
        boundary += std::to_string(content.size());
    type = "multipart/form-data; boundary=" + boundary;
    return "--" + boundary
           + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"blob\"\r\n"
             "Content-Type: application/octet-stream\r\n\r\n"
           + content + "\r\n--" + boundary + "--\r\n";
}

} // namespace

unsigned callbackDepth(const http::RequestHead &head)
{
    unsigned depth = 0;
    for (const std::string_view name : {kDepth, kMockoonDepth}) {
        const std::string_view text = head.find(name).value_or(std::string_view{});
        unsigned value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        depth = std::max(depth, value);
    }
    return depth;
}

TemplateText Callbacks::read(const Callback &callback, const std::string &text,
                             const std::string &field)
{
    TemplateText out(text, callback.isTemplate, callback.dialect);
    if (out.error())
        m_problems.emplace_back(field, described(*out.error()));
    return out;
}

std::shared_ptr<const Callbacks>
Callbacks::compile(const Response &response, const std::filesystem::path &folder, bool allowOutside)
{
    if (response.callbacks.empty())
        return nullptr;
    auto out = std::make_shared<Callbacks>();
    out->m_folder = folder;
    out->m_allowOutside = allowOutside;
    for (const Callback &callback : response.callbacks) {
        const std::string place = fieldOf(out->m_rows.size());
        Row row{callback, out->read(callback, callback.url, place + "url"), {}, {}};
        for (const http::HeaderField &field : callback.headers)
            row.headers.emplace_back(
                field.name, out->read(callback, field.value, place + "headers." + field.name));
        const Body &body = callback.body;
        if (body.kind == Body::Kind::Text)
            row.body = out->read(callback, body.content, place + "body");
        else if (body.kind == Body::Kind::Json)
            row.body = out->read(callback, writeJson(body.json), place + "bodyJson");
        else if (body.kind == Body::Kind::File)
            row.body = out->read(callback, body.content, place + "bodyFile");
        row.method = out->read(callback, callback.method, place + "method");
        row.parameters = TemplateParameters(callback.extensions);
        out->m_rows.push_back(std::move(row));
    }
    return out;
}

Result<std::string> Callbacks::bodyOf(const Row &row, handlebars::RenderScope &scope,
                                      std::string &type) const
{
    const Callback &callback = row.source;
    switch (callback.body.kind) {
    case Body::Kind::None:
        return std::string();
    case Body::Kind::Text:
        type = kPlainText;
        return row.body.render(scope);
    case Body::Kind::Json:
        type = "application/json";
        return row.body.render(scope);
    case Body::Kind::Base64:
        type = "application/octet-stream";
        return text::decodeBase64(callback.body.content).value_or(std::string());
    case Body::Kind::Bucket: {
        http::Response parts;
        const auto answered = answerFromBucket(callback.body.content, std::nullopt, scope, parts);
        if (!answered)
            return answered.error();
        type = callback.dialect == Dialect::Mockoon ? kPlainText : *answered;
        return std::move(parts.body);
    }
    case Body::Kind::File: {
        const auto path = row.body.render(scope);
        if (!path)
            return path.error();
        const auto file = files::openInside(m_folder, *path, m_allowOutside);
        auto content = file ? file->readAll(kMaxFile) : Result<std::string>(file.error());
        if (!content)
            return Error{
                content.error().code, "the file '" + *path + "' " + content.error().message, {}};
        type = std::string(http::mimeTypeOf(*path));
        if (const JsonValue *flag = callback.extensions.find("x-mockoon-multipart");
            flag && flag->isTrue())
            return asForm(*content, type);
        if (!callback.isTemplate || !isRenderedFile(*path))
            return *std::move(content);
        return TemplateText(*std::move(content), true, callback.dialect).render(scope);
    }
    case Body::Kind::Script:
        break;
    }
    return Error{ErrorCode::Unsupported, "'script' is not served for callbacks", {}};
}

Result<void> Callbacks::fill(const Row &row, handlebars::RenderScope &scope, const std::string &own,
                             OutboundRequest &out) const
{
    row.parameters.giveTo(scope);
    auto method = row.method.render(scope);
    if (!method)
        return method.error();
    if (!http::isToken(*method))
        return Error{ErrorCode::Invalid, "'" + *method + "' is no method", {}};
    out.method = *std::move(method);
    auto url = row.url.render(scope);
    if (!url)
        return url.error();
    out.url = url->starts_with('/') ? own + *url : *std::move(url);
    for (const auto &[name, text] : row.headers) {
        auto value = text.render(scope);
        if (!value)
            return value.error();
        // What HTTP does not allow is left out, as in answers.
        if (http::isToken(name) && http::isFieldValue(*value))
            out.headers.push_back({name, *std::move(value)});
    }
    std::string type;
    auto body = bodyOf(row, scope, type);
    if (!body)
        return body.error();
    out.body = *std::move(body);
    if (!type.empty() && !http::findHeader(out.headers, "Content-Type"))
        out.headers.push_back({"Content-Type", std::move(type)});
    return sign(row, out);
}

Result<void> Callbacks::sign(const Row &row, OutboundRequest &out)
{
    out.sign = row.source.sign;
    if (!out.sign)
        return {};
    if (!http::isToken(out.sign->header) || !http::isFieldValue(out.sign->format))
        return Error{ErrorCode::Invalid,
                     "'sign': '" + out.sign->header + ": " + out.sign->format + "' is no header",
                     {}};
    if (!out.sign->secretEnv.empty()) {
        // Read only; nothing in the program sets a variable once threads run.
        const char *secret
            = std::getenv(out.sign->secretEnv.c_str()); // NOLINT(concurrency-mt-unsafe)
        if (!secret)
            return Error{ErrorCode::NotFound,
                         "'sign': the environment variable " + out.sign->secretEnv
                             + " is not set; it holds the secret",
                         {}};
        out.sign->secret = secret;
    }
    return {};
}

std::vector<OutboundRequest> Callbacks::make(handlebars::RenderScope &scope, const std::string &own,
                                             unsigned depth) const
{
    std::vector<OutboundRequest> out;
    for (const Row &row : m_rows) {
        OutboundRequest request;
        request.after = row.source.after;
        request.retries = row.source.retries;
        request.backoff = row.source.backoff;
        if (const auto filled = fill(row, scope, own, request); !filled)
            request.error = described(filled.error());
        if (depth >= kMaxDepth)
            request.error = std::to_string(kMaxDepth)
                            + " callbacks led to this request, each by another; no more are sent";
        const bool isMockoon = row.source.dialect == Dialect::Mockoon;
        request.headers.push_back(
            {std::string(isMockoon ? kMockoonDepth : kDepth), std::to_string(depth + 1)});
        for (int i = 1; i < row.source.copies; ++i)
            out.push_back(request);
        out.push_back(std::move(request));
    }
    return out;
}

} // namespace understudy
