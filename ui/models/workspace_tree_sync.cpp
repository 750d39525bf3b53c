// SPDX-License-Identifier: GPL-3.0-or-later
// How the rows follow the document and the running servers.
#include "ui/document/behaviour_edits.h"
#include "ui/document/tree_edits.h"
#include "ui/models/workspace_tree_node.h"
#include "ui/services/text.h"

#include <QHash>

#include <algorithm>
#include <functional>
#include <utility>

namespace understudy::ui {

namespace {

QString searchTextOf(const Endpoint &endpoint)
{
    return toQString(methodsText(endpoint) + ' ' + endpoint.path + ' ' + endpoint.name + ' '
                     + endpoint.description)
        .toLower();
}

/// "20 % 500, set here"; `where` says which scope.
QString behaviourText(const Behaviour &behaviour, const QString &where)
{
    const QStringList parts = behaviourParts(behaviour);
    return parts.isEmpty()
               ? QString()
               : WorkspaceTreeModel::tr("%1, %2").arg(parts.join(QStringLiteral(", ")), where);
}

QString joined(const QString &first, const QString &second)
{
    return first.isEmpty() || second.isEmpty() ? first + second : first + '\n' + second;
}

/// The endpoint's own and its responses'.
QString behaviourText(const Endpoint &endpoint)
{
    QString text = behaviourText(endpoint.behaviour, WorkspaceTreeModel::tr("set here"));
    for (const Response &response : endpoint.responses)
        text = joined(
            text, behaviourText(response.behaviour, WorkspaceTreeModel::tr("set in response %1")
                                                        .arg(toQString(responseLabel(response)))));
    return text;
}

/// What a folder hands on to what is in it.
QString inheritedText(const Folder &folder, const QString &inherited)
{
    return joined(
        behaviourText(folder.behaviour,
                      WorkspaceTreeModel::tr("from folder %1").arg(toQString(folder.name))),
        inherited);
}

QString inheritedText(const Server &server)
{
    return behaviourText(server.behaviour, WorkspaceTreeModel::tr("from the server"));
}

} // namespace

void WorkspaceTreeModel::rebuild()
{
    beginResetModel();
    m_root->children.clear();
    m_root->visible.clear();
    endResetModel();
    for (const auto &document : m_workspace.servers())
        addServer(document->id);
}

void WorkspaceTreeModel::addServer(const QString &id)
{
    const ServerDocument *document = m_workspace.find(id);
    if (!document || serverNode(id))
        return;
    auto node = std::make_unique<Node>();
    node->parent = m_root.get();
    node->id = id;
    syncServerNode(*node);
    if (document->value) {
        const QString inherited = inheritedText(*document->value);
        for (const Item &item : document->value->items)
            node->children.push_back(makeNode(node.get(), item, inherited));
    }
    updateWarnings(*node);
    showAll(*node);
    auto &children = m_root->children;
    const auto place
        = std::lower_bound(children.begin(), children.end(), id,
                           [](const auto &n, const QString &wanted) { return n->id < wanted; });
    const auto row = static_cast<int>(place - children.begin());
    if (!m_filter.isEmpty()) {
        children.insert(place, std::move(node));
        applyFilter();
        return;
    }
    beginInsertRows({}, row, row);
    m_root->visible.insert(m_root->visible.begin() + row, node.get());
    children.insert(place, std::move(node));
    m_root->renumber();
    endInsertRows();
}

void WorkspaceTreeModel::removeServer(const QString &id)
{
    Node *node = serverNode(id);
    if (!node)
        return;
    auto &children = m_root->children;
    auto &visible = m_root->visible;
    const auto owned = std::find_if(children.begin(), children.end(),
                                    [&](const auto &n) { return n.get() == node; });
    const auto shown = std::find(visible.begin(), visible.end(), node);
    const bool isShown = shown != visible.end();
    if (isShown) {
        const auto row = static_cast<int>(shown - visible.begin());
        beginRemoveRows({}, row, row);
        visible.erase(shown);
        m_root->renumber();
    }
    m_findings.remove(id);
    const std::unique_ptr<Node> keep = std::move(*owned); // until the views have let go of it
    children.erase(owned);
    if (isShown)
        endRemoveRows();
}

void WorkspaceTreeModel::syncServerNode(Node &node)
{
    const ServerDocument *document = m_workspace.find(node.id);
    if (!document)
        return;
    node.name = document->value ? toQString(document->value->name) : node.id;
    if (node.name.isEmpty())
        node.name = node.id;
    node.searchText = node.name.toLower();
    node.port = document->value ? document->value->listen.port : 0;
    node.behaviour
        = document->value ? behaviourText(document->value->behaviour, tr("set here")) : QString();
    node.state = m_runtime.state(node.id);
    if (const auto status = m_runtime.status(node.id);
        status && status->state == ServerState::Running)
        node.port = status->port;
    node.warning = m_runtime.problem(node.id);
    if (node.warning.isEmpty() && document->hasConflict)
        node.warning = tr("The file was changed outside");
    if (node.warning.isEmpty() && !document->saveError.isEmpty())
        node.warning = tr("Not saved: %1").arg(document->saveError);
}

bool WorkspaceTreeModel::fill(Node &node, const Item &item, const QString &inherited) const
{
    if (node.item && node.item->sharesWith(item) && node.inherited == inherited)
        return false;
    node.item = item;
    Node now;
    now.inherited = inherited;
    if (const Endpoint *endpoint = item.endpoint()) {
        now.kind = NodeKind::Endpoint;
        now.id = toQString(endpoint->id);
        now.name = toQString(endpoint->name);
        now.method = toQString(methodsText(*endpoint));
        now.path = toQString(endpoint->path);
        now.enabled = endpoint->enabled;
        now.searchText = searchTextOf(*endpoint);
        now.behaviour = behaviourText(*endpoint);
        now.responses = static_cast<int>(endpoint->responses.size());
    } else {
        const Folder *folder = item.folder();
        now.kind = NodeKind::Folder;
        now.name = toQString(folder->name);
        now.id = now.name;
        now.enabled = folder->enabled;
        now.check = folderState(*folder);
        now.searchText = now.name.toLower();
        now.behaviour = behaviourText(folder->behaviour, tr("set here"));
    }
    const bool same = node.kind == now.kind && node.id == now.id && node.name == now.name
                      && node.method == now.method && node.path == now.path
                      && node.enabled == now.enabled && node.check == now.check
                      && node.searchText == now.searchText && node.behaviour == now.behaviour
                      && node.inherited == now.inherited && node.responses == now.responses;
    if (same)
        return false;
    node.kind = now.kind;
    node.id = now.id;
    node.name = now.name;
    node.method = now.method;
    node.path = now.path;
    node.enabled = now.enabled;
    node.check = now.check;
    node.searchText = now.searchText;
    node.behaviour = now.behaviour;
    node.inherited = now.inherited;
    node.responses = now.responses;
    return true;
}

std::unique_ptr<WorkspaceTreeModel::Node>
WorkspaceTreeModel::makeNode(Node *parent, const Item &item, const QString &inherited) const
{
    auto node = std::make_unique<Node>();
    node->parent = parent;
    fill(*node, item, inherited);
    if (item.endpoint()) {
        const Node *server = parent;
        while (server->kind != NodeKind::Server)
            server = server->parent;
        node->hits = m_runtime.workbench().hits(toStd(server->id), toStd(node->id));
    }
    if (const Folder *folder = item.folder()) {
        const QString within = inheritedText(*folder, inherited);
        for (const Item &child : folder->items)
            node->children.push_back(makeNode(node.get(), child, within));
    }
    return node;
}

void WorkspaceTreeModel::showAll(Node &node)
{
    node.visible.clear();
    for (const auto &child : node.children) {
        showAll(*child);
        child->isHit = true;
        node.visible.push_back(child.get());
    }
    node.renumber();
}

void WorkspaceTreeModel::syncServer(const QString &id)
{
    Node *node = serverNode(id);
    const ServerDocument *document = m_workspace.find(id);
    if (!node || !document)
        return;
    syncServerNode(*node);
    if (document->value) {
        const bool isHeld
            = !m_filter.isEmpty() && m_isEditing && hasRowsOf(*node, document->value->items);
        m_isStale = m_isStale || isHeld;
        if (m_filter.isEmpty() || isHeld) {
            syncChildren(*node, document->value->items, inheritedText(*document->value));
        } else {
            // A filtered tree is small on the screen; a reset costs less than to work out what
            // appears and what goes.
            beginResetModel();
            node->children.clear();
            node->visible.clear();
            const QString inherited = inheritedText(*document->value);
            for (const Item &item : document->value->items)
                node->children.push_back(makeNode(node, item, inherited));
            showFiltered(); // in the same reset: the view finds its row again after it
            endResetModel();
        }
    }
    updateWarnings(*node);
    emitChanged(node);
}

void WorkspaceTreeModel::syncChildren(Node &parent, const std::vector<Item> &items,
                                      const QString &inherited)
{
    const auto isSame = [](const Node &node, const Item &item) {
        if (node.item && node.item->sharesWith(item))
            return true;
        if (const Endpoint *endpoint = item.endpoint())
            return node.kind == NodeKind::Endpoint && node.id == toQString(endpoint->id);
        return node.kind == NodeKind::Folder && node.name == toQString(item.folder()->name);
    };
    const std::size_t have = parent.children.size();
    const std::size_t want = items.size();
    std::size_t head = 0;
    while (head < have && head < want && isSame(*parent.children[head], items[head]))
        ++head;
    std::size_t tail = 0;
    while (tail < have - head && tail < want - head
           && isSame(*parent.children[have - 1 - tail], items[want - 1 - tail]))
        ++tail;
    std::size_t gone = have - head - tail;
    std::size_t come = want - head - tail;
    // Renamed folders in their place stay what they are, and stay open.
    const auto bothFolders = [&](std::size_t i) {
        return parent.children[i]->kind == NodeKind::Folder && items[i].folder();
    };
    if (gone == come) {
        while (come > 0 && bothFolders(head)) {
            ++head;
            --gone;
            --come;
        }
    }
    const QModelIndex parentIndex = indexFor(&parent);
    if (gone > 0) {
        const auto first = static_cast<std::ptrdiff_t>(head);
        const auto last = static_cast<std::ptrdiff_t>(head + gone);
        beginRemoveRows(parentIndex, static_cast<int>(first), static_cast<int>(last - 1));
        parent.visible.erase(parent.visible.begin() + first, parent.visible.begin() + last);
        std::vector<std::unique_ptr<Node>> keep(
            std::make_move_iterator(parent.children.begin() + first),
            std::make_move_iterator(parent.children.begin() + last));
        parent.children.erase(parent.children.begin() + first, parent.children.begin() + last);
        parent.renumber(head);
        endRemoveRows();
    }
    if (come > 0) {
        beginInsertRows(parentIndex, static_cast<int>(head), static_cast<int>(head + come - 1));
        for (std::size_t i = head; i < head + come; ++i) {
            auto node = makeNode(&parent, items[i], inherited);
            showAll(*node);
            parent.visible.insert(parent.visible.begin() + static_cast<std::ptrdiff_t>(i),
                                  node.get());
            parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(i),
                                   std::move(node));
        }
        parent.renumber(head);
        endInsertRows();
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        Node &child = *parent.children[i];
        const bool isShared = child.item && child.item->sharesWith(items[i]);
        if (isShared && child.inherited == inherited)
            continue;
        if (fill(child, items[i], inherited))
            emitChanged(&child);
        if (const Folder *folder = items[i].folder())
            syncChildren(child, folder->items, inheritedText(*folder, inherited));
    }
}

void WorkspaceTreeModel::emitChanged(const Node *node)
{
    const auto &visible = node->parent->visible;
    if (node->row < static_cast<int>(visible.size())
        && visible[static_cast<std::size_t>(node->row)] == node)
        Q_EMIT dataChanged(indexFor(node, 0), indexFor(node, ColumnCount - 1));
}

void WorkspaceTreeModel::updateHits()
{
    quint64 most = 0;
    for (const auto &server : m_root->children) {
        const auto status = m_runtime.status(server->id);
        most = std::max(most, status ? status->requests : server->hits);
        if (!status || status->requests == server->hits)
            continue;
        server->hits = status->requests;
        const std::string id = toStd(server->id);
        const std::function<void(Node &)> update = [&](Node &node) {
            for (const auto &child : node.children) {
                if (child->kind == NodeKind::Endpoint) {
                    const quint64 hits = m_runtime.workbench().hits(id, toStd(child->id));
                    if (hits != child->hits) {
                        child->hits = hits;
                        emitChanged(child.get());
                    }
                }
                update(*child);
            }
        };
        update(*server);
        emitChanged(server.get());
    }
    if (std::exchange(m_mostHits, most) != most)
        Q_EMIT mostHitsChanged();
}

} // namespace understudy::ui
