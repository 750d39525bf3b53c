// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/behaviour/latency.h"

#include <QtCharts/QChartView>

#include <optional>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace understudy::ui {

/// The density of a latency model with its median and 99th percentile as marks. Where the model has
/// parameters for them, the marks can be dragged; the spin boxes beside it do the same by keyboard.
class LatencyPreview : public QChartView
{
    Q_OBJECT
public:
    enum class Mark { Median, P99 };

    explicit LatencyPreview(QWidget *parent = nullptr);
    void setDistribution(const LatencyDistribution &distribution);
    std::optional<LatencyDistribution> distribution() const { return m_distribution; }

    /// Where a mark is grabbed, in coordinates of the viewport; empty if it is not shown.
    QRect markRect(Mark mark) const;
    bool isDraggable() const;

Q_SIGNALS:
    void markDragged(understudy::ui::LatencyPreview::Mark mark, understudy::Duration value);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void changeEvent(QEvent *event) override;
    QSize sizeHint() const override;

private:
    void updateCurve();
    void updateColors();
    double markPosition(Mark mark) const;
    std::optional<Mark> markAt(const QPoint &place) const;
    double toValue(int x) const;

    std::optional<LatencyDistribution> m_distribution;
    QLineSeries *m_line;
    QAreaSeries *m_area;
    QValueAxis *m_axis;
    QValueAxis *m_height;
    std::optional<Mark> m_dragged;
};

/// `model` with its median or its 99th percentile moved to `value`, as far as it can be.
LatencyModel movedMark(const LatencyModel &model, LatencyPreview::Mark mark, Duration value);

} // namespace understudy::ui
