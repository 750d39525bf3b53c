// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"

#include <QAbstractTableModel>

#include <vector>

namespace understudy::ui {

/// The responses of an endpoint in their order, as rows to look at; edits go through the editor.
class ResponsesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        MarkColumn,
        StatusColumn,
        NameColumn,
        RulesColumn,
        WeightColumn,
        TimesColumn,
        BehaviourColumn,
        ColumnCount
    };
    enum Role { ObjectIdRole = Qt::UserRole + 1, StatusCodeRole };

    explicit ResponsesModel(QObject *parent = nullptr);
    void setEndpoint(const Endpoint &endpoint);
    int rowOf(const QString &responseId) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString id, name, phrase, rules, weight, times, behaviour;
        QString statusTemplate; ///< instead of `status`; empty: that
        int status = 200;
        QString statusText() const
        {
            return statusTemplate.isEmpty() ? QString::number(status) : QStringLiteral("{{…}}");
        }
        bool isDefault = false;
        bool operator==(const Row &) const = default;
    };
    std::vector<Row> m_rows;
};

/// "query.page equals 2, header.Accept contains json": a rule in a few words.
QString ruleSummary(const Rule &rule);

} // namespace understudy::ui
