// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/endpoint/response_tab.h"

namespace understudy::ui {

class RulesEditor;

/// The rules of a response.
class RulesTab : public ResponseTab
{
    Q_OBJECT
public:
    explicit RulesTab(QWidget *parent = nullptr);
    void showResponse(const ResponseView &view) override;
    QString title() const override;
    void moveCurrent(int step);

private:
    RulesEditor *m_editor;
};

} // namespace understudy::ui
