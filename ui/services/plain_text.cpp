// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/plain_text.h"

#include <QEvent>
#include <QLabel>

namespace understudy::ui {

QString plainToolTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal) : text;
}

bool PlainTextGuard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ToolTipChange && watched->isWidgetType())
        guardToolTip(static_cast<QWidget *>(watched));
    if (event->type() != QEvent::Polish)
        return false;
    auto *label = qobject_cast<QLabel *>(watched);
    if (label && label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
    return false;
}

void PlainTextGuard::guardToolTip(QWidget *widget)
{
    if (m_isChanging || !Qt::mightBeRichText(widget->toolTip()))
        return;
    m_isChanging = true;
    widget->setToolTip(plainToolTip(widget->toolTip()));
    m_isChanging = false;
}

} // namespace understudy::ui
