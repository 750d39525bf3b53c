// SPDX-License-Identifier: GPL-3.0-or-later
// The longer flows of the window, and the banners for what they come to. The flows themselves are
// the session's.
#include "ui/panels/window/main_window.h"

#include "core/base/shell.h"
#include "ui/dialogs/new_server_dialog.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/workspace/workspace_panel.h"
#include "ui/services/text.h"
#include "ui/session/mock_flow.h"
#include "ui/session/server_flows.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/workspace_tree.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace understudy::ui {

bool MainWindow::openWorkspace(const QString &folder)
{
    if (m_session.isOpenAt(folder))
        return true;
    if (!mayLeave(tr("Close without saving"), [this, folder] { openWorkspace(folder); }))
        return false;
    if (const auto opened = m_session.open(folder); !opened) {
        m_messages->post(
            QStringLiteral("info"), QStringLiteral("open"),
            tr("%1 cannot be opened: %2").arg(folder, toQString(opened.error().message)), {});
        updateCentre();
        return false;
    }
    m_messages->remove(QStringLiteral("open"));
    if (!m_workspace.servers().empty())
        m_panel->reveal(ObjectRef::server(m_workspace.servers().front()->id));
    m_panel->tree()->setFocus(); // the arrow keys go through it, and nothing is typed unawares
    updateCentre();
    updateStatus();
    updateActions();
    return true;
}

void MainWindow::openPaths(const QStringList &paths)
{
    QStringList foreign;
    QString selected;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (info.isDir() && !formats::isServerFolder(toPath(path))) {
            openWorkspace(info.absoluteFilePath());
        } else if (!info.exists()) {
            m_messages->post(QStringLiteral("info"), QStringLiteral("open/") + path,
                             tr("%1 does not exist").arg(path), {});
        } else if (const QString id = serverIdForFile(path); !id.isEmpty()) {
            if (openWorkspace(info.absolutePath()))
                selected = id;
        } else {
            foreign << info.absoluteFilePath();
        }
    }
    if (!selected.isEmpty())
        m_panel->reveal(ObjectRef::server(selected));
    for (const QString &file : foreign)
        importFile(file);
}

void MainWindow::chooseWorkspace()
{
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Open workspace"), m_workspace.isOpen() ? m_workspace.folder() : QDir::homePath());
    if (!folder.isEmpty())
        openWorkspace(folder);
}

void MainWindow::showAddress(const QString &id)
{
    const ServerAddress address = serverAddress(m_session, id);
    m_shownUrls[id] = address.url;
    m_messages->post(QStringLiteral("info"), QStringLiteral("address/") + id,
                     tr("%1 is running at %2").arg(address.name, address.url),
                     {{QStringLiteral("server.copyUrl"), tr("Copy URL"),
                       [address] { QApplication::clipboard()->setText(address.url); }, false},
                      {QStringLiteral("server.copyCurl"), tr("Copy cURL"),
                       [address] {
                           QApplication::clipboard()->setText(
                               toQString(shell::curlCommand("GET", toStd(address.example))));
                       },
                       false}});
}

void MainWindow::showServer(const ShownServer &server)
{
    m_panel->reveal(ObjectRef::server(server.id));
    if (server.isRunning)
        showAddress(server.id);
    if (server.endpointId.isEmpty())
        return;
    m_panel->reveal(ObjectRef::endpoint(server.id, server.endpointId));
    m_editors->open(ObjectRef::endpoint(server.id, server.endpointId), false);
}

void MainWindow::showRefusal(const QString &text)
{
    m_messages->post(QStringLiteral("info"), QStringLiteral("faults"), text, {});
}

void MainWindow::newServer()
{
    auto *dialog = new NewServerDialog(freeServerName(m_session), m_session.nextPort(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { createServer(dialog->name(), dialog->port(), dialog->startsIt()); });
    dialog->open();
}

void MainWindow::createServer(const QString &name, quint16 port, bool start)
{
    if (!m_workspace.isOpen() && !openWorkspace(m_session.dataFolder(QStringLiteral("workspace"))))
        return;
    if (const auto made = makeServer(m_session, name, port, start))
        showServer(*made);
    else
        showFailure(tr("The server is not made: %1").arg(toQString(made.error().text())));
}

void MainWindow::openSample()
{
    if (!openWorkspace(unpackSamples(m_session)))
        return;
    if (const ShownServer sample = startSample(m_session); !sample.id.isEmpty())
        showServer(sample);
}

void MainWindow::mock(const JournalEntry &entry, const QString &otherServer)
{
    const MockOutcome mock = mockFrom(m_session, entry, otherServer);
    if (!mock.failure.isEmpty()) {
        m_messages->post(QStringLiteral("info"), QStringLiteral("mock"), mock.failure, {});
        return;
    }
    if (mock.where.endpointId.isEmpty())
        return;
    m_panel->reveal(mock.where);
    m_editors->open(mock.where, true);
    if (mock.isMade)
        m_toast->offer(mock.remark.isEmpty()
                           ? tr("%1 is mocked now").arg(mock.label)
                           : tr("%1 is mocked now, %2").arg(mock.label, mock.remark),
                       tr("Undo"), [this] { m_workspace.undoStack()->undo(); });
}

void MainWindow::showPortConflict(const QString &id, int errorCode, const QString &message)
{
    const PortConflict conflict
        = portConflict(m_session, id, static_cast<ErrorCode>(errorCode), message);
    std::vector<BannerAction> actions;
    if (const quint16 next = conflict.nextPort; next > 0)
        actions.push_back({QStringLiteral("port.useNext"), tr("Use %1").arg(next),
                           [this, id, next] { usePort(m_session, id, next); }});
    actions.push_back(
        {QStringLiteral("server.start"), tr("Retry"), [this, id] { retry(m_session, id); }});
    actions.push_back({QStringLiteral("server.settings"), tr("Settings"), [this, id] {
                           ObjectRef ref = ObjectRef::server(id);
                           ref.field = QStringLiteral("port");
                           m_editors->open(ref, true);
                       }});
    m_messages->post(QStringLiteral("portConflict"), QStringLiteral("port/") + id, conflict.text,
                     actions);
}

void MainWindow::showFailure(const QString &text)
{
    m_messages->post(QStringLiteral("saveFailed"), QStringLiteral("file"), text, {});
}

} // namespace understudy::ui
