// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"

#include <QGroupBox>

#include <functional>

class QFormLayout;
class QLabel;
class QLineEdit;

namespace understudy::ui {

/// Sizes and times that a server grants to requests.
class LimitsBox : public QGroupBox
{
    Q_OBJECT
public:
    explicit LimitsBox(QWidget *parent = nullptr);
    void setLimits(const Limits &limits);

Q_SIGNALS:
    void edited(const std::function<void(understudy::Limits &)> &change);

private:
    QLineEdit *addSize(QFormLayout *form, const char *name, const QString &label,
                       ByteCount Limits::*member);
    QLineEdit *addTime(QFormLayout *form, const char *name, const QString &label,
                       Duration Limits::*member);
    QLineEdit *addEdit(QFormLayout *form, const char *name, const QString &label);
    void setProblem(const QString &text);

    QLineEdit *m_head;
    QLineEdit *m_body;
    QLineEdit *m_idle;
    QLineEdit *m_request;
    QLineEdit *m_handshake;
    QLabel *m_message;
};

} // namespace understudy::ui
