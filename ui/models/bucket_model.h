// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json_value.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace understudy::ui {

/// The items of a bucket, a row each, with a column for every member that they have. What differs
/// from the file is bold, and says what the file has. A bucket that is no list of objects has one
/// column, `value`.
class BucketModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// `live` is what the server holds, `file` what the document says; `key` is the member that
    /// tells items apart. Null: there is nothing to show. False if that is shown already.
    bool setBucket(std::shared_ptr<const JsonValue> live, std::shared_ptr<const JsonValue> file,
                   const std::string &key);
    /// Asks for another item at the end: an empty object, or null in a list of others.
    void addItem();
    void removeItems(const QList<int> &rows);
    bool isList() const { return m_live && m_live->ifArray(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Asks for a change; the cell stays until the server has taken it.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    /// To be applied to what the server holds by then: items are found again by what they were.
    void changeRequested(const std::function<void(understudy::JsonValue &)> &change);

private:
    const JsonValue *item(int row) const;
    const JsonValue *cell(const JsonValue *item, int column) const;
    const JsonValue *inFile(int row) const;

    std::shared_ptr<const JsonValue> m_live;
    std::shared_ptr<const JsonValue> m_file;
    std::string m_key;
    std::unordered_map<std::string, std::size_t> m_inFile; ///< places by the JSON of their keys
    QStringList m_columns;
    bool m_hasMembers = false;
};

} // namespace understudy::ui
