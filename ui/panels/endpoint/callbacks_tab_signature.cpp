// SPDX-License-Identifier: GPL-3.0-or-later
// How a callback is signed: the secret, and the header that the signature stands in.
#include "ui/panels/endpoint/callbacks_tab.h"

#include "ui/services/text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

namespace understudy::ui {

namespace {

void showUnlessTyped(QLineEdit *edit, const QString &text)
{
    if (edit->text() != text && !edit->hasFocus())
        edit->setText(text);
}

} // namespace

QLayout *CallbacksTab::makeSignature()
{
    m_secret->setObjectName(QStringLiteral("callbackSecretEdit"));
    m_secret->setAccessibleName(tr("Secret of the signature"));
    m_secret->setPlaceholderText(tr("secret, or $VARIABLE"));
    m_secret->setToolTip(
        tr("An HMAC of the body goes along in a header. $NAME takes the secret from "
           "the environment variable NAME, so that it is not in the file."));
    m_signHeader->setObjectName(QStringLiteral("callbackSignHeaderEdit"));
    m_signHeader->setAccessibleName(tr("Header of the signature"));
    m_hash->setObjectName(QStringLiteral("callbackHashCombo"));
    m_hash->setAccessibleName(tr("Hash of the signature"));
    m_hash->addItems({tr("SHA-1"), tr("SHA-256"), tr("SHA-512")});
    for (QLineEdit *edit : {m_secret, m_signHeader})
        edit->setMinimumWidth(edit->fontMetrics().averageCharWidth() * 8);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_secret);
    row->addWidget(m_hash);
    row->addWidget(m_signHeader);
    return row;
}

void CallbacksTab::connectSignature()
{
    connect(m_secret, &QLineEdit::textEdited, this, &CallbacksTab::changeSecret);
    connect(m_signHeader, &QLineEdit::textEdited, this, [this](const QString &text) {
        const std::string header
            = text.trimmed().isEmpty() ? Signature().header : toStd(text.trimmed());
        edit(
            tr("Header of the signature"),
            [header](Callback &c) {
                if (c.sign)
                    c.sign->header = header;
            },
            QStringLiteral("sign.header"));
    });
    connect(m_hash, &QComboBox::activated, this, [this](int index) {
        edit(tr("Hash of the signature"),
             [hash = static_cast<Signature::Hash>(index)](Callback &c) {
                 if (c.sign)
                     c.sign->hash = hash;
             },
             {});
    });
}

/// Without a secret there is no signature; the rest of it comes back with one while it is typed.
void CallbacksTab::changeSecret(const QString &text)
{
    const bool isVariable = text.startsWith(u'$') && text.size() > 1;
    const std::string secret = toStd(isVariable ? text.mid(1) : text);
    const std::string header = toStd(m_signHeader->text().trimmed());
    const auto hash = static_cast<Signature::Hash>(m_hash->currentIndex());
    edit(
        tr("Secret of the signature"),
        [=](Callback &c) {
            if (secret.empty()) {
                c.sign.reset();
                return;
            }
            if (!c.sign) {
                c.sign.emplace();
                c.sign->header = header.empty() ? c.sign->header : header;
                c.sign->hash = hash;
            }
            c.sign->secret = isVariable ? std::string() : secret;
            c.sign->secretEnv = isVariable ? secret : std::string();
        },
        QStringLiteral("sign.secret"));
}

void CallbacksTab::showSignature(const std::optional<Signature> &sign)
{
    const Signature shown = sign.value_or(Signature());
    showUnlessTyped(m_secret, shown.secretEnv.empty() ? toQString(shown.secret)
                                                      : u'$' + toQString(shown.secretEnv));
    m_signHeader->setPlaceholderText(toQString(Signature().header));
    if (sign)
        showUnlessTyped(m_signHeader, toQString(shown.header));
    else if (!m_secret->hasFocus())
        showUnlessTyped(m_signHeader, {});
    m_hash->setCurrentIndex(static_cast<int>(shown.hash));
    m_signHeader->setEnabled(sign.has_value());
    m_hash->setEnabled(sign.has_value());
}

} // namespace understudy::ui
