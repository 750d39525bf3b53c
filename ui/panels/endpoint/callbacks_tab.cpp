// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/callbacks_tab.h"

#include "core/base/json_text.h"
#include "ui/services/json_check.h"
#include "ui/services/text.h"
#include "ui/widgets/headers_editor.h"
#include "ui/widgets/value_spins.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QTabWidget>
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
    , m_copies(new QSpinBox)
    , m_secret(new QLineEdit)
    , m_signHeader(new QLineEdit)
    , m_hash(new QComboBox)
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
    const QSignalBlocker quietCopies(m_copies);
    if (m_method->currentText().trimmed().toUpper() != toQString(callback->method))
        m_method->setCurrentText(toQString(callback->method));
    if (m_url->text().trimmed() != toQString(callback->url))
        showText(m_url, toQString(callback->url));
    m_after->showDuration(callback->after);
    m_retries->setValue(callback->retries);
    m_backoff->showDuration(callback->backoff);
    m_copies->setValue(callback->copies);
    showSignature(callback->sign);
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
