// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/traffic/traffic_page_table.h"

#include "ui/panels/traffic/traffic_page_delegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

namespace understudy::ui {

TrafficTable::TrafficTable(TrafficModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_delegate(new TrafficDelegate(this))
    , m_pill(new QToolButton(this))
{
    setObjectName(QStringLiteral("trafficView"));
    setAccessibleName(tr("Traffic"));
    setAccessibleDescription(tr("Requests that the servers answered, newest last"));
    watchModel(); // before the view connects, so that its own moves can be told from the user's
    setModel(model);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(EditKeyPressed | DoubleClicked);
    setWordWrap(false);
    setShowGrid(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setUpColumns();
    updateRowHeight();

    m_pill->setObjectName(QStringLiteral("newRowsPill"));
    m_pill->setAccessibleName(tr("Go to the new rows"));
    m_pill->setFocusPolicy(Qt::TabFocus);
    m_pill->setAutoRaise(false);
    m_pill->hide();
    connect(m_pill, &QToolButton::clicked, this, [this] { setFollowing(true); });

    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { rowsAdded(last - first + 1); });
    connect(
        model, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int first, int last) { rowsGone(first, last - first + 1); });
    connect(model, &QAbstractItemModel::modelReset, this, &TrafficTable::wasReset);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TrafficTable::scrolled);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (m_adjusting == 0 && current.isValid()) {
                    m_currentSequence = m_model->sequenceAt(current.row());
                    setFollowing(false);
                }
                if (m_adjusting == 0)
                    Q_EMIT currentRowChanged(current.isValid() ? current.row() : -1);
            });
}

void TrafficTable::watchModel()
{
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { ++m_adjusting; });
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { ++m_adjusting; });
}

void TrafficTable::updateRowHeight()
{
    constexpr int kSmallestTarget = 24; // ux.md section 13
    const int height = std::max(kSmallestTarget, fontMetrics().height() + 8);
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
}

void TrafficTable::setFollowing(bool following)
{
    if (following) {
        toBottom();
        m_newRows = 0;
    }
    const bool changed = m_following != following;
    m_following = following;
    updatePill();
    if (changed)
        Q_EMIT followingChanged(following);
}

void TrafficTable::toBottom()
{
    ++m_adjusting;
    scrollToBottom();
    --m_adjusting;
}

void TrafficTable::goToRow(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    setFollowing(false);
    const int column = std::max(0, horizontalHeader()->logicalIndexAt(0));
    const int offset = horizontalScrollBar()->value();
    setCurrentIndex(m_model->index(row, column));
    horizontalScrollBar()->setValue(offset);
}

void TrafficTable::rowsAdded(int count)
{
    fitNumbers();
    if (m_following) {
        toBottom();
        return;
    }
    m_newRows += count;
    updatePill();
}

void TrafficTable::rowsGone(int first, int count)
{
    // What is in view stays where it is when rows above it go.
    const int above = std::clamp(m_scrollValue - first, 0, count);
    executeDelayedItemsLayout();
    if (m_following)
        scrollToBottom();
    else if (above > 0)
        verticalScrollBar()->setValue(m_scrollValue - above);
    m_scrollValue = verticalScrollBar()->value();
    restoreCurrent();
    --m_adjusting;
    updatePill();
}

void TrafficTable::wasReset()
{
    fitNumbers();
    restoreCurrent();
    if (m_following)
        scrollToBottom();
    else if (currentIndex().isValid())
        scrollTo(currentIndex());
    m_scrollValue = verticalScrollBar()->value();
    --m_adjusting;
    m_newRows = std::min<qsizetype>(m_newRows, m_model->rowCount());
    updatePill();
}

void TrafficTable::restoreCurrent()
{
    const int row = m_currentSequence ? m_model->rowOf(m_currentSequence) : -1;
    if (row == currentRow())
        return;
    if (row < 0)
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    else
        selectionModel()->setCurrentIndex(m_model->index(row, 0),
                                          QItemSelectionModel::ClearAndSelect
                                              | QItemSelectionModel::Rows);
}

void TrafficTable::scrolled(int value)
{
    const bool isUp = value < m_scrollValue && value < verticalScrollBar()->maximum();
    if (m_adjusting == 0) {
        m_scrollValue = value;
        if (isUp && m_following)
            setFollowing(false);
    } else if (m_following) {
        m_scrollValue = value;
    }
    updatePill();
}

void TrafficTable::updatePill()
{
    const int bottom = rowAt(viewport()->height() - 1);
    const qsizetype below = bottom < 0 ? 0 : m_model->rowCount() - 1 - bottom;
    const qsizetype count = m_following || !m_countsNew ? 0 : std::min(m_newRows, below);
    m_pill->setProperty("count", static_cast<int>(count));
    m_pill->setVisible(count > 0);
    if (count == 0)
        return;
    m_pill->setText(tr("↓ %1 new").arg(QLocale().toString(count)));
    m_pill->adjustSize();
    const QRect area = viewport()->geometry();
    m_pill->move(area.center().x() - m_pill->width() / 2, area.bottom() - m_pill->height() - 6);
    m_pill->raise();
}

void TrafficTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_End && event->modifiers() == Qt::NoModifier) {
        setFollowing(true);
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Home && event->modifiers() == Qt::NoModifier) {
        goToRow(0);
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void TrafficTable::focusInEvent(QFocusEvent *event)
{
    // Qt would make the first row the current one: nobody asked for its details.
    const bool hadCurrent = currentIndex().isValid();
    ++m_adjusting;
    QTableView::focusInEvent(event);
    if (!hadCurrent)
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    --m_adjusting;
}

void TrafficTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateRowHeight();
}

void TrafficTable::resizeEvent(QResizeEvent *event)
{
    ++m_adjusting;
    QTableView::resizeEvent(event);
    fitColumns();
    const QRect current = visualRect(currentIndex());
    const int before = event->oldSize().height();
    if (m_following)
        scrollToBottom();
    else if (current.isValid() && current.top() < before && current.bottom() > viewport()->height())
        scrollTo(currentIndex()); // it was in view before
    m_scrollValue = verticalScrollBar()->value();
    --m_adjusting;
    updatePill();
}

void TrafficTable::cycleSort(int section)
{
    QHeaderView *header = horizontalHeader();
    const auto column = static_cast<TrafficColumn>(section);
    const bool isSame = m_sortSection == section;
    if (isSame && m_sortOrder == Qt::DescendingOrder) {
        m_sortSection = -1;
        header->setSortIndicatorShown(false);
        m_model->clearSort();
        return;
    }
    m_sortOrder = isSame ? Qt::DescendingOrder : Qt::AscendingOrder;
    m_sortSection = section;
    header->setSortIndicatorShown(true);
    header->setSortIndicator(section, m_sortOrder);
    m_model->sortBy(column, m_sortOrder);
}

void TrafficTable::clearSort()
{
    m_sortSection = -1;
    horizontalHeader()->setSortIndicatorShown(false);
    m_model->clearSort();
}

} // namespace understudy::ui
