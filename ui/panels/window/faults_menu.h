// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/object_ref.h"

#include <QMenu>

#include <functional>

namespace understudy {
struct Behaviour;
}

namespace understudy::ui {

class PresetLibrary;
class WorkspaceDocument;

/// Faults in one click, for every selected object at its own scope; each choice is one undo step.
/// The same menu stands in the toolbar and in context menus.
class FaultsMenu : public QMenu
{
    Q_OBJECT
public:
    /// `targets` is asked each time: servers, folders, endpoints, or responses.
    FaultsMenu(WorkspaceDocument &workspace, PresetLibrary &presets,
               std::function<QList<ObjectRef>()> targets, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Custom…: the behaviour panel of this object is wanted.
    void customRequested(const understudy::ui::ObjectRef &object);
    /// Something could not be set; `text` says why.
    void refused(const QString &text);

private:
    void fillPresets();
    void updateActions();
    void apply(const QString &step, const Behaviour &preset);
    void clearScopes();
    void editAll(const QString &step,
                 const std::function<void(Behaviour &, const ObjectRef &)> &edit);

    WorkspaceDocument &m_workspace;
    PresetLibrary &m_presets;
    std::function<QList<ObjectRef>()> m_targets;
    QMenu *m_presetMenu;
    QAction *m_off;
    QAction *m_custom;
};

} // namespace understudy::ui
