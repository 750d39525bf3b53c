// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/object_ref.h"
#include "ui/document/tree_commands.h"

#include <QSet>
#include <QWidget>

class QLineEdit;
class QMenu;
class QStackedWidget;

namespace understudy::ui {

class ActionRegistry;
class FaultsMenu;
class Placeholder;
class RuntimeController;
class WorkspaceDocument;
class WorkspaceTree;
class WorkspaceTreeModel;

/// The tree of the workspace with its filter, and the edits that act on the tree's selection.
class WorkspacePanel : public QWidget
{
    Q_OBJECT
public:
    WorkspacePanel(WorkspaceDocument &workspace, RuntimeController &runtime,
                   ActionRegistry &actions, QWidget *parent = nullptr);

    WorkspaceTree *tree() const { return m_tree; }
    WorkspaceTreeModel *model() const { return m_model; }

    ObjectRef current() const;
    /// The server that start, stop and new endpoints act on: of the current row, or the only one
    /// there is.
    QString currentServer() const;
    QList<ObjectRef> selection() const;
    /// Selects and scrolls to it; clears the filter if that hides it.
    void reveal(const ObjectRef &ref);

    void focusFilter();
    void newEndpoint();
    void newFolder();
    void deleteSelection();
    void duplicateSelection();
    void toggleSelection();
    void moveCurrent(int step);
    void renameCurrent();

Q_SIGNALS:
    void currentChanged();
    void openRequested(const understudy::ui::ObjectRef &ref, bool pin);
    /// Something was deleted; `text` says what, undo brings it back.
    void undoOffered(const QString &text);
    void newServerRequested();
    /// A fault that cannot stand where it was to be set.
    void faultsRefused(const QString &text);

private:
    void selectHit();
    void setFilter(const QString &text);
    void updatePlaceholder();
    /// What the column of hits needs when no row has more.
    int hitsWidth(quint64 most) const;
    void fitHits();
    void showMenu(const QPoint &place);
    void expandNew(const QModelIndex &parent, int first, int last);
    QSet<QString> expanded() const;
    void restoreExpansion(const QSet<QString> &keys);
    QString keyOf(const QModelIndex &index) const;
    bool eventFilter(QObject *watched, QEvent *event) override;

    FaultsMenu *makeFaultsMenu(QWidget *parent);

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    ActionRegistry &m_actions;
    TreeCommands m_commands;
    WorkspaceTreeModel *m_model;
    WorkspaceTree *m_tree;
    QLineEdit *m_filter;
    QStackedWidget *m_stack;
    Placeholder *m_placeholder;
    QSet<QString> m_expandedBefore;
    ObjectRef m_currentBefore;
};

} // namespace understudy::ui
