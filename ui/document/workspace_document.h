// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/server.h"
#include "ui/document/object_ref.h"

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <vector>

namespace understudy::ui {

/// Immutable, so that the undo stack, the running server and workers share one copy.
using ServerValue = std::shared_ptr<const Server>;

/// One mock file of the workspace: what lies on the disk and what the user made of it. Owned and
/// changed by WorkspaceDocument alone; the window's thread.
struct ServerDocument
{
    QString id;        ///< from the file's name; also the id in the Workbench and in exchanges
    QString file;      ///< absolute path
    ServerValue value; ///< null if the file never could be read
    ServerValue saved; ///< what `text` says; null as value
    std::string text;  ///< the file as last read or written
    /// What every save starts from, so that an edit undone leaves nothing behind: the file as it
    /// was last read, and what it said. Null where it could not be read.
    std::string baseText;
    ServerValue base;
    std::vector<Problem> problems; ///< why the file cannot be read; empty if it can
    bool isRemoved = false;        ///< the file was taken away from outside
    bool hasConflict = false;      ///< the file was changed outside while there were edits here
    QString saveError;             ///< why the last save failed, or empty

    bool isBroken() const { return !problems.empty(); }
    bool isDirty() const { return value && value != saved && (!saved || !(*value == *saved)); }
    /// "shop.mock.yaml, line 41: bad indentation"; empty if the file is fine.
    QString problemText() const;
};

/// How a step behaves on the undo stack.
struct EditOptions
{
    QString mergeKey;         ///< steps with the same key within a second become one; empty = never
    bool isOpenEnded = false; ///< merge without a time limit (the body editor, until it is left)
    ObjectRef reveal;         ///< what undo and redo show; by default the server
};

enum class SaveState { Saved, Saving, NotSaved };

/// A folder of mock files with one undo stack. Edits replace a server's value as a whole; one
/// second after the last of them the file is written, changing only the lines that differ. The
/// folder is watched. Lives in the window's thread.
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

    /// Writes everything that is not saved. False if something could not be written.
    bool saveNow();
    SaveState saveState() const;
    QDateTime lastSaved() const { return m_lastSaved; }

    /// Takes the file's content over the edits made here; one step.
    void reloadFromDisk(const QString &id);
    /// Goes on with the edits made here and writes them over the file.
    void keepMine(const QString &id);
    /// Writes a file that was removed from outside again.
    void writeAgain(const QString &id);
    /// Takes a server whose file was removed off the list.
    void forget(const QString &id);

    /// For tests; defaults 1 s and 1 s.
    void setDelays(int autosaveMs, int mergeMs);
    int mergeMs() const { return m_mergeMs; }

Q_SIGNALS:
    void opened();
    void closed();
    void serverAdded(const QString &id);
    void serverAboutToBeRemoved(const QString &id);
    void serverRemoved(const QString &id);
    /// The value is another.
    void serverChanged(const QString &id);
    /// Broken, repaired, removed, in conflict, saved.
    void serverStateChanged(const QString &id);
    void saveStateChanged();
    void saveFailed(const QString &id, const QString &message);
    void externalConflict(const QString &id);
    void reloaded(const QString &id);
    /// Undo or redo changed this.
    void revealRequested(const understudy::ui::ObjectRef &what);

private:
    friend class ChangeServersCommand;
    friend class ServerFileCommand;

    ServerDocument *mutableFind(const QString &id);
    void setValue(const QString &id, const ServerValue &value);
    Result<void> insertWritten(const QString &id, const ServerValue &value,
                               const std::string &text);
    void takeOut(const QString &id, bool deleteFile);
    void loadFile(const QString &path);
    void readInto(ServerDocument &document, const std::string &text);
    void onFileChanged(const QString &path);
    void onFolderChanged();
    bool save(ServerDocument &document);
    void watch(const QString &path);
    QString freeFileFor(const QString &name) const;
    void limitUndo();

    QString m_folder;
    std::vector<std::unique_ptr<ServerDocument>> m_servers;
    QUndoStack m_undo;
    QFileSystemWatcher m_watcher;
    QTimer m_autosave;
    QDateTime m_lastSaved;
    int m_mergeMs = 1000;
    int m_mergeEpoch = 0;
    bool m_isSaving = false;
};

/// "shop-api.mock.yaml" -> "shop-api"; empty if it is not the name of a mock file.
QString serverIdForFile(const QString &fileName);

} // namespace understudy::ui
