// SPDX-License-Identifier: GPL-3.0-or-later
// The sizes and places of the window's parts, from one run to the next.
#include "ui/panels/window/main_window.h"

#include "ui/panels/traffic/traffic_page.h"
#include "ui/widgets/dock_sizes.h"

#include <QDockWidget>
#include <QScreen>

namespace understudy::ui {

namespace {

const QString kTreeWidth = QStringLiteral("window/treeWidth");
const QString kBottomHeight = QStringLiteral("window/bottomHeight");
// How large the window was when the user chose these.
const QString kTreeAt = QStringLiteral("window/treeWidthAt");
const QString kBottomAt = QStringLiteral("window/bottomHeightAt");

} // namespace

void MainWindow::fitScreen() { resize(size().boundedTo(screen()->availableSize())); }

void MainWindow::restoreLayout()
{
    m_treeDock->setProperty("wanted", true);
    m_bottomDock->setProperty("wanted", true);
    if (const QByteArray geometry
        = m_session.settings().value(QStringLiteral("window/geometry")).toByteArray();
        !geometry.isEmpty())
        restoreGeometry(geometry);
    if (const QByteArray state
        = m_session.settings().value(QStringLiteral("window/state")).toByteArray();
        !state.isEmpty()) {
        restoreState(state);
        m_treeDock->setProperty(
            "wanted", m_session.settings().value(QStringLiteral("window/tree"), true).toBool());
        m_bottomDock->setProperty(
            "wanted", m_session.settings().value(QStringLiteral("window/bottom"), true).toBool());
    }
    m_dockSizes->setWanted(m_treeDock, m_session.settings().value(kTreeWidth).toInt(),
                           m_session.settings().value(kTreeAt).toInt());
    m_dockSizes->setWanted(m_bottomDock, m_session.settings().value(kBottomHeight).toInt(),
                           m_session.settings().value(kBottomAt).toInt());
    if (const QByteArray traffic
        = m_session.settings().value(QStringLiteral("window/traffic")).toByteArray();
        !traffic.isEmpty())
        m_traffic->restoreState(traffic);
}

void MainWindow::saveLayout()
{
    m_session.settings().setValue(QStringLiteral("window/geometry"), saveGeometry());
    if (m_workspace.isOpen()) {
        m_session.settings().setValue(QStringLiteral("window/state"), saveState());
        m_session.settings().setValue(QStringLiteral("window/tree"),
                                      m_treeDock->property("wanted"));
        m_session.settings().setValue(QStringLiteral("window/bottom"),
                                      m_bottomDock->property("wanted"));
        m_session.settings().setValue(kTreeWidth, m_dockSizes->wanted(m_treeDock));
        m_session.settings().setValue(kTreeAt, m_dockSizes->draggedAt(m_treeDock));
        m_session.settings().setValue(kBottomHeight, m_dockSizes->wanted(m_bottomDock));
        m_session.settings().setValue(kBottomAt, m_dockSizes->draggedAt(m_bottomDock));
    }
    m_session.settings().setValue(QStringLiteral("window/traffic"), m_traffic->saveState());
}

} // namespace understudy::ui
