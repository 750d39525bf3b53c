// SPDX-License-Identifier: GPL-3.0-or-later
// Where a server listens: what is wrong with host and port, and whether it runs there.
#include "ui/panels/server/server_editor.h"

#include "ui/document/runtime_controller.h"
#include "ui/panels/server/tls_box.h"
#include "ui/services/text.h"

#include <QComboBox>
#include <QHostAddress>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>

namespace understudy::ui {

void ServerEditor::checkHost()
{
    const QString host = m_host->currentText().trimmed();
    QString text;
    QString state = QStringLiteral("valid");
    QString bare = host;
    if (bare.startsWith('[') && bare.endsWith(']'))
        bare = bare.mid(1, bare.size() - 2);
    if (host != QLatin1String("localhost") && QHostAddress(bare).isNull()) {
        text = tr("“%1” is not an address; 127.0.0.1 is this machine").arg(host);
        state = QStringLiteral("invalid");
    } else if (bare == QLatin1String("0.0.0.0") || bare == QLatin1String("::")) {
        text = tr("Reachable from the network");
        state = QStringLiteral("open");
    }
    m_hostMessage->setProperty("state", state);
    m_hostMessage->setText(text);
    m_hostMessage->setVisible(!text.isEmpty());
}

void ServerEditor::checkPort()
{
    const auto port = static_cast<quint16>(m_port->value());
    const auto status = m_runtime.status(m_serverId);
    const bool isOwn = status && status->state == ServerState::Running && status->port == port;
    QString text;
    QString state = QStringLiteral("free");
    std::set<quint16> taken;
    for (const auto &other : m_workspace.servers()) {
        if (other->id == m_serverId || !other->value || other->value->listen.port == 0)
            continue;
        taken.insert(other->value->listen.port);
        if (port > 0 && other->value->listen.port == port) {
            text = tr("Port %1 is used by server %2 of this workspace")
                       .arg(port)
                       .arg(toQString(other->value->name));
            state = QStringLiteral("usedByServer");
        }
    }
    if (text.isEmpty() && m_ports.needsPrivileges(port)) {
        text = tr("Port %1 needs privileges on this system").arg(port);
        state = QStringLiteral("privileged");
    } else if (text.isEmpty() && port > 0 && !isOwn
               && !m_ports.isFree(m_host->currentText(), port)) {
        text = tr("Port %1 is used by another program").arg(port);
        state = QStringLiteral("taken");
    }
    m_isPortUsable = text.isEmpty();
    m_portMessage->setProperty("state", state);
    m_portMessage->setText(text);
    m_portMessage->setVisible(!text.isEmpty());
    m_nextPort->setVisible(!text.isEmpty());
    if (!text.isEmpty()) {
        const quint16 from
            = state == QLatin1String("privileged") ? (port == 443 ? 8443 : 8080) : port + 1;
        const quint16 next = m_ports.nextFree(m_host->currentText(), from, taken);
        m_nextPort->setProperty("port", next);
        m_nextPort->setText(tr("Use %1").arg(next));
    }
    updateStatus();
}

void ServerEditor::applyPort()
{
    const auto port = static_cast<quint16>(m_port->value());
    change(
        tr("Port"), [port](Server &s) { s.listen.port = port; }, QStringLiteral("port"));
    // While it is typed the server waits for a pause.
    if (!m_port->hasFocus())
        m_runtime.flush();
    checkPort();
}

void ServerEditor::useNextPort()
{
    m_port->setValue(m_nextPort->property("port").toInt());
    applyPort();
}

void ServerEditor::updateStatus()
{
    const RowState state = m_runtime.state(m_serverId);
    const bool isRunning = state == RowState::Running;
    QString text
        = isRunning ? tr("● Running at %1").arg(m_runtime.baseUrl(m_serverId)) : tr("○ Stopped");
    QString role = isRunning ? QStringLiteral("success") : QStringLiteral("muted");
    if (const QString problem = m_runtime.problem(m_serverId); !problem.isEmpty()) {
        text = QStringLiteral("⚠ ") + problem;
        role = QStringLiteral("error");
    }
    m_status->setText(text);
    if (m_status->property("role") != role) {
        m_status->setProperty("role", role);
        style()->unpolish(m_status);
        style()->polish(m_status);
    }
    m_status->setProperty("state",
                          isRunning ? QStringLiteral("running") : QStringLiteral("stopped"));
    m_start->setText(isRunning ? tr("Stop") : tr("Start"));
    m_start->setEnabled(isRunning || (m_isPortUsable && !m_tls->isInvalid()));
    m_start->setToolTip(m_start->isEnabled() ? QString()
                        : !m_isPortUsable    ? m_portMessage->text()
                                             : m_tls->problem());
}

} // namespace understudy::ui
