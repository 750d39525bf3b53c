// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

#include <QDialog>
#include <QFutureWatcher>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace understudy::ui {

/// What can be exported: a server, or a part of it.
struct ExportScope
{
    QString name;
    Server server;
};

/// A server as other tools have it: what is written, and what they have no word for, before it is
/// saved or copied. Written on a worker.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    /// `scopes`: the whole server first, `chosen` of them is preselected. `folder`: where the files
    /// that the server names are looked for. `format`: preselected; the first one where empty.
    ExportDialog(std::vector<ExportScope> scopes, std::size_t chosen, std::filesystem::path folder,
                 const QString &format, QWidget *parent = nullptr);
    ~ExportDialog() override;

    QString formatId() const;

    /// Writes what is shown to a file; false, with a message, where that cannot be done.
    bool saveTo(const QString &file);

private:
    void writeAgain();
    void showExported(const Result<formats::Exported> &exported);
    void chooseFile();
    const Server &server() const;
    QString suggestedName() const;

    std::vector<ExportScope> m_scopes;
    std::filesystem::path m_folder;
    QComboBox *m_scope;
    QComboBox *m_format;
    QPlainTextEdit *m_text;
    QLabel *m_summary;
    QListWidget *m_report;
    QPushButton *m_save;
    QPushButton *m_copy;
    QLabel *m_message;
    QFutureWatcher<Result<formats::Exported>> m_writing;
    std::string m_written;
};

} // namespace understudy::ui
