// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/latency_preview.h"

#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>

#include <QApplication>
#include <QGraphicsLayout>
#include <QMouseEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace understudy::ui {

namespace {

constexpr int kPoints = 200;
constexpr int kBars = 40;
/// Of the standard normal distribution: the 99th percentile.
constexpr double kZ99 = 2.326347874;

double toMs(Duration value) { return static_cast<double>(value.count()) / 1000; }

Duration fromMs(double value) { return Duration(std::llround(value * 1000)); }

QString shortTime(Duration value)
{
    // Whole milliseconds are enough for a mark.
    const auto ms = std::chrono::round<std::chrono::milliseconds>(value);
    return toQString(formatDuration(ms.count() >= 10 ? Duration(ms) : value));
}

/// A point a bar for models that are no curve: the share of draws in it.
QList<QPointF> barPoints(const LatencyDistribution &distribution, double limit)
{
    QList<QPointF> points;
    const double width = limit / kBars;
    double before = 0;
    for (int i = 0; i < kBars; ++i) {
        const double share = distribution.cumulative(fromMs((i + 1) * width));
        points << QPointF(i * width, share - before) << QPointF((i + 1) * width, share - before);
        before = share;
    }
    return points;
}

QList<QPointF> curvePoints(const LatencyDistribution &distribution, double limit)
{
    QList<QPointF> points;
    for (int i = 0; i <= kPoints; ++i) {
        const double x = limit * i / kPoints;
        const double y = distribution.density(fromMs(x));
        points << QPointF(x, std::isfinite(y) ? y : 0);
    }
    return points;
}

/// The end of the axis: a round number of milliseconds above nearly everything that is drawn.
double axisLimit(const LatencyDistribution &distribution)
{
    const double top = std::max(toMs(distribution.quantile(0.995)) * 1.1, 1.0);
    const double unit = std::pow(10, std::floor(std::log10(top)));
    for (const double factor : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
        if (unit * factor >= top)
            return unit * factor;
    }
    return unit * 10;
}

} // namespace

LatencyModel movedMark(const LatencyModel &model, LatencyPreview::Mark mark, Duration value)
{
    const bool isMedian = mark == LatencyPreview::Mark::Median;
    const auto atLeast = [](Duration wanted, Duration least) { return std::max(wanted, least); };
    const Duration unit = std::chrono::milliseconds(1);
    // What is dragged lands on whole milliseconds, as the spin boxes show it.
    const Duration to = std::chrono::round<std::chrono::milliseconds>(std::max(value, Duration{}));
    LatencyModel moved = model;
    if (auto *fixed = std::get_if<FixedLatency>(&moved)) {
        fixed->value = to;
    } else if (auto *uniform = std::get_if<UniformLatency>(&moved)) {
        if (isMedian) {
            const Duration half = (uniform->to - uniform->from) / 2;
            uniform->from = atLeast(to - half, Duration{});
            uniform->to = uniform->from + 2 * half;
        } else {
            uniform->to = atLeast(to, uniform->from);
        }
    } else if (auto *normal = std::get_if<NormalLatency>(&moved)) {
        if (isMedian)
            normal->mean = to;
        else
            normal->deviation = std::chrono::round<std::chrono::milliseconds>(Duration(std::llround(
                static_cast<double>(atLeast(to - normal->mean, Duration{}).count()) / kZ99)));
    } else if (auto *lognormal = std::get_if<LognormalLatency>(&moved)) {
        if (isMedian) {
            lognormal->median = atLeast(to, unit);
            if (lognormal->p99)
                lognormal->median = std::min(lognormal->median, *lognormal->p99 - unit);
        } else {
            lognormal->p99 = atLeast(to, lognormal->median + unit);
            lognormal->sigma.reset();
        }
    }
    return moved;
}

LatencyPreview::LatencyPreview(QWidget *parent)
    : QChartView(parent)
    , m_line(new QLineSeries(this))
    , m_area(new QAreaSeries(m_line))
    , m_axis(new QValueAxis(this))
    , m_height(new QValueAxis(this))
{
    setObjectName(QStringLiteral("latencyPreview"));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setRenderHint(QPainter::Antialiasing);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::NoFocus);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    auto *plot = chart();
    plot->legend()->hide();
    plot->setMargins({});
    plot->layout()->setContentsMargins(0, 0, 0, 0);
    plot->setBackgroundRoundness(3);
    plot->setAnimationOptions(QChart::NoAnimation);
    plot->addSeries(m_area);
    plot->addAxis(m_axis, Qt::AlignBottom);
    plot->addAxis(m_height, Qt::AlignLeft);
    m_area->attachAxis(m_axis);
    m_area->attachAxis(m_height);
    m_axis->setTickCount(6);
    m_axis->setLabelFormat(QStringLiteral("%.0f ms"));
    m_height->setVisible(false);
    updateColors();
}

QSize LatencyPreview::sizeHint() const
{
    return {fontMetrics().height() * 24, fontMetrics().height() * 8};
}

void LatencyPreview::setDistribution(const LatencyDistribution &distribution)
{
    if (m_distribution && m_distribution->model() == distribution.model()
        && m_distribution->quantile(0.5) == distribution.quantile(0.5)
        && m_distribution->quantile(0.99) == distribution.quantile(0.99))
        return;
    m_distribution = distribution;
    updateCurve();
}

