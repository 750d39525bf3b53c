// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace understudy::ui {

/// Gives the undo and redo keys back to the workspace where the widget with the focus has no use
/// for them: a spin box would claim them, although what it can undo is only the digits typed last,
/// and so would a text field in which nothing was typed. Install it on the application.
class UndoKeys : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace understudy::ui
