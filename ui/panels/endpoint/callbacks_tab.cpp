// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/callbacks_tab.h"

#include "core/base/json_text.h"
#include "ui/services/json_check.h"
#include "ui/services/text.h"
#include "ui/widgets/headers_editor.h"
#include "ui/widgets/list_keys.h"
#include "ui/widgets/value_spins.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace understudy::ui {

namespace {

/// The kinds of bodies in the order in which they are offered.
constexpr std::array kBodyKinds{Body::Kind::None,   Body::Kind::Text, Body::Kind::Json,
                                Body::Kind::Base64, Body::Kind::File, Body::Kind::Bucket};

QString callbackLine(const Callback &callback)
{
    const QString url
        = callback.url.empty() ? CallbacksTab::tr("(no address)") : toQString(callback.url);
    return toQString(callback.method) + u' ' + url;
}

void showText(QLineEdit *edit, const QString &text)
{
    if (edit->text() != text)
        edit->setText(text);
}

} // namespace

CallbacksTab::CallbacksTab(QWidget *parent)
    : ResponseTab(parent)
    , m_list(new QListWidget)
    , m_form(new QWidget)
    , m_empty(new QLabel(tr("No callbacks. One is a request that goes out when this answer has: a "
                            "webhook, a notification.")))
    , m_method(new QComboBox)
    , m_url(new QLineEdit)
    , m_after(new MillisecondSpin(QStringLiteral("callbackAfterSpin"), tr("After the answer")))
    , m_retries(new QSpinBox)
    , m_backoff(
          new MillisecondSpin(QStringLiteral("callbackBackoffSpin"), tr("Before the first retry")))
    , m_template(new QCheckBox(tr("Template")))
    , m_parts(new QTabWidget)
    , m_kind(new QComboBox)
    , m_body(new QPlainTextEdit)
    , m_problem(new QLabel)
    , m_headers(new HeadersEditor(QStringLiteral("callbackHeaders")))
{
    setObjectName(QStringLiteral("callbacksTab"));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto *right = new QWidget;
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(4, 0, 0, 0);
    rightLayout->addWidget(makeForm());
    rightLayout->addWidget(m_empty, 1);
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeList());
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({130, 500});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(splitter);
    connectForm();
}

