// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QAbstractItemView;

namespace understudy::ui {

/// Paints the cells of the traffic table: the text, and in the Match column of unmatched rows the
/// `+ Mock` button. Owned by its view.
class TrafficDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit TrafficDelegate(QAbstractItemView *view);

    /// Where the button of `action` ("mock") lies, in coordinates of the view's viewport; empty if
    /// the row has none or it does not fit.
    QRect actionRect(const QModelIndex &index, const QString &action) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

Q_SIGNALS:
    void mockClicked(const QModelIndex &index);

private:
    QRect buttonRect(const QRect &cell, const QString &text, const QFontMetrics &metrics) const;
    static bool hasButton(const QModelIndex &index);

    QAbstractItemView *m_view;
};

} // namespace understudy::ui
