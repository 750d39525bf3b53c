// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/exchange/exchange_pane.h"

#include "core/base/text.h"
#include "core/http/status.h"
#include "ui/models/traffic_cells.h"
#include "ui/panels/exchange/exchange_pane_behaviour.h"
#include "ui/panels/exchange/exchange_pane_parts.h"
#include "ui/panels/exchange/exchange_pane_timing.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"
#include "ui/services/traffic_export.h"
#include "ui/widgets/body_view.h"
#include "ui/widgets/body_view_text.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

constexpr qsizetype kRawAtOnce = 256 * 1024;

QLabel *selectableLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setWordWrap(true);
    return label;
}

QString rawText(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes.left(kRawAtOnce));
    text.remove(u'\r');
    // NUL would end the text for some assistive tools; the Hex mode shows the real byte.
    text.replace(QChar(u'\0'), QChar(0x2400));
    if (bytes.size() > kRawAtOnce)
        text += QStringLiteral("\n…");
    return text;
}

/// The first header of that name of one side; empty without one.
QByteArray headerOf(const Exchange &exchange, bool isResponse, std::string_view name)
{
    if (!isResponse) {
        const auto value = exchange.request.find(name);
        return value ? QByteArray(value->data(), static_cast<qsizetype>(value->size()))
                     : QByteArray();
    }
    for (const http::HeaderView &header : responseHeaders(exchange)) {
        if (text::equalsIgnoreCase(header.name, name))
            return {header.value.data(), static_cast<qsizetype>(header.value.size())};
    }
    return {};
}

/// What is still to be removed from the body of one side.
QByteArray codingOf(const Exchange &exchange, bool isResponse)
{
    const CapturedBody &body = isResponse ? exchange.responseBody : exchange.requestBody;
    return body.isDecoded ? QByteArray() : headerOf(exchange, isResponse, "Content-Encoding");
}

/// The type of the body of one side; none where a recorder has made UTF-8 of it, whatever charset
/// its head names.
QByteArray typeOf(const Exchange &exchange, bool isResponse)
{
    const CapturedBody &body = isResponse ? exchange.responseBody : exchange.requestBody;
    QByteArray type = headerOf(exchange, isResponse, "Content-Type");
    if (!body.isDecoded || !body.content || !isText(QByteArray::fromStdString(*body.content)))
        return type;
    return type.left(type.indexOf(';'));
}

} // namespace

