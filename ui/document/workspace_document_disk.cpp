// SPDX-License-Identifier: GPL-3.0-or-later
// What others do to the files, and the choice between that and the edits made here.
#include "ui/document/workspace_document.h"

#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"
#include "ui/document/commands.h"
#include "ui/services/text.h"

#include <QFile>
#include <QFileInfo>

namespace understudy::ui {

void WorkspaceDocument::watch(const QString &path)
{
    if (!m_watcher.files().contains(path) && QFile::exists(path))
        m_watcher.addPath(path);
}

void WorkspaceDocument::onFileChanged(const QString &path)
{
    ServerDocument *found = atFile(path);
    if (!found)
        return;
    ServerDocument &document = *found;
    if (document.isSaving)
        return; // it is looked at when that is done
    const QString id = document.id;
    if (!QFile::exists(path)) {
        // A rename over the file shows up as a removal for a moment; the folder's change follows.
        QTimer::singleShot(100, this, &WorkspaceDocument::onFolderChanged);
        return;
    }
    watch(path);
    const auto text = formats::readFile(toPath(path));
    if (!text)
        return;
    if (*text == document.text) {
        // As it is known, or as it was before somebody changed it and changed it back.
        const bool wasAside = document.isRemoved || document.hasConflict;
        document.isRemoved = false;
        document.hasConflict = false;
        if (wasAside) {
            saveSoon();
            Q_EMIT serverStateChanged(id);
            Q_EMIT saveStateChanged();
        }
        return;
    }
    document.isRemoved = false;
    if (!document.isDirty() && !document.hasConflict) {
        reloadFromDisk(id);
        return;
    }
    ServerDocument outside;
    outside.file = document.file;
    outside.read(*text);
    if (!outside.isBroken() && document.value && *outside.value == *document.value) {
        // Somebody wrote the same.
        document.text = *text;
        document.saved = document.value;
        document.problems.clear();
        document.hasConflict = false;
        document.saveError.clear();
    } else {
        // What is wrong with the file is what is wrong with it now.
        if (document.isBroken())
            document.problems = outside.problems;
        document.hasConflict = true;
    }
    const bool isConflict = document.hasConflict;
    Q_EMIT serverStateChanged(id);
    Q_EMIT saveStateChanged();
    if (isConflict)
        Q_EMIT externalConflict(id);
}

void WorkspaceDocument::onFolderChanged()
{
    if (!isOpen())
        return;
    for (const QString &file : mockFilesIn(m_folder)) {
        if (atFile(file))
            onFileChanged(file);
        else
            loadFile(file);
    }
    for (const auto &document : m_servers) {
        if (!document->isRemoved && !document->isSaving && !QFile::exists(document->file)) {
            document->isRemoved = true;
            document->hasConflict = false;
            Q_EMIT serverStateChanged(document->id);
            Q_EMIT saveStateChanged();
        }
    }
}

void WorkspaceDocument::reloadFromDisk(const QString &id)
{
    finishSave(id);
    ServerDocument *document = mutableFind(id);
    if (!document)
        return;
    const ServerValue before = document->value;
    document->hasConflict = false;
    if (const auto text = formats::readFile(toPath(document->file)))
        document->read(*text);
    else
        document->problems = {{Severity::Error, text.error()}};
    if (!document->isBroken())
        document->saveError.clear();
    if (!document->isBroken() && before && document->value != before
        && !(*before == *document->value)) {
        const ServerValue after = document->value;
        document->value = before;
        m_undo.push(new ChangeServersCommand(
            *this, tr("Reload %1").arg(QFileInfo(document->file).fileName()), {{id, before, after}},
            {}, m_mergeEpoch));
        Q_EMIT reloaded(id);
    } else if (!document->isBroken()) {
        Q_EMIT serverChanged(id);
    }
    // NOLINTNEXTLINE(readability-misleading-indentation): the macro before it is empty
    Q_EMIT serverStateChanged(id);
    Q_EMIT saveStateChanged();
}

void WorkspaceDocument::keepMine(const QString &id)
{
    finishSave(id);
    ServerDocument *document = mutableFind(id);
    if (!document)
        return;
    document->hasConflict = false;
    // The edits start from what lies there now, so that lines nobody touched here stay as they are
    // there.
    if (const auto text = formats::readFile(toPath(document->file))) {
        auto outcome = formats::native::read(*text, document->file.toStdString());
        document->text = *text;
        document->saved
            = outcome.ok() ? std::make_shared<Server>(std::move(outcome.server)) : nullptr;
        document->base = document->saved;
        document->baseText = *text;
    }
    if (save(*document, true))
        document->problems.clear();
    Q_EMIT serverStateChanged(id);
    Q_EMIT saveStateChanged();
}

void WorkspaceDocument::writeAgain(const QString &id)
{
    finishSave(id);
    ServerDocument *document = mutableFind(id);
    if (!document)
        return;
    if (const auto written = formats::writeFile(toPath(document->file), document->text); !written) {
        Q_EMIT fileFailed(toQString(written.error().text()));
        return;
    }
    document->isRemoved = false;
    watch(document->file);
    save(*document, true);
    Q_EMIT serverStateChanged(id);
    Q_EMIT saveStateChanged();
}

void WorkspaceDocument::forget(const QString &id)
{
    const ServerDocument *document = find(id);
    if (document && document->isRemoved)
        removeServer(id);
}

void WorkspaceDocument::restore(const QString &id, const Server &server,
                                const std::string &baseText)
{
    finishSave(id);
    auto value = std::make_shared<Server>(server);
    assignIds(*value);
    ServerDocument *document = mutableFind(id);
    if (!document) {
        const std::string text = formats::native::write(*value);
        m_undo.push(new ServerFileCommand(*this, ServerFileCommand::What::Add, id, fileFor(id),
                                          std::move(value), text));
    } else if (document->value && !document->isBroken()) {
        EditOptions options;
        options.reveal = ObjectRef::server(id);
        // What others wrote since then is not to be written over unasked: as if it were written
        // now.
        const bool isOther = document->text != baseText;
        if (isOther) {
            const ServerValue shown = document->value;
            document->saved = nullptr;
            document->base = nullptr;
            document->baseText.clear();
            document->read(baseText);
            document->problems.clear();
            document->value = shown;
            document->hasConflict = true;
        }
        m_undo.push(new ChangeServersCommand(*this, tr("Restore changes"),
                                             {{id, document->value, std::move(value)}}, options,
                                             m_mergeEpoch));
        if (isOther) {
            Q_EMIT serverStateChanged(id);
            Q_EMIT saveStateChanged();
            Q_EMIT externalConflict(id);
        }
    } else {
        // Beside a file that cannot be read they wait for the choice between the two.
        document->value = std::move(value);
        Q_EMIT serverChanged(id);
        Q_EMIT serverStateChanged(id);
        Q_EMIT saveStateChanged();
    }
}

} // namespace understudy::ui
