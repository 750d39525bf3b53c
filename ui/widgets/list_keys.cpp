// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/list_keys.h"

#include <QAbstractItemView>
#include <QKeyEvent>

namespace understudy::ui {

namespace {

bool isRename(const QKeyEvent &key)
{
    return key.key() == Qt::Key_F2 && key.modifiers() == Qt::NoModifier;
}

bool isDelete(const QKeyEvent &key)
{
    return key.key() == Qt::Key_Delete && key.modifiers() == Qt::NoModifier;
}

bool isDuplicate(const QKeyEvent &key)
{
    return key.key() == Qt::Key_D && key.modifiers() == Qt::ControlModifier;
}

} // namespace

ListKeys::ListKeys(QAbstractItemView *view, ListCommands commands)
    : QObject(view)
    , m_view(view)
    , m_commands(std::move(commands))
{
    view->installEventFilter(this);
}

bool ListKeys::eventFilter(QObject *, QEvent *event)
{
    // Keys that an open cell did not want come this way, too: they are not meant for the row.
    if (event->type() != QEvent::KeyPress || !m_view->hasFocus())
        return false;
    const auto &key = *static_cast<QKeyEvent *>(event);
    const std::function<void()> *command = isDelete(key)      ? &m_commands.remove
                                           : isDuplicate(key) ? &m_commands.duplicate
                                           : isRename(key)    ? &m_commands.rename
                                                              : nullptr;
    const QModelIndex current = m_view->currentIndex();
    if (command && *command) {
        if (current.isValid())
            (*command)();
        return true;
    }
    // A blank would take the place of what stands in the cell.
    if (key.key() == Qt::Key_Space && key.modifiers() == Qt::NoModifier && current.isValid()
        && current.flags().testFlag(Qt::ItemIsEditable)
        && m_view->editTriggers().testFlag(QAbstractItemView::AnyKeyPressed)) {
        m_view->edit(current);
        return true;
    }
    return false;
}

ListKeyClaims::ListKeyClaims(const QAbstractItemView *owner, QObject *parent)
    : QObject(parent)
    , m_owner(owner)
{}

bool ListKeyClaims::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride || watched == m_owner)
        return false;
    const auto &key = *static_cast<QKeyEvent *>(event);
    if (!isRename(key) && !isDuplicate(key) && !isDelete(key))
        return false;
    // Around the owner are the widgets that its own keys come through, and the window, which gets
    // them while nothing has the focus.
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || widget->isAncestorOf(m_owner))
        return false;
    event->accept();
    return true;
}

} // namespace understudy::ui
