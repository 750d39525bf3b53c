// SPDX-License-Identifier: GPL-3.0-or-later
// Files of others and the sample: from the choice of one to servers that run.
#include "ui/panels/window/main_window.h"

#include "core/workspace/named_files.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/workspace/workspace_panel.h"
#include "ui/services/text.h"
#include "ui/widgets/message_bar.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>
#include <filesystem>

namespace understudy::ui {

void MainWindow::chooseImport()
{
    QStringList patterns;
    for (const formats::FormatInfo &format : formats::allFormats()) {
        if (format.canImport)
            patterns << toQString(format.name) + QStringLiteral(" (")
                            + toQString(format.files).remove(',') + ')';
    }
    patterns.prepend(tr("Everything that can be imported (*.json *.yaml *.yml)"));
    const QString file = QFileDialog::getOpenFileName(this, tr("Import"), QDir::homePath(),
                                                      patterns.join(QStringLiteral(";;")));
    if (!file.isEmpty())
        importFile(file);
}

void MainWindow::importFile(const QString &file)
{
    const formats::LoadOutcome outcome = formats::load(toPath(file));
    if (outcome.servers.empty()) {
        QString why = tr("nothing in it can be read");
        if (!outcome.errors.empty())
            why = toQString(outcome.errors.front().error.message);
        m_messages->post(QStringLiteral("info"), QStringLiteral("import"),
                         tr("%1 cannot be imported: %2").arg(QFileInfo(file).fileName(), why), {});
        return;
    }
    m_messages->remove(QStringLiteral("import"));
    QStringList targets;
    if (m_workspace.isOpen())
        targets << m_workspace.folder();
    const QString beside = QFileInfo(file).absolutePath();
    if (!targets.contains(beside))
        targets << beside;
    if (const QString own = defaultFolder(QStringLiteral("workspace")); !targets.contains(own))
        targets << own;
    auto *dialog = new ImportDialog(outcome, targets, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, outcome] {
        takeImport(outcome, dialog->target(), dialog->startsThem());
    });
    dialog->open();
}

void MainWindow::takeImport(const formats::LoadOutcome &outcome, const QString &folder, bool start)
{
    if (QDir(folder).absolutePath() != m_workspace.folder()
        && !mayLeave(tr("Close without saving"), [=, this] { takeImport(outcome, folder, start); }))
        return;
    if (!openWorkspace(folder))
        return;
    QStringList made;
    QStringList notCopied;
    m_workspace.undoStack()->beginMacro(tr("Import"));
    for (const formats::LoadedServer &loaded : outcome.servers) {
        Server server = loaded.server;
        if (server.name.empty())
            server.name = loaded.file.stem().string();
        if (server.listen.port != 0 && portsInUse().contains(server.listen.port))
            server.listen.port = nextPort();
        const auto added = m_workspace.addServer(server);
        if (added) {
            made << *added;
            // Body files are looked for beside the mock file, which stands somewhere else now.
            for (const Error &error : workspace::copyNamedFiles(
                     server, loaded.file.parent_path(), toPath(folder), workspace::Existing::Keep))
                notCopied << toQString(error.text());
        } else {
            showFailure(tr("%1 is not imported: %2")
                            .arg(toQString(server.name), toQString(added.error().text())));
        }
    }
    m_workspace.undoStack()->endMacro();
    if (!notCopied.isEmpty())
        showFailure(tr("Not copied along:") + '\n' + notCopied.join('\n'));
    for (const QString &id : made) {
        if (start)
            m_runtime->start(id);
    }
    if (!made.isEmpty()) {
        m_panel->reveal(ObjectRef::server(made.front()));
        if (start && m_runtime->isRunning(made.front()))
            showAddress(made.front());
    }
}

void MainWindow::startSample()
{
    const QString folder = defaultFolder(QStringLiteral("sample"));
    QDir().mkpath(folder);
    const QDir samples(QStringLiteral(":/samples"));
    QDirIterator files(samples.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString source = files.next();
        const QString target = QDir(folder).filePath(samples.relativeFilePath(source));
        QDir().mkpath(QFileInfo(target).absolutePath());
        // Files in resources are read-only, and so are their copies at first.
        if (!QFile::exists(target) && QFile::copy(source, target))
            QFile::setPermissions(target, QFile::permissions(target) | QFile::WriteOwner);
    }
    if (!openWorkspace(folder) || m_workspace.servers().empty())
        return;
    const auto &servers = m_workspace.servers();
    const auto shop = std::find_if(servers.begin(), servers.end(), [](const auto &d) {
        return d->id.startsWith(QLatin1String("shop"));
    });
    const QString id = (shop == servers.end() ? servers.front() : *shop)->id;
    const ServerDocument *document = m_workspace.find(id);
    if (!document->value)
        return;
    const QString address = toQString(document->value->listen.address);
    const quint16 port = m_options.ports.nextFree(address, m_options.firstPort, portsInUse(id));
    m_workspace.edit(id, tr("Port"), [port](Server &server) { server.listen.port = port; });
    m_panel->reveal(ObjectRef::server(id));
    if (m_runtime->start(id))
        showAddress(id);
    const Endpoint *first = nullptr;
    forEachEndpoint(*m_workspace.find(id)->value, [&](const EndpointVisit &visit) {
        if (!first)
            first = &visit.endpoint;
    });
    if (first) {
        m_panel->reveal(ObjectRef::endpoint(id, toQString(first->id)));
        m_editors->open(ObjectRef::endpoint(id, toQString(first->id)), false);
    }
}

} // namespace understudy::ui
