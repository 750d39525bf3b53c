// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/workspace_tree_model.h"

#include "core/base/units.h"
#include "ui/document/tree_edits.h"
#include "ui/services/text.h"

#include <QHash>
#include <QLocale>

#include <algorithm>
#include <functional>

namespace understudy::ui {

/// What a row shows, copied from the document when it changes, so that painting touches no
/// document.
struct WorkspaceTreeModel::Node
{
    Node *parent = nullptr;
    NodeKind kind = NodeKind::Server;
    QString id; ///< server or endpoint id, folder name
    QString name;
    QString method;
    QString path;
    QString searchText;
    QString behaviour;
    QString warning;
    int responses = 0;
    int port = 0;
    bool enabled = true;
    bool isHit = true;
    Qt::CheckState check = Qt::Checked;
    quint64 hits = 0;
    RowState state = RowState::Stopped;
    std::vector<std::unique_ptr<Node>> children;
    std::vector<Node *> visible; ///< of `children`, those that the filter lets through
    int row = 0;                 ///< in the parent's `visible`

    void renumber(std::size_t from = 0)
    {
        for (std::size_t i = from; i < visible.size(); ++i)
            visible[i]->row = static_cast<int>(i);
    }
};

struct WorkspaceTreeModel::Term
{
    enum class Kind { Word, Body, Disabled, Unused };
    Kind kind = Kind::Word;
    QString text;
};

namespace {

QString behaviourText(const Behaviour &behaviour)
{
    QStringList parts;
    if (behaviour.latency.head) {
        if (const auto *fixed = std::get_if<FixedLatency>(&*behaviour.latency.head))
            parts << WorkspaceTreeModel::tr("latency %1, set here")
                         .arg(toQString(formatDuration(fixed->value)));
    }
    return parts.join(QStringLiteral(", "));
}

QString searchTextOf(const Endpoint &endpoint)
{
    return toQString(methodsText(endpoint) + ' ' + endpoint.path + ' ' + endpoint.name + ' '
                     + endpoint.description)
        .toLower();
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
            return node.hits ? QLocale().toString(node.hits) : QString();
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
            parts << tr("%n response(s)", nullptr, node.responses);
            if (!node.enabled)
                parts << tr("off");
        }
        if (!node.behaviour.isEmpty())
            parts << node.behaviour;
        if (!node.warning.isEmpty())
            parts << node.warning;
        return parts.join(role == Qt::ToolTipRole ? QStringLiteral("\n") : QStringLiteral(", "));
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
                                        toggleFolder(*item->folder());
                                },
                                {{}, false, ref});
    }
    if (role != Qt::EditRole)
        return false;
    const std::string name = toStd(value.toString().trimmed());
    if (name.empty() && ref.kind != ObjectRef::Kind::Endpoint)
        return false;
    return m_workspace.edit(
        ref.serverId, tr("Rename"),
        [&](Server &server) {
            if (ref.kind == ObjectRef::Kind::Server)
                server.name = name;
            else if (Endpoint *endpoint = findEndpoint(server, toStd(ref.endpointId)))
                endpoint->name = name;
            else if (Item *item = itemAt(server, ref.path); item && item->folder())
                item->folder()->name = name;
        },
        {{}, false, ref});
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
        for (const Item &item : document->value->items)
            node->children.push_back(makeNode(node.get(), item));
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
    node.behaviour = document->value ? behaviourText(document->value->behaviour) : QString();
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

bool WorkspaceTreeModel::fill(Node &node, const Item &item) const
{
    Node now;
    if (const Endpoint *endpoint = item.endpoint()) {
        now.kind = NodeKind::Endpoint;
        now.id = toQString(endpoint->id);
        now.name = toQString(endpoint->name);
        now.method = toQString(methodsText(*endpoint));
        now.path = toQString(endpoint->path);
        now.enabled = endpoint->enabled;
        now.searchText = searchTextOf(*endpoint);
        now.behaviour = behaviourText(endpoint->behaviour);
        now.responses = static_cast<int>(endpoint->responses.size());
    } else {
        const Folder *folder = item.folder();
        now.kind = NodeKind::Folder;
        now.name = toQString(folder->name);
        now.id = now.name;
        now.enabled = folder->enabled;
        now.check = folderState(*folder);
        now.searchText = now.name.toLower();
        now.behaviour = behaviourText(folder->behaviour);
    }
    const bool same = node.kind == now.kind && node.id == now.id && node.name == now.name
                      && node.method == now.method && node.path == now.path
                      && node.enabled == now.enabled && node.check == now.check
                      && node.searchText == now.searchText && node.behaviour == now.behaviour
                      && node.responses == now.responses;
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
    node.responses = now.responses;
    return true;
}

