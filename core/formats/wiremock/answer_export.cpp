// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/answer_export.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/wiremock/behaviour_export.h"

namespace understudy::formats::wiremock {

namespace {

constexpr std::string_view kRequest = "request";
constexpr std::string_view kOriginal = "originalRequest";

class AnswerWriter
{
public:
    AnswerWriter(const Response &response, ResponseScope &scope)
        : m_response(response)
        , m_scope(scope)
    {}

    std::optional<JsonObject> write()
    {
        m_out.set("status", m_response.status);
        if (!m_response.reason.empty())
            m_out.set("statusMessage", m_response.reason);
        JsonObject headers
            = sentHeaders(m_response, m_scope.server,
                          [this](const std::string &value) { return rendered(value); });
        if (!body())
            return std::nullopt;
        if (!headers.empty())
            m_out.set("headers", std::move(headers));
        if (m_response.isTemplate)
            m_out.set("transformers", JsonArray{"response-template"});
        if (const JsonValue *parameters = m_response.extensions.find("x-wiremock-parameters"))
            m_out.set("transformerParameters", *parameters);
        if (!m_response.statusTemplate.empty())
            m_scope.report.noWord("a status that is a template");
        if (!m_response.delay.empty())
            m_scope.report.noWord("'delay'");
        placeBehaviour(m_response, m_scope, m_out);
        return std::move(m_out);
    }

private:
    std::string rendered(const std::string &text)
    {
        return m_response.isTemplate ? asTemplate(text, m_response.dialect, kRequest, m_scope)
                                     : text;
    }

    bool body()
    {
        const Body &body = m_response.body;
        switch (body.kind) {
        case Body::Kind::None:
            return true;
        case Body::Kind::Text:
            m_out.set("body", rendered(body.content));
            return true;
        case Body::Kind::Json:
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
            return fileBody();
        case Body::Kind::Bucket:
        case Body::Kind::Script:
            break;
        }
        m_scope.report.notServed(
            std::string(body.kind == Body::Kind::Bucket ? "a bucket" : "a script")
            + " has no word in WireMock: this response is left out");
        return false;
    }

    /// Files go along in the mapping itself, but those whose name is a template.
    bool fileBody()
    {
        const std::string &path = m_response.body.content;
        if (m_response.isTemplate && path.find("{{") != std::string::npos) {
            constexpr std::string_view kFiles = "__files/";
            const std::string_view inside = std::string_view(path).starts_with(kFiles)
                                                ? std::string_view(path).substr(kFiles.size())
                                                : std::string_view(path);
            m_out.set("bodyFileName", rendered(std::string(inside)));
            m_scope.report.changed("the files of '" + path + "' are to be put below __files");
            return true;
        }
        const auto content = bodyFile(path, m_scope);
        if (!content)
            return false;
        if (isPlainText(*content))
            m_out.set("body", rendered(*content));
        else
            m_out.set("base64Body", text::encodeBase64(*content));
        return true;
    }

    const Response &m_response;
    ResponseScope &m_scope;
    JsonObject m_out;
};

JsonObject webhookOf(const Callback &callback, ResponseScope &scope)
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
        scope.report.notServed("a callback's body from a file, a bucket or a script "
                               "has no word in WireMock; it is left out");
    }
    if (!headers.empty())
        out.set("headers", std::move(headers));
    if (callback.after > Duration{})
        out.set("delay",
                JsonObject{{"type", "fixed"}, {"milliseconds", inMilliseconds(callback.after)}});
    if (const JsonValue *parameters = callback.extensions.find("x-wiremock-parameters");
        parameters && parameters->isObject()) {
        for (const JsonMember &member : *parameters->ifObject())
            out.set(member.name, member.value);
    }
    if (callback.retries > 0 || callback.copies > 1 || callback.sign)
        scope.report.notServed("a callback's 'retries', 'copies' and 'sign' have no "
                               "word in WireMock; they are left out");
    return {{"name", "webhook"}, {"parameters", std::move(out)}};
}

} // namespace

std::optional<JsonObject> answerOf(const Response &response, ResponseScope &scope)
{
    return AnswerWriter(response, scope).write();
}

JsonArray webhooksOf(const Response &response, ResponseScope &scope)
{
    JsonArray out;
    for (const Callback &callback : response.callbacks)
        out.emplace_back(webhookOf(callback, scope));
    return out;
}

} // namespace understudy::formats::wiremock
