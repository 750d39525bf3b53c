// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace understudy::ui {

class TreeDelegate;

/// The tree view of the workspace. A press on a button in a row neither selects nor moves the
/// current row; Space switches the selected items; a row that a key went to is opened like one that
/// was clicked.
class WorkspaceTree : public QTreeView
{
    Q_OBJECT
public:
    explicit WorkspaceTree(QWidget *parent = nullptr);
    TreeDelegate *rowDelegate() const { return m_delegate; }

Q_SIGNALS:
    void toggleRequested();
    void openRequested(const QModelIndex &index, bool pin);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool passToButton(QMouseEvent *event);

    TreeDelegate *m_delegate;
    bool m_isOnButton = false;
};

} // namespace understudy::ui
