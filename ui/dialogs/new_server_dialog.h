// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QSpinBox;

namespace understudy::ui {

/// Name and port of a new server, both filled in; Enter creates and starts it.
class NewServerDialog : public QDialog
{
    Q_OBJECT
public:
    NewServerDialog(const QString &name, quint16 port, QWidget *parent = nullptr);
    QString name() const;
    quint16 port() const;
    bool startsIt() const { return m_start; }

private:
    QLineEdit *m_name;
    QSpinBox *m_port;
    bool m_start = true;
};

} // namespace understudy::ui
