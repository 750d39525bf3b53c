// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/document/object_ref.h"
#include "ui/document/workspace_document.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <filesystem>
#include <optional>
#include <vector>

namespace understudy::ui {

class RuntimeController;

/// The field of a problem that is about the mock file itself, not about what it says.
inline constexpr char kFileField[] = "file";

struct ProblemItem
{
    Severity severity = Severity::Error;
    QString server;
    QString object; ///< "GET /users › 200"
    QString text;
    ObjectRef where;
    bool operator==(const ProblemItem &) const = default;
};

/// Everything that is wrong with a server's value: what validate() finds, rules that are off and
/// JSON bodies that are none. Pure; called in workers.
std::vector<ProblemItem> collectProblems(const QString &serverId, const Server &server);

/// What is wrong with the certificate files of a server, as checkTls() says it. Reads files; called
/// in workers.
std::optional<ProblemItem> tlsProblem(const QString &serverId, const Server &server,
                                      const QString &folder,
                                      const std::filesystem::path &authorityFolder);

/// The problems of the whole workspace. Follows the document: half a second after a change the
/// server concerned is looked at again in a worker, and what is mended disappears by itself.
class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { SeverityColumn, ServerColumn, ObjectColumn, TextColumn, ColumnCount };
    enum Role { SeverityRole = Qt::UserRole + 1, ObjectIdRole, FieldRole };

    ProblemsModel(WorkspaceDocument &workspace, RuntimeController &runtime,
                  QObject *parent = nullptr);
    ~ProblemsModel() override;

    ObjectRef refAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void countChanged(int count);

private:
    void schedule(const QString &serverId);
    void collectWaiting();
    void rebuild();

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    QHash<QString, std::vector<ProblemItem>> m_found;
    std::vector<ProblemItem> m_rows;
    QSet<QString> m_waiting;
    QTimer m_timer;
    QTimer m_again; ///< while certificate files are wrong: they may be mended outside
};

} // namespace understudy::ui
