// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/export_dialog.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "ui/services/text.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr std::size_t kMostShown = 200'000; ///< characters; all of them are saved and copied

} // namespace

ExportDialog::ExportDialog(std::vector<ExportScope> scopes, std::size_t chosen,
                           std::filesystem::path folder, const QString &format, QWidget *parent)
    : QDialog(parent)
    , m_scopes(std::move(scopes))
    , m_folder(std::move(folder))
    , m_scope(new QComboBox(this))
    , m_format(new QComboBox)
    , m_text(new QPlainTextEdit)
    , m_summary(new QLabel)
    , m_report(new QListWidget)
    , m_save(new QPushButton(tr("&Save As…")))
    , m_copy(new QPushButton(tr("&Copy")))
    , m_message(new QLabel)
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export %1").arg(toQString(m_scopes.front().server.name)));
    resize(fontMetrics().horizontalAdvance('x') * 100, fontMetrics().height() * 30);
    m_format->setObjectName(QStringLiteral("exportFormatCombo"));
    m_format->setAccessibleName(tr("Format"));
    for (const formats::FormatInfo &row : formats::allFormats()) {
        if (row.canExport)
            m_format->addItem(toQString(row.name), toQString(row.id));
    }
    m_format->setCurrentIndex(std::max(0, m_format->findData(format)));
    m_scope->setObjectName(QStringLiteral("exportScopeCombo"));
    m_scope->setAccessibleName(tr("What is exported"));
    for (const ExportScope &scope : m_scopes)
        m_scope->addItem(scope.name);
    m_scope->setCurrentIndex(static_cast<int>(chosen));
    m_text->setObjectName(QStringLiteral("exportText"));
    m_text->setAccessibleName(tr("What is written"));
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_summary->setObjectName(QStringLiteral("exportSummary"));
    m_summary->setWordWrap(true);
    m_report->setObjectName(QStringLiteral("exportReport"));
    m_report->setAccessibleName(tr("What is said otherwise there, or has no word"));
    m_report->setWordWrap(true);
    m_report->setSelectionMode(QAbstractItemView::NoSelection);
    m_message->setObjectName(QStringLiteral("exportMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_message->setWordWrap(true);
    m_message->hide();
    m_save->setObjectName(QStringLiteral("exportSaveButton"));
    m_copy->setObjectName(QStringLiteral("exportCopyButton"));
    m_copy->setAutoDefault(false);
    auto *form = new QFormLayout;
    if (m_scopes.size() > 1)
        form->addRow(tr("&What"), m_scope);
    else
        m_scope->hide();
    form->addRow(tr("&Format"), m_format);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_copy, QDialogButtonBox::ActionRole);
    buttons->addButton(m_save, QDialogButtonBox::ActionRole);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_text, 3);
    layout->addWidget(m_summary);
    layout->addWidget(m_report, 1);
    layout->addWidget(m_message);
    layout->addWidget(buttons);
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(toQString(m_written));
        m_message->hide();
    });
    for (const QComboBox *combo : {m_scope, m_format})
        connect(combo, &QComboBox::currentIndexChanged, this, &ExportDialog::writeAgain);
    connect(&m_writing, &QFutureWatcherBase::finished, this,
            [this] { showExported(m_writing.result()); });
    writeAgain();
}

ExportDialog::~ExportDialog()
{
    m_writing.disconnect(this);
    m_writing.waitForFinished();
}

const Server &ExportDialog::server() const
{
    return m_scopes[static_cast<std::size_t>(m_scope->currentIndex())].server;
}

QString ExportDialog::formatId() const { return m_format->currentData().toString(); }

void ExportDialog::writeAgain()
{
    m_save->setEnabled(false);
    m_copy->setEnabled(false);
    m_message->hide();
    m_summary->setText(tr("Writing…"));
    m_writing.setFuture(
        QtConcurrent::run([server = server(), folder = m_folder, format = toStd(formatId())] {
            return formats::exportServer(server, format, folder);
        }));
}

void ExportDialog::showExported(const Result<formats::Exported> &exported)
{
    m_written = exported ? exported->text : std::string();
    m_text->setPlainText(toQString(std::string_view(m_written).substr(0, kMostShown))
                         + (m_written.size() > kMostShown ? QStringLiteral("…") : QString()));
    m_report->clear();
    if (!exported) {
        m_summary->setText(toQString(exported.error().text()));
    } else {
        for (const Problem &problem : exported->report)
            m_report->addItem(
                (problem.severity == Severity::Note ? QStringLiteral("i ") : QStringLiteral("! "))
                + toQString(problem.error.text()));
        m_summary->setText(m_report->count() == 0
                               ? tr("Everything is written")
                               : tr("%n note(s): said otherwise there, or without a word for it",
                                    nullptr, m_report->count()));
    }
    m_report->setVisible(m_report->count() > 0);
    m_save->setEnabled(bool(exported));
    m_copy->setEnabled(bool(exported));
}

/// The server's name with the first ending of the format: "shop.mock.yaml"; one that others have,
/// too, gets the format's name before it.
QString ExportDialog::suggestedName() const
{
    QString ending;
    for (const formats::FormatInfo &format : formats::allFormats()) {
        if (toQString(format.id) == formatId())
            ending = toQString(format.files).section(',', 0, 0).remove('*');
    }
    if (ending == QLatin1String(".json"))
        ending.prepend('.' + formatId());
    return toQString(text::slug(server().name)) + ending;
}

void ExportDialog::chooseFile()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export"), QDir(QDir::homePath()).filePath(suggestedName()));
    if (!file.isEmpty() && saveTo(file))
        accept();
}

bool ExportDialog::saveTo(const QString &file)
{
    const auto written = files::writeFile(toPath(file), m_written);
    m_message->setText(written ? QString() : toQString(written.error().text()));
    m_message->setVisible(!written);
    return bool(written);
}

} // namespace understudy::ui
