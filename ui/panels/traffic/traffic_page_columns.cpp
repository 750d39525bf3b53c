// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of the traffic table: how wide they are, and who gives way where it is narrow.
#include "ui/panels/traffic/traffic_page_table.h"

#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>

#include <algorithm>
#include <array>
#include <vector>

namespace understudy::ui {

namespace {

/// Those that give way where the table is narrow, in their order: what a request was answered with
/// stays in view.
std::vector<TrafficColumn> givingWay()
{
    std::vector<const TrafficColumnSpec *> specs;
    for (const TrafficColumnSpec &spec : trafficColumns()) {
        if (spec.givesWay >= 0)
            specs.push_back(&spec);
    }
    std::sort(specs.begin(), specs.end(),
              [](const auto *a, const auto *b) { return a->givesWay < b->givesWay; });
    std::vector<TrafficColumn> columns;
    columns.reserve(specs.size());
    for (const TrafficColumnSpec *spec : specs)
        columns.push_back(spec->column);
    return columns;
}

} // namespace

void TrafficTable::setUpColumns()
{
    QHeaderView *header = horizontalHeader();
    header->setObjectName(QStringLiteral("trafficHeader"));
    header->setAccessibleName(tr("Columns of the traffic table"));
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(fontMetrics().averageCharWidth() * 4);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    resetColumns();
    connect(header, &QWidget::customContextMenuRequested, this, &TrafficTable::showHeaderMenu);
    connect(header, &QHeaderView::sectionClicked, this, &TrafficTable::cycleSort);
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        // A width that the user chose stays.
        if (m_adjustingColumns || width <= 0)
            return;
        m_wanted[static_cast<std::size_t>(column)] = width;
        if (trafficColumn(static_cast<TrafficColumn>(column)).isFree)
            m_fitting = false;
    });
}

void TrafficTable::setFitting(bool fitting)
{
    m_fitting = fitting;
    fitColumns();
}

QByteArray TrafficTable::saveColumns()
{
    {
        // As the user has them where there is room.
        const QScopedValueRollback adjusting(m_adjustingColumns, true);
        for (const TrafficColumnSpec &spec : trafficColumns()) {
            const int column = static_cast<int>(spec.column);
            if (!spec.isFree && !isColumnHidden(column))
                setColumnWidth(column, m_wanted[static_cast<std::size_t>(column)]);
        }
    }
    QByteArray state = horizontalHeader()->saveState();
    fitColumns();
    return state;
}

void TrafficTable::restoreColumns(const QByteArray &state, bool fitting)
{
    {
        const QScopedValueRollback adjusting(m_adjustingColumns, true);
        horizontalHeader()->restoreState(state);
        // A sort order of yesterday would freeze the list of today.
        horizontalHeader()->setSortIndicatorShown(false);
    }
    for (int column = 0; column < kTrafficColumns; ++column) {
        if (const int width = columnWidth(column); width > 0)
            m_wanted[static_cast<std::size_t>(column)] = width;
    }
    auto &number = m_wanted[static_cast<std::size_t>(TrafficColumn::Number)];
    number = std::max(number, leastWidth(TrafficColumn::Number));
    setFitting(fitting);
}

int TrafficTable::widthOf(TrafficColumn column, int characters) const
{
    const int unit = fontMetrics().averageCharWidth();
    if (column == TrafficColumn::Number) // digits are wider than the average
        return fontMetrics().horizontalAdvance(QString(characters, u'0')) + unit * 2;
    return unit * (characters + 2);
}

int TrafficTable::leastWidth(TrafficColumn column) const
{
    const int least = trafficColumn(column).least;
    return widthOf(column, column == TrafficColumn::Number ? std::max(least, m_digits) : least);
}

