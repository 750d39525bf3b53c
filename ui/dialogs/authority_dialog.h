// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/authority.h"

#include <QDialog>
#include <QFutureWatcher>

#include <filesystem>
#include <functional>

class QLabel;
class QPushButton;

namespace understudy::ui {

/// The local certificate authority, which signs the certificates of self-signed servers: shows,
/// exports and renews it. Opening it makes the authority where there is none.
class AuthorityDialog : public QDialog
{
    Q_OBJECT
public:
    explicit AuthorityDialog(std::filesystem::path folder, QWidget *parent = nullptr);

    /// Writes the certificate there; what the button Export… does after the choice of a file.
    void exportTo(const QString &file);

private:
    void run(const std::function<Result<CertificateInfo>()> &work, const QString &done);
    void chooseTarget();
    void showResult();

    std::filesystem::path m_folder;
    QFutureWatcher<Result<CertificateInfo>> m_watcher;
    QString m_done; ///< what to say when the work has succeeded
    QLabel *m_subject;
    QLabel *m_validity;
    QLabel *m_fingerprint;
    QLabel *m_file;
    QLabel *m_message;
    QPushButton *m_export;
    QPushButton *m_renew;
};

} // namespace understudy::ui
