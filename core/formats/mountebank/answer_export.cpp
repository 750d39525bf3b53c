// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/answer_export.h"

#include "core/base/json_text.h"
#include "core/base/text.h"

namespace understudy::formats::mountebank {

namespace {

class IsWriter
{
public:
    IsWriter(const Response &response, ResponseScope &scope)
        : m_response(response)
        , m_scope(scope)
    {}

    /// Nothing where the body has no word there.
    std::optional<JsonObject> write(JsonArray &copies)
    {
        m_copies = &copies;
        m_out.set("statusCode", m_response.status);
        if (!m_response.statusTemplate.empty())
            m_scope.report.noWord("a status that is a template",
                                  std::to_string(m_response.status) + " is sent");
        if (!m_response.reason.empty())
            m_scope.report.noWord("the reason phrase '" + m_response.reason + '\'');
        JsonObject headers
            = sentHeaders(m_response, m_scope.server,
                          [this](const std::string &value) { return rendered(value); });
        if (!body())
            return std::nullopt;
        // As every answer has it there.
        if (const JsonValue *connection = headers.find("Connection");
            connection && *connection == JsonValue("close"))
            headers.erase("Connection");
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

    bool body()
    {
        const Body &body = m_response.body;
        switch (body.kind) {
        case Body::Kind::None:
            return true;
        case Body::Kind::Text:
            m_body = rendered(body.content);
            return true;
        case Body::Kind::Json:
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
            return fileBody();
        case Body::Kind::Bucket:
        case Body::Kind::Script:
            break;
        }
        m_scope.report.noWord(body.kind == Body::Kind::Bucket ? "a bucket" : "a script",
                              "this response is left out");
        return false;
    }

    bool fileBody()
    {
        const auto content = bodyFile(m_response.body.content, m_scope);
        if (!content)
            return false;
        if (isPlainText(*content))
            m_body = rendered(*content);
        else
            bytes(text::encodeBase64(*content));
        return true;
    }

    const Response &m_response;
    ResponseScope &m_scope;
    JsonArray *m_copies = nullptr;
    JsonObject m_out;
    JsonValue m_body;
};

} // namespace

std::optional<JsonObject> answerOf(const Response &response, ResponseScope &scope)
{
    if (!response.callbacks.empty())
        scope.report.noWord("a callback");
    if (response.sets)
        scope.report.noWord("the state of a scenario");
    if (!response.delay.empty())
        scope.report.noWord("a delay that is a template");
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
