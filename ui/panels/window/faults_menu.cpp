// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/faults_menu.h"

#include "ui/document/behaviour_edits.h"
#include "ui/document/behaviour_scopes.h"
#include "ui/document/workspace_document.h"
#include "ui/services/plain_text.h"
#include "ui/services/preset_library.h"
#include "ui/services/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace understudy::ui {

FaultsMenu::FaultsMenu(WorkspaceDocument &workspace, PresetLibrary &presets,
                       std::function<QList<ObjectRef>()> targets, QWidget *parent)
    : QMenu(tr("Faults"), parent)
    , m_workspace(workspace)
    , m_presets(presets)
    , m_targets(std::move(targets))
    , m_presetMenu(nullptr)
{
    setObjectName(QStringLiteral("faultsMenu"));
    setIcon(QIcon::fromTheme(QStringLiteral("fault")));
    const auto make = [this](const char *id, const QString &text) {
        QAction *action = addAction(text);
        action->setObjectName(QString::fromLatin1(id));
        return action;
    };
    for (const QuickFault &quick : quickFaults()) {
        const QString text = QCoreApplication::translate("FaultsMenu", quick.text);
        connect(make(quick.id, text), &QAction::triggered, this,
                [this, text, &quick] { apply(text, quick.behaviour); });
    }
    m_presetMenu = addMenu(tr("Preset"));
    m_presetMenu->setToolTipsVisible(true);
    addSeparator();
    m_off = make("faults.off", tr("Off here"));
    connect(m_off, &QAction::triggered, this, &FaultsMenu::clearScopes);
    m_custom = make("faults.custom", tr("Custom…"));
    connect(m_custom, &QAction::triggered, this, [this] {
        if (const QList<ObjectRef> chosen = m_targets(); !chosen.isEmpty())
            Q_EMIT customRequested(chosen.front());
    });
    connect(this, &QMenu::aboutToShow, this, &FaultsMenu::updateActions);
    connect(&presets, &PresetLibrary::changed, this, &FaultsMenu::fillPresets);
    fillPresets();
}

void FaultsMenu::fillPresets()
{
    m_presetMenu->clear();
    for (const FaultPreset &preset : m_presets.presets().faults) {
        const QString name = toQString(preset.name);
        QAction *action = m_presetMenu->addAction(name);
        action->setToolTip(
            plainToolTip(preset.description.empty() ? name : toQString(preset.description)));
        connect(action, &QAction::triggered, this,
                [this, name, behaviour = preset.behaviour] { apply(name, behaviour); });
    }
    m_presetMenu->menuAction()->setVisible(!m_presetMenu->isEmpty());
}

void FaultsMenu::updateActions()
{
    const QList<ObjectRef> targets = m_targets();
    bool hasBehaviour = false;
    for (const ObjectRef &ref : targets) {
        const ServerDocument *document = m_workspace.find(ref.serverId);
        const Behaviour *behaviour
            = document && document->value ? behaviourAt(*document->value, ref) : nullptr;
        hasBehaviour = hasBehaviour || (behaviour && !behaviourParts(*behaviour).isEmpty());
    }
    for (QAction *action : actions())
        action->setEnabled(!targets.isEmpty());
    m_off->setEnabled(hasBehaviour);
}

void FaultsMenu::editAll(const QString &step,
                         const std::function<void(Behaviour &, const ObjectRef &)> &edit)
{
    const QList<ObjectRef> targets = m_targets();
    std::vector<std::pair<QString, std::function<void(Server &)>>> edits;
    QStringList servers;
    for (const ObjectRef &ref : targets) {
        if (!servers.contains(ref.serverId))
            servers << ref.serverId;
    }
    for (const QString &id : servers) {
        edits.emplace_back(id, [&targets, &edit, id](Server &server) {
            for (const ObjectRef &ref : targets) {
                if (ref.serverId != id)
                    continue;
                if (Behaviour *behaviour = behaviourAt(server, ref))
                    edit(*behaviour, ref);
            }
        });
    }
    m_workspace.editMany(step, edits, targets.isEmpty() ? ObjectRef{} : targets.front());
}

void FaultsMenu::apply(const QString &step, const Behaviour &preset)
{
    QString problem;
    editAll(tr("Faults: %1").arg(step), [&](Behaviour &behaviour, const ObjectRef &ref) {
        const ServerDocument *document = m_workspace.find(ref.serverId);
        const QStringList problems = BehaviourProbe(*document->value, ref).problems(preset);
        if (problems.isEmpty())
            applyPreset(behaviour, preset);
        else
            problem = problems.front();
    });
    if (!problem.isEmpty())
        Q_EMIT refused(tr("%1 cannot stand there: %2").arg(step, problem));
}

void FaultsMenu::clearScopes()
{
    editAll(tr("Faults off here"), [](Behaviour &behaviour, const ObjectRef &) {
        behaviour.latency = {};
        behaviour.throttle.reset();
        behaviour.faults.clear();
    });
}

} // namespace understudy::ui
