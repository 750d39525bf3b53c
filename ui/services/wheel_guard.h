// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace understudy::ui {

/// Keeps the mouse wheel from changing values on its way over a page: spin boxes, sliders and combo
/// boxes take it only while they have the focus, and it never gives them the focus. An event filter
/// of the application.
class WheelGuard : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace understudy::ui
