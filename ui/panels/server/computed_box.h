// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"

#include <QGroupBox>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace understudy::ui {

/// What computed answers of a server share: helpers of a file, the language of invented data, keys
/// of scenarios.
class ComputedBox : public QGroupBox
{
    Q_OBJECT
public:
    explicit ComputedBox(QWidget *parent = nullptr);
    /// `folder`: of the mock file. Fields that are being typed in stay while it is the same server.
    void showServer(const Server &server, const QString &id, const QString &folder);
    /// "helpers", "locale" or "scenarios".
    void focusField(const QString &field);

Q_SIGNALS:
    void edited(const QString &step, const std::function<void(understudy::Server &)> &change,
                const QString &field);

private:
    void applyKeys();
    void browse();

    QString m_id;
    QString m_folder;
    QString m_shownKeys; ///< as the server has them
    QLineEdit *m_helpers;
    QComboBox *m_locale;
    QLineEdit *m_keys;
    QLabel *m_message;
};

} // namespace understudy::ui