void TrafficTable::fitNumbers()
{
    const int rows = m_model->rowCount();
    const auto digits
        = rows > 0 ? static_cast<int>(QString::number(m_model->sequenceAt(rows - 1)).size()) : 1;
    if (digits <= m_digits)
        return;
    m_digits = digits;
    constexpr int kNumber = static_cast<int>(TrafficColumn::Number);
    int &wanted = m_wanted[static_cast<std::size_t>(kNumber)];
    wanted = std::max(wanted, leastWidth(TrafficColumn::Number));
    const QScopedValueRollback adjusting(m_adjustingColumns, true);
    if (!isColumnHidden(kNumber))
        setColumnWidth(kNumber, wanted);
    fitColumns();
}

void TrafficTable::fitColumns()
{
    if (!m_fitting)
        return;
    const QScopedValueRollback adjusting(m_adjustingColumns, true);
    std::array<int, kTrafficColumns> widths{};
    int free = viewport()->width();
    int shared = 0; // the least of those that share what is free
    for (const TrafficColumnSpec &spec : trafficColumns()) {
        const auto column = static_cast<std::size_t>(spec.column);
        if (isColumnHidden(static_cast<int>(column)))
            continue;
        widths[column] = spec.isFree ? widthOf(spec.column, spec.width) : m_wanted[column];
        free -= widths[column];
        if (spec.isFree)
            shared += widths[column];
    }
    static const std::vector<TrafficColumn> giving = givingWay();
    for (const int parts : {2, 1}) { // half of what they can spare first, each of them
        for (const TrafficColumn column : giving) {
            int &width = widths[static_cast<std::size_t>(column)];
            if (free >= 0 || width == 0)
                continue;
            const int spare = std::max(0, width - leastWidth(column)) / parts;
            const int given = std::min(spare, -free);
            width -= given;
            free += given;
        }
    }
    for (const TrafficColumnSpec &spec : trafficColumns()) {
        const auto column = static_cast<std::size_t>(spec.column);
        if (widths[column] == 0)
            continue;
        if (spec.isFree && free > 0) {
            const int share = free * widths[column] / shared;
            shared -= widths[column];
            free -= share;
            widths[column] += share;
        }
        setColumnWidth(static_cast<int>(column), widths[column]);
    }
}

void TrafficTable::showHeaderMenu(const QPoint &at)
{
    QHeaderView *header = horizontalHeader();
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("trafficHeaderMenu"));
    const int section = header->logicalIndexAt(at);
    if (section >= 0) {
        const QString title = trafficColumnTitle(static_cast<TrafficColumn>(section));
        menu.addAction(tr("Sort by %1").arg(title), this, [this, section] { cycleSort(section); });
    }
    menu.addAction(tr("Clear sort"), this, &TrafficTable::clearSort)
        ->setEnabled(m_model->isSnapshot());
    menu.addAction(tr("Reset columns"), this, &TrafficTable::resetColumns);
    menu.addSeparator();
    for (int column = 0; column < kTrafficColumns; ++column) {
        QAction *action = menu.addAction(trafficColumnTitle(static_cast<TrafficColumn>(column)));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        // The last column cannot be hidden: nothing would be left to click on.
        action->setEnabled(isColumnHidden(column)
                           || header->count() - header->hiddenSectionCount() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            fitColumns();
        });
    }
    menu.exec(header->mapToGlobal(at));
}

void TrafficTable::resetColumns()
{
    const QScopedValueRollback adjusting(m_adjustingColumns, true);
    QHeaderView *header = horizontalHeader();
    for (int logical = 0; logical < header->count(); ++logical)
        header->moveSection(header->visualIndex(logical), logical);
    for (const TrafficColumnSpec &spec : trafficColumns()) {
        const int column = static_cast<int>(spec.column);
        const int width = std::max(widthOf(spec.column, spec.width), leastWidth(spec.column));
        m_wanted[static_cast<std::size_t>(column)] = width;
        setColumnHidden(column, spec.isHidden);
        setColumnWidth(column, width);
    }
    setFitting(true);
}

} // namespace understudy::ui
