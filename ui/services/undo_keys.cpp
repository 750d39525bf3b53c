// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/undo_keys.h"

#include <QAbstractSpinBox>
#include <QKeyEvent>

namespace understudy::ui {

bool UndoKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride || !qobject_cast<QAbstractSpinBox *>(watched))
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    if (!key->matches(QKeySequence::Undo) && !key->matches(QKeySequence::Redo))
        return false;
    event->ignore(); // so that it goes on as a shortcut
    return true;
}

} // namespace understudy::ui