void LatencyPreview::updateCurve()
{
    const Duration median = m_distribution->quantile(0.5);
    const Duration p99 = m_distribution->quantile(0.99);
    // A mark that is being dragged would run away from an axis that grows under it.
    const double limit = m_dragged ? m_axis->max() : axisLimit(*m_distribution);
    const LatencyModel &model = m_distribution->model();
    QList<QPointF> points;
    if (std::holds_alternative<SampledLatency>(model))
        points = barPoints(*m_distribution, limit);
    else if (!std::holds_alternative<FixedLatency>(model))
        points = curvePoints(*m_distribution, limit);
    double top = 0;
    for (const QPointF &point : points)
        top = std::max(top, point.y());
    m_axis->setRange(0, limit);
    m_axis->setLabelFormat(limit < 10 ? QStringLiteral("%.1f ms") : QStringLiteral("%.0f ms"));
    // Room above the curve for what the marks say.
    m_height->setRange(0, top > 0 ? top * 1.45 : 1);
    m_line->replace(points);
    const QString text = std::holds_alternative<FixedLatency>(model)
                             ? tr("Every answer waits %1").arg(shortTime(median))
                             : tr("Density of the latency: median %1, 99th percentile %2")
                                   .arg(shortTime(median), shortTime(p99));
    setAccessibleName(text);
    setToolTip(isDraggable() ? text + '\n' + tr("Drag a mark to change it") : text);
    viewport()->update();
}

void LatencyPreview::updateColors()
{
    const QPalette palette = QApplication::palette();
    const QColor curve = roleColor(ColorRole::Redirect, palette);
    QColor fill = curve;
    fill.setAlphaF(0.22F);
    m_area->setPen(QPen(curve, 1.6));
    m_area->setBrush(fill);
    chart()->setBackgroundBrush(palette.color(QPalette::Base));
    m_axis->setLabelsColor(roleColor(ColorRole::Muted, palette));
    QColor line = palette.color(QPalette::Text);
    line.setAlphaF(0.14F);
    m_axis->setGridLineColor(line);
    m_axis->setLinePenColor(line);
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    m_axis->setLabelsFont(font);
}

void LatencyPreview::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        updateColors();
}

bool LatencyPreview::isDraggable() const
{
    return m_distribution && !std::holds_alternative<SampledLatency>(m_distribution->model());
}

double LatencyPreview::markPosition(Mark mark) const
{
    const Duration value = m_distribution->quantile(mark == Mark::Median ? 0.5 : 0.99);
    return chart()->mapToPosition({toMs(value), 0}, m_area).x();
}

QRect LatencyPreview::markRect(Mark mark) const
{
    if (!m_distribution
        || (mark == Mark::P99 && std::holds_alternative<FixedLatency>(m_distribution->model())))
        return {};
    const QRectF plot = chart()->plotArea();
    const double x = markPosition(mark);
    if (x > plot.right() + 1)
        return {};
    return QRectF(x - 5, plot.top(), 10, plot.height()).toRect();
}

std::optional<LatencyPreview::Mark> LatencyPreview::markAt(const QPoint &place) const
{
    if (!isDraggable())
        return std::nullopt;
    for (const Mark mark : {Mark::P99, Mark::Median}) {
        if (markRect(mark).contains(place))
            return mark;
    }
    return std::nullopt;
}

double LatencyPreview::toValue(int x) const
{
    return std::clamp(chart()->mapToValue(QPointF(x, 0), m_area).x(), 0.0, m_axis->max());
}

void LatencyPreview::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_dragged = markAt(event->position().toPoint());
    event->accept();
}

void LatencyPreview::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint place = event->position().toPoint();
    if (m_dragged)
        Q_EMIT markDragged(*m_dragged, fromMs(toValue(place.x())));
    else
        viewport()->setCursor(markAt(place) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    event->accept();
}

void LatencyPreview::mouseReleaseEvent(QMouseEvent *event)
{
    m_dragged.reset();
    if (m_distribution)
        updateCurve();
    event->accept();
}

void LatencyPreview::drawForeground(QPainter *painter, const QRectF &)
{
    if (!m_distribution)
        return;
    const bool isFixed = std::holds_alternative<FixedLatency>(m_distribution->model());
    const QRectF plot = chart()->plotArea();
    const QPalette palette = QApplication::palette();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const struct
    {
        Mark mark;
        double p;
        QString text;
        ColorRole role;
        Qt::PenStyle line;
    } marks[]{{Mark::Median, 0.5, isFixed ? tr("fixed %1") : tr("median %1"), ColorRole::Text,
               Qt::SolidLine},
              {Mark::P99, 0.99, tr("p99 %1"), ColorRole::Fault, Qt::DashLine}};
    int line = 0;
    for (const auto &mark : marks) {
        if (markRect(mark.mark).isEmpty())
            continue;
        const QColor color = roleColor(mark.role, palette);
        const double x = std::clamp(markPosition(mark.mark), plot.left(), plot.right());
        painter->setPen(QPen(color, 1.5, mark.line));
        painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter->setBrush(color);
        painter->setPen(Qt::NoPen);
        painter->drawEllipse(QPointF(x, plot.bottom()), 3.5, 3.5);
        const QString text = mark.text.arg(shortTime(m_distribution->quantile(mark.p)));
        const QFontMetrics metrics(painter->font());
        const double width = metrics.horizontalAdvance(text);
        const bool fits = x + 6 + width <= plot.right();
        painter->setPen(color);
        painter->drawText(QPointF(fits ? x + 6 : x - 6 - width,
                                  plot.top() + metrics.ascent() + 2 + line * metrics.height()),
                          text);
        ++line;
    }
    painter->restore();
}

} // namespace understudy::ui
