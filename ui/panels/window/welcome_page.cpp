// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/welcome_page.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace understudy::ui {

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
    , m_sample(new QPushButton(tr("Start sample server")))
    , m_recentLabel(new QLabel(tr("Recent workspaces")))
    , m_recent(new QListWidget)
{
    setObjectName(QStringLiteral("welcomePage"));
    auto *title = new QLabel(tr("Understudy"));
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 2.2);
    big.setWeight(QFont::DemiBold);
    title->setFont(big);
    auto *text = new QLabel(
        tr("Mock HTTP servers for a backend that is missing, slow or too well behaved."));
    text->setForegroundRole(QPalette::PlaceholderText);
    text->setWordWrap(true);
    const auto button = [this](const char *name, const char *icon, const QString &label,
                               void (WelcomePage::*signal)()) {
        auto *b = new QPushButton(QIcon::fromTheme(QString::fromLatin1(icon)), label);
        b->setObjectName(QString::fromLatin1(name));
        b->setAccessibleName(label);
        b->setAutoDefault(false);
        connect(b, &QPushButton::clicked, this, signal);
        return b;
    };
    m_sample->setObjectName(QStringLiteral("startSampleButton"));
    m_sample->setAccessibleName(m_sample->text());
    m_sample->setIcon(QIcon::fromTheme(QStringLiteral("media-playback-start")));
    m_sample->setDefault(true);
    m_sample->setMinimumHeight(fontMetrics().height() * 2);
    connect(m_sample, &QPushButton::clicked, this, &WelcomePage::sampleRequested);
    m_recent->setObjectName(QStringLiteral("recentList"));
    m_recent->setAccessibleName(tr("Recent workspaces"));
    m_recent->setMaximumHeight(fontMetrics().height() * 9);
    m_recentLabel->setForegroundRole(QPalette::PlaceholderText);
    connect(m_recent, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        if (item->flags() & Qt::ItemIsEnabled)
            Q_EMIT recentRequested(item->data(Qt::UserRole).toString());
    });

    auto *column = new QWidget;
    column->setFixedWidth(fontMetrics().horizontalAdvance('x') * 68);
    auto *layout = new QVBoxLayout(column);
    layout->setSpacing(10);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addSpacing(10);
    layout->addWidget(m_sample);
    auto *row = new QHBoxLayout;
    row->addWidget(button("welcomeNewServerButton", "network-server", tr("New server"),
                          &WelcomePage::newServerRequested));
    row->addWidget(button("welcomeImportButton", "document-import", tr("Import…"),
                          &WelcomePage::importRequested));
    row->addWidget(button("welcomeOpenButton", "document-open", tr("Open workspace…"),
                          &WelcomePage::openRequested));
    layout->addLayout(row);
    layout->addSpacing(10);
    layout->addWidget(m_recentLabel);
    layout->addWidget(m_recent);
    auto *outer = new QHBoxLayout(this);
    outer->addStretch(1);
    auto *middle = new QVBoxLayout;
    middle->addStretch(2);
    middle->addWidget(column);
    middle->addStretch(3);
    outer->addLayout(middle);
    outer->addStretch(1);
    setRecent({});
}

void WelcomePage::setRecent(const QStringList &folders)
{
    m_recent->clear();
    for (const QString &folder : folders) {
        auto *item = new QListWidgetItem(QIcon::fromTheme(QStringLiteral("folder")),
                                         QDir::toNativeSeparators(folder));
        item->setData(Qt::UserRole, folder);
        if (!QFileInfo(folder).isDir())
            item->setFlags(Qt::NoItemFlags);
        m_recent->addItem(item);
    }
    m_recent->setVisible(!folders.isEmpty());
    m_recentLabel->setVisible(!folders.isEmpty());
}

void WelcomePage::focusStart() { m_sample->setFocus(); }

} // namespace understudy::ui
