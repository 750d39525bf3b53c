// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does before work could be lost: saving, leaving, and what an earlier run left.
#include "ui/panels/main_window.h"

#include "ui/dialogs/unsaved_dialog.h"
#include "ui/document/recovery.h"
#include "ui/panels/save_questions.h"
#include "ui/widgets/message_bar.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QLineEdit>

namespace understudy::ui {

namespace {

/// A field that hands over its text when it is left hands it over now.
void commitFocusedField()
{
    QWidget *focus = QApplication::focusWidget();
    if (auto *spin = qobject_cast<QAbstractSpinBox *>(focus)) {
        spin->interpretText();
        Q_EMIT spin->editingFinished();
    } else if (auto *edit = qobject_cast<QLineEdit *>(focus)) {
        Q_EMIT edit->editingFinished();
    }
}

} // namespace

void MainWindow::saveNow()
{
    commitFocusedField();
    m_questions->saveOrAsk();
}

bool MainWindow::mayLeave(const QString &leave, const std::function<void()> &then)
{
    if (!m_workspace.isOpen() || m_isLeaving)
        return true;
    commitFocusedField();
    if (m_workspace.saveNow())
        return true;
    for (const UnsavedDialog *asking : findChildren<UnsavedDialog *>()) {
        if (asking->isVisible())
            return false;
    }
    auto *dialog = new UnsavedDialog(m_workspace, leave, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, then] {
        m_isLeaving = dialog->isDiscarded();
        if (m_isLeaving)
            m_recovery->giveUp();
        then();
        m_isLeaving = false;
    });
    dialog->open();
    return false;
}

void MainWindow::saveAndQuit()
{
    commitFocusedField();
    m_workspace.saveNow();
    saveLayout();
    QApplication::quit();
}

void MainWindow::showRecovery()
{
    const QString key = QStringLiteral("recovery");
    if (m_recovery->found().empty()) {
        m_messages->remove(key);
        return;
    }
    m_messages->post(
        QStringLiteral("recovery"), key, m_recovery->foundText(),
        {{QStringLiteral("file.restore"), tr("Restore"), [this] { m_recovery->restore(); }},
         {QStringLiteral("file.discard"), tr("Discard"), [this] { m_recovery->discard(); }}});
}

} // namespace understudy::ui
