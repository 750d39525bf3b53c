// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/server/server_editor.h"

#include "ui/document/runtime_controller.h"
#include "ui/panels/behaviour/behaviour_panel.h"
#include "ui/panels/server/computed_box.h"
#include "ui/panels/server/fallback_box.h"
#include "ui/panels/server/limits_box.h"
#include "ui/panels/server/tls_box.h"
#include "ui/services/text.h"
#include "ui/widgets/headers_editor.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

template<class Widget>
Widget *named(Widget *widget, const char *name, const QString &accessible)
{
    widget->setObjectName(QString::fromLatin1(name));
    widget->setAccessibleName(accessible);
    return widget;
}

QLabel *message(const char *name, const char *role)
{
    auto *label = new QLabel;
    label->setObjectName(QString::fromLatin1(name));
    label->setProperty("role", QString::fromLatin1(role));
    label->setWordWrap(true);
    label->hide();
    return label;
}

void setTextQuietly(QLineEdit *edit, const QString &text)
{
    if (edit->text() != text && !edit->hasFocus())
        edit->setText(text);
}

QHBoxLayout *row(std::initializer_list<QWidget *> widgets)
{
    auto *layout = new QHBoxLayout;
    layout->setSpacing(10);
    for (QWidget *widget : widgets)
        layout->addWidget(widget);
    layout->addStretch();
    return layout;
}

} // namespace

ServerEditor::ServerEditor(WorkspaceDocument &workspace, RuntimeController &runtime,
                           const Ports &ports, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_runtime(runtime)
    , m_ports(ports)
    , m_scroll(new QScrollArea)
    , m_name(named(new QLineEdit, "serverNameEdit", tr("Name")))
    , m_description(named(new QPlainTextEdit, "serverDescriptionEdit", tr("Description")))
    , m_status(named(new QLabel, "serverStatusLabel", tr("State")))
    , m_start(named(new QPushButton, "serverStartButton", tr("Start")))
    , m_copyUrl(named(new QPushButton(tr("Copy URL")), "copyBaseUrlButton", tr("Copy URL")))
    , m_host(named(new QComboBox, "hostCombo", tr("Address")))
    , m_hostMessage(message("hostMessage", "warning"))
    , m_port(named(new QSpinBox, "portSpin", tr("Port")))
    , m_portMessage(message("portMessage", "error"))
    , m_nextPort(named(new QPushButton, "useNextPortButton", tr("Use another port")))
    , m_base(named(new QLineEdit, "basePathEdit", tr("Base path")))
    , m_ignoreSlash(named(new QCheckBox(tr("Ignore a trailing slash")), "ignoreSlashCheck",
                          tr("Ignore a trailing slash")))
    , m_ignoreCase(named(new QCheckBox(tr("Ignore letter case")), "ignoreCaseCheck",
                         tr("Ignore letter case")))
    , m_cors(named(new QCheckBox(tr("Answer preflights and allow every origin (CORS)")),
                   "corsCheck", tr("CORS")))
    , m_headers(new HeadersEditor(QStringLiteral("serverHeaders")))
    , m_fallback(new FallbackBox)
    , m_tls(new TlsBox(runtime.authorityFolder()))
    , m_behaviour(new BehaviourPanel(workspace, runtime.presets()))
    , m_behaviourBox(new QGroupBox)
    , m_seed(named(new QLineEdit, "seedEdit", tr("Seed")))
    , m_computed(new ComputedBox)
    , m_limits(new LimitsBox)
    , m_kept(message("serverKeptLabel", "warning"))
{
    setObjectName(QStringLiteral("serverEditor"));
    auto *content = new QWidget;
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(8);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    buildBasics(form);
    buildAnswers(form);
    m_behaviourBox->setObjectName(QStringLiteral("serverBehaviourGroup"));
    m_behaviourBox->setTitle(tr("Behaviour"));
    auto *behaviour = new QVBoxLayout(m_behaviourBox);
    behaviour->addWidget(m_behaviour);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(12);
    column->addLayout(form);
    column->addWidget(m_behaviourBox);
    column->addWidget(m_computed);
    column->addWidget(m_limits);
    column->addStretch();
    content->setMaximumWidth(fontMetrics().horizontalAdvance('x') * 120);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    connectBasics();
    connectRest();
    connect(&runtime, &RuntimeController::stateChanged, this, [this](const QString &id) {
        if (id == m_serverId || isVisible())
            checkPort();
    });
    // Whether a port can be used depends on others.
    const auto follow = [this](const QString &id) {
        if (id != m_serverId && isVisible())
            checkPort();
    };
    connect(&workspace, &WorkspaceDocument::serverChanged, this, follow);
    connect(&workspace, &WorkspaceDocument::serverRemoved, this, follow);
    m_portCheck.setInterval(1000);
    connect(&m_portCheck, &QTimer::timeout, this, [this] {
        if (isVisible() && !m_isPortUsable)
            checkPort();
    });
    m_portCheck.start();
}

void ServerEditor::buildBasics(QFormLayout *form)
{
    m_description->setFixedHeight(m_description->fontMetrics().height() * 3 + 12);
    m_description->setTabChangesFocus(true);
    m_description->setPlaceholderText(tr("Description (Markdown)"));
    m_host->setEditable(true);
    m_host->setInsertPolicy(QComboBox::NoInsert);
    m_host->addItems({"127.0.0.1", "::1", "0.0.0.0", "::"});
    m_host->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 22);
    m_port->setRange(0, 65535);
    m_port->setKeyboardTracking(true);
    m_port->setSpecialValueText(tr("any free"));
    m_port->setGroupSeparatorShown(false);
    m_nextPort->hide();
    m_base->setPlaceholderText(tr("none; e.g. /api/v1"));
    form->addRow(tr("State"), row({m_status, m_start, m_copyUrl}));
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Description"), m_description);
    form->addRow(tr("Address"), row({m_host, new QLabel(tr("Port")), m_port, m_nextPort}));
    form->addRow(QString(), m_portMessage);
    form->addRow(QString(), m_hostMessage);
    form->addRow(tr("TLS"), m_tls);
    form->addRow(tr("Base path"), m_base);
    form->addRow(tr("Paths"), row({m_ignoreSlash, m_ignoreCase}));
    form->addRow(QString(), m_cors);
    form->addRow(QString(), m_kept);
}

