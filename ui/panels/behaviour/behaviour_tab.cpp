// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour/behaviour_tab.h"

#include "ui/panels/behaviour/behaviour_panel.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace understudy::ui {

BehaviourTab::BehaviourTab(WorkspaceDocument &workspace, PresetLibrary &presets, QWidget *parent)
    : ResponseTab(parent)
    , m_panel(new BehaviourPanel(workspace, presets))
{
    setObjectName(QStringLiteral("behaviourTab"));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_panel);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // its fields are what one goes to
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(m_panel, &BehaviourPanel::edited, this, &BehaviourTab::edited);
}

void BehaviourTab::showResponse(const ResponseView &view) { m_panel->setTarget(view.ref); }

QString BehaviourTab::title() const
{
    return m_panel->hasBehaviour() ? tr("Behavio&ur (on)") : tr("Behavio&ur");
}

void BehaviourTab::showScope(const ObjectRef &ref) { m_panel->showScope(ref); }

void BehaviourTab::moveCurrent(int step) { m_panel->moveFault(step); }

} // namespace understudy::ui
