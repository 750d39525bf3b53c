// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timing_chart.h"

#include "ui/models/traffic_cells.h"
#include "ui/services/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace understudy::ui {

namespace {

constexpr int kMargin = 8;
constexpr int kRowGap = 8;
constexpr double kSmallestBar = 2; // even the shortest step leaves a mark

/// Distance of two lines of the grid: 1, 2 or 5 times a power of ten, so that at most `lines` fit.
double niceStep(double span, int lines)
{
    const double rough = span / std::max(1, lines);
    const double power = std::pow(10.0, std::floor(std::log10(std::max(rough, 1.0))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough)
            return factor * power;
    }
    return 10.0 * power;
}

QString tickText(double microseconds)
{
    if (microseconds == 0)
        return QStringLiteral("0");
    return durationText(Duration(static_cast<Duration::rep>(microseconds)));
}

} // namespace

/// What follows from the width and the font.
struct TimingChart::Metrics
{
    bool isNarrow = false; ///< names above the bars
    double line = 0;       ///< height of a line of text
    double top = 0;        ///< of the first row
    double rowHeight = 0;
    double barLeft = 0;
    double barWidth = 0;
    double valueWidth = 0;
};

TimingChart::TimingChart(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timing chart"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TimingChart::setPhases(std::vector<TimingPhase> phases)
{
    m_phases = std::move(phases);
    m_current = -1;
    m_hasPlanned = std::ranges::any_of(
        m_phases, [](const TimingPhase &phase) { return phase.planned.has_value(); });
    updateSpan();
    describe();
    updateGeometry();
    update();
}

void TimingChart::updateSpan()
{
    m_begin = {};
    m_end = Duration(1);
    for (const TimingPhase &phase : m_phases) {
        m_begin = std::min({m_begin, phase.start, phase.plannedStart});
        m_end = std::max({m_end, phase.start + phase.real,
                          phase.plannedStart + phase.planned.value_or(Duration{})});
    }
    // A browser opens connections long before it uses them; the answer must stay visible.
    m_begin = std::max(m_begin, -m_end);
}

void TimingChart::setCurrentPhase(int row)
{
    const int last = static_cast<int>(m_phases.size()) - 1;
    const int wanted = std::clamp(row, -1, last);
    if (wanted == m_current)
        return;
    m_current = wanted;
    describe();
    update();
    Q_EMIT currentPhaseChanged(m_current);
}

/// A painted widget has no children to read out: its description is the current row, or all rows.
void TimingChart::describe()
{
    if (m_current >= 0) {
        setAccessibleDescription(phaseSentence(m_phases[static_cast<std::size_t>(m_current)]));
        return;
    }
    QStringList sentences;
    for (const TimingPhase &phase : m_phases)
        sentences << phaseSentence(phase);
    setAccessibleDescription(sentences.join(QStringLiteral("; ")));
}

// --- Where everything is --------------------------------------------------------------------

TimingChart::Metrics TimingChart::metrics(int width) const
{
    const QFontMetrics font = fontMetrics();
    Metrics m;
    m.line = font.height();
    double names = 0;
    for (const TimingPhase &phase : m_phases) {
        names = std::max<double>(names, font.horizontalAdvance(phase.name));
        m.valueWidth
            = std::max<double>(m.valueWidth, font.horizontalAdvance(durationText(phase.real)));
        if (phase.planned)
            m.valueWidth = std::max<double>(
                m.valueWidth,
                font.horizontalAdvance(tr("of %1", "planned").arg(durationText(*phase.planned))));
    }
    m.isNarrow = width < names + m.valueWidth + 14 * m.line;
    m.top = kMargin + (m_hasPlanned ? m.line + kRowGap : 0);
    m.rowHeight = (m.isNarrow ? 2.2 * m.line : m_hasPlanned ? 2 * m.line : 1.2 * m.line) + kRowGap;
    m.barLeft = kMargin + (m.isNarrow ? 0 : names + kMargin);
    const double right = width - kMargin - (m.isNarrow ? 0 : m.valueWidth + kMargin);
    m.barWidth = std::max(10.0, right - m.barLeft);
    return m;
}

double TimingChart::xOf(Duration at, const Metrics &m) const
{
    const double share = static_cast<double>((at - m_begin).count())
                         / static_cast<double>((m_end - m_begin).count());
    return m.barLeft + std::clamp(share, 0.0, 1.0) * m.barWidth;
}

QRectF TimingChart::barAt(Duration start, Duration length, double top, double height,
                          const Metrics &m) const
{
    const double left = xOf(start, m);
    const double right = xOf(start + length, m);
    const double end = m.barLeft + m.barWidth;
    const double width = std::max(kSmallestBar, right - left);
    return {std::min(left, end - width), top, width, height};
}

QRectF TimingChart::rowRect(int row) const
{
    const Metrics m = metrics(width());
    return {kMargin / 2.0, m.top + row * m.rowHeight, width() - static_cast<double>(kMargin),
            m.rowHeight};
}

QRectF TimingChart::realBar(int row) const
{
    const Metrics m = metrics(width());
    const TimingPhase &phase = m_phases[static_cast<std::size_t>(row)];
    const double top = rowRect(row).top() + kRowGap / 2.0 + (m.isNarrow ? 1.1 * m.line : 0);
    return barAt(phase.start, phase.real, top + 0.1 * m.line, 0.6 * m.line, m);
}

QRectF TimingChart::plannedBar(int row) const
{
    const Metrics m = metrics(width());
    const TimingPhase &phase = m_phases[static_cast<std::size_t>(row)];
    if (!phase.planned)
        return {};
    return barAt(phase.plannedStart, *phase.planned, realBar(row).bottom() + 2, 0.4 * m.line, m);
}

int TimingChart::rowAt(QPointF position) const
{
    for (int row = 0; row < static_cast<int>(m_phases.size()); ++row) {
        if (rowRect(row).contains(position))
            return row;
    }
    return -1;
}

int TimingChart::heightForWidth(int width) const
{
    const Metrics m = metrics(width);
    return static_cast<int>(
        std::ceil(m.top + static_cast<double>(m_phases.size()) * m.rowHeight + m.line + kMargin));
}

QSize TimingChart::sizeHint() const
{
    const int wanted = fontMetrics().averageCharWidth() * 60;
    return {wanted, heightForWidth(wanted)};
}

QSize TimingChart::minimumSizeHint() const { return {fontMetrics().averageCharWidth() * 20, 0}; }

// --- Painting -------------------------------------------------------------------------------

QColor TimingChart::colorOf(TimingKind kind) const
{
    switch (kind) {
    case TimingKind::Latency:
        return roleColor(ColorRole::Fault, palette());
    case TimingKind::Match:
        return roleColor(ColorRole::Success, palette());
    case TimingKind::Connection:
    case TimingKind::Handshake:
        return roleColor(ColorRole::Muted, palette());
    case TimingKind::Request:
    case TimingKind::Transfer:
        break;
    }
    return roleColor(ColorRole::Redirect, palette());
}

void TimingChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().base());
    const Metrics m = metrics(width());
    if (m_hasPlanned)
        paintLegend(painter, m);
    paintAxis(painter, m);
    for (int row = 0; row < static_cast<int>(m_phases.size()); ++row)
        paintRow(painter, row, m);
}

