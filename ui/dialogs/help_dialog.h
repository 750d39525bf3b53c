// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;

namespace understudy::ui {

/// The help pages (resources/help, Markdown) beside a list of their titles. Stays open beside the
/// window; one per window.
class HelpDialog : public QDialog
{
    Q_OBJECT

public:
    explicit HelpDialog(QWidget *parent = nullptr);

    /// Shows a page by its file's name without ending, "mock-file".
    void showPage(const QString &name);

private:
    void showRow(int row);

    QListWidget *m_pages = nullptr;
    QTextBrowser *m_text = nullptr;
};

} // namespace understudy::ui
