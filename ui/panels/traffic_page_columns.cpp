// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of the traffic table: how wide they are, and who gives way where it is narrow.
#include "ui/panels/traffic_page_table.h"

#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>

#include <algorithm>
#include <array>

namespace understudy::ui {

namespace {

struct ColumnSetup
{
    TrafficColumn column;
    int characters; ///< width to begin with; of a column that takes the free width, the least
    int least;      ///< what it keeps where the table is narrow
    bool isHidden;
    bool isFree = false; ///< takes a share of the width that the others leave
};

constexpr ColumnSetup kSetup[]{
    {TrafficColumn::Number, 7, 3, false},        {TrafficColumn::Time, 14, 12, false},
    {TrafficColumn::Delta, 10, 10, true},        {TrafficColumn::Server, 12, 2, false},
    {TrafficColumn::Method, 7, 5, false},        {TrafficColumn::Path, 16, 12, false, true},
    {TrafficColumn::Query, 8, 2, false, true},   {TrafficColumn::Status, 8, 6, false},
    {TrafficColumn::Match, 26, 12, false},       {TrafficColumn::Latency, 10, 10, true},
    {TrafficColumn::Duration, 8, 7, false},      {TrafficColumn::RequestSize, 11, 11, true},
    {TrafficColumn::ResponseSize, 11, 11, true}, {TrafficColumn::Client, 18, 18, true},
    {TrafficColumn::Mark, 6, 6, true},           {TrafficColumn::Note, 20, 20, true}};

/// Who gives way first where the table is narrow: what a request was answered with stays in view.
constexpr TrafficColumn kGiveWay[]{
    TrafficColumn::Server, TrafficColumn::Query,    TrafficColumn::Number,
    TrafficColumn::Match,  TrafficColumn::Path,     TrafficColumn::Status,
    TrafficColumn::Method, TrafficColumn::Duration, TrafficColumn::Time};

const ColumnSetup &setupOf(TrafficColumn column)
{
    return *std::find_if(std::begin(kSetup), std::end(kSetup),
                         [column](const ColumnSetup &setup) { return setup.column == column; });
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
        if (setupOf(static_cast<TrafficColumn>(column)).isFree)
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
        for (const ColumnSetup &setup : kSetup) {
            const int column = static_cast<int>(setup.column);
            if (!setup.isFree && !isColumnHidden(column))
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
    const int least = setupOf(column).least;
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
    for (const ColumnSetup &setup : kSetup) {
        const auto column = static_cast<std::size_t>(setup.column);
        if (isColumnHidden(static_cast<int>(column)))
            continue;
        widths[column] = setup.isFree ? widthOf(setup.column, setup.characters) : m_wanted[column];
        free -= widths[column];
        if (setup.isFree)
            shared += widths[column];
    }
    for (const int parts : {2, 1}) { // half of what they can spare first, each of them
        for (const TrafficColumn column : kGiveWay) {
            int &width = widths[static_cast<std::size_t>(column)];
            if (free >= 0 || width == 0)
                continue;
            const int spare = std::max(0, width - leastWidth(column)) / parts;
            const int given = std::min(spare, -free);
            width -= given;
            free += given;
        }
    }
    for (const ColumnSetup &setup : kSetup) {
        const auto column = static_cast<std::size_t>(setup.column);
        if (widths[column] == 0)
            continue;
        if (setup.isFree && free > 0) {
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
        const QString title = TrafficModel::columnTitle(static_cast<TrafficColumn>(section));
        menu.addAction(tr("Sort by %1").arg(title), this, [this, section] { cycleSort(section); });
    }
    menu.addAction(tr("Clear sort"), this, &TrafficTable::clearSort)
        ->setEnabled(m_model->isSnapshot());
    menu.addAction(tr("Reset columns"), this, &TrafficTable::resetColumns);
    menu.addSeparator();
    for (int column = 0; column < kTrafficColumns; ++column) {
        QAction *action
            = menu.addAction(TrafficModel::columnTitle(static_cast<TrafficColumn>(column)));
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
    for (const ColumnSetup &setup : kSetup) {
        const int column = static_cast<int>(setup.column);
        const int width
            = std::max(widthOf(setup.column, setup.characters), leastWidth(setup.column));
        m_wanted[static_cast<std::size_t>(column)] = width;
        setColumnHidden(column, setup.isHidden);
        setColumnWidth(column, width);
    }
    setFitting(true);
}

} // namespace understudy::ui