void TimingChart::paintLegend(QPainter &painter, const Metrics &m) const
{
    const QColor color = roleColor(ColorRole::Fault, palette());
    double x = kMargin;
    const auto entry = [&](const QString &text, bool isPlanned) {
        const QRectF sample(x, kMargin + 0.25 * m.line, m.line, 0.5 * m.line);
        painter.fillRect(sample, isPlanned ? QBrush(color, Qt::BDiagPattern) : QBrush(color));
        painter.setPen(color);
        painter.setBrush(Qt::NoBrush);
        if (isPlanned)
            painter.drawRect(sample);
        x += m.line + 4;
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QPointF(x, kMargin + fontMetrics().ascent()), text);
        x += fontMetrics().horizontalAdvance(text) + 2 * kMargin;
    };
    entry(tr("real"), false);
    entry(tr("planned"), true);
}

void TimingChart::paintAxis(QPainter &painter, const Metrics &m) const
{
    QColor grid = palette().color(QPalette::Text);
    grid.setAlphaF(0.15F);
    const double bottom = m.top + static_cast<double>(m_phases.size()) * m.rowHeight;
    const auto span = static_cast<double>((m_end - m_begin).count());
    const double labelWidth = fontMetrics().horizontalAdvance(QStringLiteral("000.0 ms"));
    const double step = niceStep(span, static_cast<int>(m.barWidth / (labelWidth * 1.4)));
    const double first = std::ceil(static_cast<double>(m_begin.count()) / step) * step;
    for (double at = first; at <= static_cast<double>(m_end.count()); at += step) {
        const double x = xOf(Duration(static_cast<Duration::rep>(at)), m);
        painter.setPen(grid);
        painter.drawLine(QPointF(x, m.top), QPointF(x, bottom));
        const QString text = tickText(at);
        const double wide = fontMetrics().horizontalAdvance(text);
        painter.setPen(roleColor(ColorRole::Muted, palette()));
        painter.drawText(QPointF(std::clamp(x - wide / 2, 2.0, width() - wide - 2.0),
                                 bottom + fontMetrics().ascent()),
                         text);
    }
}

