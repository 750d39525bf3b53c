// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/problems_page.h"

#include "ui/models/problems_model.h"
#include "ui/widgets/placeholder.h"

#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace understudy::ui {

ProblemsPage::ProblemsPage(ProblemsModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new QTableView)
    , m_stack(new QStackedWidget)
{
    setObjectName(QStringLiteral("problemsPage"));
    m_view->setObjectName(QStringLiteral("problemsView"));
    m_view->setAccessibleName(tr("Problems"));
    m_view->setModel(model);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 8);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int unit = m_view->fontMetrics().horizontalAdvance('x');
    m_view->setColumnWidth(ProblemsModel::SeverityColumn, unit * 13);
    m_view->setColumnWidth(ProblemsModel::ServerColumn, unit * 20);
    m_view->setColumnWidth(ProblemsModel::ObjectColumn, unit * 40);
    auto *nothing = new Placeholder;
    nothing->setContent(tr("No problems"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(nothing);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    const auto update = [this] { m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1); };
    connect(model, &QAbstractItemModel::modelReset, this, update);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT openRequested(m_model->refAt(index.row()));
    });
    update();
}

} // namespace understudy::ui
