// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QWidget;

/// What came from a client or a file is shown as it is. Qt takes a text that looks like HTML for
/// HTML wherever nobody says otherwise, and then reads the images it names: a device never ends, a
/// pipe never begins.
namespace understudy::ui {

/// A tooltip that shows `text` as it is. Models answer this for Qt::ToolTipRole; tooltips of
/// widgets get it from PlainTextGuard.
QString plainToolTip(const QString &text);

/// An event filter of the application: labels, those of message boxes included, show plain text
/// unless they were given a format; tooltips of widgets are plain.
class PlainTextGuard : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void guardToolTip(QWidget *widget);

    bool m_isChanging = false;
};

} // namespace understudy::ui
