// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"
#include "core/traffic/journal.h"
#include "ui/services/theme.h"
#include "ui/session/desktop_session.h"

#include <QHash>
#include <QMainWindow>
#include <QTimer>

#include <functional>

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
struct ImportOffer;
struct UpdateOffer;
class MessageBar;
class SaveQuestions;
class ServerLogPage;
struct ShownServer;
class TrafficFiles;
class TrafficPage;
class UndoToast;
class WelcomePage;
class WorkspacePanel;

/// The window: the tree, the editors, live traffic, problems and log, and the actions that join
/// them. What it shows belongs to the session, which outlives it.
/// Over 20 members: they are its parts, a line each.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(DesktopSession &session, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Makes it no larger than its screen, as far as its smallest size allows; before it is shown.
    void fitScreen();

    /// Opens a folder; says why in a banner if it cannot. Edits of the folder before that cannot be
    /// saved are asked about first: then it is opened when that is answered, and this is false.
    bool openWorkspace(const QString &folder);
    /// What the command line names: a folder, mock files, or files of other programs to import.
    void openPaths(const QStringList &paths);
    /// Shows the import dialog for a file of another program (or a mock file of another folder).
    void importFile(const QString &file);
    /// What was copied in another program: a document of any format, or curl command lines.
    void importClipboard();
    /// Fetches a document of a server, of this machine as a rule.
    void importFromUrl();
    /// Shows a HAR as traffic, in a tab beside the live traffic.
    void openTraffic(const QString &file);
    void openSample();
    void newServer();
    /// Adds the servers of an import to a folder, opening it if need be, and starts them.
    void importInto(const formats::LoadOutcome &outcome, const QString &folder, bool start);
    /// Saves what can be saved and ends the program without a question, as at logout. What cannot
    /// be saved is offered at the next start.
    void saveAndQuit();

    ActionRegistry &actions() { return *m_actions; }
    WorkspacePanel &panel() { return *m_panel; }
    EditorTabs &editors() { return *m_editors; }

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
    void updateActions();
    /// That is selected in the tree; null if it is none.
    const Endpoint *currentEndpoint() const;
    void on(const char *id, const std::function<void()> &run);
    void cycleRegion(int step);
    void focusRegion(int number);
    void focusBottom();
    /// Selects in the tree what the editor in front shows, unless a filter hides it.
    void followEditor();
    void undo();
    void redo();
    // main_window_traffic.cpp: traffic from files
    void buildTrafficFiles();
    void fillTrafficMenu();
    void applyRedaction();
    void chooseTraffic();
    /// Says so where the workspace does not have it.
    void showEndpoint(const QString &serverId, const QString &endpointId);
    // main_window_flows.cpp: longer flows and their banners
    void chooseWorkspace();
    void chooseImport();
    /// `onlyItem`: with what is selected in the server preselected.
    void exportServer(bool onlyItem);
    void offerImport(const ImportOffer &offer);
    void offerAsNew(const ImportOffer &offer);
    void takeUpdateOf(const UpdateOffer &offer, const std::vector<std::vector<bool>> &accepted);
    void showLeftOut(QStringList failures, const QStringList &notCopied);
    /// `otherServer`: where it goes if the workspace does not have its own.
    void mock(const JournalEntry &entry, const QString &otherServer = {});
    void createServer(const QString &name, quint16 port, bool start);
    void showPortConflict(const QString &id, int errorCode, const QString &message);
    void showFailure(const QString &text);
    void showAddress(const QString &id);
    void showServer(const ShownServer &server);
    void showRecovery();
    void saveNow();
    bool mayLeave(const QString &leave, const std::function<void()> &then);
    void showRefusal(const QString &text);

    DesktopSession &m_session;
    WorkspaceDocument &m_workspace; ///< the session's, as is
    RuntimeController &m_runtime;   ///< this
    ActionRegistry *m_actions;

    WorkspacePanel *m_panel = nullptr;
    EditorTabs *m_editors = nullptr;
    WelcomePage *m_welcome = nullptr;
    QStackedWidget *m_centre = nullptr;
    MessageBar *m_messages = nullptr;
    UndoToast *m_toast = nullptr;
    QTabWidget *m_bottom = nullptr;
    TrafficPage *m_traffic = nullptr;
    TrafficFiles *m_trafficFiles = nullptr;
    ServerLogPage *m_log = nullptr;
    QDockWidget *m_treeDock = nullptr;
    QDockWidget *m_bottomDock = nullptr;
    DockSizes *m_dockSizes = nullptr;
    QMenu *m_viewMenu = nullptr;
    QMenu *m_trafficMenu = nullptr;
    QLabel *m_running = nullptr;
    QLabel *m_rate = nullptr;
    QLabel *m_rows = nullptr;
    QLabel *m_dropped = nullptr;
    HelpDialog *m_help = nullptr; ///< made when it is first asked for
    QToolButton *m_problemsLabel = nullptr;
    SaveQuestions *m_questions = nullptr;
    FaultStatus *m_faultStatus = nullptr;
    FaultsMenu *m_faultsMenu = nullptr;
    QTimer m_hitsTimer;
    QHash<QString, QString> m_shownUrls; ///< that banners name, by server
    bool m_isFirstShow = true;
};

} // namespace understudy::ui
