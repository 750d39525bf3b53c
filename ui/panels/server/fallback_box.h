// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"
#include "ui/services/kept_kinds.h"

#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace understudy::ui {

/// What a server says to requests that no endpoint answers.
class FallbackBox : public QWidget
{
    Q_OBJECT
public:
    explicit FallbackBox(QWidget *parent = nullptr);
    /// `object` says whose answer it is; each one's is kept apart.
    void setFallback(const std::optional<Response> &fallback, const QString &object);

Q_SIGNALS:
    void edited(const QString &step, const std::function<void(understudy::Server &)> &change,
                const QString &field);

private:
    void changeAnswer(const std::function<void(Response &)> &edit, const char *field);
    void connectFields();

    KeptKinds<int, Response> m_kept; ///< by the policy's place in the list
    std::optional<Response> m_shown;
    QComboBox *m_policy;
    QWidget *m_answer;
    QSpinBox *m_status;
    QLineEdit *m_type;
    QPlainTextEdit *m_body;
};

} // namespace understudy::ui
