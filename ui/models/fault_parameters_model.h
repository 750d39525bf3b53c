// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/behaviour.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <string_view>
#include <vector>

namespace understudy::ui {

/// What a kind of fault takes beside its place, its status and its conditions, one row each. Values
/// are the texts of the mock file; headers are lines "Name: value".
class FaultParametersModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum Role {
        KeyRole = Qt::UserRole + 1, ///< as the file writes it: "offset", "for"
        ChoicesRole,                ///< QStringList of what it may be; empty: free text
        IsLongRole                  ///< bool: several lines
    };

    explicit FaultParametersModel(QObject *parent = nullptr);
    void setFault(const Fault &fault);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void edited(const understudy::Fault &fault);
    /// A value that cannot be read; nothing was changed.
    void refused(const QString &message);

private:
    Fault m_fault;
    std::vector<std::string_view> m_keys;
};

/// The value of a key of a fault as text; empty where the file is silent.
QString faultParameter(const Fault &fault, std::string_view key);
/// Sets it from text; an empty one takes it away. Errors: Parse with what was expected.
Result<void> setFaultParameter(Fault &fault, std::string_view key, const QString &text);

} // namespace understudy::ui
