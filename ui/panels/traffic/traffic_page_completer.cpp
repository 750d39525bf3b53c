// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/traffic/traffic_page_completer.h"

#include "ui/models/traffic_model.h"
#include "ui/models/traffic_suggestions.h"

#include <QAbstractItemView>
#include <QAbstractProxyModel>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTimer>

namespace understudy::ui {

namespace {

constexpr std::size_t kRowsCounted = 2000; // a few milliseconds with each key
constexpr int kInsertRole = Qt::UserRole + 1;

} // namespace

FilterCompleter::FilterCompleter(QLineEdit *edit, const Journal &journal, const TrafficModel &model)
    : QObject(edit)
    , m_edit(edit)
    , m_journal(journal)
    , m_model(model)
    , m_lines(new QStandardItemModel(this))
    , m_completer(new QCompleter(m_lines, this))
{
    m_completer->setWidget(edit);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("filterCompletions"));
    m_completer->popup()->setAccessibleName(tr("What the filter could go on with"));
    connect(edit, &QLineEdit::textEdited, this, [this] { suggest(false); });
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            &FilterCompleter::insert);
    edit->installEventFilter(this);
}

void FilterCompleter::suggest(bool isAsked)
{
    const FilterSuggestions found
        = filterSuggestions(m_edit->text(), m_edit->cursorPosition(),
                            newestEntries(m_journal, kRowsCounted), m_model.annotations());
    m_from = found.from;
    const bool isEmptyWord = m_from == m_edit->cursorPosition()
                             && (m_from == 0 || m_edit->text().at(m_from - 1) != u':');
    m_lines->clear();
    // A list under an empty box would be in the way of everybody who has not begun to write.
    if (found.lines.isEmpty() || !m_edit->hasFocus() || (isEmptyWord && !isAsked)) {
        m_completer->popup()->hide();
        return;
    }
    for (const FilterSuggestion &line : found.lines) {
        auto *item = new QStandardItem(
            line.hint.isEmpty() ? line.insert
                                : tr("%1   %2", "suggestion, hint").arg(line.insert, line.hint));
        item->setData(line.insert, kInsertRole);
        m_lines->appendRow(item);
    }
    QAbstractItemView *popup = m_completer->popup();
    const int width = popup->sizeHintForColumn(0) + popup->verticalScrollBar()->sizeHint().width();
    m_completer->complete({m_edit->inputMethodQuery(Qt::ImCursorRectangle).toRect().left(), 0,
                           std::max(width, m_edit->fontMetrics().averageCharWidth() * 30),
                           m_edit->height()});
}

void FilterCompleter::insert(const QModelIndex &index)
{
    const QString value = index.data(kInsertRole).toString();
    const QString text = m_edit->text();
    const auto cursor = static_cast<qsizetype>(m_edit->cursorPosition());
    m_edit->setText(text.left(m_from) + value + text.mid(cursor));
    m_edit->setCursorPosition(static_cast<int>(m_from + value.size()));
    // Behind a key its values are what comes next; the list has to close before it opens again.
    if (value.endsWith(u':'))
        QTimer::singleShot(0, this, [this] { suggest(true); });
}

bool FilterCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isSpace = key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier;
        const bool isDown = key->key() == Qt::Key_Down && key->modifiers() == Qt::NoModifier;
        if ((isSpace || isDown) && !m_completer->popup()->isVisible()) {
            suggest(true);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace understudy::ui
