// SPDX-License-Identifier: GPL-3.0-or-later
// Edits on their way to the disk: at once, or by a worker where the file is large.
#include "ui/document/workspace_document.h"

#include "ui/services/text.h"

#include <QFutureWatcher>
#include <QtConcurrent>

#include <algorithm>

namespace understudy::ui {

bool WorkspaceDocument::save(ServerDocument &document, bool isAsked)
{
    finishSave(document.id);
    if (!document.isDirty())
        return true;
    return tookSave(document, document.MockFile::save(toPath(document.file), document.value),
                    isAsked);
}

/// A large file is patched and written while the window goes on.
void WorkspaceDocument::saveOnWorker(ServerDocument &document)
{
    if (document.isSaving || !document.isDirty())
        return;
    document.isSaving = true;
    const QString id = document.id;
    const QFuture<WorkerSave> save
        = QtConcurrent::run([file = workspace::MockFile(document), path = toPath(document.file),
                             value = document.value]() mutable {
              const auto written = file.save(path, value);
              return WorkerSave{std::move(file.text), value, written};
          });
    m_saves.insert(id, save);
    auto *watcher = new QFutureWatcher<WorkerSave>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, id] {
        watcher->deleteLater();
        finishSave(id);
    });
    watcher->setFuture(save);
}

/// Waits for the worker that writes the server's file, if one does, and takes what it did.
void WorkspaceDocument::finishSave(const QString &id)
{
    if (!m_saves.contains(id))
        return;
    const WorkerSave save = m_saves.take(id).result();
    ServerDocument *document = mutableFind(id);
    if (!document)
        return;
    document->isSaving = false;
    if (save.written && *save.written == workspace::MockFile::Saved::Yes) {
        document->text = save.text;
        document->saved = save.value;
    }
    tookSave(*document, save.written, false);
    Q_EMIT saveStateChanged();
    onFileChanged(document->file); // what was heard of it meanwhile
    if (document->isDirty() && !document->hasConflict && document->saveError.isEmpty())
        saveSoon();
}

bool WorkspaceDocument::tookSave(ServerDocument &document,
                                 const Result<workspace::MockFile::Saved> &written, bool isAsked)
{
    const QString id = document.id;
    if (!written) {
        const QString message = toQString(written.error().message);
        const bool isNews = message != document.saveError;
        document.saveError = message;
        m_retry.start();
        if (isNews)
            Q_EMIT serverStateChanged(id);
        // NOLINTNEXTLINE(readability-misleading-indentation): the macro before it is empty
        if (isNews || isAsked)
            Q_EMIT saveFailed(id, toQString(written.error().text()));
        return false;
    }
    if (*written == workspace::MockFile::Saved::ChangedOutside) {
        // The watcher may not have told yet that somebody else wrote the file.
        document.hasConflict = true;
        Q_EMIT serverStateChanged(id);
        Q_EMIT externalConflict(id);
        return false;
    }
    const bool hadError = !document.saveError.isEmpty();
    document.saveError.clear();
    m_lastSaved = QDateTime::currentDateTime();
    watch(document.file);
    if (hadError)
        Q_EMIT serverStateChanged(id);
    return true;
}

bool WorkspaceDocument::saveNow() { return saveAll(true); }

bool WorkspaceDocument::saveAll(bool isAsked)
{
    m_autosave.stop();
    m_latest.stop();
    Q_EMIT aboutToSave();
    for (const auto &document : m_servers) {
        const Unsaved state = document->unsaved();
        if (state != Unsaved::Waiting && state != Unsaved::Failed)
            continue;
        if (document->isLarge() && !isAsked)
            saveOnWorker(*document);
        else
            save(*document, isAsked);
    }
    Q_EMIT saveStateChanged();
    return !hasUnsavedEdits();
}

bool WorkspaceDocument::hasUnsavedEdits() const
{
    return std::any_of(m_servers.begin(), m_servers.end(),
                       [](const auto &document) { return document->isDirty(); });
}

SaveState WorkspaceDocument::saveState() const
{
    SaveState state = SaveState::Saved;
    for (const auto &document : m_servers) {
        switch (document->unsaved()) {
        case Unsaved::No:
            break;
        case Unsaved::Waiting:
            state = SaveState::Saving;
            break;
        default:
            return SaveState::NotSaved;
        }
    }
    return state;
}

} // namespace understudy::ui
