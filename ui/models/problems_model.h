// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/runtime/findings.h"
#include "ui/document/object_ref.h"
#include "ui/document/workspace_document.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <string>
#include <vector>

namespace understudy::ui {

class RuntimeController;

/// The field of a problem that is about the mock file itself, not about what it says.
inline constexpr char kFileField[] = "file";
/// The field of the problem that edits of an earlier run wait for an answer.
inline constexpr char kUnsavedField[] = "unsaved";

struct ProblemItem
{
    Severity severity = Severity::Error;
    QString server;
    QString object; ///< "GET /users › 200"
    QString text;
    ObjectRef where;
    Place place{};          ///< in the mock file, where it is as it was read
    bool isOutside = false; ///< about a file beside the mock file
    bool operator==(const ProblemItem &) const = default;
};

/// A row for everything that findAll() says about a server, and for JSON bodies that are none.
/// `text` is the mock file's if it says what `server` is, else empty: only then do rows have a
/// place in it. Reads files; called in workers.
std::vector<ProblemItem> collectProblems(const QString &serverId, const Server &server,
                                         const FindingsOptions &options,
                                         const std::string &text = {});

/// The problems of the whole workspace. Follows the document: half a second after a change the
/// server concerned is looked at again in a worker, one look at a time, and what is mended
/// disappears by itself. So it is with what is about a file beside it: those are looked at every
/// two seconds, and when the window becomes active.
class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { SeverityColumn, ServerColumn, ObjectColumn, TextColumn, ColumnCount };
    enum Role { SeverityRole = Qt::UserRole + 1, ObjectIdRole, FieldRole };

    ProblemsModel(WorkspaceDocument &workspace, RuntimeController &runtime,
                  QObject *parent = nullptr);
    ~ProblemsModel() override;

    /// That edits of an earlier run wait for an answer; empty if none do.
    void setUnsaved(const QString &text);
    ObjectRef refAt(int row) const;
    /// The errors and warnings that the mock file itself has, for the rows of the tree. Notes and
    /// what stands in the way of a file or a port are not among them.
    std::vector<ProblemItem> findingsOf(const QString &serverId) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void countChanged(int count);

private:
    void schedule(const QString &serverId);
    void scheduleAll();
    void collectWaiting();
    void collect(const QString &id, const ServerDocument &document);
    void lookOutside();
    void rebuild();

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    struct Found
    {
        std::vector<ProblemItem> items;
        std::string outside; ///< outsideFilesState() before they were looked at
    };
    QHash<QString, Found> m_found;
    QString m_unsaved;
    std::vector<ProblemItem> m_rows;
    QSet<QString> m_waiting;
    QSet<QString> m_running; ///< whose workers are on it
    QTimer m_timer;
    QTimer m_again; ///< to look at the files beside: they come, go and change outside
};

} // namespace understudy::ui
