// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/endpoint/response_tab.h"

class QLabel;
class QTableView;

namespace understudy::ui {

class HeadersEditor;
class HeadersModel;

/// The headers of a response, those it inherits from the server, and the Content-Type that results.
class HeadersTab : public ResponseTab
{
    Q_OBJECT
public:
    explicit HeadersTab(QWidget *parent = nullptr);
    void showResponse(const ResponseView &view) override;
    QString title() const override;
    void moveCurrent(int step);

private:
    HeadersEditor *m_editor;
    HeadersModel *m_inherited;
    QTableView *m_inheritedTable;
    QLabel *m_inheritedLabel;
    QLabel *m_type;
    std::size_t m_count = 0;
};

} // namespace understudy::ui
