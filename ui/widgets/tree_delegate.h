// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/workspace_tree_model.h"

#include <QStyledItemDelegate>

class QTreeView;

namespace understudy::ui {

/// Paints the rows of the workspace tree: state glyph, method badge, check box of a folder, and the
/// button that starts or stops a server. Each button has a rectangle that tests and accessibility
/// may ask for.
class TreeDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit TreeDelegate(QTreeView *view);

    /// Where the button of `action` is painted, in the viewport; empty if the row has none.
    /// Actions: "toggleRun" of a server (in the last column), "toggleEnabled" of a folder (in the
    /// first).
    QRect actionRect(const QModelIndex &index, const QString &action) const;

    /// What the first column needs to show a method and the least of a path.
    int leastNameWidth() const;
    /// What the last column needs.
    int stateWidth() const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

Q_SIGNALS:
    void runToggled(const QString &serverId);
    /// An editor is there, from its making to its end, however it ends.
    void editingChanged(bool isEditing) const;

private:
    static WorkspaceTreeModel::NodeKind kindOf(const QModelIndex &index);
    QRect contentRect(const QModelIndex &index) const;
    int textStart(const QModelIndex &index, const QRect &rect) const;
    void paintServer(QPainter *painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const;
    void paintFolder(QPainter *painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const;
    void paintEndpoint(QPainter *painter, const QStyleOptionViewItem &option,
                       const QModelIndex &index) const;
    void paintState(QPainter *painter, const QStyleOptionViewItem &option,
                    const QModelIndex &index) const;
    int badgeWidth() const;
    int leastPathWidth() const;
    int warningSide() const;
    /// ⚡ costs the path no width where the last column is free for it.
    bool isBehaviourInState(const QModelIndex &index) const;

    QTreeView *m_view;
    mutable int m_editors = 0; ///< the next may be there before the last has gone
};

} // namespace understudy::ui
