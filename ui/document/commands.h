// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/workspace_document.h"

#include <QDeadlineTimer>
#include <QUndoCommand>

namespace understudy::ui {

/// New values for one or several servers. Merges with its successor as EditOptions say.
class ChangeServersCommand : public QUndoCommand
{
public:
    struct Change
    {
        QString serverId;
        ServerValue before;
        ServerValue after;
    };

    ChangeServersCommand(WorkspaceDocument &workspace, const QString &step,
                         std::vector<Change> changes, EditOptions options, int epoch);

    void undo() override;
    void redo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

    /// What the step changed, and what undo and redo show.
    const ObjectRef &reveal() const { return m_options.reveal; }

private:
    WorkspaceDocument &m_workspace;
    std::vector<Change> m_changes;
    EditOptions m_options;
    int m_epoch;
    QDeadlineTimer m_mergeUntil;
    bool m_isFirst = true;
};

/// A server that comes or goes with its file.
class ServerFileCommand : public QUndoCommand
{
public:
    enum class What { Add, Remove };

    ServerFileCommand(WorkspaceDocument &workspace, What what, const QString &serverId,
                      const QString &file, ServerValue value, std::string text);

    void undo() override;
    void redo() override;

private:
    void add();
    void remove();

    WorkspaceDocument &m_workspace;
    What m_what;
    QString m_serverId;
    QString m_file;
    ServerValue m_value;
    std::string m_text;
    bool m_isFirst = true;
};

} // namespace understudy::ui
