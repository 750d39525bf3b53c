// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/import_dialog.h"

#include "core/model/edit.h"
#include "ui/services/text.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

QTableWidget *summaryTable(const formats::LoadOutcome &outcome)
{
    auto *table = new QTableWidget(static_cast<int>(outcome.servers.size()), 5);
    table->setObjectName(QStringLiteral("importSummaryTable"));
    table->setAccessibleName(ImportDialog::tr("What is imported"));
    table->setHorizontalHeaderLabels({ImportDialog::tr("Server"), ImportDialog::tr("Port"),
                                      ImportDialog::tr("Endpoints"), ImportDialog::tr("Responses"),
                                      ImportDialog::tr("Notes")});
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setShowGrid(false);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int row = 0; row < table->rowCount(); ++row) {
        const formats::LoadedServer &loaded = outcome.servers[static_cast<std::size_t>(row)];
        int endpoints = 0;
        std::size_t responses = 0;
        forEachEndpoint(loaded.server, [&](const EndpointVisit &visit) {
            ++endpoints;
            responses += visit.endpoint.responses.size();
        });
        const QStringList cells{toQString(loaded.server.name),
                                QString::number(loaded.server.listen.port),
                                QString::number(endpoints), QString::number(responses),
                                QString::number(loaded.problems.size())};
        for (int column = 0; column < cells.size(); ++column)
            table->setItem(row, column, new QTableWidgetItem(cells[column]));
    }
    return table;
}

QListWidget *noteList(const formats::LoadOutcome &outcome)
{
    auto *list = new QListWidget;
    list->setObjectName(QStringLiteral("importConflictList"));
    list->setAccessibleName(ImportDialog::tr("What is understood otherwise or not served"));
    list->setWordWrap(true);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    for (const Problem &problem : outcome.errors)
        list->addItem(QStringLiteral("✕ ") + toQString(problem.error.text()));
    for (const formats::LoadedServer &loaded : outcome.servers) {
        for (const Problem &problem : loaded.problems)
            list->addItem(
                (problem.severity == Severity::Note ? QStringLiteral("i ") : QStringLiteral("! "))
                + toQString(problem.error.message));
    }
    return list;
}

} // namespace

ImportDialog::ImportDialog(const formats::LoadOutcome &outcome, const QStringList &targets,
                           QWidget *parent)
    : QDialog(parent)
    , m_target(new QComboBox)
{
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import"));
    resize(fontMetrics().horizontalAdvance('x') * 100, fontMetrics().height() * 26);
    m_target->setObjectName(QStringLiteral("importTargetCombo"));
    m_target->setAccessibleName(tr("Folder the mock files are written to"));
    for (const QString &folder : targets)
        m_target->addItem(QDir::toNativeSeparators(folder), folder);
    auto *browse = new QPushButton(tr("Other folder…"));
    browse->setObjectName(QStringLiteral("importBrowseButton"));
    browse->setAutoDefault(false);
    auto *targetRow = new QHBoxLayout;
    targetRow->addWidget(m_target, 1);
    targetRow->addWidget(browse);
    auto *notes = noteList(outcome);
    auto *notesLabel
        = new QLabel(notes->count() > 0 ? tr("%n note(s): understood otherwise, or not served yet",
                                             nullptr, notes->count())
                                        : tr("Everything was understood"));
    notes->setVisible(notes->count() > 0);
    auto *form = new QFormLayout;
    form->addRow(tr("Write to"), targetRow);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *start = buttons->addButton(tr("Import and start"), QDialogButtonBox::AcceptRole);
    start->setObjectName(QStringLiteral("importAndStartButton"));
    auto *only = buttons->addButton(tr("Import only"), QDialogButtonBox::ActionRole);
    only->setObjectName(QStringLiteral("importOnlyButton"));
    only->setAutoDefault(false);
    start->setEnabled(!outcome.servers.empty());
    only->setEnabled(!outcome.servers.empty());
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(summaryTable(outcome), 1);
    layout->addWidget(notesLabel);
    layout->addWidget(notes, 2);
    layout->addLayout(form);
    layout->addWidget(buttons);
    start->setDefault(true); // once it is in the dialog, which else makes Cancel the default
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(start, &QPushButton::clicked, this, [this] {
        m_start = true;
        accept();
    });
    connect(only, &QPushButton::clicked, this, &QDialog::accept);
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder"), target());
        if (folder.isEmpty())
            return;
        m_target->addItem(QDir::toNativeSeparators(folder), folder);
        m_target->setCurrentIndex(m_target->count() - 1);
    });
}

QString ImportDialog::target() const { return m_target->currentData().toString(); }

} // namespace understudy::ui
