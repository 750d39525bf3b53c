// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/answer_export.h"

#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/http/header_list.h"
#include "core/http/mime_type.h"
#include "core/http/status.h"

#include <algorithm>

namespace understudy::formats::mountebank {

namespace {

/// A header as mountebank has it: one text, or a list where it is sent several times.
void placeHeader(JsonObject &headers, const std::string &name, std::string value)
{
    JsonValue *before = nullptr;
    for (const JsonMember &member : headers) {
        if (text::equalsIgnoreCase(member.name, name))
            before = headers.mutableFind(member.name);
    }
    if (!before)
        headers.set(name, std::move(value));
    else if (JsonArray *list = before->ifArray())
        list->emplace_back(std::move(value));
    else
        *before = JsonArray{*before, JsonValue(std::move(value))};
}

class IsWriter
{
public:
    IsWriter(const Response &response, AnswerScope &scope)
        : m_response(response)
        , m_scope(scope)
    {}

    /// Nothing where the body has no word there.
    std::optional<JsonObject> write(JsonArray &copies)
    {
        m_copies = &copies;
        m_out.set("statusCode", m_response.status);
        if (!m_response.statusTemplate.empty())
            m_scope.noWord("a status that is a template",
                           std::to_string(m_response.status) + " is sent");
        if (!m_response.reason.empty())
            m_scope.noWord("the reason phrase '" + m_response.reason + '\'');
        JsonObject headers;
        for (const http::HeaderField &field : m_response.headers)
            placeHeader(headers, field.name, rendered(field.value));
        for (const http::HeaderField &field : m_scope.server.headers) {
            if (!http::findHeader(m_response.headers, field.name)
                || text::equalsIgnoreCase(field.name, "Set-Cookie"))
                placeHeader(headers, field.name, rendered(field.value));
        }
        std::string type;
        if (!body(type, headers))
            return std::nullopt;
        // As every answer has it there.
        if (const JsonValue *connection = headers.find("Connection");
            connection && *connection == JsonValue("close"))
            headers.erase("Connection");
        const bool hasType = std::any_of(headers.begin(), headers.end(), [](const JsonMember &m) {
            return text::equalsIgnoreCase(m.name, "Content-Type");
        });
        if (!type.empty() && !hasType && !http::isBodiless(m_response.status))
            headers.set("Content-Type", type);
        if (!headers.empty())
            m_out.set("headers", std::move(headers));
        if (!m_body.isNull())
            m_out.set("body", std::move(m_body));
        return std::move(m_out);
    }

private:
    std::string rendered(const std::string &text)
    {
        return m_response.isTemplate ? withTokens(text, m_response.dialect, *m_copies, m_scope)
                                     : text;
    }

    void bytes(const std::string &base64)
    {
        m_out.set("_mode", "binary");
        m_body = base64;
    }

    bool body(std::string &type, JsonObject &headers)
    {
        const Body &body = m_response.body;
        switch (body.kind) {
        case Body::Kind::None:
            return true;
        case Body::Kind::Text:
            m_body = rendered(body.content);
            type = body.content.empty() ? "" : "text/plain; charset=utf-8";
            return true;
        case Body::Kind::Json:
            type = "application/json";
            if (m_response.isTemplate)
                m_body = rendered(writeJson(body.json));
            else if (body.json.isArray() || body.json.isObject())
                m_body = body.json;
            else
                m_body = writeJson(body.json);
            return true;
        case Body::Kind::Base64:
            bytes(body.content);
            return true;
        case Body::Kind::File:
            return fileBody(type, headers);
        case Body::Kind::Bucket:
        case Body::Kind::Script:
            break;
        }
        m_scope.noWord(body.kind == Body::Kind::Bucket ? "a bucket" : "a script",
                       "this response is left out");
        return false;
    }

    bool fileBody(std::string &type, JsonObject &headers)
    {
        const std::string &path = m_response.body.content;
        const auto content = files::readFileInside(m_scope.files, path);
        if (!content) {
            m_scope.notes.notServed(m_scope.subject,
                                    content.error().text() + ": this response is left out");
            return false;
        }
        type = http::mimeTypeOf(path);
        if (m_response.body.download)
            placeHeader(headers, "Content-Disposition",
                        "attachment; filename=\"" + std::filesystem::path(path).filename().string()
                            + '"');
        if (text::isUtf8(*content) && content->find('\0') == std::string::npos)
            m_body = rendered(*content);
        else
            bytes(text::encodeBase64(*content));
        return true;
    }

    const Response &m_response;
    AnswerScope &m_scope;
    JsonArray *m_copies = nullptr;
    JsonObject m_out;
    JsonValue m_body;
};

} // namespace

std::optional<JsonObject> answerOf(const Response &response, AnswerScope &scope)
{
    if (!response.callbacks.empty())
        scope.noWord("a callback");
    if (response.sets)
        scope.noWord("the state of a scenario");
    if (!response.delay.empty())
        scope.noWord("a delay that is a template");
    const WrittenBehaviour behaviour = behaviourOf(response, scope);
    JsonObject out;
    JsonArray behaviors;
    if (behaviour.wait > 0)
        behaviors.emplace_back(JsonObject{{"wait", behaviour.wait}});
    if (!behaviour.fault.empty()) {
        out.set("fault", behaviour.fault);
    } else {
        JsonArray copies;
        auto is = IsWriter(response, scope).write(copies);
        if (!is)
            return std::nullopt;
        out.set("is", *std::move(is));
        for (JsonValue &copy : copies)
            behaviors.emplace_back(JsonObject{{"copy", std::move(copy)}});
    }
    if (!behaviors.empty())
        out.set("behaviors", std::move(behaviors));
    return out;
}

} // namespace understudy::formats::mountebank
