// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/traffic_files.h"

#include "ui/panels/traffic/traffic_file_page.h"
#include "ui/panels/traffic/traffic_page.h"

#include <QDir>
#include <QDropEvent>
#include <QFileInfo>
#include <QIcon>
#include <QMimeData>
#include <QTabBar>
#include <QTabWidget>
#include <QUrl>

namespace understudy::ui {

namespace {

/// The archives among what is dragged.
QStringList archivesIn(const QMimeData *data)
{
    QStringList out;
    for (const QUrl &url : data->urls()) {
        const QString file = url.toLocalFile();
        if (file.endsWith(QLatin1String(".har"), Qt::CaseInsensitive))
            out << file;
    }
    return out;
}

} // namespace

TrafficFiles::TrafficFiles(QTabWidget *tabs, TrafficPage *live, QObject *parent)
    : QObject(parent)
    , m_tabs(tabs)
    , m_live(live)
{
    m_tabs->setTabsClosable(true);
    for (int i = 0; i < m_tabs->count(); ++i) {
        for (const auto side : {QTabBar::LeftSide, QTabBar::RightSide})
            m_tabs->tabBar()->setTabButton(i, side, nullptr);
    }
    connect(m_tabs, &QTabWidget::tabCloseRequested, this,
            [this](int index) { close(m_tabs->widget(index)); });
    m_tabs->setAcceptDrops(true);
    m_tabs->installEventFilter(this);
}

QList<TrafficFilePage *> TrafficFiles::pages() const
{
    QList<TrafficFilePage *> out;
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (auto *page = qobject_cast<TrafficFilePage *>(m_tabs->widget(i)))
            out << page;
    }
    return out;
}

int TrafficFiles::count() const { return static_cast<int>(pages().size()); }

TrafficPage *TrafficFiles::current() const
{
    const auto *page = qobject_cast<TrafficFilePage *>(m_tabs->currentWidget());
    return page ? page->page() : nullptr;
}

bool TrafficFiles::open(const QString &path)
{
    int place = m_tabs->count();
    for (TrafficFilePage *page : pages()) {
        if (page->path() != QFileInfo(path).absoluteFilePath())
            continue;
        place = m_tabs->indexOf(page);
        close(page);
        break;
    }
    if (count() >= kMost)
        return false;
    auto *file = new TrafficFilePage(path, m_limits);
    TrafficPage *page = file->page();
    page->restoreState(m_live->saveState()); // its columns
    page->setFilterText({});
    page->setRedaction(m_redaction);
    page->setListening(m_listening);
    connect(page, &TrafficPage::mockRequested, this, &TrafficFiles::mockRequested);
    connect(page, &TrafficPage::endpointActivated, this, &TrafficFiles::endpointActivated);
    connect(file, &TrafficFilePage::titleChanged, this,
            [this, file] { m_tabs->setTabText(m_tabs->indexOf(file), file->title()); });
    connect(file, &TrafficFilePage::liveRequested, this,
            [this] { m_tabs->setCurrentWidget(m_live); });
    connect(
        file, &TrafficFilePage::closeRequested, this, [this, file] { close(file); },
        Qt::QueuedConnection);
    const int index = m_tabs->insertTab(
        place, file, QIcon::fromTheme(QStringLiteral("document-open")), file->title());
    m_tabs->setTabToolTip(index,
                          tr("Traffic opened from %1").arg(QDir::toNativeSeparators(file->path())));
    m_tabs->setCurrentIndex(index);
    Q_EMIT countChanged();
    return true;
}

void TrafficFiles::close(QWidget *page)
{
    const int index = m_tabs->indexOf(page);
    if (index < 0 || !qobject_cast<TrafficFilePage *>(page))
        return;
    const bool isInFront = m_tabs->currentIndex() == index;
    m_tabs->removeTab(index);
    if (isInFront)
        m_tabs->setCurrentWidget(m_live);
    page->hide();
    page->deleteLater();
    Q_EMIT countChanged();
}

void TrafficFiles::setLimits(const TrafficLimits &limits)
{
    m_limits = limits;
    for (TrafficFilePage *page : pages())
        page->setLimits(limits);
}

void TrafficFiles::setRedaction(const TrafficRedaction &redaction)
{
    m_redaction = redaction;
    for (TrafficFilePage *page : pages())
        page->page()->setRedaction(redaction);
}

void TrafficFiles::setListening(const QStringList &urls)
{
    m_listening = urls;
    for (TrafficFilePage *page : pages())
        page->page()->setListening(urls);
}

bool TrafficFiles::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_tabs || (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop))
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event); // what a QDragEnterEvent is, too
    const QStringList files = archivesIn(drop->mimeData());
    if (files.isEmpty())
        return false;
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop) {
        for (const QString &file : files)
            Q_EMIT dropped(file);
    }
    return true;
}

} // namespace understudy::ui
