// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/server/fallback_box.h"

#include "ui/services/text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace understudy::ui {

FallbackBox::FallbackBox(QWidget *parent)
    : QWidget(parent)
    , m_policy(new QComboBox)
    , m_answer(new QWidget)
    , m_status(new QSpinBox)
    , m_type(new QLineEdit)
    , m_body(new QPlainTextEdit)
{
    m_policy->setObjectName(QStringLiteral("unmatchedPolicyCombo"));
    m_policy->setAccessibleName(tr("Unmatched requests"));
    m_policy->addItems({tr("404 that names the nearest endpoints"), tr("Own answer")});
    m_status->setObjectName(QStringLiteral("fallbackStatusSpin"));
    m_status->setAccessibleName(tr("Status of the own answer"));
    m_status->setRange(100, 999);
    m_type->setObjectName(QStringLiteral("fallbackTypeEdit"));
    m_type->setAccessibleName(tr("Content-Type of the own answer"));
    m_type->setPlaceholderText(tr("Content-Type"));
    m_body->setObjectName(QStringLiteral("fallbackBodyEdit"));
    m_body->setAccessibleName(tr("Body of the own answer"));
    m_body->setFixedHeight(m_body->fontMetrics().height() * 4 + 12);
    m_body->setPlaceholderText(tr("Body"));
    auto *first = new QHBoxLayout;
    first->addWidget(m_status);
    first->addWidget(m_type, 1);
    auto *answer = new QVBoxLayout(m_answer);
    answer->setContentsMargins(0, 0, 0, 0);
    answer->addLayout(first);
    answer->addWidget(m_body);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_policy, 0, Qt::AlignLeft);
    layout->addWidget(m_answer);
    connectFields();
}

void FallbackBox::connectFields()
{
    connect(m_policy, &QComboBox::activated, this, [this](int index) {
        if (index == 0 && m_shown)
            m_kept.keep(1, *m_shown);
        Q_EMIT edited(tr("Unmatched requests"),
                      [index, kept = m_kept.last(1)](Server &s) {
                          if (index == 0) {
                              s.fallback.reset();
                          } else if (!s.fallback && kept) {
                              s.fallback = kept;
                          } else if (!s.fallback) {
                              s.fallback.emplace();
                              s.fallback->status = 404;
                              s.fallback->headers = {{"Content-Type", "application/json"}};
                              s.fallback->body = Body::text("{\"error\": \"not found\"}\n");
                          }
                      },
                      {});
    });
    connect(m_status, &QSpinBox::valueChanged, this, [this](int status) {
        changeAnswer([status](Response &r) { r.status = status; }, "fallbackStatus");
    });
    connect(m_type, &QLineEdit::textEdited, this, [this](const QString &text) {
        changeAnswer(
            [text](Response &r) {
                std::erase_if(r.headers, [](const http::HeaderField &f) {
                    return QLatin1String(f.name.c_str())
                               .compare(QLatin1String("Content-Type"), Qt::CaseInsensitive)
                           == 0;
                });
                if (!text.trimmed().isEmpty())
                    r.headers.insert(r.headers.begin(), {"Content-Type", toStd(text.trimmed())});
            },
            "fallbackType");
    });
    connect(m_body, &QPlainTextEdit::textChanged, this, [this] {
        changeAnswer(
            [text = toStd(m_body->toPlainText())](Response &r) { r.body = Body::text(text); },
            "fallbackBody");
    });
}

void FallbackBox::changeAnswer(const std::function<void(Response &)> &edit, const char *field)
{
    Q_EMIT edited(
        tr("Own answer"),
        [edit](Server &s) {
            if (s.fallback)
                edit(*s.fallback);
        },
        QString::fromLatin1(field));
}

void FallbackBox::setFallback(const std::optional<Response> &fallback, const QString &object)
{
    m_kept.setObject(object);
    m_shown = fallback;
    const QSignalBlocker quiet1(m_status);
    const QSignalBlocker quiet2(m_body);
    m_policy->setCurrentIndex(fallback ? 1 : 0);
    m_answer->setVisible(fallback.has_value());
    if (!fallback)
        return;
    if (m_status->value() != fallback->status)
        m_status->setValue(fallback->status);
    const http::HeaderField *type = http::findHeader(fallback->headers, "Content-Type");
    const QString typeText = type ? toQString(type->value) : QString();
    if (m_type->text() != typeText && !m_type->hasFocus())
        m_type->setText(typeText);
    const bool isText
        = fallback->body.kind == Body::Kind::Text || fallback->body.kind == Body::Kind::None;
    m_body->setVisible(isText);
    if (const QString text = toQString(fallback->body.content);
        isText && m_body->toPlainText() != text)
        m_body->setPlainText(text);
}

} // namespace understudy::ui
