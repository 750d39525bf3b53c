// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

namespace understudy::ui {

/// What of a file could not be read as it stands there, a line each, to read and to copy.
class ReadingReportDialog : public QDialog
{
    Q_OBJECT

public:
    ReadingReportDialog(const QString &file, const QStringList &lines, QWidget *parent = nullptr);
};

} // namespace understudy::ui
