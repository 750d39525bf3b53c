// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/response_tab.h"

class QComboBox;
class QLabel;
class QTreeView;

namespace understudy::ui {

class RulesModel;

/// The rules of a response; each row reads like a sentence.
class RulesTab : public ResponseTab
{
    Q_OBJECT
public:
    explicit RulesTab(QWidget *parent = nullptr);
    void showResponse(const ResponseView &view) override;
    QString title() const override;
    void moveCurrent(int step);

private:
    void updateNote();

    RulesModel *m_model;
    QTreeView *m_table;
    QComboBox *m_operator;
    QLabel *m_note;
};

} // namespace understudy::ui
