// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

#include <QDialog>

class QComboBox;

namespace understudy::ui {

/// Shows what a file would become, with everything that was understood otherwise or is not served,
/// before anything changes.
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    /// `targets` are folders that the servers may be written to, the first is preselected.
    ImportDialog(const formats::LoadOutcome &outcome, const QStringList &targets,
                 QWidget *parent = nullptr);
    QString target() const;
    bool startsThem() const { return m_start; }

private:
    QComboBox *m_target;
    bool m_start = false;
};

} // namespace understudy::ui