void ServerEditor::buildAnswers(QFormLayout *form)
{
    m_headers->setFixedHeight(fontMetrics().height() * 9);
    m_seed->setPlaceholderText(tr("chosen at each start"));
    m_seed->setMaximumWidth(fontMetrics().horizontalAdvance('x') * 26);
    m_headers->setToolTip(tr("Headers of every answer"));
    form->addRow(tr("Headers"), m_headers);
    form->addRow(tr("Unmatched"), m_fallback);
    form->addRow(tr("Seed"), m_seed);
}

void ServerEditor::connectBasics()
{
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (!text.trimmed().isEmpty())
            change(
                tr("Rename server"), [name = toStd(text)](Server &s) { s.name = name; },
                QStringLiteral("name"));
    });
    connect(m_description, &QPlainTextEdit::textChanged, this, [this] {
        change(
            tr("Description"),
            [text = toStd(m_description->toPlainText())](Server &s) { s.description = text; },
            QStringLiteral("description"));
    });
    const auto setHost = [this] {
        checkHost();
        const std::string host = toStd(m_host->currentText().trimmed());
        if (!host.empty() && m_hostMessage->property("state") != QLatin1String("invalid"))
            change(
                tr("Address"), [host](Server &s) { s.listen.address = host; },
                QStringLiteral("address"));
        checkPort();
    };
    // Half an address may be another one: "::" is every network, and on the way to "::1".
    connect(m_host->lineEdit(), &QLineEdit::textEdited, &m_runtime, &RuntimeController::hold);
    connect(m_host->lineEdit(), &QLineEdit::returnPressed, &m_runtime, &RuntimeController::release);
    connect(qApp, &QApplication::focusChanged, &m_runtime,
            [&runtime = m_runtime] { runtime.release(); });
    connect(m_host, &QComboBox::activated, this, setHost);
    connect(m_host->lineEdit(), &QLineEdit::editingFinished, this, setHost);
    connect(m_port, &QSpinBox::valueChanged, this, &ServerEditor::checkPort);
    connect(m_port, &QSpinBox::editingFinished, this, &ServerEditor::applyPort);
    connect(m_nextPort, &QPushButton::clicked, this, &ServerEditor::useNextPort);
    connect(m_start, &QPushButton::clicked, this, [this] {
        if (m_runtime.isRunning(m_serverId)) {
            m_runtime.stop(m_serverId);
        } else {
            applyPort();
            m_runtime.start(m_serverId);
        }
    });
    connect(m_copyUrl, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_runtime.baseUrl(m_serverId)); });
    connect(m_base, &QLineEdit::editingFinished, this, [this] {
        QString base = m_base->text().trimmed();
        while (base.endsWith('/'))
            base.chop(1);
        if (!base.isEmpty() && !base.startsWith('/'))
            base.prepend('/');
        m_base->setText(base);
        change(
            tr("Base path"), [base = toStd(base)](Server &s) { s.base = base; },
            QStringLiteral("base"));
    });
}

