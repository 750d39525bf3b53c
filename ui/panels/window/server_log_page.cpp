// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/server_log_page.h"

#include "ui/services/text.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {
constexpr int kLines = 10'000;
}

ServerLogPage::ServerLogPage(QWidget *parent)
    : QWidget(parent)
    , m_server(new QComboBox)
    , m_level(new QComboBox)
    , m_view(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("serverLogPage"));
    m_server->setObjectName(QStringLiteral("serverLogServerCombo"));
    m_server->setAccessibleName(tr("Server"));
    m_server->addItem(tr("All servers"));
    m_server->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_level->setObjectName(QStringLiteral("serverLogLevelCombo"));
    m_level->setAccessibleName(tr("Level"));
    m_level->addItems({tr("All messages"), tr("Warnings and errors"), tr("Errors")});
    m_view->setObjectName(QStringLiteral("serverLogView"));
    m_view->setAccessibleName(tr("Server log"));
    m_view->setReadOnly(true);
    m_view->setMaximumBlockCount(kLines);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_view->setPlaceholderText(tr("Messages of the servers appear here"));
    auto *copy = new QToolButton;
    copy->setObjectName(QStringLiteral("serverLogCopyButton"));
    copy->setText(tr("Copy"));
    copy->setIcon(QIcon::fromTheme(QStringLiteral("edit-copy")));
    copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    copy->setAccessibleName(tr("Copy the log"));
    copy->setAutoRaise(true);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(6, 4, 6, 0);
    row->addWidget(m_server);
    row->addWidget(m_level);
    row->addStretch();
    row->addWidget(copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_view);
    connect(m_server, &QComboBox::activated, this, &ServerLogPage::showAll);
    connect(m_level, &QComboBox::activated, this, &ServerLogPage::showAll);
    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_view->toPlainText()); });
}

bool ServerLogPage::isShown(const ServerEvent &event) const
{
    if (m_server->currentIndex() > 0 && m_server->currentText() != toQString(event.serverName))
        return false;
    return static_cast<int>(event.severity) >= m_level->currentIndex();
}

QString ServerLogPage::line(const ServerEvent &event) const
{
    const auto ms
        = std::chrono::duration_cast<std::chrono::milliseconds>(event.when.time_since_epoch())
              .count();
    const QString level = event.severity == Severity::Error     ? QStringLiteral("✕ ")
                          : event.severity == Severity::Warning ? QStringLiteral("! ")
                                                                : QString();
    return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("HH:mm:ss.zzz"))
           + QStringLiteral("  ") + toQString(event.serverName) + QStringLiteral("  ") + level
           + toQString(event.text);
}

void ServerLogPage::append(const ServerEvent &event)
{
    m_events.push_back(event);
    if (m_events.size() > kLines)
        m_events.pop_front();
    if (const QString name = toQString(event.serverName); m_server->findText(name) < 0)
        m_server->addItem(name);
    if (isShown(event))
        m_view->appendPlainText(line(event));
}

void ServerLogPage::showAll()
{
    QStringList lines;
    for (const ServerEvent &event : m_events) {
        if (isShown(event))
            lines << line(event);
    }
    m_view->setPlainText(lines.join('\n'));
}

} // namespace understudy::ui
