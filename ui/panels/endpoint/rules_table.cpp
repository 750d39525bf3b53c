// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/rules_table.h"

#include "ui/models/rules_model.h"

#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

#include <algorithm>

namespace understudy::ui {

namespace {

/// A combo box in a cell. It closes once something was chosen from its list; arrow keys change it
/// without that.
class CellCombo : public QComboBox
{
public:
    using QComboBox::QComboBox;

    void showPopup() override
    {
        wasOpened = true;
        QComboBox::showPopup();
    }

    bool wasOpened = false;
};

/// Combo boxes for target, operator and group; line edits for the rest.
class RuleDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    bool opensList = false; ///< the next combo box shows its list at once

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        const QStringList words = index.data(RulesModel::WordsRole).toStringList();
        const QString title = index.model()->headerData(index.column(), Qt::Horizontal).toString();
        if (words.isEmpty()) {
            QWidget *line = QStyledItemDelegate::createEditor(parent, option, index);
            line->setAccessibleName(title);
            return line;
        }
        auto *combo = new CellCombo(parent);
        combo->setAccessibleName(title);
        combo->addItems(words);
        auto *self = const_cast<RuleDelegate *>(this);
        connect(combo, &QComboBox::activated, self, [self, combo] {
            Q_EMIT self->commitData(combo);
            if (combo->wasOpened)
                Q_EMIT self->closeEditor(combo);
        });
        if (opensList)
            QMetaObject::invokeMethod(combo, &CellCombo::showPopup, Qt::QueuedConnection);
        return combo;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        if (auto *combo = qobject_cast<QComboBox *>(editor))
            combo->setCurrentText(index.data(Qt::EditRole).toString());
        else
            QStyledItemDelegate::setEditorData(editor, index);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        if (auto *combo = qobject_cast<QComboBox *>(editor))
            model->setData(index, combo->currentText(), Qt::EditRole);
        else
            QStyledItemDelegate::setModelData(editor, model, index);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(option.fontMetrics.height() + 11);
        return size;
    }
};

struct ColumnWidth
{
    int column;
    int characters;
    int least; ///< in a narrow window
};

/// Of options and results, where they are there.
constexpr int kLeastOfLast = 10;
constexpr int kWantedOfLast = 20;

/// The last one takes what is left.
constexpr ColumnWidth kWidths[]{{RulesModel::TargetColumn, 18, 10},
                                {RulesModel::NameColumn, 16, 7},
                                {RulesModel::NotColumn, 8, 7},
                                {RulesModel::OperatorColumn, 24, 9},
                                {RulesModel::ValueColumn, 20, 8}};

bool isReachable(const QModelIndex &index)
{
    return index.flags() & (Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
}

} // namespace

RulesTable::RulesTable(QWidget *parent)
    : QTreeView(parent)
{
    setItemDelegate(new RuleDelegate(this));
    setAlternatingRowColors(true);
    setSelectionBehavior(SelectItems); // the arrow keys go from cell to cell
    setEditTriggers(DoubleClicked | SelectedClicked | EditKeyPressed | AnyKeyPressed);
    setRootIsDecorated(true);
    setAllColumnsShowFocus(false);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(fontMetrics().horizontalAdvance('x') * 4);
    connect(header(), &QHeaderView::sectionResized, this, [this](int column) {
        // A width that the user chose stays.
        if (!m_isFitting && column < RulesModel::ValueColumn && isVisible())
            m_isSized = true;
    });
}

bool RulesTable::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    // By keyboard the list of words waits for Alt+Down or F4: Tab has to go on.
    static_cast<RuleDelegate *>(itemDelegate())->opensList
        = trigger == DoubleClicked || trigger == SelectedClicked;
    return QTreeView::edit(index, trigger, event);
}

QModelIndex RulesTable::neighbour(const QModelIndex &from, int step) const
{
    QModelIndex row = from.siblingAtColumn(0);
    int column = from.column() + step;
    while (row.isValid()) {
        for (; column >= 0 && column < RulesModel::ColumnCount; column += step) {
            const QModelIndex cell = row.siblingAtColumn(column);
            if (!isColumnHidden(column) && isReachable(cell))
                return cell;
        }
        row = step > 0 ? indexBelow(row) : indexAbove(row);
        column = step > 0 ? 0 : RulesModel::ColumnCount - 1;
    }
    return {};
}

QModelIndex RulesTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    // Out of an open cell; QTreeView would stay in the column, and in its only row reopen the cell.
    if ((action == MoveNext || action == MovePrevious) && currentIndex().isValid())
        return neighbour(currentIndex(), action == MoveNext ? 1 : -1);
    return QTreeView::moveCursor(action, modifiers);
}

void RulesTable::fitColumns()
{
    if (m_isSized)
        return;
    const QScopedValueRollback fitting(m_isFitting, true);
    const int unit = fontMetrics().horizontalAdvance('x');
    int room = viewport()->width();
    int wanted = 0; // beyond the least
    for (const int column : {RulesModel::OptionsColumn, RulesModel::ResultColumn}) {
        if (!isColumnHidden(column)) {
            room -= unit * kLeastOfLast;
            wanted += unit * (kWantedOfLast - kLeastOfLast);
        }
    }
    for (const auto &[column, characters, least] : kWidths) {
        room -= unit * least;
        wanted += unit * (characters - least);
    }
    const double share = std::clamp(static_cast<double>(room) / wanted, 0.0, 1.0);
    setColumnWidth(RulesModel::ResultColumn, unit); // the last one: it is stretched
    setColumnWidth(RulesModel::OptionsColumn,
                   unit * kLeastOfLast
                       + static_cast<int>(unit * (kWantedOfLast - kLeastOfLast) * share));
    for (const auto &[column, characters, least] : kWidths)
        setColumnWidth(column,
                       unit * least + static_cast<int>(unit * (characters - least) * share));
}

void RulesTable::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

void RulesTable::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    QTreeView::closeEditor(editor, hint);
    m_isEditing = (hint == QAbstractItemDelegate::EditNextItem
                   || hint == QAbstractItemDelegate::EditPreviousItem)
                  && currentIndex().column() == RulesModel::NotColumn;
}

bool RulesTable::focusNextPrevChild(bool next)
{
    const bool goesOn = std::exchange(m_isEditing, false);
    const QModelIndex to
        = currentIndex().isValid() ? neighbour(currentIndex(), next ? 1 : -1) : QModelIndex();
    if (!to.isValid())
        return QTreeView::focusNextPrevChild(next);
    setCurrentIndex(to);
    if (goesOn && to.flags().testFlag(Qt::ItemIsEditable))
        edit(to);
    return true;
}

} // namespace understudy::ui
