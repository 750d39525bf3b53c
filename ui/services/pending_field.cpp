// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/pending_field.h"

#include <QAbstractItemDelegate>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>

namespace understudy::ui {

namespace {

/// With what the log takes it is less than 200 ms.
constexpr int kHandOverMs = 100;

/// Hands over the editor of a view that `widget` is, or is a part of.
bool commitCell(QWidget *widget)
{
    for (QWidget *at = widget; at && at->parentWidget(); at = at->parentWidget()) {
        auto *view = qobject_cast<QAbstractItemView *>(at->parentWidget()->parentWidget());
        if (!view || view->viewport() != at->parentWidget())
            continue;
        if (QAbstractItemDelegate *delegate = view->itemDelegate())
            Q_EMIT delegate->commitData(at);
        return true;
    }
    return false;
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

PendingField::PendingField(QWidget *pages, QObject *parent)
    : QObject(parent)
    , m_pages(pages)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kHandOverMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &PendingField::commitTyped);
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { follow(now); });
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
    if (now == m_field)
        return;
    m_timer.stop();
    if (m_edit)
        m_edit->disconnect(this);
    m_field = now;
    m_edit = nullptr;
    QLineEdit *edit = now ? lineEditOf(now) : nullptr;
    if (!edit || !m_pages->isAncestorOf(now) || edit->property(kSavesAsTyped).toBool())
        return;
    m_edit = edit;
    connect(edit, &QLineEdit::textEdited, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
}

void PendingField::commitTyped()
{
    if (!m_field || !m_edit || !m_edit->hasAcceptableInput())
        return;
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
