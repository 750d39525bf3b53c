// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/recovery_log.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace understudy::ui {

class WorkspaceDocument;

/// Sees to it that no edit is lost with the program: within 200 ms it is in a log in the user's
/// state folder, until its file has it. What earlier runs have left there is offered when their
/// workspace is opened again. Follows the workspace; lives in its thread, and ends before it.
class Recovery : public QObject
{
    Q_OBJECT
public:
    Recovery(WorkspaceDocument &workspace, QString folder, QObject *parent = nullptr);
    ~Recovery() override;

    /// Edits of earlier runs that differ from what lies on the disk, oldest first.
    const std::vector<UnsavedEdits> &found() const { return m_found; }
    /// "3 changes from 14:02 were not saved."
    QString foundText() const;
    /// Takes what was found into the workspace; as one step where it is one server.
    void restore();
    void discard();

    /// Writes to the log what it does not know yet, without waiting for the time to come.
    void sync();
    /// The edits that cannot be saved are not wanted any more; call it before the workspace is
    /// closed.
    void giveUp();

    /// Where the logs lie unless told otherwise: `$XDG_STATE_HOME/understudy`.
    static QString defaultFolder();

Q_SIGNALS:
    void foundChanged();
    /// Edits cannot be logged, and why.
    void failed(const QString &reason);

private:
    void begin();
    void end();
    void schedule();

    WorkspaceDocument &m_workspace;
    QString m_folder;
    std::unique_ptr<RecoveryLog> m_log;
    std::vector<std::unique_ptr<LeftLog>> m_left;
    std::vector<UnsavedEdits> m_found;
    QTimer m_timer;
    int m_savedIndex = 0; ///< of the undo stack, when all was saved
    QDateTime m_lastEdit;
    bool m_isGivenUp = false;
};

} // namespace understudy::ui
