// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/openapi/export_operation.h"
#include "core/formats/openapi/export_tags.h"
#include "core/model/edit.h"

#include <algorithm>
#include <array>
#include <map>

namespace understudy::formats::openapi {

namespace {

/// Of a Path Item Object of version 3.1.
constexpr std::array<std::string_view, 8> kPathItemMethods{"GET",     "PUT",  "POST",  "DELETE",
                                                           "OPTIONS", "HEAD", "PATCH", "TRACE"};

struct PathItemDraft
{
    TemplatePath path; ///< of the endpoint that comes first
    std::vector<OperationDraft> operations;
};

std::string addressOf(const Server &server, const std::string &base)
{
    const std::string &listen = server.listen.address;
    std::string host = listen;
    if (listen.empty() || listen == "0.0.0.0")
        host = "127.0.0.1";
    else if (listen.find(':') != std::string::npos)
        host = listen == "::" ? "[::1]" : "[" + listen + "]";
    std::string out = (server.listen.tls ? "https://" : "http://") + host;
    if (server.listen.port != 0)
        out += ":" + std::to_string(server.listen.port);
    return out + base;
}

class DocumentExport
{
public:
    DocumentExport(const Server &server, const std::filesystem::path &folder)
        : m_server(server)
        , m_scope{server, folder, m_remarks}
    {}

    Exported run()
    {
        serverRemarks();
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) { endpoint(visit); });
        JsonObject info{{"title", m_server.name.empty() ? std::string("Mock") : m_server.name}};
        if (!m_server.description.empty())
            info.set("description", m_server.description);
        info.set("version", "1.0.0");
        JsonObject out{{"openapi", "3.1.0"}, {"info", std::move(info)}, {"servers", servers()}};
        if (JsonArray tags = m_tags.json(); !tags.empty())
            out.set("tags", std::move(tags));
        out.set("paths", pathsJson());
        return {writeJson(JsonValue(std::move(out)), 2) + '\n', m_remarks.take()};
    }

private:
    /// One for each base path; that the mock answers without one as well is not for others.
    JsonArray servers() const
    {
        JsonArray out{JsonValue(JsonObject{{"url", addressOf(m_server, m_server.base)}})};
        for (const std::string &base : m_server.otherBases) {
            if (!base.empty())
                out.emplace_back(JsonObject{{"url", addressOf(m_server, base)}});
        }
        return out;
    }

    void serverRemarks()
    {
        const auto lost = [&](bool isThere, const std::string &what) {
            if (isThere)
                m_remarks.lost({}, what + " no word in OpenAPI");
        };
        lost(m_server.behaviour != Behaviour{}, "the behaviour of the server has");
        lost(m_server.fallback.has_value(), "the fallback has");
        lost(m_server.upstream.has_value(), "the upstream has");
        lost(m_server.cors, "'cors' has");
        lost(!m_server.helpers.empty(), "helpers have");
        lost(!m_server.scenarios.empty(), "scenarios have");
        lost(m_server.seed.has_value() || !m_server.locale.empty(), "'seed' and 'locale' have");
        lost(m_server.caseInsensitivePaths || m_server.ignoreTrailingSlash || m_server.mergeSlashes,
             "paths that need not be written exactly have");
        if (m_server.listen.port == 0)
            m_remarks.changed({}, "the port is free to be chosen, and is not written");
    }

    void endpoint(const EndpointVisit &visit)
    {
        const Endpoint &endpoint = visit.endpoint;
        const std::string subject = subjectOf(endpoint);
        if (!visit.enabled) {
            m_remarks.changed(subject, "it is switched off, and left out");
            return;
        }
        const auto path = templatePath(endpoint.path);
        if (!path) {
            m_remarks.lost(subject, "a path that is a regular expression has no word in OpenAPI; "
                                    "the endpoint is left out");
            return;
        }
        if (endpoint.crud.empty() && endpoint.responses.empty()) {
            m_remarks.lost(subject, "it has no response, and is left out");
            return;
        }
        endpointRemarks(visit, subject, *path);
        const std::string tag = m_tags.tagOf(visit.folders);
        if (endpoint.crud.empty()) {
            for (const std::string_view method : methodsOf(endpoint, subject))
                add(method, {&endpoint, nullptr, *path, tag});
            return;
        }
        for (const CrudOperation &operation : crudOperations())
            add(operation.method,
                {&endpoint, &operation, operation.isItem ? itemPath(*path) : *path, tag});
    }

