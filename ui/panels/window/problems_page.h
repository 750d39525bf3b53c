// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/object_ref.h"

#include <QWidget>

class QStackedWidget;
class QTableView;

namespace understudy::ui {

class ProblemsModel;

/// The list of problems; Enter or a double click goes to the place.
class ProblemsPage : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemsPage(ProblemsModel *model, QWidget *parent = nullptr);

Q_SIGNALS:
    void openRequested(const understudy::ui::ObjectRef &ref);

private:
    ProblemsModel *m_model;
    QTableView *m_view;
    QStackedWidget *m_stack;
};

} // namespace understudy::ui
