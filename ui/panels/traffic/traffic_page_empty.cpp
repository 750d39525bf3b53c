// SPDX-License-Identifier: GPL-3.0-or-later
// What an empty list says, and what helps.
#include "core/base/shell.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/services/text.h"
#include "ui/services/traffic_feed.h"
#include "ui/widgets/placeholder.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QStackedWidget>

namespace understudy::ui {

QWidget *TrafficPage::buildEmptyState()
{
    m_emptyState = new Placeholder;
    m_emptyState->setObjectName(QStringLiteral("trafficPlaceholder"));
    m_emptyState->setAccessibleName(tr("No traffic to show"));
    connect(m_emptyState->button(), &QPushButton::clicked, this, [this] {
        const auto action = m_emptyAction; // it may set another one
        action();
        updateEmptyState();
    });
    return m_emptyState;
}

void TrafficPage::setEmptyText(const QString &text)
{
    m_emptyText = text;
    updateEmptyState();
}

void TrafficPage::updateEmptyState()
{
    if (m_model->rowCount() > 0) {
        m_stack->setCurrentIndex(0);
        return;
    }
    QString text;
    QString button;
    const auto total = static_cast<quint64>(m_model->totalRows());
    if (total > 0) {
        text = tr("0 of %1 match").arg(QLocale().toString(total));
        button = tr("Clear filter");
        m_emptyAction = [this] { setFilterText({}); };
    } else if (m_source == Source::File) {
        text = m_emptyText;
        m_emptyAction = [] {};
    } else if (m_feed->isPaused()) {
        text = tr("Paused, %1 new").arg(QLocale().toString(m_feed->waiting()));
        button = tr("Resume");
        m_emptyAction = [this] { m_feed->setPaused(false); };
    } else if (m_listening.isEmpty()) {
        text = tr("No server is running");
        button = tr("Start server");
        m_emptyAction = [this] { Q_EMIT startServerRequested(); };
    } else {
        text = tr("Waiting for requests on %1").arg(m_listening.join(QStringLiteral(", ")));
        button = tr("Copy cURL");
        const QString url = m_listening.front();
        m_emptyAction = [url] {
            QGuiApplication::clipboard()->setText(
                toQString(shell::curlCommand("GET", toStd(url) + '/')));
        };
    }
    m_emptyState->setContent(text, button);
    m_stack->setCurrentIndex(1);
}

} // namespace understudy::ui
