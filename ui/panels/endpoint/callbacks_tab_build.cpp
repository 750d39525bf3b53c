// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets of CallbacksTab and what each of them changes.
#include "ui/panels/endpoint/callbacks_tab.h"

#include "ui/services/text.h"
#include "ui/widgets/headers_editor.h"
#include "ui/widgets/list_keys.h"
#include "ui/widgets/tool_button.h"
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
#include <QSpinBox>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace understudy::ui {

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
        QToolButton *out = makeToolButton(QString::fromLatin1(name), icon, text);
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
    m_copies->setObjectName(QStringLiteral("callbackCopiesSpin"));
    m_copies->setAccessibleName(tr("Sent at once"));
    m_copies->setToolTip(tr("How often it is sent, as by a sender that delivers twice"));
    m_copies->setRange(1, 100);
    m_copies->setSuffix(tr(" ×"));
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins(0, 6, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("After the answer"), m_after);
    form->addRow(tr("Retries"), m_retries);
    form->addRow(tr("First retry after"), m_backoff);
    form->addRow(tr("Sent at once"), m_copies);
    form->addRow(tr("Signed with"), makeSignature());
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
    connect(m_copies, &QSpinBox::valueChanged, this, [this](int copies) {
        edit(
            tr("Copies"), [copies](Callback &c) { c.copies = copies; }, QStringLiteral("copies"));
    });
    connectSignature();
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

} // namespace understudy::ui
