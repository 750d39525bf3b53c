// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/server/limits_box.h"

#include "ui/services/text.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace understudy::ui {

LimitsBox::LimitsBox(QWidget *parent)
    : QGroupBox(parent)
    , m_message(new QLabel)
{
    setObjectName(QStringLiteral("limitsGroup"));
    setTitle(tr("Limits of requests"));
    m_message->setObjectName(QStringLiteral("limitMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_message->setWordWrap(true);
    m_message->hide();
    auto *form = new QFormLayout(this);
    m_head = addSize(form, "limitHeadEdit", tr("Longest head"), &Limits::head);
    m_body = addSize(form, "limitBodyEdit", tr("Longest body"), &Limits::body);
    m_idle = addTime(form, "limitIdleEdit", tr("Silence between requests"), &Limits::idle);
    m_request = addTime(form, "limitRequestEdit", tr("Time for a whole request"), &Limits::request);
    m_handshake
        = addTime(form, "limitHandshakeEdit", tr("Time for a TLS handshake"), &Limits::handshake);
    form->addRow(QString(), m_message);
}

QLineEdit *LimitsBox::addEdit(QFormLayout *form, const char *name, const QString &label)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(QString::fromLatin1(name));
    edit->setAccessibleName(label);
    edit->setMaximumWidth(fontMetrics().horizontalAdvance('x') * 16);
    form->addRow(label, edit);
    return edit;
}

QLineEdit *LimitsBox::addSize(QFormLayout *form, const char *name, const QString &label,
                              ByteCount Limits::*member)
{
    QLineEdit *edit = addEdit(form, name, label);
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, member] {
        const auto value = parseSize(toStd(edit->text().trimmed()));
        setProblem(value ? QString() : toQString(value.error().message));
        if (value)
            Q_EMIT edited([member, size = *value](Limits &limits) { limits.*member = size; });
    });
    return edit;
}

QLineEdit *LimitsBox::addTime(QFormLayout *form, const char *name, const QString &label,
                              Duration Limits::*member)
{
    QLineEdit *edit = addEdit(form, name, label);
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, member] {
        const auto value = parseDuration(toStd(edit->text().trimmed()));
        setProblem(value ? QString() : toQString(value.error().message));
        if (value)
            Q_EMIT edited([member, time = *value](Limits &limits) { limits.*member = time; });
    });
    return edit;
}

void LimitsBox::setProblem(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

void LimitsBox::setLimits(const Limits &limits)
{
    const auto show = [](QLineEdit *edit, const std::string &text) {
        if (!edit->hasFocus() && edit->text() != toQString(text))
            edit->setText(toQString(text));
    };
    show(m_head, formatSize(limits.head));
    show(m_body, formatSize(limits.body));
    show(m_idle, formatDuration(limits.idle));
    show(m_request, formatDuration(limits.request));
    show(m_handshake, formatDuration(limits.handshake));
}

} // namespace understudy::ui
