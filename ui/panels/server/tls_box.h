// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/authority.h"
#include "ui/services/kept_kinds.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <filesystem>
#include <functional>
#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace understudy::ui {

/// The TLS setting of a server. Its files are checked in a worker; the message says whether they
/// fit together or what is wrong with them.
class TlsBox : public QWidget
{
    Q_OBJECT
public:
    explicit TlsBox(std::filesystem::path authorityFolder, QWidget *parent = nullptr);

    /// `folder` is what file names are relative to; `object` says whose setting it is, what its
    /// kinds held is kept apart.
    void setTls(const std::optional<Tls> &tls, const QString &folder, const QString &object);
    /// Whether the files make a start impossible, as far as the last check knows.
    bool isInvalid() const { return m_isInvalid; }
    QString problem() const;
    void focusMode();

Q_SIGNALS:
    void edited(const std::optional<understudy::Tls> &tls, const QString &step,
                const QString &field);
    /// The check has come to another result.
    void checked();

private:
    QWidget *makePath(QLineEdit *edit, const char *button, const QString &choose);
    void connectFields();
    void change(const std::function<void(Tls &)> &edit, const QString &step, const QString &field);
    void changeMode(int mode);
    void ask(const QString &step, const QString &field);
    bool isIncomplete() const;
    void refresh();
    void check();
    void showResult(const Result<CertificateInfo> &result);
    void setMessage(const QString &state, const QString &text);

    std::filesystem::path m_authorityFolder;
    KeptKinds<int, Tls> m_kept; ///< by mode
    QString m_object;
    QString m_folder;
    std::optional<Tls> m_accepted;
    std::optional<Tls> m_tls; ///< as shown; differs from what was accepted while files are missing
    std::optional<Tls> m_checkedTls; ///< what the message is about
    bool m_isInvalid = false;
    QFutureWatcher<Result<CertificateInfo>> m_watcher;
    QTimer m_again; ///< files may be mended outside

    QFormLayout *m_form;
    QComboBox *m_mode;
    QLineEdit *m_certificate;
    QLineEdit *m_key;
    QLineEdit *m_passphrase;
    QLineEdit *m_authority;
    QComboBox *m_client;
    QComboBox *m_fault;
    QLabel *m_message;
    QWidget *m_certificateRow;
    QWidget *m_keyRow;
    QWidget *m_authorityRow;
};

} // namespace understudy::ui
