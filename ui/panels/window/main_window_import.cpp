// SPDX-License-Identifier: GPL-3.0-or-later
// Files of others: from the choice of one to servers that run, and back.
#include "ui/panels/window/main_window.h"

#include "core/model/edit.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/update_dialog.h"
#include "ui/dialogs/url_import_dialog.h"
#include "ui/services/text.h"
#include "ui/session/import_flow.h"
#include "ui/session/server_flows.h"
#include "ui/session/update_flow.h"
#include "ui/widgets/message_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QUrl>

namespace understudy::ui {

namespace {

/// The server, and what is selected in it with the folders around that.
std::vector<ExportScope> exportScopes(const Server &server, const ObjectRef &selected)
{
    std::vector<ExportScope> out{{MainWindow::tr("Server %1").arg(toQString(server.name)), server}};
    const ItemPath path = selected.kind == ObjectRef::Kind::Endpoint
                              ? pathOf(server, toStd(selected.endpointId))
                              : selected.path;
    for (std::size_t depth = 1; depth <= path.size(); ++depth) {
        const ItemPath part(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(depth));
        const Item *item = itemAt(server, part);
        if (!item)
            break;
        const Endpoint *endpoint = item->endpoint();
        const QString name
            = endpoint ? MainWindow::tr("Endpoint %1").arg(toQString(endpointLabel(*endpoint)))
                       : MainWindow::tr("Folder %1").arg(toQString(item->folder()->name));
        out.push_back({name, partOf(server, part)});
    }
    return out;
}

} // namespace

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

void MainWindow::exportServer(bool onlyItem)
{
    const QString formatKey = QStringLiteral("export/format");
    const ServerDocument *document = m_workspace.find(m_panel->currentServer());
    if (!document || !document->value)
        return;
    std::vector<ExportScope> scopes = exportScopes(*document->value, m_panel->current());
    const std::size_t chosen = onlyItem ? scopes.size() - 1 : 0;
    auto *dialog = new ExportDialog(std::move(scopes), chosen, toPath(m_workspace.folder()),
                                    m_session.settings().value(formatKey).toString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, formatKey] {
        m_session.settings().setValue(formatKey, dialog->formatId());
    });
    dialog->open();
}

void MainWindow::importFile(const QString &file) { offerImport(readImport(m_session, file)); }

void MainWindow::importClipboard()
{
    offerImport(readImportText(m_session, QApplication::clipboard()->text()));
}

void MainWindow::importFromUrl()
{
    const QString urlKey = QStringLiteral("import/url");
    auto *dialog = new UrlImportDialog(m_session.settings().value(urlKey).toString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, urlKey] {
        m_session.settings().setValue(urlKey, QUrl(dialog->url()).toString(QUrl::RemoveUserInfo));
        offerImport(readImportDocument(m_session, *dialog->document()));
    });
    dialog->open();
}

void MainWindow::offerImport(const ImportOffer &offer)
{
    if (!offer.failure.isEmpty()) {
        m_messages->post(QStringLiteral("info"), QStringLiteral("import"),
                         tr("%1 cannot be imported: %2").arg(offer.name, offer.failure), {});
        return;
    }
    m_messages->remove(QStringLiteral("import"));
    UpdateOffer updates = updatesOf(m_session, offer);
    if (updates.servers.empty()) {
        offerAsNew(offer);
        return;
    }
    auto *dialog = new UpdateDialog(std::move(updates), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, offer] {
        if (dialog->importsAsNew())
            offerAsNew(offer);
        else
            takeUpdateOf(dialog->offer(), dialog->accepted());
    });
    dialog->open();
}

void MainWindow::offerAsNew(const ImportOffer &offer)
{
    auto *dialog = new ImportDialog(offer, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        importInto(dialog->chosen(), dialog->target(), dialog->startsThem());
    });
    dialog->open();
}

void MainWindow::takeUpdateOf(const UpdateOffer &offer,
                              const std::vector<std::vector<bool>> &accepted)
{
    const UpdateOutcome done = takeUpdate(m_session, offer, accepted);
    showLeftOut(done.failures, done.notCopied);
    if (!done.servers.isEmpty())
        showServer({done.servers.front(), {}, m_runtime.isRunning(done.servers.front())});
}

void MainWindow::showLeftOut(QStringList failures, const QStringList &notCopied)
{
    if (!notCopied.isEmpty())
        failures << tr("Not copied along:") << notCopied;
    if (!failures.isEmpty())
        showFailure(failures.join('\n'));
}

void MainWindow::importInto(const formats::LoadOutcome &outcome, const QString &folder, bool start)
{
    if (!m_session.isOpenAt(folder)
        && !mayLeave(tr("Close without saving"), [=, this] { importInto(outcome, folder, start); }))
        return;
    if (!openWorkspace(folder))
        return;
    const ImportOutcome done = takeImport(m_session, outcome);
    showLeftOut(done.failures, done.notCopied);
    for (const QString &id : done.servers) {
        if (start)
            m_runtime.start(id);
    }
    if (!done.servers.isEmpty())
        showServer({done.servers.front(), {}, m_runtime.isRunning(done.servers.front())});
}

} // namespace understudy::ui
