// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/reading_report_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace understudy::ui {

ReadingReportDialog::ReadingReportDialog(const QString &file, const QStringList &lines,
                                         QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("readingReportDialog"));
    setWindowTitle(tr("What is missing from %1").arg(file));
    auto *intro = new QLabel(tr("Left out, or not as it stands in the file:"));
    auto *list = new QPlainTextEdit(lines.join(u'\n'));
    list->setObjectName(QStringLiteral("readingReportText"));
    list->setAccessibleName(tr("Remarks, with file, line and column"));
    list->setReadOnly(true);
    list->setTabChangesFocus(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 18);
}

} // namespace understudy::ui
