// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/endpoint/response_tab.h"

class QComboBox;
class QLineEdit;

namespace understudy::ui {

/// The state an endpoint needs, the state a response sets, and whose templates it speaks.
class MoreTab : public ResponseTab
{
    Q_OBJECT
public:
    explicit MoreTab(QWidget *parent = nullptr);
    void showResponse(const ResponseView &view) override;
    QString title() const override;

private:
    void changeRequires();
    void changeSets();

    QLineEdit *m_requiresScenario;
    QLineEdit *m_requiresState;
    QLineEdit *m_setsScenario;
    QLineEdit *m_setsState;
    QLineEdit *m_reason;
    QLineEdit *m_delay;
    QComboBox *m_dialect;
    bool m_hasAny = false;
};

} // namespace understudy::ui
