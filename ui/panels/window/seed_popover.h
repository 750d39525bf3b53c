// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QPushButton;
class QTableWidget;

namespace understudy::ui {

class RuntimeController;
class WorkspaceDocument;

/// The seeds of the running servers, and what can be done with the selected one.
class SeedPopover : public QFrame
{
    Q_OBJECT
public:
    SeedPopover(WorkspaceDocument &workspace, RuntimeController &runtime,
                QWidget *parent = nullptr);
    /// Opens above `anchor` with this server selected.
    void showFor(const QString &serverId, const QWidget *anchor);
    void refresh();

Q_SIGNALS:
    void changed();

private:
    QString current() const;
    void keepSeed();
    void newSeed();

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    QTableWidget *m_table;
    QPushButton *m_keep;
};

} // namespace understudy::ui
