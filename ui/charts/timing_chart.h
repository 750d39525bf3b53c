// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/timing_phases.h"

#include <QWidget>

namespace understudy::ui {

/// The waterfall of one exchange (ux.md section 3.8): a bar for each phase, and under it a hatched
/// one for what was planned. Arrow keys walk the rows and read them out. On a narrow pane the names
/// move above the bars.
class TimingChart : public QWidget
{
    Q_OBJECT

public:
    explicit TimingChart(QWidget *parent = nullptr);

    void setPhases(std::vector<TimingPhase> phases);
    const std::vector<TimingPhase> &phases() const { return m_phases; }

    /// The row that the keys are on, or -1.
    int currentPhase() const { return m_current; }
    void setCurrentPhase(int row);

    /// Where a row and its bars are painted; the planned one is empty where nothing was planned.
    QRectF rowRect(int row) const;
    QRectF realBar(int row) const;
    QRectF plannedBar(int row) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void currentPhaseChanged(int row);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Metrics;
    Metrics metrics(int width) const;
    double xOf(Duration at, const Metrics &m) const;
    QRectF barAt(Duration start, Duration length, double top, double height,
                 const Metrics &m) const;
    int rowAt(QPointF position) const;
    void updateSpan();
    void describe();
    void paintLegend(QPainter &painter, const Metrics &m) const;
    void paintAxis(QPainter &painter, const Metrics &m) const;
    void paintRow(QPainter &painter, int row, const Metrics &m) const;
    QColor colorOf(TimingKind kind) const;

    std::vector<TimingPhase> m_phases;
    Duration m_begin{}; ///< at the left edge
    Duration m_end{};   ///< at the right edge
    bool m_hasPlanned = false;
    int m_current = -1;
};

} // namespace understudy::ui
