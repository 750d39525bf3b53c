// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/undo_keys.h"

#include <QAbstractSpinBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace understudy::ui {

namespace {

/// Whether a widget has nothing of its own to undo, or to redo; false for what is none of ours.
bool leavesKeys(QObject *watched, bool undo)
{
    if (qobject_cast<QAbstractSpinBox *>(watched))
        return true;
    if (const auto *line = qobject_cast<QLineEdit *>(watched))
        return line->isReadOnly() || !(undo ? line->isUndoAvailable() : line->isRedoAvailable());
    const QTextDocument *text = nullptr;
    bool isReadOnly = false;
    if (const auto *plain = qobject_cast<QPlainTextEdit *>(watched)) {
        text = plain->document();
        isReadOnly = plain->isReadOnly();
    } else if (const auto *rich = qobject_cast<QTextEdit *>(watched)) {
        text = rich->document();
        isReadOnly = rich->isReadOnly();
    }
    return text && (isReadOnly || !(undo ? text->isUndoAvailable() : text->isRedoAvailable()));
}

} // namespace

bool UndoKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool undo = key->matches(QKeySequence::Undo);
    if ((!undo && !key->matches(QKeySequence::Redo)) || !leavesKeys(watched, undo))
        return false;
    event->ignore(); // so that it goes on as a shortcut
    return true;
}

} // namespace understudy::ui
