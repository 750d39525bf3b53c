// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/workspace_panel.h"

#include "ui/document/tree_edits.h"
#include "ui/document/workspace_document.h"
#include "ui/models/workspace_tree_model.h"
#include "ui/panels/faults_menu.h"
#include "ui/services/action_registry.h"
#include "ui/services/runtime_controller.h"
#include "ui/services/text.h"
#include "ui/widgets/placeholder.h"
#include "ui/widgets/tree_delegate.h"
#include "ui/widgets/workspace_tree.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

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

WorkspacePanel::WorkspacePanel(WorkspaceDocument &workspace, RuntimeController &runtime,
                               ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_runtime(runtime)
    , m_actions(actions)
    , m_model(new WorkspaceTreeModel(workspace, runtime, this))
    , m_tree(new WorkspaceTree)
    , m_filter(new QLineEdit)
    , m_stack(new QStackedWidget)
    , m_placeholder(new Placeholder)
{
    m_filter->setObjectName(QStringLiteral("treeFilterEdit"));
    m_filter->setPlaceholderText(tr("Filter (Ctrl+Shift+F)"));
    m_filter->setAccessibleName(tr("Filter the workspace"));
    m_filter->setToolTip(
        tr("Words are searched in method, path, name and description.\n"
           "body:text searches response bodies; is:disabled, is:unused and is:fault"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(QIcon::fromTheme(QStringLiteral("view-filter")),
                        QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    m_tree->setObjectName(QStringLiteral("workspaceTree"));
    m_tree->setAccessibleName(tr("Servers and endpoints"));
    m_tree->setModel(m_model);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_placeholder->setObjectName(QStringLiteral("treePlaceholder"));

    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(24);
    header->setSectionResizeMode(WorkspaceTreeModel::NameColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(WorkspaceTreeModel::HitsColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(WorkspaceTreeModel::StateColumn, QHeaderView::Fixed);
    header->resizeSection(WorkspaceTreeModel::HitsColumn,
                          m_tree->fontMetrics().horizontalAdvance(QStringLiteral("9,999")) + 8);
    header->resizeSection(WorkspaceTreeModel::StateColumn,
                          m_tree->fontMetrics().horizontalAdvance(QStringLiteral("off")) + 20);

    // A smaller window takes its width from the editor first.
    setMinimumWidth(fontMetrics().horizontalAdvance('x') * 30);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_placeholder);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(6, 6, 6, 0);
    filterRow->addWidget(m_filter);
    layout->addLayout(filterRow);
    layout->addWidget(m_stack);

    connect(m_filter, &QLineEdit::textChanged, this, &WorkspacePanel::setFilter);
    connect(m_tree, &WorkspaceTree::customContextMenuRequested, this, &WorkspacePanel::showMenu);
    connect(m_tree, &WorkspaceTree::toggleRequested, this, &WorkspacePanel::toggleSelection);
    connect(m_tree, &WorkspaceTree::openRequested, this,
            [this](const QModelIndex &index, bool pin) {
                Q_EMIT openRequested(m_model->refAt(index), pin);
            });
    connect(m_tree->rowDelegate(), &TreeDelegate::runToggled, this, [&runtime](const QString &id) {
        runtime.isRunning(id) ? runtime.stop(id) : void(runtime.start(id));
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &WorkspacePanel::currentChanged);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &WorkspacePanel::currentChanged);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &WorkspacePanel::expandNew);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &WorkspacePanel::updatePlaceholder);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &WorkspacePanel::updatePlaceholder);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this,
            [this] { m_currentBefore = current(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (!m_model->filter().isEmpty())
            m_tree->expandAll();
        if (const QModelIndex index = m_model->indexOf(m_currentBefore); index.isValid())
            m_tree->setCurrentIndex(index);
        updatePlaceholder();
    });
    connect(m_placeholder->button(), &QPushButton::clicked, this, [this] {
        m_filter->text().isEmpty() ? Q_EMIT newServerRequested() : m_filter->clear();
    });
    for (int row = 0; row < m_model->rowCount(); ++row)
        expandNew({}, row, row);
    updatePlaceholder();
}

bool WorkspacePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape) {
            m_filter->clear();
            m_tree->setFocus();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Return) {
            m_tree->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QString WorkspacePanel::keyOf(const QModelIndex &index) const
{
    QString key;
    for (QModelIndex i = index; i.isValid(); i = i.parent())
        key.prepend('/' + i.data(WorkspaceTreeModel::ObjectIdRole).toString());
    return key;
}

QSet<QString> WorkspacePanel::expanded() const
{
    QSet<QString> keys;
    const std::function<void(const QModelIndex &)> walk = [&](const QModelIndex &parent) {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            if (m_model->rowCount(index) == 0)
                continue;
            if (m_tree->isExpanded(index))
                keys.insert(keyOf(index));
            walk(index);
        }
    };
    walk({});
    return keys;
}

void WorkspacePanel::restoreExpansion(const QSet<QString> &keys)
{
    const std::function<void(const QModelIndex &)> walk = [&](const QModelIndex &parent) {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            if (m_model->rowCount(index) == 0)
                continue;
            m_tree->setExpanded(index, keys.contains(keyOf(index)));
            walk(index);
        }
    };
    walk({});
}

