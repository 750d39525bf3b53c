// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/answer.h"

#include "core/base/text.h"
#include "core/formats/mockoon/headers.h"
#include "core/formats/mockoon/json_text.h"
#include "core/formats/template_tags.h"
#include "core/http/status.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockoon {

namespace {

// A day; more is a mistake, not a latency.
constexpr std::int64_t kMaxMilliseconds = 86'400'000;

bool hasTemplate(std::string_view text) { return text.find("{{") != std::string_view::npos; }

bool hasTemplate(const http::HeaderList &headers)
{
    return std::any_of(headers.begin(), headers.end(),
                       [](const http::HeaderField &f) { return hasTemplate(f.value); });
}

std::string extensionOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string() : text::toLower(name.substr(dot + 1));
}

/// Files of these types are templates in Mockoon (reference/mockoon.md section 7.2).
bool isRenderedType(std::string_view path)
{
    static constexpr std::array<std::string_view, 14> kTypes{
        "json", "html", "htm", "css",   "csv", "js",  "mjs",
        "ts",   "txt",  "log", "xhtml", "xml", "hbs", "handlebars"};
    return std::find(kTypes.begin(), kTypes.end(), extensionOf(path)) != kTypes.end();
}

/// `\` separates folders unless a dot follows.
std::string filePathOf(std::string path)
{
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '\\' && (i + 1 == path.size() || path[i + 1] != '.'))
            path[i] = '/';
    }
    return path;
}

/// The parts of a body that responses and callbacks have in common.
struct BodySource
{
    Body body;
    bool isTemplate = false;
};

class AnswerTranslator
{
public:
    AnswerTranslator(const EnvironmentScope &environment, Notes &notes)
        : m_environment(environment)
        , m_notes(notes)
    {}

    Response response(const ObjectReader &reader, bool isCrud)
    {
        Response out;
        const bool rendersBody = !reader.flag("disableTemplating", false);
        out.name = oneLine(reader.text("label"));
        out.status = static_cast<int>(reader.number("statusCode", 200, 100, 999));
        out.headers = readHeaders(reader, "headers", m_notes);
        if (const Duration latency = readMilliseconds(reader, "latency"); latency.count() > 0)
            out.behaviour.latency.head = FixedLatency{latency};
        BodySource source = body(reader, rendersBody);
        out.body = std::move(source.body);
        if (out.body.kind == Body::Kind::File) {
            fileOptions(reader, out);
            out.dialect = Dialect::Mockoon; // how it says that the file is missing
        }
        contentType(reader, isCrud, out);
        templates(out, source.isTemplate);
        callbacks(reader, rendersBody, out);
        return out;
    }

private:
    BodySource body(const ObjectReader &reader, bool renders)
    {
        const std::string type
            = reader.choice("bodyType", "INLINE", {"INLINE", "FILE", "DATABUCKET"});
        const std::string file = filePathOf(reader.text("filePath"));
        if (type == "FILE" && !file.empty()) {
            if (file.starts_with('/') || file.starts_with("../")
                || (file.size() > 1 && file[1] == ':'))
                m_notes.changed(reader.subject(),
                                "the file '" + file
                                    + "' lies outside of the mock file's folder; it is "
                                      "served only where that is allowed");
            return {Body::file(file), renders && (isRenderedType(file) || hasTemplate(file))};
        }
        const std::string id = reader.text("databucketID");
        if (type == "DATABUCKET" && !id.empty()) {
            if (const auto name = m_environment.buckets.byId(id))
                return {{Body::Kind::Bucket, *name, {}, false}, false};
            m_notes.changed(reader.subject(),
                            "there is no bucket '" + id + "'; the body's text is sent instead");
            renders = false;
        }
        const boost::json::value *stored = reader.object().if_contains("body");
        std::string text = stored ? reader.text("body") : "{}";
        if (text.empty())
            return {};
        const bool isTemplate = renders && hasTemplate(text);
        return {Body::text(std::move(text)), isTemplate};
    }

    void fileOptions(const ObjectReader &reader, Response &out)
    {
        out.body.download = !reader.flag("sendFileAsBody", false);
        if (reader.flag("fallbackTo404", false))
            out.extensions.set("x-mockoon-fallbackTo404", reader.text("body"));
    }

