// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/behaviour.h"

#include <QAbstractTableModel>

#include <vector>

namespace understudy::ui {

/// The faults of one scope in the order in which they are tried, as rows to look at; edits go
/// through the panel.
class FaultsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { FaultColumn, ShareColumn, ConditionColumn, ClientColumn, ColumnCount };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< FaultKind as int
        ShareRole                    ///< double in [0, 1]
    };

    explicit FaultsModel(QObject *parent = nullptr);
    void setFaults(const std::vector<Fault> &faults);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Fault> m_faults;
};

} // namespace understudy::ui
