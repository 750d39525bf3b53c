// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/native.h"

#include "core/formats/native/place.h"
#include "core/formats/native/tables.h"
#include "core/formats/yaml/emit.h"
#include "core/formats/yaml/parse.h"
#include "core/model/edit.h"
#include "core/model/validate.h"

#include <algorithm>
#include <map>

namespace understudy::formats::native {

namespace {

/// Finds the nodes of the objects that validate() speaks of.
class Placer
{
public:
    Placer(Reader &reader, const Node &root, const Server &server)
        : m_reader(reader)
        , m_root(root)
    {
        std::size_t index = 0;
        forEachEndpoint(server, [&](const EndpointVisit &visit) {
            m_endpoints[visit.endpoint.id] = {&visit.endpoint, reader.endpoints[index++]};
        });
        index = 0;
        collectFolders(server.items, {}, index);
    }

    void place(const Finding &finding)
    {
        placeFinding(m_reader, nodeOf(finding), finding.field, finding.message);
    }
    Mark markOf(const Finding &finding) const
    {
        return nodeAt(nodeOf(finding), finding.field).start;
    }

private:
    const Node &nodeOf(const Finding &finding) const
    {
        if (const auto found = m_folders.find(finding.folder); found != m_folders.end())
            return *found->second;
        if (const auto found = m_endpoints.find(finding.endpointId); found != m_endpoints.end())
            return *responseNode(*found->second.first, *found->second.second, finding.responseId);
        const Node *fallback = finding.responseId.empty() ? nullptr : m_root.find("fallback");
        return fallback ? *fallback : m_root;
    }

    static const Node *responseNode(const Endpoint &endpoint, const Node &node,
                                    std::string_view responseId)
    {
        const Node *responses = node.find("responses");
        if (responseId.empty() || !responses)
            return &node;
        for (std::size_t i = 0; i < endpoint.responses.size() && i < responses->items.size(); ++i) {
            if (endpoint.responses[i].id == responseId)
                return &responses->items[i];
        }
        return &node;
    }

    /// The reader met the folders in the order of the document, outer before inner.
    void collectFolders(const std::vector<Item> &items, const ItemPath &path, std::size_t &index)
    {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Folder *folder = items[i].folder();
            if (!folder || index >= m_reader.folders.size())
                continue;
            ItemPath own = path;
            own.push_back(i);
            m_folders[own] = m_reader.folders[index++];
            collectFolders(folder->items, own, index);
        }
    }

    Reader &m_reader;
    const Node &m_root;
    std::map<std::string_view, std::pair<const Endpoint *, const Node *>> m_endpoints;
    std::map<ItemPath, const Node *> m_folders;
};

void placeFindings(Reader &reader, const Node &root, const Server &server)
{
    Placer placer(reader, root, server);
    for (const Finding &finding : validate(server)) {
        if (finding.severity == Severity::Error)
            placer.place(finding);
    }
}

/// Ids that the file itself gives twice; assignIds would hide them behind numbers.
void checkIds(Reader &reader)
{
    std::map<std::string_view, int> lines;
    for (const Node *endpoint : reader.endpoints) {
        const Node *id = endpoint->find("id");
        if (!id || !id->isScalar() || id->text.empty())
            continue;
        const auto [first, isNew] = lines.emplace(id->text, id->start.line);
        if (!isNew)
            reader.error(id->start, "two endpoints have the id '" + id->text
                                        + "'; the other one stands in line "
                                        + std::to_string(first->second));
    }
}

} // namespace

bool ReadOutcome::ok() const
{
    return std::none_of(problems.begin(), problems.end(),
                        [](const Problem &p) { return p.severity == Severity::Error; });
}

ReadOutcome read(std::string_view text, std::string_view file)
{
    ReadOutcome out;
    const Result<Node> root = yaml::parse(text, file);
    if (!root) {
        out.problems.push_back({Severity::Error, root.error()});
        return out;
    }
    if (root->isNull()) {
        out.problems.push_back({Severity::Error,
                                {ErrorCode::Syntax,
                                 "this file is empty; a mock file begins with 'understudy: 1'",
                                 {std::string(file), 1, 1}}});
        return out;
    }
    return readTree(*root, file);
}

ReadOutcome readTree(const Node &root, std::string_view file)
{
    ReadOutcome out;
    Reader reader(file);
    serverTable().read(reader, root, out.server);
    checkIds(reader);
    assignIds(out.server);
    placeFindings(reader, root, out.server);
    out.problems = reader.takeProblems();
    std::stable_sort(out.problems.begin(), out.problems.end(),
                     [](const Problem &a, const Problem &b) {
                         return std::pair(a.error.where.line, a.error.where.column)
                                < std::pair(b.error.where.line, b.error.where.column);
                     });
    return out;
}

std::vector<Place> locate(std::string_view text, std::string_view file,
                          const std::vector<Finding> &findings)
{
    std::vector<Place> places(findings.size(), {std::string(file), 0, 0});
    const Result<Node> root = yaml::parse(text, file);
    if (!root)
        return places;
    Reader reader(file);
    Server server;
    serverTable().read(reader, *root, server);
    assignIds(server);
    const Placer placer(reader, *root, server);
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Mark mark = placer.markOf(findings[i]);
        places[i].line = mark.line;
        places[i].column = mark.column;
    }
    return places;
}

std::string write(const Server &server) { return yaml::emit(writeTree(server)); }

Node writeTree(const Server &server) { return serverTable().write(server); }

} // namespace understudy::formats::native
