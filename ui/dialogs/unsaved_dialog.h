// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QVBoxLayout;

namespace understudy::ui {

class WorkspaceDocument;

/// Stands between the user and the loss of edits that cannot be saved: each file with its question.
/// Accepted when nothing is left to answer, or when the edits are given up.
class UnsavedDialog : public QDialog
{
    Q_OBJECT
public:
    /// `leave` is the text of the button that gives the edits up, "Quit without saving".
    UnsavedDialog(WorkspaceDocument &workspace, const QString &leave, QWidget *parent = nullptr);
    /// The edits that are left were given up.
    bool isDiscarded() const { return m_isDiscarded; }

private:
    void refresh();

    WorkspaceDocument &m_workspace;
    QWidget *m_questions = nullptr;
    QVBoxLayout *m_layout;
    bool m_isDiscarded = false;
};

} // namespace understudy::ui
