// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/answer_export.h"

#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/wiremock/behaviour_export.h"
#include "core/http/mime_type.h"
#include "core/http/status.h"

#include <algorithm>

namespace understudy::formats::wiremock {

namespace {

constexpr std::string_view kRequest = "request";
constexpr std::string_view kOriginal = "originalRequest";

/// A header as WireMock has it: one text, or a list where it is sent several times.
void addHeader(JsonObject &headers, const std::string &name, std::string value)
{
    JsonValue *before = nullptr;
    for (const JsonMember &member : headers) {
        if (text::equalsIgnoreCase(member.name, name))
            before = headers.mutableFind(member.name);
    }
    if (!before) {
        headers.set(name, std::move(value));
    } else if (JsonArray *list = before->ifArray()) {
        list->emplace_back(std::move(value));
    } else {
        *before = JsonArray{*before, JsonValue(std::move(value))};
    }
}

class AnswerWriter
{
public:
    AnswerWriter(const Response &response, AnswerScope &scope)
        : m_response(response)
        , m_scope(scope)
    {}

    std::optional<JsonObject> write()
    {
        m_out.set("status", m_response.status);
        if (!m_response.reason.empty())
            m_out.set("statusMessage", m_response.reason);
        if (!headersAndBody())
            return std::nullopt;
        if (m_response.isTemplate)
            m_out.set("transformers", JsonArray{"response-template"});
        if (const JsonValue *parameters = m_response.extensions.find("x-wiremock-parameters"))
            m_out.set("transformerParameters", *parameters);
        if (!m_response.statusTemplate.empty())
            noWord("a status that is a template");
        if (!m_response.delay.empty())
            noWord("'delay'");
        placeBehaviour(m_response, m_scope, m_out);
        return std::move(m_out);
    }

private:
    void noWord(const std::string &what)
    {
        m_scope.notes.notServed(m_scope.subject, what + " has no word in WireMock; it is left out");
    }

    std::string rendered(const std::string &text)
    {
        return m_response.isTemplate ? asTemplate(text, m_response.dialect, kRequest, m_scope)
                                     : text;
    }

    bool headersAndBody()
    {
        JsonObject headers;
        for (const http::HeaderField &field : m_response.headers)
            addHeader(headers, field.name, rendered(field.value));
        for (const http::HeaderField &field : m_scope.server.headers) {
            if (!http::findHeader(m_response.headers, field.name)
                || text::equalsIgnoreCase(field.name, "Set-Cookie"))
                addHeader(headers, field.name, rendered(field.value));
        }
        std::string type;
        if (!body(type, headers))
            return false;
        const bool hasType = std::any_of(headers.begin(), headers.end(), [](const JsonMember &m) {
            return text::equalsIgnoreCase(m.name, "Content-Type");
        });
        if (!type.empty() && !hasType && !http::isBodiless(m_response.status))
            headers.set("Content-Type", type);
        if (!headers.empty())
            m_out.set("headers", std::move(headers));
        return true;
    }

    bool body(std::string &type, JsonObject &headers)
    {
        const Body &body = m_response.body;
        switch (body.kind) {
        case Body::Kind::None:
            return true;
        case Body::Kind::Text:
            m_out.set("body", rendered(body.content));
            type = body.content.empty() ? "" : "text/plain; charset=utf-8";
            return true;
        case Body::Kind::Json:
            type = "application/json";
            // A text with templates is rendered as it stands; null is no body there.
            if (m_response.isTemplate || body.json.isNull())
                m_out.set("body", rendered(writeJson(body.json)));
            else
                m_out.set("jsonBody", body.json);
            return true;
        case Body::Kind::Base64:
            m_out.set("base64Body", body.content);
            return true;
        case Body::Kind::File:
            return fileBody(type, headers);
        case Body::Kind::Bucket:
        case Body::Kind::Script:
            break;
        }
        m_scope.notes.notServed(
            m_scope.subject, std::string(body.kind == Body::Kind::Bucket ? "a bucket" : "a script")
                                 + " has no word in WireMock: this response is left out");
        return false;
    }