    void endpointRemarks(const EndpointVisit &visit, const std::string &subject,
                         const TemplatePath &path)
    {
        const Endpoint &endpoint = visit.endpoint;
        for (const std::string &remark : path.remarks)
            m_remarks.lost(subject, remark);
        if (endpoint.behaviour != Behaviour{})
            m_remarks.lost(subject, "latency, throttling and faults have no word in OpenAPI");
        if (endpoint.requires_)
            m_remarks.lost(subject, "scenarios have no word in OpenAPI");
        if (endpoint.select != Selection::First)
            m_remarks.lost(subject, "answers in turn, by chance or from a bucket have no word in "
                                    "OpenAPI");
        if (endpoint.priority != Endpoint{}.priority)
            m_remarks.lost(subject, "'priority' has no word in OpenAPI");
        for (const Folder *folder : visit.folders) {
            if (folder->behaviour != Behaviour{})
                m_remarks.lost("folder " + text::inQuotes(folder->name),
                               "latency, throttling and faults have no word in OpenAPI");
        }
        if (visit.folders.size() > 1)
            m_remarks.changed("folder " + text::inQuotes(visit.folders.back()->name),
                              "folders in folders are tags beside each other there");
    }

    std::vector<std::string_view> methodsOf(const Endpoint &endpoint, const std::string &subject)
    {
        std::vector<std::string_view> out;
        for (const std::string &method : endpoint.methods) {
            if (method == "ANY") {
                m_remarks.changed(subject, "an operation has one method: GET and POST stand for "
                                           "every one there");
                return {"GET", "POST"};
            }
            const auto known = std::find(kPathItemMethods.begin(), kPathItemMethods.end(), method);
            if (known == kPathItemMethods.end())
                m_remarks.lost(subject, "the method " + method
                                            + " has no word in OpenAPI 3.1; it is left out");
            else if (std::find(out.begin(), out.end(), method) == out.end())
                out.push_back(*known);
        }
        return out;
    }

    void add(std::string_view method, OperationSource source)
    {
        const auto [place, isNew] = m_places.try_emplace(source.path.shape, m_paths.size());
        if (isNew)
            m_paths.push_back({source.path, {}});
        std::vector<OperationDraft> &operations = m_paths[place->second].operations;
        auto own
            = std::find_if(operations.begin(), operations.end(),
                           [&](const OperationDraft &known) { return known.method == method; });
        if (own == operations.end())
            own = operations.insert(own, {std::string(method), {}});
        own->sources.push_back(std::move(source));
    }

    JsonObject pathsJson()
    {
        std::set<std::string> ids;
        JsonObject out;
        for (PathItemDraft &draft : m_paths) {
            JsonObject item;
            for (OperationDraft &operation : draft.operations) {
                std::stable_sort(operation.sources.begin(), operation.sources.end(),
                                 [](const OperationSource &a, const OperationSource &b) {
                                     return a.endpoint->priority < b.endpoint->priority;
                                 });
                item.set(text::toLower(operation.method),
                         operationJson(operation, draft.path, ids, m_scope));
            }
            out.set(draft.path.text, std::move(item));
        }
        return out;
    }

    const Server &m_server;
    ExportRemarks m_remarks;
    ExportScope m_scope;
    ExportTags m_tags;
    std::vector<PathItemDraft> m_paths;
    std::map<std::string, std::size_t> m_places; ///< of `m_paths` by shape
};

} // namespace

Result<Exported> write(const Server &server, const std::filesystem::path &folder)
{
    Server copy = server;
    assignIds(copy);
    return DocumentExport(copy, folder).run();
}

} // namespace understudy::formats::openapi
