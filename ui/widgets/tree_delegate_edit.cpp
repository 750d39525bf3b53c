// SPDX-License-Identifier: GPL-3.0-or-later
// What the pointer and the editor of a name do in a row.
#include "ui/models/workspace_tree_model.h"
#include "ui/widgets/tree_delegate.h"

#include <QLineEdit>
#include <QMouseEvent>
#include <QTreeView>

namespace understudy::ui {

int TreeDelegate::textStart(const QModelIndex &index, const QRect &rect) const
{
    switch (kindOf(index)) {
    case WorkspaceTreeModel::NodeKind::Server:
        return rect.left() + QFontMetrics(m_view->font()).height() + 2;
    case WorkspaceTreeModel::NodeKind::Folder:
        return actionRect(index, QStringLiteral("toggleEnabled")).right() + 5;
    case WorkspaceTreeModel::NodeKind::Endpoint:
        break;
    }
    return rect.left() + badgeWidth() + 8;
}

QWidget *TreeDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                    const QModelIndex &index) const
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(QStringLiteral("treeRenameEdit"));
    edit->setAccessibleName(tr("New name"));
    connect(edit, &QObject::destroyed, this, [this] {
        if (--m_editors == 0)
            Q_EMIT editingChanged(false);
    });
    if (++m_editors == 1)
        Q_EMIT editingChanged(true);
    if (kindOf(index) == WorkspaceTreeModel::NodeKind::Endpoint)
        edit->setPlaceholderText(
            tr("Name of %1").arg(index.data(WorkspaceTreeModel::PathTextRole).toString()));
    return edit;
}

void TreeDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const
{
    QRect rect = option.rect;
    rect.setLeft(textStart(index, rect));
    editor->setGeometry(rect);
}

bool TreeDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                               const QStyleOptionViewItem &, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease && event->type() != QEvent::MouseButtonPress
        && event->type() != QEvent::MouseButtonDblClick)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton)
        return false;
    const bool isRelease = event->type() == QEvent::MouseButtonRelease;
    if (index.column() == WorkspaceTreeModel::StateColumn
        && actionRect(index, QStringLiteral("toggleRun")).contains(mouse->position().toPoint())) {
        if (isRelease)
            Q_EMIT runToggled(index.data(WorkspaceTreeModel::ServerIdRole).toString());
        return true;
    }
    if (index.column() == WorkspaceTreeModel::NameColumn
        && actionRect(index, QStringLiteral("toggleEnabled"))
               .adjusted(-2, -4, 2, 4)
               .contains(mouse->position().toPoint())) {
        if (isRelease)
            model->setData(index, {}, Qt::CheckStateRole);
        return true;
    }
    return false;
}

} // namespace understudy::ui