    /// Files go along in the mapping itself, but those whose name is a template.
    bool fileBody(std::string &type, JsonObject &headers)
    {
        const std::string &path = m_response.body.content;
        type = http::mimeTypeOf(path);
        if (m_response.body.download)
            addHeader(headers, "Content-Disposition",
                      "attachment; filename=\"" + std::filesystem::path(path).filename().string()
                          + '"');
        if (m_response.isTemplate && path.find("{{") != std::string::npos) {
            constexpr std::string_view kFiles = "__files/";
            const std::string_view inside = std::string_view(path).starts_with(kFiles)
                                                ? std::string_view(path).substr(kFiles.size())
                                                : std::string_view(path);
            m_out.set("bodyFileName", rendered(std::string(inside)));
            m_scope.notes.changed(m_scope.subject,
                                  "the files of '" + path + "' are to be put below __files");
            return true;
        }
        const auto content = files::readFileInside(m_scope.files, path);
        if (!content) {
            m_scope.notes.notServed(m_scope.subject,
                                    content.error().text() + ": this response is left out");
            return false;
        }
        if (text::isUtf8(*content) && content->find('\0') == std::string::npos)
            m_out.set("body", rendered(*content));
        else
            m_out.set("base64Body", text::encodeBase64(*content));
        return true;
    }

    const Response &m_response;
    AnswerScope &m_scope;
    JsonObject m_out;
};

JsonObject webhookOf(const Callback &callback, AnswerScope &scope)
{
    const auto rendered = [&](const std::string &text) {
        return callback.isTemplate ? asTemplate(text, callback.dialect, kOriginal, scope) : text;
    };
    JsonObject out{{"method", rendered(callback.method)}, {"url", rendered(callback.url)}};
    JsonObject headers;
    for (const http::HeaderField &field : callback.headers)
        addHeader(headers, field.name, rendered(field.value));
    if (callback.body.kind == Body::Kind::Json) {
        out.set("body", rendered(writeJson(callback.body.json)));
        if (!http::findHeader(callback.headers, "Content-Type"))
            headers.set("Content-Type", "application/json");
    } else if (callback.body.kind == Body::Kind::Text) {
        out.set("body", rendered(callback.body.content));
    } else if (callback.body.kind == Body::Kind::Base64) {
        out.set("base64Body", callback.body.content);
    } else if (callback.body.kind != Body::Kind::None) {
        scope.notes.notServed(scope.subject, "a callback's body from a file, a bucket or a script "
                                             "has no word in WireMock; it is left out");
    }
    if (!headers.empty())
        out.set("headers", std::move(headers));
    if (callback.after > Duration{})
        out.set(
            "delay",
            JsonObject{
                {"type", "fixed"},
                {"milliseconds",
                 std::chrono::duration_cast<std::chrono::milliseconds>(callback.after).count()}});
    if (const JsonValue *parameters = callback.extensions.find("x-wiremock-parameters");
        parameters && parameters->isObject()) {
        for (const JsonMember &member : *parameters->ifObject())
            out.set(member.name, member.value);
    }
    if (callback.retries > 0 || callback.copies > 1 || callback.sign)
        scope.notes.notServed(scope.subject, "a callback's 'retries', 'copies' and 'sign' have no "
                                             "word in WireMock; they are left out");
    return {{"name", "webhook"}, {"parameters", std::move(out)}};
}

} // namespace

std::optional<JsonObject> answerOf(const Response &response, AnswerScope &scope)
{
    return AnswerWriter(response, scope).write();
}

JsonArray webhooksOf(const Response &response, AnswerScope &scope)
{
    JsonArray out;
    for (const Callback &callback : response.callbacks)
        out.emplace_back(webhookOf(callback, scope));
    return out;
}

} // namespace understudy::formats::wiremock
