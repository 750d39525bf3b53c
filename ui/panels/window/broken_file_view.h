// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/workspace_document.h"

#include <QWidget>

class QLabel;
class QsciScintilla;

namespace understudy::ui {

/// A mock file that cannot be read: its text, read-only, at the line that is wrong, and all that
/// was found.
class BrokenFileView : public QWidget
{
    Q_OBJECT
public:
    explicit BrokenFileView(WorkspaceDocument &workspace, QWidget *parent = nullptr);
    void setTarget(const QString &serverId);
    QString serverId() const { return m_serverId; }
    /// False if the file is no longer broken.
    bool refresh();

private:
    WorkspaceDocument &m_workspace;
    QString m_serverId;
    QLabel *m_message;
    QsciScintilla *m_text;
};

} // namespace understudy::ui
