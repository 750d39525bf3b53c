// SPDX-License-Identifier: GPL-3.0-or-later
// Rows as a file.
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/traffic/traffic_page_table.h"
#include "ui/services/traffic_har.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QSaveFile>
#include <QUrl>
#include <QtConcurrent>

#include <algorithm>

namespace understudy::ui {

namespace {

/// "traffic.har" in the folder, or with the next number that is free.
QString freePath(const QDir &folder)
{
    QString path = folder.filePath(QStringLiteral("traffic.har"));
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = folder.filePath(QStringLiteral("traffic-%1.har").arg(i));
    return path;
}

} // namespace

std::vector<quint64> TrafficPage::rowsToExport(bool selectedOnly) const
{
    if (!selectedOnly)
        return m_model->visibleSequences();
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<quint64> sequences;
    for (const QModelIndex &index : std::as_const(rows))
        sequences.push_back(m_model->sequenceAt(index.row()));
    return sequences;
}

void TrafficPage::exportHar(bool selectedOnly)
{
    if (m_exporting.isRunning())
        return;
    QString path;
    if (m_exportFolder.isEmpty())
        path = QFileDialog::getSaveFileName(
            this, tr("Export as HAR"), QStringLiteral("traffic.har"), tr("HTTP Archive (*.har)"));
    else if (QDir().mkpath(m_exportFolder))
        path = freePath(QDir(m_exportFolder));
    else
        showToast(tr("Cannot make the folder %1").arg(m_exportFolder), {}, {});
    if (!path.isEmpty())
        writeHarFile(path, rowsToExport(selectedOnly));
}

void TrafficPage::writeHarFile(const QString &path, std::vector<quint64> sequences)
{
    // A worker writes: a full journal is many megabytes. Pinned rows may be gone from the journal.
    const auto write
        = [&journal = m_journal, annotations = m_model->annotations(), redaction = m_redaction,
           sequences = std::move(sequences), path]() -> ExportResult {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return {path, file.errorString(), {}};
        const auto exchangeOf = [&](quint64 sequence) {
            const auto copy = annotations.value(sequence).copy;
            return copy ? copy : journal.at(sequence).exchange;
        };
        const HarSummary summary = writeHar(file, sequences, exchangeOf, redaction);
        if (!file.commit())
            return {path, file.errorString(), {}};
        return {path, {}, summary};
    };
    m_exporting.setFuture(QtConcurrent::run(write));
}

void TrafficPage::exported()
{
    const ExportResult result = m_exporting.result();
    const QString shown = QDir::toNativeSeparators(result.path);
    if (!result.error.isEmpty()) {
        showToast(tr("Cannot write %1: %2").arg(shown, result.error), {}, {});
        return;
    }
    QString text = tr("Saved to %1 · requests: %2").arg(shown).arg(result.summary.written);
    if (result.summary.left > 0)
        text += tr(" · rows without a request, left out: %1").arg(result.summary.left);
    if (result.summary.redacted > 0)
        text += tr(" · secret values left out: %1").arg(result.summary.redacted);
    const QString folder = QFileInfo(result.path).absolutePath();
    showToast(text, tr("Open folder"),
              [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

} // namespace understudy::ui
