// SPDX-License-Identifier: GPL-3.0-or-later
// What has failed, and whether its cause has passed.
#include "ui/document/runtime_controller.h"

#include "core/runtime/findings.h"
#include "ui/services/ports.h"
#include "ui/services/text.h"

#include <QFileInfo>
#include <QFutureWatcher>
#include <QtConcurrent>

#include <algorithm>
#include <filesystem>

namespace understudy::ui {

namespace {

/// Whether a server that could not start for something in its document, or in the files that it
/// names, could now. Reads files; called in workers.
bool couldStart(const Server &server, const std::filesystem::path &folder,
                const std::vector<NetworkProfile> &networks,
                const std::filesystem::path &authorityFolder)
{
    FindingsOptions options;
    options.folder = folder;
    options.toleratesBrokenRules = true;
    options.profiles = networks;
    options.authorityFolder = authorityFolder;
    options.now = std::chrono::system_clock::now();
    const auto isError = [](const Finding &finding) {
        // Broken rules do not keep a server from starting.
        return finding.severity == Severity::Error && !finding.field.starts_with("when");
    };
    const std::vector<Finding> findings = findAll(server, options);
    return std::none_of(findings.begin(), findings.end(), isError);
}

} // namespace

bool RuntimeController::isStale(const QString &id) const
{
    const auto failed = m_failures.constFind(id);
    const ServerDocument *document = m_workspace.find(id);
    if (failed == m_failures.constEnd() || !failed->value || !document || !document->value)
        return false;
    const bool isAboutThePort
        = failed->code == ErrorCode::InUse || failed->code == ErrorCode::Access;
    return isAboutThePort ? !(document->value->listen == failed->value->listen)
                          : document->value != failed->value;
}

void RuntimeController::recheck()
{
    for (const QString &id : m_updateErrors.keys())
        retryUpdate(id);
    const QHash<QString, Failure> failures = m_failures;
    for (auto failed = failures.cbegin(); failed != failures.cend(); ++failed)
        recheckFailure(failed.key(), *failed);
    if (m_updateErrors.isEmpty() && m_failures.isEmpty())
        m_recheck.stop();
}

void RuntimeController::recheckFailure(const QString &id, const Failure &failure)
{
    const auto now = status(id);
    if (!now || now->state != ServerState::Failed || isStale(id) || !failure.value) {
        m_failures.remove(id);
        return;
    }
    const Listen &listen = failure.value->listen;
    const Ports ports;
    if (failure.code == ErrorCode::InUse || failure.code == ErrorCode::Access) {
        if (!ports.needsPrivileges(listen.port)
            && ports.isFree(toQString(listen.address), listen.port))
            forgetFailure(id);
        return;
    }
    const ServerDocument *document = m_workspace.find(id);
    if (!document)
        return;
    // Files that it names may have been mended.
    auto *watcher = new QFutureWatcher<bool>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, id, failure] {
        watcher->deleteLater();
        if (const auto same = m_failures.constFind(id);
            watcher->result() && same != m_failures.constEnd() && same->value == failure.value)
            forgetFailure(id);
    });
    const auto folder = toPath(QFileInfo(document->file).absolutePath());
    watcher->setFuture(
        QtConcurrent::run([value = failure.value, folder, networks = m_presets.presets().networks,
                           authority = m_authorityFolder] {
            return couldStart(*value, folder, networks, authority);
        }));
}

void RuntimeController::forgetFailure(const QString &id)
{
    m_failures.remove(id);
    // It does not run; this makes it say so without a reason.
    m_workbench->stop(toStd(id));
    Q_EMIT stateChanged(id);
}

void RuntimeController::retryUpdate(const QString &id)
{
    const ServerDocument *document = m_workspace.find(id);
    if (!document || !document->value || !m_known.contains(id)) {
        m_updateErrors.remove(id);
        return;
    }
    const auto updated = m_workbench->update(toStd(id), *document->value);
    const QString message = updated ? QString() : toQString(updated.error().text());
    if (message == m_updateErrors.value(id))
        return;
    if (updated)
        m_updateErrors.remove(id);
    else
        m_updateErrors[id] = message;
    Q_EMIT stateChanged(id);
}

} // namespace understudy::ui