QWidget *CallbacksTab::makeList()
{
    m_list->setObjectName(QStringLiteral("callbackList"));
    m_list->setAccessibleName(tr("Callbacks"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumWidth(m_list->fontMetrics().averageCharWidth() * 14);
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    const auto button = [&](const char *name, const char *icon, const QString &text,
                            void (CallbacksTab::*act)()) {
        auto *out = new QToolButton;
        out->setObjectName(QString::fromLatin1(name));
        out->setIcon(QIcon::fromTheme(QString::fromLatin1(icon)));
        out->setToolTip(text);
        out->setAccessibleName(text);
        out->setAutoRaise(true);
        connect(out, &QToolButton::clicked, this, act);
        row->addWidget(out);
    };
    button("addCallbackButton", "list-add", tr("Add a callback"), &CallbacksTab::addCallback);
    button("duplicateCallbackButton", "edit-copy", tr("Duplicate the callback"),
           &CallbacksTab::duplicateCallback);
    button("deleteCallbackButton", "edit-delete", tr("Delete the callback"),
           &CallbacksTab::removeCallback);
    row->addStretch();
    layout->addLayout(row);
    layout->addWidget(m_list);
    new ListKeys(m_list, {.remove = [this] { removeCallback(); },
                          .duplicate = [this] { duplicateCallback(); },
                          .rename =
                              [this] {
                                  m_url->setFocus();
                                  m_url->selectAll();
                              }});
    return side;
}

QWidget *CallbacksTab::makeForm()
{
    m_method->setObjectName(QStringLiteral("callbackMethodCombo"));
    m_method->setAccessibleName(tr("Method of the callback"));
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->addItems({"POST", "PUT", "PATCH", "GET", "DELETE", "HEAD"});
    m_method->setMinimumContentsLength(7);
    m_url->setObjectName(QStringLiteral("callbackUrlEdit"));
    m_url->setAccessibleName(tr("Address of the callback"));
    m_url->setPlaceholderText(tr("http://… or /path on this server"));
    m_template->setObjectName(QStringLiteral("callbackTemplateCheck"));
    m_template->setToolTip(tr("Render {{…}} in address, headers and body from the request"));

    auto *first = new QHBoxLayout;
    first->addWidget(m_method);
    first->addWidget(m_url, 1);
    m_parts->setObjectName(QStringLiteral("callbackParts"));
    m_parts->setDocumentMode(true);
    m_parts->addTab(makeBody(), tr("Body"));
    m_parts->addTab(m_headers, tr("Headers"));
    m_parts->addTab(makeSending(), tr("Sending"));
    auto *layout = new QVBoxLayout(m_form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addLayout(first);
    layout->addWidget(m_parts, 1);
    return m_form;
}

QWidget *CallbacksTab::makeBody()
{
    m_kind->setObjectName(QStringLiteral("callbackBodyKindCombo"));
    m_kind->setAccessibleName(tr("Kind of the body"));
    m_kind->addItems(
        {tr("No body"), tr("Text"), tr("JSON"), tr("Base64"), tr("File"), tr("Bucket")});
    m_body->setObjectName(QStringLiteral("callbackBodyEdit"));
    m_body->setAccessibleName(tr("Body of the callback"));
    m_body->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_body->setTabChangesFocus(true);
    m_problem->setObjectName(QStringLiteral("callbackBodyProblem"));
    m_problem->setProperty("role", QStringLiteral("error"));
    m_problem->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_kind);
    row->addWidget(m_problem, 1);
    row->addWidget(m_template);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_body, 1);
    return page;
}

QWidget *CallbacksTab::makeSending()
{
    m_retries->setObjectName(QStringLiteral("callbackRetriesSpin"));
    m_retries->setAccessibleName(tr("Retries"));
    m_retries->setToolTip(tr("Further tries where there was no answer, or one of 5xx"));
    m_retries->setRange(0, 100);
    m_backoff->setToolTip(tr("Before the first retry; each time twice as long"));
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins(0, 6, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("After the answer"), m_after);
    form->addRow(tr("Retries"), m_retries);
    form->addRow(tr("First retry after"), m_backoff);
    return page;
}

void CallbacksTab::connectForm()
{
    connect(m_list, &QListWidget::currentRowChanged, this, &CallbacksTab::showCurrent);
    connect(m_method, &QComboBox::currentTextChanged, this, [this](const QString &text) {
        const std::string method = toStd(text.trimmed().toUpper());
        if (!method.empty())
            edit(
                tr("Method of the callback"), [method](Callback &c) { c.method = method; },
                QStringLiteral("method"));
    });
    connect(m_url, &QLineEdit::textEdited, this, [this](const QString &text) {
        const std::string url = toStd(text.trimmed());
        edit(
            tr("Address of the callback"), [url](Callback &c) { c.url = url; },
            QStringLiteral("url"));
    });
    connect(m_after, &QSpinBox::valueChanged, this, [this] {
        const Duration after = m_after->duration();
        edit(
            tr("Time of the callback"), [after](Callback &c) { c.after = after; },
            QStringLiteral("after"));
    });
    connect(m_retries, &QSpinBox::valueChanged, this, [this](int retries) {
        edit(
            tr("Retries"), [retries](Callback &c) { c.retries = retries; },
            QStringLiteral("retries"));
    });
    connect(m_backoff, &QSpinBox::valueChanged, this, [this] {
        const Duration backoff = m_backoff->duration();
        edit(
            tr("Retries"), [backoff](Callback &c) { c.backoff = backoff; },
            QStringLiteral("backoff"));
    });
    connect(m_template, &QCheckBox::clicked, this, [this](bool isOn) {
        edit(tr("Template"), [isOn](Callback &c) { c.isTemplate = isOn; }, {});
    });
    connect(m_kind, &QComboBox::activated, this, [this] { changeBody(); });
    connect(m_body, &QPlainTextEdit::textChanged, this, &CallbacksTab::changeBody);
    connect(m_headers, &HeadersEditor::edited, this, [this](const http::HeaderList &headers) {
        edit(
            tr("Headers of the callback"), [headers](Callback &c) { c.headers = headers; },
            QStringLiteral("headers"));
    });
}

const Callback *CallbacksTab::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < static_cast<int>(m_callbacks.size())
               ? &m_callbacks[static_cast<std::size_t>(row)]
               : nullptr;
}

void CallbacksTab::edit(const QString &step, const std::function<void(Callback &)> &change,
                        const QString &field)
{
    if (!current())
        return;
    const auto row = static_cast<std::size_t>(m_list->currentRow());
    Callback changed = m_callbacks[row];
    change(changed);
    if (changed == m_callbacks[row])
        return;
    Q_EMIT changeRequested(
        step,
        [row, change](Response &r) {
            if (row < r.callbacks.size())
                change(r.callbacks[row]);
        },
        field.isEmpty() ? field : QStringLiteral("callbacks/%1/%2").arg(row).arg(field));
}

void CallbacksTab::addCallback()
{
    Q_EMIT changeRequested(tr("Add callback"), [](Response &r) { r.callbacks.emplace_back(); }, {});
    m_list->setCurrentRow(m_list->count() - 1);
    m_url->setFocus();
}

void CallbacksTab::duplicateCallback()
{
    if (!current())
        return;
    const auto row = static_cast<std::size_t>(m_list->currentRow());
    Q_EMIT changeRequested(tr("Duplicate callback"),
                           [row](Response &r) {
                               if (row < r.callbacks.size()) {
                                   const Callback copy = r.callbacks[row];
                                   r.callbacks.insert(r.callbacks.begin()
                                                          + static_cast<std::ptrdiff_t>(row) + 1,
                                                      copy);
                               }
                           },
                           {});
    m_list->setCurrentRow(static_cast<int>(row) + 1);
}

