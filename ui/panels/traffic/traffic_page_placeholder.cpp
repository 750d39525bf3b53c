// SPDX-License-Identifier: GPL-3.0-or-later
// What an empty list says, and what helps.
#include "core/base/shell.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/services/text.h"
#include "ui/services/traffic_feed.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace understudy::ui {

QWidget *TrafficPage::buildPlaceholder()
{
    auto *placeholder = new QWidget;
    placeholder->setObjectName(QStringLiteral("trafficPlaceholder"));
    placeholder->setAccessibleName(tr("No traffic to show"));
    m_placeholderText = new QLabel;
    m_placeholderText->setObjectName(QStringLiteral("placeholderText"));
    m_placeholderText->setAlignment(Qt::AlignCenter);
    m_placeholderText->setWordWrap(true);
    m_placeholderText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_placeholderButton = new QPushButton;
    m_placeholderButton->setObjectName(QStringLiteral("placeholderButton"));
    m_placeholderButton->setAccessibleName(tr("What helps"));
    connect(m_placeholderButton, &QPushButton::clicked, this, [this] {
        const auto action = m_placeholderAction; // it may set another one
        action();
        updatePlaceholder();
    });
    auto *layout = new QVBoxLayout(placeholder);
    layout->addStretch(1);
    layout->addWidget(m_placeholderText);
    layout->addWidget(m_placeholderButton, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    return placeholder;
}

void TrafficPage::setEmptyText(const QString &text)
{
    m_emptyText = text;
    updatePlaceholder();
}

void TrafficPage::updatePlaceholder()
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
        m_placeholderAction = [this] { setFilterText({}); };
    } else if (m_source == Source::File) {
        text = m_emptyText;
        m_placeholderAction = [] {};
    } else if (m_feed->isPaused()) {
        text = tr("Paused, %1 new").arg(QLocale().toString(m_feed->waiting()));
        button = tr("Resume");
        m_placeholderAction = [this] { m_feed->setPaused(false); };
    } else if (m_listening.isEmpty()) {
        text = tr("No server is running");
        button = tr("Start server");
        m_placeholderAction = [this] { Q_EMIT startServerRequested(); };
    } else {
        text = tr("Waiting for requests on %1").arg(m_listening.join(QStringLiteral(", ")));
        button = tr("Copy cURL");
        const QString url = m_listening.front();
        m_placeholderAction = [url] {
            QGuiApplication::clipboard()->setText(
                toQString(shell::curlCommand("GET", toStd(url) + '/')));
        };
    }
    if (m_placeholderText->text() != text)
        m_placeholderText->setText(text);
    if (m_placeholderButton->text() != button)
        m_placeholderButton->setText(button);
    m_placeholderButton->setVisible(!button.isEmpty());
    m_stack->setCurrentIndex(1);
}

} // namespace understudy::ui
