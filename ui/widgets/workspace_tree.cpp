// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/workspace_tree.h"

#include "ui/widgets/tree_delegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>

namespace understudy::ui {

WorkspaceTree::WorkspaceTree(QWidget *parent)
    : QTreeView(parent)
    , m_delegate(new TreeDelegate(this))
{
    setItemDelegate(m_delegate);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers); // F2 is the action edit.rename
    setExpandsOnDoubleClick(false);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(16);
    setTextElideMode(Qt::ElideRight);
    setAllColumnsShowFocus(true);
}

bool WorkspaceTree::passToButton(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (!index.isValid() || event->button() != Qt::LeftButton)
        return false;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return m_delegate->editorEvent(event, model(), option, index);
}

void WorkspaceTree::mousePressEvent(QMouseEvent *event)
{
    m_isOnButton = passToButton(event);
    if (!m_isOnButton)
        QTreeView::mousePressEvent(event);
}

void WorkspaceTree::mouseReleaseEvent(QMouseEvent *event)
{
    if (std::exchange(m_isOnButton, false)) {
        passToButton(event);
        return;
    }
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && index.isValid()
        && index.siblingAtColumn(0) == currentIndex().siblingAtColumn(0))
        Q_EMIT openRequested(index.siblingAtColumn(0), false);
}

void WorkspaceTree::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (passToButton(event)) {
        m_isOnButton = true;
        return;
    }
    QTreeView::mouseDoubleClickEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && event->button() == Qt::LeftButton)
        Q_EMIT openRequested(index.siblingAtColumn(0), true);
}

void WorkspaceTree::focusInEvent(QFocusEvent *event)
{
    QTreeView::focusInEvent(event);
    // Qt makes a row current without selecting it; the keys would have nothing to act on.
    if (currentIndex().isValid() && !selectionModel()->hasSelection())
        selectionModel()->select(currentIndex(),
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void WorkspaceTree::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier
        && state() != EditingState) {
        Q_EMIT toggleRequested();
        event->accept();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && event->modifiers() == Qt::NoModifier && state() != EditingState
        && currentIndex().isValid()) {
        Q_EMIT openRequested(currentIndex().siblingAtColumn(0), true);
        event->accept();
        return;
    }
    const QPersistentModelIndex before = currentIndex().siblingAtColumn(0);
    QTreeView::keyPressEvent(event);
    // What the keys of the tree act on is what the editor shows. Shift and Ctrl gather a selection.
    const QModelIndex now = currentIndex().siblingAtColumn(0);
    if (now.isValid() && now != before && state() != EditingState
        && !(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)))
        Q_EMIT openRequested(now, false);
}

} // namespace understudy::ui
