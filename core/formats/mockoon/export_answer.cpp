// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/export_answer.h"

#include "core/base/draw.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/mockoon/export_template.h"
#include "core/formats/template_tags.h"

#include <algorithm>

namespace understudy::formats::mockoon {

namespace {

std::int64_t wholeMilliseconds(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

class AnswerExport
{
public:
    AnswerExport(const Response &response, ExportScope &scope)
        : m_response(response)
        , m_scope(scope)
    {}

    std::optional<JsonObject> run(Duration latency, bool isCrud)
    {
        http::HeaderList headers;
        for (const http::HeaderField &field : m_response.headers)
            headers.push_back({field.name, headerValue(field.value)});
        JsonObject body{{"body", ""},
                        {"bodyType", "INLINE"},
                        {"filePath", ""},
                        {"databucketID", ""},
                        {"sendFileAsBody", false}};
        std::string type;
        if (!fill(m_response.body, body, type))
            return std::nullopt;
        if (!isCrud && !type.empty() && !http::findHeader(headers, "Content-Type"))
            headers.push_back({"Content-Type", type});
        const std::string *text = body.find("body")->ifString();
        const bool isPlain = !m_response.isTemplate
                             && (text->find("{{") != std::string::npos
                                 || m_response.body.kind == Body::Kind::File);
        const JsonValue *missing = m_response.extensions.find("x-mockoon-fallbackTo404");
        if (missing)
            body.set("body", *missing);
        JsonObject out{{"uuid", m_scope.ids.uuid()},
                       {"body", *body.find("body")},
                       {"latency", wholeMilliseconds(latency)},
                       {"statusCode", m_response.status},
                       {"label", m_response.name},
                       {"headers", exportHeaders(headers)},
                       {"bodyType", *body.find("bodyType")},
                       {"filePath", *body.find("filePath")},
                       {"databucketID", *body.find("databucketID")},
                       {"sendFileAsBody", *body.find("sendFileAsBody")},
                       {"rules", JsonArray()},
                       {"rulesOperator", "OR"},
                       {"disableTemplating", isPlain},
                       {"fallbackTo404", missing != nullptr},
                       {"default", false},
                       {"crudKey", "id"},
                       {"callbacks", callbacks()}};
        if (!m_response.reason.empty())
            noWord("a reason phrase");
        if (!m_response.statusTemplate.empty())
            noWord("a status that is a template");
        if (!m_response.delay.empty())
            noWord("'delay'");
        if (m_response.sets)
            noWord("the state of a scenario");
        return out;
    }

private:
    void noWord(const std::string &what)
    {
        m_scope.notes.notServed(m_scope.subject, what + " has no word in Mockoon; it is left out");
    }

    std::string rendered(const std::string &text)
    {
        return m_response.isTemplate
                   ? mockoonTemplate(text, m_response.dialect, m_scope.subject, m_scope.notes)
                   : text;
    }

    /// Headers are always rendered there.
    std::string headerValue(const std::string &text)
    {
        return m_response.isTemplate ? rendered(text) : escapedTags(text);
    }

    /// `type`: what we send where no header says another.
    bool fill(const Body &source, JsonObject &out, std::string &type)
    {
        switch (source.kind) {
        case Body::Kind::None:
            return true;
        case Body::Kind::Text:
            out.set("body", rendered(source.content));
            type = "text/plain; charset=utf-8";
            return true;
        case Body::Kind::Json:
            out.set("body", rendered(writeJson(source.json)));
            type = "application/json";
            return true;
        case Body::Kind::File:
            out.set("bodyType", "FILE");
            out.set("filePath", rendered(source.content));
            out.set("sendFileAsBody", !source.download);
            m_scope.notes.changed(m_scope.subject, "the file '" + source.content
                                                       + "' has to lie beside the environment");
            return true;
        case Body::Kind::Bucket:
            if (const auto id = m_scope.buckets.find(source.content); id != m_scope.buckets.end()) {
                out.set("bodyType", "DATABUCKET");
                out.set("databucketID", id->second);
                type = "application/json";
                return true;
            }
            break;
        case Body::Kind::Base64: {
            const auto bytes = text::decodeBase64(source.content);
            if (bytes && text::isUtf8(*bytes)) {
                out.set("body", *bytes);
                return true;
            }
            break;
        }
        case Body::Kind::Script:
            break;
        }
        m_scope.notes.notServed(m_scope.subject,
                                "a body of this kind has no word in Mockoon: this response is left "
                                "out");
        return false;
    }

    JsonArray callbacks()
    {
        JsonArray out;
        for (const Callback &callback : m_response.callbacks) {
            const std::string uuid = m_scope.ids.uuid();
            out.emplace_back(
                JsonObject{{"uuid", uuid}, {"latency", wholeMilliseconds(callback.after)}});
            m_scope.callbacks.emplace_back(definition(callback, uuid));
        }
        return out;
    }

    JsonObject definition(const Callback &callback, const std::string &uuid)
    {
        const auto renderedHere = [&](const std::string &text) {
            return callback.isTemplate
                       ? mockoonTemplate(text, callback.dialect, m_scope.subject, m_scope.notes)
                       : text;
        };
        http::HeaderList headers;
        for (const http::HeaderField &field : callback.headers)
            headers.push_back({field.name, renderedHere(field.value)});
        JsonObject body{{"body", ""},
                        {"bodyType", "INLINE"},
                        {"filePath", ""},
                        {"databucketID", ""},
                        {"sendFileAsBody", true}};
        std::string type;
        Body source = callback.body;
        fill(source, body, type);
        if (source.kind == Body::Kind::Text || source.kind == Body::Kind::Json)
            body.set("body", renderedHere(*body.find("body")->ifString()));
        if (callback.extensions.contains("x-mockoon-multipart"))
            body.set("sendFileAsBody", false);
        if (callback.retries > 0 || callback.copies > 1 || callback.sign)
            noWord("'retries', 'copies' and 'sign' of a callback");
        const JsonValue *name = callback.extensions.find("x-mockoon-name");
        return {{"uuid", uuid},
                {"id", m_scope.ids.shortId()},
                {"uri", renderedHere(callback.url)},
                {"name", name ? *name : JsonValue("Callback")},
                {"documentation", ""},
                {"method", text::toLower(callback.method)},
                {"headers", exportHeaders(headers)},
                {"bodyType", *body.find("bodyType")},
                {"body", *body.find("body")},
                {"databucketID", *body.find("databucketID")},
                {"filePath", *body.find("filePath")},
                {"sendFileAsBody", *body.find("sendFileAsBody")}};
    }

    const Response &m_response;
    ExportScope &m_scope;
};

} // namespace

IdMaker::IdMaker(std::string_view seed)
    : m_state(0xcbf29ce484222325U) // FNV-1a
{
    for (const char c : seed)
        m_state = (m_state ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
}

std::string IdMaker::uuid()
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    std::uint64_t bits = 0;
    int left = 0;
    for (char &c : out) {
        if (c != 'x' && c != 'y')
            continue;
        if (left == 0) {
            bits = nextDraw(m_state);
            left = 16;
        }
        const std::size_t digit = bits & 15U;
        c = kDigits[c == 'y' ? 8 + (digit & 3U) : digit];
        bits >>= 4U;
        --left;
    }
    return out;
}

std::string IdMaker::shortId()
{
    constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string out;
    for (int i = 0; i < 4; ++i)
        out += kDigits[nextDraw(m_state) % kDigits.size()];
    return out;
}

JsonArray exportHeaders(const http::HeaderList &headers)
{
    JsonArray out;
    for (const http::HeaderField &field : headers)
        out.emplace_back(JsonObject{{"key", field.name}, {"value", field.value}});
    return out;
}

Duration exportBehaviour(const Behaviour &behaviour, ExportScope &scope)
{
    Duration fixed{};
    const auto noWord = [&](const std::string &what) {
        scope.notes.notServed(scope.subject, what + " has no word in Mockoon; it is left out");
    };
    if (behaviour.latency.head) {
        if (const auto *model = std::get_if<FixedLatency>(&*behaviour.latency.head))
            fixed = model->value;
        else
            noWord("a latency that is drawn");
    }
    if (behaviour.latency.connect || behaviour.latency.body)
        noWord("latency of connections and bodies");
    if (behaviour.throttle)
        noWord("'throttle'");
    if (!behaviour.faults.empty())
        noWord("'faults'");
    return fixed;
}

std::optional<JsonObject> exportAnswer(const Response &response, Duration latency, bool isCrud,
                                       ExportScope &scope)
{
    return AnswerExport(response, scope).run(latency, isCrud);
}

} // namespace understudy::formats::mockoon