ExchangePane::ExchangePane(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_tabs(new QTabWidget(this))
{
    setObjectName(QStringLiteral("exchangePane"));
    setAccessibleName(tr("Details of the selected request"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    auto *empty = new QLabel(tr("Select a request"), this);
    empty->setObjectName(QStringLiteral("exchangePlaceholder"));
    empty->setAlignment(Qt::AlignCenter);
    empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(empty);

    m_tabs->setObjectName(QStringLiteral("exchangeTabs"));
    m_tabs->setAccessibleName(tr("Parts of the request"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeSummary(), tr("Summary"));
    m_tabs->addTab(makeMessage(QStringLiteral("requestTab"), QStringLiteral("request"),
                               tr("Request"), &m_requestHeaders, &m_requestBody),
                   tr("Request"));
    m_tabs->addTab(makeMessage(QStringLiteral("responseTab"), QStringLiteral("response"),
                               tr("Response"), &m_responseHeaders, &m_responseBody),
                   tr("Response"));
    m_whyTab = makeWhy();
    m_tabs->addTab(m_whyTab, tr("Why"));
    m_timing = new TimingTab(this);
    m_tabs->addTab(m_timing, tr("Timing"));
    m_tabs->addTab(makeRaw(), tr("Raw"));
    m_stack->addWidget(m_tabs);
}

void ExchangePane::setEntry(const JournalEntry &entry)
{
    m_entry = entry;
    if (!entry.exchange) {
        m_requestBody->clear();
        m_responseBody->clear();
        m_stack->setCurrentIndex(0);
        return;
    }
    fillSummary();
    fillMessages();
    fillWhy();
    m_timing->setExchange(*entry.exchange);
    fillRaw();
    m_stack->setCurrentIndex(1);
    // The tab a user chose stays, but for the reason why nothing matched and back from there.
    const bool isMiss = isUnmatched(entry.exchange->match);
    if (isMiss)
        showWhy();
    else if (m_wasUnmatched && m_tabs->currentWidget() == m_whyTab)
        m_tabs->setCurrentIndex(0);
    m_wasUnmatched = isMiss;
}

void ExchangePane::showWhy() { m_tabs->setCurrentWidget(m_whyTab); }

void ExchangePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_whyTree && m_entry.exchange)
        fillWhy(); // its colours come from the palette
    if (event->type() == QEvent::PaletteChange && m_purpose && m_entry.exchange)
        showPurpose();
}

QWidget *ExchangePane::makeSummary()
{
    auto *area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("summaryTab"));
    area->setAccessibleName(tr("Summary"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    auto *page = new QWidget(area);
    auto *layout = new QVBoxLayout(page);
    m_purpose = selectableLabel({});
    m_purpose->setObjectName(QStringLiteral("purposeLabel"));
    m_purpose->setAccessibleName(tr("Why this was slow or broken"));
    layout->addWidget(m_purpose);
    m_summary = new QFormLayout;
    m_summary->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_summary->setRowWrapPolicy(QFormLayout::WrapLongRows);
    layout->addLayout(m_summary);
    m_openEndpoint = new QPushButton(tr("Open endpoint"), page);
    m_openEndpoint->setObjectName(QStringLiteral("openEndpointButton"));
    m_openEndpoint->setAccessibleName(tr("Open the endpoint that answered"));
    connect(m_openEndpoint, &QPushButton::clicked, this, [this] {
        if (m_entry.exchange && m_entry.exchange->endpointId)
            Q_EMIT endpointActivated(toQString(*m_entry.exchange->serverId),
                                     toQString(*m_entry.exchange->endpointId));
    });
    m_showCause = new QPushButton(page);
    m_showCause->setObjectName(QStringLiteral("showCauseButton"));
    m_showCause->setAccessibleName(tr("Show the request that caused this callback"));
    connect(m_showCause, &QPushButton::clicked, this,
            [this] { Q_EMIT causeActivated(m_entry.exchange->cause); });
    layout->addWidget(m_openEndpoint, 0, Qt::AlignLeft);
    layout->addWidget(m_showCause, 0, Qt::AlignLeft);
    layout->addStretch(1);
    area->setWidget(page);
    return area;
}

void ExchangePane::addSummary(const QString &name, const QString &value)
{
    if (value.isEmpty())
        return;
    auto *label = new QLabel(name);
    label->setForegroundRole(QPalette::PlaceholderText);
    auto *text = selectableLabel(value);
    text->setAccessibleName(name);
    m_summary->addRow(label, text);
}

/// Why it was slow or broken comes first: nobody may take an injected fault for a real one.
void ExchangePane::showPurpose()
{
    const QString purpose = purposeText(*m_entry.exchange);
    m_purpose->setVisible(!purpose.isEmpty());
    m_purpose->setText(hasFault(*m_entry.exchange) ? QStringLiteral("⚡ ") + purpose : purpose);
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, roleColor(ColorRole::Fault, colours));
    m_purpose->setPalette(colours);
}

void ExchangePane::fillSummary()
{
    const Exchange &e = *m_entry.exchange;
    showPurpose();
    while (m_summary->rowCount() > 0)
        m_summary->removeRow(0);
    const bool isReadable = !e.request.method().empty();
    addSummary(tr("Request"), isReadable ? toQString(e.request.method()) + u' ' + requestUrl(e)
                              : e.match == MatchKind::NoRequest
                                  ? tr("none: the connection ended before one arrived")
                                  : tr("could not be read"));
    const QString phrase = toQString(http::reasonPhrase(e.status));
    addSummary(tr("Status"), phrase.isEmpty() ? statusText(e) : statusText(e) + u' ' + phrase);
    addSummary(tr("Match"), matchText(e));
    addSummary(tr("Reason"), toQString(e.reason()));
    addSummary(tr("Problem"), e.error == e.reason() ? QString() : toQString(e.error));
    if (e.behaviour) {
        for (const auto &[name, value] : behaviourRows(*e.behaviour))
            addSummary(name, value);
    }
    addSummary(tr("Server"), e.serverName ? toQString(*e.serverName) : QString());
    const bool isCallback = e.match == MatchKind::Callback;
    if (isCallback)
        addSummary(tr("Sent to"), toQString(e.client));
    else if (!e.client.empty())
        addSummary(tr("Client"),
                   tr("%1, connection %2").arg(toQString(e.client)).arg(e.connection));
    addSummary(tr("TLS"), toQString(e.tls));
    addSummary(tr("Request number"),
               e.ordinal ? tr("%1 at this endpoint").arg(e.ordinal) : QString());
    addSummary(tr("Received"), dateTimeText(e.received));
    addSummary(tr("Duration"), durationText(e.timings.complete));
    addSummary(tr("Sizes"), (isCallback ? tr("%1 sent, %2 received") : tr("%1 received, %2 sent"))
                                .arg(sizeText(e.requestBody.size), sizeText(e.responseBody.size)));
    m_openEndpoint->setVisible(e.endpointId != nullptr);
    m_showCause->setText(tr("Show request %1").arg(e.cause));
    m_showCause->setVisible(e.cause != 0);
}

QWidget *ExchangePane::makeMessage(const QString &tab, const QString &prefix, const QString &what,
                                   QTableWidget **headers, BodyView **body)
{
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(tab);
    splitter->setAccessibleName(what);
    *headers = makeHeaderTable(prefix + QStringLiteral("HeadersTable"), tr("%1 headers").arg(what));
    *body = new BodyView(tr("%1 body").arg(what), splitter);
    (*body)->setObjectName(prefix + QStringLiteral("BodyView"));
    splitter->addWidget(*headers);
    splitter->addWidget(*body);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

void ExchangePane::fillMessages()
{
    const Exchange &e = *m_entry.exchange;
    std::vector<http::HeaderView> received;
    for (std::size_t i = 0; i < e.request.headerCount(); ++i)
        received.push_back(e.request.header(i));
    fillHeaderTable(m_requestHeaders, received);
    fillHeaderTable(m_responseHeaders, responseHeaders(e));
    m_requestBody->setBody(e.requestBody, codingOf(e, false), typeOf(e, false));
    m_responseBody->setBody(e.responseBody, codingOf(e, true), typeOf(e, true));
}

QWidget *ExchangePane::makeWhy()
{
    auto *page = new QWidget(this);
    page->setObjectName(QStringLiteral("whyTab"));
    auto *layout = new QVBoxLayout(page);
    m_whyText = selectableLabel({});
    m_whyText->setObjectName(QStringLiteral("whyText"));
    m_whyTree = new QTreeWidget(page);
    m_whyTree->setObjectName(QStringLiteral("whyTree"));
    m_whyTree->setAccessibleName(tr("Endpoints that were considered"));
    m_whyTree->setHeaderLabels({tr("Endpoint or condition"), tr("Expected"), tr("Actual")});
    m_whyTree->setFrameShape(QFrame::NoFrame);
    m_whyTree->setTextElideMode(Qt::ElideRight);
    m_whyTree->header()->setStretchLastSection(false);
    for (const int column : {1, 2}) // a narrow pane has no room for a scroll bar, too
        m_whyTree->header()->setSectionResizeMode(column, QHeaderView::Stretch);
    connect(m_whyTree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        const QString endpoint = item->data(0, Qt::UserRole).toString();
        if (!endpoint.isEmpty() && m_entry.exchange)
            Q_EMIT endpointActivated(toQString(*m_entry.exchange->serverId), endpoint);
    });
    m_whyMock = new QPushButton(tr("+ Mock this request"), page);
    m_whyMock->setObjectName(QStringLiteral("whyMockButton"));
    m_whyMock->setAccessibleName(tr("Make an endpoint that answers this request"));
    connect(m_whyMock, &QPushButton::clicked, this, [this] { Q_EMIT mockRequested(m_entry); });
    layout->addWidget(m_whyText);
    layout->addWidget(m_whyTree, 1);
    layout->addWidget(m_whyMock, 0, Qt::AlignLeft);
    return page;
}

void ExchangePane::fillWhy()
{
    const Exchange &e = *m_entry.exchange;
    m_whyText->setText(toQString(e.reason()));
    fillWhyTree(m_whyTree, e);
    m_whyMock->setVisible(isUnmatched(e.match));
}

QWidget *ExchangePane::makeRaw()
{
    m_raw = new QPlainTextEdit(this);
    m_raw->setObjectName(QStringLiteral("rawTab"));
    m_raw->setAccessibleName(tr("Request and response as they were sent"));
    m_raw->setReadOnly(true);
    m_raw->setFrameShape(QFrame::NoFrame);
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->setTabChangesFocus(true);
    return m_raw;
}

void ExchangePane::fillRaw()
{
    const Exchange &e = *m_entry.exchange;
    m_raw->setPlainText(rawText(rawRequest(e)) + QLatin1String("\n\n") + rawText(rawResponse(e)));
}

} // namespace understudy::ui
