// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace understudy::ui {

/// The table of a RulesEditor. Every cell is reached by keyboard: Tab goes to the next one, out of
/// an open cell as well, and behind the last one on to the next widget.
class RulesTable : public QTreeView
{
    Q_OBJECT

public:
    explicit RulesTable(QWidget *parent = nullptr);

    using QTreeView::edit;

    /// Makes the columns fit, unless the user has sized them.
    void fitColumns();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    bool focusNextPrevChild(bool next) override;

protected Q_SLOTS:
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;

private:
    QModelIndex neighbour(const QModelIndex &from, int step) const;

    bool m_isFitting = false;
    bool m_isSized = false;   ///< by the user
    bool m_isEditing = false; ///< Tab came from an open cell to a check box
};

} // namespace understudy::ui
