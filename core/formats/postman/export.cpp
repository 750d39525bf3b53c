// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/described/variables.h"
#include "core/formats/notes.h"
#include "core/formats/postman/export_request.h"
#include "core/formats/postman/postman.h"
#include "core/http/status.h"
#include "core/model/edit.h"

#include <algorithm>
#include <set>

namespace understudy::formats::postman {

namespace {

constexpr std::string_view kSchema
    = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// The answer's body as Postman shows it.
std::string_view languageOf(const http::HeaderList &headers)
{
    const http::HeaderField *type = http::findHeader(headers, "Content-Type");
    const std::string value = type ? text::toLower(type->value) : std::string();
    for (const std::string_view language : {"json", "html", "xml", "javascript"}) {
        if (value.find(language) != std::string::npos)
            return language;
    }
    return "text";
}

class CollectionWriter
{
public:
    explicit CollectionWriter(const Server &server)
        : m_server(server)
        , m_notes({})
    {}

    Exported run()
    {
        serverNotes();
        JsonObject info{{"name", m_server.name.empty() ? std::string("Mock") : m_server.name},
                        {"schema", kSchema}};
        if (!m_server.description.empty())
            info.set("description", m_server.description);
        const std::string scheme = m_server.listen.tls ? "https" : "http";
        const std::string base
            = scheme + "://127.0.0.1:" + std::to_string(m_server.listen.port) + m_server.base;
        const JsonObject variable{{"key", "baseUrl"}, {"value", base}, {"type", "string"}};
        const JsonObject collection{{"info", std::move(info)},
                                    {"item", itemsJson(m_server.items)},
                                    {"variable", JsonArray{JsonValue(variable)}}};
        return {writeJson(JsonValue(collection), 2) + '\n', m_notes.take()};
    }

private:
    void lost(const std::string &subject, const std::string &what)
    {
        m_notes.notServed(subject, what);
    }

    void serverNotes()
    {
        if (m_server.behaviour != Behaviour{})
            lost({}, "the behaviour of the server has no word in a collection");
        if (!m_server.buckets.empty())
            lost({}, "buckets have no word in a collection");
        if (m_server.fallback)
            lost({}, "the fallback has no word in a collection");
        if (m_server.upstream)
            lost({}, "the upstream has no word in a collection");
        if (m_server.cors)
            lost({}, "'cors' has no word in a collection");
    }

    JsonValue itemsJson(const std::vector<Item> &items)
    {
        JsonArray out;
        for (const Item &item : items) {
            if (const Folder *folder = item.folder()) {
                if (!folder->enabled || folder->behaviour != Behaviour{})
                    lost(folder->name, "folders that are switched off or have a behaviour have no "
                                       "word in a collection");
                out.push_back(
                    JsonObject{{"name", folder->name}, {"item", itemsJson(folder->items)}});
                continue;
            }
            for (const std::string &method : item.endpoint()->methods)
                addEndpoint(*item.endpoint(), method, out);
        }
        return JsonValue(std::move(out));
    }

    void addEndpoint(const Endpoint &endpoint, const std::string &method, JsonArray &out)
    {
        const std::string subject = endpointLabel(endpoint);
        if (!endpoint.enabled) {
            lost(subject, "it is switched off; left out");
            return;
        }
        const auto path = exportPath(endpoint.path);
        if (!path) {
            lost(subject, "a regular expression has no word in a collection; left out");
            return;
        }
        for (const std::string &part : path->loose)
            lost(subject, part + " is any text of one segment there");
        if (method == "ANY")
            lost(subject, "a request has one method there: GET");
        endpointNotes(endpoint, subject);
        const std::string verb = method == "ANY" ? "GET" : method;
        JsonValue request = requestJson(verb, *path, {});
        if (!endpoint.description.empty())
            request.ifObject()->set("description", endpoint.description);
        out.push_back(
            JsonObject{{"name", endpoint.name.empty() ? verb + ' ' + endpoint.path : endpoint.name},
                       {"request", std::move(request)},
                       {"response", responsesJson(endpoint, verb, *path, subject)}});
    }

    void endpointNotes(const Endpoint &endpoint, const std::string &subject)
    {
        if (endpoint.behaviour != Behaviour{})
            lost(subject, "its behaviour has no word in a collection");
        if (endpoint.requires_)
            lost(subject, "scenarios have no word in a collection");
        if (!endpoint.crud.empty())
            lost(subject, "'crud' has no word in a collection");
        if (endpoint.select != Selection::First)
            lost(subject, "its answers are not chosen in turn or by chance there, but by name");
    }

