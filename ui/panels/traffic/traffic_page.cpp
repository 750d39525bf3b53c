// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/traffic/traffic_page.h"

#include "core/traffic/filter.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/exchange/exchange_pane.h"
#include "ui/panels/traffic/traffic_page_delegate.h"
#include "ui/panels/traffic/traffic_page_table.h"
#include "ui/panels/traffic/traffic_page_terms.h"
#include "ui/services/text.h"
#include "ui/services/traffic_feed.h"
#include "ui/services/traffic_resend.h"

#include <QAction>
#include <QDataStream>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

namespace understudy::ui {

namespace {

constexpr int kFilterDelay = 150;    // ms after the last key (ux.md section 11)
constexpr int kClockRefresh = 5'000; // ms
constexpr int kClearUndo = 10'000;   // ms
constexpr qint32 kStateVersion = 2;  // 1 had the query hidden and the last column stretched

QString number(quint64 value) { return QLocale().toString(value); }

} // namespace

TrafficPage::TrafficPage(Journal &journal, QWidget *parent, Source source)
    : QWidget(parent)
    , m_journal(journal)
    , m_source(source)
    , m_model(new TrafficModel(journal, this))
    , m_feed(new TrafficFeed(journal, this))
    , m_table(new TrafficTable(m_model, this))
    , m_pane(new ExchangePane(this))
    , m_resender(new TrafficResender(this))
{
    setObjectName(QStringLiteral("trafficPage"));
    setAccessibleName(tr("Traffic"));
    build();
    buildActions();
    connectModel();

    m_filterDelay.setSingleShot(true);
    m_filterDelay.setInterval(kFilterDelay);
    connect(&m_filterDelay, &QTimer::timeout, this, &TrafficPage::applyFilter);
    m_clockRefresh.setInterval(kClockRefresh);
    connect(&m_clockRefresh, &QTimer::timeout, this, &TrafficPage::applyFilter);
    m_clearUndo.setSingleShot(true);
    m_clearUndo.setInterval(kClearUndo);
    connect(&m_clearUndo, &QTimer::timeout, this, [this] {
        m_model->forgetCleared();
        m_toast->hide();
    });
    connect(m_resender, &TrafficResender::failed, this, [this](const QString &reason) {
        showToast(tr("The request could not be sent: %1").arg(reason), {}, {});
    });
    connect(&m_exporting, &QFutureWatcherBase::finished, this, &TrafficPage::exported);
    if (m_source == Source::File) {
        m_table->setCountsNew(false);
        m_table->setFollowing(false);
    }
    updateCounter();
    updateEmptyState();
    updateActions();
    m_feed->setHidden(!isVisible());
    m_feed->start();
}

TrafficPage::~TrafficPage()
{
    m_exporting.disconnect(this);
    m_exporting.waitForFinished(); // it reads the journal
}

void TrafficPage::connectModel()
{
    connect(m_feed, &TrafficFeed::arrived, m_model, &TrafficModel::append);
    connect(m_feed, &TrafficFeed::arrived, this, [this] {
        updateCounter();
        updateEmptyState();
        updateLive();
        Q_EMIT statisticsChanged();
    });
    connect(m_model, &TrafficModel::searchStarted, this, [this] {
        m_progress = 0;
        updateCounter();
    });
    connect(m_model, &TrafficModel::searchProgress, this, [this](int percent) {
        m_progress = percent;
        updateCounter();
    });
    connect(m_model, &TrafficModel::searchFinished, this, [this] {
        m_progress = -1;
        updateCounter();
        updateEmptyState();
        updateSnapshotChip();
    });
    connect(m_model, &TrafficModel::waitingForSnapshotChanged, this,
            &TrafficPage::updateSnapshotChip);
    connect(m_table, &TrafficTable::currentRowChanged, this, &TrafficPage::showRow);
    connect(m_table, &TrafficTable::followingChanged, m_follow, &QToolButton::setChecked);
    connect(m_table, &QWidget::customContextMenuRequested, this, &TrafficPage::showMenu);
    connect(m_table->delegate(), &TrafficDelegate::mockClicked, this,
            [this](const QModelIndex &index) {
                const JournalEntry entry = m_model->entryAt(index.row());
                if (entry.exchange)
                    Q_EMIT mockRequested(entry);
            });
    connect(m_pane, &ExchangePane::mockRequested, this, &TrafficPage::mockRequested);
    connect(m_pane, &ExchangePane::endpointActivated, this, &TrafficPage::endpointActivated);
    connect(m_pane, &ExchangePane::causeActivated, this, &TrafficPage::goToSequence);
}

void TrafficPage::setListening(const QStringList &urls)
{
    m_listening = urls;
    updateEmptyState();
}

void TrafficPage::setRowLimit(qsizetype rows) { m_model->setRowLimit(rows); }

qsizetype TrafficPage::rowCount() const { return m_model->totalRows(); }

quint64 TrafficPage::dropped() const { return m_feed->dropped(); }

quint64 TrafficPage::evicted() const { return m_model->evicted() + m_feed->agedOut(); }

double TrafficPage::requestsPerSecond() const { return m_feed->requestsPerSecond(); }

void TrafficPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed->setHidden(false);
}

void TrafficPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed->setHidden(true);
}

void TrafficPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitPane();
}

void TrafficPage::fitPane()
{
    // With nothing to show, the pane leaves a narrow page to the table.
    const int character = fontMetrics().averageCharWidth();
    const bool isSmall = !m_pane->entry().exchange && width() < character * 160;
    if (isSmall == m_isPaneSmall)
        return;
    m_isPaneSmall = isSmall;
    if (isSmall) {
        m_fullSplitter = m_splitter->saveState();
        m_fullSizes = m_splitter->sizes();
        m_pane->setMaximumWidth(character * 22);
    } else {
        m_pane->setMaximumWidth(QWIDGETSIZE_MAX);
        m_splitter->setSizes(m_fullSizes);
    }
}

QByteArray TrafficPage::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    const QByteArray splitter = m_isPaneSmall ? m_fullSplitter : m_splitter->saveState();
    stream << kStateVersion << m_table->saveColumns() << splitter << m_filter->text()
           << m_table->isFitting();
    return state;
}

void TrafficPage::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    qint32 version = 0;
    QByteArray header;
    QByteArray splitter;
    QString filter;
    bool isFitting = true;
    stream >> version >> header >> splitter >> filter >> isFitting;
    if (stream.status() != QDataStream::Ok || version != kStateVersion)
        return;
    m_pane->setMaximumWidth(QWIDGETSIZE_MAX);
    m_isPaneSmall = false;
    m_splitter->restoreState(splitter);
    m_table->restoreColumns(header, isFitting);
    fitPane();
    setFilterText(filter);
}

// --- Filter ---------------------------------------------------------------------------------

QString TrafficPage::filterText() const { return m_filter->text(); }

void TrafficPage::setFilterText(const QString &text)
{
    m_filter->setText(text);
    applyFilter();
}

void TrafficPage::filterEdited(const QString &text)
{
    for (const QuickTerm &quick : m_quickTerms)
        quick.button->setChecked(hasTerm(text, quick.term));
    const auto filter = TrafficFilter::parse(toStd(text));
    m_filterDelay.stop();
    if (filter) {
        showMessage(filter->isEmpty() ? QStringLiteral("empty") : QStringLiteral("valid"), {});
        m_filterDelay.start();
        return;
    }
    // Columns count bytes; the user counts characters.
    const Error &error = filter.error();
    const auto before = static_cast<std::size_t>(std::max(0, error.where.column - 1));
    const qsizetype column = toQString(std::string_view(toStd(text)).substr(0, before)).size() + 1;
    const QString message = toQString(error.message);
    if (error.code == ErrorCode::Cancelled)
        showMessage(QStringLiteral("incomplete"),
                    tr("Not finished: %1 (column %2)").arg(message).arg(column));
    else
        showMessage(QStringLiteral("invalid"), tr("Column %1: %2").arg(column).arg(message));
}

