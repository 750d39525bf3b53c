// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tool_button.h"

#include <QIcon>
#include <QToolButton>

namespace understudy::ui {

namespace {

QToolButton *makeFlatButton(const QString &name, const char *icon, const QString &text)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(QIcon::fromTheme(QString::fromLatin1(icon)));
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setAutoRaise(true);
    return button;
}

} // namespace

QToolButton *makeToolButton(const QString &name, const char *icon, const QString &text)
{
    QToolButton *button = makeFlatButton(name, icon, text);
    button->setToolTip(text);
    return button;
}

QToolButton *makeTextButton(const QString &name, const char *icon, const QString &text)
{
    QToolButton *button = makeFlatButton(name, icon, text);
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace understudy::ui
