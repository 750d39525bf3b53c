// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/object_ref.h"

#include <QCoreApplication>
#include <QList>

namespace understudy::ui {

class WorkspaceDocument;

/// What the tree of the workspace does with the objects that are selected in it: each function is
/// one step on the undo stack. The workspace must outlive it; the window's thread.
class TreeCommands
{
    Q_DECLARE_TR_FUNCTIONS(TreeCommands)
public:
    explicit TreeCommands(WorkspaceDocument &workspace)
        : m_workspace(workspace)
    {}

    /// Behind `beside`, or into it if it is a folder. What was made; nothing if the server cannot
    /// be edited.
    ObjectRef newEndpoint(const QString &serverId, const ObjectRef &beside);
    ObjectRef newFolder(const QString &serverId, const ObjectRef &beside);
    /// `label` names the only object of `refs` in the step; false if there was nothing to remove.
    bool remove(const QList<ObjectRef> &refs, const QString &label);
    ObjectRef duplicate(const ObjectRef &ref, const QString &label);
    /// Switches endpoints and folders on or off.
    void toggle(const QList<ObjectRef> &refs);
    /// One place up (-1) or down (+1); where it stands then, nothing if it cannot move.
    ObjectRef move(const ObjectRef &ref, int step);

private:
    WorkspaceDocument &m_workspace;
};

} // namespace understudy::ui
