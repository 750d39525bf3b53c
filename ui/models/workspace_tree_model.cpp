// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/workspace_tree_model.h"

#include "ui/document/tree_edits.h"
#include "ui/models/workspace_tree_node.h"
#include "ui/services/numbers.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"

#include <QLocale>

#include <algorithm>
#include <functional>

namespace understudy::ui {

namespace {

QString folderKey(const ItemPath &path)
{
    QString key;
    for (const std::size_t place : path)
        key += '#' + QString::number(place);
    return key;
}

} // namespace

WorkspaceTreeModel::WorkspaceTreeModel(WorkspaceDocument &workspace, RuntimeController &runtime,
                                       QObject *parent)
    : QAbstractItemModel(parent)
    , m_workspace(workspace)
    , m_runtime(runtime)
    , m_root(std::make_unique<Node>())
{
    connect(&workspace, &WorkspaceDocument::serverAdded, this, &WorkspaceTreeModel::addServer);
    connect(&workspace, &WorkspaceDocument::serverAboutToBeRemoved, this,
            &WorkspaceTreeModel::removeServer);
    connect(&workspace, &WorkspaceDocument::serverChanged, this, &WorkspaceTreeModel::syncServer);
    connect(&workspace, &WorkspaceDocument::serverStateChanged, this,
            &WorkspaceTreeModel::syncServer);
    connect(&runtime, &RuntimeController::stateChanged, this, [this](const QString &id) {
        if (Node *node = serverNode(id)) {
            syncServerNode(*node);
            emitChanged(node);
        }
    });
    rebuild();
}

WorkspaceTreeModel::~WorkspaceTreeModel() = default;

WorkspaceTreeModel::Node *WorkspaceTreeModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex WorkspaceTreeModel::indexFor(const Node *node, int column) const
{
    return node == m_root.get() || !node ? QModelIndex()
                                         : createIndex(node->row, column, const_cast<Node *>(node));
}

QModelIndex WorkspaceTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column < 0 || column >= ColumnCount || (parent.isValid() && parent.column() != 0))
        return {};
    const Node *node = nodeAt(parent);
    if (row < 0 || row >= static_cast<int>(node->visible.size()))
        return {};
    return createIndex(row, column, node->visible[static_cast<std::size_t>(row)]);
}

QModelIndex WorkspaceTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexFor(nodeAt(index)->parent) : QModelIndex();
}

int WorkspaceTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() && parent.column() != 0)
        return 0;
    return static_cast<int>(nodeAt(parent)->visible.size());
}

int WorkspaceTreeModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QVariant WorkspaceTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == HitsColumn)
            return node.hits ? compactCount(node.hits) : QString();
        if (index.column() == StateColumn)
            return node.kind == NodeKind::Endpoint && !node.enabled ? tr("off") : QString();
        if (node.kind == NodeKind::Endpoint)
            return node.name.isEmpty() ? node.path : node.path + QStringLiteral("  ") + node.name;
        return node.name;
    case Qt::EditRole:
        return node.name;
    case Qt::CheckStateRole:
        return node.kind == NodeKind::Folder && index.column() == NameColumn ? QVariant(node.check)
                                                                             : QVariant();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        QStringList parts;
        if (node.kind == NodeKind::Server) {
            const QStringList words{tr("stopped"), tr("running"), tr("error"), tr("file broken"),
                                    tr("file removed")};
            parts << tr("Server %1, port %2, %3")
                         .arg(node.name)
                         .arg(node.port)
                         .arg(words[static_cast<int>(node.state)]);
        } else if (node.kind == NodeKind::Folder) {
            parts << tr("Folder %1").arg(node.name);
        } else {
            parts << node.method + ' ' + node.path;
            if (!node.name.isEmpty())
                parts << node.name;
            parts << (node.responses == 1 ? tr("1 response")
                                          : tr("%n responses", nullptr, node.responses));
            if (!node.enabled)
                parts << tr("off");
        }
        const QString glyph = role == Qt::ToolTipRole ? QStringLiteral("⚡ ") : QString();
        for (const QString &text : {node.behaviour, node.inherited}) {
            for (const QString &line : text.split('\n', Qt::SkipEmptyParts))
                parts << glyph + line;
        }
        if (!node.warning.isEmpty())
            parts << node.warning;
        return role == Qt::ToolTipRole ? plainToolTip(parts.join('\n'))
                                       : parts.join(QStringLiteral(", "));
    }
    case KindRole:
        return static_cast<int>(node.kind);
    case StateRole: {
        const Node *server = &node;
        while (server->kind != NodeKind::Server)
            server = server->parent;
        return static_cast<int>(server->state);
    }
    case EnabledRole:
        return node.enabled;
    case EffectiveRole: {
        bool enabled = true;
        for (const Node *n = &node; n && n != m_root.get(); n = n->parent)
            enabled = enabled && n->enabled;
        return enabled;
    }
    case HitsRole:
        return node.hits;
    case WarningRole:
        return node.warning;
    case BehaviourRole:
        return node.behaviour;
    case InheritedRole:
        return node.inherited;
    case ObjectIdRole:
        return node.id;
    case ServerIdRole:
        return refAt(index).serverId;
    case MethodRole:
        return node.method;
    case PathTextRole:
        return node.path;
    case PortRole:
        return node.port;
    case SearchHitRole:
        return node.isHit;
    default:
        return {};
    }
}

