// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/theme_style.h"

#include "ui/services/theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolButton>

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

/// What a button that opens a menu wherever it is pressed needs beside its text; 0 for others. The
/// style itself paints its arrow over the text.
int menuArrowWidth(const QWidget *widget)
{
    const auto *button = qobject_cast<const QToolButton *>(widget);
    return button && button->menu() && button->popupMode() == QToolButton::InstantPopup
                   && (button->icon().isNull()
                       || button->toolButtonStyle() != Qt::ToolButtonIconOnly)
               ? button->fontMetrics().height() * 2 / 3
               : 0;
}

} // namespace

ThemeStyle::ThemeStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    if (element == PE_IndicatorBranch && option->state.testFlag(State_Selected)) {
        // The style's arrow is made for the ground of a row that is not selected.
        QStyleOption selected(*option);
        for (const auto role : {QPalette::WindowText, QPalette::ButtonText, QPalette::Text})
            selected.palette.setColor(role, option->palette.color(QPalette::HighlightedText));
        QProxyStyle::drawPrimitive(element, &selected, painter, widget);
        return;
    }
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
    if (const int arrow = menuArrowWidth(widget); control == CC_ToolButton && arrow > 0) {
        QStyleOptionToolButton button(*static_cast<const QStyleOptionToolButton *>(option));
        button.features &= ~QStyleOptionToolButton::HasMenu;
        QProxyStyle::drawComplexControl(control, &button, painter, widget);
        QStyleOption sign(button);
        sign.rect = visualRect(button.direction, button.rect,
                               QRect(button.rect.right() - arrow - 1, button.rect.top() + 1, arrow,
                                     button.rect.height()));
        drawPrimitive(PE_IndicatorArrowDown, &sign, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_SpinBox || control == CC_ComboBox)
        outline(painter, *option, option->rect);
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    const int arrow = menuArrowWidth(widget);
    if (element != CE_ToolButtonLabel || arrow == 0) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    QStyleOptionToolButton label(*static_cast<const QStyleOptionToolButton *>(option));
    label.rect = visualRect(label.direction, label.rect, label.rect.adjusted(0, 0, -arrow, 0));
    QProxyStyle::drawControl(element, &label, painter, widget);
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption *option,
                                   const QSize &contents, const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (type == CT_ToolButton)
        size.rwidth() += menuArrowWidth(widget);
    return size;
}

} // namespace understudy::ui
