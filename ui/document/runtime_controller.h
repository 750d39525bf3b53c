// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/workbench.h"
#include "ui/document/workspace_document.h"
#include "ui/services/preset_library.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>

namespace understudy::ui {

/// What a server's row shows. Stopped to Failed are the workbench's; Broken and Removed come from
/// the file.
enum class RowState { Stopped, Running, Failed, Broken, Removed };

/// Keeps the workbench in step with the workspace: servers come and go, edits reach the running
/// server 200 ms after the last of them. Lives in the window's thread; the workbench's events are
/// brought there.
class RuntimeController : public QObject
{
    Q_OBJECT
public:
    /// `authorityFolder` is where the local certificate authority lies; empty: the user's own.
    explicit RuntimeController(WorkspaceDocument &workspace,
                               std::filesystem::path authorityFolder = {},
                               QObject *parent = nullptr);
    ~RuntimeController() override;

    Workbench &workbench() { return *m_workbench; }
    Journal &journal() { return m_workbench->journal(); }
    PresetLibrary &presets() { return m_presets; }
    const std::filesystem::path &authorityFolder() const { return m_authorityFolder; }
    /// The exchange that is looked at in the traffic; null if none is.
    const std::shared_ptr<const Exchange> &selectedExchange() const { return m_selected; }
    void select(std::shared_ptr<const Exchange> exchange) { m_selected = std::move(exchange); }
    /// JavaScript of servers and previews.
    const std::shared_ptr<Scripting> &scripting() const { return m_scripting; }

    /// False if it failed; startFailed has told why.
    bool start(const QString &id);
    void stop(const QString &id);
    bool restart(const QString &id);
    void startAll();
    void stopAll();

    RowState state(const QString &id) const;
    bool isRunning(const QString &id) const { return state(id) == RowState::Running; }
    int runningCount() const;
    /// Why the server is Failed, Broken or Removed; empty otherwise.
    QString problem(const QString &id) const;
    /// "http://127.0.0.1:3000" with the base path: of the bound port when running, else of the
    /// configured one.
    QString baseUrl(const QString &id) const;
    /// Of a request that the endpoint is meant for: sample values stand for its parameters.
    QString endpointUrl(const QString &serverId, const Endpoint &endpoint) const;
    std::optional<ServerStatus> status(const QString &id) const;

    /// Applies edits that still wait for the 200 ms, now: the server has taken or refused them.
    void flush();
    /// Edits wait, until they are released, for something that is no edit while it is half typed.
    void hold() { m_isHeld = true; }
    void release();

Q_SIGNALS:
    void stateChanged(const QString &id);
    void startFailed(const QString &id, int errorCode, const QString &message);
    /// An edit that the running server could not take; it goes on with the version before.
    void updateFailed(const QString &id, int errorCode, const QString &message);
    void logged(const understudy::ServerEvent &event);

private:
    void addServer(const QString &id);
    void removeServer(const QString &id);
    void applyWaiting();
    void apply(const QString &id);
    void applyOnWorker(const QString &id);
    void tookUpdate(const QString &id, const Result<void> &updated);
    void takePresets();

    WorkspaceDocument &m_workspace;
    std::filesystem::path m_authorityFolder;
    std::shared_ptr<Scripting> m_scripting;
    std::shared_ptr<const Exchange> m_selected;
    std::unique_ptr<Workbench> m_workbench;
    PresetLibrary m_presets;
    QSet<QString> m_known;
    QSet<QString> m_waiting;
    QHash<QString, QFuture<Result<void>>> m_applying; ///< updates that workers are at
    QHash<QString, QString> m_updateErrors;
    /// Why a server could not start, and what it said then: once either is another, why it failed
    /// is no news any more.
    struct Failure
    {
        ErrorCode code;
        ServerValue value;
    };
    bool isStale(const QString &id) const;
    void recheck();
    void recheckFailure(const QString &id, const Failure &failure);
    void forgetFailure(const QString &id);
    void retryUpdate(const QString &id);

    QHash<QString, Failure> m_failures;
    QTimer m_debounce;
    bool m_isHeld = false;
    QTimer m_recheck; ///< while something has failed whose cause may pass
};

} // namespace understudy::ui
