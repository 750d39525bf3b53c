// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/fault_status.h"

#include "ui/document/behaviour_scopes.h"
#include "ui/document/runtime_controller.h"
#include "ui/panels/window/seed_popover.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace understudy::ui {

namespace {

/// The switch of a server, folder or endpoint; everything for no object.
FaultScope scopeOf(const ObjectRef &ref, const Server *server)
{
    FaultScope scope;
    scope.server = toStd(ref.serverId);
    scope.endpoint = toStd(ref.endpointId);
    if (ref.kind == ObjectRef::Kind::Folder && server) {
        ItemPath path;
        for (const std::size_t i : ref.path) {
            path.push_back(i);
            if (const Item *item = itemAt(*server, path); item && item->folder())
                scope.folder.push_back(item->folder()->name);
        }
    }
    return scope;
}

} // namespace

FaultStatus::FaultStatus(WorkspaceDocument &workspace, RuntimeController &runtime,
                         std::function<ObjectRef()> current, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_runtime(runtime)
    , m_current(std::move(current))
    , m_chip(new QToolButton)
    , m_menu(new QMenu(this))
    , m_seed(new QToolButton)
{
    m_chip->setObjectName(QStringLiteral("faultChip"));
    m_chip->setAutoRaise(true);
    m_chip->setPopupMode(QToolButton::InstantPopup);
    m_chip->setMenu(m_menu);
    m_menu->setObjectName(QStringLiteral("faultChipMenu"));
    m_seed->setObjectName(QStringLiteral("seedLabel"));
    m_seed->setAutoRaise(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_chip);
    layout->addWidget(m_seed);
    connect(m_menu, &QMenu::aboutToShow, this, &FaultStatus::fillMenu);
    connect(m_seed, &QToolButton::clicked, this, &FaultStatus::showSeeds);
    connect(&workspace, &WorkspaceDocument::serverChanged, this, &FaultStatus::refresh);
    connect(&workspace, &WorkspaceDocument::serverRemoved, this, &FaultStatus::refresh);
    connect(&runtime, &RuntimeController::stateChanged, this, &FaultStatus::refresh);
    fillMenu();
    refresh();
}

void FaultStatus::fillMenu()
{
    FaultSwitches &switches = m_runtime.workbench().faultSwitches();
    m_menu->clear();
    const auto add
        = [this](const char *name, const QString &text, const std::function<void()> &run) {
              QAction *action = m_menu->addAction(text);
              action->setObjectName(QString::fromLatin1(name));
              connect(action, &QAction::triggered, this, run);
              return action;
          };
    if (switches.off().empty())
        add("faults.allOff", tr("Turn off all"), [this] { turnOffAll(); });
    else
        add("faults.resume", tr("Resume all"), [this] { resume(); });
    m_menu->addSeparator();
    const auto addSwitch = [&](const char *name, const QString &text, const ObjectRef &ref) {
        const ServerDocument *document = m_workspace.find(ref.serverId);
        const FaultScope scope
            = scopeOf(ref, document && document->value ? document->value.get() : nullptr);
        QAction *action = add(name, text, [this, scope] {
            FaultSwitches &all = m_runtime.workbench().faultSwitches();
            all.setOff(scope, !all.isOff(scope));
            refresh();
        });
        action->setCheckable(true);
        action->setChecked(!switches.isOff(scope));
    };
    for (const auto &document : m_workspace.servers()) {
        if (document->value && m_runtime.isRunning(document->id) && hasFaults(*document->value))
            addSwitch("faults.serverSwitch",
                      tr("Faults of %1").arg(toQString(document->value->name)),
                      ObjectRef::server(document->id));
    }
    const ObjectRef current = m_current();
    const ServerDocument *document = m_workspace.find(current.serverId);
    if (!document || !document->value || current.kind == ObjectRef::Kind::Server
        || !m_runtime.isRunning(current.serverId))
        return;
    QString label;
    if (const Endpoint *endpoint = findEndpoint(*document->value, toStd(current.endpointId)))
        label = toQString(endpointLabel(*endpoint));
    else if (const Item *item = itemAt(*document->value, current.path); item && item->folder())
        label = tr("folder %1").arg(toQString(item->folder()->name));
    if (!label.isEmpty())
        addSwitch("faults.currentSwitch", tr("Faults of %1").arg(label), current);
}

void FaultStatus::turnOffAll()
{
    m_runtime.workbench().faultSwitches().setOff({}, true);
    refresh();
}

void FaultStatus::resume()
{
    m_runtime.workbench().faultSwitches().reset();
    refresh();
}

QString FaultStatus::seedServer() const
{
    const auto isFaulty = [this](const ServerDocument &document) {
        return document.value && m_runtime.isRunning(document.id) && hasFaults(*document.value);
    };
    if (const ServerDocument *current = m_workspace.find(m_current().serverId);
        current && isFaulty(*current))
        return current->id;
    for (const auto &document : m_workspace.servers()) {
        if (isFaulty(*document))
            return document->id;
    }
    return {};
}

void FaultStatus::refresh()
{
    const QString server = seedServer();
    const FaultSwitches &switches = m_runtime.workbench().faultSwitches();
    const std::vector<FaultScope> off = switches.off();
    const bool isPaused = switches.isOff({});
    m_chip->setVisible(!server.isEmpty() || !off.empty());
    const QString state = isPaused       ? QStringLiteral("paused")
                          : !off.empty() ? QStringLiteral("partly")
                                         : QStringLiteral("on");
    m_chip->setProperty("state", state);
    m_chip->setText(isPaused       ? tr("⚡ faults paused · resume")
                    : !off.empty() ? tr("⚡ some faults paused")
                                   : tr("⚡ faults on"));
    m_chip->setAccessibleName(m_chip->text());
    m_chip->setToolTip(isPaused ? tr("All faults are off until you resume or quit; latency and "
                                     "throttle stay. Nothing was changed in the files.")
                                : tr("A running server has faults in effect"));
    QPalette palette = QApplication::palette();
    palette.setColor(QPalette::ButtonText,
                     roleColor(isPaused ? ColorRole::Warning : ColorRole::Fault, palette));
    m_chip->setPalette(palette);
    const auto status = server.isEmpty() ? std::nullopt : m_runtime.status(server);
    m_seed->setVisible(status && !isPaused);
    if (!status)
        return;
    m_seed->setText(tr("seed %1").arg(status->seed));
    QStringList lines;
    for (const auto &document : m_workspace.servers()) {
        const auto now = m_runtime.status(document->id);
        if (now && now->state == ServerState::Running)
            lines << tr("%1: seed %2, %3")
                         .arg(toQString(now->name))
                         .arg(now->seed)
                         .arg(now->seedChosen ? tr("chosen at start") : tr("fixed"));
    }
    m_seed->setToolTip(lines.join('\n'));
    m_seed->setAccessibleName(m_seed->text());
    if (m_popover && m_popover->isVisible())
        m_popover->refresh();
}

void FaultStatus::showSeeds()
{
    if (!m_popover) {
        m_popover = new SeedPopover(m_workspace, m_runtime, this);
        connect(m_popover, &SeedPopover::changed, this, &FaultStatus::refresh);
    }
    m_popover->showFor(seedServer(), m_seed);
}

} // namespace understudy::ui
