// SPDX-License-Identifier: GPL-3.0-or-later
// Traffic from files, beside the live traffic.
#include "core/model/edit.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/window/main_window.h"
#include "ui/panels/window/traffic_files.h"
#include "ui/panels/workspace/workspace_panel.h"
#include "ui/services/text.h"
#include "ui/widgets/message_bar.h"

#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QTabWidget>

namespace understudy::ui {

void MainWindow::buildTrafficFiles()
{
    m_trafficFiles = new TrafficFiles(m_bottom, m_traffic, this);
    m_trafficFiles->setLimits(m_session.trafficLimits());
    applyRedaction();
    connect(m_trafficFiles, &TrafficFiles::countChanged, this, &MainWindow::updateCentre);
    connect(m_trafficFiles, &TrafficFiles::dropped, this, &MainWindow::openTraffic);
    connect(m_trafficFiles, &TrafficFiles::mockRequested, this,
            [this](const JournalEntry &entry) { mock(entry, m_panel->currentServer()); });
    connect(m_trafficFiles, &TrafficFiles::endpointActivated, this, &MainWindow::showEndpoint);
    connect(m_bottom, &QTabWidget::currentChanged, this, &MainWindow::fillTrafficMenu);
}

/// The actions of the page in front, whose keys would else mean two things at once.
void MainWindow::fillTrafficMenu()
{
    const TrafficPage *file = m_trafficFiles->current();
    m_trafficMenu->clear();
    m_trafficMenu->addActions(file ? file->pageActions() : m_traffic->pageActions());
}

void MainWindow::applyRedaction()
{
    m_traffic->setRedaction(m_session.trafficRedaction());
    m_trafficFiles->setRedaction(m_session.trafficRedaction());
}

void MainWindow::showEndpoint(const QString &serverId, const QString &endpointId)
{
    const ServerDocument *document = m_workspace.find(serverId);
    if (!document || !document->value || !findEndpoint(*document->value, toStd(endpointId))) {
        m_messages->post(QStringLiteral("info"), QStringLiteral("noEndpoint"),
                         tr("The endpoint of this request is not in the open workspace"), {});
        return;
    }
    m_panel->reveal(ObjectRef::endpoint(serverId, endpointId));
    m_editors->open(ObjectRef::endpoint(serverId, endpointId), false);
}

void MainWindow::chooseTraffic()
{
    const QString folderKey = QStringLiteral("traffic/openFolder");
    const QString folder = m_session.settings().value(folderKey, QDir::homePath()).toString();
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open Traffic"), folder,
        tr("HTTP Archive (*.har)") + QStringLiteral(";;") + tr("All files (*)"));
    if (file.isEmpty())
        return;
    m_session.settings().setValue(folderKey, QFileInfo(file).absolutePath());
    openTraffic(file);
}

void MainWindow::openTraffic(const QString &file)
{
    if (!m_trafficFiles->open(file)) {
        m_messages->post(
            QStringLiteral("info"), QStringLiteral("openTraffic"),
            tr("%1 files of traffic are open: close one to open another").arg(TrafficFiles::kMost),
            {});
        return;
    }
    m_bottomDock->setProperty("wanted", true);
    updateCentre();
}

} // namespace understudy::ui
