// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/document_fetch.h"

#include <QDialog>
#include <QFutureWatcher>

#include <optional>
#include <stop_token>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace understudy::ui {

/// Asks for the address of a document and fetches it on a worker; accepted once it is there.
/// Another machine is asked only after a question. Closing it ends the fetch.
class UrlImportDialog : public QDialog
{
    Q_OBJECT
public:
    explicit UrlImportDialog(const QString &url, QWidget *parent = nullptr);
    ~UrlImportDialog() override;

    QString url() const;
    /// Of an accepted dialog.
    const std::optional<wire::FetchedDocument> &document() const { return m_document; }

private:
    void fetch();
    void take();
    /// `mayAllow`: the button asks again, of another machine.
    void showMessage(const QString &text, bool mayAllow = false);
    void updateState();

    QLineEdit *m_url;
    QLabel *m_message;
    QProgressBar *m_progress;
    QPushButton *m_fetch = nullptr;
    bool m_allowsRemote = false; ///< the next fetch
    std::stop_source m_stop;
    QFutureWatcher<Result<wire::FetchedDocument>> m_watcher;
    std::optional<wire::FetchedDocument> m_document;
};

} // namespace understudy::ui
