// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/server_document.h"

#include <QDateTime>
#include <QHash>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <vector>

namespace understudy::ui {

/// Edits of one server that are not in its file.
struct UnsavedEdits
{
    QString serverId;
    ServerValue value;
    int changes = 0; ///< steps of undo since all was saved
    QDateTime time;  ///< of the last of them
    /// The file that they start from; empty if that is not known.
    QByteArray base = {};

    bool operator==(const UnsavedEdits &) const = default;
};

/// A file of edits that are not saved, for the case that the program ends without saving them.
/// Records are only ever appended, each with what differs from the record before and a checksum, so
/// that a kill at any moment loses no more than the record that was being written. The file is made
/// with the first record, locked while its owner lives, and gone when everything is saved. Calls
/// come from one thread and never wait for the disk; a worker writes.
class RecoveryLog
{
public:
    /// `failed` is called in the worker with the reason, once per failure in a row.
    RecoveryLog(QString folder, QString workspace, std::function<void(const QString &)> failed);
    /// Waits for the worker; leaves the file if something in it is not saved.
    ~RecoveryLog();
    RecoveryLog(const RecoveryLog &) = delete;
    RecoveryLog &operator=(const RecoveryLog &) = delete;

    /// What is not saved now, all of it. The same as before is not written again.
    void put(const std::vector<UnsavedEdits> &edits);
    /// Returns when everything put is in the file.
    void wait() { m_worker.waitForDone(); }

private:
    void write(const std::vector<UnsavedEdits> &edits);
    bool open();
    bool append(const QByteArray &record);
    void sync();
    void remove();
    bool fail(const QString &reason);

    QString m_folder;
    QString m_workspace;
    std::function<void(const QString &)> m_failed;
    std::vector<UnsavedEdits> m_put;
    QThreadPool m_worker;
    QThreadPool m_syncer; ///< its own: a slow disk must not keep records waiting
    // The worker's alone.
    QString m_file;
    int m_descriptor = -1;
    bool m_hasFailed = false;
    QHash<QString, ServerValue> m_values;
    QHash<QString, QByteArray> m_texts;
    QHash<QString, QByteArray> m_bases;
    std::atomic<quint64> m_written = 0;
    std::atomic<bool> m_isSyncing = false;
};

/// The file that a program which is gone has left. Locked as long as the object lives.
class LeftLog
{
public:
    /// Those of a workspace in `folder`, oldest first; none that a living program writes.
    static std::vector<std::unique_ptr<LeftLog>> find(const QString &folder,
                                                      const QString &workspace);
    ~LeftLog();
    LeftLog(const LeftLog &) = delete;
    LeftLog &operator=(const LeftLog &) = delete;

    /// The last state of each server that had edits; what cannot be read any more is left out.
    const std::vector<UnsavedEdits> &edits() const { return m_edits; }
    void remove();

private:
    LeftLog(QString file, int descriptor);
    void read();

    QString m_file;
    int m_descriptor;
    std::vector<UnsavedEdits> m_edits;
};

} // namespace understudy::ui
