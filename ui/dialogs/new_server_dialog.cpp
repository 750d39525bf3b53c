// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/new_server_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace understudy::ui {

NewServerDialog::NewServerDialog(const QString &name, quint16 port, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(name))
    , m_port(new QSpinBox)
{
    setObjectName(QStringLiteral("newServerDialog"));
    setWindowTitle(tr("New server"));
    m_name->setObjectName(QStringLiteral("newServerNameEdit"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 36);
    m_name->selectAll();
    m_port->setObjectName(QStringLiteral("newServerPortSpin"));
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(0, 65535);
    m_port->setSpecialValueText(tr("any free"));
    m_port->setValue(port);
    auto *form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Port"), m_port);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *createAndStart = buttons->addButton(tr("Create and start"), QDialogButtonBox::AcceptRole);
    createAndStart->setObjectName(QStringLiteral("createAndStartButton"));
    auto *create = buttons->addButton(tr("Create"), QDialogButtonBox::ActionRole);
    create->setObjectName(QStringLiteral("createButton"));
    create->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
    createAndStart->setDefault(
        true); // once it is in the dialog, which else makes Cancel the default
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(create, &QPushButton::clicked, this, [this] {
        m_start = false;
        accept();
    });
    connect(m_name, &QLineEdit::textChanged, this, [=](const QString &text) {
        createAndStart->setEnabled(!text.trimmed().isEmpty());
        create->setEnabled(!text.trimmed().isEmpty());
    });
}

QString NewServerDialog::name() const { return m_name->text().trimmed(); }

quint16 NewServerDialog::port() const { return static_cast<quint16>(m_port->value()); }

} // namespace understudy::ui
