// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/import_dialog.h"

#include "ui/dialogs/import_tree.h"
#include "ui/services/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <filesystem>

namespace understudy::ui {

namespace {

QListWidget *noteList()
{
    auto *list = new QListWidget;
    list->setObjectName(QStringLiteral("importConflictList"));
    list->setAccessibleName(ImportDialog::tr("What is understood otherwise or not served"));
    list->setWordWrap(true);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    return list;
}

/// "line 7: ", with the file's name where several were read; empty where nobody knows.
QString placeOf(const Problem &problem, const formats::LoadedServer &loaded)
{
    const Place &where = problem.error.where;
    if (where.line == 0)
        return {};
    const QString line = ImportDialog::tr("line %1").arg(where.line) + QStringLiteral(": ");
    const std::filesystem::path file(where.file);
    return file == loaded.file ? line : toQString(file.filename().string()) + ' ' + line;
}

void fillNotes(QListWidget &list, const formats::LoadOutcome &outcome)
{
    list.clear();
    for (const Problem &problem : outcome.errors)
        list.addItem(QStringLiteral("✕ ") + toQString(problem.error.text()));
    for (const formats::LoadedServer &loaded : outcome.servers) {
        for (const Problem &problem : loaded.problems)
            list.addItem(
                (problem.severity == Severity::Note ? QStringLiteral("i ") : QStringLiteral("! "))
                + placeOf(problem, loaded) + toQString(problem.error.message));
    }
}

bool offers(const formats::LoadOutcome &outcome, bool formats::LoadOptions::*option)
{
    return std::any_of(outcome.servers.begin(), outcome.servers.end(),
                       [&](const auto &loaded) { return loaded.offered.*option; });
}

} // namespace

ImportDialog::ImportDialog(ImportOffer offer, QWidget *parent)
    : QDialog(parent)
    , m_offer(std::move(offer))
    , m_tree(new ImportTree)
    , m_notesLabel(new QLabel)
    , m_notes(noteList())
    , m_target(new QComboBox)
{
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import"));
    resize(fontMetrics().horizontalAdvance('x') * 100, fontMetrics().height() * 30);
    auto *form = new QFormLayout;
    addChoices(*form);
    form->addRow(tr("Write to"), targetRow());
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tree, 3);
    layout->addWidget(m_notesLabel);
    layout->addWidget(m_notes, 2);
    layout->addLayout(form);
    layout->addWidget(buttonRow());
    m_startButton->setDefault(
        true); // once it is in the dialog, which else makes Cancel the default
    connect(m_tree, &QTreeWidget::itemChanged, this, &ImportDialog::updateButtons);
    showOutcome();
}

/// A box for each choice that one of the servers has.
void ImportDialog::addChoices(QFormLayout &form)
{
    using Options = formats::LoadOptions;
    struct Choice
    {
        const char *name;
        QString text;
        QString explanation;
        bool Options::*option;
    };
    const std::array choices{
        Choice{"importCheckRequestsBox",
               tr("Check requests: refuse what the document does not allow"),
               tr("Requests that the document does not allow are refused, with what they violate"),
               &Options::checkRequests},
        Choice{"importMakeBucketsBox", tr("Keep what clients send: collections become buckets"),
               tr("A collection with items becomes a bucket that can be read and changed"),
               &Options::makeBuckets},
        Choice{"importDynamicBox", tr("Answer 'Prefer: dynamic=true' with invented data"),
               tr("A response is added beside those that are documented: requests with that header "
                  "get other data each time"),
               &Options::dynamicAnswers},
        Choice{"importRecordedLatencyBox",
               tr("Wait as recorded: the times of the recording become latencies"),
               tr("Each endpoint draws its latency from the times that its answers took when they "
                  "were recorded"),
               &Options::recordedLatency},
    };
    for (const Choice &choice : choices) {
        if (!offers(m_offer.outcome, choice.option))
            continue;
        auto *box = new QCheckBox(choice.text);
        box->setObjectName(QString::fromLatin1(choice.name));
        box->setToolTip(choice.explanation);
        box->setAccessibleDescription(choice.explanation);
        connect(box, &QCheckBox::toggled, this, [this, option = choice.option](bool isOn) {
            m_options.*option = isOn;
            readAgain();
        });
        form.addRow(box);
    }
}

QWidget *ImportDialog::targetRow()
{
    m_target->setObjectName(QStringLiteral("importTargetCombo"));
    m_target->setAccessibleName(tr("Folder the mock files are written to"));
    for (const QString &folder : m_offer.folders)
        m_target->addItem(QDir::toNativeSeparators(folder), folder);
    auto *browse = new QPushButton(tr("Other folder…"));
    browse->setObjectName(QStringLiteral("importBrowseButton"));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder"), target());
        if (folder.isEmpty())
            return;
        m_target->addItem(QDir::toNativeSeparators(folder), folder);
        m_target->setCurrentIndex(m_target->count() - 1);
    });
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_target, 1);
    layout->addWidget(browse);
    return row;
}

QWidget *ImportDialog::buttonRow()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_startButton = buttons->addButton(tr("Import and start"), QDialogButtonBox::AcceptRole);
    m_startButton->setObjectName(QStringLiteral("importAndStartButton"));
    m_onlyButton = buttons->addButton(tr("Import only"), QDialogButtonBox::ActionRole);
    m_onlyButton->setObjectName(QStringLiteral("importOnlyButton"));
    m_onlyButton->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_startButton, &QPushButton::clicked, this, [this] {
        m_start = true;
        accept();
    });
    connect(m_onlyButton, &QPushButton::clicked, this, &QDialog::accept);
    return buttons;
}

void ImportDialog::readAgain()
{
    formats::LoadOutcome outcome = m_offer.read(m_options);
    if (outcome.servers.empty()) // it was changed meanwhile, and is broken: what is shown stays
        return;
    m_offer.outcome = std::move(outcome);
    showOutcome();
}

void ImportDialog::showOutcome()
{
    {
        const QSignalBlocker quiet(m_tree);
        m_tree->setOutcome(m_offer.outcome);
    }
    fillNotes(*m_notes, m_offer.outcome);
    m_notesLabel->setText(
        m_notes->count() > 0 ? tr("Understood otherwise, or not served (%1):").arg(m_notes->count())
                             : tr("Everything was understood"));
    m_notes->setVisible(m_notes->count() > 0);
    updateButtons();
}

void ImportDialog::updateButtons()
{
    bool isAnything = false;
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row)
        isAnything = isAnything || m_tree->topLevelItem(row)->checkState(0) != Qt::Unchecked;
    m_startButton->setEnabled(isAnything);
    m_onlyButton->setEnabled(isAnything);
}

formats::LoadOutcome ImportDialog::chosen() const { return m_tree->ticked(m_offer.outcome); }

QString ImportDialog::target() const { return m_target->currentData().toString(); }

} // namespace understudy::ui