void CallbacksTab::removeCallback()
{
    if (!current())
        return;
    const auto row = static_cast<std::size_t>(m_list->currentRow());
    Q_EMIT changeRequested(tr("Delete callback"),
                           [row](Response &r) {
                               if (row < r.callbacks.size())
                                   r.callbacks.erase(r.callbacks.begin()
                                                     + static_cast<std::ptrdiff_t>(row));
                           },
                           {});
}

void CallbacksTab::showResponse(const ResponseView &view)
{
    const int row = m_key == view.key ? m_list->currentRow() : 0;
    m_key = view.key;
    m_callbacks = view.response.callbacks;
    {
        const QSignalBlocker quiet(m_list);
        while (m_list->count() > static_cast<int>(m_callbacks.size()))
            delete m_list->takeItem(m_list->count() - 1);
        while (m_list->count() < static_cast<int>(m_callbacks.size()))
            m_list->addItem(QString());
        for (int i = 0; i < m_list->count(); ++i) {
            const QString line = callbackLine(m_callbacks[static_cast<std::size_t>(i)]);
            m_list->item(i)->setText(line);
            m_list->item(i)->setToolTip(line);
        }
        m_list->setCurrentRow(std::clamp(row, m_list->count() > 0 ? 0 : -1, m_list->count() - 1));
    }
    showCurrent();
}

void CallbacksTab::showCurrent()
{
    const Callback *callback = current();
    m_form->setVisible(callback != nullptr);
    m_empty->setVisible(callback == nullptr);
    if (!callback)
        return;
    const QSignalBlocker quietMethod(m_method);
    const QSignalBlocker quietRetries(m_retries);
    if (m_method->currentText().trimmed().toUpper() != toQString(callback->method))
        m_method->setCurrentText(toQString(callback->method));
    if (m_url->text().trimmed() != toQString(callback->url))
        showText(m_url, toQString(callback->url));
    m_after->showDuration(callback->after);
    m_retries->setValue(callback->retries);
    m_backoff->showDuration(callback->backoff);
    m_template->setChecked(callback->isTemplate);
    m_headers->setHeaders(callback->headers);
    m_parts->setTabText(1, callback->headers.empty()
                               ? tr("Headers")
                               : tr("Headers (%1)").arg(callback->headers.size()));
    showBody(callback->body);
}

void CallbacksTab::showBody(const Body &body)
{
    // What is typed and not taken stays until the document says something else.
    const QString key = QStringLiteral("%1/%2").arg(m_key).arg(m_list->currentRow());
    if (key == m_bodyKey && body == m_shownBody)
        return;
    m_bodyKey = key;
    m_shownBody = body;
    const auto found = std::find(kBodyKinds.begin(), kBodyKinds.end(), body.kind);
    const bool isEditable = found != kBodyKinds.end();
    const QSignalBlocker quiet(m_body);
    m_kind->setCurrentIndex(isEditable ? static_cast<int>(found - kBodyKinds.begin()) : -1);
    m_body->setEnabled(isEditable && body.kind != Body::Kind::None);
    m_body->setPlainText(body.kind == Body::Kind::Json ? QString::fromUtf8(
                             formatJson(QByteArray::fromStdString(writeJson(body.json))))
                                                       : toQString(body.content));
    m_problem->setText(isEditable ? QString() : tr("A script, which is not served yet"));
}

void CallbacksTab::changeBody()
{
    if (!current() || m_kind->currentIndex() < 0)
        return;
    const Body::Kind kind = kBodyKinds[static_cast<std::size_t>(m_kind->currentIndex())];
    m_body->setEnabled(kind != Body::Kind::None);
    Body body = current()->body;
    body.kind = kind;
    body.content.clear();
    body.json = JsonValue();
    m_problem->clear();
    if (kind == Body::Kind::Json) {
        const QByteArray text = m_body->toPlainText().toUtf8();
        const auto value = JsonValue::parse(text.trimmed().isEmpty() ? "null" : text.toStdString());
        if (!value) {
            const JsonCheck check = checkJson(text);
            m_problem->setText(tr("Not taken: Ln %1, Col %2: %3")
                                   .arg(check.line)
                                   .arg(check.column)
                                   .arg(check.message));
            return;
        }
        body.json = *value;
    } else if (kind != Body::Kind::None) {
        body.content = toStd(m_body->toPlainText());
    }
    m_shownBody = body;
    edit(
        tr("Body of the callback"), [body](Callback &c) { c.body = body; }, QStringLiteral("body"));
}

QString CallbacksTab::title() const
{
    return m_callbacks.empty() ? tr("Callbac&ks") : tr("Callbac&ks (%1)").arg(m_callbacks.size());
}

} // namespace understudy::ui
