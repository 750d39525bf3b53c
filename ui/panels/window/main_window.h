// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"
#include "core/traffic/journal.h"
#include "ui/document/workspace_document.h"
#include "ui/services/ports.h"
#include "ui/services/runtime_controller.h"
#include "ui/services/theme.h"
#include "ui/services/traffic_limits.h"

#include <QHash>
#include <QMainWindow>
#include <QSettings>

#include <filesystem>
#include <memory>

class QLabel;
class QMenu;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace understudy::ui {

class ActionRegistry;
class DockSizes;
class EditorTabs;
class FaultStatus;
class FaultsMenu;
class HelpDialog;
class MessageBar;
class ProblemsModel;
class Recovery;
class SaveQuestions;
class ServerLogPage;
class TrafficPage;
class UndoToast;
class WelcomePage;
class WorkspacePanel;

/// What the window needs from outside; tests give it temporary places and ports of their own.
struct WindowOptions
{
    QString settingsFile;    ///< an INI file; empty: the user's own settings
    QString dataFolder;      ///< for the sample and the default workspace; empty: the user's own
    QString authorityFolder; ///< of the local certificate authority; empty: the user's own
    QString stateFolder; ///< for edits that are not saved; empty: in dataFolder, or the user's own
    quint16 firstPort = 3000; ///< where the search for a free port begins
    Ports ports;
};

/// The window: the tree, the editors, live traffic, problems and log, and the actions that join
/// them. It owns the document and the running servers.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(WindowOptions options = {}, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens a folder; says why in a banner if it cannot. Edits of the folder before that cannot be
    /// saved are asked about first: then it is opened when that is answered, and this is false.
    bool openWorkspace(const QString &folder);
    /// What the command line names: a folder, mock files, or files of other programs to import.
    void openPaths(const QStringList &paths);
    /// Shows the import dialog for a file of another program (or a mock file of another folder).
    void importFile(const QString &file);
    void startSample();
    void newServer();
    /// Adds the servers of an import to a folder; one undo step.
    void takeImport(const formats::LoadOutcome &outcome, const QString &folder, bool start);
    /// Saves what can be saved and ends the program without a question, as at logout. What cannot
    /// be saved is offered at the next start.
    void saveAndQuit();

    WorkspaceDocument &workspace() { return m_workspace; }
    RuntimeController &runtime() { return *m_runtime; }
    ActionRegistry &actions() { return *m_actions; }
    WorkspacePanel &panel() { return *m_panel; }
    EditorTabs &editors() { return *m_editors; }
    Recovery &recovery() { return *m_recovery; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    // main_window.cpp: the parts and where they stand
    void buildCentre();
    void buildDocks();
    void buildStatusBar();
    void connectParts();
    void updateCentre();
    void updateStatus();
    void applyColors();
    void restoreLayout();
    void saveLayout();
    // main_window_menus.cpp: where the actions are offered
    void buildMenus();
    void buildToolBar();
    void buildViewMenu(QMenu *menu);
    void buildFaultsMenu();
    static QString themeActionId(ThemeChoice choice);
    // main_window_actions.cpp: what the actions do
    void connectEditActions();
    void connectServerActions();
    void connectViewActions();
    void connectBodyActions();
    void showSettings();
    void applyTrafficLimits(const TrafficLimits &limits);
    void updateActions();
    void on(const char *id, const std::function<void()> &run);
    void cycleRegion(int step);
    void focusRegion(int number);
    /// Selects in the tree what the editor in front shows, unless a filter hides it.
    void followEditor();
    void undo();
    void redo();
    // main_window_flows.cpp: longer flows and their banners
    void chooseWorkspace();
    void chooseImport();
    void mockFrom(const JournalEntry &entry);
    void createServer(const QString &name, quint16 port, bool start);
    bool ensureWorkspace();
    QString defaultFolder(const QString &name) const;
    void remember(const QString &folder);
    QStringList recentFolders() const;
    void showPortConflict(const QString &id, int errorCode, const QString &message);
    void showFailure(const QString &text);
    void showAddress(const QString &id);
    void showRecovery();
    void saveNow();
    bool mayLeave(const QString &leave, const std::function<void()> &then);
    void showRefusal(const QString &text);
    std::set<quint16> portsInUse(const QString &exceptFor = {}) const;
    quint16 nextPort() const;

    WindowOptions m_options;
    std::unique_ptr<QSettings> m_settings;
    WorkspaceDocument m_workspace;
    RuntimeController *m_runtime;
    ActionRegistry *m_actions;

    WorkspacePanel *m_panel = nullptr;
    EditorTabs *m_editors = nullptr;
    WelcomePage *m_welcome = nullptr;
    QStackedWidget *m_centre = nullptr;
    MessageBar *m_messages = nullptr;
    UndoToast *m_toast = nullptr;
    QTabWidget *m_bottom = nullptr;
    TrafficPage *m_traffic = nullptr;
    ProblemsModel *m_problems = nullptr;
    ServerLogPage *m_log = nullptr;
    QDockWidget *m_treeDock = nullptr;
    QDockWidget *m_bottomDock = nullptr;
    DockSizes *m_dockSizes = nullptr;
    QMenu *m_viewMenu = nullptr;
    QLabel *m_running = nullptr;
    QLabel *m_rate = nullptr;
    QLabel *m_rows = nullptr;
    QLabel *m_dropped = nullptr;
    HelpDialog *m_help = nullptr; ///< made when it is first asked for
    QToolButton *m_problemsLabel = nullptr;
    SaveQuestions *m_questions = nullptr;
    std::unique_ptr<Recovery> m_recovery;
    FaultStatus *m_faultStatus = nullptr;
    FaultsMenu *m_faultsMenu = nullptr;
    QTimer m_hitsTimer;
    QHash<QString, QString> m_shownUrls; ///< that banners name, by server
    bool m_isFirstShow = true;
    bool m_isLeaving = false; ///< what cannot be saved has been given up
};

} // namespace understudy::ui
