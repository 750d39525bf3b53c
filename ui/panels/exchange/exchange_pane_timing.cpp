// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/exchange/exchange_pane_timing.h"

#include "ui/charts/timing_chart.h"
#include "ui/models/traffic_cells.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

constexpr int kTableCharacters = 64;

enum Column { Phase, Planned, Real, Start };

QTableWidgetItem *cell(const QString &text, bool isNumber)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
    if (isNumber)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

/// "−3.0 ms" for what came before the request.
QString startText(Duration start)
{
    return start.count() < 0 ? QStringLiteral("−") + durationText(-start) : durationText(start);
}

QTableWidget *makeTable(QWidget *parent)
{
    auto *table = new QTableWidget(0, 4, parent);
    table->setObjectName(QStringLiteral("timingTable"));
    table->setAccessibleName(TimingTab::tr("Timing"));
    table->setHorizontalHeaderLabels({TimingTab::tr("Phase"), TimingTab::tr("Planned"),
                                      TimingTab::tr("Real"), TimingTab::tr("Start")});
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(Phase, QHeaderView::Stretch);
    table->horizontalHeaderItem(Phase)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const Column column : {Planned, Real, Start})
        table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->setWordWrap(false);
    // Numbers stay near the names they belong to, however wide the pane is.
    table->setMaximumWidth(table->fontMetrics().averageCharWidth() * kTableCharacters);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return table;
}

} // namespace

TimingTab::TimingTab(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("timingTab"));
    setAccessibleName(tr("Timing"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    m_chart = new TimingChart(page);
    m_chart->setObjectName(QStringLiteral("timingChart"));
    m_table = makeTable(page);
    m_note = new QLabel(page);
    m_note->setObjectName(QStringLiteral("timingNote"));
    m_note->setWordWrap(true);
    m_note->setContentsMargins(8, 0, 8, 4);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_chart);
    layout->addWidget(m_table);
    layout->addWidget(m_note);
    layout->addStretch(1);
    setWidget(page);
    connect(m_chart, &TimingChart::currentPhaseChanged, this, [this](int row) {
        if (row < 0)
            return;
        m_table->setCurrentCell(row, Phase);
        const QRect area = m_chart->rowRect(row).toAlignedRect();
        ensureVisible(m_chart->x() + area.center().x(), m_chart->y() + area.center().y(), 0,
                      area.height());
    });
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        // The last row is the sum, which has no bar.
        if (row >= 0 && row < static_cast<int>(m_chart->phases().size()))
            m_chart->setCurrentPhase(row);
    });
}

void TimingTab::setExchange(const Exchange &exchange)
{
    const auto phases = timingPhases(exchange);
    fillTable(phases, exchange.timings);
    m_chart->setPhases(phases);
    m_note->setText(exchange.timings.acceptedBefore
                        ? tr("Times count from the first byte of the request.")
                        : tr("Times count from the first byte of the request. The connection was "
                             "open already."));
    m_note->setVisible(exchange.match != MatchKind::NoRequest);
}

void TimingTab::fillTable(const std::vector<TimingPhase> &phases, const Timings &timings)
{
    const QSignalBlocker blocker(m_table);
    m_table->clearContents();
    m_table->setRowCount(static_cast<int>(phases.size()) + 1);
    const auto fill = [this](int row, const TimingPhase &phase) {
        m_table->setItem(row, Phase, cell(phase.name, false));
        m_table->setItem(row, Planned,
                         cell(phase.planned ? durationText(*phase.planned) : QString(), true));
        m_table->setItem(row, Real, cell(durationText(phase.real), true));
        m_table->setItem(row, Start, cell(startText(phase.start), true));
    };
    int row = 0;
    for (const TimingPhase &phase : phases)
        fill(row++, phase);
    const Duration planned = timings.plannedLatency + timings.plannedTransfer;
    fill(row, {TimingKind::Request,
               tr("Whole exchange"),
               {},
               timings.complete,
               planned.count() > 0 ? std::optional(planned) : std::nullopt,
               {}});
    m_table->setCurrentCell(-1, -1);
    const int rowHeight = m_table->fontMetrics().height() + 6;
    m_table->verticalHeader()->setMinimumSectionSize(rowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + 2
                            + rowHeight * m_table->rowCount());
}

} // namespace understudy::ui
