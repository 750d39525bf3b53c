// SPDX-License-Identifier: GPL-3.0-or-later
// The menus and the toolbar of the window; what their actions do stands in main_window_actions.cpp.
#include "ui/panels/window/main_window.h"

#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/window/faults_menu.h"
#include "ui/panels/workspace/workspace_panel.h"
#include "ui/services/action_registry.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>

#include <initializer_list>
#include <utility>

namespace understudy::ui {

namespace {

void fill(QMenu *menu, const ActionRegistry &actions, std::initializer_list<const char *> ids)
{
    for (const char *id : ids) {
        if (*id)
            menu->addAction(actions.action(QString::fromLatin1(id)));
        else
            menu->addSeparator();
    }
}

} // namespace

void MainWindow::buildMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    fill(file, *m_actions,
         {"file.open", "file.import", "file.importClipboard", "file.importUrl", "file.export", "",
          "file.openTraffic", "", "file.save", "", "file.close", "", "app.quit"});
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    fill(edit, *m_actions,
         {"edit.undo", "edit.redo", "", "edit.duplicate", "edit.rename", "edit.delete", "",
          "item.toggle", "item.moveUp", "item.moveDown", "", "tree.filter", "", "app.settings"});
    m_viewMenu = menuBar()->addMenu(tr("&View"));
    QMenu *server = menuBar()->addMenu(tr("&Server"));
    fill(server, *m_actions,
         {"server.start", "server.stop", "server.restart", "", "server.startAll", "server.stopAll",
          "", "server.new", "server.copyUrl", "server.state", "server.resetState",
          "server.settings"});
    QMenu *endpoint = menuBar()->addMenu(tr("E&ndpoint"));
    fill(endpoint, *m_actions,
         {"endpoint.new", "folder.new", "response.add", "", "endpoint.open", "endpoint.copyUrl",
          "endpoint.copyCurl", "endpoint.showTraffic", "", "faults.menu", "", "body.find",
          "body.format", "body.nextProblem"});
    m_trafficMenu = menuBar()->addMenu(tr("&Traffic"));
    for (QAction *action : m_traffic->pageActions())
        m_actions->adopt(action);
    fillTrafficMenu();
    QMenu *tools = menuBar()->addMenu(tr("T&ools"));
    fill(tools, *m_actions, {"tools.authority"});
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    fill(help, *m_actions, {"help.contents", "", "help.about"});
    connectEditActions();
    connectServerActions();
    connectBodyActions();
    connectViewActions();
    buildViewMenu(m_viewMenu);
}

void MainWindow::buildToolBar()
{
    auto *bar = new QToolBar(tr("Toolbar"));
    bar->setObjectName(QStringLiteral("mainToolBar"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize);
    bar->setIconSize({side, side});
    const auto button = [&](const char *name, const char *actionId) {
        auto *b = new QToolButton;
        b->setObjectName(QString::fromLatin1(name));
        b->setDefaultAction(m_actions->action(QString::fromLatin1(actionId)));
        b->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        b->setAutoRaise(true);
        b->setAccessibleName(b->text());
        bar->addWidget(b);
        return b;
    };
    auto *start = button("startButton", "server.start");
    auto *startMenu = new QMenu(this);
    startMenu->setObjectName(QStringLiteral("startMenu"));
    fill(startMenu, *m_actions,
         {"server.start", "server.restart", "", "server.startAll", "server.stopAll"});
    start->setMenu(startMenu);
    start->setPopupMode(QToolButton::MenuButtonPopup);
    button("stopButton", "server.stop");
    bar->addSeparator();
    auto *add = button("addButton", "endpoint.new");
    auto *addMenu = new QMenu(this);
    fill(addMenu, *m_actions, {"endpoint.new", "folder.new", "server.new"});
    add->setMenu(addMenu);
    add->setPopupMode(QToolButton::MenuButtonPopup);
    bar->addSeparator();
    button("undoButton", "edit.undo")->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button("redoButton", "edit.redo")->setToolButtonStyle(Qt::ToolButtonIconOnly);
    bar->addSeparator();
    button("importToolButton", "file.import");
    bar->addSeparator();
    buildFaultsMenu();
    auto *faults = button("faultsToolButton", "faults.menu");
    faults->setMenu(m_faultsMenu);
    faults->setPopupMode(QToolButton::InstantPopup);
    addToolBar(bar);
}

void MainWindow::buildFaultsMenu()
{
    m_faultsMenu = new FaultsMenu(
        m_workspace, m_runtime.presets(), [this] { return m_panel->selection(); }, this);
    for (QAction *action : m_faultsMenu->actions()) {
        if (!action->objectName().isEmpty())
            m_actions->adopt(action);
    }
    connect(m_faultsMenu, &FaultsMenu::customRequested, this, [this](const ObjectRef &object) {
        ObjectRef ref = object;
        ref.field = QStringLiteral("behaviour");
        m_editors->open(ref, true);
    });
    connect(m_faultsMenu, &FaultsMenu::refused, this, &MainWindow::showRefusal);
}

void MainWindow::buildViewMenu(QMenu *menu)
{
    fill(menu, *m_actions,
         {"view.region1", "view.region2", "view.region3", "view.region5", "view.region6", "",
          "view.nextRegion", "view.previousRegion", "view.nextTab", "view.closeTab", ""});
    for (QDockWidget *dock : {m_treeDock, m_bottomDock}) {
        QAction *toggle = dock->toggleViewAction();
        toggle->setText(dock == m_treeDock ? tr("Show Workspace") : tr("Show Bottom Panel"));
        toggle->setObjectName(dock == m_treeDock ? QStringLiteral("view.showWorkspace")
                                                 : QStringLiteral("view.showBottom"));
        m_actions->adopt(toggle);
        menu->addAction(toggle);
        connect(toggle, &QAction::toggled, this, [this, dock](bool on) {
            if (m_workspace.isOpen() && isVisible() && !isMinimized())
                dock->setProperty("wanted", on);
        });
    }
    menu->addSeparator();
    QMenu *themes = menu->addMenu(tr("Theme"));
    auto *group = new QActionGroup(this);
    const int chosen = m_session.settings().value(QStringLiteral("appearance/theme"), 0).toInt();
    const std::pair<ThemeChoice, QString> choices[]{
        {ThemeChoice::System, tr("System")},
        {ThemeChoice::Light, tr("Light")},
        {ThemeChoice::Dark, tr("Dark")},
        {ThemeChoice::HighContrast, tr("High Contrast")}};
    for (const auto &[choice, text] : choices) {
        QAction *action = themes->addAction(text);
        action->setObjectName(themeActionId(choice));
        action->setCheckable(true);
        action->setChecked(static_cast<int>(choice) == chosen);
        group->addAction(action);
        m_actions->adopt(action);
        connect(action, &QAction::triggered, this, [this, choice = choice] {
            m_session.settings().setValue(QStringLiteral("appearance/theme"),
                                          static_cast<int>(choice));
            applyTheme(choice);
            applyColors();
        });
    }
}

QString MainWindow::themeActionId(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        break;
    case ThemeChoice::Light:
        return QStringLiteral("view.themeLight");
    case ThemeChoice::Dark:
        return QStringLiteral("view.themeDark");
    case ThemeChoice::HighContrast:
        return QStringLiteral("view.themeHighContrast");
    }
    return QStringLiteral("view.themeSystem");
}

} // namespace understudy::ui
