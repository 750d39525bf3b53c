// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/runtime_controller.h"

#include "core/runtime/authority.h"
#include "core/runtime/findings.h"
#include "core/script/qt_scripting.h"
#include "ui/document/tree_edits.h"
#include "ui/services/ports.h"
#include "ui/services/text.h"

#include <QFileInfo>
#include <QFutureWatcher>
#include <QtConcurrent>

#include <algorithm>
#include <filesystem>

namespace understudy::ui {

RuntimeController::RuntimeController(WorkspaceDocument &workspace,
                                     std::filesystem::path authorityFolder, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_authorityFolder(authorityFolder.empty() ? defaultAuthorityFolder()
                                                : std::move(authorityFolder))
    , m_scripting(makeQtScripting())
    , m_workbench(std::make_unique<Workbench>(WorkbenchOptions{.toleratesBrokenRules = true,
                                                               .authorityFolder = m_authorityFolder,
                                                               .scripting = m_scripting}))
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(200);
    connect(&m_debounce, &QTimer::timeout, this, [this] {
        if (!m_isHeld)
            applyWaiting();
    });
    m_recheck.setInterval(1000);
    connect(&m_recheck, &QTimer::timeout, this, &RuntimeController::recheck);
    m_workbench->onEvent([this](const ServerEvent &event) {
        QMetaObject::invokeMethod(
            this,
            [this, event] {
                Q_EMIT stateChanged(toQString(event.serverId));
                if (!event.text.empty())
                    Q_EMIT logged(event);
            },
            Qt::QueuedConnection);
    });
    connect(&workspace, &WorkspaceDocument::serverAdded, this, &RuntimeController::addServer);
    connect(&workspace, &WorkspaceDocument::serverRemoved, this, &RuntimeController::removeServer);
    connect(&workspace, &WorkspaceDocument::serverChanged, this, [this](const QString &id) {
        m_waiting.insert(id);
        m_debounce.start();
    });
    connect(&workspace, &WorkspaceDocument::opened, this,
            [this] { m_presets.open(m_workspace.folder()); });
    connect(&workspace, &WorkspaceDocument::closed, this, [this] { m_presets.open({}); });
    connect(&m_presets, &PresetLibrary::changed, this, &RuntimeController::takePresets);
    for (const auto &document : workspace.servers())
        addServer(document->id);
}

void RuntimeController::takePresets()
{
    m_workbench->setNetworkProfiles(m_presets.presets().networks);
    // Servers take profiles with their next update.
    m_waiting.unite(m_known);
    m_debounce.start();
}

RuntimeController::~RuntimeController()
{
    for (QFuture<Result<void>> &update : m_applying)
        update.waitForFinished();
    // First, while this object can still take the events that its threads post.
    m_workbench->stopAll(std::chrono::milliseconds(500));
    m_workbench.reset();
}

void RuntimeController::addServer(const QString &id)
{
    const ServerDocument *document = m_workspace.find(id);
    if (!document || !document->value || m_known.contains(id))
        return;
    m_workbench->add(*document->value, toPath(QFileInfo(document->file).absolutePath()), toStd(id));
    m_known.insert(id);
}

void RuntimeController::removeServer(const QString &id)
{
    m_waiting.remove(id);
    m_updateErrors.remove(id);
    m_failures.remove(id);
    if (m_known.remove(id))
        m_workbench->remove(toStd(id));
    Q_EMIT stateChanged(id);
}

void RuntimeController::flush()
{
    const QSet<QString> waiting = std::exchange(m_waiting, {});
    for (const QString &id : waiting)
        apply(id);
}

void RuntimeController::applyWaiting()
{
    const QSet<QString> waiting = std::exchange(m_waiting, {});
    for (const QString &id : waiting) {
        const ServerDocument *document = m_workspace.find(id);
        const bool isLarge = document && document->value && document->isLarge();
        if (isLarge && m_known.contains(id) && isRunning(id))
            applyOnWorker(id);
        else
            apply(id);
    }
}

/// A large server is compiled while the window goes on.
void RuntimeController::applyOnWorker(const QString &id)
{
    if (m_applying.contains(id)) {
        m_waiting.insert(id); // when that one is done
        return;
    }
    auto *watcher = new QFutureWatcher<Result<void>>(this);
    const ServerValue value = m_workspace.find(id)->value;
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, id, value] {
        watcher->deleteLater();
        m_applying.remove(id);
        const ServerDocument *document = m_workspace.find(id);
        if (!document || !m_known.contains(id))
            return;
        if (document->value != value) {
            // Whatever came first, the last word is the document's.
            m_waiting.insert(id);
            m_debounce.start();
            return;
        }
        tookUpdate(id, watcher->result());
    });
    m_applying[id] = QtConcurrent::run(
        [&bench = *m_workbench, key = toStd(id), value] { return bench.update(key, *value); });
    watcher->setFuture(m_applying[id]);
}

