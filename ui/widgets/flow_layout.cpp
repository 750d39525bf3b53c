// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace understudy::ui {

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() { qDeleteAll(m_items); }

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < count() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::gap() const
{
    if (spacing() >= 0)
        return spacing();
    const QWidget *widget = parentWidget();
    return widget
               ? widget->style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing, nullptr, widget)
               : 6;
}

QList<FlowLayout::Line> FlowLayout::linesFor(int width) const
{
    QList<Line> lines;
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint();
        if (lines.isEmpty() || lines.back().width + gap() + size.width() > width)
            lines.append(Line());
        Line &line = lines.back();
        line.width += size.width() + (line.items.isEmpty() ? 0 : gap());
        line.height = std::max(line.height, size.height());
        line.items.append(item);
    }
    return lines;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    int height = margins.top() + margins.bottom();
    const QList<Line> lines = linesFor(width - margins.left() - margins.right());
    for (const Line &line : lines)
        height += line.height;
    return height + gap() * std::max(0, static_cast<int>(lines.size()) - 1);
}

QSize FlowLayout::sizeHint() const
{
    // All in one line, where there is room.
    const QMargins margins = contentsMargins();
    QSize size(margins.left() + margins.right(), margins.top() + margins.bottom());
    const QList<Line> lines = linesFor(QLAYOUTSIZE_MAX);
    for (const Line &line : lines)
        size += QSize(line.width, line.height);
    return size;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    }
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect area = rect.marginsRemoved(contentsMargins());
    int y = area.top();
    const QList<Line> lines = linesFor(area.width());
    for (const Line &line : lines) {
        const auto expanding
            = std::count_if(line.items.cbegin(), line.items.cend(), [](const QLayoutItem *item) {
                  return item->expandingDirections().testFlag(Qt::Horizontal);
              });
        const int spare = std::max(0, area.width() - line.width);
        int x = area.left();
        for (QLayoutItem *item : line.items) {
            QSize size = item->sizeHint();
            if (expanding > 0 && item->expandingDirections().testFlag(Qt::Horizontal))
                size.rwidth() += spare / static_cast<int>(expanding);
            size.setWidth(std::min({size.width(), area.width(), item->maximumSize().width()}));
            const QRect place(x, y + (line.height - size.height()) / 2, size.width(),
                              size.height());
            item->setGeometry(QStyle::visualRect(
                parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight, area, place));
            x += size.width() + gap();
        }
        y += line.height + gap();
    }
}

QWidget *captioned(const QString &caption, QWidget *field)
{
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    auto *label = new QLabel(caption);
    label->setBuddy(field);
    row->addWidget(label);
    row->addWidget(field, 1);
    return both;
}

} // namespace understudy::ui
