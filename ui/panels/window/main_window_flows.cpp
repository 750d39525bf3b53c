// SPDX-License-Identifier: GPL-3.0-or-later
// The longer flows of the window: opening, importing, the sample, + Mock, and the banners for what
// went wrong.
#include "ui/panels/window/main_window.h"

#include "core/base/shell.h"
#include "core/formats/native/native.h"
#include "core/http/request.h"
#include "core/workspace/named_files.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/new_server_dialog.h"
#include "ui/document/mock_target.h"
#include "ui/document/tree_edits.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/window/welcome_page.h"
#include "ui/panels/workspace/workspace_panel.h"
#include "ui/services/action_registry.h"
#include "ui/services/text.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/workspace_tree.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <filesystem>

namespace understudy::ui {

namespace {

constexpr int kRecent = 10;

} // namespace

QString MainWindow::defaultFolder(const QString &name) const
{
    const QString data
        = m_options.dataFolder.isEmpty()
              ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
              : m_options.dataFolder;
    return QDir(data).filePath(name);
}

QStringList MainWindow::recentFolders() const
{
    return m_settings->value(QStringLiteral("recent/workspaces")).toStringList();
}

void MainWindow::remember(const QString &folder)
{
    QStringList recent = recentFolders();
    recent.removeAll(folder);
    recent.prepend(folder);
    while (recent.size() > kRecent)
        recent.removeLast();
    m_settings->setValue(QStringLiteral("recent/workspaces"), recent);
    m_welcome->setRecent(recent);
}

bool MainWindow::openWorkspace(const QString &folder)
{
    if (m_workspace.isOpen() && QDir(folder).absolutePath() == m_workspace.folder())
        return true;
    if (!mayLeave(tr("Close without saving"), [this, folder] { openWorkspace(folder); }))
        return false;
    m_runtime->stopAll();
    if (const auto opened = m_workspace.open(folder); !opened) {
        m_messages->post(
            QStringLiteral("info"), QStringLiteral("open"),
            tr("%1 cannot be opened: %2").arg(folder, toQString(opened.error().message)), {});
        updateCentre();
        return false;
    }
    m_messages->remove(QStringLiteral("open"));
    remember(m_workspace.folder());
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
        if (info.isDir()) {
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
    QString url = m_runtime->baseUrl(id);
    const ServerDocument *document = m_workspace.find(id);
    const Endpoint *get = nullptr;
    forEachEndpoint(*document->value, [&](const EndpointVisit &visit) {
        const auto &methods = visit.endpoint.methods;
        if (!get && visit.enabled
            && std::find(methods.begin(), methods.end(), "GET") != methods.end())
            get = &visit.endpoint;
    });
    QString example = url;
    if (get)
        example = url.left(url.size() - static_cast<qsizetype>(document->value->base.size()))
                  + toQString(samplePath(*document->value, *get));
    m_shownUrls[id] = url;
    m_messages->post(QStringLiteral("info"), QStringLiteral("address/") + id,
                     tr("%1 is running at %2").arg(toQString(document->value->name), url),
                     {{QStringLiteral("server.copyUrl"), tr("Copy URL"),
                       [url] { QApplication::clipboard()->setText(url); }, false},
                      {QStringLiteral("server.copyCurl"), tr("Copy cURL"),
                       [example] {
                           QApplication::clipboard()->setText(
                               toQString(shell::curlCommand("GET", toStd(example))));
                       },
                       false}});
}

void MainWindow::showRefusal(const QString &text)
{
    m_messages->post(QStringLiteral("info"), QStringLiteral("faults"), text, {});
}

std::set<quint16> MainWindow::portsInUse(const QString &exceptFor) const
{
    std::set<quint16> ports;
    for (const auto &document : m_workspace.servers()) {
        if (document->id != exceptFor && document->value)
            ports.insert(document->value->listen.port);
    }
    return ports;
}

quint16 MainWindow::nextPort() const
{
    return m_options.ports.nextFree(QStringLiteral("127.0.0.1"), m_options.firstPort, portsInUse());
}

bool MainWindow::ensureWorkspace()
{
    return m_workspace.isOpen() || openWorkspace(defaultFolder(QStringLiteral("workspace")));
}

void MainWindow::newServer()
{
    QStringList names;
    for (const auto &document : m_workspace.servers())
        names << (document->value ? toQString(document->value->name) : document->id);
    QString name = tr("New API");
    for (int n = 2; names.contains(name); ++n)
        name = tr("New API %1").arg(n);
    auto *dialog = new NewServerDialog(name, nextPort(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { createServer(dialog->name(), dialog->port(), dialog->startsIt()); });
    dialog->open();
}

void MainWindow::createServer(const QString &name, quint16 port, bool start)
{
    if (!ensureWorkspace())
        return;
    Server server;
    server.name = toStd(name);
    server.listen.port = port;
    Endpoint hello;
    hello.methods = {"GET"};
    hello.path = "/hello";
    Response response;
    response.headers.push_back({"Content-Type", "application/json"});
    response.body = Body::text("{\n  \"message\": \"Hello\"\n}\n");
    hello.responses.push_back(std::move(response));
    server.items.emplace_back(std::move(hello));
    const auto added = m_workspace.addServer(server);
    if (!added) {
        showFailure(tr("The server is not made: %1").arg(toQString(added.error().text())));
        return;
    }
    m_panel->reveal(ObjectRef::server(*added));
    if (start && m_runtime->start(*added))
        showAddress(*added);
    const Endpoint &made = *m_workspace.find(*added)->value->items.front().endpoint();
    m_editors->open(ObjectRef::endpoint(*added, toQString(made.id)), false);
}

void MainWindow::mockFrom(const JournalEntry &entry)
{
    if (!entry.exchange || !entry.exchange->serverId)
        return;
    const QString serverId = toQString(*entry.exchange->serverId);
    const std::string method(entry.exchange->request.method());
    const std::string target(entry.exchange->request.target());
    const QString label = toQString(method + ' ' + target.substr(0, target.find('?')));
    const ServerDocument *document = m_workspace.find(serverId);
    const MockTarget there = document && document->value
                                 ? findMockTarget(*document->value, *entry.exchange)
                                 : MockTarget{};
    ObjectRef ref = ObjectRef::endpoint(serverId, toQString(there.endpointId));
    ref.field = QStringLiteral("body");
    const auto show = [&] {
        m_panel->reveal(ref);
        m_editors->open(ref, true);
    };
    if (there.kind == MockTarget::Kind::Answers) {
        show();
        return;
    }
    QString error;
    const bool changed = m_workspace.edit(serverId, tr("Mock %1").arg(label), [&](Server &server) {
        if (there.kind == MockTarget::Kind::NeedsReply) {
            Endpoint *endpoint = findEndpoint(server, there.endpointId);
            endpoint->responses.push_back(mockResponse());
            assignIds(server);
            ref.responseId = toQString(endpoint->responses.back().id);
        } else if (auto made = addMock(server, method, target)) {
            ref.endpointId = toQString(*made);
        } else {
            error = toQString(made.error().message);
        }
    });
    if (!changed) {
        m_messages->post(QStringLiteral("info"), QStringLiteral("mock"),
                         error.isEmpty()
                             ? tr("The server of this request is no longer part of the workspace")
                             : tr("No mock was made: %1").arg(error),
                         {});
        return;
    }
    m_runtime->flush(); // at once: the next request may already be on its way
    show();
    m_toast->offer(tr("%1 is mocked now").arg(label), tr("Undo"),
                   [this] { m_workspace.undoStack()->undo(); });
}

void MainWindow::showPortConflict(const QString &id, int errorCode, const QString &message)
{
    const ServerDocument *document = m_workspace.find(id);
    const QString name = document && document->value ? toQString(document->value->name) : id;
    std::vector<BannerAction> actions;
    const auto code = static_cast<ErrorCode>(errorCode);
    if (document && document->value && (code == ErrorCode::InUse || code == ErrorCode::Access)) {
        const quint16 port = document->value->listen.port;
        const quint16 from
            = code == ErrorCode::Access && port < 1024 ? 8080 : static_cast<quint16>(port + 1);
        const quint16 next = m_options.ports.nextFree(toQString(document->value->listen.address),
                                                      from, portsInUse(id));
        if (next > 0) {
            actions.push_back(
                {QStringLiteral("port.useNext"), tr("Use %1").arg(next), [this, id, next] {
                     m_workspace.edit(id, tr("Port"), [next](Server &s) { s.listen.port = next; });
                     m_runtime->start(id);
                 }});
        }
    }
    actions.push_back({QStringLiteral("server.start"), tr("Retry"), [this, id] {
                           m_runtime->isRunning(id) ? m_runtime->flush()
                                                    : void(m_runtime->start(id));
                       }});
    actions.push_back({QStringLiteral("server.settings"), tr("Settings"), [this, id] {
                           ObjectRef ref = ObjectRef::server(id);
                           ref.field = QStringLiteral("port");
                           m_editors->open(ref, true);
                       }});
    m_messages->post(QStringLiteral("portConflict"), QStringLiteral("port/") + id,
                     m_runtime->isRunning(id)
                         ? tr("%1 goes on with the version before: %2").arg(name, message)
                         : tr("%1 could not start: %2").arg(name, message),
                     actions);
}

void MainWindow::showFailure(const QString &text)
{
    m_messages->post(QStringLiteral("saveFailed"), QStringLiteral("file"), text, {});
}

} // namespace understudy::ui
