// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"

#include <QObject>

class QCompleter;
class QLineEdit;
class QStandardItemModel;

namespace understudy::ui {

class TrafficModel;

/// Offers keys and values with counts while the traffic filter is typed; Down or Ctrl+Space asks
/// for them. Belongs to the line edit.
class FilterCompleter : public QObject
{
    Q_OBJECT

public:
    /// Journal and model must outlive it; counts come from the newest rows.
    FilterCompleter(QLineEdit *edit, const Journal &journal, const TrafficModel &model);

    /// Shows what fits at the cursor, or hides the list where nothing does.
    void suggest(bool isAsked);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void insert(const QModelIndex &index);

    QLineEdit *m_edit;
    const Journal &m_journal;
    const TrafficModel &m_model;
    QStandardItemModel *m_lines;
    QCompleter *m_completer;
    qsizetype m_from = 0;
};

} // namespace understudy::ui
