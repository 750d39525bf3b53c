// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/main_window.h"

#include "ui/models/workspace_tree_model.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/window/fault_status.h"
#include "ui/panels/window/problems_page.h"
#include "ui/panels/window/save_questions.h"
#include "ui/panels/window/server_log_page.h"
#include "ui/panels/window/traffic_files.h"
#include "ui/panels/window/welcome_page.h"
#include "ui/panels/workspace/workspace_panel.h"
#include "ui/services/action_registry.h"
#include "ui/services/pending_field.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/undo_keys.h"
#include "ui/services/wheel_guard.h"
#include "ui/widgets/dock_sizes.h"
#include "ui/widgets/list_keys.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/workspace_tree.h"

#include <QApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace understudy::ui {

MainWindow::MainWindow(DesktopSession &session, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_workspace(session.workspace())
    , m_runtime(session.runtime())
    , m_actions(new ActionRegistry(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    qApp->installEventFilter(new PlainTextGuard(this)); // before there is anything to show
    setMinimumSize(900, 600);
    resize(1280, 800);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    buildCentre();
    buildDocks();
    buildStatusBar();
    buildToolBar();
    buildMenus();
    connectParts();
    m_traffic->setRowLimit(m_session.trafficLimits().rows);
    qApp->installEventFilter(new UndoKeys(this));
    new PendingField({m_editors, m_panel->tree()}, this);
    qApp->installEventFilter(new WheelGuard(this));
    qApp->installEventFilter(new ListKeyClaims(m_panel->tree(), this));
    applyColors();
    restoreLayout();
    m_welcome->setRecent(m_session.recentFolders());
    updateCentre();
    updateStatus();
    updateActions();
}

MainWindow::~MainWindow()
{
    // What is being typed becomes an edit while everything that shows it is there.
    if (QWidget *typing = focusWidget())
        typing->clearFocus();
    // The session goes on, and its parts tell of changes; this window is no longer whole.
    for (QObject *part :
         {static_cast<QObject *>(&m_session), static_cast<QObject *>(&m_workspace),
          static_cast<QObject *>(m_workspace.undoStack()), static_cast<QObject *>(&m_runtime),
          static_cast<QObject *>(&m_session.problems()),
          static_cast<QObject *>(&m_session.recovery())})
        part->disconnect(this);
    for (QObject *child : findChildren<QObject *>())
        child->disconnect(this);
    m_hitsTimer.stop();
}

void MainWindow::buildCentre()
{
    m_messages = new MessageBar;
    m_questions = new SaveQuestions(m_workspace, *m_messages, this);
    m_welcome = new WelcomePage;
    m_editors = new EditorTabs(m_workspace, m_runtime, m_session.ports());
    m_centre = new QStackedWidget;
    m_centre->setObjectName(QStringLiteral("centralStack"));
    m_centre->addWidget(m_welcome);
    m_centre->addWidget(m_editors);
    auto *hint = new QLabel(tr("Select an endpoint in the workspace"));
    hint->setObjectName(QStringLiteral("editorHint"));
    hint->setAlignment(Qt::AlignCenter);
    hint->setForegroundRole(QPalette::PlaceholderText);
    m_centre->addWidget(hint);
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messages);
    layout->addWidget(m_centre, 1);
    setCentralWidget(centre);
    m_toast = new UndoToast(m_centre);
}

void MainWindow::buildDocks()
{
    m_panel = new WorkspacePanel(m_workspace, m_runtime, *m_actions);
    m_treeDock = new QDockWidget(tr("Workspace"));
    m_treeDock->setObjectName(QStringLiteral("workspaceDock"));
    m_treeDock->setWidget(m_panel);
    addDockWidget(Qt::LeftDockWidgetArea, m_treeDock);

    m_traffic = new TrafficPage(m_runtime.journal());
    auto *problems = new ProblemsPage(&m_session.problems());
    m_log = new ServerLogPage;
    m_bottom = new QTabWidget;
    m_bottom->setObjectName(QStringLiteral("bottomTabs"));
    m_bottom->setAccessibleName(tr("Traffic, problems and log"));
    m_bottom->setDocumentMode(true);
    m_bottom->addTab(m_traffic, tr("Traffic"));
    m_bottom->addTab(problems, tr("Problems"));
    m_bottom->addTab(m_log, tr("Server log"));
    buildTrafficFiles();
    m_bottomDock = new QDockWidget(tr("Traffic"));
    m_bottomDock->setObjectName(QStringLiteral("bottomDock"));
    m_bottomDock->setWidget(m_bottom);
    // The tabs name what it holds; a title bar would only take height.
    m_bottomDock->setTitleBarWidget(new QWidget(m_bottomDock));
    addDockWidget(Qt::BottomDockWidgetArea, m_bottomDock);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    // Less than their parts would like: at the smallest size of the window all have to fit.
    const int line = fontMetrics().lineSpacing();
    m_bottom->setMinimumHeight(line * 11);
    m_centre->setMinimumHeight(line * 12);
    m_dockSizes = new DockSizes(this);
    m_dockSizes->keep(m_treeDock, Qt::Horizontal, 335, 32);
    m_dockSizes->keep(m_bottomDock, Qt::Vertical, 280, 36);
    connect(problems, &ProblemsPage::openRequested, this, [this](const ObjectRef &ref) {
        if (ref.field == QLatin1String(kUnsavedField)) {
            showRecovery();
            m_messages->focusFirst();
            return;
        }
        m_panel->reveal(ref);
        if (ref.field == QLatin1String(kFileField))
            m_questions->ask(ref.serverId);
        else
            m_editors->open(ref, true);
    });
}

void MainWindow::buildStatusBar()
{
    const auto label = [this](const char *name, const QString &accessible) {
        auto *l = new QLabel;
        l->setObjectName(QString::fromLatin1(name));
        l->setAccessibleName(accessible);
        l->setContentsMargins(4, 0, 8, 0);
        statusBar()->addWidget(l);
        return l;
    };
    statusBar()->setObjectName(QStringLiteral("statusBar"));
    m_running = label("runningLabel", tr("Running servers"));
    m_rate = label("rateLabel", tr("Requests per second"));
    m_rows = label("rowsLabel", tr("Rows of traffic"));
    m_dropped = label("droppedLabel", tr("Dropped rows"));
    m_dropped->setToolTip(tr("Rows that had to make room (memory limit), or were gone before the "
                             "table could read them"));
    m_problemsLabel = new QToolButton;
    m_problemsLabel->setObjectName(QStringLiteral("problemsLabel"));
    m_problemsLabel->setAccessibleName(tr("Problems"));
    m_problemsLabel->setAutoRaise(true);
    statusBar()->addPermanentWidget(m_problemsLabel);
    statusBar()->addPermanentWidget(m_questions->label());
    m_faultStatus = new FaultStatus(m_workspace, m_runtime, [this] { return m_panel->current(); });
    statusBar()->addPermanentWidget(m_faultStatus);
    connect(m_problemsLabel, &QToolButton::clicked, this, [this] { focusRegion(5); });
}

void MainWindow::connectParts()
{
    connect(m_welcome, &WelcomePage::sampleRequested, this, &MainWindow::openSample);
    connect(m_welcome, &WelcomePage::newServerRequested, this, &MainWindow::newServer);
    connect(m_welcome, &WelcomePage::importRequested, this, &MainWindow::chooseImport);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::chooseWorkspace);
    connect(m_welcome, &WelcomePage::recentRequested, this, &MainWindow::openWorkspace);
    connect(m_panel, &WorkspacePanel::openRequested, m_editors, &EditorTabs::open);
    connect(m_panel, &WorkspacePanel::currentChanged, this, &MainWindow::updateActions);
    connect(m_panel, &WorkspacePanel::currentChanged, m_faultStatus, &FaultStatus::refresh);
    connect(m_editors, &EditorTabs::faultsRefused, this, &MainWindow::showRefusal);
    connect(m_panel, &WorkspacePanel::faultsRefused, this, &MainWindow::showRefusal);
    connect(m_panel, &WorkspacePanel::newServerRequested, this, &MainWindow::newServer);
    connect(m_panel, &WorkspacePanel::undoOffered, this, [this](const QString &text) {
        m_toast->offer(text, tr("Undo"), [this] { m_workspace.undoStack()->undo(); });
    });
    connect(m_editors, &EditorTabs::openRequested, this, [this](const ObjectRef &ref, bool pin) {
        m_panel->reveal(ref);
        m_editors->open(ref, pin);
    });
    connect(m_editors, &QTabWidget::tabBarClicked, this, [this](int index) {
        m_editors->setCurrentIndex(index);
        followEditor();
    });
    connect(m_editors, &QTabWidget::currentChanged, this, [this] {
        updateCentre();
        updateActions();
    });
    connect(&m_session, &DesktopSession::recentFoldersChanged, m_welcome,
            [this] { m_welcome->setRecent(m_session.recentFolders()); });
    // The toast's Undo means the step it was offered for, and no later one.
    connect(m_workspace.undoStack(), &QUndoStack::indexChanged, m_toast, &QWidget::hide);
    connect(&m_workspace, &WorkspaceDocument::opened, this, &MainWindow::updateCentre);
    connect(&m_workspace, &WorkspaceDocument::closed, this, [this] {
        m_messages->clear();
        m_toast->hide();
        updateCentre();
        updateActions();
    });
    connect(&m_workspace, &WorkspaceDocument::saveStateChanged, this, &MainWindow::updateActions);
    connect(&m_session.recovery(), &Recovery::foundChanged, this, &MainWindow::showRecovery);
    connect(&m_session.recovery(), &Recovery::failed, this, [this](const QString &reason) {
        m_messages->post(
            QStringLiteral("saveFailed"), QStringLiteral("recoveryLog"),
            tr("Changes that are not saved yet would be lost in a crash: %1").arg(reason), {});
    });
    connect(&m_workspace, &WorkspaceDocument::serverRemoved, this,
            [this](const QString &id) { m_messages->removeFor(id); });
    connect(&m_workspace, &WorkspaceDocument::reloaded, this, [this](const QString &id) {
        const ServerDocument *document = m_workspace.find(id);
        m_toast->offer(
            tr("%1 was changed outside and loaded again").arg(QFileInfo(document->file).fileName()),
            tr("Undo"), [this] { m_workspace.undoStack()->undo(); });
    });
    connect(&m_workspace, &WorkspaceDocument::revealRequested, this, [this](const ObjectRef &ref) {
        m_panel->reveal(ref);
        m_editors->revealIfOpen(ref);
    });
    connect(&m_runtime, &RuntimeController::stateChanged, this, [this](const QString &id) {
        if (m_runtime.problem(id).isEmpty())
            m_messages->remove(QStringLiteral("port/") + id);
        // An address where nobody listens any more is not worth copying.
        if (m_shownUrls.contains(id)
            && (!m_runtime.isRunning(id) || m_runtime.baseUrl(id) != m_shownUrls[id])) {
            m_messages->remove(QStringLiteral("address/") + id);
            m_shownUrls.remove(id);
        }
        updateStatus();
        updateActions();
    });
    connect(&m_runtime, &RuntimeController::startFailed, this, &MainWindow::showPortConflict);
    connect(&m_runtime, &RuntimeController::updateFailed, this, &MainWindow::showPortConflict);
    connect(&m_runtime, &RuntimeController::logged, m_log, &ServerLogPage::append);
    connect(&m_session.problems(), &ProblemsModel::countChanged, this, [this] {
        updateStatus();
        for (const auto &document : m_workspace.servers()) {
            std::vector<TreeFinding> findings;
            for (const ProblemItem &item : m_session.problems().findingsOf(document->id))
                findings.push_back({item.where, item.text});
            m_panel->model()->setFindings(document->id, findings);
        }
    });
    connect(m_traffic, &TrafficPage::statisticsChanged, this, &MainWindow::updateStatus);
    connect(m_traffic, &TrafficPage::endpointActivated, this, &MainWindow::showEndpoint);
    connect(m_traffic, &TrafficPage::selected, this,
            [this](const JournalEntry &entry) { m_runtime.select(entry.exchange); });
    connect(m_traffic, &TrafficPage::mockRequested, this,
            [this](const JournalEntry &entry) { mock(entry); });
    connect(m_traffic, &TrafficPage::startServerRequested, this, [this] {
        if (const QString id = m_panel->currentServer(); !id.isEmpty())
            m_runtime.start(id);
        else
            m_runtime.startAll();
    });
    m_hitsTimer.setInterval(500);
    connect(&m_hitsTimer, &QTimer::timeout, this, [this] {
        if (isVisible() && !isMinimized())
            m_panel->model()->updateHits();
    });
    m_hitsTimer.start();
}

