// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/theme_style.h"

#include "ui/services/theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace understudy::ui {

namespace {

void outline(QPainter *painter, const QStyleOption &option, const QRect &rect)
{
    if (!isDark(option.palette))
        return;
    const bool hasFocus
        = (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Enabled);
    QColor color = hasFocus ? roleColor(ColorRole::Redirect, option.palette)
                            : option.palette.color(QPalette::Text);
    if (!hasFocus)
        color.setAlphaF(0.24F);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(color);
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter->restore();
}

} // namespace

ThemeStyle::ThemeStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    switch (element) {
    case PE_FrameLineEdit:
    case PE_Frame:
        outline(painter, *option, option->rect);
        break;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        outline(painter, *option, option->rect.adjusted(0, 0, -1, -1));
        break;
    default:
        break;
    }
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_SpinBox || control == CC_ComboBox)
        outline(painter, *option, option->rect);
}

} // namespace understudy::ui
