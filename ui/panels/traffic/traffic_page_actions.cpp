// SPDX-License-Identifier: GPL-3.0-or-later
// Actions and the context menu of the traffic page.
#include "ui/models/traffic_model.h"
#include "ui/panels/exchange/exchange_pane.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/traffic/traffic_page_table.h"
#include "ui/services/text.h"
#include "ui/services/traffic_export.h"
#include "ui/services/traffic_feed.h"
#include "ui/services/traffic_resend.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <array>

namespace understudy::ui {

namespace {

/// A client sent it, and it could be read.
bool isOfClient(const JournalEntry &entry)
{
    return entry.exchange && !entry.exchange->request.method().empty()
           && entry.exchange->match != MatchKind::Callback;
}

struct MarkColour
{
    const char *name; ///< as the filter language has it
    const char *title;
};

constexpr std::array kMarks{MarkColour{"red", QT_TRANSLATE_NOOP("TrafficMarks", "Red")},
                            MarkColour{"orange", QT_TRANSLATE_NOOP("TrafficMarks", "Orange")},
                            MarkColour{"yellow", QT_TRANSLATE_NOOP("TrafficMarks", "Yellow")},
                            MarkColour{"green", QT_TRANSLATE_NOOP("TrafficMarks", "Green")},
                            MarkColour{"blue", QT_TRANSLATE_NOOP("TrafficMarks", "Blue")},
                            MarkColour{"purple", QT_TRANSLATE_NOOP("TrafficMarks", "Purple")}};

/// "shop.localhost" of "TLS 1.3, shop.localhost".
QString tlsName(const Exchange &exchange)
{
    return toQString(exchange.tls).section(QStringLiteral(", "), 1, 1);
}

} // namespace

QAction *TrafficPage::addAction(const char *id, const QString &text, const QKeySequence &keys,
                                const std::function<void()> &run, bool forTable)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(id));
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, run);
    if (forTable) {
        // A single letter must not reach beyond the list.
        action->setShortcutContext(Qt::WidgetShortcut);
        m_table->addAction(action);
    } else {
        QWidget::addAction(action);
    }
    m_actions << action;
    return action;
}

/// What only makes sense where rows arrive.
void TrafficPage::buildLiveActions()
{
    QAction *live = addAction("traffic.live", tr("Live"), Qt::CTRL | Qt::SHIFT | Qt::Key_L,
                              [this] { m_feed->setPaused(!m_feed->isPaused()); });
    live->setCheckable(true);
    live->setChecked(true);
    connect(m_feed, &TrafficFeed::pausedChanged, this, [this, live](bool paused) {
        live->setChecked(!paused);
        updateLive();
        updateEmptyState();
    });
    QAction *follow = addAction(
        "traffic.follow", tr("Follow newest"), Qt::Key_End, [this] { m_table->setFollowing(true); },
        true);
    connect(m_table, &TrafficTable::followingChanged, follow,
            [follow](bool isOn) { follow->setEnabled(!isOn); });
    follow->setEnabled(false);
    addAction("traffic.clear", tr("Clear traffic"), Qt::CTRL | Qt::SHIFT | Qt::Key_Delete,
              [this] { clearTraffic(); });
}

