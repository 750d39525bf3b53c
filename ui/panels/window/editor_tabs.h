// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/workspace_document.h"
#include "ui/services/ports.h"

#include <QTabBar>
#include <QTabWidget>

namespace understudy::ui {

class EndpointEditor;
class RuntimeController;

/// A tab bar that writes the title of the preview tab in italics.
class EditorTabBar : public QTabBar
{
    Q_OBJECT
public:
    using QTabBar::QTabBar;
    void setPreview(const QWidget *page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const QWidget *m_preview = nullptr;
};

/// The editors that are open. One tab is a preview that the next single click reuses; an edit or a
/// double click pins it.
class EditorTabs : public QTabWidget
{
    Q_OBJECT
public:
    EditorTabs(WorkspaceDocument &workspace, RuntimeController &runtime, const Ports &ports,
               QWidget *parent = nullptr);

    /// Shows the editor of `ref` and puts the focus into the field it names, if any.
    void open(const ObjectRef &ref, bool pin);
    /// The same, only if it is open already (undo does not open tabs).
    void revealIfOpen(const ObjectRef &ref);
    void closeTab(int index);
    void closeAll();
    /// The page in front, if it is an endpoint's.
    EndpointEditor *currentEndpoint() const;
    /// What the page in front shows.
    ObjectRef currentRef() const { return refOf(currentWidget()); }

Q_SIGNALS:
    void openRequested(const understudy::ui::ObjectRef &ref, bool pin);
    void faultsRefused(const QString &text);

private:
    QWidget *pageFor(const ObjectRef &ref) const;
    QWidget *makePage(const ObjectRef &ref);
    bool retarget(QWidget *page, const ObjectRef &ref);
    ObjectRef refOf(QWidget *page) const;
    static void showStarts(const QWidget *page, bool hasLeft = false);
    bool refreshPage(QWidget *page) const;
    void onServerChanged(const QString &id);
    void addCloseButton(int index);
    void updateTitle(QWidget *page);
    void pin(QWidget *page);
    bool isBroken(const QString &serverId) const;

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    const Ports &m_ports;
    QWidget *m_preview = nullptr;
};

} // namespace understudy::ui
