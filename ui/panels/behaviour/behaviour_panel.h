// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/behaviour_scopes.h"
#include "ui/document/workspace_document.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace understudy::ui {

class FaultsBox;
class LatencyBox;
class PresetLibrary;
class ThrottleBox;

/// The behaviour of a server, folder, endpoint or response and of the scopes around it: a choice of
/// scope, what is in effect, and latency, throttle and faults of the chosen scope. It edits the
/// document itself; what is impossible never gets there and is said beside its field.
class BehaviourPanel : public QWidget
{
    Q_OBJECT
public:
    BehaviourPanel(WorkspaceDocument &workspace, PresetLibrary &presets, QWidget *parent = nullptr);

    /// Shows the narrowest scope of `object`; another response of the same endpoint keeps the kind
    /// of scope that is chosen.
    void setTarget(const ObjectRef &object);
    /// The document has changed. False if the object is gone.
    bool refresh();
    /// Chooses the scope of `ref` if it is one of those shown.
    void showScope(const ObjectRef &ref);
    void moveFault(int step);
    /// Whether anything is in effect for the object.
    bool hasBehaviour() const { return m_hasBehaviour; }

Q_SIGNALS:
    void edited();

private:
    void buildParts();
    void connectParts();
    const Server *server() const;
    void chooseScope(std::size_t index);
    void show(const Server &server, bool isOther);
    /// Carries out an edit of the chosen scope; false if nothing was changed.
    bool change(const QString &step, const std::function<void(Behaviour &)> &edit,
                const QString &field);
    /// Why `part` cannot stand at the chosen scope; empty if it can.
    QString problemOf(const Behaviour &part) const;

    WorkspaceDocument &m_workspace;
    PresetLibrary &m_presets;
    ObjectRef m_object;
    std::vector<ObjectRef> m_scopes;
    std::size_t m_index = 0;
    ObjectRef m_shownScope;
    bool m_hasBehaviour = false;

    QComboBox *m_scope;
    QWidget *m_scopeRow;
    QLabel *m_source;
    LatencyBox *m_latency;
    ThrottleBox *m_throttle;
    FaultsBox *m_faults;
};

} // namespace understudy::ui
