// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/recovery.h"
#include "ui/document/runtime_controller.h"
#include "ui/document/workspace_document.h"
#include "ui/models/problems_model.h"
#include "ui/services/ports.h"
#include "ui/services/traffic_limits.h"
#include "ui/services/traffic_redaction.h"

#include <QObject>
#include <QSettings>

#include <functional>
#include <memory>
#include <set>

namespace understudy::ui {

/// What a session needs from outside; tests give it temporary places and ports of their own.
struct SessionOptions
{
    QString settingsFile;    ///< an INI file; empty: the user's own settings
    QString dataFolder;      ///< for the sample and the default workspace; empty: the user's own
    QString authorityFolder; ///< of the local certificate authority; empty: the user's own
    QString stateFolder; ///< for edits that are not saved; empty: in dataFolder, or the user's own
    quint16 firstPort = 3000; ///< where the search for a free port begins
    Ports ports;
};

/// What the program works on, whatever shows it: settings, the open workspace, its running servers,
/// its problems, and edits of earlier runs. It outlives the window and knows no widget; what can
/// fail returns why, and the window says it. Its thread is the window's. Longer flows stand beside
/// it: import_flow.h, server_flows.h, mock_flow.h.
class DesktopSession : public QObject
{
    Q_OBJECT
public:
    explicit DesktopSession(SessionOptions options = {}, QObject *parent = nullptr);
    ~DesktopSession() override; ///< saves what can be saved and stops the servers

    QSettings &settings() { return *m_settings; }
    WorkspaceDocument &workspace() { return m_workspace; }
    const WorkspaceDocument &workspace() const { return m_workspace; }
    RuntimeController &runtime() { return m_runtime; }
    const RuntimeController &runtime() const { return m_runtime; }
    ProblemsModel &problems() { return m_problems; }
    Recovery &recovery() { return m_recovery; }
    const Ports &ports() const { return m_options.ports; }
    quint16 firstPort() const { return m_options.firstPort; }

    /// Opens a folder in place of the one that is open; its servers are stopped. Nothing happens
    /// where it is open already. The caller has seen to mayLeave().
    Result<void> open(const QString &folder);
    bool isOpenAt(const QString &folder) const;
    /// Saves. False if edits are left that only the user can decide about.
    bool mayLeave();
    /// Runs `then` with those edits given up: mayLeave() is true meanwhile.
    void leaveWithout(const std::function<void()> &then);
    /// Saves what can be saved, without a question; the rest is offered at the next start.
    void saveForGood();

    /// The last ten workspaces, the newest first.
    QStringList recentFolders() const;
    /// A folder of the user's data, "sample" or "workspace". It need not exist.
    QString dataFolder(const QString &name) const;

    TrafficLimits trafficLimits() const { return readTrafficLimits(*m_settings); }
    /// For the journal, now and at the next start.
    void setTrafficLimits(const TrafficLimits &limits);

    TrafficRedaction trafficRedaction() const { return readTrafficRedaction(*m_settings); }
    void setTrafficRedaction(const TrafficRedaction &redaction)
    {
        writeTrafficRedaction(*m_settings, redaction);
    }

    /// Those that the servers of the workspace want, running or not.
    std::set<quint16> portsInUse(const QString &exceptFor = {}) const;
    /// For one more server; 0 if there is none.
    quint16 nextPort() const;

Q_SIGNALS:
    void recentFoldersChanged();

private:
    void applyTrafficLimits();
    QString recoveryFolder() const;

    SessionOptions m_options;
    std::unique_ptr<QSettings> m_settings;
    WorkspaceDocument m_workspace;
    RuntimeController m_runtime;
    ProblemsModel m_problems;
    Recovery m_recovery;
    bool m_isLeaving = false; ///< what cannot be saved has been given up
};

} // namespace understudy::ui
