// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/object_ref.h"
#include "ui/document/server_document.h"

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QFuture>
#include <QHash>
#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <vector>

namespace understudy::ui {

/// How a step behaves on the undo stack.
struct EditOptions
{
    QString mergeKey;         ///< steps with the same key within a second become one; empty = never
    bool isOpenEnded = false; ///< merge without a time limit (the body editor, until it is left)
    ObjectRef reveal;         ///< what undo and redo show; by default the server
};

enum class SaveState { Saved, Saving, NotSaved };

/// A folder of mock files with one undo stack. Edits replace a server's value as a whole; one
/// second after the last of them, and two seconds after the first at the latest, the file is
/// written, changing only the lines that differ. Where that cannot be, ServerDocument::unsaved()
/// says why until it is answered. The folder is watched. Lives in the window's thread.
class WorkspaceDocument : public QObject
{
    Q_OBJECT
public:
    explicit WorkspaceDocument(QObject *parent = nullptr);
    ~WorkspaceDocument() override; ///< saves what is not saved

    /// Loads every mock file directly in `folder`, making the folder if need be. Broken files
    /// become broken servers.
    Result<void> open(const QString &folder);
    void close();
    bool isOpen() const { return !m_folder.isEmpty(); }
    QString folder() const { return m_folder; }

    /// In the order of their names.
    const std::vector<std::unique_ptr<ServerDocument>> &servers() const { return m_servers; }
    const ServerDocument *find(const QString &id) const;
    QUndoStack *undoStack() { return &m_undo; }

    /// Changes a copy of the server and pushes it as one step called `step`. False if nothing was
    /// changed or the server cannot be edited (its file is broken).
    bool edit(const QString &serverId, const QString &step,
              const std::function<void(Server &)> &change, const EditOptions &options = {});
    /// Several servers in one step.
    bool editMany(const QString &step,
                  const std::vector<std::pair<QString, std::function<void(Server &)>>> &changes,
                  const ObjectRef &reveal = {});
    /// Ends the merging of steps with `mergeKey`.
    void endMerge();

    /// Writes a new file, `<name>.mock.yaml`; one step. Returns the id, or why it could not be
    /// written.
    Result<QString> addServer(const Server &server);
    /// Deletes the file; one step, undo writes it again.
    void removeServer(const QString &id);

    /// Writes everything that is not saved. False if edits are left that could not be written;
    /// saveFailed and externalConflict tell of new reasons.
    bool saveNow();
    SaveState saveState() const;
    /// Whether leaving now would lose edits.
    bool hasUnsavedEdits() const;
    QDateTime lastSaved() const { return m_lastSaved; }

    /// Takes the file's content over the edits made here; one step.
    void reloadFromDisk(const QString &id);
    /// Goes on with the edits made here and writes them over the file.
    void keepMine(const QString &id);
    /// Writes a file that was removed from outside again.
    void writeAgain(const QString &id);
    /// Takes a server whose file was removed off the list.
    void forget(const QString &id);
    /// Takes edits that an earlier run could not save; one step. A server whose file is gone comes
    /// back with it; one whose file is not `baseText` any more, from which the edits start, is in
    /// conflict with it.
    void restore(const QString &id, const Server &server, const std::string &baseText);

    /// For tests; defaults 1 s and 1 s. Steady typing is saved after twice the time of autosave.
    void setDelays(int autosaveMs, int mergeMs);
    int mergeMs() const { return m_mergeMs; }

Q_SIGNALS:
    void opened();
    /// What could be saved is; the servers are still there.
    void aboutToClose();
    void closed();
    void serverAdded(const QString &id);
    void serverAboutToBeRemoved(const QString &id);
    void serverRemoved(const QString &id);
    /// The value is another.
    void serverChanged(const QString &id);
    /// Broken, repaired, removed, in conflict, saved.
    void serverStateChanged(const QString &id);
    void saveStateChanged();
    void aboutToSave();
    void saveFailed(const QString &id, const QString &message);
    /// A file that could not be written or deleted as a step asked for.
    void fileFailed(const QString &message);
    void externalConflict(const QString &id);
    void reloaded(const QString &id);
    /// Undo or redo changed this.
    void revealRequested(const understudy::ui::ObjectRef &what);

private:
    friend class ChangeServersCommand;
    friend class ServerFileCommand;

    ServerDocument *mutableFind(const QString &id);
    void setValue(const QString &id, const ServerValue &value);
    ServerDocument *atFile(const QString &file);
    /// Of a new server.
    QString fileFor(const QString &id) const;
    Result<void> insertWritten(const QString &id, const QString &file, const ServerValue &value,
                               const std::string &text);
    void takeOut(const QString &id, bool deleteFile);
    void loadFile(const QString &path);
    void onFileChanged(const QString &path);
    void onFolderChanged();
    void saveSoon();
    bool saveAll(bool isAsked);
    bool save(ServerDocument &document, bool isAsked);
    void saveOnWorker(ServerDocument &document);
    void finishSave(const QString &id);
    bool tookSave(ServerDocument &document, const Result<workspace::MockFile::Saved> &written,
                  bool isAsked);
    void watch(const QString &path);
    QString freeFileFor(const QString &name) const;
    void limitUndo();

    QString m_folder;
    std::vector<std::unique_ptr<ServerDocument>> m_servers;
    QUndoStack m_undo;
    QFileSystemWatcher m_watcher;
    QTimer m_autosave; ///< from the last edit
    QTimer m_latest;   ///< from the first edit that is not saved
    QTimer m_retry;    ///< after a save that failed
    /// What a worker wrote: the text, and what it says.
    struct WorkerSave
    {
        std::string text;
        ServerValue value;
        Result<workspace::MockFile::Saved> written;
    };
    QHash<QString, QFuture<WorkerSave>> m_saves; ///< that are going on
    QDateTime m_lastSaved;
    int m_mergeMs = 1000;
    int m_mergeEpoch = 0;
};

} // namespace understudy::ui
