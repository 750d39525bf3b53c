// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_answer.h"

#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/openapi/export_template.h"
#include "core/formats/openapi/media.h"
#include "core/http/mime_type.h"
#include "core/http/status.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::formats::openapi {

namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::uint64_t kLargestFile = 256 * 1024;
constexpr int kLowestStatus = 100;
constexpr int kHighestStatus = 599;

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isMediaType(std::string_view type)
{
    const std::string_view plain = text::trim(type.substr(0, type.find(';')));
    const std::size_t slash = plain.find('/');
    return slash != std::string_view::npos && http::isToken(plain.substr(0, slash))
           && http::isToken(plain.substr(slash + 1));
}

class AnswerWriter
{
public:
    AnswerWriter(const Response &response, const std::string &subject, const ExportScope &scope)
        : m_response(response)
        , m_subject(subject)
        , m_scope(scope)
    {}

    std::optional<WrittenAnswer> run()
    {
        if (m_response.status < kLowestStatus || m_response.status > kHighestStatus) {
            lost("a response with a status above 599 has no word in OpenAPI; it is left out");
            return std::nullopt;
        }
        if (m_response.times == std::uint64_t{0}) {
            lost("a response with 'times: 0' never answers; it is left out");
            return std::nullopt;
        }
        m_out.name = responseLabel(m_response);
        m_out.status = m_response.status;
        m_out.isUnasked = !m_response.when;
        fillHeaders();
        if (!http::isBodiless(m_out.status))
            fillBody();
        remarks();
        return std::move(m_out);
    }

private:
    void lost(const std::string &message) { m_scope.remarks.lost(m_subject, message); }

    void remarks()
    {
        if (m_response.behaviour != Behaviour{} || !m_response.delay.empty())
            lost("latency, throttling and faults have no word in OpenAPI");
        if (m_response.isTemplate)
            lost("templates have no word in OpenAPI; they are written as they stand, those of "
                 "values in JSON as examples");
        if (!m_response.callbacks.empty())
            lost("callbacks are not written: OpenAPI describes them in another way");
        if (m_response.sets)
            lost("scenarios have no word in OpenAPI");
        if (m_response.times)
            lost("'times' has no word in OpenAPI");
        if (!m_response.statusTemplate.empty())
            lost("a status that is a template has no word in OpenAPI");
        if (!m_response.reason.empty() && m_response.reason != http::reasonPhrase(m_out.status))
            lost("a reason phrase has no word in OpenAPI");
    }

    void fillHeaders()
    {
        for (const http::HeaderField &field : m_scope.server.headers) {
            if (!http::findHeader(m_response.headers, field.name))
                addHeader(field);
        }
        for (const http::HeaderField &field : m_response.headers)
            addHeader(field);
    }

    void addHeader(const http::HeaderField &field)
    {
        if (text::equalsIgnoreCase(field.name, "Content-Type")) {
            if (isMediaType(field.value))
                m_type = field.value;
            else
                lost("a Content-Type that is none has no word in OpenAPI");
        } else if (http::findHeader(m_out.headers, field.name)) {
            lost("a header that is sent more than once is written once");
        } else {
            m_out.headers.push_back(field);
        }
    }

    void fillBody()
    {
        const Body &body = m_response.body;
        switch (body.kind) {
        case Body::Kind::None:
            return;
        case Body::Kind::Json:
            return json(body.json);
        case Body::Kind::Text:
            return text(body.content);
        case Body::Kind::Bucket:
            return json(itemsOfBucket(body.content, m_subject, m_scope));
        case Body::Kind::Base64:
            return bytes(text::decodeBase64(body.content).value_or(std::string()));
        case Body::Kind::File:
            return file(body.content);
        case Body::Kind::Script:
            if (m_type.empty())
                m_type = kJson;
            lost("a body that a script makes has no word in OpenAPI; its type alone is written");
            break;
        }
        m_out.type = m_type.empty() ? "application/octet-stream" : m_type;
    }

    void json(const JsonValue &value)
    {
        m_out.type = m_type.empty() ? kJson : m_type;
        m_out.example = isJsonType(m_out.type) ? value : JsonValue(writeJson(value));
    }

    void text(const std::string &content)
    {
        m_out.type = m_type;
        if (m_type.empty())
            m_out.type = isAscii(content) ? "text/plain" : "text/plain; charset=utf-8";
        if (!isJsonType(m_out.type)) {
            m_out.example = JsonValue(content);
            return;
        }
        if (m_response.isTemplate) {
            m_out.example = templateExample(content);
            if (!m_out.example)
                lost("a template that is no JSON before it is rendered is left out; its type alone "
                     "is written");
            return;
        }
        if (auto parsed = JsonValue::parse(content)) {
            m_out.example = *std::move(parsed);
        } else if (!content.empty()) {
            lost("a body that is no JSON though its type says so is written as a text");
            m_out.example = JsonValue(content);
        }
    }

    void bytes(const std::string &content)
    {
        if (m_type.empty())
            m_type = "application/octet-stream";
        if (text::isUtf8(content))
            return text(content);
        m_out.type = m_type;
        lost("a body of bytes that are no text has no word in OpenAPI; its type alone is written");
    }

    /// What a small text file of the server holds now; the type alone of others.
    void file(const std::string &name)
    {
        if (m_type.empty())
            m_type = http::mimeTypeOf(name);
        const auto content = m_scope.folder.empty()
                                 ? Result<std::string>(Error{ErrorCode::NotFound, {}, {}})
                                 : files::readFileInside(m_scope.folder, name, kLargestFile);
        if (content && text::isUtf8(*content)) {
            m_scope.remarks.changed(m_subject, "what its file holds now is written in its place");
            return bytes(*content);
        }
        m_out.type = m_type.empty() ? "application/octet-stream" : m_type;
        lost("a body from a file that is large, no text or not there has no word in OpenAPI; its "
             "type alone is written");
    }

    const Response &m_response;
    const std::string &m_subject;
    const ExportScope &m_scope;
    std::string m_type; ///< what its headers say
    WrittenAnswer m_out;
};

} // namespace

std::optional<WrittenAnswer> writtenAnswer(const Response &response, const std::string &subject,
                                           const ExportScope &scope)
{
    return AnswerWriter(response, subject, scope).run();
}

JsonValue itemsOfBucket(std::string_view name, const std::string &subject, const ExportScope &scope)
{
    const auto bucket = std::find_if(scope.server.buckets.begin(), scope.server.buckets.end(),
                                     [&](const Bucket &own) { return own.name == name; });
    if (bucket == scope.server.buckets.end())
        return {};
    if (bucket->itemsFile.empty())
        return bucket->items;
    const auto content = files::readFileInside(scope.folder, bucket->itemsFile);
    auto items = content ? JsonValue::parse(*content) : Result<JsonValue>(content.error());
    if (items)
        return *std::move(items);
    scope.remarks.lost(subject, "the items of bucket " + text::inQuotes(name)
                                    + " cannot be read, and are left out");
    return {};
}

} // namespace understudy::formats::openapi
