// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/seed_popover.h"

#include "ui/document/runtime_controller.h"
#include "ui/services/text.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScreen>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace understudy::ui {

namespace {

enum Column { ServerColumn, SeedColumn, OriginColumn, ColumnCount };

} // namespace

SeedPopover::SeedPopover(WorkspaceDocument &workspace, RuntimeController &runtime, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_workspace(workspace)
    , m_runtime(runtime)
    , m_table(new QTableWidget(0, ColumnCount))
    , m_keep(nullptr)
{
    setObjectName(QStringLiteral("seedPopover"));
    setFrameShape(QFrame::StyledPanel);
    m_table->setObjectName(QStringLiteral("seedTable"));
    m_table->setAccessibleName(tr("Seeds of the running servers"));
    m_table->setHorizontalHeaderLabels({tr("Server"), tr("Seed"), tr("Where from")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto *note = new QLabel(tr("The same seed and the same requests give the same draws."));
    note->setForegroundRole(QPalette::PlaceholderText);
    const auto button = [this](const char *name, const QString &text, const QString &tip,
                               const std::function<void()> &run) {
        auto *made = new QPushButton(text);
        made->setObjectName(QString::fromLatin1(name));
        made->setAccessibleName(text);
        made->setToolTip(tip);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, run);
        return made;
    };
    auto *row = new QHBoxLayout;
    row->addWidget(button("copySeedButton", tr("Copy"), tr("Copy the seed"), [this] {
        if (const auto status = m_runtime.status(current()))
            QApplication::clipboard()->setText(QString::number(status->seed));
    }));
    m_keep = button("keepSeedButton", tr("Keep"), tr("Write the seed into the server's file"),
                    [this] { keepSeed(); });
    row->addWidget(m_keep);
    row->addWidget(button("newSeedButton", tr("New"),
                          tr("Draw with another seed until the server stops"),
                          [this] { newSeed(); }));
    row->addWidget(button("restartSequenceButton", tr("Restart sequence"),
                          tr("Number the requests from 1 again, as after a start"), [this] {
                              m_runtime.workbench().resetState(toStd(current()));
                              Q_EMIT changed();
                          }));
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_table);
    layout->addWidget(note);
    layout->addLayout(row);
}

QString SeedPopover::current() const
{
    const QTableWidgetItem *item = m_table->item(m_table->currentRow(), ServerColumn);
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void SeedPopover::refresh()
{
    const QString before = current();
    m_table->setRowCount(0);
    for (const auto &document : m_workspace.servers()) {
        const auto status = m_runtime.status(document->id);
        if (!status || status->state != ServerState::Running)
            continue;
        const int row = m_table->rowCount();
        m_table->insertRow(row);
        auto *name = new QTableWidgetItem(toQString(status->name));
        name->setData(Qt::UserRole, document->id);
        m_table->setItem(row, ServerColumn, name);
        m_table->setItem(row, SeedColumn, new QTableWidgetItem(QString::number(status->seed)));
        m_table->setItem(row, OriginColumn,
                         new QTableWidgetItem(status->seedChosen ? tr("chosen at start")
                                                                 : tr("fixed in the file")));
        if (document->id == before)
            m_table->selectRow(row);
    }
    if (m_table->currentRow() < 0 && m_table->rowCount() > 0)
        m_table->selectRow(0);
    m_table->resizeColumnsToContents();
}

void SeedPopover::showFor(const QString &serverId, const QWidget *anchor)
{
    refresh();
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (m_table->item(row, ServerColumn)->data(Qt::UserRole).toString() == serverId)
            m_table->selectRow(row);
    }
    m_table->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 62);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + std::clamp(m_table->rowCount(), 2, 8)
                                  * m_table->verticalHeader()->defaultSectionSize()
                            + 6);
    adjustSize();
    const QPoint corner = anchor->mapToGlobal(QPoint(anchor->width(), 0));
    const QRect screen = anchor->screen()->availableGeometry();
    move(std::clamp(corner.x() - width(), screen.left(),
                    std::max(screen.left(), screen.right() - width())),
         std::max(screen.top(), corner.y() - height()));
    show();
    m_table->setFocus();
}

void SeedPopover::keepSeed()
{
    const QString id = current();
    const auto status = m_runtime.status(id);
    if (!status)
        return;
    m_workspace.edit(id, tr("Keep seed %1").arg(status->seed),
                     [seed = status->seed](Server &server) { server.seed = seed; });
    m_runtime.flush();
    Q_EMIT changed();
    refresh();
}

void SeedPopover::newSeed()
{
    // Short enough to be read out to a colleague.
    // A seed that cannot be set has been told in the server's log, and the old one is shown.
    static_cast<void>(m_runtime.workbench().setSeed(
        toStd(current()), QRandomGenerator::global()->bounded(1, 1'000'000)));
    Q_EMIT changed();
    refresh();
}

} // namespace understudy::ui
