// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/pending_field.h"

#include <QAbstractItemDelegate>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QScopedValueRollback>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace understudy::ui {

namespace {

/// With what the log takes it is less than 200 ms.
constexpr int kHandOverMs = 100;

/// The view in whose cell `widget` is the editor, or a part of it, and that editor.
std::pair<QAbstractItemView *, QWidget *> cellOf(QWidget *widget)
{
    for (QWidget *at = widget; at && at->parentWidget(); at = at->parentWidget()) {
        auto *view = qobject_cast<QAbstractItemView *>(at->parentWidget()->parentWidget());
        if (view && view->viewport() == at->parentWidget())
            return {view, at};
    }
    return {};
}

/// Hands over the editor of a view that `widget` is, or is a part of.
bool commitCell(QWidget *widget)
{
    const auto [view, editor] = cellOf(widget);
    if (!view)
        return false;
    if (QAbstractItemDelegate *delegate = view->itemDelegate())
        Q_EMIT delegate->commitData(editor);
    return true;
}

QLineEdit *lineEditOf(QWidget *field)
{
    if (const auto *combo = qobject_cast<QComboBox *>(field))
        return combo->lineEdit();
    if (qobject_cast<QAbstractSpinBox *>(field))
        return field->findChild<QLineEdit *>();
    return qobject_cast<QLineEdit *>(field);
}

} // namespace

PendingField::PendingField(const QList<QWidget *> &pages, QObject *parent)
    : QObject(parent)
    , m_pages(pages.cbegin(), pages.cend())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kHandOverMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &PendingField::commitTyped);
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { follow(now); });
    // Before the delegate of a cell, which would close it.
    qApp->installEventFilter(this);
}

void PendingField::commit(QWidget *focus)
{
    if (!focus || commitCell(focus))
        return;
    if (auto *spin = qobject_cast<QAbstractSpinBox *>(focus)) {
        spin->interpretText();
        Q_EMIT spin->editingFinished();
    } else if (QLineEdit *edit = lineEditOf(focus)) {
        Q_EMIT edit->editingFinished();
    }
}

void PendingField::follow(QWidget *now)
{
    // The menu bar, and another program, take the focus for a moment: the field is still the one
    // that is edited.
    if (now == m_field || !now || qobject_cast<QMenuBar *>(now))
        return;
    m_timer.stop();
    m_listening.reset(); // the field may be half gone already, so it is not asked for anything
    m_field = nullptr;
    m_edit = nullptr;
    if (std::none_of(m_pages.cbegin(), m_pages.cend(), [now](const QPointer<QWidget> &page) {
            return page && page->isAncestorOf(now);
        }))
        return;
    const auto *words = qobject_cast<QComboBox *>(now);
    if (QLineEdit *edit = lineEditOf(now)) {
        if (edit->property(kIsNoValue).toBool())
            return;
        followText(now, edit);
    } else if (words && cellOf(now).first) {
        m_before = words->currentText();
    } else {
        return;
    }
    m_field = now;
}

void PendingField::followText(QWidget *field, QLineEdit *edit)
{
    m_edit = edit;
    m_isEdited = false;
    m_listening = std::make_unique<QObject>();
    const auto value = [this, spin = qobject_cast<QAbstractSpinBox *>(field)] {
        return spin ? spin->property("value") : QVariant(m_edit->text());
    };
    m_before = value();
    const bool handsOver = !edit->property(kSavesAsTyped).toBool();
    connect(edit, &QLineEdit::textEdited, m_listening.get(), [this, handsOver] {
        m_isEdited = true;
        if (handsOver && !m_isBusy && !m_timer.isActive())
            m_timer.start();
    });
    // A value that comes from elsewhere is what the next edit starts from. The arrow keys of a spin
    // box are an edit.
    if (!qobject_cast<QAbstractSpinBox *>(field))
        connect(edit, &QLineEdit::textChanged, m_listening.get(), [this](const QString &text) {
            if (!m_isEdited && !m_isBusy)
                m_before = text;
        });
    connect(edit, &QLineEdit::returnPressed, m_listening.get(), [this, value] {
        if (m_edit)
            m_before = value();
        m_isEdited = false;
    });
}

bool PendingField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    // An editor in a cell closes as well, which is for its delegate to do.
    return key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier && revert() && m_field
           && !cellOf(m_field).first;
}

bool PendingField::revert()
{
    const QScopedValueRollback busy(m_isBusy, true);
    m_timer.stop();
    const QString before = m_before.toString();
    if (auto *spin = qobject_cast<QAbstractSpinBox *>(m_field.data())) {
        spin->interpretText();
        if (spin->property("value") == m_before)
            return false;
        spin->setProperty("value", m_before);
        spin->selectAll();
    } else if (m_edit) {
        if (m_edit->text() == before)
            return false;
        // As if it were typed, so that those who listen to keys hear of it.
        m_edit->selectAll();
        m_edit->insert(before);
        m_edit->selectAll();
    } else if (auto *words = qobject_cast<QComboBox *>(m_field.data())) {
        if (words->currentText() == before)
            return false;
        words->setCurrentText(before);
    }
    m_isEdited = false;
    commit(m_field);
    return true;
}

void PendingField::commitTyped()
{
    if (!m_field || !m_edit || !m_edit->hasAcceptableInput())
        return;
    const QScopedValueRollback busy(m_isBusy, true);
    const auto *spin = qobject_cast<QAbstractSpinBox *>(m_field.data());
    if (spin && !spin->hasAcceptableInput())
        return;
    const QString text = m_edit->text();
    const int cursor = m_edit->cursorPosition();
    commit(m_field);
    // The value may be written in another way; how, is for when the field is left.
    if (!m_edit || (m_edit->text() == text && m_edit->cursorPosition() == cursor))
        return;
    const QSignalBlocker quiet(m_edit.data());
    if (m_edit->text() != text)
        m_edit->setText(text);
    m_edit->setCursorPosition(cursor);
}

} // namespace understudy::ui
