// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/undo_keys.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSpinBox>

#include <gtest/gtest.h>

using understudy::ui::UndoKeys;

namespace {

/// Whether a widget claims Ctrl+Z for itself.
bool claimsUndo(QWidget &widget)
{
    QKeyEvent event(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    event.ignore();
    QApplication::sendEvent(&widget, &event);
    return event.isAccepted();
}

} // namespace

TEST(UndoKeys, ASpinBoxLeavesUndoToTheWorkspace)
{
    QSpinBox spin;
    QLineEdit edit;
    ASSERT_TRUE(claimsUndo(spin)) << "Qt has changed: the filter is no longer needed";
    UndoKeys keys;
    qApp->installEventFilter(&keys);
    EXPECT_FALSE(claimsUndo(spin));
    EXPECT_TRUE(claimsUndo(edit)) << "a line of text keeps its own";
}