void TrafficPage::applyFilter()
{
    m_filterDelay.stop();
    const auto filter = TrafficFilter::parse(toStd(m_filter->text()));
    if (!filter)
        return;
    m_model->setFilter(*filter);
    if (filter->readsClock())
        m_clockRefresh.start();
    else
        m_clockRefresh.stop();
}

void TrafficPage::showMessage(const QString &state, const QString &message)
{
    m_filter->setProperty("state", state);
    m_message->setProperty("state", state);
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    const bool isInvalid = state == QStringLiteral("invalid");
    m_message->setForegroundRole(isInvalid ? QPalette::WindowText : QPalette::PlaceholderText);
    m_filter->setAccessibleDescription(message);
}

void TrafficPage::addTerm(const QString &term, bool isExcluded)
{
    if (!term.isEmpty())
        setFilterText(withTerm(m_filter->text(), isExcluded ? u'-' + term : term));
}

// --- What the page says about itself --------------------------------------------------------

void TrafficPage::updateCounter()
{
    const auto shown = static_cast<quint64>(m_model->rowCount());
    const auto total = static_cast<quint64>(m_model->totalRows());
    QString text = tr("%1 / %2", "rows shown / all").arg(number(shown), number(total));
    if (m_progress >= 0 && m_model->filter().readsBodies())
        text = tr("searched %1 %").arg(m_progress);
    if (m_counter->text() != text)
        m_counter->setText(text);
    m_counter->setAccessibleDescription(
        tr("%1 of %2 requests are shown").arg(number(shown), number(total)));
}

void TrafficPage::updateLive()
{
    const bool isPaused = m_feed->isPaused();
    const QString text
        = isPaused ? tr("‖ Paused, %1 new").arg(number(m_feed->waiting())) : tr("● Live");
    if (m_live->text() != text)
        m_live->setText(text);
    if (m_live->isChecked() == isPaused)
        m_live->setChecked(!isPaused);
}

void TrafficPage::updateSnapshotChip()
{
    m_snapshotChip->setVisible(m_model->isSnapshot());
    m_snapshotChip->setText(tr("sorted, %1 new ▸ update")
                                .arg(number(static_cast<quint64>(m_model->waitingForSnapshot()))));
}

void TrafficPage::showRow(int row)
{
    const JournalEntry entry = m_model->entryAt(row);
    if (entry.sequence != m_pane->entry().sequence || !m_pane->entry().exchange)
        m_pane->setEntry(entry);
    Q_EMIT selected(entry);
    // Not under a click that has yet to select its row.
    QMetaObject::invokeMethod(this, &TrafficPage::fitPane, Qt::QueuedConnection);
    updateActions();
}

// --- Clear ----------------------------------------------------------------------------------

void TrafficPage::clearTraffic()
{
    const qsizetype cleared = m_model->clear();
    showRow(m_table->currentRow());
    updateCounter();
    updateEmptyState();
    if (cleared == 0)
        return;
    showToast(cleared == 1 ? tr("1 request cleared")
                           : tr("%n requests cleared", nullptr, static_cast<int>(cleared)),
              tr("Undo"), [this] { undoClear(); });
    Q_EMIT statisticsChanged();
}

/// One message with at most one button; a newer one takes its place.
void TrafficPage::showToast(const QString &text, const QString &button,
                            const std::function<void()> &action)
{
    m_toastText->setText(text);
    m_toast->setAccessibleName(text);
    m_toastButton->setText(button);
    m_toastButton->setAccessibleName(button);
    m_toastButton->setVisible(!button.isEmpty());
    m_toastAction = action;
    m_toast->show();
    m_clearUndo.start();
}

void TrafficPage::undoClear()
{
    m_clearUndo.stop();
    m_toast->hide();
    m_model->undoClear();
    updateCounter();
    updateEmptyState();
    Q_EMIT statisticsChanged();
}

} // namespace understudy::ui