void TrafficPage::buildActions()
{
    if (m_source == Source::Live)
        buildLiveActions();
    addAction("traffic.filter", tr("Filter traffic"), Qt::CTRL | Qt::Key_L, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    addAction("traffic.mock", tr("+ Mock from this request"), Qt::CTRL | Qt::Key_M,
              [this] { requestMock(); });
    addAction("traffic.copyCurl", tr("Copy as cURL"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, [this] {
        copy([this](const Exchange &e) {
            return curlCommand(e, m_listening.isEmpty() ? QString() : m_listening.front());
        });
    });
    addAction("traffic.resend", tr("Resend"), Qt::CTRL | Qt::Key_R, [this] { resend(); });
    addAction("traffic.pin", tr("Pin or unpin"), Qt::CTRL | Qt::Key_B, [this] { togglePin(); });
    addAction(
        "traffic.next", tr("Next row"), Qt::Key_J,
        [this] { m_table->goToRow(m_table->currentRow() + 1); }, true);
    addAction(
        "traffic.previous", tr("Previous row"), Qt::Key_K,
        [this] {
            const int row = m_table->currentRow();
            m_table->goToRow(row < 0 ? m_model->rowCount() - 1 : row - 1);
        },
        true);
    addAction("traffic.goTo", tr("Go to row number…"), Qt::CTRL | Qt::Key_G,
              [this] { askForRow(); });
}

void TrafficPage::updateActions()
{
    const JournalEntry entry = currentEntry();
    // A connection that a fault ended has nothing to mock, to copy or to send again; a callback is
    // none of what servers are asked.
    const bool hasRequest = entry.exchange && !entry.exchange->request.method().empty();
    for (QAction *action : std::as_const(m_actions)) {
        const QString id = action->objectName();
        if (id == QStringLiteral("traffic.copyCurl"))
            action->setEnabled(hasRequest);
        else if (id == QStringLiteral("traffic.mock") || id == QStringLiteral("traffic.resend"))
            action->setEnabled(isOfClient(entry));
        else if (id == QStringLiteral("traffic.pin"))
            action->setEnabled(entry.exchange != nullptr);
    }
}

JournalEntry TrafficPage::currentEntry() const { return m_model->entryAt(m_table->currentRow()); }

void TrafficPage::requestMock()
{
    if (const JournalEntry entry = currentEntry(); isOfClient(entry))
        Q_EMIT mockRequested(entry);
}

/// Its answer arrives as a row of its own, like every other.
void TrafficPage::goToSequence(quint64 sequence)
{
    const int row = m_model->rowOf(sequence);
    if (row >= 0)
        m_table->goToRow(row);
    else
        showToast(tr("Request %1 is filtered out, or no longer kept").arg(sequence), {}, {});
}

void TrafficPage::resend()
{
    const JournalEntry entry = currentEntry();
    if (!isOfClient(entry))
        return;
    const QUrl target = resendTarget(*entry.exchange, m_listening);
    const auto bytes = requestAgain(*entry.exchange);
    if (target.isEmpty())
        showToast(tr("No server is running to send it to"), {}, {});
    else if (!bytes)
        showToast(tr("Its body is no longer kept, so it cannot be sent again"), {}, {});
    else
        m_resender->send(target, *bytes, tlsName(*entry.exchange));
}

void TrafficPage::togglePin()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return;
    // Several rows become what the first one becomes.
    const bool pinned = !m_model->isPinned(rows.front().row());
    for (const QModelIndex &index : rows)
        m_model->setPinned(index.row(), pinned);
}

void TrafficPage::askForRow()
{
    bool isOk = false;
    const auto newest = static_cast<int>(std::min<quint64>(m_journal.newest(), INT_MAX));
    const int number = QInputDialog::getInt(this, tr("Go to row"), tr("Number (#):"),
                                            std::max(1, newest), 1, std::max(1, newest), 1, &isOk);
    if (!isOk)
        return;
    const int row = m_model->rowOf(static_cast<quint64>(number));
    if (row >= 0) {
        m_table->goToRow(row);
        m_table->setFocus();
    } else {
        showMessage(m_filter->property("state").toString(),
                    tr("Row %1 is not in the list").arg(number));
    }
}

void TrafficPage::askForNote(quint64 sequence)
{
    const int column = static_cast<int>(TrafficColumn::Note);
    const QString before
        = m_model->index(m_model->rowOf(sequence), column).data(Qt::EditRole).toString();
    bool isOk = false;
    const QString note = QInputDialog::getText(this, tr("Note"), tr("Note on this request:"),
                                               QLineEdit::Normal, before, &isOk);
    // The row may have moved while the dialog was open.
    if (const int row = m_model->rowOf(sequence); isOk && row >= 0)
        m_model->setData(m_model->index(row, column), note);
}

void TrafficPage::copy(const std::function<QString(const Exchange &)> &textOf)
{
    if (const JournalEntry entry = currentEntry(); entry.exchange)
        QGuiApplication::clipboard()->setText(textOf(*entry.exchange));
}

void TrafficPage::showMenu(const QPoint &at)
{
    QModelIndex index = m_table->indexAt(at);
    if (!index.isValid())
        index = m_table->currentIndex();
    if (!index.isValid())
        return;
    if (!m_table->selectionModel()->isRowSelected(index.row()))
        m_table->goToRow(index.row());
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("trafficMenu"));
    fillMenu(&menu, index.row(), static_cast<TrafficColumn>(index.column()));
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void TrafficPage::fillMenu(QMenu *menu, int row, TrafficColumn column)
{
    const JournalEntry entry = m_model->entryAt(row);
    if (!entry.exchange)
        return;
    const auto add = [menu, this](const char *id, const QString &text, auto slot) {
        QAction *action = menu->addAction(text, this, slot);
        action->setObjectName(QString::fromLatin1(id));
        return action;
    };
    if (entry.exchange->cause != 0)
        add("menu.cause", tr("Show request %1").arg(entry.exchange->cause),
            [this, cause = entry.exchange->cause] { goToSequence(cause); });
    if (isOfClient(entry))
        add("menu.mock", tr("+ Mock"), [this, entry] { Q_EMIT mockRequested(entry); });
    if (entry.exchange->endpointId)
        add("menu.openEndpoint", tr("Open endpoint"), [this, entry] {
            Q_EMIT endpointActivated(toQString(*entry.exchange->serverId),
                                     toQString(*entry.exchange->endpointId));
        });
    add("menu.why", tr("Why?"), [this, sequence = entry.sequence] {
        showRow(m_model->rowOf(sequence));
        m_pane->showWhy();
    });
    if (isOfClient(entry))
        add("menu.resend", tr("Resend"), [this] { resend(); })->setEnabled(!m_listening.isEmpty());
    menu->addSeparator();
    if (entry.exchange->match != MatchKind::NoRequest)
        fillCopyMenu(menu->addMenu(tr("Copy")));
    add("menu.pin", m_model->isPinned(row) ? tr("Unpin") : tr("Pin"), [this] { togglePin(); });
    fillMarkMenu(menu->addMenu(tr("Mark")), row);
    add("menu.note", tr("Note…"), [this, sequence = entry.sequence] { askForNote(sequence); });
    add("menu.exportHar", tr("Export selected as HAR"), [this] { exportHar(true); });
    const QString term = filterTerm(*entry.exchange, column, m_model->markAt(row));
    if (term.isEmpty())
        return;
    menu->addSeparator();
    add("menu.filterBy", tr("Filter by %1").arg(term), [this, term] { addTerm(term, false); });
    add("menu.exclude", tr("Exclude %1").arg(term), [this, term] { addTerm(term, true); });
}

void TrafficPage::fillCopyMenu(QMenu *menu)
{
    menu->setObjectName(QStringLiteral("trafficCopyMenu"));
    const auto add = [this, menu](const char *id, const QString &text, auto textOf) {
        QAction *action = menu->addAction(text, this, [this, textOf] { copy(textOf); });
        action->setObjectName(QString::fromLatin1(id));
    };
    const QString base = m_listening.isEmpty() ? QString() : m_listening.front();
    add("copy.url", tr("URL"), [base](const Exchange &e) { return requestUrl(e, base); });
    add("copy.curl", tr("cURL command"),
        [base](const Exchange &e) { return curlCommand(e, base); });
    add("copy.rawRequest", tr("Raw request"),
        [](const Exchange &e) { return QString::fromUtf8(rawRequest(e)); });
    add("copy.rawResponse", tr("Raw response"),
        [](const Exchange &e) { return QString::fromUtf8(rawResponse(e)); });
    add("copy.requestBody", tr("Request body"), [](const Exchange &e) {
        return e.requestBody.content ? toQString(*e.requestBody.content) : QString();
    });
    add("copy.responseBody", tr("Response body"), [](const Exchange &e) {
        return e.responseBody.content ? toQString(*e.responseBody.content) : QString();
    });
}

void TrafficPage::fillMarkMenu(QMenu *menu, int row)
{
    menu->setObjectName(QStringLiteral("trafficMarkMenu"));
    const auto add = [&](const QString &title, const QString &mark) {
        QAction *action = menu->addAction(title, this, [this, mark] {
            const QModelIndexList rows = m_table->selectionModel()->selectedRows();
            for (const QModelIndex &index : rows)
                m_model->setMark(index.row(), mark);
        });
        action->setCheckable(true);
        action->setChecked(m_model->markAt(row) == mark);
    };
    add(tr("None"), {});
    for (const MarkColour &mark : kMarks)
        add(QCoreApplication::translate("TrafficMarks", mark.title),
            QString::fromLatin1(mark.name));
}

} // namespace understudy::ui