std::unique_ptr<WorkspaceTreeModel::Node> WorkspaceTreeModel::makeNode(Node *parent,
                                                                       const Item &item) const
{
    auto node = std::make_unique<Node>();
    node->parent = parent;
    fill(*node, item);
    if (const Folder *folder = item.folder()) {
        for (const Item &child : folder->items)
            node->children.push_back(makeNode(node.get(), child));
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
        if (m_filter.isEmpty()) {
            syncChildren(*node, document->value->items);
        } else {
            // A filtered tree is small on the screen; a reset costs less than to work out what
            // appears and what goes.
            beginResetModel();
            node->children.clear();
            node->visible.clear();
            for (const Item &item : document->value->items)
                node->children.push_back(makeNode(node, item));
            endResetModel();
            applyFilter();
        }
    }
    updateWarnings(*node);
    emitChanged(node);
}

void WorkspaceTreeModel::syncChildren(Node &parent, const std::vector<Item> &items)
{
    const auto isSame = [](const Node &node, const Item &item) {
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
            auto node = makeNode(&parent, items[i]);
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
        if (fill(child, items[i]))
            emitChanged(&child);
        if (const Folder *folder = items[i].folder())
            syncChildren(child, folder->items);
    }
}

void WorkspaceTreeModel::updateWarnings(Node &server)
{
    const ServerDocument *document = m_workspace.find(server.id);
    if (!document || !document->value)
        return;
    QHash<QString, QString> warnings;
    for (const Shadowing &shadow : findShadowed(*document->value)) {
        const Endpoint *winner = findEndpoint(*document->value, shadow.winner);
        if (winner)
            warnings.insert(toQString(shadow.loser),
                            tr("Shadowed by %1").arg(toQString(endpointLabel(*winner))));
    }
    const std::function<void(Node &)> apply = [&](Node &node) {
        for (const auto &child : node.children) {
            if (child->kind == NodeKind::Endpoint) {
                const QString warning = warnings.value(child->id);
                if (child->warning != warning) {
                    child->warning = warning;
                    emitChanged(child.get());
                }
            }
            apply(*child);
        }
    };
    apply(server);
}

void WorkspaceTreeModel::emitChanged(const Node *node)
{
    const auto &visible = node->parent->visible;
    if (node->row < static_cast<int>(visible.size())
        && visible[static_cast<std::size_t>(node->row)] == node)
        Q_EMIT dataChanged(indexFor(node, 0), indexFor(node, ColumnCount - 1));
}

void WorkspaceTreeModel::setFilter(const QString &text)
{
    const QString filter = text.simplified().toLower();
    if (filter == m_filter)
        return;
    m_filter = filter;
    applyFilter();
}

void WorkspaceTreeModel::applyFilter()
{
    beginResetModel();
    if (m_filter.isEmpty()) {
        showAll(*m_root);
    } else {
        std::vector<Term> terms;
        for (const QString &word : m_filter.split(' ')) {
            if (word.startsWith(QLatin1String("body:")))
                terms.push_back({Term::Kind::Body, word.mid(5)});
            else if (word == QLatin1String("is:disabled"))
                terms.push_back({Term::Kind::Disabled, {}});
            else if (word == QLatin1String("is:unused"))
                terms.push_back({Term::Kind::Unused, {}});
            else
                terms.push_back({Term::Kind::Word, word});
        }
        filterNode(*m_root, terms);
    }
    endResetModel();
}

bool WorkspaceTreeModel::filterNode(Node &node, const std::vector<Term> &terms)
{
    node.visible.clear();
    for (const auto &child : node.children) {
        const bool below = filterNode(*child, terms);
        child->isHit = child->kind == NodeKind::Endpoint && accepts(*child, terms);
        if (below || child->isHit)
            node.visible.push_back(child.get());
    }
    node.renumber();
    return !node.visible.empty();
}

bool WorkspaceTreeModel::accepts(const Node &node, const std::vector<Term> &terms) const
{
    return std::all_of(terms.begin(), terms.end(), [&](const Term &term) {
        switch (term.kind) {
        case Term::Kind::Word:
            return node.searchText.contains(term.text);
        case Term::Kind::Disabled:
            return !node.enabled;
        case Term::Kind::Unused:
            return node.hits == 0;
        case Term::Kind::Body:
            break;
        }
        const Node *server = &node;
        while (server->kind != NodeKind::Server)
            server = server->parent;
        const ServerDocument *document = m_workspace.find(server->id);
        const Endpoint *endpoint = document && document->value
                                       ? findEndpoint(*document->value, toStd(node.id))
                                       : nullptr;
        return endpoint
               && std::any_of(
                   endpoint->responses.begin(), endpoint->responses.end(), [&](const Response &r) {
                       return toQString(r.body.content).contains(term.text, Qt::CaseInsensitive);
                   });
    });
}

int WorkspaceTreeModel::endpointCount() const
{
    const std::function<int(const Node &)> count = [&](const Node &node) {
        int sum = node.kind == NodeKind::Endpoint && &node != m_root.get() ? 1 : 0;
        for (const Node *child : node.visible)
            sum += count(*child);
        return sum;
    };
    return count(*m_root);
}

void WorkspaceTreeModel::updateHits()
{
    for (const auto &server : m_root->children) {
        const auto status = m_runtime.status(server->id);
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
}

} // namespace understudy::ui
