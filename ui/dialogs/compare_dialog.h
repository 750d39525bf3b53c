// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/recovery_log.h"

#include <QDialog>

#include <vector>

class QPushButton;

namespace understudy::ui {

class DiffView;
class WorkspaceDocument;

/// A file, and what would become of it.
struct Comparison
{
    QString file; ///< its name
    QString onDisk;
    QString edited;
    QString problem; ///< why what lies on the disk cannot be read; empty if it can, or is not there
};

/// The mock file of a server as it lies on the disk now, beside what the edits made here would make
/// of it.
Comparison compareWithDisk(const WorkspaceDocument &workspace, const QString &serverId);
/// The same for edits that an earlier run has left.
std::vector<Comparison> compareWithDisk(const WorkspaceDocument &workspace,
                                        const std::vector<UnsavedEdits> &edits);

/// Shows the lines in which texts differ, with a few around them. Read-only: the choice is made
/// where it was opened.
class CompareDialog : public QDialog
{
    Q_OBJECT
public:
    CompareDialog(const std::vector<Comparison> &comparisons, QWidget *parent);

private:
    DiffView *m_text;
    QPushButton *m_next;
    QPushButton *m_previous;
};

} // namespace understudy::ui
