// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/timing_phases.h"

#include <QScrollArea>

class QLabel;
class QTableWidget;

namespace understudy::ui {

class TimingChart;

/// The Timing tab of the exchange pane: the waterfall, and the same numbers as a table. Both have
/// one current row.
class TimingTab : public QScrollArea
{
    Q_OBJECT

public:
    explicit TimingTab(QWidget *parent = nullptr);

    void setExchange(const Exchange &exchange);

private:
    void fillTable(const std::vector<TimingPhase> &phases, const Timings &timings);

    TimingChart *m_chart;
    QTableWidget *m_table;
    QLabel *m_note;
};

} // namespace understudy::ui
