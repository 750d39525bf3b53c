// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/workspace_document.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace understudy::ui {

class BehaviourPanel;
class PresetLibrary;

/// A folder of a server: name, switch and behaviour.
class FolderEditor : public QWidget
{
    Q_OBJECT
public:
    FolderEditor(WorkspaceDocument &workspace, PresetLibrary &presets, QWidget *parent = nullptr);
    void setTarget(const ObjectRef &ref);
    ObjectRef target() const { return m_ref; }
    QString title() const;
    /// False if the folder is gone.
    bool refresh();

Q_SIGNALS:
    void titleChanged();
    void edited();

private:
    const Folder *folder() const;
    void change(const QString &step, const std::function<void(Folder &)> &change,
                const QString &field);

    WorkspaceDocument &m_workspace;
    ObjectRef m_ref;
    QString m_shownName;
    QLineEdit *m_name;
    QCheckBox *m_enabled;
    BehaviourPanel *m_behaviour;
};

} // namespace understudy::ui
