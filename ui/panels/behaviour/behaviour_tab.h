// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/endpoint/response_tab.h"

namespace understudy::ui {

class BehaviourPanel;
class PresetLibrary;
class WorkspaceDocument;

/// The behaviour of a response and of the scopes around it.
class BehaviourTab : public ResponseTab
{
    Q_OBJECT
public:
    BehaviourTab(WorkspaceDocument &workspace, PresetLibrary &presets, QWidget *parent = nullptr);
    void showResponse(const ResponseView &view) override;
    QString title() const override;
    void showScope(const ObjectRef &ref);
    void moveCurrent(int step);

Q_SIGNALS:
    void edited();

private:
    BehaviourPanel *m_panel;
};

} // namespace understudy::ui
