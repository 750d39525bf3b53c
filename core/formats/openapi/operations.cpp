// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/operations.h"

#include "core/base/text.h"
#include "core/formats/openapi/buckets.h"
#include "core/formats/openapi/folders.h"
#include "core/formats/openapi/operation.h"
#include "core/formats/openapi/paths.h"
#include "core/formats/openapi/plain_text.h"
#include "core/formats/openapi/request_checks.h"
#include "core/formats/openapi/responses.h"
#include "core/formats/openapi/servers.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <array>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kMostOperations = 20'000;

constexpr std::array<std::string_view, 9> kMethods{"get",  "put",   "post",  "delete", "options",
                                                   "head", "patch", "trace", "query"};

std::string descriptionOf(Element operation)
{
    std::string out = cleanText(operation.text("summary"));
    const std::string more = cleanText(operation.text("description"));
    if (!more.empty() && more != out)
        out += (out.empty() ? "" : "\n\n") + more;
    if (operation.isTrue("deprecated"))
        out = "Deprecated." + (out.empty() ? "" : "\n\n" + out);
    return out;
}

class OperationsReader
{
public:
    explicit OperationsReader(const MakingOf &with)
        : m_with(with)
        , m_document(with.document)
    {}

    /// Whether there are collections that buckets can be made of.
    bool run(Server &server)
    {
        read();
        const bool isCommon
            = std::all_of(m_operations.begin(), m_operations.end(), [&](const Operation &o) {
                  return o.bases == m_operations.front().bases;
              });
        if (m_operations.empty())
            server.base = basePathsOf(m_document, {}, {}).front();
        else if (isCommon)
            setBases(m_operations.front().bases, server);
        tellApart(m_document, m_operations);
        std::vector<TaggedEndpoint> endpoints;
        for (const Operation &operation : m_operations) {
            const Endpoint endpoint = endpointOf(operation);
            const std::size_t ways = isCommon ? 1 : operation.bases.size();
            for (std::size_t i = 0; i < ways; ++i) {
                Endpoint own = endpoint;
                setPath(operation, operation.bases[i], isCommon, i == 0, own);
                endpoints.push_back({std::move(own), tagOf(operation.at)});
            }
        }
        const bool canMake = canMakeBuckets(endpoints);
        if (canMake && m_with.options.makeBuckets)
            makeBuckets(m_document, endpoints, server);
        server.items = intoFolders(m_document, std::move(endpoints));
        return canMake;
    }

private:
    /// Below each of the servers' paths; without one, too, as clients ask that have been told the
    /// address of the stand-in alone.
    static void setBases(const std::vector<std::string> &bases, Server &server)
    {
        server.base = bases.front();
        server.otherBases.assign(bases.begin() + 1, bases.end());
        if (std::find(bases.begin(), bases.end(), std::string()) == bases.end())
            server.otherBases.emplace_back();
    }

    void read()
    {
        const Element paths = m_document.child(m_document.root(), "paths");
        for (std::size_t i = 0; paths.isMap() && i < paths.size(); ++i) {
            const std::string &path = paths.key(i);
            if (path.starts_with("x-") || path.empty())
                continue;
            const Element item = m_document.resolve(paths.entry(i));
            if (item.isMap())
                readItem(path, item);
            else if (item)
                m_document.notServed({},
                                     "what stands under "
                                         + text::inQuotes(text::shortened(path, 200))
                                         + " is no path item, and is left out",
                                     paths.entry(i));
        }
        if (m_operations.empty() && !m_document.root().at("webhooks"))
            m_document.notServed({},
                                 "the document describes no operation: there is nothing to "
                                 "answer",
                                 m_document.root());
    }

    void readItem(const std::string &path, Element item)
    {
        for (std::size_t i = 0; i < item.size(); ++i) {
            const std::string &key = item.key(i);
            const bool isMethod
                = std::find(kMethods.begin(), kMethods.end(), key) != kMethods.end();
            if (isMethod)
                add(text::toUpper(key), path, item, item.entry(i));
        }
        const Element others = item.at("additionalOperations"); // 3.2
        for (std::size_t i = 0; others.isMap() && i < others.size(); ++i)
            add(others.key(i), path, item, others.entry(i));
    }

    void add(const std::string &method, const std::string &path, Element item, Element written)
    {
        const Element at = m_document.resolve(written);
        if (!at.isMap() || !http::isToken(method)) {
            m_document.notServed({},
                                 text::shortened(method, 50) + " " + text::shortened(path, 200)
                                     + " is no operation, and is left out",
                                 written);
            return;
        }
        if (m_operations.size() == kMostOperations) {
            m_document.notServedOften("there are more operations than "
                                          + std::to_string(kMostOperations)
                                          + "; the rest is left out",
                                      written);
            return;
        }
        m_operations.push_back({method, path, at, item, basePathsOf(m_document, at, item)});
    }

    Endpoint endpointOf(const Operation &operation)
    {
        Endpoint out;
        out.methods = {operation.method};
        out.name = oneLineOf(operation.at.text("operationId"));
        out.description = descriptionOf(operation.at);
        const OperationPlace place{operation.at, operation.pathItem, operation.path};
        out.responses = responsesOf(m_with, place, operation.subject());
        if (m_with.options.checkRequests) {
            // The first stands in front for people; what has rules is tried before it.
            std::vector<Response> first = refusals(m_with, place, operation.subject());
            out.responses.insert(out.responses.begin() + 1, std::make_move_iterator(first.begin()),
                                 std::make_move_iterator(first.end()));
        }
        noteOthers(operation);
        return out;
    }

    void setPath(const Operation &operation, const std::string &base, bool isServers, bool isFirst,
                 Endpoint &endpoint)
    {
        EndpointPath path = endpointPath(operation.path, base, isServers);
        endpoint.path = std::move(path.path);
        if (!operation.narrow.empty() && !endpoint.path.starts_with("regex:")) {
            endpoint.path = withNarrow(std::move(endpoint.path), operation.narrow);
            --endpoint.priority;
        }
        for (const std::string &note : path.changed)
            if (isFirst)
                m_document.changed(operation.subject(), note, operation.at);
        for (const std::string &note : path.notServed)
            if (isFirst)
                m_document.notServed(operation.subject(), note, operation.at);
    }

    std::string tagOf(Element operation)
    {
        const Element tags = operation.at("tags");
        const bool hasTag = tags.isList() && tags.size() > 0 && tags.entry(0).isScalar();
        return hasTag ? tags.entry(0).node->text : std::string();
    }

    void noteOthers(const Operation &operation)
    {
        if (operation.at.at("callbacks"))
            m_document.notServed(operation.subject(), "its callbacks are not sent",
                                 operation.at.at("callbacks"));
        const Element body = operation.at.at("requestBody");
        const Element parameters = operation.at.at("parameters");
        if ((body || parameters) && !m_with.options.checkRequests)
            m_document.notServedOften(
                "requests are not checked, unless you choose so at import: parameters and bodies "
                "may be anything",
                body ? body : parameters);
        const Element responses = m_document.child(operation.at, "responses");
        for (std::size_t i = 0; responses.isMap() && i < responses.size(); ++i) {
            if (const Element links = m_document.resolve(responses.entry(i)).at("links"))
                m_document.notServedOften("links between operations have no effect", links);
        }
    }

    const MakingOf &m_with;
    Document &m_document;
    std::vector<Operation> m_operations;
};

} // namespace

bool addOperations(const MakingOf &with, Server &server)
{
    return OperationsReader(with).run(server);
}

} // namespace understudy::formats::openapi
