// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/undo_keys.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

#include <gtest/gtest.h>

using understudy::ui::UndoKeys;

namespace {

/// Whether a widget claims Ctrl+Z, or another key, for itself.
bool claims(QWidget &widget, int key = Qt::Key_Z)
{
    QKeyEvent event(QEvent::ShortcutOverride, key, Qt::ControlModifier);
    event.ignore();
    QApplication::sendEvent(&widget, &event);
    return event.isAccepted();
}

} // namespace

TEST(UndoKeys, ASpinBoxLeavesUndoToTheWorkspace)
{
    QSpinBox spin;
    ASSERT_TRUE(claims(spin)) << "Qt has changed: the filter is no longer needed";
    UndoKeys keys;
    qApp->installEventFilter(&keys);
    EXPECT_FALSE(claims(spin));
}

TEST(UndoKeys, ALineOfTextClaimsOnlyWhatItCanDo)
{
    UndoKeys keys;
    qApp->installEventFilter(&keys);
    QLineEdit edit(QStringLiteral("as it was"));
    EXPECT_FALSE(claims(edit)) << "nothing was typed: the key is the workspace's";
    edit.insert(QStringLiteral(" typed"));
    EXPECT_TRUE(claims(edit));
    EXPECT_FALSE(claims(edit, Qt::Key_Y));
    edit.undo();
    EXPECT_FALSE(claims(edit));
    EXPECT_TRUE(claims(edit, Qt::Key_Y));
}

TEST(UndoKeys, ATextOfSeveralLinesClaimsOnlyWhatItCanDo)
{
    UndoKeys keys;
    qApp->installEventFilter(&keys);
    QPlainTextEdit edit(QStringLiteral("as it was"));
    EXPECT_FALSE(claims(edit));
    edit.insertPlainText(QStringLiteral(" typed"));
    EXPECT_TRUE(claims(edit));
}