void WorkspacePanel::expandNew(const QModelIndex &parent, int first, int last)
{
    const std::function<void(const QModelIndex &)> open = [&](const QModelIndex &index) {
        if (m_model->rowCount(index) == 0 || m_model->rowCount(index) > 500)
            return;
        m_tree->expand(index);
        for (int row = 0; row < m_model->rowCount(index); ++row)
            open(m_model->index(row, 0, index));
    };
    for (int row = first; row <= last; ++row)
        open(m_model->index(row, 0, parent));
    if (parent.isValid() && m_model->rowCount(parent) == last - first + 1)
        m_tree->expand(parent);
}

void WorkspacePanel::setFilter(const QString &text)
{
    const bool wasFiltered = !m_model->filter().isEmpty();
    const bool isFiltered = !text.simplified().isEmpty();
    if (!wasFiltered && isFiltered)
        m_expandedBefore = expanded();
    m_tree->setUpdatesEnabled(false);
    m_model->setFilter(text);
    if (wasFiltered && !isFiltered)
        restoreExpansion(m_expandedBefore);
    if (isFiltered) {
        // The first hit is where Enter and the arrow keys go on from.
        QModelIndex hit = m_model->index(0, 0);
        while (hit.isValid() && !hit.data(WorkspaceTreeModel::SearchHitRole).toBool()
               && m_model->rowCount(hit) > 0)
            hit = m_model->index(0, 0, hit);
        if (hit.isValid() && !m_tree->currentIndex().isValid())
            m_tree->setCurrentIndex(hit);
    }
    m_tree->setUpdatesEnabled(true);
}

void WorkspacePanel::updatePlaceholder()
{
    const bool isEmpty = m_model->rowCount() == 0;
    if (isEmpty && !m_filter->text().isEmpty())
        m_placeholder->setContent(tr("Nothing matches “%1”").arg(m_filter->text()),
                                  tr("Clear filter"));
    else if (isEmpty)
        m_placeholder->setContent(tr("No servers yet"), tr("New server"));
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
}

ObjectRef WorkspacePanel::current() const { return m_model->refAt(m_tree->currentIndex()); }

QString WorkspacePanel::currentServer() const
{
    if (const ObjectRef ref = current(); ref.isValid())
        return ref.serverId;
    return m_workspace.servers().size() == 1 ? m_workspace.servers().front()->id : QString();
}

QList<ObjectRef> WorkspacePanel::selection() const
{
    QList<ObjectRef> refs;
    for (const QModelIndex &index : m_tree->selectionModel()->selectedRows())
        refs << m_model->refAt(index);
    return refs;
}

void WorkspacePanel::reveal(const ObjectRef &ref)
{
    QModelIndex index = m_model->indexOf(ref);
    if (!index.isValid() && !m_filter->text().isEmpty()) {
        m_filter->clear();
        index = m_model->indexOf(ref);
    }
    if (!index.isValid())
        return;
    // Not QTreeView::setCurrentIndex: with Ctrl held for a shortcut it would add to the selection.
    m_tree->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect
                                                         | QItemSelectionModel::Rows);
    m_tree->scrollTo(index);
}