void MainWindow::updateCentre()
{
    const bool isOpen = m_workspace.isOpen();
    m_treeDock->setVisible(isOpen && m_treeDock->property("wanted").toBool());
    const bool hasTraffic = isOpen || m_trafficFiles->count() > 0;
    m_bottomDock->setVisible(hasTraffic && m_bottomDock->property("wanted").toBool());
    m_centre->setCurrentIndex(!isOpen ? 0 : m_editors->count() > 0 ? 1 : 2);
    setWindowTitle(isOpen ? tr("%1 – Understudy").arg(QFileInfo(m_workspace.folder()).fileName())
                          : tr("Understudy"));
}

void MainWindow::updateStatus()
{
    const int running = m_runtime.runningCount();
    m_running->setText(running > 0 ? tr("● %n running", nullptr, running) : tr("○ none running"));
    m_rate->setText(tr("%1 req/s").arg(QLocale().toString(m_traffic->requestsPerSecond(), 'f', 0)));
    const auto held = static_cast<qint64>(m_runtime.journal().counters().bytes);
    m_rows->setText(tr("%1 rows").arg(QLocale().toString(m_traffic->rowCount())));
    m_rows->setToolTip(
        tr("%1 of memory").arg(QLocale().formattedDataSize(held, 1, QLocale::DataSizeSIFormat)));
    m_dropped->setText(
        tr("dropped %1").arg(QLocale().toString(m_traffic->dropped() + m_traffic->evicted())));
    m_bottom->setTabText(0, m_traffic->rowCount() > 0
                                ? tr("Traffic (%1)").arg(QLocale().toString(m_traffic->rowCount()))
                                : tr("Traffic"));
    const int problems = m_session.problems().rowCount();
    m_bottom->setTabText(1, problems > 0 ? tr("Problems (%1)").arg(problems) : tr("Problems"));
    m_problemsLabel->setText(problems > 0 ? problems == 1 ? tr("⚠ 1 problem")
                                                          : tr("⚠ %n problems", nullptr, problems)
                                          : tr("✓ no problems"));
    QStringList urls;
    for (const auto &document : m_workspace.servers()) {
        if (m_runtime.isRunning(document->id))
            urls << m_runtime.baseUrl(document->id);
    }
    m_traffic->setListening(urls);
    m_trafficFiles->setListening(urls);
}

void MainWindow::applyColors()
{
    // Only the central area has a style sheet: it would slow down the table of traffic.
    if (centralWidget())
        centralWidget()->setStyleSheet(roleStyleSheet(QApplication::palette()));
    m_questions->refreshLabel();
    if (m_faultStatus)
        m_faultStatus->refresh();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        QMetaObject::invokeMethod(this, &MainWindow::applyColors, Qt::QueuedConnection);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_isFirstShow, false) && !m_workspace.isOpen())
        m_welcome->focusStart();
}

} // namespace understudy::ui
