// SPDX-License-Identifier: GPL-3.0-or-later
// What the actions of the window do.
#include "ui/panels/window/main_window.h"

#include "core/base/shell.h"
#include "ui/dialogs/authority_dialog.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/state_dialog.h"
#include "ui/document/commands.h"
#include "ui/models/workspace_tree_model.h"
#include "ui/panels/endpoint/body_tab.h"
#include "ui/panels/endpoint/endpoint_editor.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/window/faults_menu.h"
#include "ui/panels/window/traffic_files.h"
#include "ui/panels/workspace/workspace_panel.h"
#include "ui/services/action_registry.h"
#include "ui/services/text.h"
#include "ui/widgets/body_editor.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/workspace_tree.h"

#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolButton>

namespace understudy::ui {

namespace {

/// Text of a body, which has a history of its own: in the body of another response it would be a
/// surprise (ux.md section 16).
bool isBodyText(const QUndoCommand *step)
{
    const auto *change = dynamic_cast<const ChangeServersCommand *>(step);
    return change && change->reveal().field.section('/', -1) == QLatin1String("body");
}

} // namespace

void MainWindow::on(const char *id, const std::function<void()> &run)
{
    QAction *action = m_actions->action(QString::fromLatin1(id));
    addAction(action);
    connect(action, &QAction::triggered, this, run);
}

void MainWindow::followEditor()
{
    const ObjectRef ref = m_editors->currentRef();
    if (!m_panel->current().sameObject(ref) && m_panel->model()->indexOf(ref).isValid())
        m_panel->reveal(ref);
}

void MainWindow::undo()
{
    auto *body = qobject_cast<BodyEditor *>(QApplication::focusWidget());
    if (body && body->isUndoAvailable()) {
        body->undo();
        return;
    }
    QUndoStack *stack = m_workspace.undoStack();
    if (body && isBodyText(stack->command(stack->index() - 1)))
        return;
    m_workspace.endMerge();
    stack->undo();
}

void MainWindow::redo()
{
    auto *body = qobject_cast<BodyEditor *>(QApplication::focusWidget());
    if (body && body->isRedoAvailable()) {
        body->redo();
        return;
    }
    QUndoStack *stack = m_workspace.undoStack();
    if (body && isBodyText(stack->command(stack->index())))
        return;
    m_workspace.endMerge();
    stack->redo();
}

void MainWindow::connectEditActions()
{
    on("file.open", [this] { chooseWorkspace(); });
    on("file.import", [this] { chooseImport(); });
    on("file.export", [this] { exportServer(false); });
    on("item.export", [this] { exportServer(true); });
    on("file.openTraffic", [this] { chooseTraffic(); });
    on("file.importClipboard", [this] { importClipboard(); });
    on("file.importUrl", [this] { importFromUrl(); });
    on("file.save", [this] { saveNow(); });
    on("file.close", [this] {
        const auto leave = [this] { m_workspace.close(); };
        if (mayLeave(tr("Close without saving"), leave))
            leave();
    });
    on("app.quit", [this] { close(); });
    on("edit.undo", [this] { undo(); });
    on("edit.redo", [this] { redo(); });
    on("edit.duplicate", [this] { m_panel->duplicateSelection(); });
    on("edit.rename", [this] { m_panel->renameCurrent(); });
    on("item.toggle", [this] { m_panel->toggleSelection(); });
    on("item.moveUp", [this] {
        if (!m_editors->currentEndpoint() || !m_editors->currentEndpoint()->moveFocused(-1))
            m_panel->moveCurrent(-1);
    });
    on("item.moveDown", [this] {
        if (!m_editors->currentEndpoint() || !m_editors->currentEndpoint()->moveFocused(1))
            m_panel->moveCurrent(1);
    });
    on("tree.filter", [this] {
        m_treeDock->show();
        m_panel->focusFilter();
    });
    // Only in the tree: Del belongs to the text field that has the focus.
    QAction *remove = m_actions->action(QStringLiteral("edit.delete"));
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_panel->tree()->addAction(remove);
    connect(remove, &QAction::triggered, m_panel, &WorkspacePanel::deleteSelection);
    connect(m_workspace.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions);
}

void MainWindow::connectServerActions()
{
    on("server.start", [this] { m_runtime.start(m_panel->currentServer()); });
    on("server.stop", [this] { m_runtime.stop(m_panel->currentServer()); });
    on("server.restart", [this] { m_runtime.restart(m_panel->currentServer()); });
    on("server.startAll", [this] { m_runtime.startAll(); });
    on("server.stopAll", [this] { m_runtime.stopAll(); });
    on("server.new", [this] { newServer(); });
    on("server.copyUrl",
       [this] { QApplication::clipboard()->setText(m_runtime.baseUrl(m_panel->currentServer())); });
    on("server.resetState",
       [this] { m_runtime.workbench().resetState(toStd(m_panel->currentServer())); });
    on("server.state", [this] {
        auto *dialog = new StateDialog(m_runtime.workbench(), m_panel->currentServer(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    on("server.settings",
       [this] { m_editors->open(ObjectRef::server(m_panel->currentServer()), true); });
    on("faults.menu", [this] {
        // Under the button where it can be seen, as if it had been clicked.
        auto *button = findChild<QToolButton *>(QStringLiteral("faultsToolButton"));
        button && button->isVisible() ? button->showMenu()
                                      : void(m_faultsMenu->popup(QCursor::pos()));
    });
    on("tools.authority", [this] {
        auto *dialog = new AuthorityDialog(m_runtime.authorityFolder(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    on("endpoint.new", [this] { m_panel->newEndpoint(); });
    on("folder.new", [this] { m_panel->newFolder(); });
    on("endpoint.open", [this] { m_editors->open(m_panel->current(), true); });
    on("endpoint.copyUrl", [this] {
        if (const Endpoint *endpoint = currentEndpoint())
            QApplication::clipboard()->setText(
                m_runtime.endpointUrl(m_panel->currentServer(), *endpoint));
    });
    on("endpoint.copyCurl", [this] {
        const Endpoint *endpoint = currentEndpoint();
        if (!endpoint)
            return;
        const std::string method = endpoint->methods.empty() ? "GET" : endpoint->methods.front();
        const QString url = m_runtime.endpointUrl(m_panel->currentServer(), *endpoint);
        QApplication::clipboard()->setText(toQString(shell::curlCommand(method, toStd(url))));
    });
    on("endpoint.showTraffic", [this] {
        m_traffic->setFilterText(QStringLiteral("endpoint:") + m_panel->current().endpointId);
        focusRegion(3);
    });
}

void MainWindow::connectBodyActions()
{
    const auto onBody = [this](const char *id, void (BodyTab::*run)()) {
        on(id, [this, run] {
            if (EndpointEditor *endpoint = m_editors->currentEndpoint())
                (endpoint->bodyTab()->*run)();
        });
    };
    onBody("body.find", &BodyTab::openFind);
    onBody("body.format", &BodyTab::format);
    onBody("body.nextProblem", &BodyTab::goToProblem);
    on("response.add", [this] {
        if (EndpointEditor *endpoint = m_editors->currentEndpoint())
            endpoint->addResponse();
    });
    // Only with the focus in an editor: other panels have bodies and finds of their own.
    for (const char *id : {"body.find", "body.format", "body.nextProblem", "response.add"}) {
        QAction *action = m_actions->action(QString::fromLatin1(id));
        removeAction(action);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_editors->addAction(action);
    }
}

void MainWindow::connectViewActions()
{
    on("view.region1", [this] { focusRegion(1); });
    on("view.region2", [this] { focusRegion(2); });
    on("view.region3", [this] { focusRegion(3); });
    on("view.region5", [this] { focusRegion(5); });
    on("view.region6", [this] { focusRegion(6); });
    on("view.nextRegion", [this] { cycleRegion(1); });
    on("view.previousRegion", [this] { cycleRegion(-1); });
    on("view.nextTab", [this] {
        if (m_editors->count() > 0)
            m_editors->setCurrentIndex((m_editors->currentIndex() + 1) % m_editors->count());
        followEditor();
    });
    on("view.closeTab", [this] { m_editors->closeTab(m_editors->currentIndex()); });
    on("app.settings", [this] { showSettings(); });
    on("help.contents", [this] {
        if (!m_help)
            m_help = new HelpDialog(this);
        m_help->show();
        m_help->raise();
        m_help->activateWindow();
    });
    on("help.about", [this] {
        QMessageBox::about(this, tr("About Understudy"),
                           tr("Understudy %1\n\nA desktop workbench for mock HTTP servers.\n\n"
                              "GPL-3.0-or-later. Icons: Breeze, LGPL-3.0-or-later.")
                               .arg(QApplication::applicationVersion()));
    });
}

void MainWindow::showSettings()
{
    auto *dialog = new SettingsDialog(
        static_cast<ThemeChoice>(
            m_session.settings().value(QStringLiteral("appearance/theme"), 0).toInt()),
        m_session.trafficLimits(), m_session.trafficRedaction(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto showUsage = [this, dialog] {
        const JournalCounters now = m_runtime.journal().counters();
        dialog->showUsage(static_cast<qint64>(now.bytes), static_cast<qint64>(now.rows));
    };
    connect(dialog, &SettingsDialog::themeChosen, this,
            [this](ThemeChoice theme) { m_actions->action(themeActionId(theme))->trigger(); });
    connect(dialog, &SettingsDialog::trafficLimitsChosen, this,
            [this, showUsage](const TrafficLimits &limits) {
                m_session.setTrafficLimits(limits);
                m_traffic->setRowLimit(limits.rows);
                m_trafficFiles->setLimits(limits);
                showUsage();
            });
    connect(dialog, &SettingsDialog::redactionChosen, this,
            [this](const TrafficRedaction &redaction) {
                m_session.setTrafficRedaction(redaction);
                applyRedaction();
            });
    connect(m_traffic, &TrafficPage::statisticsChanged, dialog, showUsage);
    showUsage();
    dialog->open();
}

const Endpoint *MainWindow::currentEndpoint() const
{
    const ObjectRef ref = m_panel->current();
    const ServerDocument *document = m_workspace.find(ref.serverId);
    return document && document->value ? findEndpoint(*document->value, toStd(ref.endpointId))
                                       : nullptr;
}

void MainWindow::focusRegion(int number)
{
    switch (number) {
    case 1:
        m_treeDock->show();
        m_panel->tree()->setFocus();
        return;
    case 2:
        if (QWidget *page = m_editors->currentWidget()) {
            auto *first = page->findChild<QLineEdit *>(QStringLiteral("pathEdit"));
            first ? first->setFocus() : page->setFocus();
        }
        return;
    default:
        break;
    }
    m_bottomDock->show();
    m_bottom->setCurrentIndex(number == 3 ? 0 : number == 5 ? 1 : 2);
    focusBottom();
}

/// The list of the tab in front.
void MainWindow::focusBottom()
{
    static const char *const kViews[]{"trafficView", "problemsView", "serverLogView"};
    const int tab = m_bottom->currentIndex();
    auto *view = m_bottom->currentWidget()->findChild<QWidget *>(
        QString::fromLatin1(kViews[m_trafficFiles->current() ? 0 : tab]));
    (view && view->isVisible() ? view : m_bottom->currentWidget())->setFocus();
}

void MainWindow::cycleRegion(int step)
{
    constexpr int kBottom = 3; // whatever tab is in front
    const QList<int> regions{1, 2, kBottom};
    const QWidget *focus = QApplication::focusWidget();
    int at = 0;
    if (focus && m_editors->isAncestorOf(focus))
        at = 1;
    else if (focus && m_bottom->isAncestorOf(focus))
        at = 2;
    const int count = static_cast<int>(regions.size());
    int next = (at + step + count) % count;
    if (regions[next] == 2 && m_editors->count() == 0)
        next = (next + step + count) % count;
    if (regions[next] != kBottom) {
        focusRegion(regions[next]);
        return;
    }
    m_bottomDock->show();
    focusBottom();
}

void MainWindow::updateActions()
{
    const auto enable = [this](const char *id, bool on) {
        m_actions->action(QString::fromLatin1(id))->setEnabled(on);
    };
    const bool isOpen = m_workspace.isOpen();
    const QString server = m_panel->currentServer();
    const ObjectRef current = m_panel->current();
    const ServerDocument *document = m_workspace.find(server);
    const bool isUsable = document && !document->isBroken() && !document->isRemoved;
    const bool isRunning = document && m_runtime.isRunning(server);
    const bool isItem
        = current.kind == ObjectRef::Kind::Endpoint || current.kind == ObjectRef::Kind::Folder;
    const bool isEndpoint = current.kind == ObjectRef::Kind::Endpoint;
    // Also while all is saved: a field may hold what it has not handed over.
    enable("file.save", isOpen);
    enable("file.close", isOpen);
    enable("server.start", isUsable && !isRunning);
    enable("server.stop", isRunning);
    enable("server.restart", isRunning);
    enable("server.resetState", isRunning);
    enable("server.state", isUsable);
    enable("file.export", isUsable);
    enable("item.export", isUsable && isItem);
    enable("server.startAll", isOpen && !m_workspace.servers().empty());
    enable("server.stopAll", m_runtime.runningCount() > 0);
    enable("server.copyUrl", isUsable);
    enable("server.settings", document != nullptr);
    for (const char *id : {"endpoint.new", "folder.new"})
        enable(id, isUsable);
    for (const char *id : {"item.toggle", "item.moveUp", "item.moveDown"})
        enable(id, isItem || m_editors->currentEndpoint());
    for (const char *id : {"edit.duplicate", "edit.rename"})
        enable(id, current.isValid() && isUsable);
    enable("edit.delete", m_panel->tree()->selectionModel()->hasSelection());
    for (const char *id :
         {"endpoint.open", "endpoint.copyUrl", "endpoint.copyCurl", "endpoint.showTraffic"})
        enable(id, isEndpoint);
    const bool hasEditor = m_editors->currentEndpoint() != nullptr;
    for (const char *id : {"response.add", "body.find", "body.format", "body.nextProblem"})
        enable(id, hasEditor);
    enable("faults.menu", isUsable && m_panel->tree()->selectionModel()->hasSelection());
    enable("view.closeTab", m_editors->count() > 0);
    enable("view.nextTab", m_editors->count() > 1);
    enable("tree.filter", isOpen);
    const QUndoStack *stack = m_workspace.undoStack();
    QAction *undoAction = m_actions->action(QStringLiteral("edit.undo"));
    QAction *redoAction = m_actions->action(QStringLiteral("edit.redo"));
    undoAction->setText(stack->canUndo() ? tr("Undo %1").arg(stack->undoText()) : tr("Undo"));
    redoAction->setText(stack->canRedo() ? tr("Redo %1").arg(stack->redoText()) : tr("Redo"));
    undoAction->setEnabled(stack->canUndo());
    redoAction->setEnabled(stack->canRedo());
}

} // namespace understudy::ui
