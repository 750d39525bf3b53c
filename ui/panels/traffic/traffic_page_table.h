// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/traffic_model.h"

#include <QTableView>

#include <array>

class QToolButton;

namespace understudy::ui {

class TrafficDelegate;

/// The table of the traffic page: rows of one height, columns that move, follow mode, and the pill
/// that counts what arrived below (ux.md sections 3.7 and 11).
class TrafficTable : public QTableView
{
    Q_OBJECT

public:
    explicit TrafficTable(TrafficModel *model, QWidget *parent = nullptr);

    TrafficModel *traffic() const { return m_model; }
    TrafficDelegate *delegate() const { return m_delegate; }

    /// Keeps the newest row visible. Scrolling up or selecting a row turns it off.
    void setFollowing(bool following);
    bool isFollowing() const { return m_following; }
    /// Whether it counts what arrived below.
    void setCountsNew(bool counts) { m_countsNew = counts; }

    /// The row that has the focus, or -1.
    int currentRow() const { return currentIndex().isValid() ? currentIndex().row() : -1; }
    /// Selects a row and brings it into view.
    void goToRow(int row);

    /// Path and Query take the width that the other columns leave, until the user sizes one of
    /// them.
    void setFitting(bool fitting);
    bool isFitting() const { return m_fitting; }
    /// The columns as the user has them, whatever had to give way for now.
    QByteArray saveColumns();
    void restoreColumns(const QByteArray &state, bool fitting);

    /// Qt would ask every row for its text.
    void keyboardSearch(const QString &) override {}

Q_SIGNALS:
    void followingChanged(bool following);
    void currentRowChanged(int row);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void watchModel();
    void setUpColumns();
    void fitColumns();
    void fitNumbers();
    int widthOf(TrafficColumn column, int characters) const;
    int leastWidth(TrafficColumn column) const;
    void updateRowHeight();
    void toBottom();
    void rowsAdded(int count);
    void rowsGone(int first, int count);
    void wasReset();
    void restoreCurrent();
    void scrolled(int value);
    void updatePill();
    void showHeaderMenu(const QPoint &at);
    void cycleSort(int section);
    void clearSort();
    void resetColumns();

    TrafficModel *m_model;
    TrafficDelegate *m_delegate;
    QToolButton *m_pill;
    qsizetype m_newRows = 0; ///< since follow mode was left
    quint64 m_currentSequence = 0;
    int m_scrollValue = 0;
    int m_sortSection = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    int m_adjusting = 0; ///< the table moves itself; not the user
    bool m_following = true;
    bool m_countsNew = true;
    bool m_fitting = true;
    int m_digits = 1;                            ///< of the largest number so far
    std::array<int, kTrafficColumns> m_wanted{}; ///< widths where there is room
    bool m_adjustingColumns = false;             ///< the table sizes its columns; not the user
};

} // namespace understudy::ui
