// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/header_list.h"

#include <QAbstractTableModel>
#include <QWidget>

class QPlainTextEdit;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace understudy::ui {

/// A list of header fields as a table of name and value; cells that are no header say so in a
/// tooltip and in colour.
class HeadersModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ValueColumn, ColumnCount };

    explicit HeadersModel(QObject *parent = nullptr);

    const http::HeaderList &headers() const { return m_headers; }
    /// Shows another list; nothing is emitted.
    void setHeaders(const http::HeaderList &headers);
    void append();
    void remove(int row);
    void duplicate(int row);
    bool move(int row, int step);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void edited();

private:
    http::HeaderList m_headers;
};

/// The table with its buttons, and the same list as text ("Name: value" a line).
class HeadersEditor : public QWidget
{
    Q_OBJECT
public:
    /// `prefix` begins the object names: "headers" -> headersTable, headersBulkToggle, …
    explicit HeadersEditor(const QString &prefix, QWidget *parent = nullptr);
    void setHeaders(const http::HeaderList &headers);
    void moveCurrent(int step);

Q_SIGNALS:
    void edited(const understudy::http::HeaderList &headers);

private:
    void setBulk(bool on);

    HeadersModel *m_model;
    QTableView *m_table;
    QPlainTextEdit *m_bulk;
    QStackedWidget *m_stack;
    QToolButton *m_toggle;
};

} // namespace understudy::ui
