// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/object_ref.h"

#include <QWidget>

#include <functional>

class QMenu;
class QToolButton;

namespace understudy::ui {

class RuntimeController;
class SeedPopover;
class WorkspaceDocument;

/// The right end of the status bar: whether faults are in effect, the switches that turn them off
/// at run time, and the seed they follow from.
class FaultStatus : public QWidget
{
    Q_OBJECT
public:
    /// `current` is the object the tree stands on.
    FaultStatus(WorkspaceDocument &workspace, RuntimeController &runtime,
                std::function<ObjectRef()> current, QWidget *parent = nullptr);

    /// Servers, their states or the selection have changed.
    void refresh();
    void turnOffAll();
    void resume();

private:
    void fillMenu();
    QString seedServer() const;
    void showSeeds();

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    std::function<ObjectRef()> m_current;
    QToolButton *m_chip;
    QMenu *m_menu;
    QToolButton *m_seed;
    SeedPopover *m_popover = nullptr; ///< made when it is first asked for
};

} // namespace understudy::ui
