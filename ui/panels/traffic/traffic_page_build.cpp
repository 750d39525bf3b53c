// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets of the traffic page; what they do stands in traffic_page.cpp.
#include "ui/models/traffic_model.h"
#include "ui/panels/exchange/exchange_pane.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/traffic/traffic_page_completer.h"
#include "ui/panels/traffic/traffic_page_table.h"
#include "ui/panels/traffic/traffic_page_terms.h"
#include "ui/services/traffic_feed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

QToolButton *toolButton(const QString &objectName, const QString &text, const QString &name,
                        bool isCheckable)
{
    auto *button = new QToolButton;
    button->setObjectName(objectName);
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setCheckable(isCheckable);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

void TrafficPage::build()
{
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_table);
    m_stack->addWidget(buildEmptyState());
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);

    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setObjectName(QStringLiteral("trafficSplitter"));
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setCollapsible(0, false);
    m_splitter->setSizes({620, 380}); // shares, until the window has a size

    m_message = new QLabel;
    m_message->setObjectName(QStringLiteral("trafficFilterMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setContentsMargins(6, 0, 6, 0);
    m_message->setProperty("state", QStringLiteral("empty"));
    m_message->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(buildTools());
    layout->addWidget(m_message);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(buildToast());
}

QWidget *TrafficPage::buildTools()
{
    auto *tools = new QWidget;
    auto *layout = new QHBoxLayout(tools);
    layout->setContentsMargins(6, 4, 6, 2);
    layout->setSpacing(4);

    m_live = toolButton(QStringLiteral("liveButton"), tr("● Live"), tr("Live, or pause the list"),
                        true);
    m_live->setChecked(true);
    connect(m_live, &QToolButton::clicked, this,
            [this](bool isLive) { m_feed->setPaused(!isLive); });
    m_follow = toolButton(QStringLiteral("followButton"), tr("⤓ Follow"),
                          tr("Keep the newest row in view"), true);
    m_follow->setChecked(true);
    connect(m_follow, &QToolButton::clicked, this,
            [this](bool isOn) { m_table->setFollowing(isOn); });

    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("trafficFilterEdit"));
    m_filter->setAccessibleName(tr("Filter the traffic"));
    m_filter->setPlaceholderText(tr("Filter: words, status:5xx, -path:/health, is:unmatched…"));
    m_filter->setToolTip(
        tr("word  \"phrase\"  -word  status:404|5xx|>=400  method:GET,POST  path:/users/*  "
           "server:  endpoint:  header:name=value  body:  dur:>200ms  size:>1k  "
           "is:unmatched|fault|tls  "
           "fault:reset  latency:>200ms  client:  mark:red  since:5m  /regex/  AND OR NOT ( )"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setProperty("state", QStringLiteral("empty"));
    connect(m_filter, &QLineEdit::textChanged, this, &TrafficPage::filterEdited);
    connect(m_filter, &QLineEdit::returnPressed, this, &TrafficPage::applyFilter);
    m_live->setVisible(m_source == Source::Live);
    m_follow->setVisible(m_source == Source::Live);
    new FilterCompleter(m_filter, m_journal, *m_model); // belongs to the box

    m_counter = new QLabel;
    m_counter->setObjectName(QStringLiteral("trafficCounter"));
    m_counter->setAccessibleName(tr("Rows shown and rows in all"));
    m_snapshotChip = new QPushButton;
    m_snapshotChip->setObjectName(QStringLiteral("sortedSnapshotChip"));
    m_snapshotChip->setAccessibleName(tr("Sort the new rows in"));
    m_snapshotChip->hide();
    connect(m_snapshotChip, &QPushButton::clicked, m_model, &TrafficModel::updateSnapshot);
    auto *clear = toolButton(QStringLiteral("clearTrafficButton"), tr("⌫ Clear"),
                             tr("Clear all rows but pinned ones"), false);
    connect(clear, &QToolButton::clicked, this, &TrafficPage::clearTraffic);
    clear->setVisible(m_source == Source::Live);

    layout->addWidget(m_live);
    layout->addWidget(m_follow);
    layout->addWidget(m_filter, 1);
    layout->addWidget(addQuickTerm(QStringLiteral("quickUnmatched"), tr("Unmatched"),
                                   tr("Only requests without an endpoint"),
                                   QStringLiteral("is:unmatched")));
    layout->addWidget(addQuickTerm(QStringLiteral("quickErrors"), tr("Errors"),
                                   tr("Only 4xx, 5xx and broken exchanges"),
                                   QStringLiteral("is:error")));
    layout->addWidget(addQuickTerm(QStringLiteral("quickSlow"), tr("Slow"),
                                   tr("Only answers that took longer than 500 ms"),
                                   QStringLiteral("dur:>500ms")));
    layout->addWidget(addQuickTerm(QStringLiteral("quickPinned"), tr("Pinned"),
                                   tr("Only pinned rows"), QStringLiteral("is:pinned")));
    layout->addWidget(m_counter);
    layout->addWidget(m_snapshotChip);
    layout->addWidget(clear);
    layout->addWidget(buildExport());
    return tools;
}

QToolButton *TrafficPage::buildExport()
{
    QToolButton *button = toolButton(QStringLiteral("exportTrafficButton"), tr("⇧ Export"),
                                     tr("Save the rows shown as a file"), false);
    auto *menu = new QMenu(button);
    menu->setObjectName(QStringLiteral("exportTrafficMenu"));
    QAction *har
        = menu->addAction(tr("Export the rows shown as HAR"), this, [this] { exportHar(false); });
    har->setObjectName(QStringLiteral("traffic.exportHar"));
    har->setToolTip(tr("Without the values that Settings ▸ Redaction names"));
    menu->setToolTipsVisible(true);
    m_actions << har;
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    return button;
}

QToolButton *TrafficPage::addQuickTerm(const QString &objectName, const QString &text,
                                       const QString &name, const QString &term)
{
    QToolButton *button = toolButton(objectName, text, name, true);
    connect(button, &QToolButton::clicked, this, [this, term](bool isOn) {
        setFilterText(isOn ? withTerm(m_filter->text(), term)
                           : withoutTerm(m_filter->text(), term));
    });
    m_quickTerms.append({button, term});
    return button;
}

QWidget *TrafficPage::buildToast()
{
    m_toast = new QWidget;
    m_toast->setObjectName(QStringLiteral("undoToast"));
    m_toast->setAccessibleName(tr("Message"));
    m_toastText = new QLabel;
    m_toastText->setObjectName(QStringLiteral("toastText"));
    m_toastText->setWordWrap(true);
    m_toastButton = new QPushButton;
    m_toastButton->setObjectName(QStringLiteral("toastActionButton"));
    m_toastButton->setAccessibleName(tr("Undo"));
    connect(m_toastButton, &QPushButton::clicked, this, [this] {
        const auto action = m_toastAction; // it may set another one
        if (action)
            action();
    });
    auto *close = toolButton(QStringLiteral("toastCloseButton"), QStringLiteral("✕"),
                             tr("Close this message"), false);
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, m_toast, &QWidget::hide);
    auto *layout = new QHBoxLayout(m_toast);
    layout->setContentsMargins(6, 2, 6, 4);
    layout->addWidget(m_toastText, 1);
    layout->addWidget(m_toastButton);
    layout->addWidget(close);
    m_toast->hide();
    return m_toast;
}

} // namespace understudy::ui
