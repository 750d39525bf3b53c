// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/tree_commands.h"

#include "ui/document/tree_edits.h"
#include "ui/document/workspace_document.h"
#include "ui/services/text.h"

#include <QSet>
#include <QStringList>

#include <functional>
#include <utility>
#include <vector>

namespace understudy::ui {

namespace {

using Edits = std::vector<std::pair<QString, std::function<void(Server &)>>>;

/// The places of the selected items of one server, as the edit functions take them.
std::vector<ItemPath> pathsIn(const Server &server, const QList<ObjectRef> &refs,
                              const QString &serverId)
{
    std::vector<ItemPath> paths;
    QSet<QString> ids;
    for (const ObjectRef &ref : refs) {
        if (ref.serverId != serverId)
            continue;
        if (ref.kind == ObjectRef::Kind::Folder)
            paths.push_back(ref.path);
        else if (ref.kind == ObjectRef::Kind::Endpoint)
            ids.insert(ref.endpointId);
    }
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        if (ids.contains(toQString(visit.endpoint.id)))
            paths.push_back(visit.path);
    });
    return paths;
}

QStringList serversOf(const QList<ObjectRef> &refs)
{
    QStringList ids;
    for (const ObjectRef &ref : refs) {
        if (!ids.contains(ref.serverId))
            ids << ref.serverId;
    }
    return ids;
}

} // namespace

ObjectRef TreeCommands::newEndpoint(const QString &serverId, const ObjectRef &beside)
{
    const ServerDocument *document = m_workspace.find(serverId);
    if (!document || !document->value || document->isBroken())
        return {};
    QString id;
    m_workspace.edit(serverId, tr("New endpoint"), [&](Server &server) {
        Endpoint endpoint;
        endpoint.methods = {"GET"};
        endpoint.path = "/new";
        QSet<QString> paths;
        forEachEndpoint(server, [&](const EndpointVisit &visit) {
            paths.insert(toQString(visit.endpoint.path));
        });
        for (int n = 2; paths.contains(toQString(endpoint.path)); ++n)
            endpoint.path = "/new-" + std::to_string(n);
        endpoint.responses.push_back(mockResponse());
        endpoint.id = makeEndpointId(server, endpoint);
        id = toQString(endpoint.id);
        ItemPath parent;
        std::size_t index = server.items.size();
        if (beside.kind == ObjectRef::Kind::Folder) {
            parent = beside.path;
            index = std::size_t(-1);
        } else if (beside.kind == ObjectRef::Kind::Endpoint) {
            const std::vector<ItemPath> places = pathsIn(server, {beside}, serverId);
            if (!places.empty()) {
                parent = ItemPath(places[0].begin(), places[0].end() - 1);
                index = places[0].back() + 1;
            }
        }
        insertItem(server, parent, index, std::move(endpoint));
    });
    return id.isEmpty() ? ObjectRef{} : ObjectRef::endpoint(serverId, id);
}

ObjectRef TreeCommands::newFolder(const QString &serverId, const ObjectRef &beside)
{
    ItemPath made;
    m_workspace.edit(serverId, tr("New folder"), [&](Server &server) {
        const ItemPath parent = beside.kind == ObjectRef::Kind::Folder ? beside.path : ItemPath{};
        Folder folder;
        folder.name = uniqueFolderName(server, parent, toStd(tr("New folder")));
        made = insertItem(server, parent, std::size_t(-1), std::move(folder));
    });
    return made.empty() ? ObjectRef{} : ObjectRef::folder(serverId, made);
}

bool TreeCommands::remove(const QList<ObjectRef> &refs, const QString &label)
{
    QStringList servers;
    QList<ObjectRef> items;
    for (const ObjectRef &ref : refs) {
        if (ref.kind == ObjectRef::Kind::Server)
            servers << ref.serverId;
        else if (ref.isValid())
            items << ref;
    }
    Edits edits;
    for (const QString &id : serversOf(items)) {
        if (!servers.contains(id))
            edits.emplace_back(id, [items, id](Server &server) {
                removeItems(server, pathsIn(server, items, id));
            });
    }
    const QString step = label.isEmpty()
                             ? tr("Delete %n items", nullptr, static_cast<int>(refs.size()))
                             : tr("Delete %1").arg(label);
    if (edits.empty() && servers.isEmpty())
        return false;
    const bool isMacro = servers.size() > (edits.empty() ? 1 : 0);
    if (isMacro)
        m_workspace.undoStack()->beginMacro(step);
    m_workspace.editMany(step, edits, items.isEmpty() ? ObjectRef{} : items.front());
    for (const QString &id : servers)
        m_workspace.removeServer(id);
    if (isMacro)
        m_workspace.undoStack()->endMacro();
    return true;
}

ObjectRef TreeCommands::duplicate(const ObjectRef &ref, const QString &label)
{
    const ServerDocument *document = m_workspace.find(ref.serverId);
    if (!document || !document->value)
        return {};
    if (ref.kind == ObjectRef::Kind::Server) {
        Server copy = *document->value;
        copy.name += toStd(tr(" copy"));
        if (copy.listen.port > 0 && copy.listen.port < 65535)
            ++copy.listen.port;
        const auto added = m_workspace.addServer(copy);
        return added ? ObjectRef::server(*added) : ObjectRef{};
    }
    const std::vector<ItemPath> paths = pathsIn(*document->value, {ref}, ref.serverId);
    if (paths.empty())
        return {};
    ItemPath made;
    m_workspace.edit(ref.serverId, tr("Duplicate %1").arg(label),
                     [&](Server &server) { made = duplicateItem(server, paths[0]); });
    const Item *item = itemAt(*document->value, made);
    if (!item)
        return {};
    return item->endpoint() ? ObjectRef::endpoint(ref.serverId, toQString(item->endpoint()->id))
                            : ObjectRef::folder(ref.serverId, made);
}

void TreeCommands::toggle(const QList<ObjectRef> &refs)
{
    Edits edits;
    for (const QString &id : serversOf(refs)) {
        edits.emplace_back(id, [refs, id](Server &server) {
            for (const ItemPath &path : pathsIn(server, refs, id)) {
                Item *item = itemAt(server, path);
                Endpoint *endpoint = item ? item->mutableEndpoint() : nullptr;
                if (endpoint)
                    endpoint->enabled = !endpoint->enabled;
                else if (item)
                    toggleFolder(*item->mutableFolder());
            }
        });
    }
    m_workspace.editMany(tr("Enable or disable"), edits,
                         refs.isEmpty() ? ObjectRef{} : refs.front());
}

ObjectRef TreeCommands::move(const ObjectRef &ref, int step)
{
    const ServerDocument *document = m_workspace.find(ref.serverId);
    if (!document || !document->value || ref.kind == ObjectRef::Kind::Server)
        return {};
    const std::vector<ItemPath> paths = pathsIn(*document->value, {ref}, ref.serverId);
    if (paths.empty())
        return {};
    ItemPath moved;
    m_workspace.edit(
        ref.serverId, step < 0 ? tr("Move up") : tr("Move down"),
        [&](Server &server) { moved = moveItem(server, paths[0], step); },
        {{}, false, ref.kind == ObjectRef::Kind::Endpoint ? ref : ObjectRef::server(ref.serverId)});
    if (moved.empty())
        return {};
    return ref.kind == ObjectRef::Kind::Folder ? ObjectRef::folder(ref.serverId, moved) : ref;
}

} // namespace understudy::ui
