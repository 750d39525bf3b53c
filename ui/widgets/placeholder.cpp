// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/placeholder.h"

namespace understudy::ui {

Placeholder::Placeholder(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel)
    , m_button(new QPushButton)
{
    setObjectName(QStringLiteral("placeholder"));
    m_text->setObjectName(QStringLiteral("placeholderText"));
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button->setObjectName(QStringLiteral("placeholderButton"));
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(m_text);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(2);
}

void Placeholder::setContent(const QString &text, const QString &button)
{
    if (m_text->text() != text) // what is selected in it stays
        m_text->setText(text);
    m_button->setText(button);
    m_button->setAccessibleName(button);
    m_button->setVisible(!button.isEmpty());
}

} // namespace understudy::ui