    /// Response over environment over text/html. A file's type follows from its name and beats the
    /// environment's.
    void contentType(const ObjectReader &reader, bool isCrud, Response &out)
    {
        const auto own
            = std::find_if(out.headers.begin(), out.headers.end(), [](const http::HeaderField &f) {
                  return text::equalsIgnoreCase(f.name, "Content-Type");
              });
        if (isCrud && out.body.kind == Body::Kind::Bucket) {
            if (own != out.headers.end())
                out.headers.erase(own);
            out.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
            return;
        }
        // Mockoon takes it away from answers that have no body.
        if (out.status == 204 || out.status == 304) {
            if (own != out.headers.end())
                out.headers.erase(own);
            return;
        }
        if (own != out.headers.end()) {
            if (out.body.kind != Body::Kind::File)
                own->value = withCharset(own->value);
            noteCharset(reader, own->value);
            return;
        }
        if (out.body.kind == Body::Kind::File) {
            if (extensionOf(out.body.content).empty() && !m_environment.contentType.empty())
                out.headers.push_back({"Content-Type", m_environment.contentType});
            return;
        }
        const std::string &inherited = m_environment.contentType;
        out.headers.push_back(
            {"Content-Type", withCharset(inherited.empty() ? "text/html" : inherited)});
    }

    void noteCharset(const ObjectReader &reader, std::string_view contentType)
    {
        const std::string lower = text::toLower(contentType);
        const std::size_t at = lower.find("charset=");
        if (at == std::string::npos)
            return;
        std::string_view charset = std::string_view(lower).substr(at + 8);
        charset = charset.substr(0, charset.find(';'));
        if (charset.find("utf-8") == std::string_view::npos
            && charset.find("utf8") == std::string_view::npos)
            m_notes.changed(reader.subject(), "the body is sent as UTF-8, whatever '"
                                                  + std::string(contentType) + "' says");
    }

    /// Headers are templates there whatever the body is; a body that is none says so by itself.
    void templates(Response &out, bool isBodyTemplate)
    {
        out.isTemplate
            = isBodyTemplate || hasTemplate(out.headers) || m_environment.hasTemplateHeaders;
        if (!out.isTemplate)
            return;
        out.dialect = Dialect::Mockoon;
        if (!isBodyTemplate && out.body.kind == Body::Kind::Text)
            out.body.content = escapedTags(out.body.content);
    }

    void callbacks(const ObjectReader &reader, bool renders, Response &out)
    {
        for (const boost::json::object *object : reader.objects("callbacks")) {
            const ObjectReader invocation(*object, m_notes, reader.subject());
            const std::string uuid = invocation.text("uuid");
            const auto found = m_environment.callbacks.find(uuid);
            if (found == m_environment.callbacks.end()) {
                m_notes.changed(reader.subject(),
                                "the callback '" + uuid + "' is not there and is left out");
                continue;
            }
            out.callbacks.push_back(callback(*found->second, reader.subject(), renders));
            out.callbacks.back().after = readMilliseconds(invocation, "latency");
        }
    }

    Callback callback(const boost::json::object &object, const std::string &subject, bool renders)
    {
        const ObjectReader reader(object, m_notes, subject + ", callback");
        Callback out;
        out.method = text::toUpper(
            reader.choice("method", "post",
                          {"get", "post", "put", "patch", "delete", "head", "options", "propfind",
                           "proppatch", "move", "copy", "mkcol", "lock", "unlock"}));
        out.url = reader.text("uri");
        out.headers = readHeaders(reader, "headers", m_notes);
        const std::string name = reader.text("name");
        if (!name.empty())
            out.extensions.set("x-mockoon-name", name);
        bool isBodyTemplate = false;
        if (out.method == "POST" || out.method == "PUT" || out.method == "PATCH") {
            BodySource source = body(reader, renders);
            out.body = std::move(source.body);
            isBodyTemplate = source.isTemplate;
            if (out.body.kind == Body::Kind::File && !reader.flag("sendFileAsBody", true))
                out.extensions.set("x-mockoon-multipart", true);
        }
        out.isTemplate = isBodyTemplate || hasTemplate(out.url) || hasTemplate(out.headers);
        out.dialect = Dialect::Mockoon;
        return out;
    }

    const EnvironmentScope &m_environment;
    Notes &m_notes;
};

} // namespace

Response translateAnswer(const ObjectReader &response, const EnvironmentScope &environment,
                         bool isCrud, Notes &notes)
{
    return AnswerTranslator(environment, notes).response(response, isCrud);
}

Duration readMilliseconds(const ObjectReader &reader, std::string_view key)
{
    return std::chrono::milliseconds(reader.number(key, 0, 0, kMaxMilliseconds));
}

} // namespace understudy::formats::mockoon
