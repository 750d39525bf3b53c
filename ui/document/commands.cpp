// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/commands.h"

#include "ui/services/text.h"

namespace understudy::ui {

ChangeServersCommand::ChangeServersCommand(WorkspaceDocument &workspace, const QString &step,
                                           std::vector<Change> changes, EditOptions options,
                                           int epoch)
    : QUndoCommand(step)
    , m_workspace(workspace)
    , m_changes(std::move(changes))
    , m_options(std::move(options))
    , m_epoch(epoch)
    , m_mergeUntil(workspace.mergeMs())
{
    if (!m_options.reveal.isValid() && !m_changes.empty())
        m_options.reveal = ObjectRef::server(m_changes.front().serverId);
}

void ChangeServersCommand::undo()
{
    for (const Change &change : m_changes)
        m_workspace.setValue(change.serverId, change.before);
    Q_EMIT m_workspace.revealRequested(m_options.reveal);
}

void ChangeServersCommand::redo()
{
    for (const Change &change : m_changes)
        m_workspace.setValue(change.serverId, change.after);
    if (!m_isFirst)
        Q_EMIT m_workspace.revealRequested(m_options.reveal);
    m_isFirst = false;
}

int ChangeServersCommand::id() const { return m_options.mergeKey.isEmpty() ? -1 : 1; }

bool ChangeServersCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const ChangeServersCommand *>(other);
    if (next->m_options.mergeKey != m_options.mergeKey || next->m_epoch != m_epoch
        || m_changes.size() != 1 || next->m_changes.size() != 1)
        return false;
    if (!m_options.isOpenEnded && m_mergeUntil.hasExpired())
        return false;
    m_changes.front().after = next->m_changes.front().after;
    m_mergeUntil.setRemainingTime(m_workspace.mergeMs());
    setObsolete(*m_changes.front().before == *m_changes.front().after);
    return true;
}

ServerFileCommand::ServerFileCommand(WorkspaceDocument &workspace, What what,
                                     const QString &serverId, const QString &file,
                                     ServerValue value, std::string text)
    : m_workspace(workspace)
    , m_what(what)
    , m_serverId(serverId)
    , m_file(file)
    , m_value(std::move(value))
    , m_text(std::move(text))
{
    const QString name = toQString(m_value->name);
    setText(what == What::Add ? WorkspaceDocument::tr("Add server %1").arg(name)
                              : WorkspaceDocument::tr("Delete server %1").arg(name));
}

void ServerFileCommand::undo() { m_what == What::Add ? remove() : add(); }

void ServerFileCommand::redo()
{
    m_what == What::Add ? add() : remove();
    m_isFirst = false;
}

void ServerFileCommand::add()
{
    if (const auto written = m_workspace.insertWritten(m_serverId, m_file, m_value, m_text);
        !written)
        Q_EMIT m_workspace.fileFailed(toQString(written.error().text()));
    if (!m_isFirst)
        Q_EMIT m_workspace.revealRequested(ObjectRef::server(m_serverId));
}

void ServerFileCommand::remove()
{
    // What the server says when it goes is what comes back.
    if (const ServerDocument *document = m_workspace.find(m_serverId)) {
        if (document->value)
            m_value = document->value;
        m_text = document->text;
    }
    m_workspace.takeOut(m_serverId, true);
}

} // namespace understudy::ui