    /// The one without a rule first: what fits nothing else gets the first.
    JsonValue responsesJson(const Endpoint &endpoint, const std::string &method,
                            const ExportPath &path, const std::string &subject)
    {
        std::vector<const Response *> order;
        for (const Response &response : endpoint.responses) {
            if (response.times != std::optional<std::uint64_t>(0))
                order.push_back(&response);
        }
        std::stable_partition(order.begin(), order.end(),
                              [](const Response *response) { return !response->when; });
        if (order.size() < endpoint.responses.size())
            lost(subject, "answers with 'times: 0' are left out");
        if (!order.empty() && order.front()->when)
            lost(subject, "every answer has a rule; there the first is given where none fits");
        else if (order.size() > 1 && order.front()->status / 100 != 2)
            lost(subject, "the answer without a rule is no 2xx; there the first 2xx is given where "
                          "no other fits");
        JsonArray out;
        std::set<std::string> names;
        for (const Response *response : order) {
            std::string name = responseLabel(*response);
            for (int i = 2; !names.insert(name).second; ++i)
                name = responseLabel(*response) + ' ' + std::to_string(i);
            out.push_back(responseJson(*response, name, method, path, subject));
        }
        return JsonValue(std::move(out));
    }

    JsonValue responseJson(const Response &response, const std::string &name,
                           const std::string &method, const ExportPath &path,
                           const std::string &endpoint)
    {
        const std::string subject = endpoint + ", response " + text::inQuotes(name);
        std::optional<RequestExample> example
            = response.when ? exampleFor(*response.when) : RequestExample{};
        if (!example && !choosesByName(*response.when, name))
            lost(subject,
                 "its rule has no word in a collection; there it is chosen by its name, in the "
                 "header x-mock-response-name");
        responseNotes(response, subject);
        http::HeaderList headers;
        for (const http::HeaderField &field : m_server.headers) {
            if (!http::findHeader(response.headers, field.name)
                || text::equalsIgnoreCase(field.name, "Set-Cookie"))
                headers.push_back(field);
        }
        headers.insert(headers.end(), response.headers.begin(), response.headers.end());
        const std::string body = bodyText(response, subject, headers);
        JsonArray headerJson;
        for (const http::HeaderField &field : headers)
            headerJson.push_back(JsonObject{{"key", field.name}, {"value", field.value}});
        const std::string_view usual = http::reasonPhrase(response.status);
        return JsonObject{
            {"name", name},
            {"originalRequest", requestJson(method, path, example.value_or(RequestExample{}))},
            {"status", response.reason.empty() ? std::string(usual) : response.reason},
            {"code", response.status},
            {"_postman_previewlanguage", languageOf(headers)},
            {"header", std::move(headerJson)},
            {"cookie", JsonArray{}},
            {"body", body}};
    }

    void responseNotes(const Response &response, const std::string &subject)
    {
        if (response.behaviour != Behaviour{} || !response.delay.empty())
            lost(subject, "its behaviour has no word in a collection");
        if (response.isTemplate)
            lost(subject, "templates have no word in a collection; it is written as it stands");
        if (!response.callbacks.empty())
            lost(subject, "callbacks have no word in a collection");
        if (response.sets)
            lost(subject, "scenarios have no word in a collection");
    }

    std::string bodyText(const Response &response, const std::string &subject,
                         http::HeaderList &headers)
    {
        const Body &body = response.body;
        std::string out = body.content;
        std::string_view type = "text/plain; charset=utf-8";
        if (body.kind == Body::Kind::None)
            return {};
        if (body.kind == Body::Kind::Json) {
            out = writeJson(body.json);
            type = "application/json";
        } else if (body.kind == Body::Kind::Base64) {
            const auto bytes = text::decodeBase64(body.content);
            out = bytes && text::isUtf8(*bytes) ? *bytes : std::string();
            type = "application/octet-stream";
            if (out.empty())
                lost(subject, "a body of bytes that are no text has no word in a collection");
        } else if (body.kind != Body::Kind::Text) {
            lost(subject, "a body from a file, a bucket or a script has no word in a collection");
            return {};
        }
        // An answer without the header has this one all the same.
        if (!out.empty() && !http::findHeader(headers, "Content-Type"))
            headers.push_back({"Content-Type", std::string(type)});
        if (!response.isTemplate && described::findMention(out).exists())
            lost(subject, "Postman takes the {{…}} in its body for variables");
        return out;
    }

    const Server &m_server;
    Notes m_notes;
};

} // namespace

Result<Exported> write(const Server &server, const std::filesystem::path &)
{
    return CollectionWriter(server).run();
}

} // namespace understudy::formats::postman