bool WorkspaceTreeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const ObjectRef ref = refAt(index);
    if (role == Qt::CheckStateRole && ref.kind == ObjectRef::Kind::Folder) {
        return m_workspace.edit(ref.serverId, tr("Switch folder %1").arg(nodeAt(index)->name),
                                [&](Server &server) {
                                    if (Item *item = itemAt(server, ref.path);
                                        item && item->folder())
                                        toggleFolder(*item->mutableFolder());
                                },
                                {{}, false, ref});
    }
    if (role != Qt::EditRole)
        return false;
    const std::string name = toStd(value.toString().trimmed());
    if (name.empty() && ref.kind != ObjectRef::Kind::Endpoint)
        return false;
    // What is handed over while it is typed is one step; WorkspacePanel ends it with the editor.
    const QString what = ref.kind == ObjectRef::Kind::Folder ? folderKey(ref.path) : ref.endpointId;
    return m_workspace.edit(
        ref.serverId, tr("Rename"),
        [&](Server &server) {
            if (ref.kind == ObjectRef::Kind::Server)
                server.name = name;
            else if (Endpoint *endpoint = findEndpoint(server, toStd(ref.endpointId)))
                endpoint->name = name;
            else if (Item *item = itemAt(server, ref.path); item && item->folder())
                item->mutableFolder()->name = name;
        },
        {QStringLiteral("rename/") + ref.serverId + '/' + what, true, ref});
}

Qt::ItemFlags WorkspaceTreeModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const Node &node = *nodeAt(index);
    if (node.kind == NodeKind::Endpoint)
        flags |= Qt::ItemNeverHasChildren;
    if (index.column() == NameColumn && node.state != RowState::Broken) {
        flags |= Qt::ItemIsEditable;
        if (node.kind == NodeKind::Folder)
            flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

ItemPath WorkspaceTreeModel::pathOf(const Node *node) const
{
    ItemPath path;
    for (; node && node->kind != NodeKind::Server; node = node->parent) {
        const auto &siblings = node->parent->children;
        const auto found = std::find_if(siblings.begin(), siblings.end(),
                                        [&](const auto &n) { return n.get() == node; });
        path.insert(path.begin(), static_cast<std::size_t>(found - siblings.begin()));
    }
    return path;
}

ObjectRef WorkspaceTreeModel::refAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const Node *node = nodeAt(index);
    const Node *server = node;
    while (server->kind != NodeKind::Server)
        server = server->parent;
    if (node == server)
        return ObjectRef::server(server->id);
    if (node->kind == NodeKind::Folder)
        return ObjectRef::folder(server->id, pathOf(node));
    return ObjectRef::endpoint(server->id, node->id);
}

QModelIndex WorkspaceTreeModel::indexOf(const ObjectRef &ref) const
{
    const Node *node = serverNode(ref.serverId);
    if (!node || ref.kind == ObjectRef::Kind::None)
        return {};
    if (ref.kind == ObjectRef::Kind::Folder) {
        for (const std::size_t i : ref.path) {
            if (i >= node->children.size())
                return {};
            node = node->children[i].get();
        }
    } else if (ref.kind == ObjectRef::Kind::Endpoint) {
        const std::function<const Node *(const Node &)> search
            = [&](const Node &parent) -> const Node * {
            for (const auto &child : parent.children) {
                if (child->kind == NodeKind::Endpoint) {
                    if (child->id == ref.endpointId)
                        return child.get();
                } else if (const Node *found = search(*child)) {
                    return found;
                }
            }
            return nullptr;
        };
        node = search(*node);
    }
    // Hidden by the filter, itself or above?
    for (const Node *n = node; n && n != m_root.get(); n = n->parent) {
        const auto &visible = n->parent->visible;
        if (n->row >= static_cast<int>(visible.size())
            || visible[static_cast<std::size_t>(n->row)] != n)
            return {};
    }
    return indexFor(node);
}

WorkspaceTreeModel::Node *WorkspaceTreeModel::serverNode(const QString &id) const
{
    for (const auto &child : m_root->children) {
        if (child->id == id)
            return child.get();
    }
    return nullptr;
}

} // namespace understudy::ui
