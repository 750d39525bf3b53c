// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QAbstractItemView;

namespace understudy::ui {

/// What the keys of a list do; what is not set does nothing.
struct ListCommands
{
    std::function<void()> remove{};    ///< Del
    std::function<void()> duplicate{}; ///< Ctrl+D
    std::function<void()> rename{};    ///< F2; by default the current cell is edited, if it can be
};

/// The keys of one list or table: they act on its own rows. Belongs to the view.
class ListKeys : public QObject
{
    Q_OBJECT

public:
    ListKeys(QAbstractItemView *view, ListCommands commands);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAbstractItemView *m_view;
    ListCommands m_commands;
};

/// Keeps F2, Ctrl+D and Del in the control that has the focus: as shortcuts they would act on the
/// tree of the workspace, which the user is not looking at. Also while a cell is edited. Install it
/// on the application.
class ListKeyClaims : public QObject
{
    Q_OBJECT

public:
    /// The keys of `owner` stay shortcuts.
    ListKeyClaims(const QAbstractItemView *owner, QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const QAbstractItemView *m_owner;
};

} // namespace understudy::ui