void WorkspacePanel::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void WorkspacePanel::newEndpoint()
{
    const QString serverId = currentServer();
    const ServerDocument *document = m_workspace.find(serverId);
    if (!document || !document->value || document->isBroken())
        return;
    const ObjectRef ref = current();
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
        if (ref.kind == ObjectRef::Kind::Folder) {
            parent = ref.path;
            index = std::size_t(-1);
        } else if (ref.kind == ObjectRef::Kind::Endpoint) {
            const std::vector<ItemPath> places = pathsIn(server, {ref}, serverId);
            if (!places.empty()) {
                parent = ItemPath(places[0].begin(), places[0].end() - 1);
                index = places[0].back() + 1;
            }
        }
        insertItem(server, parent, index, std::move(endpoint));
    });
    if (id.isEmpty())
        return;
    ObjectRef made = ObjectRef::endpoint(serverId, id);
    reveal(made);
    made.field = QStringLiteral("path");
    Q_EMIT openRequested(made, true);
}

void WorkspacePanel::newFolder()
{
    const QString serverId = currentServer();
    const ObjectRef ref = current();
    ItemPath made;
    m_workspace.edit(serverId, tr("New folder"), [&](Server &server) {
        const ItemPath parent = ref.kind == ObjectRef::Kind::Folder ? ref.path : ItemPath{};
        Folder folder;
        folder.name = uniqueFolderName(server, parent, toStd(tr("New folder")));
        made = insertItem(server, parent, std::size_t(-1), std::move(folder));
    });
    if (made.empty())
        return;
    reveal(ObjectRef::folder(serverId, made));
    renameCurrent();
}

void WorkspacePanel::deleteSelection()
{
    const QList<ObjectRef> refs = selection();
    QStringList servers;
    QList<ObjectRef> items;
    for (const ObjectRef &ref : refs) {
        if (ref.kind == ObjectRef::Kind::Server)
            servers << ref.serverId;
        else if (ref.isValid())
            items << ref;
    }
    const QString label = refs.size() == 1
                              ? m_tree->currentIndex().siblingAtColumn(0).data().toString()
                              : QString();
    Edits edits;
    for (const QString &id : serversOf(items)) {
        if (!servers.contains(id))
            edits.emplace_back(id, [this, items, id](Server &server) {
                removeItems(server, pathsIn(server, items, id));
            });
    }
    const QString step = label.isEmpty()
                             ? tr("Delete %n items", nullptr, static_cast<int>(refs.size()))
                             : tr("Delete %1").arg(label);
    if (!edits.empty() || !servers.isEmpty()) {
        const bool isMacro = servers.size() > (edits.empty() ? 1 : 0);
        if (isMacro)
            m_workspace.undoStack()->beginMacro(step);
        m_workspace.editMany(step, edits, items.isEmpty() ? ObjectRef{} : items.front());
        for (const QString &id : servers)
            m_workspace.removeServer(id);
        if (isMacro)
            m_workspace.undoStack()->endMacro();
        Q_EMIT undoOffered(label.isEmpty()
                               ? tr("Deleted %n items", nullptr, static_cast<int>(refs.size()))
                               : tr("Deleted %1").arg(label));
    }
}

void WorkspacePanel::duplicateSelection()
{
    const ObjectRef ref = current();
    const ServerDocument *document = m_workspace.find(ref.serverId);
    if (!document || !document->value)
        return;
    if (ref.kind == ObjectRef::Kind::Server) {
        Server copy = *document->value;
        copy.name += toStd(tr(" copy"));
        if (copy.listen.port > 0 && copy.listen.port < 65535)
            ++copy.listen.port;
        if (const auto added = m_workspace.addServer(copy))
            reveal(ObjectRef::server(*added));
        return;
    }
    const std::vector<ItemPath> paths = pathsIn(*document->value, {ref}, ref.serverId);
    if (paths.empty())
        return;
    ItemPath made;
    m_workspace.edit(
        ref.serverId,
        tr("Duplicate %1").arg(m_tree->currentIndex().siblingAtColumn(0).data().toString()),
        [&](Server &server) { made = duplicateItem(server, paths[0]); });
    const Item *item = itemAt(*document->value, made);
    if (item && item->endpoint())
        reveal(ObjectRef::endpoint(ref.serverId, toQString(item->endpoint()->id)));
    else if (item)
        reveal(ObjectRef::folder(ref.serverId, made));
}

void WorkspacePanel::toggleSelection()
{
    const QList<ObjectRef> refs = selection();
    Edits edits;
    for (const QString &id : serversOf(refs)) {
        edits.emplace_back(id, [refs, id](Server &server) {
            for (const ItemPath &path : pathsIn(server, refs, id)) {
                Item *item = itemAt(server, path);
                if (item && item->endpoint())
                    item->endpoint()->enabled = !item->endpoint()->enabled;
                else if (item)
                    toggleFolder(*item->folder());
            }
        });
    }
    m_workspace.editMany(tr("Enable or disable"), edits,
                         refs.isEmpty() ? ObjectRef{} : refs.front());
}

