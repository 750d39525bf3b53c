// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/traffic/traffic_page_delegate.h"

#include "ui/models/traffic_cells.h"
#include "ui/models/traffic_model.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr int kPadding = 4; // what QStyledItemDelegate leaves beside a text

QString buttonText() { return TrafficDelegate::tr("+ Mock"); }

/// A word or more of a text, or its glyph alone where there is no room for that.
QString shortened(const QString &text, const QFontMetrics &metrics, int width)
{
    const QString elided = metrics.elidedText(text, Qt::ElideRight, width);
    constexpr int kGlyphAndWord = 7; // "✕ no en…"
    return elided == text || elided.size() > kGlyphAndWord ? elided : text.left(1);
}

} // namespace

TrafficDelegate::TrafficDelegate(QAbstractItemView *view)
    : QStyledItemDelegate(view)
    , m_view(view)
{}

bool TrafficDelegate::hasButton(const QModelIndex &index)
{
    return index.isValid() && index.column() == static_cast<int>(TrafficColumn::Match)
           && isUnmatched(static_cast<MatchKind>(index.data(TrafficModel::MatchKindRole).toInt()));
}

QRect TrafficDelegate::buttonRect(const QRect &cell, const QString &text,
                                  const QFontMetrics &metrics) const
{
    const int margin = metrics.averageCharWidth();
    const int width = metrics.horizontalAdvance(buttonText()) + margin * 2;
    // Right behind the text, where the eye is; a narrow column gives up text before the button.
    const int wanted = cell.left() + kPadding + metrics.horizontalAdvance(text) + margin;
    const int left = std::min(wanted, cell.right() - width - 1);
    return left > cell.left() ? QRect(left, cell.top() + 1, width, cell.height() - 2) : QRect();
}

QRect TrafficDelegate::actionRect(const QModelIndex &index, const QString &action) const
{
    if (action != QStringLiteral("mock") || !hasButton(index))
        return {};
    return buttonRect(m_view->visualRect(index), index.data().toString(), m_view->fontMetrics());
}

void TrafficDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    if (!hasButton(index)) {
        QStyleOptionViewItem plain = option;
        // Paths differ at their ends.
        if (index.column() == static_cast<int>(TrafficColumn::Path))
            plain.textElideMode = Qt::ElideLeft;
        QStyledItemDelegate::paint(painter, plain, index);
        return;
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QStyle *style = m_view->style();
    const QString text = cell.text;
    const QRect button = buttonRect(option.rect, text, option.fontMetrics);
    cell.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, m_view);
    QRect textRect = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    if (!button.isEmpty())
        textRect.setRight(button.left() - 4);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setPen(cell.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft,
                      shortened(text, option.fontMetrics, textRect.width()));
    if (!button.isEmpty()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(m_view->palette().button());
        painter->setPen(m_view->palette().color(QPalette::Link));
        painter->drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter->drawText(button, Qt::AlignCenter, buttonText());
    }
    painter->restore();
}

bool TrafficDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                  const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonRelease && hasButton(index)) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton
            && actionRect(index, QStringLiteral("mock")).contains(mouse->position().toPoint())) {
            Q_EMIT mockClicked(index);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace understudy::ui
