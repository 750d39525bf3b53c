// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

namespace understudy::ui {

/// Lays widgets out from the leading edge on, in as many lines as the width asks for: a row of
/// fields that gives way in a narrow window, where a QHBoxLayout would make it scroll sideways.
/// Widgets that expand share what a line has left.
class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override { m_items.append(item); }
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    struct Line
    {
        QList<QLayoutItem *> items;
        int width = 0;
        int height = 0;
    };
    QList<Line> linesFor(int width) const;
    int gap() const;

    QList<QLayoutItem *> m_items;
};

/// A field with its caption before it, as one widget: they stay on one line.
QWidget *captioned(const QString &caption, QWidget *field);

} // namespace understudy::ui