void WorkspacePanel::moveCurrent(int step)
{
    const ObjectRef ref = current();
    const ServerDocument *document = m_workspace.find(ref.serverId);
    if (!document || !document->value || ref.kind == ObjectRef::Kind::Server)
        return;
    const std::vector<ItemPath> paths = pathsIn(*document->value, {ref}, ref.serverId);
    if (paths.empty())
        return;
    ItemPath moved;
    m_workspace.edit(
        ref.serverId, step < 0 ? tr("Move up") : tr("Move down"),
        [&](Server &server) { moved = moveItem(server, paths[0], step); },
        {{}, false, ref.kind == ObjectRef::Kind::Endpoint ? ref : ObjectRef::server(ref.serverId)});
    if (!moved.empty())
        reveal(ref.kind == ObjectRef::Kind::Folder ? ObjectRef::folder(ref.serverId, moved) : ref);
}

void WorkspacePanel::renameCurrent()
{
    const QModelIndex index = m_tree->currentIndex().siblingAtColumn(0);
    if (!index.isValid())
        return;
    m_tree->setFocus();
    m_tree->edit(index);
}

FaultsMenu *WorkspacePanel::makeFaultsMenu(QWidget *parent)
{
    auto *faults = new FaultsMenu(
        m_workspace, m_runtime.presets(), [this] { return selection(); }, parent);
    connect(faults, &FaultsMenu::refused, this, &WorkspacePanel::faultsRefused);
    connect(faults, &FaultsMenu::customRequested, this, [this](const ObjectRef &object) {
        ObjectRef ref = object;
        ref.field = QStringLiteral("behaviour");
        Q_EMIT openRequested(ref, true);
    });
    return faults;
}

void WorkspacePanel::showMenu(const QPoint &place)
{
    const QModelIndex index = m_tree->indexAt(place);
    const ObjectRef ref = m_model->refAt(index);
    QMenu menu(this);
    const auto add = [&](std::initializer_list<const char *> ids) {
        for (const char *id : ids) {
            if (*id)
                menu.addAction(m_actions.action(QString::fromLatin1(id)));
            else
                menu.addSeparator();
        }
    };
    switch (ref.kind) {
    case ObjectRef::Kind::None:
        add({"server.new", "file.import"});
        break;
    case ObjectRef::Kind::Server: {
        menu.setObjectName(QStringLiteral("serverMenu"));
        const ServerDocument *document = m_workspace.find(ref.serverId);
        if (document && document->isRemoved) {
            connect(menu.addAction(tr("Write File Again")), &QAction::triggered, this,
                    [this, ref] { m_workspace.writeAgain(ref.serverId); });
            connect(menu.addAction(tr("Remove from List")), &QAction::triggered, this,
                    [this, ref] { m_workspace.forget(ref.serverId); });
            break;
        }
        add({"server.start", "server.stop", "server.restart", "server.resetState", "",
             "server.copyUrl", "", "endpoint.new", "folder.new", ""});
        menu.addMenu(makeFaultsMenu(&menu));
        add({"", "edit.duplicate", "edit.rename", "server.settings", "", "edit.delete"});
        break;
    }
    case ObjectRef::Kind::Folder:
        menu.setObjectName(QStringLiteral("folderMenu"));
        add({"endpoint.new", "folder.new", "", "item.toggle"});
        menu.addMenu(makeFaultsMenu(&menu));
        add({"item.moveUp", "item.moveDown", "edit.duplicate", "edit.rename", "", "edit.delete"});
        break;
    case ObjectRef::Kind::Endpoint:
        menu.setObjectName(QStringLiteral("endpointMenu"));
        add({"endpoint.open", "endpoint.copyUrl", "endpoint.copyCurl"});
        if (m_actions.find(QStringLiteral("endpoint.showTraffic")))
            add({"endpoint.showTraffic"});
        add({"", "item.toggle"});
        menu.addMenu(makeFaultsMenu(&menu));
        add({"item.moveUp", "item.moveDown", "edit.duplicate", "edit.rename", "", "edit.delete"});
        break;
    }
    menu.exec(m_tree->viewport()->mapToGlobal(place));
}

} // namespace understudy::ui
