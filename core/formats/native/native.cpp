// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/native.h"

#include "core/base/text.h"
#include "core/formats/native/tables.h"
#include "core/formats/yaml/emit.h"
#include "core/formats/yaml/parse.h"
#include "core/model/edit.h"
#include "core/model/validate.h"

#include <algorithm>
#include <map>

namespace understudy::formats::native {

namespace {

/// Puts the findings of validate() where the field stands that they speak of.
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
    }

    void place(const Finding &finding)
    {
        const Node *node = &m_root;
        if (const auto found = m_endpoints.find(finding.endpointId); found != m_endpoints.end())
            node = responseNode(*found->second.first, *found->second.second, finding.responseId);
        else if (!finding.responseId.empty() && m_root.find("fallback"))
            node = m_root.find("fallback");
        placeAt(*node, finding);
    }

    void placeAt(const Node &object, const Finding &finding)
    {
        const Node *node = &object;
        for (const std::string_view part : text::split(finding.field, '.')) {
            const Node *inner = node->find(part);
            if (!inner)
                break;
            node = inner;
        }
        // What could not be read has been reported; what validate() says of the gap is noise.
        if (!m_reader.hasProblemIn(*node))
            m_reader.error(node->start, finding.message);
    }

private:
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

    Reader &m_reader;
    const Node &m_root;
    std::map<std::string_view, std::pair<const Endpoint *, const Node *>> m_endpoints;
};

void collectFolders(const std::vector<Item> &items, std::vector<const Folder *> &folders)
{
    for (const Item &item : items) {
        if (const Folder *folder = item.folder()) {
            folders.push_back(folder);
            collectFolders(folder->items, folders);
        }
    }
}

/// validate() does not say whose behaviour is wrong where it is a folder's: those are asked for one
/// by one.
void placeFindings(Reader &reader, const Node &root, const Server &server)
{
    Placer placer(reader, root, server);
    for (const Finding &finding : validate(server)) {
        const bool nobodys = finding.endpointId.empty() && finding.responseId.empty();
        if (finding.severity == Severity::Error
            && !(nobodys && finding.field.starts_with("behaviour")))
            placer.place(finding);
    }
    const auto behaviour = [&](const Behaviour &value, const Node &node) {
        Server alone;
        alone.behaviour = value;
        for (const Finding &finding : validate(alone))
            placer.placeAt(node, finding);
    };
    behaviour(server.behaviour, root);
    std::vector<const Folder *> folders;
    collectFolders(server.items, folders);
    for (std::size_t i = 0; i < folders.size() && i < reader.folders.size(); ++i)
        behaviour(folders[i]->behaviour, *reader.folders[i]);
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
    Reader reader(file);
    serverTable().read(reader, *root, out.server);
    checkIds(reader);
    assignIds(out.server);
    placeFindings(reader, *root, out.server);
    out.problems = reader.takeProblems();
    std::stable_sort(out.problems.begin(), out.problems.end(),
                     [](const Problem &a, const Problem &b) {
                         return std::pair(a.error.where.line, a.error.where.column)
                                < std::pair(b.error.where.line, b.error.where.column);
                     });
    return out;
}

std::string write(const Server &server) { return yaml::emit(serverTable().write(server)); }

} // namespace understudy::formats::native
