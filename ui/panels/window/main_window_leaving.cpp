// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does before work could be lost: saving, leaving, and what an earlier run left.
#include "ui/panels/window/main_window.h"

#include "ui/dialogs/compare_dialog.h"
#include "ui/dialogs/unsaved_dialog.h"
#include "ui/panels/window/save_questions.h"
#include "ui/services/pending_field.h"
#include "ui/widgets/message_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QThread>

namespace understudy::ui {

void MainWindow::saveNow()
{
    PendingField::commit(QApplication::focusWidget());
    m_questions->saveOrAsk();
}

bool MainWindow::mayLeave(const QString &leave, const std::function<void()> &then)
{
    PendingField::commit(QApplication::focusWidget());
    if (m_session.mayLeave())
        return true;
    for (const UnsavedDialog *asking : findChildren<UnsavedDialog *>()) {
        if (asking->isVisible())
            return false;
    }
    auto *dialog = new UnsavedDialog(m_workspace, leave, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, then] {
        dialog->isDiscarded() ? m_session.leaveWithout(then) : then();
    });
    dialog->open();
    return false;
}

void MainWindow::saveAndQuit()
{
    PendingField::commit(QApplication::focusWidget());
    m_session.saveForGood();
    saveLayout();
    // Not quit(), which lets windows and dialogs say no.
    if (thread()->loopLevel() > 0)
        QApplication::exit(0);
}

void MainWindow::showRecovery()
{
    const QString key = QStringLiteral("recovery");
    if (m_session.recovery().found().empty()) {
        m_messages->remove(key);
        return;
    }
    m_messages->post(QStringLiteral("recovery"), key, m_session.recovery().foundText(),
                     {{QStringLiteral("file.restore"), tr("Restore"),
                       [this] { m_session.recovery().restore(); }},
                      {QStringLiteral("file.compare"), tr("Compare"),
                       [this] {
                           auto *dialog = new CompareDialog(
                               compareWithDisk(m_workspace, m_session.recovery().found()), this);
                           dialog->open();
                       },
                       false},
                      {QStringLiteral("file.discard"), tr("Discard"),
                       [this] { m_session.recovery().discard(); }}});
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!mayLeave(tr("Quit without saving"), [this] { close(); })) {
        event->ignore();
        return;
    }
    saveLayout();
    event->accept();
}

} // namespace understudy::ui