void ServerEditor::connectRest()
{
    connect(m_ignoreSlash, &QCheckBox::clicked, this, [this](bool on) {
        change(tr("Trailing slash"), [on](Server &s) { s.ignoreTrailingSlash = on; }, {});
    });
    connect(m_ignoreCase, &QCheckBox::clicked, this, [this](bool on) {
        change(tr("Letter case"), [on](Server &s) { s.caseInsensitivePaths = on; }, {});
    });
    connect(m_cors, &QCheckBox::clicked, this,
            [this](bool on) { change(tr("CORS"), [on](Server &s) { s.cors = on; }, {}); });
    connect(m_headers, &HeadersEditor::edited, this, [this](const http::HeaderList &headers) {
        change(
            tr("Headers"), [headers](Server &s) { s.headers = headers; },
            QStringLiteral("headers"));
    });
    connect(m_fallback, &FallbackBox::edited, this, &ServerEditor::change);
    connect(m_computed, &ComputedBox::edited, this, &ServerEditor::change);
    connect(m_tls, &TlsBox::edited, this,
            [this](const std::optional<Tls> &tls, const QString &step, const QString &field) {
                change(
                    step, [tls](Server &s) { s.listen.tls = tls; }, field);
            });
    connect(m_tls, &TlsBox::checked, this, &ServerEditor::updateStatus);
    connect(m_limits, &LimitsBox::edited, this, [this](const std::function<void(Limits &)> &edit) {
        change(
            tr("Limits"), [edit](Server &s) { edit(s.limits); }, QStringLiteral("limits"));
    });
    connect(m_behaviour, &BehaviourPanel::edited, this, &ServerEditor::edited);
    connect(m_seed, &QLineEdit::editingFinished, this, [this] {
        bool ok = false;
        const quint64 seed = m_seed->text().trimmed().toULongLong(&ok);
        if (ok || m_seed->text().trimmed().isEmpty())
            change(
                tr("Seed"),
                [ok, seed](Server &s) {
                    s.seed = ok ? std::optional<std::uint64_t>(seed) : std::nullopt;
                },
                QStringLiteral("seed"));
        else
            refresh();
    });
}

void ServerEditor::change(const QString &step, const std::function<void(Server &)> &edit,
                          const QString &field)
{
    EditOptions options;
    if (!field.isEmpty())
        options.mergeKey = m_serverId + QStringLiteral("//") + field;
    options.reveal = ObjectRef::server(m_serverId);
    options.reveal.field = field;
    if (m_workspace.edit(m_serverId, step, edit, options))
        Q_EMIT edited();
}

void ServerEditor::setTarget(const QString &serverId)
{
    m_serverId = serverId;
    refresh();
}

QString ServerEditor::title() const
{
    const ServerDocument *document = m_workspace.find(m_serverId);
    return document && document->value ? toQString(document->value->name) : m_serverId;
}

bool ServerEditor::refresh()
{
    const ServerDocument *document = m_workspace.find(m_serverId);
    if (!document || !document->value || document->isBroken())
        return false;
    showValue(*document->value);
    updateStatus();
    Q_EMIT titleChanged();
    return true;
}

void ServerEditor::showValue(const Server &server)
{
    const QSignalBlocker quiet1(m_description);
    const QSignalBlocker quiet2(m_port);
    setTextQuietly(m_name, toQString(server.name));
    if (const QString text = toQString(server.description); m_description->toPlainText() != text)
        m_description->setPlainText(text);
    if (!m_host->lineEdit()->hasFocus())
        m_host->setCurrentText(toQString(server.listen.address));
    if (!m_port->hasFocus())
        m_port->setValue(server.listen.port);
    setTextQuietly(m_base, toQString(server.base));
    m_ignoreSlash->setChecked(server.ignoreTrailingSlash);
    m_ignoreCase->setChecked(server.caseInsensitivePaths);
    m_cors->setChecked(server.cors);
    m_headers->setHeaders(server.headers);
    m_fallback->setFallback(server.fallback, m_serverId);
    m_tls->setTls(server.listen.tls, QFileInfo(m_workspace.find(m_serverId)->file).absolutePath(),
                  m_serverId);
    m_behaviour->setTarget(ObjectRef::server(m_serverId));
    setTextQuietly(m_seed, server.seed ? QString::number(*server.seed) : QString());
    m_computed->showServer(server, m_serverId,
                           QFileInfo(m_workspace.find(m_serverId)->file).absolutePath());
    m_limits->setLimits(server.limits);
    QStringList kept;
    if (server.upstream)
        kept << tr("upstream %1").arg(toQString(server.upstream->url));
    m_kept->setText(
        tr("Kept in the file, has no effect yet: %1").arg(kept.join(QStringLiteral(", "))));
    m_kept->setVisible(!kept.isEmpty());
    checkHost();
    checkPort();
}

void ServerEditor::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    checkPort();
}

void ServerEditor::focusField(const QString &field)
{
    if (field == QLatin1String("port")) {
        m_port->setFocus();
        m_port->selectAll();
    } else if (field == QLatin1String("base")) {
        m_base->setFocus();
    } else if (field == QLatin1String("address")) {
        m_host->setFocus();
    } else if (field == QLatin1String("helpers") || field == QLatin1String("locale")
               || field == QLatin1String("scenarios")) {
        m_scroll->ensureWidgetVisible(m_computed, 0, m_scroll->height());
        m_computed->focusField(field);
    } else if (field.startsWith(QLatin1String("listen.tls"))) {
        m_tls->focusMode();
    } else if (field.startsWith(QLatin1String("behaviour"))) {
        m_scroll->ensureWidgetVisible(m_behaviourBox, 0, m_scroll->height());
    }
}

} // namespace understudy::ui
