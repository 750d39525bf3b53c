// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/workspace/workspace_panel.h"

#include "ui/document/runtime_controller.h"
#include "ui/document/workspace_document.h"
#include "ui/models/workspace_tree_model.h"
#include "ui/panels/window/faults_menu.h"
#include "ui/services/action_registry.h"
#include "ui/services/numbers.h"
#include "ui/services/text.h"
#include "ui/widgets/placeholder.h"
#include "ui/widgets/tree_delegate.h"
#include "ui/widgets/workspace_tree.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace understudy::ui {

WorkspacePanel::WorkspacePanel(WorkspaceDocument &workspace, RuntimeController &runtime,
                               ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_runtime(runtime)
    , m_actions(actions)
    , m_commands(workspace)
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
    header->setMinimumSectionSize(2);
    header->setSectionResizeMode(WorkspaceTreeModel::NameColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(WorkspaceTreeModel::HitsColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(WorkspaceTreeModel::StateColumn, QHeaderView::Fixed);
    header->resizeSection(WorkspaceTreeModel::StateColumn, m_tree->rowDelegate()->stateWidth());
    fitHits();
    // A smaller window takes its width from the editor first.
    setMinimumWidth(
        m_tree->indentation() * 2 + m_tree->rowDelegate()->leastNameWidth()
        + hitsWidth(std::numeric_limits<quint64>::max()) + m_tree->rowDelegate()->stateWidth()
        + m_tree->style()->pixelMetric(QStyle::PM_ScrollBarExtent) + m_tree->frameWidth() * 2);
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
    // (An editor that is open when the window ends closes after this panel has gone.)
    connect(m_tree->rowDelegate(), &TreeDelegate::editingChanged, m_model,
            &WorkspaceTreeModel::setEditing);
    connect(m_tree->rowDelegate(), &TreeDelegate::closeEditor, &workspace,
            &WorkspaceDocument::endMerge);
    connect(m_model, &WorkspaceTreeModel::mostHitsChanged, this, &WorkspacePanel::fitHits);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &WorkspacePanel::expandNew);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &WorkspacePanel::updatePlaceholder);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &WorkspacePanel::updatePlaceholder);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        // One that a filter hides comes back with its row.
        if (const ObjectRef ref = current(); ref.isValid())
            m_currentBefore = ref;
    });
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

int WorkspacePanel::hitsWidth(quint64 most) const
{
    // A row below may show a longer text than the one with the most.
    QStringList texts{compactCount(std::min<quint64>(most, 999'999))};
    if (most > 999'999)
        texts << widestCounts();
    int width = 0;
    for (const QString &text : texts)
        width = std::max(width, m_tree->fontMetrics().horizontalAdvance(text));
    return width + 8;
}

void WorkspacePanel::fitHits()
{
    m_tree->header()->resizeSection(WorkspaceTreeModel::HitsColumn,
                                    m_model->mostHits() > 0 ? hitsWidth(m_model->mostHits()) : 2);
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
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            selectHit();
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
    if (isFiltered && !m_tree->currentIndex().isValid())
        selectHit();
    m_tree->setUpdatesEnabled(true);
}

void WorkspacePanel::selectHit()
{
    // Enter and the arrow keys go on from the first hit, unless they are at one already.
    const auto isHit = [](const QModelIndex &index) {
        return index.data(WorkspaceTreeModel::SearchHitRole).toBool()
               && index.data(WorkspaceTreeModel::KindRole).toInt()
                      == static_cast<int>(WorkspaceTreeModel::NodeKind::Endpoint);
    };
    if (m_model->filter().isEmpty() || isHit(m_tree->currentIndex().siblingAtColumn(0)))
        return;
    QModelIndex hit = m_model->index(0, 0);
    while (hit.isValid() && !isHit(hit) && m_model->rowCount(hit) > 0)
        hit = m_model->index(0, 0, hit);
    if (hit.isValid())
        m_tree->setCurrentIndex(hit);
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
    ObjectRef made = m_commands.newEndpoint(currentServer(), current());
    if (!made.isValid())
        return;
    reveal(made);
    made.field = QStringLiteral("path");
    Q_EMIT openRequested(made, true);
}

void WorkspacePanel::newFolder()
{
    const ObjectRef made = m_commands.newFolder(currentServer(), current());
    if (!made.isValid())
        return;
    reveal(made);
    renameCurrent();
}

void WorkspacePanel::deleteSelection()
{
    const QList<ObjectRef> refs = selection();
    const QString label = refs.size() == 1
                              ? m_tree->currentIndex().siblingAtColumn(0).data().toString()
                              : QString();
    if (m_commands.remove(refs, label))
        Q_EMIT undoOffered(label.isEmpty()
                               ? tr("Deleted %n items", nullptr, static_cast<int>(refs.size()))
                               : tr("Deleted %1").arg(label));
}

void WorkspacePanel::duplicateSelection()
{
    const ObjectRef made = m_commands.duplicate(
        current(), m_tree->currentIndex().siblingAtColumn(0).data().toString());
    if (made.isValid())
        reveal(made);
}

void WorkspacePanel::toggleSelection() { m_commands.toggle(selection()); }

void WorkspacePanel::moveCurrent(int step)
{
    const ObjectRef moved = m_commands.move(current(), step);
    if (moved.isValid())
        reveal(moved);
}

void WorkspacePanel::renameCurrent()
{
    const QModelIndex index = m_tree->currentIndex().siblingAtColumn(0);
    if (!index.isValid())
        return;
    m_tree->setFocus();
    m_workspace.endMerge();
    m_tree->edit(index);
}

} // namespace understudy::ui