void TimingChart::paintRow(QPainter &painter, int row, const Metrics &m) const
{
    const TimingPhase &phase = m_phases[static_cast<std::size_t>(row)];
    const QRectF area = rowRect(row);
    const QRectF real = realBar(row);
    const QColor color = colorOf(phase.kind);
    if (row == m_current) {
        QColor ground = palette().color(QPalette::Highlight);
        ground.setAlphaF(0.15F);
        painter.fillRect(area, ground);
    }
    painter.fillRect(real, color);
    // A bar that began before the left edge is torn open there.
    if (phase.start < m_begin)
        painter.fillRect(QRectF(real.left() + 4, real.top(), 3, real.height()), palette().base());
    if (const QRectF planned = plannedBar(row); !planned.isEmpty()) {
        painter.fillRect(planned, QBrush(color, Qt::BDiagPattern));
        painter.setPen(color);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(planned.adjusted(0, 0, -1, -1));
    }
    painter.setPen(palette().color(QPalette::Text));
    const double textTop = area.top() + kRowGap / 2.0;
    const QRectF name(kMargin, textTop, m.isNarrow ? m.barWidth : m.barLeft - 2 * kMargin, m.line);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, phase.name);
    const QString plan
        = phase.planned ? tr("of %1", "planned").arg(durationText(*phase.planned)) : QString();
    if (m.isNarrow) {
        const QString value
            = plan.isEmpty() ? durationText(phase.real) : durationText(phase.real) + u' ' + plan;
        painter.drawText(name, Qt::AlignRight | Qt::AlignVCenter, value);
    } else {
        const QRectF value(m.barLeft + m.barWidth + kMargin, textTop, m.valueWidth, m.line);
        painter.drawText(value, Qt::AlignRight | Qt::AlignVCenter, durationText(phase.real));
        painter.setPen(roleColor(ColorRole::Muted, palette()));
        painter.drawText(value.translated(0, m.line), Qt::AlignRight | Qt::AlignVCenter, plan);
    }
    if (row == m_current && hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area.adjusted(1, 1, -1, -1));
    }
}

// --- Keys, pointer, hints -------------------------------------------------------------------

void TimingChart::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_phases.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down:
        setCurrentPhase(std::min(m_current + 1, last));
        break;
    case Qt::Key_Up:
        setCurrentPhase(std::max(m_current - 1, 0));
        break;
    case Qt::Key_Home:
        setCurrentPhase(0);
        break;
    case Qt::Key_End:
        setCurrentPhase(last);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    event->accept();
}

void TimingChart::mousePressEvent(QMouseEvent *event)
{
    if (const int row = rowAt(event->position()); row >= 0)
        setCurrentPhase(row);
    QWidget::mousePressEvent(event);
}

void TimingChart::focusInEvent(QFocusEvent *event)
{
    if (m_current < 0 && event->reason() != Qt::MouseFocusReason)
        setCurrentPhase(0);
    QWidget::focusInEvent(event);
    update();
}

void TimingChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        updateGeometry();
        update();
    }
}

bool TimingChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = rowAt(help->pos());
        if (row < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(),
                               phaseSentence(m_phases[static_cast<std::size_t>(row)]), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace understudy::ui
