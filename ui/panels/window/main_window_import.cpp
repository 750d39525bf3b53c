// SPDX-License-Identifier: GPL-3.0-or-later
// Files of others: from the choice of one to servers that run, and back.
#include "ui/panels/window/main_window.h"

#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/services/text.h"
#include "ui/session/import_flow.h"
#include "ui/session/server_flows.h"
#include "ui/widgets/message_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace understudy::ui {

void MainWindow::chooseImport()
{
    QStringList patterns;
    QStringList endings;
    for (const formats::FormatInfo &format : formats::allFormats()) {
        if (!format.canImport)
            continue;
        const QString files = toQString(format.files).remove(',');
        patterns << toQString(format.name) + QStringLiteral(" (") + files + ')';
        endings << files.split(' ');
    }
    endings.removeDuplicates();
    patterns.prepend(tr("Everything that can be imported (%1)").arg(endings.join(' ')));
    patterns << tr("All files (*)");
    const QString file = QFileDialog::getOpenFileName(this, tr("Import"), QDir::homePath(),
                                                      patterns.join(QStringLiteral(";;")));
    if (!file.isEmpty())
        importFile(file);
}

void MainWindow::exportServer()
{
    const ServerDocument *document = m_workspace.find(m_panel->currentServer());
    if (!document || !document->value)
        return;
    auto *dialog = new ExportDialog(*document->value, toPath(m_workspace.folder()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::importFile(const QString &file)
{
    const ImportOffer offer = readImport(m_session, file);
    if (!offer.failure.isEmpty()) {
        m_messages->post(
            QStringLiteral("info"), QStringLiteral("import"),
            tr("%1 cannot be imported: %2").arg(QFileInfo(file).fileName(), offer.failure), {});
        return;
    }
    m_messages->remove(QStringLiteral("import"));
    auto *dialog = new ImportDialog(
        offer.outcome, offer.folders,
        [file](const formats::LoadOptions &options) {
            return formats::load(toPath(file), options);
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        importInto(dialog->chosen(), dialog->target(), dialog->startsThem());
    });
    dialog->open();
}

void MainWindow::importInto(const formats::LoadOutcome &outcome, const QString &folder, bool start)
{
    if (!m_session.isOpenAt(folder)
        && !mayLeave(tr("Close without saving"), [=, this] { importInto(outcome, folder, start); }))
        return;
    if (!openWorkspace(folder))
        return;
    const ImportOutcome done = takeImport(m_session, outcome);
    if (!done.notCopied.isEmpty() || !done.failures.isEmpty()) {
        QStringList lines = done.failures;
        if (!done.notCopied.isEmpty())
            lines << tr("Not copied along:") << done.notCopied;
        showFailure(lines.join('\n'));
    }
    for (const QString &id : done.servers) {
        if (start)
            m_runtime.start(id);
    }
    if (!done.servers.isEmpty())
        showServer({done.servers.front(), {}, m_runtime.isRunning(done.servers.front())});
}

} // namespace understudy::ui
