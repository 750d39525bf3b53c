// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour/behaviour_panel.h"

#include "ui/document/behaviour_edits.h"
#include "ui/panels/behaviour/faults_box.h"
#include "ui/panels/behaviour/latency_box.h"
#include "ui/panels/behaviour/throttle_box.h"
#include "ui/services/preset_library.h"
#include "ui/services/text.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>

#include <algorithm>

namespace understudy::ui {

namespace {

bool sameScope(const ObjectRef &a, const ObjectRef &b)
{
    return a.sameObject(b) && a.responseId == b.responseId;
}

/// The same for the same scope, another for every other.
QString scopeKey(const ObjectRef &scope)
{
    QString key = scope.serverId + '/' + scope.endpointId + '/' + scope.responseId;
    for (const std::size_t place : scope.path)
        key += '/' + QString::number(place);
    return key;
}

} // namespace

BehaviourPanel::BehaviourPanel(WorkspaceDocument &workspace, PresetLibrary &presets,
                               QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_presets(presets)
    , m_scope(new QComboBox)
    , m_scopeRow(new QWidget)
    , m_source(new QLabel)
    , m_latency(new LatencyBox)
    , m_throttle(new ThrottleBox)
    , m_faults(new FaultsBox)
{
    setObjectName(QStringLiteral("behaviourPanel"));
    buildParts();
    connectParts();
}

void BehaviourPanel::buildParts()
{
    m_scope->setObjectName(QStringLiteral("behaviourScopeCombo"));
    m_scope->setAccessibleName(tr("Scope"));
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_source->setObjectName(QStringLiteral("behaviourSourceLabel"));
    m_source->setTextFormat(Qt::RichText);
    m_source->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_source->setWordWrap(true);
    auto *row = new QHBoxLayout(m_scopeRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_scope);
    row->addWidget(m_source, 1);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setVerticalSpacing(12);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->addRow(tr("For"), m_scopeRow);
    form->addRow(tr("Latency"), m_latency);
    form->addRow(tr("Throttle"), m_throttle);
    form->addRow(tr("Faults"), m_faults);
}

void BehaviourPanel::connectParts()
{
    connect(m_scope, &QComboBox::activated, this,
            [this](int index) { chooseScope(static_cast<std::size_t>(index)); });
    connect(m_source, &QLabel::linkActivated, this,
            [this](const QString &link) { chooseScope(link.toULong()); });
    connect(m_latency, &LatencyBox::edited, this,
            [this](const Latency &latency, const QString &field) {
                Behaviour part;
                part.latency = latency;
                const QString problem = problemOf(part);
                m_latency->setProblem(problem);
                if (problem.isEmpty())
                    change(
                        tr("Latency"), [latency](Behaviour &b) { b.latency = latency; }, field);
            });
    connect(m_throttle, &ThrottleBox::edited, this,
            [this](const std::optional<Throttle> &throttle, const QString &field) {
                Behaviour part;
                part.throttle = throttle;
                const QString problem = problemOf(part);
                m_throttle->setProblem(problem);
                if (problem.isEmpty())
                    change(
                        tr("Throttle"), [throttle](Behaviour &b) { b.throttle = throttle; }, field);
            });
    connect(m_faults, &FaultsBox::edited, this,
            [this](const std::vector<Fault> &faults, const QString &step, const QString &field) {
                Behaviour part;
                part.faults = faults;
                const QString problem = problemOf(part);
                m_faults->setProblem(problem);
                if (problem.isEmpty())
                    change(
                        step, [faults](Behaviour &b) { b.faults = faults; }, field);
            });
    connect(m_faults, &FaultsBox::presetChosen, this, [this](const FaultPreset &preset) {
        const QString problem = problemOf(preset.behaviour);
        m_faults->setProblem(problem);
        if (problem.isEmpty())
            change(tr("Preset %1").arg(toQString(preset.name)),
                   [preset](Behaviour &b) { applyPreset(b, preset.behaviour); }, {});
    });
    connect(&m_presets, &PresetLibrary::changed, this, &BehaviourPanel::refresh);
}

const Server *BehaviourPanel::server() const
{
    const ServerDocument *document = m_workspace.find(m_object.serverId);
    return document ? document->value.get() : nullptr;
}

QString BehaviourPanel::problemOf(const Behaviour &part) const
{
    const Server *now = server();
    if (!now || m_index >= m_scopes.size())
        return {};
    return BehaviourProbe(*now, m_scopes[m_index]).problems(part).join('\n');
}

bool BehaviourPanel::change(const QString &step, const std::function<void(Behaviour &)> &edit,
                            const QString &field)
{
    if (m_index >= m_scopes.size())
        return false;
    const ObjectRef scope = m_scopes[m_index];
    QString label = m_scope->itemText(static_cast<int>(m_index));
    if (const Server *now = server(); now && scope.kind == ObjectRef::Kind::Endpoint) {
        if (const Endpoint *endpoint = findEndpoint(*now, toStd(scope.endpointId)))
            label = toQString(endpointLabel(*endpoint));
    } else if (now && scope.kind == ObjectRef::Kind::Server) {
        label = toQString(now->name);
    }
    EditOptions options;
    if (!field.isEmpty()) {
        options.mergeKey = QStringLiteral("behaviour/") + scopeKey(scope) + '/' + field;
    }
    options.reveal = m_object;
    options.reveal.field = QStringLiteral("behaviour");
    const bool changed = m_workspace.edit(
        scope.serverId, tr("%1 of %2").arg(step, label),
        [&](Server &target) {
            if (Behaviour *behaviour = behaviourAt(target, scope))
                edit(*behaviour);
        },
        options);
    if (changed)
        Q_EMIT edited();
    return changed;
}

void BehaviourPanel::setTarget(const ObjectRef &object)
{
    const bool isOther = !object.sameObject(m_object);
    m_object = object;
    m_object.field.clear();
    if (isOther)
        m_index = 0;
    refresh();
}

void BehaviourPanel::chooseScope(std::size_t index)
{
    m_index = index;
    refresh();
}

void BehaviourPanel::showScope(const ObjectRef &ref)
{
    for (std::size_t i = 0; i < m_scopes.size(); ++i) {
        if (sameScope(m_scopes[i], ref))
            chooseScope(i);
    }
}

bool BehaviourPanel::refresh()
{
    const Server *now = server();
    if (!now)
        return false;
    const auto entries = behaviourScopes(*now, m_object);
    if (entries.empty())
        return false;
    m_index = std::min(m_index, entries.size() - 1);
    m_scopes.clear();
    QStringList titles;
    m_hasBehaviour = false;
    for (const BehaviourScopeEntry &entry : entries) {
        m_scopes.push_back(entry.ref);
        titles << entry.title;
        m_hasBehaviour = m_hasBehaviour || !entry.behaviour->isEmpty();
    }
    QStringList shown;
    for (int i = 0; i < m_scope->count(); ++i)
        shown << m_scope->itemText(i);
    if (shown != titles) {
        m_scope->clear();
        m_scope->addItems(titles);
    }
    m_scope->setCurrentIndex(static_cast<int>(m_index));
    m_scope->setVisible(entries.size() > 1);
    m_source->setText(behaviourSource(entries, m_index));
    const bool isOther = !sameScope(m_scopes[m_index], m_shownScope);
    m_shownScope = m_scopes[m_index];
    const Behaviour &behaviour = *entries[m_index].behaviour;
    const ServerDocument *document = m_workspace.find(m_object.serverId);
    m_throttle->setNetworks(m_presets.presets().networks);
    m_faults->setPresets(m_presets.presets().faults);
    if (isOther) {
        m_latency->setProblem({});
        m_throttle->setProblem({});
        m_faults->setProblem({});
    }
    const QString key = scopeKey(m_shownScope);
    m_latency->setObject(key);
    m_throttle->setObject(key);
    m_faults->setObject(key);
    m_latency->setLatency(behaviour.latency, QFileInfo(document->file).absolutePath(),
                          m_shownScope.kind == ObjectRef::Kind::Server);
    m_throttle->setThrottle(behaviour.throttle);
    m_faults->setFaults(behaviour.faults, isOther);
    return true;
}

void BehaviourPanel::moveFault(int step) { m_faults->move(step); }

} // namespace understudy::ui
