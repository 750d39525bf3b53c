// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

constexpr int kVisible = 3;
constexpr int kToastMs = 8000;

QToolButton *closeButton(const char *name)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(QIcon::fromTheme(QStringLiteral("window-close")));
    button->setAutoRaise(true);
    button->setAccessibleName(MessageBar::tr("Close"));
    button->setToolTip(MessageBar::tr("Close"));
    return button;
}

void announce(QWidget *widget)
{
    QAccessibleEvent event(widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(1);
    setVisible(false);
}

void MessageBar::post(const QString &kind, const QString &key, const QString &text,
                      const std::vector<BannerAction> &actions)
{
    remove(key);
    auto *banner = new QFrame(this);
    banner->setObjectName(QStringLiteral("messageBanner"));
    banner->setProperty("kind", kind);
    banner->setProperty("key", key);
    banner->setAccessibleName(text);
    auto *label = new QLabel(text);
    label->setObjectName(QStringLiteral("bannerText"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QHBoxLayout(banner);
    layout->setContentsMargins(10, 5, 6, 5);
    auto *icon = new QLabel;
    const int side = label->fontMetrics().height();
    icon->setPixmap(QIcon::fromTheme(kind == QLatin1String("info")
                                         ? QStringLiteral("dialog-information")
                                         : QStringLiteral("dialog-warning"))
                        .pixmap(side, side));
    layout->addWidget(icon);
    layout->addWidget(label, 1);
    for (const BannerAction &action : actions) {
        auto *button = new QPushButton(action.text);
        button->setObjectName(QStringLiteral("bannerAction"));
        button->setProperty("actionId", action.id);
        button->setAccessibleName(action.text);
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, key, action] {
            const auto run = action.run;
            if (action.closes)
                remove(key);
            run();
        });
    }
    auto *close = closeButton("bannerCloseButton");
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, [this, key] { remove(key); });
    m_layout->insertWidget(0, banner);
    setVisible(true);
    banner->show();
    trim();
    announce(banner);
}

void MessageBar::remove(const QString &key)
{
    for (QFrame *banner :
         findChildren<QFrame *>(QStringLiteral("messageBanner"), Qt::FindDirectChildrenOnly)) {
        if (banner->property("key") == key) {
            m_layout->removeWidget(banner);
            banner->setObjectName(
                {}); // gone for everybody who looks for it, deleted when its button has returned
            banner->hide();
            banner->deleteLater();
        }
    }
    trim();
}

void MessageBar::removeFor(const QString &object)
{
    for (QFrame *banner :
         findChildren<QFrame *>(QStringLiteral("messageBanner"), Qt::FindDirectChildrenOnly)) {
        const QString key = banner->property("key").toString();
        if (key.endsWith('/' + object))
            remove(key);
    }
}

void MessageBar::clear()
{
    for (QFrame *banner :
         findChildren<QFrame *>(QStringLiteral("messageBanner"), Qt::FindDirectChildrenOnly))
        remove(banner->property("key").toString());
}

void MessageBar::focusFirst()
{
    if (m_layout->count() == 0)
        return;
    auto *banner = m_layout->itemAt(0)->widget();
    if (auto *button = banner->findChild<QPushButton *>(QStringLiteral("bannerAction")))
        button->setFocus();
}

void MessageBar::trim()
{
    for (int i = 0; i < m_layout->count(); ++i)
        m_layout->itemAt(i)->widget()->setVisible(i < kVisible);
    setVisible(m_layout->count() > 0);
}

UndoToast::UndoToast(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_action(new QPushButton)
    , m_close(closeButton("toastCloseButton"))
{
    setObjectName(QStringLiteral("undoToast"));
    setAutoFillBackground(true);
    m_text->setObjectName(QStringLiteral("toastText"));
    m_text->setTextFormat(Qt::PlainText);
    m_action->setObjectName(QStringLiteral("toastActionButton"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->addWidget(m_text);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kToastMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (underMouse() || isAncestorOf(QApplication::focusWidget()))
            m_timer.start();
        else
            hide();
    });
    connect(m_action, &QPushButton::clicked, this, &UndoToast::run);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    parent->installEventFilter(this);
    hide();
}

void UndoToast::offer(const QString &text, const QString &button, std::function<void()> run)
{
    m_run = std::move(run);
    m_text->setText(text);
    m_action->setText(button);
    m_action->setAccessibleName(button);
    setAccessibleName(text);
    adjustSize();
    place();
    show();
    raise();
    m_timer.start();
    announce(this);
}

void UndoToast::run()
{
    hide();
    if (const auto run = std::exchange(m_run, {}))
        run();
}

void UndoToast::place()
{
    const QRect area = parentWidget()->rect();
    move((area.width() - width()) / 2, area.height() - height() - 14);
}

bool UndoToast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace understudy::ui