void RuntimeController::release()
{
    if (std::exchange(m_isHeld, false) && !m_waiting.isEmpty())
        m_debounce.start();
}

void RuntimeController::apply(const QString &id)
{
    const ServerDocument *document = m_workspace.find(id);
    if (!document || !document->value)
        return;
    if (!m_known.contains(id)) {
        addServer(id);
        return;
    }
    tookUpdate(id, m_workbench->update(toStd(id), *document->value));
}

void RuntimeController::tookUpdate(const QString &id, const Result<void> &updated)
{
    if (updated) {
        m_updateErrors.remove(id);
    } else {
        m_updateErrors[id] = toQString(updated.error().text());
        m_recheck.start();
        Q_EMIT updateFailed(id, static_cast<int>(updated.error().code),
                            toQString(updated.error().text()));
    }
    Q_EMIT stateChanged(id);
}

bool RuntimeController::start(const QString &id)
{
    if (m_waiting.remove(id))
        apply(id);
    addServer(id);
    if (!m_known.contains(id))
        return false;
    const auto started = m_workbench->start(toStd(id));
    m_updateErrors.remove(id);
    m_failures.remove(id);
    if (const ServerDocument *document = m_workspace.find(id); !started && document) {
        m_failures.insert(id, {started.error().code, document->value});
        m_recheck.start();
    }
    Q_EMIT stateChanged(id);
    if (!started)
        Q_EMIT startFailed(id, static_cast<int>(started.error().code),
                           toQString(started.error().text()));
    return started.hasValue();
}

void RuntimeController::stop(const QString &id)
{
    if (!m_known.contains(id))
        return;
    m_workbench->stop(toStd(id));
    Q_EMIT stateChanged(id);
}

bool RuntimeController::restart(const QString &id)
{
    stop(id);
    if (m_known.contains(id))
        m_workbench->resetState(toStd(id));
    return start(id);
}

void RuntimeController::startAll()
{
    for (const auto &document : m_workspace.servers()) {
        if (!document->isBroken() && !document->isRemoved)
            start(document->id);
    }
}

void RuntimeController::stopAll()
{
    for (const auto &document : m_workspace.servers())
        stop(document->id);
}

RowState RuntimeController::state(const QString &id) const
{
    // A server goes on with its last good version while its file is broken or gone.
    const auto now = status(id);
    if (now && now->state == ServerState::Running)
        return RowState::Running;
    const ServerDocument *document = m_workspace.find(id);
    if (document && document->isBroken())
        return RowState::Broken;
    if (document && document->isRemoved)
        return RowState::Removed;
    if (!now)
        return RowState::Stopped;
    switch (now->state) {
    case ServerState::Running:
        return RowState::Running;
    case ServerState::Failed:
        return isStale(id) ? RowState::Stopped : RowState::Failed;
    case ServerState::Stopped:
        break;
    }
    return RowState::Stopped;
}

int RuntimeController::runningCount() const
{
    int count = 0;
    for (const ServerStatus &status : m_workbench->statuses())
        count += status.state == ServerState::Running;
    return count;
}

QString RuntimeController::problem(const QString &id) const
{
    const ServerDocument *document = m_workspace.find(id);
    if (document && (document->isBroken() || document->isRemoved))
        return document->problemText();
    if (QString error = m_updateErrors.value(id); !error.isEmpty())
        return error;
    const auto now = status(id);
    return now && now->state == ServerState::Failed && !isStale(id) ? toQString(now->error)
                                                                    : QString();
}

QString RuntimeController::baseUrl(const QString &id) const
{
    const ServerDocument *document = m_workspace.find(id);
    if (!document || !document->value)
        return {};
    const Server &server = *document->value;
    if (const auto now = status(id); now && now->state == ServerState::Running)
        return toQString(now->url + server.base);
    QString host = toQString(server.listen.address);
    if (host == QLatin1String("0.0.0.0"))
        host = QStringLiteral("127.0.0.1");
    else if (host.contains(':'))
        host = host.startsWith('[') ? host : '[' + host + ']';
    return (server.listen.tls ? QStringLiteral("https://") : QStringLiteral("http://")) + host + ':'
           + QString::number(server.listen.port) + toQString(server.base);
}

QString RuntimeController::endpointUrl(const QString &serverId, const Endpoint &endpoint) const
{
    const Server &server = *m_workspace.find(serverId)->value;
    const QString base = baseUrl(serverId);
    return base.left(base.size() - static_cast<qsizetype>(server.base.size()))
           + toQString(samplePath(server, endpoint));
}

std::optional<ServerStatus> RuntimeController::status(const QString &id) const
{
    return m_known.contains(id) ? m_workbench->status(toStd(id)) : std::nullopt;
}

} // namespace understudy::ui
